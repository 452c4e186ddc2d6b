import { expect, test } from "vitest";
import type { Agent, Queue } from "../../../shared/agent";
import {
  draftOf,
  givingWords,
  leadsTo,
  limitOf,
  longestWords,
  nextChoices,
  nobodyWords,
  peopleOf,
  peopleWords,
  waitingWords,
} from "./words";

const agent = (id: string, available = true) => ({ id, name: id, available }) as Agent;
const queue = (id: string, change: Partial<Queue> = {}): Queue => ({
  id,
  name: id.toUpperCase(),
  agents: [],
  auto_assign: true,
  limit: 0,
  waiting: 0,
  free: 0,
  ...change,
});
const team = [agent("ann"), agent("ben", false), agent("cid")];

test("who waits, and for how long", () => {
  expect([0, 1, 12, 10_000].map(waitingWords)).toEqual([
    "Nobody waits",
    "1 conversation waits",
    "12 conversations wait",
    "10,000 or more conversations wait",
  ]);
  expect(longestWords(3_600_000, { waiting: 2, oldest: 600_000 })).toBe(", the longest for 50 min");
  expect(longestWords(600_500, { waiting: 1, oldest: 600_000 })).toBe(" for 1 min");
  expect(longestWords(3_600_000, { waiting: 2 })).toBe("");
});

test.each([
  [queue("a"), "Nobody works on it"],
  [queue("a", { agents: ["ben"] }), "1 person, away"],
  [queue("a", { agents: ["ann"], free: 1 }), "1 person, there"],
  [queue("a", { agents: ["ann", "cid"] }), "2 people, 2 there, none with room for more"],
  [queue("a", { agents: ["ann", "cid"], free: 2 }), "2 people, all there"],
  [queue("a", { agents: ["ann", "ben", "cid"], free: 2 }), "3 people, 2 there"],
  [queue("a", { agents: ["ann", "ben", "cid"], free: 1 }), "3 people, 2 there, 1 with room for more"],
  [queue("a", { agents: ["ann", "gone"], free: 0 }), "1 person, there without room for more"],
])("people: %#", (q, want) => {
  expect(peopleWords(q, peopleOf(q, team))).toBe(want);
});

test("how conversations are given, and what happens when nobody is there", () => {
  expect(givingWords(queue("a", { auto_assign: false, limit: 5 }))).toBe("People take from it by hand");
  expect(givingWords(queue("a", { limit: 5 }))).toBe("Assigned in turn, up to 5 open each");
  const list = [queue("b"), queue("c", { archived: true })];
  expect(nobodyWords(queue("a"), list)).toBe("");
  expect(nobodyWords(queue("a", { fallback_id: "c" }), list)).toBe("");
  const both = queue("a", { fallback_id: "b", message: { text: "Soon" } });
  expect(nobodyWords(both, list)).toBe(
    "When all are away, conversations move on to B. Visitors read a message when nobody can take theirs",
  );
});

test("no circle can be chosen", () => {
  const list = [queue("a", { fallback_id: "b" }), queue("b", { fallback_id: "c" }), queue("c"), queue("d")];
  expect(leadsTo("a", list)).toEqual(["a", "b", "c"]);
  expect(nextChoices("c", list).map((q) => q.id)).toEqual(["d"]);
  expect(nextChoices("a", list).map((q) => q.id)).toEqual(["b", "c", "d"]);
  expect(nextChoices("", list)).toHaveLength(4);
});

test("what is edited and what was typed", () => {
  const q = queue("a", { agents: ["ann", "gone"], limit: 3 });
  expect(draftOf(q, team)).toMatchObject({ agents: ["ann"], limit: "3" });
  expect(["", " 7 ", "1000", "0", "1001", "1.5", "x"].map(limitOf)).toEqual([
    0,
    7,
    1000,
    Number.NaN,
    Number.NaN,
    Number.NaN,
    Number.NaN,
  ]);
});
