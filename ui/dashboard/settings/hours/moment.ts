import type { Hours } from "../../../shared/agent";

const dayMs = 24 * 3600_000;

/** inZone spells a moment by the clock of a zone; one that the browser does not know is read as UTC. */
function inZone(zone: string, t: number, options: Intl.DateTimeFormatOptions, locale = "en-GB"): string {
  try {
    return new Intl.DateTimeFormat(locale, { ...options, timeZone: zone }).format(t);
  } catch {
    return new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" }).format(t);
  }
}

/** dateIn is the date in the zone: 2026-11-23. */
export const dateIn = (zone: string, t: number) =>
  inZone(zone, t, { year: "numeric", month: "2-digit", day: "2-digit" }, "sv-SE");

/** clockIn is the time of day in the zone: 14:02. */
export const clockIn = (zone: string, t: number) =>
  inZone(zone, t, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** minuteIn is the minute of the day in the zone. */
export function minuteIn(zone: string, t: number): number {
  const [hour = 0, minute = 0] = clockIn(zone, t).split(":").map(Number);
  return hour * 60 + minute;
}

/** whenIn is a moment to come: "17:00" today, "on Monday at 09:00" within a week, else with its date. */
export function whenIn(zone: string, now: number, t: number): string {
  const clock = clockIn(zone, t);
  if (dateIn(zone, now) === dateIn(zone, t)) return clock;
  if (t - now < 6 * dayMs) return `${inZone(zone, t, { weekday: "long" })}, ${clock}`;
  return `${inZone(zone, t, { day: "numeric", month: "long", year: "numeric" })}, ${clock}`;
}

/** stateWords says whether people are there, and until when. */
export function stateWords({ hours: h, open, change_at }: Hours, now: number): string {
  if (!h.on) return "Off: visitors can write at any hour, and nothing says when you are there.";
  if (!change_at) return open ? "Always open" : "Closed, and not open again within a year";
  const when = whenIn(h.zone, now, change_at);
  return open
    ? `Open now, until ${when}`
    : `Closed now, open again ${/^\d\d:/.test(when) ? "at " : ""}${when}`;
}

/** ownZone is the one of the zones where this browser is, or "". Browsers know some by an older name. */
export function ownZone(zones: string[], own = nameOf()): string {
  return zones.includes(own) ? own : (zones.find((z) => nameOf(z) === own) ?? "");
}

/** nameOf is what the browser calls a zone; without one, where it is. */
function nameOf(zone?: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return "";
  }
}
