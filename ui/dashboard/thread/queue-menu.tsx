import { DropdownMenu } from "radix-ui";
import { useState } from "react";
import type { NamedQueue, Row } from "../../shared/agent";
import { useInboxData } from "../inbox/context";
import { isOpen } from "../inbox/rows";
import { Icon } from "../parts/icon";
import { useShortcuts } from "../shortcuts/shortcuts";
import { Choice } from "./actions";
import type { Act } from "./header";

interface Props {
  issue: Row;
  act: Act;
}

const noQueues: NamedQueue[] = [];

/** QueueMenu moves the conversation between queues; a team without queues does not see it. */
export function QueueMenu({ issue, act }: Props) {
  const queues = useInboxData().options?.queues ?? noQueues;
  return queues.length > 0 || issue.queue_id ? <Menu issue={issue} act={act} queues={queues} /> : null;
}

function Menu({ issue, act, queues }: Props & { queues: NamedQueue[] }) {
  const [open, setOpen] = useState(false);
  useShortcuts({ q: { label: "Move to a queue", group: "Conversation", run: () => setOpen(true) } });
  const now = issue.queue_id ?? "";
  const name = issue.queue_name || "Archived queue";
  const move = (queue_id: string) => queue_id !== now && act("queue", { queue_id, from: now });
  const label = now ? `In the queue ${name}. Move` : "Move to a queue";
  const loses = isOpen(issue) && issue.assignee_name;
  return (
    <DropdownMenu.Root modal={false} open={open} onOpenChange={setOpen}>
      <DropdownMenu.Trigger asChild>
        <button type="button" className="button thread-assign thread-queue" aria-label={label} title={label}>
          <Icon name="queue" />
          <span className="ellipsis">{now ? name : "Queue"}</span>
          <Icon name="down" size={14} />
        </button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={6} collisionPadding={8}>
          <DropdownMenu.Label className="menu-label">
            {loses ? `Move to a queue: ${loses} has it no more` : "Move to a queue"}
          </DropdownMenu.Label>
          {queues.map((q) => (
            <Choice key={q.id} picked={now === q.id} onSelect={() => move(q.id)}>
              <span className="ellipsis">{q.name}</span>
            </Choice>
          ))}
          {now && (
            <>
              <DropdownMenu.Separator className="menu-line" />
              <Choice picked={false} onSelect={() => move("")}>
                <Icon name="x" /> Out of the queue
              </Choice>
            </>
          )}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
