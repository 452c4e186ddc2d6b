/// <reference types="node" />
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { callOf, keyOf, optionsOf, platforms, platformWords, types } from "./words";

test("every type of a field has words, and no words are left over", () => {
  const go = readFileSync(new URL("../../../../field.go", import.meta.url), "utf8");
  const all = [...go.matchAll(/^\s+\w+\s+FieldType\s*=\s*"([^"]+)"/gm)].map((m) => m[1]);
  expect(all.length).toBeGreaterThan(5);
  expect(Object.keys(types).sort()).toEqual(all.sort());
});

test("every kind of platform has words", () => {
  const go = readFileSync(new URL("../../../../platform.go", import.meta.url), "utf8");
  const all = [...go.matchAll(/^\s+\w+\s+PlatformKind\s*=\s*"([^"]+)"/gm)].map((m) => m[1]);
  expect(Object.keys(platforms)).toEqual(all);
  expect(platformWords(["web", "ios", "android"])).toBe("on all platforms");
  expect(platformWords(["web", "ios"])).toBe("only Web chat and iOS apps");
});

test.each([
  ["Order number", "order_number"],
  ["  Größe (cm) ", "grosse_cm"],
  ["Numéro", "numero"],
  ["注文", ""],
])("the key of %o", (label, want) => {
  expect(keyOf(label)).toBe(want);
});

test("options are one on each line", () => {
  expect(optionsOf(" Red \n\nBlue\n")).toEqual(["Red", "Blue"]);
});

test("the call names fields as a page does", () => {
  expect(
    callOf([
      { key: "order_number", type: "singleline" },
      { key: "2nd-size", type: "dropdown", options: ["S", "M"] },
      { key: "vip", type: "checkbox" },
    ]),
  ).toBe(`Rejoin("setCustomIssueFields", {
  order_number: { type: "singleline", value: "10042" },
  "2nd-size": { type: "dropdown", value: "S" },
  vip: { type: "checkbox", value: true },
});`);
});
