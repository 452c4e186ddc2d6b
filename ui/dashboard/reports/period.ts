/** Which time a report covers. Days are days of the browser's zone. */
export interface Period {
  /** Unix milliseconds; to is exclusive. */
  from: number;
  to: number;
  /** So many days up to now, or 0 for days that were chosen. */
  days: number;
}

export const presets = [7, 28, 90];
const usual = 28;

/** The longest period the server reports about. */
export const longest = 366;

const startOf = (t: number) => new Date(t).setHours(0, 0, 0, 0);

/** addDays moves a moment by whole days, whatever the clocks do. */
function addDays(t: number, days: number): number {
  const d = new Date(t);
  d.setDate(d.getDate() + days);
  return d.getTime();
}

/** isoDay is "2026-11-23" in the browser's zone. */
export function isoDay(t: number): string {
  const d = new Date(t);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`;
}

/** dayOf is when a day such as "2026-11-23" begins; NaN if there is no such day. */
export function dayOf(text: string | null): number {
  const m = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text ?? "");
  if (!m) return Number.NaN;
  const [, y, mon, d] = m.map(Number);
  const t = new Date(y ?? 0, (mon ?? 0) - 1, d).getTime();
  return isoDay(t) === m[0] ? t : Number.NaN;
}

/** lastDays are the last days up to the end of today. */
export function lastDays(days: number, now: number): Period {
  const today = startOf(now);
  return { from: addDays(today, 1 - days), to: addDays(today, 1), days };
}

/** between is a period from the beginning of one day to the end of another, or null with the reason. */
export function between(from: string, to: string): { period?: Period; problem: string } {
  const a = dayOf(from);
  const b = dayOf(to);
  if (Number.isNaN(a) || Number.isNaN(b)) return { problem: "Choose the first and the last day." };
  if (b < a) return { problem: "The last day lies before the first." };
  const period = { from: a, to: addDays(b, 1), days: 0 };
  const length = Math.round((period.to - period.from) / 86_400_000);
  if (length > longest)
    return { problem: `A report covers at most ${longest} days. Choose a shorter period.` };
  return { period, problem: "" };
}

/** periodOf reads the period from an address's query. */
export function periodOf(search: string, now: number): Period {
  const q = new URLSearchParams(search);
  const chosen = between(q.get("from") ?? "", q.get("to") ?? "");
  if (chosen.period) return chosen.period;
  const days = Number(q.get("days"));
  return lastDays(presets.includes(days) ? days : usual, now);
}

/** withPeriod writes a period into an address's query. */
export function withPeriod(search: string, p: Period): string {
  const q = new URLSearchParams(search);
  for (const key of ["days", "from", "to"]) q.delete(key);
  if (p.days > 0 && p.days !== usual) q.set("days", String(p.days));
  if (p.days === 0) {
    q.set("from", isoDay(p.from));
    q.set("to", isoDay(addDays(p.to, -1)));
  }
  return text(q);
}

/** withValue writes one value into an address's query, or takes it out if it is empty. */
export function withValue(search: string, key: string, value: string): string {
  const q = new URLSearchParams(search);
  if (value) q.set(key, value);
  else q.delete(key);
  return text(q);
}

const text = (q: URLSearchParams) => (q.size > 0 ? `?${q}` : "");

/** zone is the browser's own. */
export const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

/** apiQuery is the period and the app as the server is asked for them. */
export function apiQuery(p: Period, app: string, more: Record<string, string> = {}): string {
  const q = new URLSearchParams({ from: String(p.from), to: String(p.to), zone: zone() });
  if (app) q.set("app", app);
  for (const [key, value] of Object.entries(more)) if (value) q.set(key, value);
  return `?${q}`;
}
