/// <reference types="node" />
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Script, Step } from "../../shared/agent";
import { actionKinds } from "../conditions/action-kinds";
import { END, MOST } from "./draft";
import { examplesOf } from "./examples";
import { flowOf } from "./flow";
import { copyName } from "./new-bot";
import { isName, nameOf, rename } from "./rename";
import { type Saving, waitFor } from "./saving";
import { keptSecret } from "./secret";
import { linesOf } from "./steps/options-editor";
import { tidy } from "./tidy";
import { undoKey } from "./use-undo";
import { actionsOf, kindsOf } from "./words";

const script = (...steps: Step[]): Script => ({ nickname: { text: "", in: { de: " " } }, steps });

test("what was begun and left empty is not sent", () => {
  const options = [{ id: "o1", text: { text: "A", in: { de: "" } } }];
  const of = (step: Partial<Step>) => tidy(script({ id: "a", kind: "question", ...step })).steps[0];
  expect(tidy(script()).nickname).toEqual({ text: "" });
  expect(of({ input: "text", options })?.options).toBeUndefined();
  expect(of({ input: "choice", options })?.options).toEqual([{ id: "o1", text: { text: "A" } }]);
  const empty = { name: " ", value: "" };
  const request = { method: "GET", url: "", headers: [empty, { name: "A", value: "" }], body: [empty] };
  expect(of({ kind: "request", request })?.request).toMatchObject({
    headers: [{ name: "A", value: "" }],
    body: [],
  });
  const all = [{ subject: "tags", op: "is", values: ["a", "b", ""] }];
  expect(of({ kind: "branch", ways: [{ all, next: END }] })?.ways?.[0]?.all[0]?.op).toBe("one_of");
});

test("a new name counts wherever the old one stood", () => {
  const before = script(
    {
      id: "q",
      kind: "question",
      name: "order",
      text: { text: "{{answer.order}} {{ answer.order.id | x}} {{answer.orders}}" },
    },
    {
      id: "b",
      kind: "branch",
      ways: [
        {
          all: [
            { subject: "answer", key: "order", op: "set" },
            { subject: "field", key: "order", op: "set" },
          ],
          next: END,
        },
      ],
    },
    {
      id: "o",
      kind: "branch",
      ways: [{ all: [{ subject: "answer", key: "order.id", op: "set" }], next: END }],
    },
  );
  const [q, b, o] = rename(before, "q", "nr").steps;
  expect([q?.name, q?.text?.text]).toEqual(["nr", "{{answer.nr}} {{ answer.nr.id | x}} {{answer.orders}}"]);
  expect(b?.ways?.[0]?.all.map((c) => c.key)).toEqual(["nr", "order"]);
  expect(o?.ways?.[0]?.all[0]?.key).toBe("nr.id");
  expect(rename(script({ id: "q", kind: "question" }), "q", "nr").steps[0]?.name).toBe("nr");
  expect([nameOf(" Bestell-Nummer ü "), isName("a b"), isName("")]).toEqual([
    "Bestell_Nummer_u",
    false,
    false,
  ]);
});

test("when to save", () => {
  const failed = (again: boolean): Saving => ({ state: "failed", text: "", field: "", again });
  expect([waitFor({ state: "saved" }, false), waitFor({ state: "saved" }, true)]).toEqual([undefined, 700]);
  expect([waitFor(failed(false), false), waitFor(failed(false), true), waitFor(failed(true), false)]).toEqual(
    [undefined, 700, 5000],
  );
  expect(waitFor({ state: "conflict", text: "" }, true)).toBeUndefined();
});

test.each(["custom", "feedback"])("the examples of a %s bot lead somewhere", (kind) => {
  for (const { steps } of examplesOf(kind)) {
    const ids = new Set([END, ...steps.map((s) => s.id)]);
    const flow = flowOf(steps);
    expect(flow.exits.flat().every((e) => ids.has(e.to))).toBe(true);
    expect(flow.reached).toEqual(steps.map(() => true));
    for (const s of steps) expect(kindsOf[kind]).toContain(s.kind);
  }
  for (const action of actionsOf[kind] ?? []) expect(Object.keys(actionKinds)).toContain(action);
});

test("we and the server mean the same", () => {
  const go = readFileSync(new URL("../../../bot.go", import.meta.url), "utf8");
  expect(go).toContain(`const KeptSecret = "${keptSecret}"`);
  expect(go).toMatch(new RegExp(`MaxSteps\\s*= ${MOST}\\b`));
  expect(go).toContain(`const StepEnd = "${END}"`);
});

test("small things", () => {
  expect(linesOf("- Red\n\n2) Blue\r\n • Green")).toEqual(["Red", "Blue", "Green"]);
  expect([copyName("A", []), copyName("A", ["a (COPY)"]), copyName("x".repeat(60), []).length]).toEqual([
    "A (copy)",
    "A (copy 2)",
    60,
  ]);
  const key = (k: string, shiftKey = false, ctrlKey = true) =>
    undoKey({ key: k, shiftKey, ctrlKey, metaKey: false, altKey: false });
  expect([key("z"), key("Z", true), key("y"), key("z", false, false), key("a")]).toEqual([
    "undo",
    "redo",
    "redo",
    undefined,
    undefined,
  ]);
});
