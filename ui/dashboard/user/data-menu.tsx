import { DropdownMenu } from "radix-ui";
import { useRef, useState } from "react";
import type { User } from "../../shared/agent";
import { Icon } from "../parts/icon";
import { isAdministrator, useMe } from "../session/session";
import { EraseDialog } from "./erase-dialog";
import { ExportDialog } from "./export-dialog";

interface Props {
  user: Pick<User, "id">;
  /** What the team calls them. */
  name: string;
}

/** DataMenu is what administrators do when somebody asks for their data, or wants it gone. */
export function DataMenu({ user, name }: Props) {
  const me = useMe();
  const [open, setOpen] = useState<"" | "export" | "erase">("");
  const trigger = useRef<HTMLButtonElement>(null);
  if (!isAdministrator(me)) return null;
  const props = { userId: user.id, name, close: () => setOpen(""), back: () => trigger.current };
  return (
    <>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger
          ref={trigger}
          className="button quiet small icon-only"
          aria-label={`More about ${name}`}
          title="More"
        >
          <Icon name="more" />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="menu above" align="end" sideOffset={4} collisionPadding={8}>
            <DropdownMenu.Item className="menu-item" onSelect={() => setOpen("export")}>
              <Icon name="download" size={17} /> Export data…
            </DropdownMenu.Item>
            <DropdownMenu.Item className="menu-item bad" onSelect={() => setOpen("erase")}>
              <Icon name="trash" size={17} /> Erase…
            </DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {open === "export" && <ExportDialog {...props} />}
      {open === "erase" && <EraseDialog {...props} />}
    </>
  );
}
