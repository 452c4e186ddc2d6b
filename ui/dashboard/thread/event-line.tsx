import { memo } from "react";
import type { Event } from "../../shared/agent";
import { Icon } from "../parts/icon";
import { useMe } from "../session/session";
import { clock, full } from "../time/format";
import { eventLine } from "./event-words";

/** EventLine is one quiet line of the timeline; it opens where there are details. */
export const EventLine = memo(function EventLine({ event }: { event: Event }) {
  const me = useMe();
  const line = eventLine(event, me.agent.id);
  const words = (
    <>
      <Icon name={line.icon} size={15} />
      <span>
        {line.text}
        <time dateTime={new Date(event.created_at).toISOString()} title={full(event.created_at)}>
          {clock(event.created_at)}
        </time>
      </span>
    </>
  );
  if (line.details.length === 0) return <p className="event">{words}</p>;
  return (
    <details className="event-more">
      <summary className="event">
        {words}
        <Icon name="down" size={13} className="event-arrow" />
      </summary>
      <ul>
        {line.details.map((d) => (
          <li key={d}>{d}</li>
        ))}
      </ul>
    </details>
  );
});
