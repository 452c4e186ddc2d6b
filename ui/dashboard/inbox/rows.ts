import type { Row } from "../../shared/agent";

export type View = "open" | "mine" | "all";

/** Filter is what the inbox shows. */
export interface Filter {
  view: View;
  unread: boolean;
  q: string;
}

export const isOpen = (row: Row) => row.state !== "resolved" && row.state !== "rejected";

/** matches reports whether a row belongs in the view. Text is matched by what a row shows; the server also searches messages. */
export function matches(row: Row, filter: Filter, me: string): boolean {
  if (filter.view !== "all" && !isOpen(row)) return false;
  if (filter.view === "mine" && row.assignee_id !== me) return false;
  if (filter.unread && row.unread === 0) return false;
  return containsText(row, filter.q);
}

function containsText(row: Row, q: string): boolean {
  const words = q.trim().toLowerCase();
  if (!words) return true;
  const shown = [row.title, row.preview, row.user.name, row.user.email, `#${row.number}`];
  return shown.some((text) => text.toLowerCase().includes(words));
}

/** isNewer reports whether b may replace a: a higher version wins, and presence may change within one. */
export function isNewer(a: Row, b: Row): boolean {
  if (a.version !== b.version) return b.version > a.version;
  return b.user.presence_since >= a.user.presence_since;
}

/** compare orders rows as the server does: newest change first. */
export function compare(a: Row, b: Row): number {
  return b.updated_at - a.updated_at || (a.id < b.id ? 1 : -1);
}

/** merge returns both lists as one, each issue once in its newest version. */
export function merge(list: Row[], more: Row[]): Row[] {
  const byId = new Map(list.map((row) => [row.id, row]));
  for (const row of more) {
    const old = byId.get(row.id);
    if (!old || isNewer(old, row)) byId.set(row.id, row);
  }
  return [...byId.values()].sort(compare);
}

/** nameOf is how we call a visitor: by name, or by the number. */
export const nameOf = (row: Pick<Row, "user" | "number">) => row.user.name || `Visitor ${row.number}`;

/** filterOf reads a filter from an address's query, searchOf writes it. */
export function filterOf(search: string): Filter {
  const params = new URLSearchParams(search);
  const view = params.get("view");
  return {
    view: view === "mine" || view === "all" ? view : "open",
    unread: params.get("unread") === "1",
    q: params.get("q") ?? "",
  };
}

export function searchOf(filter: Filter): string {
  const params = new URLSearchParams();
  if (filter.view !== "open") params.set("view", filter.view);
  if (filter.unread) params.set("unread", "1");
  if (filter.q.trim()) params.set("q", filter.q.trim());
  const text = params.toString();
  return text && `?${text}`;
}
