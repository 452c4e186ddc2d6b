import { expect, test } from "vitest";
import type { InboxOptions, Me } from "../../shared/agent";
import { datesOf, datesText, withDates } from "./dates";
import { chipsOf, facetsOf, offered, valuesOf, withField, without, withValues } from "./facets";
import { fieldText, isWhole } from "./field-words";

const ana = { id: "ag_1", name: "Ana", email: "", role: "agent", available: true };
const bo = { ...ana, id: "ag_2", name: "Bo" };
const me = { agent: ana, agents: [ana, bo] } as unknown as Me;
const field = (key: string, type: string, archived = false) =>
  ({ id: key, key, label: `The ${key}`, type, archived }) as InboxOptions["fields"][number];
const options: InboxOptions = {
  apps: [{ id: "ap_1", name: "Shop" }],
  languages: ["en", "de"],
  queues: [{ id: "que_1", name: "Billing" }],
  tags: ["late", "vip", "spam", "lost"],
  fields: [field("plan", "dropdown"), field("old", "number", true)],
};
const facets = facetsOf(me, options, "all");
const facet = (id: string) => {
  const found = facets.find((f) => f.id === id);
  if (!found) throw new Error(id);
  return found;
};
const said = (filter: Parameters<typeof chipsOf>[0]) =>
  chipsOf(filter, facets).map((c) => `${c.facet.label}: ${c.text}`);

test("chips say what is compared", () => {
  expect(said({ states: ["new", "waiting-for-agent"], assignees: ["me", "ag_2"], unread: true })).toEqual([
    "State: New, Waiting for us",
    "Assignee: Me, Bo",
    "Unread by us: ",
  ]);
  expect(said({ tags_any: ["late", "vip", "spam", "lost"], ratings: [1, 2], languages: ["de"] })).toEqual([
    "Tag: late, vip and 2 more",
    "Language: German",
    "Rating: 1 star, 2 stars",
  ]);
  expect(said({ text: "lost parcel", created_days: 7 })).toEqual([
    "Started: last 7 days",
    "Words: lost parcel",
  ]);
});

test("queues, also archived ones, are named", () => {
  expect(said({ queues: ["none", "que_1", "que_9"] })).toEqual(["Queue: None, Billing, an archived queue"]);
});

test("a value, or a field, that is no more is still named", () => {
  expect(said({ tags_any: ["gone"], fields: [{ key: "unheard", op: "set" }] })).toEqual([
    "Tag: gone",
    "unheard: is filled in",
  ]);
});

test("the menu offers what there is to choose", () => {
  const ids = offered(facets).map((f) => f.id);
  expect(ids).toContain("field.plan");
  for (const id of ["field.old", "app", "text"]) expect(ids).not.toContain(id);
  expect(offered(facetsOf(me, undefined, "open")).map((f) => f.id)).not.toContain("tag");
  expect(facetsOf(me, options, "mine").map((f) => f.id)).not.toContain("assignee");
  const state = facetsOf(me, options, "open")[0];
  expect(state?.kind === "many" && state.choices.map((c) => c.value)).not.toContain("resolved");
});

test("every facet can be taken out again, and leaves nothing behind", () => {
  const filter = withDates(
    withField({ ...withValues({}, "ratings", ["5", "1"]), unread: true, text: "x" }, "plan", {
      key: "plan",
      op: "set",
    }),
    "updated",
    { days: 7 },
  );
  expect(filter.ratings).toEqual([1, 5]);
  expect(valuesOf(filter, "ratings")).toEqual(["1", "5"]);
  const ids = ["rating", "unread", "text", "field.plan", "updated"];
  expect(ids.reduce((f, id) => without(f, facet(id)), filter)).toEqual({});
});

test("days are whole days of the reader's zone", () => {
  const filter = withDates({}, "created", { from: "2026-11-03", to: "2026-11-05" });
  expect(filter.created_from).toBe(new Date(2026, 10, 3).getTime());
  expect(filter.created_to).toBe(new Date(2026, 10, 6).getTime());
  expect(datesOf(filter, "created")).toEqual({ days: undefined, from: "2026-11-03", to: "2026-11-05" });
  expect(datesText(withDates({}, "created", { from: "2026-11-03", to: "2026-11-03" }), "created")).toMatch(
    /^on .*3/,
  );
  expect(withDates(filter, "created", { days: 7 })).toEqual({ created_days: 7 });
  expect(withDates(filter, "created", { from: "someday" })).toEqual({});
});

test("fields in words", () => {
  expect(fieldText({ key: "k", op: "one_of", value: ["pro", "team"] }, "dropdown")).toBe(
    "is one of pro, team",
  );
  expect(fieldText({ key: "k", op: "one_of", value: ["pro"] }, "dropdown")).toBe("is pro");
  expect(fieldText({ key: "k", op: "is", value: ["true"] }, "checkbox")).toBe("is yes");
  expect(
    fieldText({ key: "k", op: "above", value: [String(new Date(2026, 10, 3).getTime())] }, "date"),
  ).toMatch(/^is after .*2026/);
  expect(isWhole({ key: "k", op: "contains", value: [" "] }, "singleline")).toBe(false);
  expect(isWhole({ key: "k", op: "not_set" }, "singleline")).toBe(true);
});
