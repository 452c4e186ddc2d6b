/// <reference types="node" />
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { closedWords, closingChip, closings } from "./closing";

test("every step of an ending has words, and no words are left over", () => {
  const go = readFileSync(new URL("../../../issue.go", import.meta.url), "utf8");
  const all = [...go.matchAll(/^\s+\w+\s+Closing\s*=\s*"([^"]+)"/gm)].map((m) => m[1]);
  expect(all.length).toBeGreaterThan(3);
  expect(Object.keys(closings).sort()).toEqual(all.sort());
});

test("the chip tells what the visitor is asked, and nothing once it is over", () => {
  expect(closingChip({ state: "resolved", closing: "declined" })?.chip).toBe("Did not help");
  expect(closingChip({ state: "resolved", closing: "ended" })).toBeUndefined();
  expect(closingChip({ state: "waiting-for-agent" })).toBeUndefined();
});

test("why nothing can be written", () => {
  expect(closedWords({ state: "rejected", closing: "ended" })).toMatch(/was rejected/);
  expect(closedWords({ state: "resolved" })).toMatch(/opens again by itself/);
  expect(closedWords({ state: "resolved", closing: "ended" })).toMatch(/has ended/);
});
