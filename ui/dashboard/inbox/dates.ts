import type { IssueFilter } from "../../shared/agent";
import { day } from "../time/format";

/** Dates of a conversation that can be filtered by. */
export type Which = "created" | "updated";

/** Dates is a span of days: so many before now, or from one to another, both included, as "2026-11-23". */
export interface Dates {
  days?: number;
  from?: string;
  to?: string;
}

export const spans: { days: number; label: string }[] = [
  { days: 1, label: "Last 24 hours" },
  { days: 7, label: "Last 7 days" },
  { days: 30, label: "Last 30 days" },
  { days: 90, label: "Last 90 days" },
];

/** datesOf reads a span; the days are those of this reader's zone. */
export function datesOf(filter: IssueFilter, which: Which): Dates {
  const days = filter[`${which}_days`];
  const from = filter[`${which}_from`];
  const to = filter[`${which}_to`];
  return { days, from: from ? dateOf(from) : undefined, to: to ? dateOf(to - 1) : undefined };
}

export function withoutDates(filter: IssueFilter, which: Which): IssueFilter {
  const next = { ...filter };
  delete next[`${which}_days`];
  delete next[`${which}_from`];
  delete next[`${which}_to`];
  return next;
}

/** withDates sets a span. What is no date is left out. */
export function withDates(filter: IssueFilter, which: Which, dates: Dates): IssueFilter {
  const next = withoutDates(filter, which);
  if (dates.days) return { ...next, [`${which}_days`]: dates.days };
  const from = startOf(dates.from, 0);
  const to = startOf(dates.to, 1);
  if (from) next[`${which}_from`] = from;
  if (to) next[`${which}_to`] = to;
  return next;
}

/** startOf is the first moment of the day that lies so many days after a date. */
function startOf(date: string | undefined, later: number): number | undefined {
  const [, y, m, d] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date ?? "") ?? [];
  return y ? new Date(Number(y), Number(m) - 1, Number(d) + later).getTime() : undefined;
}

function dateOf(t: number): string {
  const d = new Date(t);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`;
}

/** datesText is a span in words, or undefined if nothing is said. */
export function datesText(filter: IssueFilter, which: Which): string | undefined {
  const days = filter[`${which}_days`];
  if (days) return spans.find((s) => s.days === days)?.label.toLowerCase() ?? `last ${days} days`;
  const from = filter[`${which}_from`];
  const to = filter[`${which}_to`];
  if (from && to) return to - from <= 90_000_000 ? `on ${day(from)}` : `${day(from)} to ${day(to - 1)}`;
  if (from) return `since ${day(from)}`;
  return to ? `until ${day(to - 1)}` : undefined;
}
