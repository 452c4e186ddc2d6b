import { expect, test } from "vitest";
import type { Thread } from "../../shared/agent";
import { eventLine } from "./event-words";
import { itemsOf } from "./items";
import { hasOlder, lastSeq, type Pending, reduce, start, type ThreadState } from "./reducer";
import { event, message, minute, noon, ours, thread } from "./samples";

const loaded = (t: Thread, s: ThreadState = start()) => reduce(s, { type: "loaded", thread: t });
const frame = (s: ThreadState, t: Thread) => reduce(s, { type: "frame", thread: t });
const seqs = (s: ThreadState) => s.messages.map((m) => m.seq);
const kinds = (s: ThreadState) => itemsOf(s).map((i) => i.kind);
const pending = (clientId: string): Pending => ({
  clientId,
  body: "x",
  at: noon,
  state: "sending",
  error: "",
});

test("a delta is appended once, whatever is repeated", () => {
  let s = loaded(thread([message(1), message(2)]));
  s = frame(s, thread([message(2), message(3)], { version: 2 }));
  s = frame(s, thread([message(3)], { version: 2 }));
  expect(seqs(s)).toEqual([1, 2, 3]);
  expect(s.gap).toBe(false);
});

test("a frame after a gap waits for what is missing", () => {
  let s = loaded(thread([message(1)]));
  s = frame(s, thread([message(4)], { version: 2 }));
  expect(seqs(s)).toEqual([1]);
  expect(s.gap).toBe(true);
  s = loaded(thread([message(2), message(3), message(4)], { version: 2 }), s);
  expect(seqs(s)).toEqual([1, 2, 3, 4]);
  expect(s.gap).toBe(false);
});

test("an erasure empties what is on the screen already", () => {
  const told = event(1, noon, { kind: "profile", data: { name: "Ann", email: "ann@example.com" } });
  const note = event(2, noon, { kind: "note", data: { note: "Ann is kind", note_id: "n" } });
  const s = loaded(thread([message(1)], { events: [told, note] }));
  const after = frame(s, thread([], { version: 2, events: [event(3, noon, { kind: "erased" })] }));
  expect(JSON.stringify(after.events)).not.toContain("Ann is kind");
  expect(after.events.map((e) => eventLine(e, "me").text)[0]).toBe("The visitor’s profile changed");
  expect(after.events.map((e) => e.n)).toEqual([1, 2, 3]);
});

test("after a long absence the newest page replaces what is old", () => {
  const s = loaded(thread([message(90), message(91)], { version: 9 }), loaded(thread([message(1)])));
  expect(seqs(s)).toEqual([90, 91]);
  expect(hasOlder(s)).toBe(true);
});

test("an old version does not turn the conversation back", () => {
  let s = loaded(thread([message(1)], { version: 5, userRead: 1 }));
  s = frame(s, thread([], { version: 4, userRead: 0 }));
  expect(s.detail?.user_read_seq).toBe(1);
});

test("older messages go before the first", () => {
  let s = loaded(thread([message(51), message(52)]));
  s = reduce(s, { type: "older", older: { messages: [message(49), message(50), message(51)], events: [] } });
  expect(seqs(s)).toEqual([49, 50, 51, 52]);
});

test("older events come with older messages, and as long as there are any", () => {
  let s = loaded(thread([message(1)], { events: [event(3, noon), event(4, noon)] }));
  expect(hasOlder(s)).toBe(true);
  s = reduce(s, {
    type: "older",
    older: { messages: [], events: [event(1, noon), event(2, noon), event(3, noon)] },
  });
  expect(s.events.map((e) => e.n)).toEqual([1, 2, 3, 4]);
  expect(hasOlder(s)).toBe(false);
});

test("messages that were loaded again replace those held, and add none", () => {
  const s = loaded(thread([message(51), message(52)]));
  const again = [message(49), message(51, { body: "fresh" })];
  const next = reduce(s, { type: "renewed", messages: again });
  expect(next.messages.map((m) => m.body)).toEqual(["fresh", "text 52"]);
});

test("the visitor’s yes is a message and no second line; their no is one", () => {
  const yes = event(1, noon + 90_000, { kind: "resolution", data: { accepted: true } });
  const no = event(2, noon + 91_000, { kind: "resolution", data: {} });
  const s = loaded(thread([message(1), message(2)], { agentRead: 2, events: [yes, no] }));
  expect(itemsOf(s).flatMap((i) => (i.kind === "event" ? [i.event.n] : []))).toEqual([2]);
});

test("a sent message takes the place of the pending one", () => {
  let s = reduce(loaded(thread([message(1)])), { type: "unsent", pending: [pending("c1")] });
  expect(kinds(s).at(-1)).toBe("pending");
  s = frame(s, thread([ours(2, { client_id: "c1" })], { version: 2 }));
  expect(s.pending).toEqual([]);
  expect(lastSeq(s)).toBe(2);
});

test("what has arrived is not shown as pending again", () => {
  const s = loaded(thread([ours(1, { client_id: "c1" })]));
  const next = reduce(s, { type: "unsent", pending: [pending("c1"), pending("c2")] });
  expect(next.pending.map((p) => p.clientId)).toEqual(["c2"]);
});

