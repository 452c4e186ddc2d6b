import type { Span } from "../../../shared/agent";
import { Button } from "../../parts/button";
import { clockOf, minuteOf, nextSpan } from "./week";

interface Props {
  /** Whose hours they are: "Monday". */
  day: string;
  spans: Span[];
  onChange: (spans: Span[]) => void;
  /** The element that says what is wrong, if anything is. */
  wrong?: string;
}

/** SpansEditor edits the parts of a day in which people are there. */
export function SpansEditor({ day, spans, onChange, wrong }: Props) {
  const next = nextSpan(spans);
  const set = (n: number, change: Partial<Span>) =>
    onChange(spans.map((s, i) => (i === n ? { ...s, ...change } : s)));
  return (
    <div className="spans">
      {spans.map((span, n) => {
        const part = spans.length > 1 ? `${day}, part ${n + 1}` : day;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts have no name but their place
          <div className="span" key={n}>
            <TimeField
              label={`${part}, from`}
              minute={span.from}
              wrong={wrong}
              onChange={(from) => set(n, { from })}
            />
            <span aria-hidden="true">–</span>
            <TimeField
              label={`${part}, until`}
              minute={span.to}
              end
              wrong={wrong}
              onChange={(to) => set(n, { to })}
            />
            {spans.length > 1 && (
              <Button
                kind="quiet"
                size="small"
                icon="x"
                aria-label={`Remove part ${n + 1} of ${day}`}
                onClick={() => onChange(spans.filter((_, i) => i !== n))}
              />
            )}
            {n === spans.length - 1 && (
              <Button
                kind="quiet"
                size="small"
                icon="plus"
                aria-label={`Add a part to ${day}`}
                title="Add a part"
                disabled={!next}
                onClick={() => next && onChange([...spans, next])}
              />
            )}
          </div>
        );
      })}
    </div>
  );
}

interface TimeProps {
  label: string;
  minute: number;
  end?: boolean;
  wrong?: string;
  onChange: (minute: number) => void;
}

function TimeField({ label, minute, end = false, wrong, onChange }: TimeProps) {
  return (
    <input
      type="time"
      className="input time"
      aria-label={label}
      aria-invalid={wrong ? true : undefined}
      aria-describedby={wrong}
      title={end && minute === 24 * 60 ? "Until midnight" : undefined}
      value={clockOf(minute)}
      onChange={(e) => {
        const m = minuteOf(e.target.value, end);
        if (m !== null) onChange(m);
      }}
    />
  );
}
