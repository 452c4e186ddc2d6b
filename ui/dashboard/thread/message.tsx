import { memo } from "react";
import type { Message } from "../../shared/agent";
import { Avatar } from "../parts/avatar";
import { Icon } from "../parts/icon";
import { useMe } from "../session/session";
import { clock, full } from "../time/format";
import { Attachments } from "./attachments";
import type { Item } from "./items";
import type { Pending } from "./reducer";

type MessageItem = Extract<Item, { kind: "message" }>;

interface Props {
  item: MessageItem;
  user: string;
  renew: (seq: number) => Promise<void>;
}

export const MessageBubble = memo(function MessageBubble({ item, user, renew }: Props) {
  const me = useMe();
  const { message: m, first, last, mark } = item;
  const visitor = m.origin === "end-user";
  const name = visitor
    ? user || m.author_name || "Visitor"
    : m.author_id === me.agent.id
      ? "You"
      : m.author_name;
  return (
    <article
      className={`message ${visitor ? "theirs" : "ours"} ${m.origin}`}
      data-first={first}
      data-last={last}
    >
      {visitor && (
        <span className="message-face">{last && <Avatar id={m.author_id} name={user} small />}</span>
      )}
      <div className="message-body">
        <p className={first ? "message-name" : "hidden-text"}>
          {m.origin === "bot" && <Icon name="bot" size={14} />}
          {name}
        </p>
        <Body message={m} />
        {m.attachments && <Attachments files={m.attachments} renew={() => renew(m.seq)} />}
        <p className={last || mark ? "message-foot" : "hidden-text"}>
          <time dateTime={new Date(m.created_at).toISOString()} title={full(m.created_at)}>
            {clock(m.created_at)}
          </time>
          {m.ask && <span> · asks for {m.ask === "email" ? "the e-mail address" : "the name"}</span>}
          {mark === "seen" && (
            <span className="seen">
              <Icon name="double" size={14} /> Seen by visitor
            </span>
          )}
          {mark === "unseen" && <span>· Not seen yet</span>}
        </p>
        <span data-end={m.seq} aria-hidden="true" className="message-end" />
      </div>
    </article>
  );
});

function Body({ message: m }: { message: Message }) {
  if (m.kind === "accepted") {
    return (
      <p className="bubble accepted">
        <Icon name="check" />
        <span>Accepted the solution</span>
      </p>
    );
  }
  if (!m.body) return null;
  return (
    <p className="bubble" dir="auto">
      {m.body}
    </p>
  );
}

interface PendingProps {
  pending: Pending;
  resend: (p: Pending) => void;
  discard: (p: Pending) => void;
}

export function PendingBubble({ pending, resend, discard }: PendingProps) {
  const failed = pending.state === "failed";
  return (
    <article className="message ours agent" data-first data-last data-pending={pending.state}>
      <div className="message-body">
        <p className="hidden-text">You</p>
        {pending.body && (
          <p className="bubble" dir="auto">
            {pending.body}
          </p>
        )}
        {pending.files && <Attachments files={pending.files} />}
        {failed ? (
          <div className="message-failed" role="alert">
            <p>
              <Icon name="alert" size={14} /> Not sent. {pending.error}
            </p>
            <button type="button" className="text-button" onClick={() => resend(pending)}>
              Send again
            </button>
            <button type="button" className="text-button" onClick={() => discard(pending)}>
              Discard
            </button>
          </div>
        ) : (
          <p className="message-foot">
            <Icon name="clock" size={13} />
            {pending.state === "waiting" ? "Waiting for the connection; it is sent by itself" : "Sending…"}
          </p>
        )}
      </div>
    </article>
  );
}
