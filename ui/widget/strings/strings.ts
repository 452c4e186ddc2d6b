import en from "./en.json";

/** Key names a text of the panel. English has all of them; other languages fall back to it. */
export type Key = keyof typeof en;

/** Plural is a key that comes in the forms of Intl.PluralRules, as "unread.one" and "unread.other". */
type Plural = Key extends infer K ? (K extends `${infer P}.other` ? P : never) : never;

const texts: Record<string, string> = en;
const rules = new Intl.PluralRules("en");

/** t returns a text with its {placeholders} filled. */
export function t(key: Key, values: Record<string, string | number> = {}): string {
  return fill(texts[key] ?? key, values);
}

/** tn returns the form of a text that suits the number n. */
export function tn(key: Plural, n: number): string {
  return fill(texts[`${key}.${rules.select(n)}`] ?? texts[`${key}.other`] ?? key, {
    n: new Intl.NumberFormat().format(n),
  });
}

function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}
