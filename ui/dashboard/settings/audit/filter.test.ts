import { expect, test } from "vitest";
import { everything, filterOf, isNarrowed, problemOf, queryOf, searchOf } from "./filter";

test("the period covers its last day", () => {
  const query = new URLSearchParams(queryOf({ ...everything, from: "2026-02-27", to: "2026-02-28" }, ""));
  expect(Number(query.get("from"))).toBe(new Date(2026, 1, 27).getTime());
  expect(Number(query.get("to"))).toBe(new Date(2026, 2, 1).getTime());
});

test("an empty filter asks for everything, page by page", () => {
  expect(queryOf(everything, "")).toBe("");
  expect(queryOf(everything, "au_1")).toBe("?cursor=au_1");
  expect(isNarrowed(everything)).toBe(false);
});

test("the address keeps the filter", () => {
  const filter = { agent: "ag_1", act: "tag_made", from: "2026-11-01", to: "" };
  expect(filterOf(searchOf(filter))).toEqual(filter);
  expect(searchOf(everything)).toBe("");
});

test("a period that ends before it begins is said", () => {
  expect(problemOf({ ...everything, from: "2026-11-02", to: "2026-11-01" })).not.toBe("");
  expect(problemOf({ ...everything, from: "2026-11-02", to: "2026-11-02" })).toBe("");
});
