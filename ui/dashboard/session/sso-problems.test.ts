/// <reference types="node" />
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { problems, problemWords } from "./sso-problems";

test("every way in which single sign-on fails has words", () => {
  const go = readFileSync(new URL("../../../invitation.go", import.meta.url), "utf8");
  const all = [...go.matchAll(/^\s+\w+\s+SSOProblem\s*=\s*"([^"]+)"/gm)].map((m) => m[1]);
  expect(all.length).toBeGreaterThan(3);
  expect(Object.keys(problems).sort()).toEqual(all.sort());
});

test("a single sign-on that failed says why, with the name on its button", () => {
  expect(problemWords("", "Acme")).toBe("");
  expect(problemWords("unknown", "Acme")).toMatch(/^Acme knows you/);
  expect(problemWords("constructor", "")).toMatch(/single sign-on did not work/);
});
