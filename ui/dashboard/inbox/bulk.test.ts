import { expect, test } from "vitest";
import { advance, batchesOf, begin, edited, reasonsOf, words } from "./bulk";
import { example } from "./example";

test("assigning and letting go move the state as the server does", () => {
  const anna = { id: "ag_1", name: "Anna" };
  const nobody = { id: "", name: "" };
  expect(edited(example("a"), { assignee: anna })).toMatchObject({
    state: "new-for-agent",
    assignee_name: "Anna",
  });
  const assigned = example("a", { state: "agent-replied", assignee_id: "ag_1", assignee_name: "Anna" });
  expect(edited(assigned, { assignee: nobody })).toMatchObject({ state: "new", assignee_id: undefined });
  expect(edited(example("a", { state: "resolved" }), { assignee: anna }).state).toBe("resolved");
});

test("moving to a queue takes an open conversation from its agent", () => {
  const bills = { id: "que_1", name: "Billing" };
  const assigned = example("a", { state: "agent-replied", assignee_id: "ag_1", assignee_name: "Anna" });
  const gone = { queue_name: "Billing", state: "new", assignee_id: undefined };
  expect(edited(assigned, { queue: bills })).toMatchObject(gone);
  expect(edited({ ...assigned, queue_id: "que_1" }, { queue: bills }).assignee_id).toBe("ag_1");
  expect(edited(assigned, { queue: { id: "", name: "" } }).assignee_id).toBe("ag_1");
  expect(edited({ ...assigned, state: "resolved" }, { queue: bills }).assignee_id).toBe("ag_1");
  expect(edited(assigned, { queue: bills, assignee: { id: "ag_2", name: "Bo" } }).state).toBe(
    "new-for-agent",
  );
});

test("closing, and opening again", () => {
  expect(edited(example("a"), { state: "rejected" }).state).toBe("rejected");
  expect(edited(example("a", { state: "resolved" }), { state: "open" }).state).toBe("new");
  expect(edited(example("a", { state: "resolved", assignee_id: "x" }), { state: "open" }).state).toBe(
    "waiting-for-agent",
  );
  expect(edited(example("a", { state: "agent-replied" }), { state: "open" }).state).toBe("agent-replied");
});

test("tags are added once, and removed", () => {
  const row = example("a", { tags: ["b", "c"] });
  expect(edited(row, { addTags: ["a", "b"], removeTags: ["c"] }).tags).toEqual(["a", "b"]);
});

test("an edit goes out in parts, each with a name of its own", () => {
  let n = 0;
  const ids = Array.from({ length: 120 }, (_, i) => `i${i}`);
  const parts = batchesOf(ids, { state: "resolved", assignee: { id: "", name: "" } }, () => `c${n++}`);
  expect(parts.map((p) => p.issue_ids.length)).toEqual([50, 50, 20]);
  expect(parts.map((p) => p.client_id)).toEqual(["c0", "c1", "c2"]);
  expect(parts[0]).toMatchObject({ state: "resolved", assignee_id: "" });
});

test("the result in words", () => {
  const failure = (id: string, text: string) => ({ issue_id: id, number: 7, text });
  let o = begin(40);
  expect(o.running).toBe(true);
  o = advance(o, 20, { changed: 20, failed: [] });
  expect([o.done, o.running]).toEqual([20, true]);
  o = advance(o, 20, { changed: 18, failed: [failure("a", "It has ended."), failure("b", "It has ended.")] });
  expect(o.running).toBe(false);
  expect(words(o)).toBe("38 changed, 2 not.");
  expect(reasonsOf([...o.failed, failure("c", "Gone.")]).map((r) => [r.text, r.issues.length])).toEqual([
    ["It has ended.", 2],
    ["Gone.", 1],
  ]);
  expect(words(advance(begin(1), 1, { changed: 1, failed: [] }))).toBe("1 conversation changed.");
  expect(words(advance(begin(1), 1, { changed: 0, failed: [failure("a", "No.")] }))).toBe(
    "Nothing was changed.",
  );
  expect(
    words({ ...begin(100), changed: 50, broken: { text: "the server cannot be reached.", left: [] } }),
  ).toBe("50 changed, 50 not: the server cannot be reached.");
});