test("typing ends with the message, or after six seconds", () => {
  const typing = { name: "Ann", origin: "end-user", until: noon + 6000 };
  const s = reduce(loaded(thread([])), { type: "typing", typing });
  expect(reduce(s, { type: "expire", now: noon + 5999 })).toBe(s);
  expect(reduce(s, { type: "expire", now: noon + 6000 }).typing).toEqual([]);
  expect(frame(s, thread([message(1)], { version: 2 })).typing).toEqual([]);
  expect(frame(s, thread([ours(1)], { version: 2 })).typing).toHaveLength(1);
});

test("messages and events share one line of time, with a separator for each day", () => {
  const events = [event(1, noon + 90_000), event(2, noon + 24 * 60 * minute)];
  const s = loaded(thread([message(1), message(2)], { agentRead: 2, events }));
  expect(kinds(s)).toEqual(["day", "message", "event", "message", "day", "event"]);
});

test("a follow-up that came to nothing is one line", () => {
  const step = (n: number, id: string, step: string, reason: string) =>
    event(n, noon + 3 * minute + n, {
      kind: "follow_up",
      data: { follow_up: { id, step, reason, from_seq: 1, to_seq: 1 } },
    });
  const events = [
    step(1, "f1", "sent", "due"),
    step(2, "f2", "waiting", "window"),
    step(3, "f2", "restarted", "window"),
    step(4, "f2", "cancelled", "read"),
  ];
  const s = loaded(thread([ours(1)], { agentRead: 1, events }));
  const lines = itemsOf(s).flatMap((i) =>
    i.kind === "event" ? [[i.event.n, i.earlier.map((e) => e.n)]] : [],
  );
  expect(lines).toEqual([
    [1, []],
    [4, [2, 3]],
  ]);
});

test("the divider stands before the first message that is new to the reader", () => {
  const s = loaded(thread([message(1), ours(2), message(3), message(4)], { agentRead: 2 }));
  expect(kinds(s)).toEqual(["day", "message", "message", "unread", "message", "message"]);
  expect(kinds(reduce(s, { type: "left" }))).not.toContain("unread");
});

test("messages of one author within five minutes form a group", () => {
  const s = loaded(thread([ours(1), ours(2), message(3), ours(30)], { agentRead: 30 }));
  const shape = itemsOf(s).flatMap((i) => (i.kind === "message" ? [[i.first, i.last]] : []));
  expect(shape).toEqual([
    [true, false],
    [false, true],
    [true, true],
    [true, true],
  ]);
});

const rule = { kind: "automation", id: "rule_1", name: "Late" };
const queue = { kind: "system", id: "que_1", name: "Queue: Day" };
const program = { kind: "api", id: "key_1", name: "Warehouse" };
test.each([
  [{ kind: "assigned", data: { assignee: "Mia" } }, "You took the conversation"],
  [{ kind: "queued", data: { queue: "Billing" } }, "You moved it to the queue Billing"],
  [{ kind: "queued", data: {} }, "You took it out of its queue"],
  [{ kind: "queued", actor: queue, data: { queue: "Night" } }, "Moved to the queue Night by the queue Day"],
  [{ kind: "assigned", actor: queue, data: { assignee: "Mia" } }, "Assigned to Mia by the queue Day"],
  [
    { kind: "tags_changed", actor: rule, data: { added: ["vip"] } },
    "The automation “Late” added the tag vip",
  ],
  [{ kind: "state_changed", actor: rule, data: { state: "resolved" } }, "Resolved by the automation “Late”"],
  [
    { kind: "rule", actor: rule, data: { rule: { id: "r", name: "Late", done: ["Added vip"] } } },
    "Automation “Late”: added vip",
  ],
  [{ kind: "assigned", data: {} }, "You took the assignment away: nobody is assigned"],
  [{ kind: "state_changed", data: { state: "resolved" } }, "Resolved by you"],
  [{ kind: "profile", data: { email: "a@b.cd" } }, "The visitor gave their e-mail: a@b.cd"],
  [{ kind: "resolution", data: {} }, "The visitor says that it did not help"],
  [{ kind: "feedback", data: { rating: 4 } }, "Rated 4 of 5 by the visitor"],
  [
    { kind: "logged_in", data: {} },
    "The visitor signed in on your site: the conversation goes on under their account",
  ],
  [{ kind: "links_revoked", data: {} }, "You switched off the return links of this conversation"],
  [
    { kind: "suppressed", data: { kind: "mute" } },
    "The visitor muted this conversation: no more e-mails about it",
  ],
  [{ kind: "tags_changed", data: { added: ["vip", "eu"] } }, "You added the tags vip, eu"],
  [{ kind: "tags_changed", data: { removed: ["vip"] } }, "You took off the tag vip"],
  [{ kind: "field_changed", data: { label: "Order", value: "7" } }, "You set Order to 7"],
  [{ kind: "field_changed", data: { label: "Order" } }, "You emptied Order"],
  [{ kind: "state_changed", data: { state: "resolved" }, actor: program }, "Resolved by API: Warehouse"],
  [{ kind: "assigned", data: { assignee: "Jonas" }, actor: program }, "API: Warehouse assigned Jonas"],
  [
    { kind: "profile", data: { name: "Lena" }, actor: program },
    "API: Warehouse set the visitor’s name: Lena",
  ],
  [
    { kind: "redacted", data: {}, actor: program },
    "API: Warehouse redacted a message: its text and files are gone for good",
  ],
  [{ kind: "erased", data: {} }, "You erased the visitor’s data: all that was written here is gone for good"],
])("%o is said in words", (change, want) => {
  expect(eventLine(event(1, noon, change), "me").text).toBe(want);
});
