import { DropdownMenu } from "radix-ui";
import { useRef, useState } from "react";
import type { Row } from "../../shared/agent";
import { isOpen } from "../inbox/rows";
import { Avatar } from "../parts/avatar";
import { Button } from "../parts/button";
import { Confirm } from "../parts/confirm";
import { Icon } from "../parts/icon";
import { useOthers } from "../profile/colleagues";
import { useMe } from "../session/session";
import { useShortcuts } from "../shortcuts/shortcuts";
import type { Act } from "./header";
import { StartBotDialog } from "./start-bot";

interface Props {
  issue: Row;
  act: Act;
}

export function AssignMenu({ issue, act }: Props) {
  const me = useMe();
  const assigned = issue.assignee_id ?? "";
  const others = useOthers();
  const assign = (agent_id: string) => agent_id !== assigned && act("assign", { agent_id, from: assigned });
  const [open, setOpen] = useState(false);
  useShortcuts({ a: { label: "Assign", group: "Conversation", run: () => setOpen(true) } });
  const gone = assigned !== "" && !me.agents.some((a) => a.id === assigned);
  const assignee = `${issue.assignee_name}${gone ? " (deactivated)" : ""}`;
  const label = assigned ? `Assigned to ${assignee}. Change` : "Assign";
  return (
    <DropdownMenu.Root modal={false} open={open} onOpenChange={setOpen}>
      <DropdownMenu.Trigger asChild>
        <button type="button" className="button thread-assign" aria-label={label} title={label}>
          {assigned ? (
            <Avatar id={assigned} name={issue.assignee_name ?? ""} small />
          ) : (
            <Icon name="assign" />
          )}
          <span className="ellipsis">{assigned ? assignee : "Assign"}</span>
          <Icon name="down" size={14} />
        </button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={6} collisionPadding={8}>
          <Choice picked={assigned === me.agent.id} onSelect={() => assign(me.agent.id)}>
            <Avatar id={me.agent.id} name={me.agent.name} small />
            <span className="ellipsis">Assign to me</span>
          </Choice>
          {others.length > 0 && <DropdownMenu.Label className="menu-label">Colleagues</DropdownMenu.Label>}
          {others.map((a) => (
            <Choice key={a.id} picked={assigned === a.id} onSelect={() => assign(a.id)}>
              <Avatar id={a.id} name={a.name} small available={a.available} />
              <span className="ellipsis">{a.name}</span>
              {!a.available && <span className="faint small">Away</span>}
            </Choice>
          ))}
          <DropdownMenu.Separator className="menu-line" />
          <Choice picked={assigned === ""} onSelect={() => assign("")}>
            <Icon name="x" /> Nobody
          </Choice>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** Choice is one of which the menu shows the picked one. */
export function Choice(props: { picked: boolean; onSelect: () => void; children: React.ReactNode }) {
  return (
    <DropdownMenu.CheckboxItem className="menu-item" checked={props.picked} onSelect={props.onSelect}>
      {props.children}
      <DropdownMenu.ItemIndicator className="tick">
        <Icon name="check" size={16} />
      </DropdownMenu.ItemIndicator>
    </DropdownMenu.CheckboxItem>
  );
}

type Question = "reject" | "revoke";

const questions = {
  reject: {
    title: "Reject this conversation?",
    text: "Use this for spam and abuse. The visitor cannot write here any more, and planned e-mails are cancelled. You can reopen it later.",
    action: "Reject",
  },
  revoke: {
    title: "Switch off the return links?",
    text: "No e-mail that went out for this conversation brings anybody back to it any more. This cannot be undone; later e-mails get new links.",
    action: "Switch off",
  },
};

export function MoreMenu({ issue, act }: Props) {
  const [asking, setAsking] = useState<Question | null>(null);
  const [starting, setStarting] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const question = questions[asking ?? "reject"];
  const confirmed = () => {
    if (asking === "reject") void act("state", { state: "rejected", from: issue.state });
    if (asking === "revoke") void act("links/revoke", {});
    setAsking(null);
  };
  return (
    <>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger ref={button} asChild>
          <Button kind="quiet" icon="more" aria-label="More actions" title="More actions" />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="menu" align="end" sideOffset={6} collisionPadding={8}>
            {!isOpen(issue) && (
              <DropdownMenu.Item
                className="menu-item"
                onSelect={() => act("state", { state: "open", from: issue.state })}
              >
                <Icon name="reopen" /> Reopen
              </DropdownMenu.Item>
            )}
            {isOpen(issue) && (
              <DropdownMenu.Item className="menu-item" onSelect={() => setStarting(true)}>
                <Icon name="bot" /> Start a bot…
              </DropdownMenu.Item>
            )}
            <DropdownMenu.Item className="menu-item" onSelect={() => setAsking("revoke")}>
              <Icon name="unlink" /> Switch off return links…
            </DropdownMenu.Item>
            {issue.state !== "rejected" && (
              <>
                <DropdownMenu.Separator className="menu-line" />
                <DropdownMenu.Item className="menu-item bad" onSelect={() => setAsking("reject")}>
                  <Icon name="ban" /> Reject…
                </DropdownMenu.Item>
              </>
            )}
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {starting && (
        <StartBotDialog
          close={() => setStarting(false)}
          back={() => button.current}
          start={(bot_id) => {
            setStarting(false);
            void act("bot", { bot_id });
          }}
        />
      )}
      <Confirm
        open={asking !== null}
        {...question}
        danger
        onConfirm={confirmed}
        onCancel={() => setAsking(null)}
      />
    </>
  );
}
