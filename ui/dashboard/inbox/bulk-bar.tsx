import { DropdownMenu, Popover } from "radix-ui";
import { type ReactNode, useState } from "react";
import { Avatar } from "../parts/avatar";
import { Button } from "../parts/button";
import { Confirm } from "../parts/confirm";
import { Icon } from "../parts/icon";
import { useOthers } from "../profile/colleagues";
import { useMe } from "../session/session";
import { type Edit, most } from "./bulk";
import { BulkTags } from "./bulk-tags";
import { useInboxData } from "./context";
import type { InboxState } from "./reducer";
import type { Selection, SelectionAction } from "./selection";
import type { Bulk } from "./use-bulk";

interface Props {
  state: InboxState;
  picked: Selection;
  pick: (action: SelectionAction) => void;
  run: Bulk["run"];
}

/** BulkBar changes all that is selected. */
export function BulkBar({ state, picked, pick, run }: Props) {
  const n = picked.ids.size;
  const runAll = (edit: Edit) => void run([...picked.ids], edit);
  return (
    <div className="bulk-line" role="toolbar" aria-label="Change what is selected">
      <PickAll state={state} picked={picked} pick={pick} />
      <span className="bulk-count" role="status">
        {n === most ? `First ${n}` : n}
        <span className="bulk-word"> selected</span>
      </span>
      <AssignMany run={runAll} />
      <StateMany n={n} run={runAll} />
      <TagMany state={state} picked={picked} run={runAll} />
      <Button
        size="small"
        kind="quiet"
        icon="x"
        aria-label="Clear the selection"
        title="Clear the selection"
        onClick={() => pick({ type: "clear" })}
      />
    </div>
  );
}

function PickAll({ state, picked, pick }: Omit<Props, "run">) {
  const order = state.rows.filter((r) => !state.leaving.has(r.id)).map((r) => r.id);
  const all = picked.ids.size >= Math.min(order.length, most);
  return (
    <label className="line-pick" title={all ? undefined : "Select all that are loaded"}>
      <input
        type="checkbox"
        className="check-box"
        checked={all}
        ref={(box) => {
          if (box) box.indeterminate = !all;
        }}
        aria-label="Select all that are loaded"
        onChange={() => pick(all ? { type: "clear" } : { type: "all", order })}
      />
    </label>
  );
}

type Run = (edit: Edit) => void;

function AssignMany({ run }: { run: Run }) {
  const me = useMe();
  const others = useOthers();
  return (
    <Menu text="Assign">
      <Item onSelect={() => run({ assignee: me.agent })}>
        <Icon name="assign" /> To me
      </Item>
      {others.map((a) => (
        <Item key={a.id} onSelect={() => run({ assignee: a })}>
          <Avatar id={a.id} name={a.name} small available={a.available} />
          <span className="ellipsis">{a.name}</span>
          {!a.available && <span className="faint small">Away</span>}
        </Item>
      ))}
      <DropdownMenu.Separator className="menu-line" />
      <Item onSelect={() => run({ assignee: { id: "", name: "" } })}>
        <Icon name="x" /> To nobody
      </Item>
      <QueueItems run={run} />
    </Menu>
  );
}

/** QueueItems move what is selected; a team without queues sees none of them. */
function QueueItems({ run }: { run: Run }) {
  const queues = useInboxData().options?.queues ?? [];
  if (queues.length === 0) return null;
  return (
    <>
      <DropdownMenu.Label className="menu-label">Move to a queue</DropdownMenu.Label>
      {queues.map((q) => (
        <Item key={q.id} onSelect={() => run({ queue: q })}>
          <Icon name="queue" /> <span className="ellipsis">{q.name}</span>
        </Item>
      ))}
      <Item onSelect={() => run({ queue: { id: "", name: "" } })}>
        <Icon name="x" /> Out of its queue
      </Item>
    </>
  );
}

function StateMany({ n, run }: { n: number; run: Run }) {
  const [asking, setAsking] = useState(false);
  const reject = () => {
    setAsking(false);
    run({ state: "rejected" });
  };
  return (
    <>
      <Menu text="State">
        <Item onSelect={() => run({ state: "resolved" })}>
          <Icon name="check" /> Resolve
        </Item>
        <Item onSelect={() => run({ state: "open" })}>
          <Icon name="reopen" /> Reopen
        </Item>
        <DropdownMenu.Separator className="menu-line" />
        <Item bad onSelect={() => setAsking(true)}>
          <Icon name="ban" /> Reject…
        </Item>
      </Menu>
      <Confirm
        open={asking}
        title={n === 1 ? "Reject this conversation?" : `Reject ${n} conversations?`}
        text="Use this for spam and abuse. The visitors cannot write there any more, and planned e-mails are cancelled. You can reopen them later."
        action="Reject"
        danger
        onConfirm={reject}
        onCancel={() => setAsking(false)}
      />
    </>
  );
}

function TagMany({ state, picked, run }: { state: InboxState; picked: Selection; run: Run }) {
  const [open, setOpen] = useState(false);
  const there = state.rows.filter((r) => picked.ids.has(r.id)).flatMap((r) => r.tags ?? []);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className="button small bulk-button">Tags</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="popover"
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label="Tags"
        >
          <BulkTags
            there={[...new Set(there)].sort()}
            apply={(edit) => {
              setOpen(false);
              run(edit);
            }}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Menu({ text, children }: { text: string; children: ReactNode }) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="button small bulk-button">{text}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="start" sideOffset={6} collisionPadding={8}>
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function Item({ bad, onSelect, children }: { bad?: boolean; onSelect: () => void; children: ReactNode }) {
  return (
    <DropdownMenu.Item className={bad ? "menu-item bad" : "menu-item"} onSelect={onSelect}>
      {children}
    </DropdownMenu.Item>
  );
}
