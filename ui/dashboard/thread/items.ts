import type { Event, Message } from "../../shared/agent";
import { isAtWork } from "./bot-words";
import { type Mark, marksOf } from "./marks";
import type { Pending, ThreadState } from "./reducer";
import { hasOlder } from "./reducer";

/** Item is one line of a conversation on screen, in order. */
export type Item =
  | { kind: "day"; key: string; at: number }
  | { kind: "unread"; key: string }
  | { kind: "message"; key: string; message: Message; first: boolean; last: boolean; mark?: Mark }
  | { kind: "pending"; key: string; pending: Pending }
  | { kind: "event"; key: string; event: Event; earlier: Event[]; about?: Message }
  | { kind: "note"; key: string; event: Event };

const together = 5 * 60_000;

/** itemsOf merges messages and events by time, with a separator for each day and one before what is new to the reader. */
export function itemsOf(state: ThreadState): Item[] {
  const { messages, events, detail, issue } = state;
  const marks = marksOf(messages, detail?.user_read_seq ?? 0, events, issue?.follow_up);
  const bySeq = new Map(state.messages.map((m) => [m.seq, m]));
  const items: Item[] = [];
  let day = "";
  let divided = false;
  for (const entry of entriesOf(state)) {
    const at = entry.created_at;
    const today = new Date(at).toDateString();
    if (today !== day) {
      items.push({ kind: "day", key: `day-${today}`, at });
      day = today;
    }
    if (!("seq" in entry)) {
      if (entry.kind === "note") {
        items.push({ kind: "note", key: `event-${entry.n}`, event: entry });
        continue;
      }
      const about = bySeq.get(entry.data.follow_up?.to_seq ?? 0);
      items.push({ kind: "event", key: `event-${entry.n}`, event: entry, earlier: [], about });
      continue;
    }
    if (!divided && entry.origin === "end-user" && entry.seq > state.dividerSeq) {
      divided = true;
      items.push({ kind: "unread", key: "unread" });
    }
    items.push({
      kind: "message",
      key: `message-${entry.seq}`,
      message: entry,
      first: true,
      last: true,
      mark: marks.get(entry.seq),
    });
  }
  for (const p of state.pending) items.push({ kind: "pending", key: `message-${p.clientId}`, pending: p });
  return grouped(folded(items));
}

/** entriesOf is messages and events by time. A message and the event it caused share a moment: the message comes first. */
function entriesOf(state: ThreadState): (Message | Event)[] {
  const from = hasOlder(state) ? (state.messages[0]?.created_at ?? 0) : 0;
  const events = untold(news(state.events)).filter((e) => e.created_at >= from);
  const out: (Message | Event)[] = [];
  let i = 0;
  for (const message of state.messages) {
    while (i < events.length && before(events, i, message)) out.push(events[i++] as Event);
    if (i < events.length && (events[i] as Event).kind === "created" && out.length === 0)
      out.push(events[i++] as Event);
    out.push(message);
  }
  return out.concat(events.slice(i));
}

/**
 * before reports whether the event at i comes before a message. Of those that share a moment a bot's beginning does, with what led to it: the message
 * is its first.
 */
function before(events: Event[], i: number, message: Message): boolean {
  const event = events[i] as Event;
  if (event.created_at !== message.created_at) return event.created_at < message.created_at;
  return events.slice(i).some((e) => e.created_at === event.created_at && begins(e));
}

function begins({ kind, data: { bot } }: Event): boolean {
  return kind === "bot" && bot !== undefined && !bot.text && isAtWork(bot);
}

/**
 * news leaves out what merely follows from a message, which is on the screen anyway: of the states only ends and reopenings
 * stay, and the visitor's yes is a message of its own.
 */
function news(events: Event[]): Event[] {
  let closed = false;
  return events.filter((e) => {
    if (e.kind === "resolution") return !e.data.accepted;
    if (e.kind !== "state_changed") return true;
    const was = closed;
    closed = e.data.state === "resolved" || e.data.state === "rejected";
    return was || closed;
  });
}

const byRules = ["assigned", "queued", "tags_changed", "field_changed", "state_changed"];

/** untold leaves out what the line about an automation's run tells as well. */
function untold(events: Event[]): Event[] {
  const key = (e: Event) => `${e.actor.id} ${e.created_at}`;
  const runs = new Set(events.filter((e) => e.kind === "rule").map(key));
  return runs.size === 0 ? events : events.filter((e) => !byRules.includes(e.kind) || !runs.has(key(e)));
}

/**
 * folded puts the steps of a follow-up that came to nothing, because everything was read, into the line that says so, and what one agent has
 * filled in at a time into the newest of it.
 */
function folded(items: Item[]): Item[] {
  const out: Item[] = [];
  for (const item of items) {
    const earlier: Event[] = [];
    while (item.kind === "event" && belongs(out[out.length - 1], item.event)) {
      const before = out.pop();
      if (before?.kind === "event") earlier.unshift(...before.earlier, before.event);
    }
    out.push(item.kind === "event" ? { ...item, earlier } : item);
  }
  return out;
}

/** belongs reports whether an event tells of the same as the line before. */
function belongs(before: Item | undefined, event: Event): boolean {
  if (before?.kind !== "event") return false;
  return (wasRead(event) && sameFollowUp(before, event)) || (isLabel(event) && sameHand(before.event, event));
}

/** Tags and fields are filled in many at a time. */
const isLabel = ({ kind }: Event) => kind === "tags_changed" || kind === "field_changed";

const sameHand = (a: Event, b: Event) =>
  isLabel(a) && a.actor.id === b.actor.id && b.created_at - a.created_at < together;

const wasRead = ({ data }: Event) => data.follow_up?.step === "cancelled" && data.follow_up.reason === "read";

const sameFollowUp = (item: Item | undefined, event: Event) =>
  item?.kind === "event" && item.event.data.follow_up?.id === event.data.follow_up?.id;

/** grouped joins messages of one author that follow each other within five minutes. */
function grouped(items: Item[]): Item[] {
  return items.map((item, i) => {
    if (item.kind !== "message") return item;
    return { ...item, first: !follows(items[i - 1], item), last: !follows(item, items[i + 1]) };
  });
}

function follows(a: Item | undefined, b: Item | undefined): boolean {
  if (a?.kind !== "message" || b?.kind !== "message") return false;
  return (
    a.message.origin === b.message.origin &&
    a.message.author_id === b.message.author_id &&
    b.message.created_at - a.message.created_at < together
  );
}
