import type { BusinessHours, Holiday, Span } from "../../../shared/agent";

/** The days of a week by their number, from Monday on. */
export const weekdays = [1, 2, 3, 4, 5, 6, 0] as const;

export const dayNames = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

export const midnight = 24 * 60;
export const maxSpans = 6;

/** clockOf is a minute of the day as a field for times shows it; the end of the day is 00:00. */
export function clockOf(minute: number): string {
  const m = minute % midnight;
  return `${String(Math.floor(m / 60)).padStart(2, "0")}:${String(m % 60).padStart(2, "0")}`;
}

/** minuteOf reads such a field; 00:00 as an end is midnight. It is null while the field holds no time. */
export function minuteOf(clock: string, end: boolean): number | null {
  const [, hour, minute] = /^(\d\d):(\d\d)/.exec(clock) ?? [];
  if (hour === undefined || minute === undefined) return null;
  const m = Number(hour) * 60 + Number(minute);
  return end && m === 0 ? midnight : m;
}

/** spansInWords is "09:00–12:00 and 13:00–17:00", or "closed". */
export function spansInWords(spans: Span[]): string {
  if (spans.length === 0) return "closed";
  return spans.map((s) => `${clockOf(s.from)}–${s.to === midnight ? "24:00" : clockOf(s.to)}`).join(" and ");
}

/** spansProblem says what is wrong with the parts of a day; "" if nothing is. */
export function spansProblem(spans: Span[]): string {
  let end = -1;
  for (const s of spans) {
    if (s.to <= s.from)
      return "The end has to be after the beginning. For a night, add a part to the next day.";
    if (s.from <= end) return "These parts overlap or touch. Leave a break between them, or make them one.";
    end = s.to;
  }
  return "";
}

/** nextSpan is a part to add after the others, or null if none fits. */
export function nextSpan(spans: Span[]): Span | null {
  const last = spans.at(-1);
  if (!last) return { from: 9 * 60, to: 17 * 60 };
  const from = last.to + 60;
  if (spans.length >= maxSpans || from >= midnight - 60) return null;
  return { from, to: Math.min(from + 4 * 60, midnight) };
}

export const withDay = (h: BusinessHours, day: number, spans: Span[]): BusinessHours => ({
  ...h,
  week: h.week.map((was, n) => (n === day ? spans : was)),
});

/** copyDay gives other days the hours of one. */
export const copyDay = (h: BusinessHours, from: number, to: readonly number[]): BusinessHours => ({
  ...h,
  week: h.week.map((was, n) => (to.includes(n) ? [...(h.week[from] ?? [])] : was)),
});

export const byDate = (list: Holiday[]): Holiday[] =>
  [...list].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));

/** toSave is the hours as the server takes them: holidays by date. */
export const toSave = (h: BusinessHours): BusinessHours => ({ ...h, holidays: byDate(h.holidays) });

/** holidayProblem says what is wrong with one holiday of a list; "" if nothing is. */
export function holidayProblem(list: Holiday[], n: number): string {
  const d = list[n];
  if (!d) return "";
  if (!/^2\d{3}-\d\d-\d\d$/.test(d.date)) return "Give it a date.";
  if (list.some((o, i) => i !== n && o.date === d.date)) return "This date is in the list twice.";
  return spansProblem(d.hours ?? []);
}

/** isWhole reports whether nothing is wrong that can be seen here. */
export const isWhole = (h: BusinessHours): boolean =>
  h.week.every((spans) => !spansProblem(spans)) && h.holidays.every((_, n) => !holidayProblem(h.holidays, n));

/** isPlaced reports whether an error of the server has a place on the page. */
export const isPlaced = (field: string) => /^(zone|outside|holidays|(week|holidays)\.\d+)$/.test(field);
