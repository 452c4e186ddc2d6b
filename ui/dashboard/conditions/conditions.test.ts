/// <reference types="node" />
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Action, Condition, RuleOptions } from "../../shared/agent";
import { actionKinds, actionProblem, newAction } from "./action-kinds";
import { actionText } from "./action-words";
import { isWhole, newCondition, normal, withOp } from "./condition";
import { timedSubjects } from "./issue-subjects";
import { ops } from "./ops";
import { idOf, subjectOf, subjectsOf } from "./subjects";
import { conditionText } from "./words";

const field = (key: string, type: string, options?: string[]) => ({
  id: key,
  key,
  label: `The ${key}`,
  type,
  options,
  platforms: [],
  archived: key === "old",
});
const options: RuleOptions = {
  apps: [{ id: "app_1", name: "Shop" }],
  agents: [{ id: "agt_1", name: "Jonas", email: "", role: "agent", available: true }],
  queues: [{ id: "que_1", name: "Billing" }],
  bots: [{ id: "bot_1", name: "Order", kind: "custom" }],
  tags: ["vip", "refund"],
  fields: [
    field("size", "dropdown", ["M", "L"]),
    field("paid", "checkbox"),
    field("due", "date"),
    field("sum", "number"),
    field("old", "singleline"),
  ],
  languages: ["de-AT"],
  meta: ["browser.name", "browser.version"],
};
const answers = [
  { name: "order", label: "Order number", type: "text" },
  { name: "ok", label: "Fine?", type: "yes_no" },
  { name: "api.state", label: "state" },
];

const go = (file: string) => readFileSync(new URL(`../../../${file}`, import.meta.url), "utf8");
const constants = (text: string, type: string) =>
  [...text.matchAll(new RegExp(`^\\s+\\w+\\s+${type}\\s*=\\s*"([^"]+)"`, "gm"))].map((m) => m[1] ?? "");

test("every subject, comparison and action of the server has words", () => {
  const condition = go("condition.go");
  const subjects = new Set(subjectsOf(options, answers, true).map((s) => s.id.split("/")[0]));
  expect([...subjects].sort()).toEqual(constants(condition, "Subject").sort());
  const known = new Set(
    Object.values(ops)
      .flat()
      .map((o) => o.op),
  );
  const merged = ["one_of", "none_of"]; // "is" and "is_not" of several
  expect([...known, ...merged].sort()).toEqual(constants(condition, "Op").sort());
  expect(Object.keys(actionKinds).sort()).toEqual(constants(go("action.go"), "ActionKind").sort());
});

test("every comparison that is offered fits its subject", () => {
  const rules = go("condition_holds.go");
  const list = (name: string): string[] =>
    [...(rules.match(new RegExp(`${name}\\s+= \\[\\]Op\\{([^}]*)\\}`))?.[1] ?? "").matchAll(/\w+/g)].map(
      (m) => m[0],
    );
  const of = (name: string) =>
    name === "valueOps" ? [...list("textOps"), "OpAbove", "OpBelow"] : list(name);
  const names = new Map(
    [...go("condition.go").matchAll(/^\s+(On\w+|Op\w+)\s+\w+\s*=\s*"([^"]+)"/gm)].map((m) => [
      m[2] ?? "",
      m[1] ?? "",
    ]),
  );
  for (const subject of subjectsOf(options, answers)) {
    const key = names.get(subject.id.split("/")[0] ?? "");
    const allowed = of(rules.match(new RegExp(`${key}:\\s+\\{ops: (\\w+)`))?.[1] ?? "");
    const offered = subject.ops.map(
      (o) => [...names].find(([op, name]) => op === o.op && name.startsWith("Op"))?.[1],
    );
    expect(allowed, subject.id).toEqual(expect.arrayContaining(offered));
  }
});

const c = (subject: string, op: string, values: string[] = [], more: Partial<Condition> = {}): Condition => ({
  subject,
  op,
  values,
  ...more,
});

