/// <reference types="node" />
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { RuleOptions, SetRule } from "../../shared/agent";
import { plainText } from "../conditions/words";
import { draftOf, isFree, placed, problemsOf, toSend, withTrigger } from "./draft";
import { blank, fromTemplate, templates } from "./templates";
import { ruleWords, runsText, triggers } from "./words";

const options: RuleOptions = {
  apps: [],
  agents: [{ id: "agt_1", name: "Jonas", email: "", role: "agent", available: true }],
  queues: [],
  bots: [],
  tags: ["vip"],
  fields: [],
  languages: [],
  meta: [],
};
const words = (rule: SetRule) => plainText(ruleWords(rule, options));

test("every trigger has words", () => {
  const go = readFileSync(new URL("../../../rule.go", import.meta.url), "utf8");
  const all = [...go.matchAll(/^\s+\w+\s+Trigger\s*=\s*"([^"]+)"/gm)].map((m) => m[1]);
  expect(Object.keys(triggers)).toEqual(all);
});

test.each<[Partial<SetRule>, string]>([
  [{}, "When a conversation begins, …"],
  [
    {
      any: ["a", "b", "c"].map((v) => ({ subject: "title", op: "contains", values: [v] })),
      actions: [{ kind: "reject" }],
    },
    "When a conversation begins and the title contains “a”, “b” or “c”, reject it.",
  ],
  [
    { all: [{ subject: "hours", op: "is", values: ["closed"] }], actions: [{ kind: "resolve" }] },
    "When a conversation begins and we are closed, resolve it.",
  ],
  [
    {
      trigger: "update",
      all: [{ subject: "logged_in", op: "is", values: ["true"] }],
      any: ["a", "b"].map((v) => ({ subject: "title", op: v === "a" ? "starts" : "is", values: [v] })),
      actions: [
        { kind: "assign", agent_id: "agt_1" },
        { kind: "add_tags", tags: ["vip"] },
        { kind: "reopen" },
      ],
    },
    "When something changes in a conversation and the visitor is logged in and either the title starts with “a” or the title is “b”, assign Jonas, add the tag vip and reopen it.",
  ],
  [
    {
      trigger: "time",
      all: [{ subject: "unread_for", op: "for", for: 120 }],
      actions: [{ kind: "send_follow_up" }],
    },
    "When our message is unread for 2 minutes, send the follow-up e-mail now.",
  ],
])("%j in one sentence", (rule, want) => expect(words({ ...blank("new_issue"), ...rule })).toBe(want));

test("templates are whole, but for what only the team knows", () => {
  const unfinished = templates.filter((t) => !isFree(problemsOf(fromTemplate(t, options), options)));
  expect(unfinished.map((t) => t.key)).toEqual(["unanswered", "language", "words", "important"]);
  for (const t of templates) {
    const rule = fromTemplate(t, options);
    expect(rule.name.length).toBeLessThanOrEqual(80);
    expect(problemsOf(rule, options).conditions).toBeUndefined();
    expect(JSON.stringify(toSend(rule))).not.toContain("undefined");
  }
});

test("what measures time comes and goes with the trigger that waits for it", () => {
  const timed = withTrigger({ ...blank("update"), repeat: true }, "time");
  expect(timed.all.map((c) => c.subject)).toEqual(["first_response_late"]);
  expect(withTrigger(timed, "time")).toEqual(timed);
  expect(withTrigger(timed, "new_issue")).toEqual(blank("new_issue"));
  expect(withTrigger(timed, "update")).toEqual({ ...blank("update"), repeat: true });
});

test("what is missing is told at its place", () => {
  const draft: SetRule = {
    ...blank("time"),
    all: [{ subject: "tags", op: "is" }],
    any: [
      { subject: "hours", op: "is", values: ["open"] },
      { subject: "unread_for", op: "for", for: 0 },
    ],
    actions: [{ kind: "resolve" }, { kind: "webhook", url: " " }],
  };
  const problems = problemsOf(draft, options);
  expect([Object.keys(problems.all), Object.keys(problems.any), Object.keys(problems.actions)]).toEqual([
    ["0"],
    ["1"],
    ["1"],
  ]);
  expect(problems.conditions).toContain("waits for");
  const late = [{ kind: "resolve" }, { kind: "message", text: { text: "Bye" } }];
  expect(problemsOf({ ...blank("update"), actions: late }, options).actions[1]).toContain("above");
  expect(isFree(problemsOf({ ...blank("update"), actions: [...late].reverse() }, options))).toBe(true);
  expect(problemsOf(blank("update"), options).nothing).not.toBe("");
});

test.each([
  ["all.0.values", { all: { 0: "No." } }],
  ["any.3.key", { any: { 3: "No." } }],
  ["actions.2.text.in.de", { actions: { 2: "No." } }],
  ["actions", { nothing: "No." }],
  ["all", { conditions: "No." }],
  ["name", { name: "No." }],
  ["", { other: "No." }],
])("a refusal at %j", (field, want) => {
  expect(placed({ field, text: "No." })).toEqual({ all: {}, any: {}, actions: {}, ...want });
});

test("a rule that the server sends is a draft, and goes back as it came", () => {
  const draft = {
    ...blank("update"),
    name: "A",
    all: [{ subject: "tags", op: "one_of", values: ["a", "b"] }],
  };
  const rule = { ...draft, id: "rule_1", runs: 0, updated_at: 1 };
  expect(toSend(draftOf(rule))).toEqual(draft);
});

test.each([
  [0, undefined, "Has not run yet"],
  [0, 5, "No run in the last 30 days"],
  [1, 5, "1 run in the last 30 days"],
  [1200, 5, "1,200 runs in the last 30 days"],
])("%d runs", (runs, last_run_at, want) => expect(runsText({ runs, last_run_at })).toBe(want));
