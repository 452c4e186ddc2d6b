// The panel's texts. Each language is a file of its own, and only the page's is loaded. They are fetched rather than imported:
// a browser may remember for good that an import has failed.

import type en from "./en.json";

/** Key names a text of the panel. Every language has all of them. */
export type Key = keyof typeof en;

/** Plural is a key that comes in the forms of Intl.PluralRules, as "unread.one" and "unread.other". */
type Plural = Key extends infer K ? (K extends `${infer P}.other` ? P : never) : never;

type Texts = Readonly<Record<string, string>>;

/** load fetches the texts of a language; null if they cannot be had. The build puts them beside the program, see build.mjs. */
async function load(code: string): Promise<Texts | null> {
  const { BASE_URL, VITE_TEXTS } = import.meta.env;
  try {
    const answer = await fetch(`${BASE_URL}assets/${code}-${VITE_TEXTS}.json`);
    return answer.ok ? ((await answer.json()) as Texts) : null;
  } catch {
    return null;
  }
}

const RIGHT_TO_LEFT = ["ar", "fa", "iw"];

/** tags are the languages that the browser knows by another name than our code, or may write with other digits than our texts do. */
const tags: Readonly<Record<string, string>> = {
  iw: "he",
  no: "nb",
  pt: "pt-PT",
  "pt-br": "pt-BR",
  ar: "ar-u-nu-latn",
  bn: "bn-u-nu-latn",
  fa: "fa-u-nu-latn",
  mr: "mr-u-nu-latn",
};

/** tagOf returns the BCP 47 tag of a code of ours, for Intl. */
export const tagOf = (code: string) => tags[code] ?? code;

/** spoken is the language in use. There is none before speak has answered. */
export const spoken = { code: "en", tag: "en", texts: {} as Texts };

/** speak loads a language, a code of ours; or English, if it cannot be had. It rejects if there is neither. */
export async function speak(code: string): Promise<void> {
  for (const c of [code, "en"]) {
    const texts = await load(c);
    if (!texts) continue;
    Object.assign(spoken, { code: c, tag: tagOf(c), texts });
    return;
  }
  throw new Error(`no texts in ${code}`);
}

/** language returns the code of the language in use. */
export const language = () => spoken.code;

/** locale returns what Intl calls the language in use. */
export const locale = () => spoken.tag;

/** direction returns how the language in use is written. */
export const direction = () => (RIGHT_TO_LEFT.includes(spoken.code) ? "rtl" : "ltr");

/** t returns a text with its {placeholders} filled; numbers are written as the language writes them. */
export function t(key: Key, values: Record<string, string | number> = {}): string {
  return fill(spoken.texts[key] ?? key, values);
}

/** tn returns the form of a text that suits the number n. */
export function tn(key: Plural, n: number): string {
  const form = new Intl.PluralRules(spoken.tag).select(n);
  return fill(spoken.texts[`${key}.${form}`] ?? spoken.texts[`${key}.other`] ?? key, { n });
}

function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (_, name) => {
    const value = values[name] ?? "";
    return typeof value === "number" ? new Intl.NumberFormat(spoken.tag).format(value) : value;
  });
}
