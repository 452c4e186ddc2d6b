import { DropdownMenu } from "radix-ui";
import { type RefObject, useState } from "react";
import type { Message } from "../../shared/agent";
import { Confirm } from "../parts/confirm";
import { Icon } from "../parts/icon";
import { useNotify } from "../parts/notices";
import { textOf } from "../session/api";
import type { Change } from "./use-thread";

interface Props {
  message: Message;
  /** Why it cannot be changed; "" if it can. */
  fixed: string;
  ref: RefObject<HTMLButtonElement | null>;
  edit: () => void;
  change: Change;
}

/** MessageMenu edits a message or takes it back, or says why that is too late. */
export function MessageMenu({ message: m, fixed, ref, edit, change }: Props) {
  const notify = useNotify();
  const [asking, setAsking] = useState(false);
  const takeBack = () => {
    setAsking(false);
    change("delete", `messages/${encodeURIComponent(m.id)}`).then(
      () => notify("The message is taken back."),
      (err) => notify(textOf(err), "bad"),
    );
  };
  const copy = () =>
    navigator.clipboard.writeText(m.body).then(
      () => notify("The text is copied."),
      () => notify("Your browser did not allow copying.", "bad"),
    );
  return (
    <>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger asChild>
          <button ref={ref} type="button" className="message-menu" aria-label="What to do with this text">
            <Icon name="more" size={16} />
          </button>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="menu" align="end" sideOffset={4} collisionPadding={8}>
            {m.body && (
              <DropdownMenu.Item className="menu-item" onSelect={() => void copy()}>
                <Icon name="copy" /> Copy text
              </DropdownMenu.Item>
            )}
            <DropdownMenu.Item className="menu-item" disabled={fixed !== ""} onSelect={edit}>
              <Icon name="edit" /> Edit
            </DropdownMenu.Item>
            <DropdownMenu.Item
              className="menu-item bad"
              disabled={fixed !== ""}
              onSelect={() => setAsking(true)}
            >
              <Icon name="undo" /> Take back…
            </DropdownMenu.Item>
            {fixed && (
              <DropdownMenu.Label className="menu-why">{fixed} It stays as it is.</DropdownMenu.Label>
            )}
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      <Confirm
        open={asking}
        title="Take this message back?"
        text="The visitor has not read it, and will not see it any more. Its files are removed, and an e-mail that was planned leaves it out."
        action="Take back"
        danger
        onConfirm={takeBack}
        onCancel={() => setAsking(false)}
      />
    </>
  );
}
