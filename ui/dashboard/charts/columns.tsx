import { Legend, ValueTable } from "./figure";
import { count, ticks } from "./scale";
import { useWidth } from "./use-width";
import "./charts.css";

export interface Column {
  key: string;
  /** Below the axis, where there is room. */
  short: string;
  /** The whole name. */
  name: string;
  values: number[];
}

interface Props {
  label: string;
  /** What the columns are by: Day. */
  by: string;
  series: string[];
  columns: Column[];
}

const height = 170;
const foot = 22;
const room = 58;

/** Columns draws one or more counts per column, side by side, with the figures as a table below. */
export function Columns({ label, by, series, columns }: Props) {
  const { ref, width } = useWidth<HTMLDivElement>();
  const axis = ticks(Math.max(0, ...columns.flatMap((c) => c.values)));
  const top = axis.at(-1) ?? 1;
  const start = 12 + 7 * count(top).length;
  const step = Math.max(0, width - start) / Math.max(1, columns.length);
  const y = (v: number) => 8 + (height - 8) * (1 - v / top);
  const every = Math.max(1, Math.ceil(room / Math.max(1, step)));
  const thick = Math.min(26, Math.max(1, (step * 0.72) / series.length));
  return (
    <div className="chart">
      {series.length > 1 && <Legend names={series} />}
      <div ref={ref}>
        <svg className="columns" width={width} height={height + foot} aria-hidden="true">
          {axis.map((v) => (
            <g key={v}>
              <line className="grid-line" x1={start} x2={width} y1={y(v)} y2={y(v)} />
              <text className="axis-text" x={start - 8} y={y(v) + 4} textAnchor="end">
                {count(v)}
              </text>
            </g>
          ))}
          {columns.map((c, n) => {
            const middle = start + step * (n + 0.5);
            return (
              <g key={c.key} className="column">
                <title>{`${c.name}: ${c.values.map((v, s) => `${series[s]} ${count(v)}`).join(", ")}`}</title>
                <rect className="column-ground" x={start + step * n} y={8} width={step} height={height - 8} />
                {c.values.map((v, s) => (
                  <rect
                    key={series[s]}
                    data-series={s}
                    x={middle + (s - series.length / 2) * thick}
                    y={y(v)}
                    width={Math.max(1, thick - 1)}
                    height={height - y(v)}
                    rx={Math.min(3, thick / 3)}
                  />
                ))}
                {n % every === 0 && middle + room * 0.4 <= width && (
                  <text className="axis-text" x={middle} y={height + 16} textAnchor="middle">
                    {c.short}
                  </text>
                )}
              </g>
            );
          })}
        </svg>
      </div>
      <ValueTable
        label={label}
        values={{ head: [by, ...series], rows: columns.map((c) => [c.name, ...c.values]) }}
      />
    </div>
  );
}
