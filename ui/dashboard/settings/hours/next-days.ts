import type { BusinessHours, Span } from "../../../shared/agent";
import { dateIn } from "./moment";
import { dayNames } from "./week";

/** NextDay is a day of the chart. */
export interface NextDay {
  /** 2026-11-23 */
  date: string;
  /** "Today", or a weekday. */
  label: string;
  spans: Span[];
  /** The name of a holiday; "Holiday" if it has none. */
  holiday?: string;
}

/** nextDays are today and the days after it, by the clock of the hours. */
export function nextDays(h: BusinessHours, now: number, count = 7): NextDay[] {
  const first = Date.parse(`${dateIn(h.zone, now)}T00:00:00Z`);
  return Array.from({ length: count }, (_, n) => {
    const at = new Date(first + n * 24 * 3600_000);
    const date = at.toISOString().slice(0, 10);
    const holiday = h.holidays.find((d) => d.date === date);
    return {
      date,
      label: n === 0 ? "Today" : (dayNames[at.getUTCDay()] as string),
      spans: holiday ? (holiday.hours ?? []) : (h.week[at.getUTCDay()] ?? []),
      holiday: holiday && (holiday.name || "Holiday"),
    };
  });
}
