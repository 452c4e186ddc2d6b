import type { ReactNode } from "react";
import { Icon } from "../parts/icon";

/** Values is a table of figures: the first of each row names it. */
export interface Values {
  head: string[];
  rows: (string | number)[][];
}

/** ValueTable shows the figures behind a chart to everybody who unfolds it, and to screen readers. */
export function ValueTable({ label, values }: { label: string; values: Values }) {
  return (
    <details className="chart-values">
      <summary>
        <Icon name="right" size={14} /> Show the figures
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: keyboards must be able to scroll it */}
      <section className="chart-table" tabIndex={0} aria-label={`Figures: ${label}`}>
        <table>
          <thead>
            <tr>
              {values.head.map((text) => (
                <th key={text} scope="col">
                  {text}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {values.rows.map(([name, ...cells]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {cells.map((cell, n) => (
                  <td key={values.head[n + 1]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}

/** Legend says what each colour of a chart stands for. */
export function Legend({ names }: { names: ReactNode[] }) {
  return (
    <ul className="legend-list small">
      {names.map((name, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the series keep their order
        <li key={n}>
          <span className="legend-mark" data-series={n} /> {name}
        </li>
      ))}
    </ul>
  );
}
