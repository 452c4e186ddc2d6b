import { expect, test } from "vitest";
import { isGesture, signs } from "./life";

test("a passing pointer is life but no gesture", () => {
  expect(signs.filter((s) => !isGesture(s))).toEqual(["pointermove", "touchmove"]);
});
