import { DropdownMenu } from "radix-ui";
import { Icon } from "../parts/icon";
import { paths } from "../router/route";
import { useRouter } from "../router/router";
import { useAvailable } from "./use-available";

/** ProfileItems are the entries of the agent's own menu: to be available or away, and the profile. */
export function ProfileItems() {
  const { navigate } = useRouter();
  const { available, set } = useAvailable();
  return (
    <>
      <DropdownMenu.CheckboxItem
        className="menu-item"
        checked={available}
        onCheckedChange={(on) => void set(on)}
        onSelect={(e) => e.preventDefault()}
      >
        <span className={available ? "dot on" : "dot"} /> Available
        <span
          className="switch menu-switch"
          data-state={available ? "checked" : "unchecked"}
          aria-hidden="true"
        >
          <span className="switch-thumb" />
        </span>
      </DropdownMenu.CheckboxItem>
      <DropdownMenu.Item className="menu-item" onSelect={() => navigate(paths.profile)}>
        <Icon name="user" /> Your profile
      </DropdownMenu.Item>
    </>
  );
}
