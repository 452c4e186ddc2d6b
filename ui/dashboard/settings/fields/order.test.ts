import { expect, test } from "vitest";
import { moved, stepOf } from "./order";

test.each([
  [0, 2, "bca"],
  [2, 0, "cab"],
  [1, 1, "abc"],
  [1, 9, "acb"],
  [9, 0, "abc"],
])("from %i to %i", (from, to, want) => {
  expect(moved(["a", "b", "c"], from, to).join("")).toBe(want);
});

test("keys move by one or to an end, and never beyond", () => {
  expect([stepOf("ArrowUp", 0, 3), stepOf("ArrowDown", 2, 3), stepOf("a", 1, 3)]).toEqual([null, null, null]);
  expect([stepOf("ArrowUp", 1, 3), stepOf("ArrowDown", 1, 3)]).toEqual([0, 2]);
  expect([stepOf("Home", 2, 3), stepOf("End", 0, 3), stepOf("Home", 0, 3)]).toEqual([0, 2, null]);
});
