/// <reference types="node" />
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { accesses, limitOf, usedWords } from "./words";

test("every access of a key has words", () => {
  const go = readFileSync(new URL("../../../../apikey.go", import.meta.url), "utf8");
  const all = [...go.matchAll(/^\s+\w+\s+KeyAccess\s*=\s*"([^"]+)"/gm)].map((m) => m[1]);
  expect(accesses.map((a) => a.access)).toEqual(all);
});

test.each([
  ["1500", 1500],
  ["60,000", 60_000],
  [" 1 500 ", 1500],
  ["59", Number.NaN],
  ["60001", Number.NaN],
  ["1e3", Number.NaN],
  ["", Number.NaN],
])("the limit %j is %d", (text, want) => {
  expect(limitOf(text)).toBe(want);
});

test("when a key was used is known to the minute", () => {
  const now = Date.UTC(2026, 10, 18, 14, 2);
  expect(usedWords(now, {})).toBe("Never used");
  expect(usedWords(now, { used_at: now - 60_000 })).toBe("Used just now");
  expect(usedWords(now, { used_at: now - 3 * 60_000 })).toBe("Used 3 min ago");
});
