/// <reference types="node" />
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { CustomField } from "../../shared/agent";
import { directionOf, languages } from "./languages";
import { textIn, tidied, translatedInto, withoutLanguage, withText } from "./local-text";
import { commonPlaceholders, exampleOf, unknownIn, written } from "./placeholders";

const field = (key: string, type: string, options?: string[]): CustomField =>
  ({ id: key, key, label: key, type, options, platforms: [], archived: key === "old" }) as CustomField;
const known = [
  ...commonPlaceholders([field("size", "dropdown", ["M", "L"]), field("old", "singleline")]),
  { name: "answer.order", label: "Order", sample: "10042" },
];

test("the languages are the server's", () => {
  const go = readFileSync(new URL("../../../language.go", import.meta.url), "utf8");
  const all = [...(go.match(/Languages = [^{]*\{([^}]*)\}/)?.[1] ?? "").matchAll(/"([^"]+)"/g)].map(
    (m) => m[1],
  );
  expect(all.length).toBe(50);
  expect(languages).toEqual(all);
  expect([directionOf("ar"), directionOf("de"), directionOf("")]).toEqual(["rtl", "ltr", "auto"]);
});

test("a text has one for everybody else, and translations", () => {
  let text = withText({ text: "Hello" }, "de", "Hallo");
  text = withText(text, "fr", " ");
  expect([textIn(text, ""), textIn(text, "de"), textIn(text, "it")]).toEqual(["Hello", "Hallo", ""]);
  expect(translatedInto(text)).toEqual(["de", "fr"]);
  expect(tidied(text)).toEqual({ text: "Hello", in: { de: "Hallo" } });
  expect(withoutLanguage(tidied(text), "de")).toEqual({ text: "Hello" });
});

const example = (text: string) =>
  exampleOf(text, known)
    .map((p) => (p.value ? `[${p.text}]` : p.text))
    .join("");

test.each([
  ["Hi {{user.name|there}}!", "Hi [Nora]!", ""],
  ["{{ field.size }} of {{answer.order}}", "[M] of [10042]", ""],
  ["{{field.old}} {{user.name}}", "{{field.old}} [Nora]", "{{field.old}}"],
  ["{{meta.device.model|phone}} {{answer.order.city}}", "[phone] {{answer.order.city}}", ""],
  ["{{}} {{a b}} plain", "{{}} {{a b}} plain", ""],
])("%j for example", (text, want, strange) => {
  expect(example(text)).toBe(want);
  expect(unknownIn(text, known)).toBe(strange);
});

test("what is put in proposes what is said instead", () => {
  const { text, select } = written({ name: "user.name", label: "", sample: "", fallback: "there" });
  expect(text).toBe("{{user.name|there}}");
  expect(text.slice(...(select ?? []))).toBe("there");
  expect(written({ name: "issue.number", label: "", sample: "" })).toEqual({ text: "{{issue.number}}" });
});
