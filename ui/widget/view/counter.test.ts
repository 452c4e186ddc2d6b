import { expect, test } from "vitest";
import { stepOf } from "./counter";

test.each([
  [501, null],
  [500, 500],
  [101, 500],
  [100, 100],
  [1, 100],
  [0, 0],
  [-1, -1],
  [-300, -1],
])("%d left is told as %s", (left, step) => expect(stepOf(left)).toBe(step));
