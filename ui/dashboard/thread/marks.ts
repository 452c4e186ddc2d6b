import type { Event, FollowUp, Message } from "../../shared/agent";
import { clock } from "../time/format";
import { mailedAt } from "./changes";

/** Mark is how far one of our messages has come. */
export interface Mark {
  kind: "seen" | "mailed" | "unseen";
  /** When it was mailed; 0 if that is not known. */
  at: number;
  /** The newest of its kind says so in words, the others by their sign. */
  loud: boolean;
}

/** marksOf marks every message that went to the visitor, by seq. Whatever was taken back has none. */
export function marksOf(messages: Message[], userRead: number, events: Event[], followUp?: FollowUp) {
  const mailed = mailedAt(events, followUp);
  const marks = new Map<number, Mark>();
  const told = new Set<string>();
  for (const m of messages.toReversed()) {
    if (m.origin === "end-user" || m.deleted_at) continue;
    const kind = m.seq <= userRead ? "seen" : mailed.has(m.seq) ? "mailed" : "unseen";
    marks.set(m.seq, { kind, at: mailed.get(m.seq) ?? 0, loud: !told.has(kind) });
    told.add(kind);
  }
  return marks;
}

/** markWords says it. */
export function markWords({ kind, at }: Mark): string {
  if (kind === "seen") return "Seen by visitor";
  if (kind === "unseen") return "Not seen yet";
  return at ? `Mailed ${clock(at)}, not seen yet` : "Mailed, not seen yet";
}
