import { expect, test } from "vitest";
import type { RuleNote } from "../../shared/agent";
import { itemsOf } from "./items";
import { reduce, start } from "./reducer";
import { ruleLine } from "./rule-words";
import { event, message, minute, noon, thread } from "./samples";

const long = "Set the field order number to something that is rather long";

test.each<[Partial<RuleNote>, string, string[]]>([
  [{ done: ["Assigned to Jonas", "Added vip"] }, "Automation “Night”: assigned to Jonas, added vip", []],
  [{ done: [long, long] }, "Automation “Night” did 2 things", [long, long]],
  [{}, "Automation “Night” ran: all was so already", []],
  [
    { failed: ["Could not assign."] },
    "Automation “Night” could not do what it should",
    ["Could not assign."],
  ],
  [
    { done: ["Resolved"], failed: ["No."] },
    "Automation “Night” could not do everything",
    ["Resolved", "No."],
  ],
  [{ name: "", failed: ["They pause here."] }, "They pause here.", []],
])("%j", (note, text, details) => {
  const line = ruleLine({ id: "rule_1", name: "Night", ...note });
  expect([line.text, line.details]).toEqual([text, details]);
});

test("what an automation did is told once, by the line about its run", () => {
  const actor = { kind: "automation", id: "rule_1", name: "Night" };
  const at = noon + 2 * minute;
  const events = [
    event(1, at, { kind: "tags_changed", actor, data: { added: ["vip"] } }),
    event(2, at, { kind: "note", actor, data: { note: "Look." } }),
    event(3, at, {
      kind: "rule",
      actor,
      data: { rule: { id: "rule_1", name: "Night", done: ["Added vip"] } },
    }),
    event(4, at, { kind: "tags_changed", data: { added: ["eu"] } }),
  ];
  const items = itemsOf(reduce(start(), { type: "loaded", thread: thread([message(1)], { events }) }));
  const told = items.flatMap((i) => (i.kind === "event" || i.kind === "note" ? [i.event.n] : []));
  expect(told).toEqual([2, 3, 4]);
});
