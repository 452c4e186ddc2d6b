import type { LocalText } from "../../shared/agent";

/** Every language has its text under its code; what everybody else reads has the code "". */
export const textIn = (value: LocalText, language: string): string =>
  language ? (value.in?.[language] ?? "") : value.text;

/** withText sets the text of a language. */
export function withText(value: LocalText, language: string, text: string): LocalText {
  if (!language) return { ...value, text };
  return { ...value, in: { ...value.in, [language]: text } };
}

/** withoutLanguage takes a translation away; its readers get the text for everybody else. */
export function withoutLanguage(value: LocalText, language: string): LocalText {
  const { [language]: _, ...rest } = value.in ?? {};
  return Object.keys(rest).length > 0 ? { text: value.text, in: rest } : { text: value.text };
}

/** tidied is the text as the server takes it: without translations that were left empty. */
export function tidied(value: LocalText): LocalText {
  const full = Object.entries(value.in ?? {}).filter(([, text]) => text.trim() !== "");
  return full.length > 0 ? { text: value.text, in: Object.fromEntries(full) } : { text: value.text };
}

/** translatedInto are the codes of the languages that have a text of their own. */
export const translatedInto = (value: LocalText): string[] => Object.keys(value.in ?? {});
