import { memo, useRef, useState } from "react";
import type { Message } from "../../shared/agent";
import { Avatar } from "../parts/avatar";
import { Icon } from "../parts/icon";
import { useMe } from "../session/session";
import { clock, full } from "../time/format";
import { isProgram } from "./actor";
import { Attachments } from "./attachments";
import { asksFor, choicesOf } from "./bot-words";
import { Formatted } from "./formatted";
import type { Item } from "./items";
import { type Mark, markWords } from "./marks";
import { MessageEditor } from "./message-editor";
import { MessageMenu } from "./message-menu";
import type { Change } from "./use-thread";
import "./message.css";

type MessageItem = Extract<Item, { kind: "message" }>;

interface Props {
  item: MessageItem;
  user: string;
  /** Why it cannot be changed, "" if it can; null where there is no question of it. */
  fixed: string | null;
  renew: (seq: number) => Promise<void>;
  change: Change;
}

export const MessageBubble = memo(function MessageBubble({ item, user, fixed, renew, change }: Props) {
  const [editing, setEditing] = useState(false);
  const menu = useRef<HTMLButtonElement>(null);
  const { message: m, first, last, mark } = item;
  const visitor = m.origin === "end-user";
  const done = () => {
    setEditing(false);
    requestAnimationFrame(() => menu.current?.focus());
  };
  return (
    <article
      className={`message ${visitor ? "theirs" : "ours"} ${m.origin}`}
      data-first={first}
      data-last={last}
      data-editing={editing || undefined}
    >
      {visitor && (
        <span className="message-face">{last && <Avatar id={m.author_id} name={user} small />}</span>
      )}
      <div className="message-body">
        <p className={first ? "message-name" : "hidden-text"}>
          {m.origin === "bot" && <Icon name="bot" size={14} />}
          {m.origin === "automation" && <Icon name="flow" size={14} />}
          {isProgram(m.author_id) && <Icon name="code" size={14} />}
          <Author message={m} user={user} />
        </p>
        {editing ? (
          <MessageEditor message={m} change={change} done={done} />
        ) : (
          <div className="message-row">
            {fixed !== null && (
              <MessageMenu
                ref={menu}
                message={m}
                fixed={fixed}
                edit={() => setEditing(true)}
                change={change}
              />
            )}
            <Body message={m} />
          </div>
        )}
        {m.input && <Choices message={m} />}
        {m.attachments && <Attachments files={m.attachments} renew={() => renew(m.seq)} />}
        <p className={last || mark?.loud || m.edited_at ? "message-foot" : "hidden-text"}>
          <time dateTime={new Date(m.created_at).toISOString()} title={full(m.created_at)}>
            {clock(m.created_at)}
          </time>
          <Asks message={m} />
          <Edited message={m} />
          {mark && <MarkSign mark={mark} />}
        </p>
        <span data-end={m.seq} aria-hidden="true" className="message-end" />
      </div>
    </article>
  );
});

function Author({ message: m, user }: { message: Message; user: string }) {
  const me = useMe();
  if (m.origin === "end-user") return user || m.author_name || "Visitor";
  if (m.origin === "automation") return `${m.author_name} · automation`;
  return m.author_id === me.agent.id ? "You" : m.author_name;
}

/** Asks says what a bot's message asks for. */
function Asks({ message: { ask, input } }: { message: Message }) {
  if (input) return <span> · {asksFor(input)}</span>;
  if (ask !== "name" && ask !== "email") return null;
  return <span> · asks for {ask === "email" ? "the e-mail address" : "the name"}</span>;
}

/** Choices are the options below a bot's question, as the visitor has them. */
function Choices({ message: { input, origin } }: { message: Message }) {
  if (!input || origin !== "bot") return null;
  const { texts, more } = choicesOf(input);
  if (texts.length === 0) return null;
  return (
    <ul className="bot-choices" aria-label="Choices">
      {texts.map((text) => (
        <li key={text} dir="auto">
          {text}
        </li>
      ))}
      {more > 0 && <li className="more">and {more} more</li>}
    </ul>
  );
}

function Edited({ message: m }: { message: Message }) {
  if (!m.edited_at || m.deleted_at) return null;
  const by = m.edited_by && m.edited_by !== m.author_name ? ` by ${m.edited_by}` : "";
  return <span title={`Edited${by}, ${full(m.edited_at)}`}>· edited{by}</span>;
}

const signs = { seen: "double", mailed: "mail", unseen: "check" } as const;

function MarkSign({ mark }: { mark: Mark }) {
  const words = markWords(mark);
  return (
    <span className={`mark ${mark.kind}`} title={mark.loud ? undefined : words}>
      <Icon name={signs[mark.kind]} size={14} />
      <span className={mark.loud ? undefined : "hidden-text"}>{words}</span>
    </span>
  );
}

function Body({ message: m }: { message: Message }) {
  if (m.deleted_at) {
    return (
      <p className="bubble taken-back" title={full(m.deleted_at)}>
        {m.redacted ? "Redacted" : "Taken back"}
        {m.edited_by && m.edited_by !== m.author_name ? ` by ${m.edited_by}` : ""}
      </p>
    );
  }
  if (m.kind === "accepted") {
    return (
      <p className="bubble accepted">
        <Icon name="check" />
        <span>Accepted the solution</span>
      </p>
    );
  }
  if (!m.body) return null;
  if (m.origin === "agent") {
    return (
      <div className="bubble">
        <Formatted text={m.body} />
      </div>
    );
  }
  return (
    <p className="bubble" dir="auto">
      {m.body}
    </p>
  );
}