test.each<[Condition, string]>([
  [c("language", "one_of", ["de", "fr"]), "the language is German or French"],
  [c("tags", "none_of", ["vip", "refund"]), "the tags do not include vip or refund"],
  [c("assignee", "not_set"), "the assignee is nobody"],
  [c("assignee", "is", ["agt_9"]), "the assignee is a colleague who has left"],
  [c("hours", "is", ["closed"]), "we are closed"],
  [c("logged_in", "is", ["false"]), "the visitor is not logged in"],
  [c("address", "not_set"), "the visitor’s e-mail address is not known"],
  [c("first_message", "contains", ["money"]), "the first message contains “money”"],
  [c("field", "is", ["true"], { key: "paid" }), "The paid is yes"],
  [c("field", "above", [String(Date.UTC(2026, 10, 3))], { key: "due" }), "The due is after 3 November 2026"],
  [c("field", "contains", ["x"], { key: "gone" }), "gone contains “x”"],
  [c("answer", "is", ["yes"], { key: "ok" }), "Fine? is yes"],
  [c("user_silent_for", "for", [], { for: 259_200 }), "the visitor has not replied for 3 days"],
  [c("follow_up", "is", ["skipped"]), "the follow-up e-mail is not possible"],
  [c("tags", "is"), "the tags include …"],
])("%j in words", (condition, want) => expect(conditionText(condition, options, answers)).toBe(want));

test("conditions go to the server as it knows them", () => {
  expect(normal(c("tags", "is", ["a", "b"]))).toEqual({ subject: "tags", op: "one_of", values: ["a", "b"] });
  expect(normal(c("tags", "none_of", ["a"]))).toEqual({ subject: "tags", op: "is_not", values: ["a"] });
  expect(normal(c("field", "set", ["left over"], { key: "sum" }))).toEqual({
    subject: "field",
    key: "sum",
    op: "set",
  });
  expect(normal(c("online_for", "for", [], { for: 60 }))).toEqual({
    subject: "online_for",
    op: "for",
    for: 60,
  });
});

test("a new condition is whole only where there is nothing to choose", () => {
  const whole = subjectsOf(options, answers, true)
    .filter((s) => isWhole(newCondition(s), s))
    .map((s) => s.id);
  expect(whole).toEqual([
    "answer/ok",
    ...timedSubjects.map((s) => s.id),
    "hours",
    "address",
    "logged_in",
    "field/paid",
  ]);
  const sum = subjectOf(c("field", "is", [], { key: "sum" }), options);
  expect([
    isWhole(c("field", "is", ["12.5"], { key: "sum" }), sum),
    isWhole(c("field", "is", ["x"], { key: "sum" }), sum),
  ]).toEqual([true, false]);
  for (const s of subjectsOf(options, answers, true)) expect(idOf(newCondition(s))).toBe(s.id);
});

test("another comparison keeps what it can compare with", () => {
  const values = ["a", "b"];
  expect(withOp(c("title", "one_of", values), { op: "contains", label: "" }).values).toEqual(["a"]);
  expect(withOp(c("title", "one_of", values), { op: "is_not", label: "", several: true }).values).toEqual(
    values,
  );
  expect(withOp(c("title", "one_of", values), { op: "set", label: "", alone: true }).values).toEqual([]);
});

test.each<[Action, string, string?]>([
  [{ kind: "assign", agent_id: "agt_1" }, "assign Jonas"],
  [{ kind: "assign" }, "assign nobody"],
  [{ kind: "queue", queue_id: "que_1" }, "move it to the queue Billing"],
  [{ kind: "queue" }, "take it out of its queue"],
  [{ kind: "add_tags", tags: ["vip", "refund"] }, "add the tags vip and refund"],
  [{ kind: "remove_tags" }, "take off the tag …", "Choose one tag or more."],
  [{ kind: "set_field", field: "paid", value: "true" }, "set The paid to yes"],
  [{ kind: "set_field", field: "sum", value: "" }, "empty the field The sum"],
  [{ kind: "message", text: { text: "Hello {{user.name|there}}!\nyou" } }, "write “Hello …!”"],
  [
    { kind: "note", note: `${"twelve chars ".repeat(5)}, no` },
    "leave the note “twelve chars twelve chars twelve chars twelve chars twelve …”",
  ],
  [{ kind: "start_bot" }, "start the bot …", "Choose the bot."],
  [{ kind: "webhook", url: "https://a.example/x" }, "tell a.example"],
  [{ kind: "hold_follow_up" }, "hold back the follow-up e-mail"],
])("%j in words", (action, want, problem = "") => {
  expect(actionText(action, options)).toBe(want);
  expect(actionProblem(action)).toBe(problem);
});

test("a new action of each kind has words", () => {
  for (const kind of Object.keys(actionKinds)) expect(actionText(newAction(kind), options)).not.toBe("");
});
