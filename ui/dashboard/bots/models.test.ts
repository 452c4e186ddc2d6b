/// <reference types="node" />
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { RuleOptions, Script, Step, Tried } from "../../shared/agent";
import { differenceOf, isSame } from "./diff";
import { END } from "./draft";
import { flowOf } from "./flow";
import { answersOf, namesIn, placeholdersOf } from "./placeholders";
import { errorIn, inOrder, loose, problemsAt } from "./problems";
import { listsOf, pretty, samplesOf } from "./sample";
import { answer, askedOf, type Given, replay } from "./talk";
import { askedIn, called, inputs, kinds, placeOf, short, spoken, titleOf } from "./words";

const options: RuleOptions = {
  apps: [],
  agents: [],
  queues: [{ id: "q1", name: "Billing" }],
  bots: [],
  tags: [],
  fields: [],
  languages: [],
  meta: [],
};
const say = (id: string, more: Partial<Step> = {}): Step => ({
  id,
  kind: "message",
  text: { text: id },
  ...more,
});

test.each([
  ["StepKind", Object.keys(kinds)],
  ["InputType", Object.keys(inputs)],
])("every %s has words, and no words are left over", (type, words) => {
  const go = readFileSync(new URL("../../../bot.go", import.meta.url), "utf8");
  const all = [...go.matchAll(new RegExp(`^\\s+\\w+\\s+${type}\\s*=\\s*"([^"]+)"`, "gm"))].map((m) => m[1]);
  expect(all.length).toBeGreaterThan(5);
  expect(words.sort()).toEqual(all.sort());
});

test("what leads where", () => {
  const option = (id: string, next = "") => ({ id, text: { text: id }, next });
  const steps = [
    say("q", { kind: "question", input: "choice", options: [option("yes", "r"), option("no")], next: "b" }),
    say("lost"),
    say("r", { kind: "request", failed: "h" }),
    say("b", {
      kind: "branch",
      ways: [
        { all: [], next: "r" },
        { all: [], next: "" },
      ],
    }),
    say("h", { kind: "hand_over", next: "q" }),
    say("last", { next: END }),
  ];
  const flow = flowOf(steps);
  const spell = flow.exits.map((list) =>
    list.map((e) => `${e.when}>${e.to}${e.straight ? "!" : ""}`).join(" "),
  );
  expect(spell).toEqual([
    "yes>r otherwise>b",
    ">r!",
    "it fails>h >b!",
    "way 1>r way 2>h! otherwise>h!",
    "",
    ">end!",
  ]);
  expect(flow.entries.map((list) => list.map((e) => e.from))).toEqual([[], [], [0, 3], [0], [2], []]);
  expect(flow.reached).toEqual([true, false, true, true, true, false]);
  expect(flowOf([]).reached).toEqual([]);
});

test("a question whose options all lead somewhere has no way of its own, unless it may be skipped", () => {
  const options = [{ id: "a", text: { text: "" }, next: END }];
  const of = (more: Partial<Step>) =>
    flowOf([say("q", { kind: "question", input: "choice", options, ...more }), say("x")]).exits[0]?.map(
      (e) => e.via,
    );
  expect([of({}), of({ skip: true }), of({ input: "text" })]).toEqual([
    ["option:a"],
    ["option:a", "next"],
    ["next"],
  ]);
});

test("steps are named by their place and their beginning", () => {
  const steps = [
    say("Which\n order?"),
    say("", { kind: "request", request: { method: "GET", url: "https://api.example/x" } }),
  ];
  expect(steps.map((s) => titleOf(s, options))).toEqual(["Which order?", "api.example"]);
  const others: Step[] = [
    { id: "a", kind: "action", action: { kind: "add_tags", tags: ["vip"] } },
    {
      id: "b",
      kind: "branch",
      ways: [{ all: [{ subject: "hours", op: "is", values: ["closed"] }], next: "" }],
    },
    { id: "h", kind: "hand_over", queue_id: "q1" },
    { id: "r", kind: "rating" },
  ];
  expect(others.map((s) => titleOf(s, options))).toEqual([
    "Add the tag vip",
    "If we are closed",
    "People of the queue “Billing” take over",
    "Rating",
  ]);
  expect([
    placeOf("Which\n order?", steps, "custom", options),
    placeOf("x", steps, "custom", options),
  ]).toEqual(["1 · Which order?", "A step that is gone"]);
  const hello = "Hello {{user.name|there}}! What is it about? Tell us {{answer.x}}.";
  expect([spoken(hello), askedIn(hello), askedIn("Your name")]).toEqual([
    "Hello there! What is it about? Tell us ….",
    "What is it about?",
    "Your name",
  ]);
  expect([short("abcdef", 4), called(["a", "b", "c"]), called(["a"])]).toEqual(["abc…", "a, b and c", "a"]);
});

