import type { FormField } from "../../shared/agent";

/** What a field's control shows for what the server keeps, and back. Dates are days in UTC, so that all agents see the same one. */

/** shownOf is what stands in the control: a date as "2026-11-03". */
export function shownOf(type: string, raw: string): string {
  if (type !== "date" || !raw) return raw;
  const date = new Date(Number(raw));
  return Number.isNaN(date.getTime()) ? "" : date.toISOString().slice(0, 10);
}

/** rawOf is what the server keeps for it. The time of a date that is set to its own day stays. */
export function rawOf(type: string, shown: string, was: string): string {
  if (type !== "date") return type === "multiline" ? shown : shown.trim();
  if (!shown || shown === shownOf(type, was)) return shown && was;
  return String(Date.parse(`${shown}T00:00:00Z`));
}

/** valueWords is a value for people to read. */
export function valueWords({ type }: Pick<FormField, "type">, raw: string): string {
  if (!raw) return "nothing";
  if (type === "checkbox") return raw === "true" ? "yes" : "no";
  if (type !== "date") return raw;
  return new Date(Number(raw)).toLocaleDateString("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
}
