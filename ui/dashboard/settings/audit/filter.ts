/** What the audit log is narrowed to. Days are as date inputs write them, 2026-11-03; empty means any. */
export interface AuditFilter {
  agent: string;
  act: string;
  from: string;
  to: string;
}

export const everything: AuditFilter = { agent: "", act: "", from: "", to: "" };

export const isNarrowed = (f: AuditFilter) => Object.values(f).some(Boolean);

/** queryOf is the query of GET /audit. Days begin and end where the reader is; the last one belongs to the period. */
export function queryOf(f: AuditFilter, cursor: string): string {
  const query = new URLSearchParams();
  const set = (name: string, value: string | number) => value && query.set(name, String(value));
  set("cursor", cursor);
  set("agent", f.agent);
  set("act", f.act);
  set("from", startOf(f.from));
  set("to", startOf(f.to, 1));
  return query.size > 0 ? `?${query}` : "";
}

/** startOf is the moment at which a day begins, or the day so many days later; 0 if it is not a day. */
function startOf(day: string, later = 0): number {
  const [y, m, d] = day.split("-").map(Number);
  if (!y || !m || !d) return 0;
  return new Date(y, m - 1, d + later).getTime();
}

/** problemOf is what is wrong with the period. */
export const problemOf = (f: AuditFilter) =>
  f.from && f.to && f.to < f.from ? "The period ends before it begins." : "";

/** filterOf reads a filter from the address, and searchOf writes it there. Links can be shared so. */
export function filterOf(search: string): AuditFilter {
  const query = new URLSearchParams(search);
  const at = (name: string) => query.get(name) ?? "";
  return { agent: at("agent"), act: at("act"), from: at("from"), to: at("to") };
}

export function searchOf(f: AuditFilter): string {
  const query = new URLSearchParams(Object.entries(f).filter(([, value]) => value));
  return query.size > 0 ? `?${query}` : "";
}
