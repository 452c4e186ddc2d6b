import type { Hours } from "../../shared/chat";
import { locale, t } from "../strings/strings";

type Look = Intl.DateTimeFormatOptions;

const looks = {
  clock: { hour: "numeric", minute: "2-digit" } satisfies Look,
  date: { weekday: "long", day: "numeric", month: "long" } satisfies Look,
  dateOfYear: { day: "numeric", month: "long", year: "numeric" } satisfies Look,
  weekday: { weekday: "long", hour: "numeric", minute: "2-digit" } satisfies Look,
  dateTime: { day: "numeric", month: "long", hour: "numeric", minute: "2-digit" } satisfies Look,
  full: { dateStyle: "full", timeStyle: "short" } satisfies Look,
};

const made = new Map<string, Intl.DateTimeFormat>();

/** format keeps the formats it has made: they are dear, and a thread needs them for every line. */
function format(look: keyof typeof looks, ms: number): string {
  const key = `${look} ${locale()}`;
  const f = made.get(key) ?? new Intl.DateTimeFormat(locale(), looks[look]);
  made.set(key, f);
  return f.format(ms);
}

export const timeOf = (ms: number) => format("clock", ms);
export const fullTimeOf = (ms: number) => format("full", ms);

/** dayOf names a day as people do: today, yesterday, a weekday with its date, or a date with its year. */
export function dayOf(ms: number, now = Date.now()): string {
  const days = daysTo(now, ms);
  if (days === 0) return t("today");
  if (days === 1) return t("yesterday");
  return format(days < 180 ? "date" : "dateOfYear", ms);
}

/** whenOf names a coming moment as people do: today or tomorrow, a weekday, or a date, each with the time. */
export function whenOf(ms: number, now = Date.now()): string {
  const days = daysTo(ms, now);
  if (days > 1) return format(days < 7 ? "weekday" : "dateTime", ms);
  const day = new Intl.RelativeTimeFormat(locale(), { numeric: "auto" }).format(days, "day");
  return `${day}, ${timeOf(ms)}`;
}

/** backOf says when people are back; "" if they are there, or nobody knows. */
export function backOf(hours: Hours | undefined): string {
  return hours?.back_at ? t("hours.back", { when: whenOf(hours.back_at) }) : "";
}

/** daysTo counts the days from one moment's to the other's. A day may have 23 or 25 hours. */
function daysTo(to: number, from: number): number {
  return Math.round((midnight(to) - midnight(from)) / 86_400_000);
}

function midnight(ms: number): number {
  return new Date(ms).setHours(0, 0, 0, 0);
}
