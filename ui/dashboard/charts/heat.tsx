import type { CSSProperties } from "react";
import { ValueTable } from "./figure";
import { count } from "./scale";
import { useWidth } from "./use-width";
import "./charts.css";

const days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const start = 38;
const top = 20;

const hour = (h: number) => `${String(h).padStart(2, "0")}:00`;

/** Heat draws counts by weekday, from Monday, and hour, the more the darker. */
export function Heat({ label, values }: { label: string; values: number[][] }) {
  const { ref, width } = useWidth<HTMLDivElement>();
  const most = Math.max(1, ...values.flat());
  const cell = Math.max(0, width - start) / 24;
  const high = Math.max(16, Math.min(26, cell));
  return (
    <div className="chart">
      <div ref={ref}>
        <svg className="heat" width={width} height={top + 7 * high} aria-hidden="true">
          {[0, 6, 12, 18].map((h) => (
            <text key={h} className="axis-text" x={start + h * cell} y={12}>
              {hour(h)}
            </text>
          ))}
          {values.map((hours, d) => (
            <g key={days[d]}>
              <text className="axis-text" x={0} y={top + d * high + high / 2 + 4}>
                {days[d]?.slice(0, 3)}
              </text>
              {hours.map((n, h) => (
                <rect
                  // biome-ignore lint/suspicious/noArrayIndexKey: the hours keep their places
                  key={h}
                  className="heat-cell"
                  style={{ "--heat": `${n === 0 ? 0 : 14 + (86 * n) / most}%` } as CSSProperties}
                  x={start + h * cell + 1}
                  y={top + d * high + 1}
                  width={Math.max(0, cell - 2)}
                  height={high - 2}
                  rx={3}
                >
                  <title>{`${days[d]}, ${hour(h)} to ${hour((h + 1) % 24)}: ${count(n)}`}</title>
                </rect>
              ))}
            </g>
          ))}
        </svg>
      </div>
      <ValueTable
        label={label}
        values={{
          head: ["Hour", ...days],
          rows: Array.from({ length: 24 }, (_, h) => [hour(h), ...values.map((hours) => hours[h] ?? 0)]),
        }}
      />
    </div>
  );
}
