import { describe, expect, test } from "vitest";
import { tagOf } from "./strings";

type Texts = Record<string, string>;

/** byCode turns a folder's files into texts by language. */
function byCode(files: Record<string, unknown>): [string, Texts][] {
  return Object.entries(files).map(([path, texts]) => [
    path.replace(/^.*\/(.*)\.json$/, "$1"),
    (texts as { default: Texts }).default,
  ]);
}

const panel = byCode(import.meta.glob("./*.json", { eager: true }));
const server = byCode(import.meta.glob("../../../texts/languages/*.json", { eager: true }));
const english = (all: [string, Texts][]) => all.find(([code]) => code === "en")?.[1] as Texts;

const placeholders = (text = "") => (text.match(/\{\w*\}/g) ?? []).sort();

/** keysIn is what a language must have: English's keys, with the plural forms of the language in place of English's. */
function keysIn(code: string, en: Texts): Map<string, string> {
  const forms = new Intl.PluralRules(tagOf(code)).resolvedOptions().pluralCategories;
  const keys = new Map<string, string>();
  for (const [key, text] of Object.entries(en)) {
    const plural = key.replace(/\.(one|other)$/, "");
    if (plural === key || !(`${plural}.other` in en)) keys.set(key, text);
    else for (const form of forms) keys.set(`${plural}.${form}`, en[`${plural}.other`] as string);
  }
  return keys;
}

test("there are 50 languages, the same ones for the panel and for the server", () => {
  const codes = (all: [string, Texts][]) => all.map(([code]) => code).sort();
  expect(codes(panel)).toEqual(codes(server));
  expect(panel).toHaveLength(50);
});

describe.each([
  ["panel", panel],
  ["server", server],
])("%s", (_, all) => {
  test.each(all)("%s has every text with English's placeholders", (code, texts) => {
    const want = keysIn(code, english(all));
    expect(Object.keys(texts).sort()).toEqual([...want.keys()].sort());
    for (const [key, text] of Object.entries(texts)) {
      expect(text.trim(), key).toBe(text);
      expect(text, key).not.toBe("");
      expect(placeholders(text), key).toEqual(placeholders(want.get(key)));
    }
  });
});
