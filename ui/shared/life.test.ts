import { expect, test } from "vitest";
import { isGesture, signs } from "./life";

test("a passing pointer and a moving focus are life but no gesture", () => {
  expect(signs.filter((s) => !isGesture(s))).toEqual(["pointermove", "touchmove", "focusin"]);
});
