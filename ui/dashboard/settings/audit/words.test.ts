/// <reference types="node" />
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { acts } from "./words";

test("every act of the audit log has words, and no words are left over", () => {
  const go = readFileSync(new URL("../../../../audit.go", import.meta.url), "utf8");
  const all = [...go.matchAll(/^\s+\w+\s+AuditAct\s*=\s*"([^"]+)"/gm)].map((m) => m[1]);
  expect(all.length).toBeGreaterThan(10);
  expect(Object.keys(acts).sort()).toEqual(all.sort());
});
