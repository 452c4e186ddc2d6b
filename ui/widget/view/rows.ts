// What the thread shows, line by line, as a pure list: days, the divider of unread messages, messages and what is on its way.

import type { Message } from "../../shared/chat";
import type { Entry } from "../model/outbox";

export type Row =
  | { kind: "day"; key: string; at: number }
  | { kind: "divider"; key: string }
  /** Head: the first of a group, under its author's name. Tail: the last one. */
  | { kind: "message"; key: string; message: Message; head: boolean; tail: boolean }
  | { kind: "entry"; key: string; entry: Entry; head: boolean; tail: boolean };

type Line = Extract<Row, { message: Message } | { entry: Entry }>;

const TOGETHER = 5 * 60_000;

/** rowsOf puts the divider after the message numbered after, if there is something behind it. What was taken back is not there. */
export function rowsOf(all: readonly Message[], entries: readonly Entry[], after: number | null): Row[] {
  const messages = all.filter((m) => !m.deleted_at);
  const known = new Set(messages.map((m) => m.client_id));
  const lines: Line[] = [
    ...messages.map((message) => ({
      kind: "message" as const,
      key: keyOf(message),
      message,
      head: true,
      tail: true,
    })),
    ...entries
      .filter((e) => !known.has(e.client_id))
      .map((entry) => ({ kind: "entry" as const, key: entry.client_id, entry, head: true, tail: true })),
  ];
  const rows: Row[] = [];
  const unread = after === null ? null : firstUnread(messages, after);
  let before: Line | undefined;
  for (const line of lines) {
    const divides = line.kind === "message" && line.message.seq === unread;
    const newDay = !before || day(at(before)) !== day(at(line));
    if (newDay) rows.push({ kind: "day", key: `day ${day(at(line))}`, at: at(line) });
    if (divides) rows.push({ kind: "divider", key: "divider" });
    if (before && !newDay && !divides && together(before, line)) {
      before.tail = false;
      line.head = false;
    }
    rows.push(line);
    before = line;
  }
  return rows;
}

// A message keeps its place on the screen when it is acknowledged, so it keeps its key.
const keyOf = (m: Message) => m.client_id || `seq ${m.seq}`;

const at = (l: Line) => (l.kind === "message" ? l.message.created_at : l.entry.at);

const author = (l: Line) =>
  l.kind === "entry" || l.message.origin === "end-user" ? "" : `${l.message.origin} ${l.message.author_name}`;

const together = (a: Line, b: Line) => author(a) === author(b) && at(b) - at(a) < TOGETHER;

function firstUnread(messages: readonly Message[], after: number): number | null {
  return messages.find((m) => m.seq > after && m.origin !== "end-user")?.seq ?? null;
}

function day(ms: number): string {
  return new Date(ms).toDateString();
}
