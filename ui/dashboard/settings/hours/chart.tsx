import type { BusinessHours } from "../../../shared/agent";
import { useNow } from "../../time/ticking";
import { minuteIn } from "./moment";
import { nextDays } from "./next-days";
import { midnight, spansInWords } from "./week";

const share = (minutes: number) => `${(minutes / midnight) * 100}%`;

/** Chart draws when people are there in the next days. */
export function Chart({ hours }: { hours: BusinessHours }) {
  const now = useNow(30_000);
  const days = nextDays(hours, now);
  return (
    <figure className="chart">
      <figcaption className="legend">The next seven days</figcaption>
      <ul>
        {days.map((d, n) => (
          <li key={d.date}>
            <span className="chart-day">
              <span className="chart-label">{d.label}</span>
              {d.holiday && (
                <span className="chip warn" title={d.holiday}>
                  <span className="ellipsis">{d.holiday}</span>
                </span>
              )}
            </span>
            <span className="hidden-text">: {spansInWords(d.spans)}</span>
            <span className="chart-bar" aria-hidden="true">
              {d.spans.map((s) => (
                <i
                  key={s.from}
                  style={{ insetInlineStart: share(s.from), inlineSize: share(s.to - s.from) }}
                  title={spansInWords([s])}
                />
              ))}
              {n === 0 && <b style={{ insetInlineStart: share(minuteIn(hours.zone, now)) }} />}
            </span>
          </li>
        ))}
      </ul>
      <div className="chart-scale" aria-hidden="true">
        {[0, 6, 12, 18, 24].map((hour) => (
          <span key={hour}>{hour}:00</span>
        ))}
      </div>
    </figure>
  );
}
