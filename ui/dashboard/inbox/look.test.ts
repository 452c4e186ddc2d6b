import { expect, test } from "vitest";
import type { IssueFilter, SmartView } from "../../shared/agent";
import {
  conditionsOf,
  firstLook,
  isNarrowed,
  type Look,
  lookOf,
  queryOf,
  savedFilter,
  searchOf,
  shownFilter,
  withFilter,
} from "./look";

const full: IssueFilter = {
  states: ["new", "resolved"],
  assignees: ["me", "ag_1"],
  apps: ["ap_1"],
  platforms: ["web"],
  languages: ["en", "pt-BR"],
  tags_any: ["late & lost", "größe"],
  tags_all: ["a", "b"],
  tags_none: ["spam"],
  follow_ups: ["sent"],
  ratings: [1, 2],
  unread: true,
  left: true,
  created_from: 1_700_000_000_000,
  created_to: 1_700_086_400_000,
  updated_days: 7,
  text: "saved words",
  fields: [
    { key: "plan-2", op: "one_of", value: ["pro", "a=b&c"] },
    { key: "plan_b", op: "not_set" },
  ],
};

const smart: SmartView = {
  id: "sv_1",
  name: "Late",
  shared: false,
  filter: { tags_any: ["late"], text: "lost" },
};

test("what the inbox shows survives the address", () => {
  const look: Look = { view: "sv_1", edited: true, q: "where is it", sort: "waiting", filter: full };
  expect(lookOf(searchOf(look))).toEqual(look);
  expect(searchOf(firstLook)).toBe("");
  expect(lookOf("")).toEqual(firstLook);
});

test("an address that makes no sense is the first look", () => {
  expect(
    lookOf("?view=&sort=best&rating=9&created-days=x&created-from=-3&state=&field.x=1&unread=yes"),
  ).toEqual(firstLook);
});

test("a Smart View is asked for by its id, narrowed by words; changed, by its parts", () => {
  const look = lookOf("?view=sv_1&q=refund");
  expect(queryOf(look)).toEqual({ view: "sv_1", filter: { text: "refund" }, sort: "updated" });
  expect(shownFilter(look, smart)).toBe(smart.filter);

  const changed = withFilter(look, { ...smart.filter, ratings: [1] });
  expect(shownFilter(changed, smart)).toEqual({ tags_any: ["late"], text: "lost", ratings: [1] });
  expect(queryOf(changed)).toEqual({
    view: "all",
    filter: { tags_any: ["late"], ratings: [1], text: "lost refund" },
    sort: "updated",
  });
});

test("removing everything from a Smart View is a change too", () => {
  const changed = withFilter(lookOf("?view=sv_1"), {});
  expect(lookOf(searchOf(changed))).toEqual(changed);
  expect(queryOf(changed)).toEqual({ view: "all", filter: {}, sort: "updated" });
  expect(isNarrowed(changed)).toBe(true);
});

test("the conditions of a view, and of one that is not known yet", () => {
  const mine = lookOf("?view=mine&unread=1");
  expect(conditionsOf(mine, undefined)).toEqual([
    { states: ["new", "new-for-agent", "agent-replied", "waiting-for-agent"], assignees: ["me"] },
    { unread: true },
  ]);
  const look = lookOf("?view=sv_1");
  expect(conditionsOf(look, undefined)).toBeUndefined();
  expect(conditionsOf(look, [smart])).toEqual([smart.filter, {}]);
});

test("a new Smart View keeps the view, the filter and the words", () => {
  expect(savedFilter(lookOf("?view=unassigned&tag=vip&q=late"), undefined)).toEqual({
    states: ["new", "new-for-agent", "agent-replied", "waiting-for-agent"],
    assignees: ["nobody"],
    tags_any: ["vip"],
    text: "late",
  });
  expect(savedFilter(lookOf("?view=open&state=new"), undefined)).toEqual({ states: ["new"] });
  expect(savedFilter(lookOf("?view=sv_1"), smart)).toEqual(smart.filter);
});
