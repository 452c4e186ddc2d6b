import { type ReactNode, useId } from "react";
import { Icon } from "../parts/icon";
import type { Scope } from "./frame";
import { apiQuery } from "./period";

interface Props {
  title: string;
  text: string;
  /** Which table of the report the file holds. */
  table: string;
  scope: Scope;
  wide?: boolean;
  children: ReactNode;
}

/** Card is one part of a report, with its figures as a file. */
export function Card({ title, text, table, scope, wide, children }: Props) {
  const id = useId();
  return (
    <section className="card report-card" data-wide={wide || undefined} aria-labelledby={id}>
      <div className="card-head">
        <div>
          <h2 id={id}>{title}</h2>
          <p className="help">{text}</p>
        </div>
        <a
          className="button quiet small"
          href={`/agent/v1/reports.csv${apiQuery(scope.period, scope.app, { table })}`}
          download
          aria-label={`Download CSV: ${title}`}
        >
          <Icon name="download" size={16} /> CSV
        </a>
      </div>
      {children}
    </section>
  );
}
