import { DropdownMenu } from "radix-ui";
import { useState } from "react";
import type { SmartView } from "../../shared/agent";
import { Confirm } from "../parts/confirm";
import { Icon } from "../parts/icon";
import { useNotify } from "../parts/notices";
import { paths } from "../router/route";
import { useRouter } from "../router/router";
import { textOf } from "../session/api";
import { isSupervisor, useMe } from "../session/session";
import { useInboxData } from "./context";
import { NameDialog } from "./name-dialog";

/** SmartViewMenu is what whoever may change a Smart View can do with it. */
export function SmartViewMenu({ view }: { view: SmartView }) {
  const me = useMe();
  const { look, smartActions } = useInboxData();
  const { navigate } = useRouter();
  const notify = useNotify();
  const [asking, setAsking] = useState<"rename" | "delete" | null>(null);
  const share = () =>
    smartActions
      .save({ ...view, shared: true }, view.id)
      .then(() => notify(`The whole team sees “${view.name}” now.`))
      .catch((err) => notify(textOf(err), "bad"));
  const remove = () => {
    setAsking(null);
    smartActions
      .remove(view.id)
      .then(() => look.view === view.id && navigate(paths.inbox))
      .catch((err) => notify(textOf(err), "bad"));
  };
  return (
    <>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger className="view-more" aria-label={`${view.name}: more`}>
          <Icon name="more" size={16} />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="menu" align="start" sideOffset={4} collisionPadding={8}>
            <DropdownMenu.Item className="menu-item" onSelect={() => setAsking("rename")}>
              <Icon name="edit" /> Rename…
            </DropdownMenu.Item>
            {!view.shared && isSupervisor(me) && (
              <DropdownMenu.Item className="menu-item" onSelect={share}>
                <Icon name="team" /> Share with the team
              </DropdownMenu.Item>
            )}
            <DropdownMenu.Separator className="menu-line" />
            <DropdownMenu.Item className="menu-item bad" onSelect={() => setAsking("delete")}>
              <Icon name="trash" /> Delete…
            </DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      <NameDialog
        open={asking === "rename"}
        title="Rename this Smart View"
        name={view.name}
        action="Rename"
        save={(name) => smartActions.save({ ...view, name }, view.id)}
        close={() => setAsking(null)}
      />
      <Confirm
        open={asking === "delete"}
        title={`Delete “${view.name}”?`}
        text={
          view.shared
            ? "It disappears for the whole team. The conversations stay as they are."
            : "The conversations in it stay as they are."
        }
        action="Delete"
        danger
        onConfirm={remove}
        onCancel={() => setAsking(null)}
      />
    </>
  );
}
