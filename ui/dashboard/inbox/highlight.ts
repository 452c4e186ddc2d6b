/** One part of a text, and whether it was searched for. */
export interface Part {
  text: string;
  hit: boolean;
}

const letter = /[\p{L}\p{N}]/u;

/** plain is one character as the search compares it: small and without accents. */
const plain = (c: string) => c.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** partsOf divides a text where the searched words begin its words, as the server compares them. */
export function partsOf(text: string, q: string): Part[] {
  const words = (q.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).map(plain);
  const chars = Array.from(text);
  const marks = chars.map(() => false);
  chars.forEach((c, i) => {
    if (!letter.test(c) || letter.test(chars[i - 1] ?? "")) return;
    for (const word of words) marks.fill(true, i, i + reach(chars, i, word));
  });
  return joined(chars, marks);
}

/** reach is how many characters from i on spell the word; zero if they do not. */
function reach(chars: string[], i: number, word: string): number {
  let spelt = "";
  let n = 0;
  while (spelt.length < word.length && i + n < chars.length) spelt += plain(chars[i + n++] ?? "");
  return spelt === word ? n : 0;
}

function joined(chars: string[], marks: boolean[]): Part[] {
  const parts: Part[] = [];
  chars.forEach((c, i) => {
    const hit = marks[i] ?? false;
    const last = parts[parts.length - 1];
    if (last?.hit === hit) last.text += c;
    else parts.push({ text: c, hit });
  });
  return parts;
}

/** around is a text from a little before its first hit, so that the hit is in sight on one line. */
export function around(text: string, q: string): string {
  const parts = partsOf(text, q);
  const before = parts[0];
  if (!before || before.hit || parts.length === 1 || before.text.length < 24) return text;
  const cut = before.text.lastIndexOf(" ", before.text.length - 12);
  return cut > 0 ? `…${text.slice(cut)}` : text;
}
