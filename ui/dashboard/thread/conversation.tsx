import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { Button } from "../parts/button";
import { Icon } from "../parts/icon";
import { useMe } from "../session/session";
import { dayLabel } from "../time/format";
import { useNow } from "../time/ticking";
import { EventLine } from "./event-line";
import { type Item, itemsOf } from "./items";
import { MessageBubble, PendingBubble } from "./message";
import { hasOlder, lastSeq, type Pending, type ThreadState, type Typing } from "./reducer";
import { useReading } from "./use-reading";
import { useScroll } from "./use-scroll";

interface Props {
  state: ThreadState;
  report: (seq: number) => Promise<void>;
  loadOlder: () => void;
  left: () => void;
  resend: (p: Pending) => void;
  discard: (p: Pending) => void;
  renew: (seq: number) => Promise<void>;
}

export function Conversation({ state, report, loadOlder, left, resend, discard, renew }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const items = useMemo(() => itemsOf(state), [state]);
  const now = useNow(60_000);
  const { atEnd, toEnd } = useScroll(scroller, items);
  useReading(scroller, lastSeq(state), state.detail?.agent_read_seq ?? 0, report);
  useLeaving(left);
  const draw = (item: Item) => {
    switch (item.kind) {
      case "day":
        return <h2 className="day">{dayLabel(now, item.at)}</h2>;
      case "unread":
        return <p className="unread-line">New messages</p>;
      case "event":
        return <EventLine event={item.event} earlier={item.earlier} about={item.about} />;
      case "message":
        return <MessageBubble item={item} user={state.issue?.user.name ?? ""} renew={renew} />;
      case "pending":
        return <PendingBubble pending={item.pending} resend={resend} discard={discard} />;
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
