import type { ReactNode } from "react";
import "./charts.css";

export interface Bar {
  key: string;
  label: ReactNode;
  value: number;
  /** The figure beside the bar. */
  figure: ReactNode;
  /** What stands behind the figure, such as a percentage. */
  note?: ReactNode;
  series?: number;
}

interface Props {
  /** Names of the columns: what is counted by, the figure, and what stands behind it. */
  head: [string, string, string?];
  label: string;
  bars: Bar[];
  /** What a full bar stands for; by default the longest bar. */
  full?: number;
  /** The labels are sentences and need more room. */
  wordy?: boolean;
}

/** Bars is a table whose figures are also drawn as horizontal bars. */
export function Bars({ head, label, bars, full, wordy }: Props) {
  const whole = Math.max(1, full ?? Math.max(0, ...bars.map((b) => b.value)));
  return (
    <table className="bars" data-wordy={wordy || undefined} aria-label={label}>
      <thead className="hidden-text">
        <tr>
          <th scope="col">{head[0]}</th>
          <td />
          <th scope="col">{head[1]}</th>
          {head[2] && <th scope="col">{head[2]}</th>}
        </tr>
      </thead>
      <tbody>
        {bars.map((b) => (
          <tr key={b.key}>
            <th scope="row">{b.label}</th>
            <td className="bar-cell" aria-hidden="true">
              <svg className="bar" width="100%" height="14" role="presentation">
                <rect className="bar-ground" width="100%" height="14" rx="4" />
                <rect data-series={b.series ?? 0} width={`${(100 * b.value) / whole}%`} height="14" rx="4" />
              </svg>
            </td>
            <td className="bar-figure">{b.figure}</td>
            {head[2] && <td className="bar-note">{b.note}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
