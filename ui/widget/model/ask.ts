// What somebody answers to a question: how it is read before it is sent.

import type { InputOption } from "../../shared/chat";

/** FEW is how many options stand side by side; more are a list with a search. */
export const FEW = 6;

/** isAddress tells whether the server may take it as an e-mail address: the server knows better, and is not always asked at once. */
export function isAddress(text: string): boolean {
  return /^[^\s,;<>"()\\@]{1,64}@([^\s.@-][^\s.@]*\.)+[^\s.@]{2,}$/.test(text);
}

/** numberOf reads a number as people of a language write it and returns it with a point, or null. */
export function numberOf(text: string, locale: string): string | null {
  const point = new Intl.NumberFormat(locale).formatToParts(1.5).find((p) => p.type === "decimal")?.value;
  const plain = text
    .replace(/\p{Nd}/gu, digit)
    .replace(/[\s\u066c'’_]/g, "")
    .replace(/[\u2212\u2013]/g, "-");
  const said = point === "," ? comma(plain) : plain.replace(/,(?=\d{3}(\D|$))/g, "");
  const number = said.replace("\u066b", ".");
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(number) ? number.replace("+", "") : null;
}

/** comma reads a comma as the point. A point is one, too, unless it parts thousands. */
function comma(text: string): string {
  const whole = /^-?\d{1,3}(\.\d{3})+(,|$)/.test(text) || text.includes(",");
  return (whole ? text.replaceAll(".", "") : text).replace(",", ".");
}

/** digit turns a digit of any script into ours. Ten of them stand in a row, which begins at 0 or, in India's scripts, at 6 of sixteen. */
function digit(d: string): string {
  const c = d.charCodeAt(0);
  return `${(c & 15) - (c >= 0x900 && c < 0xe00 ? 6 : 0)}`;
}

/** found returns the options that have every word of the query, without regard to case and marks. */
export function found(options: readonly InputOption[], query: string): readonly InputOption[] {
  const words = plain(query).split(/\s+/).filter(Boolean);
  return options.filter((o) => words.every((w) => plain(o.text).includes(w)));
}

const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
