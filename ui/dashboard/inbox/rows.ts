import type { Row } from "../../shared/agent";
import type { Sort } from "./look";

export const isOpen = (row: Pick<Row, "state">) => row.state !== "resolved" && row.state !== "rejected";

/** isNewer reports whether b may replace a: a higher version wins, and presence may change within one. */
export function isNewer(a: Row, b: Row): boolean {
  if (a.version !== b.version) return b.version > a.version;
  return b.user.presence_since >= a.user.presence_since;
}

/** compare orders rows as the server does. How long somebody waits only the server knows: those rows keep their places. */
export function compare(a: Row, b: Row, sort: Sort): number {
  if (sort === "waiting") return 0;
  const time = sort === "created" ? b.created_at - a.created_at : b.updated_at - a.updated_at;
  return time || (a.id < b.id ? 1 : -1);
}

/** insert puts a row where it belongs in a sorted list without it. */
export function insert(rows: Row[], row: Row, sort: Sort): Row[] {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const there = rows[middle];
    if (there && compare(there, row, sort) <= 0) low = middle + 1;
    else high = middle;
  }
  return [...rows.slice(0, low), row, ...rows.slice(low)];
}

/** replace puts a changed row into its place: the place of the old one, if the order has not changed. */
export function replace(rows: Row[], row: Row, sort: Sort): Row[] {
  const at = rows.findIndex((r) => r.id === row.id);
  const before = rows[at - 1];
  const after = rows[at + 1];
  const stays = (!before || compare(before, row, sort) <= 0) && (!after || compare(row, after, sort) <= 0);
  if (stays) return rows.with(at, row);
  return insert(rows.toSpliced(at, 1), row, sort);
}

/** nameOf is how we call a visitor: by name, or by the number. */
export const nameOf = (row: Pick<Row, "user" | "number">) => row.user.name || `Visitor ${row.number}`;
