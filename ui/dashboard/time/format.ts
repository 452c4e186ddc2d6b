/** Times in words. Moments are Unix milliseconds; the reader's own time zone and, if English, locale decide the spelling. */

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const dayMs = 24 * hour;

/** The interface speaks English; other languages' readers get its European spelling, with a 24-hour clock. */
const locale =
  typeof navigator !== "undefined" && navigator.language?.startsWith("en") ? navigator.language : "en-GB";

const formats = new Map<string, Intl.DateTimeFormat>();

function format(t: number, options: Intl.DateTimeFormatOptions): string {
  const key = JSON.stringify(options);
  let f = formats.get(key);
  if (!f) {
    f = new Intl.DateTimeFormat(locale, options);
    formats.set(key, f);
  }
  return f.format(t);
}

const startOfDay = (t: number) => new Date(t).setHours(0, 0, 0, 0);
const daysBetween = (now: number, t: number) => Math.round((startOfDay(now) - startOfDay(t)) / dayMs);

/** clock is "14:02". */
export const clock = (t: number) => format(t, { hour: "2-digit", minute: "2-digit" });

/** clockSeconds is "14:02:20", for moments that people wait for. */
export const clockSeconds = (t: number) =>
  format(t, { hour: "2-digit", minute: "2-digit", second: "2-digit" });

/** full is the whole date and time, for titles. */
export const full = (t: number) => format(t, { dateStyle: "full", timeStyle: "medium" });

/** day is "3 November 2026". */
export const day = (t: number) => format(t, { day: "numeric", month: "long", year: "numeric" });

/** dayLabel is "Today", "Yesterday", "Monday, 3 November" or the same with its year. */
export function dayLabel(now: number, t: number): string {
  const days = daysBetween(now, t);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  const sameYear = new Date(now).getFullYear() === new Date(t).getFullYear();
  return format(t, {
    weekday: "long",
    day: "numeric",
    month: "long",
    ...(sameYear ? {} : { year: "numeric" }),
  });
}

/** short is the time of an inbox row: "now", "5 min", "14:02", "Yesterday", "Mon", "3 Nov" or "3 Nov 2024". */
export function short(now: number, t: number): string {
  const age = now - t;
  if (age < minute) return "now";
  if (age < hour) return `${Math.floor(age / minute)} min`;
  const days = daysBetween(now, t);
  if (days <= 0) return clock(t);
  if (days === 1) return "Yesterday";
  if (days < 7) return format(t, { weekday: "short" });
  const sameYear = new Date(now).getFullYear() === new Date(t).getFullYear();
  return format(t, { day: "numeric", month: "short", ...(sameYear ? {} : { year: "numeric" }) });
}

/** moment is a time to be read on its own: "14:02" today, "Yesterday 14:02", "3 Nov, 14:02". */
export function moment(now: number, t: number, spell = clock): string {
  const days = daysBetween(now, t);
  if (days === 0) return spell(t);
  if (days === 1) return `yesterday, ${spell(t)}`;
  if (days === -1) return `tomorrow, ${spell(t)}`;
  return `${format(t, { day: "numeric", month: "short" })}, ${spell(t)}`;
}

/** ago is how long since t: "just now", "40 s ago", "3 min ago", "2 h ago", "5 days ago". */
export function ago(now: number, t: number): string {
  const age = now - t;
  if (age < 10 * second) return "just now";
  if (age < minute) return `${Math.floor(age / second)} s ago`;
  if (age < hour) return `${Math.floor(age / minute)} min ago`;
  if (age < dayMs) return `${Math.floor(age / hour)} h ago`;
  const days = Math.floor(age / dayMs);
  return days === 1 ? "1 day ago" : `${days} days ago`;
}

/** countdown is the time left: "20 s", "1 min 05 s", "12 min", "2 h 5 min", "3 days"; never below "0 s". */
export function countdown(left: number): string {
  const s = Math.max(0, Math.ceil(left / second));
  if (s < 60) return `${s} s`;
  if (s < 600) return `${Math.floor(s / 60)} min ${String(s % 60).padStart(2, "0")} s`;
  if (s < 3600) return `${Math.ceil(s / 60)} min`;
  const minutes = Math.ceil(s / 60);
  if (minutes < 48 * 60) {
    return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  }
  return `${Math.ceil(minutes / 60 / 24)} days`;
}

/** timeIn is the time of day in another zone, "14:02", or "" if the zone is not known. */
export function timeIn(zone: string, t: number): string {
  try {
    return zone ? format(t, { hour: "2-digit", minute: "2-digit", timeZone: zone }) : "";
  } catch {
    return "";
  }
}

/** languageName is a language tag in English, such as "German (Austria)"; the tag itself if it is not known. */
export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames(["en"], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** countryName is a country's code in English, such as "Austria"; the code itself if it is not known. */
export function countryName(code: string): string {
  try {
    return new Intl.DisplayNames(["en"], { type: "region" }).of(code) ?? code;
  } catch {
    return code;
  }
}
