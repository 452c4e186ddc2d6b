/// <reference types="node" />
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { roles } from "./roles";

test("every role of people has a name, in the order of the server", () => {
  const go = readFileSync(new URL("../../../agent.go", import.meta.url), "utf8");
  const all = [...go.matchAll(/^\s+\w+\s+Role\s*=\s*"([^"]+)"/gm)].map((m) => m[1]);
  expect(roles.map((r) => r.role)).toEqual(all.filter((r) => r !== "reader")); // which is for programs alone
});
