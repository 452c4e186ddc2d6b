import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { Message } from "../../shared/agent";
import { isOpen, nameOf } from "../inbox/rows";
import { Button } from "../parts/button";
import { Icon } from "../parts/icon";
import { isSupervisor, useMe } from "../session/session";
import { dayLabel } from "../time/format";
import { useNow } from "../time/ticking";
import { mailedAt, whyFixed } from "./changes";
import { EventLine } from "./event-line";
import { type Item, itemsOf } from "./items";
import { MessageBubble } from "./message";
import { NoteCard } from "./note";
import { PendingBubble } from "./pending";
import { hasOlder, lastSeq, type Pending, type ThreadState, type Typing } from "./reducer";
import { useReading } from "./use-reading";
import { useScroll } from "./use-scroll";
import type { Change } from "./use-thread";
import "./conversation.css";

interface Props {
  state: ThreadState;
  report: (seq: number) => Promise<void>;
  loadOlder: () => void;
  left: () => void;
  resend: (p: Pending) => void;
  discard: (p: Pending) => void;
  edit: (p: Pending) => void;
  renew: (seq: number) => Promise<void>;
  change: Change;
}

export function Conversation(props: Props) {
  const { state, report, loadOlder, left, renew, change } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const items = useMemo(() => itemsOf(state), [state]);
  const now = useNow(60_000);
  const { atEnd, toEnd } = useScroll(scroller, items);
  useReading(scroller, lastSeq(state), state.detail?.agent_read_seq ?? 0, report);
  useLeaving(left);
  const fixed = useFixed(state);
  const draw = (item: Item) => {
    switch (item.kind) {
      case "day":
        return <h2 className="day">{dayLabel(now, item.at)}</h2>;
      case "unread":
        return <p className="unread-line">New messages</p>;
      case "event":
        return <EventLine event={item.event} earlier={item.earlier} about={item.about} />;
      case "message":
        return (
          <MessageBubble
            item={item}
            user={state.issue?.user.name ?? ""}
            fixed={fixed(item.message)}
            renew={renew}
            change={change}
          />
        );
      case "note":
        return <NoteCard event={item.event} />;
      case "pending":
        return <PendingBubble {...props} pending={item.pending} open={!state.issue || isOpen(state.issue)} />;
    }
  };
  return (
    <div className="conversation">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: keyboards must be able to scroll it */}
      <section ref={scroller} className="conversation-scroll" tabIndex={0} aria-label="Messages">
        {hasOlder(state) && (
          <div className="older">
            <Button size="small" kind="quiet" busy={state.loadingOlder} onClick={loadOlder}>
              Show older messages
            </Button>
          </div>
        )}
        <ol className="items">
          {items.map((item) => (
            <li key={item.key} data-kind={item.kind}>
              {draw(item)}
            </li>
          ))}
        </ol>
        <TypingLine typing={state.typing} />
      </section>
      {!atEnd && (
        <button type="button" className="to-end" onClick={toEnd} aria-label="Go to the newest message">
          <Icon name="down" size={20} />
        </button>
      )}
      <Arrivals state={state} />
    </div>
  );
}

/** useFixed tells why a message can be changed no more. */
function useFixed({ issue, detail, events }: ThreadState) {
  const me = useMe();
  const mailed = useMemo(() => mailedAt(events, issue?.follow_up), [events, issue]);
  return (m: Message) => {
    if (!issue || !detail) return null;
    const who = { id: me.agent.id, supervisor: isSupervisor(me) };
    return whyFixed(m, { me: who, detail, mailed: mailed.has(m.seq), user: nameOf(issue) });
  };
}

function TypingLine({ typing }: { typing: Typing[] }) {
  const names = typing.map((t) => t.name || (t.origin === "end-user" ? "The visitor" : "A colleague"));
  return (
    <div className="typing" role="status" aria-live="polite">
      {names.length > 0 && (
        <p>
          <span className="typing-dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          {names.join(" and ")} {names.length > 1 ? "are" : "is"} typing…
        </p>
      )}
    </div>
  );
}

/** Arrivals reads a new message out to those who do not see it. */
function Arrivals({ state }: { state: ThreadState }) {
  const me = useMe();
  const first = useRef(lastSeq(state));
  const newest = state.messages[state.messages.length - 1];
  const [said, setSaid] = useState("");
  useEffect(() => {
    if (!newest || newest.seq <= first.current || newest.author_id === me.agent.id) return;
    first.current = newest.seq;
    const files = (newest.attachments ?? []).map((f) => `sent a file, ${f.name}`);
    setSaid(`${newest.author_name || "Visitor"}: ${[newest.body, ...files].filter(Boolean).join(", ")}`);
  }, [newest, me]);
  return (
    <p className="hidden-text" role="log" aria-live="polite">
      {said}
    </p>
  );
}

/** useLeaving tells when the reader goes to another tab: what arrives then is new. */
function useLeaving(left: () => void) {
  const newest = useRef(left);
  useLayoutEffect(() => {
    newest.current = left;
  });
  useEffect(() => {
    const look = () => document.visibilityState === "hidden" && newest.current();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
}
