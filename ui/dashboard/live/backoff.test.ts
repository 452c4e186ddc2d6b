import { expect, test } from "vitest";
import { delay } from "./backoff";

test("waits longer and longer, but comes back within half a minute, for ever", () => {
  expect(delay(0, 0)).toBe(250);
  expect(delay(0, 1)).toBe(500);
  expect(delay(3, 0.5)).toBe(3000);
  for (const failures of [7, 100, 5000]) {
    expect(delay(failures, 0)).toBe(15_000);
    expect(delay(failures, 1)).toBe(30_000);
  }
});
