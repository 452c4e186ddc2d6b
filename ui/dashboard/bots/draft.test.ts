import { expect, test } from "vitest";
import type { Script, Step } from "../../shared/agent";
import { append, change, duplicate, END, insert, move, newOption, remove } from "./draft";
import { begin, edit } from "./history";

/** script writes steps as "a>c": the step a leads to c; "h!" hands over. */
function script(text: string): Script {
  const steps = text.split(" ").map((word): Step => {
    const [id = "", next] = word.replace("!", "").split(">");
    const kind = word.endsWith("!") ? "hand_over" : "message";
    return { id, kind, text: { text: id }, ...(next ? { next } : {}) };
  });
  return { nickname: { text: "" }, steps };
}

const spell = (s: Script) =>
  s.steps.map((x) => `${x.id}${x.kind === "hand_over" ? "!" : ""}${x.next ? `>${x.next}` : ""}`).join(" ");

test.each([
  ["a b", 1, "a s1 b"],
  ["a b", 0, "s1 a b"],
  ["a b", 2, "a b s1"],
  ["a>c b c", 1, "a s1>c b c"],
  ["a! b", 1, "a! s1 b"],
  ["s1 s3", 1, "s1 s2 s3"],
])("a step put into %o at %i", (from, at, want) => {
  expect(spell(insert(script(from), at, "message").script)).toBe(want);
});

test("a step that jumps lead to is no continuation of what was last", () => {
  expect(spell(append(script("a b"), "message").script)).toBe("a b>end s1");
  expect(spell(append(script("a b!"), "message").script)).toBe("a b! s1");
  expect(append(script("a"), "hand_over").id).toBe("s1");
});

test.each([
  ["a b c", "b", "a c"],
  ["a b c", "a", "b c"],
  ["a b c", "c", "a b"],
  ["a b>d c d", "b", "a>d c d"], // b skipped c, and so does a
  ["a>c b c d", "c", "a>d b d"],
  ["a>c b c", "c", "a>end b"],
  ["a b! c", "b", "a>end c"], // behind a hand-over came nothing
  ["a>b b>a c", "b", "a c"], // no circle comes of it
  ["a b>b c", "b", "a c"],
])("of %o without %o is left %o", (from, id, want) => {
  expect(spell(remove(script(from), id))).toBe(want);
});

test("all that leads to a removed step is turned", () => {
  let s = script("a b c d");
  s = change(s, "a", {
    kind: "question",
    options: [{ id: "o1", text: { text: "x" }, next: "c" }, newOption([])],
  });
  s = change(s, "b", { kind: "request", failed: "c", request: { method: "GET", url: "", list_for: "c" } });
  s = change(s, "d", { kind: "branch", ways: [{ all: [], next: "c" }] });
  const [a, b, d] = remove(s, "c").steps;
  expect(a?.options?.map((o) => o.next)).toEqual(["d", undefined]);
  expect([b?.failed, b?.request?.list_for]).toEqual(["d", ""]);
  expect(d?.ways?.[0]?.next).toBe(END);
});

test.each([
  ["a b c", 2, 1, "a c b"],
  ["a b c", 0, 2, "b c a"],
  ["a b>a c", 1, 2, "a c b>a"], // a way by name stays what it is
  ["a>c b c", 1, 2, "a>c c>end b>c"], // only jumps lead to b: nothing changes but its place
  ["a! b c", 1, 2, "a! c>end b>c"],
  ["a b! c", 2, 0, "c>end a b!"],
  ["a b", 1, 2, "a b"],
])("of %o moved from %i to %i comes %o", (from, at, to, want) => {
  expect(spell(move(script(from), at, to))).toBe(want);
});

test("a copy comes next, under another name, and knows no secrets", () => {
  expect(spell(duplicate(script("a>c b c"), "a").script)).toBe("a s1>c b c");
  const request = {
    method: "GET",
    url: "https://x.example",
    secret: "••••••••",
    headers: [{ name: "Key", value: "••••••••", secret: true }],
  };
  const s = change(script("a b"), "a", { kind: "request", name: "call_1", request });
  const copy = duplicate(s, "a").script.steps[1];
  expect([copy?.name, copy?.request?.secret, copy?.request?.headers?.[0]?.value]).toEqual([
    "call_2",
    undefined,
    "",
  ]);
  expect(s.steps[0]?.request?.headers?.[0]?.value).toBe("••••••••");
});

test("changes are taken back one by one, what is typed into a field at once", () => {
  const to = (name: string) => ({ name, draft: script("a") });
  let h = begin(to(""));
  for (const name of ["O", "Or"]) h = edit(h, { type: "edit", to: to(name), about: "name" });
  h = edit(h, { type: "edit", to: to("Order") });
  const names: string[] = [];
  for (const type of ["undo", "undo", "undo", "redo", "redo", "redo"] as const) {
    h = edit(h, { type });
    names.push(h.now.name);
  }
  expect(names).toEqual(["Or", "", "", "Or", "Order", "Order"]);
  h = edit(h, { type: "undo" });
  expect(edit(h, { type: "edit", to: to("New") }).future).toEqual([]);
});