test("texts can name what was answered and what a request has brought", () => {
  const sample = '{"order":{"id":7,"lines":["a","b"],"mixed":[1,"a"],"deep":[{"x":1}]},"none":null}';
  const steps = [
    say("Which order?", { kind: "question", name: "order", input: "number" }),
    say("r", { kind: "request", name: "shop", request: { method: "GET", url: "", sample } }),
  ];
  expect(answersOf(steps).map((a) => a.name)).toEqual([
    "order",
    "shop.order.id",
    "shop.order.lines.0",
    "shop.order.lines.1",
  ]);
  expect(placeholdersOf(steps).slice(0, 2)).toEqual([
    { name: "answer.order", label: "“Which order?”", sample: "1042" },
    { name: "answer.shop.order.id", label: "order.id, from shop", sample: "7" },
  ]);
  expect([listsOf(sample), samplesOf("[1]"), samplesOf("no")]).toEqual([["order.lines"], [], []]);
  expect(pretty("no")).toBe("no");
  const url = "https://x.example/{{answer.order}}?n={{ user.name | there}}";
  expect(namesIn({ method: "GET", url, body: [{ name: "n", value: "{{answer.order}}" }] })).toEqual([
    "answer.order",
    "user.name",
  ]);
});

test("problems find their step, and their field", () => {
  const problems = [
    { step_id: "b", field: "text", text: "B" },
    { step_id: "gone", text: "G" },
    { step_id: "a", field: "name", text: "A" },
    { text: "Whole" },
  ];
  const steps = [say("a"), say("b")];
  expect(inOrder(problems, steps).map((p) => p.text)).toEqual(["G", "Whole", "A", "B"]);
  expect(loose(problems, steps).map((p) => p.text)).toEqual(["G", "Whole"]);
  expect([
    errorIn(problemsAt(problems, "a"), "text", "name"),
    errorIn(problemsAt(problems, "b"), "name"),
  ]).toEqual(["A", ""]);
});

test("what publishing changes", () => {
  const script = (...steps: Step[]): Script => ({ nickname: { text: "" }, steps });
  const a = script(say("a", { next: "", skip: false }), say("b"), say("c"));
  const b = script(say("c"), say("a"), say("b", { skip: true }), say("d"));
  expect(differenceOf(a, b, options)).toEqual({
    added: ["d"],
    removed: [],
    changed: ["b"],
    moved: true,
    nickname: false,
  });
  expect(isSame(differenceOf(a, script(say("a"), say("b"), say("c")), options))).toBe(true);
});

test("a pretended conversation is led again with the same answers as far as they fit", async () => {
  const state = (step: string) => ({
    step,
    answers: {},
    tries: 0,
    fields: {},
    tags: [],
    name: "",
    email: "",
  });
  const asks = (step: string): Tried => ({
    state: state(step),
    said: [{ step_id: step, text: `${step}?`, input: { type: "text" } }],
  });
  const given = (step: string): Given => ({ step, answer: step, shown: step });
  let script = ["a", "b"];
  const ask = async (s: { step: string } | undefined, g: Given | undefined): Promise<Tried> => {
    if (g?.answer === "bad") return { state: state(s?.step ?? ""), said: [], error: "No." };
    const next = script[s ? script.indexOf(s.step) + 1 : 0];
    return next
      ? asks(next)
      : { state: state(""), said: [{ step_id: "", text: "Tagged", does: true }], ended: "done" };
  };
  const whole = await replay([given("a"), given("b"), given("c")], ask);
  expect([whole.ended, whole.used.length, whole.lines.map((l) => l.text), askedOf(whole)]).toEqual([
    "done",
    2,
    ["a?", "a", "b?", "b", "Tagged"],
    undefined,
  ]);
  script = ["a", "x", "b"];
  const part = await replay([given("a"), given("b")], ask);
  expect([part.state?.step, part.used.length, askedOf(part)]).toEqual(["x", 1, { type: "text" }]);
  const refused = await answer(part, { ...given("x"), answer: "bad" }, ask);
  expect([refused.error, refused.state?.step, refused.lines.length]).toEqual(["No.", "x", 3]);
});
