import { expect, test } from "vitest";
import { brief, share, ticks } from "./scale";

test.each([
  [0, [0, 1]],
  [1, [0, 1]],
  [3, [0, 1, 2, 3]],
  [7, [0, 2, 4, 6, 8]],
  [40, [0, 10, 20, 30, 40]],
  [41, [0, 20, 40, 60]],
  [1234, [0, 500, 1000, 1500]],
])("the axis for %d", (max, want) => {
  expect(ticks(max)).toEqual(want);
});

test.each([
  [0, 0, ""],
  [0, 5, "0 %"],
  [1, 1000, "0.1 %"],
  [1, 100000, "0.1 %"],
  [1, 3, "33 %"],
  [3, 3, "100 %"],
])("%d of %d is %s", (part, whole, want) => {
  expect(share(part, whole)).toBe(want);
});

test.each([
  [0, "0 s"],
  [59, "59 s"],
  [60, "1 min"],
  [3540, "59 min"],
  [3600, "1 h"],
  [11_100, "3 h 5 min"],
  [172_800, "2 days"],
  [187_200, "2 days 4 h"],
])("%d seconds are %s", (seconds, want) => {
  expect(brief(seconds)).toBe(want);
});
