import { DropdownMenu } from "radix-ui";
import { useRef, useState } from "react";
import type { Webhook, Webhooks } from "../../../shared/agent";
import { Confirm } from "../../parts/confirm";
import { Icon } from "../../parts/icon";
import { useNotify } from "../../parts/notices";
import { textOf } from "../../session/api";
import { useSession } from "../../session/session";
import { ReplayDialog } from "./replay-dialog";
import { pathOf } from "./use-webhooks";

interface Props {
  webhook: Webhook;
  gone: () => void;
  renew: () => void;
}

/** WebhookMenu is what is done with a webhook now and then. */
export function WebhookMenu({ webhook, gone, renew }: Props) {
  const { api } = useSession();
  const notify = useNotify();
  const [asking, setAsking] = useState<"" | "replay" | "delete">("");
  const trigger = useRef<HTMLButtonElement>(null);
  const close = () => setAsking("");
  const remove = async () => {
    close();
    try {
      await api.delete<Webhooks>(pathOf(webhook.id));
      notify(`“${webhook.title}” is deleted.`);
      gone();
    } catch (err) {
      notify(textOf(err), "bad");
    }
  };
  return (
    <>
      <DropdownMenu.Root>
        <DropdownMenu.Trigger
          ref={trigger}
          className="button quiet icon-only"
          aria-label={`More about ${webhook.title}`}
          title="More"
        >
          <Icon name="more" />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="menu" align="end" sideOffset={4} collisionPadding={8}>
            <DropdownMenu.Item
              className="menu-item"
              disabled={Boolean(webhook.paused)}
              onSelect={() => setAsking("replay")}
            >
              <Icon name="history" size={17} /> Send a period again…
            </DropdownMenu.Item>
            {webhook.paused && <p className="menu-label">Not while it is paused</p>}
            <DropdownMenu.Item className="menu-item bad" onSelect={() => setAsking("delete")}>
              <Icon name="trash" size={17} /> Delete…
            </DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {asking === "replay" && (
        <ReplayDialog webhook={webhook} done={renew} close={close} back={() => trigger.current} />
      )}
      <Confirm
        open={asking === "delete"}
        title={`Delete “${webhook.title}”?`}
        text="Its log goes with it, and what still waits is not sent. To stop it for a while, pause it instead."
        action="Delete"
        danger
        onConfirm={() => void remove()}
        onCancel={close}
      />
    </>
  );
}
