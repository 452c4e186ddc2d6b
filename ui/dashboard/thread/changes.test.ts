import { expect, test } from "vitest";
import type { Event } from "../../shared/agent";
import { mailedAt, whyFixed } from "./changes";
import { itemsOf } from "./items";
import { type Mark, markWords } from "./marks";
import { reduce, start, type ThreadState } from "./reducer";
import { event, message, noon, ours, thread } from "./samples";

const loaded = (t: ReturnType<typeof thread>) => reduce(start(), { type: "loaded", thread: t });
const frame = (s: ThreadState, t: ReturnType<typeof thread>) => reduce(s, { type: "frame", thread: t });
const bodies = (s: ThreadState) => s.messages.map((m) => m.body);

const mail = (n: number, step: string, from_seq: number, to_seq: number): Event =>
  event(n, noon + n * 1000, {
    kind: "follow_up",
    actor: { kind: "system", id: "", name: "" },
    data: { follow_up: { id: `f${from_seq}`, step, from_seq, to_seq } },
  });

test("changed messages keep their places", () => {
  let s = loaded(thread([message(1), ours(2), ours(3)]));
  s = frame(s, {
    ...thread([ours(4)], { version: 2 }),
    changed: [ours(2, { body: "better", edited_at: noon }), ours(3, { body: "", deleted_at: noon })],
  });
  expect(bodies(s)).toEqual(["text 1", "better", "", "text 4"]);
});

test("an older change does not undo a newer one, and what we do not hold stays away", () => {
  let s = loaded(thread([ours(5, { body: "second", edited_at: noon + 2 })]));
  const late = {
    ...thread([], { version: 0 }),
    changed: [ours(5, { body: "first", edited_at: noon + 1 }), ours(4)],
  };
  s = frame(s, late);
  expect(bodies(s)).toEqual(["second"]);
});

test("marks: seen, mailed, not seen; the newest of each kind says so", () => {
  const events = [mail(1, "waiting", 3, 4), mail(2, "sent", 3, 4)];
  const all = [
    ours(1),
    ours(2),
    ours(3),
    ours(4),
    message(5),
    ours(6),
    ours(7, { deleted_at: noon, body: "" }),
  ];
  const s = loaded(thread(all, { userRead: 2, agentRead: 7, events }));
  const spell = (m?: Mark) => (m ? `${m.kind}${m.loud ? "!" : ""}` : "");
  const marks = itemsOf(s).flatMap((i) => (i.kind === "message" ? [spell(i.mark)] : []));
  expect(marks).toEqual(["seen", "seen!", "mailed", "mailed!", "", "unseen!", ""]);
});

test("a note is a line of its own", () => {
  const note = event(2, noon + 90_000, { kind: "note", data: { note: "Ask Jonas" } });
  const s = loaded(thread([message(1), message(2)], { agentRead: 2, events: [note] }));
  expect(itemsOf(s).map((i) => i.kind)).toEqual(["day", "message", "note", "message"]);
});

test("a bot begins before its first message, and ends after its last", () => {
  const bot = (n: number, at: number, state: string) =>
    event(n, at, { kind: "bot", data: { bot: { id: "b", name: "B", state } } });
  const said = message(1, { origin: "bot" });
  const s = loaded(
    thread([said], {
      agentRead: 1,
      events: [
        bot(1, said.created_at, "stopped"), // another one, for this one
        bot(2, said.created_at, "waiting"),
        bot(3, said.created_at, "done"),
      ],
    }),
  );
  expect(itemsOf(s).map((i) => (i.kind === "event" ? i.event.n : i.kind))).toEqual([
    "day",
    1,
    2,
    "message",
    3,
  ]);
});

test("what one agent fills in at a time is one line", () => {
  const set = (n: number, at: number, id = "me") =>
    event(n, at, {
      kind: n % 2 ? "field_changed" : "tags_changed",
      actor: { kind: "agent", id, name: id },
      data: {},
    });
  const later = noon + 3_600_000;
  const events = [set(1, noon), set(2, noon + 1000), set(3, noon + 2000, "noah"), set(4, later, "noah")];
  const lines = itemsOf(loaded(thread([], { events }))).flatMap((i) =>
    i.kind === "event" ? [[i.event.n, i.earlier.length]] : [],
  );
  expect(lines).toEqual([
    [2, 1],
    [3, 0],
    [4, 0],
  ]);
});

test("what was mailed is known from the timeline and the newest follow-up", () => {
  const f = { id: "f", state: "handing_over", reason: "", from_seq: 6, to_seq: 6 };
  expect([...mailedAt([mail(1, "sent", 2, 3), mail(2, "failed", 4, 5)], f).keys()]).toEqual([2, 3, 6]);
});

test("marks in words", () => {
  const words = (kind: Mark["kind"], at = 0) => markWords({ kind, at, loud: true });
  expect([words("seen"), words("unseen"), words("mailed")]).toEqual([
    "Seen by visitor",
    "Not seen yet",
    "Mailed, not seen yet",
  ]);
  expect(words("mailed", noon)).toMatch(/^Mailed 12:00/);
});

test.each([
  [ours(5), {}, ""],
  [ours(2), {}, "Ann has read it."],
  [ours(5), { mailed: true }, "It has been mailed."],
  [ours(5, { author_id: "noah", author_name: "Noah" }), {}, "Only Noah or a supervisor can."],
  [ours(5, { author_id: "noah" }), { me: { id: "me", supervisor: true } }, ""],
  [ours(5, { deleted_at: noon }), {}, null],
  [message(5), {}, null],
  [message(5, { origin: "bot" }), {}, null],
])("whether a message can be changed: %#", (m, change, want) => {
  const facts = {
    me: { id: "me", supervisor: false },
    detail: { user_read_seq: 2 },
    mailed: false,
    user: "Ann",
  };
  expect(whyFixed(m, { ...facts, ...change })).toBe(want);
});
