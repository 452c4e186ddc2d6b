import { expect, test } from "vitest";
import type { FollowUp, IssueFilter, Row } from "../../shared/agent";
import { example } from "./example";
import { verdict } from "./matches";

const now = 100 * 86_400_000;
const sent = { state: "sent" } as FollowUp;
const user = (change: Partial<Row["user"]>) => ({ user: { ...example("x").user, ...change } });

const cases: [string, Partial<Row>, IssueFilter, string][] = [
  ["an empty filter", {}, {}, "yes"],
  ["its state", { state: "resolved" }, { states: ["resolved", "rejected"] }, "yes"],
  ["another state", { state: "new" }, { states: ["resolved"] }, "no"],
  ["mine", { assignee_id: "me-id" }, { assignees: ["me"] }, "yes"],
  ["a colleague's, not mine", { assignee_id: "other" }, { assignees: ["me"] }, "no"],
  ["nobody's", {}, { assignees: ["nobody"] }, "yes"],
  ["a colleague's or nobody's", { assignee_id: "other" }, { assignees: ["nobody", "other"] }, "yes"],
  ["another app", {}, { apps: ["elsewhere"] }, "no"],
  ["a language's country", user({ language: "en-GB" }), { languages: ["en"] }, "yes"],
  ["another language with the same beginning", user({ language: "eng" }), { languages: ["en"] }, "no"],
  ["any of the tags", { tags: ["b"] }, { tags_any: ["a", "b"] }, "yes"],
  ["all of the tags", { tags: ["b"] }, { tags_all: ["a", "b"] }, "no"],
  ["none of the tags", { tags: ["b"] }, { tags_none: ["b"] }, "no"],
  ["none of the tags, without tags", {}, { tags_none: ["b"] }, "yes"],
  ["the newest e-mail", { follow_up: sent }, { follow_ups: ["sent"] }, "yes"],
  ["an e-mail that a row does not tell of", {}, { follow_ups: ["cancelled"] }, "unsure"],
  ["a rating", { rating: 2 }, { ratings: [1, 2] }, "yes"],
  ["no rating", {}, { ratings: [1] }, "no"],
  ["unread", { unread: 0 }, { unread: true }, "no"],
  ["here", {}, { left: true }, "no"],
  ["gone, perhaps with everything read", user({ presence: "page_closed" }), { left: true }, "unsure"],
  ["made before", { created_at: 50 }, { created_to: 50 }, "no"],
  ["made within days", { created_at: now - 86_400_000 }, { created_days: 2 }, "yes"],
  ["changed too long ago", { updated_at: now - 3 * 86_400_000 }, { updated_days: 2 }, "no"],
  ["words", {}, { text: "hello" }, "unsure"],
  ["a field of another state", {}, { states: ["resolved"], fields: [{ key: "k", op: "set" }] }, "no"],
  ["another platform", {}, { platforms: ["ios"] }, "no"],
  ["its queue", { queue_id: "que_1" }, { queues: ["none", "que_1"] }, "yes"],
  ["another queue", { queue_id: "que_1" }, { queues: ["none"] }, "no"],
  ["no queue", {}, { queues: ["none"] }, "yes"],
];

test.each(cases)("%s", (_, change, filter, want) => {
  expect(verdict(example("x", change), [filter], "me-id", now)).toBe(want);
});

test("all filters must match", () => {
  const row = example("x", { unread: 1 });
  expect(verdict(row, [{ unread: true }, { states: ["new"] }], "me", now)).toBe("yes");
  expect(verdict(row, [{ text: "x" }, { states: ["resolved"] }], "me", now)).toBe("no");
});
