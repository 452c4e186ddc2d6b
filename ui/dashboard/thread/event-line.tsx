import { memo } from "react";
import type { Event, Message } from "../../shared/agent";
import { Icon } from "../parts/icon";
import { useMe } from "../session/session";
import { clock, full } from "../time/format";
import { eventLine } from "./event-words";

interface Props {
  event: Event;
  /** Steps that this line stands for as well; they are among its details. */
  earlier: Event[];
  about?: Message;
}

/** EventLine is one quiet line of the timeline; it opens where there are details. */
export const EventLine = memo(function EventLine({ event, earlier, about }: Props) {
  const me = useMe();
  const line = eventLine(event, me.agent.id, about);
  const words = (
    <>
      <Icon name={line.icon} size={15} />
      <span>
        {line.text}
        {event.kind !== "follow_up" && earlier.length > 0 && ` and ${earlier.length} more`}
        <time dateTime={new Date(event.created_at).toISOString()} title={full(event.created_at)}>
          {clock(event.created_at)}
        </time>
      </span>
    </>
  );
  const before = earlier.map((e) => `${eventLine(e, me.agent.id).text} · ${clock(e.created_at)}`);
  const details = [...before, ...line.details];
  if (details.length === 0) return <p className="event">{words}</p>;
  return (
    <details className="event-more">
      <summary className="event">
        {words}
        <Icon name="down" size={13} className="event-arrow" />
      </summary>
      <ul>
        {details.map((d, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two steps may read the same
          <li key={i}>{d}</li>
        ))}
      </ul>
    </details>
  );
});
