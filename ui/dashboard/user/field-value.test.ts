import { expect, test } from "vitest";
import { rawOf, shownOf, valueWords } from "./field-value";

const noon = String(Date.UTC(2026, 10, 3, 12));

test("a date is a day, the same in every zone", () => {
  expect(shownOf("date", noon)).toBe("2026-11-03");
  expect(rawOf("date", "2026-11-04", noon)).toBe(String(Date.UTC(2026, 10, 4)));
  expect(rawOf("date", "2026-11-03", noon)).toBe(noon);
  expect(rawOf("date", "", noon)).toBe("");
  expect(valueWords({ type: "date" }, noon)).toBe("3 November 2026");
});

test("texts lose the spaces around them, long texts keep them", () => {
  expect(rawOf("singleline", " a ", "")).toBe("a");
  expect(rawOf("multiline", " a\n", "")).toBe(" a\n");
});

test.each([
  ["checkbox", "true", "yes"],
  ["checkbox", "false", "no"],
  ["number", "", "nothing"],
  ["dropdown", "Blue", "Blue"],
])("%s %j reads %s", (type, raw, want) => expect(valueWords({ type }, raw)).toBe(want));
