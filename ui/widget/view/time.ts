import { t } from "../strings/strings";

const clock = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const date = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const dateOfYear = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "long", year: "numeric" });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "short" });

export const timeOf = (ms: number) => clock.format(ms);
export const fullTimeOf = (ms: number) => full.format(ms);

/** dayOf names a day as people do: today, yesterday, a weekday with its date, or a date with its year. */
export function dayOf(ms: number, now = Date.now()): string {
  const days = Math.round((midnight(now) - midnight(ms)) / 86_400_000); // rounded: a day may have 23 or 25 hours
  if (days === 0) return t("today");
  if (days === 1) return t("yesterday");
  return (days < 180 ? date : dateOfYear).format(ms);
}

function midnight(ms: number): number {
  return new Date(ms).setHours(0, 0, 0, 0);
}
