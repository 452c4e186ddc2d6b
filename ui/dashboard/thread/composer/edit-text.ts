/** Edit replaces a part of a text and says what is selected then. Places are offsets in UTF-16 units. */
export interface Edit {
  from: number;
  to: number;
  insert: string;
  select: [from: number, to: number];
}

/** Selected is a text and what is selected in it. */
export interface Selected {
  text: string;
  from: number;
  to: number;
}

/** wrapped puts a mark around each selected line, or takes it off. With nothing selected, the marks wait for the words between them. */
export function wrapped({ text, from, to }: Selected, mark: string): Edit {
  const size = mark.length;
  if (from === to) return { from, to, insert: mark + mark, select: [from + size, from + size] };
  const around = text.slice(from - size, from) === mark && text.slice(to, to + size) === mark;
  if (around && from >= size) {
    const insert = text.slice(from, to);
    return { from: from - size, to: to + size, insert, select: [from - size, to - size] };
  }
  const lines = text.slice(from, to).split("\n");
  const isMarked = (line: string) => line.length > 2 * size && line.startsWith(mark) && line.endsWith(mark);
  const all = lines.filter((l) => l.trim() !== "").every(isMarked);
  const insert = lines.map((l) => (all && isMarked(l) ? l.slice(size, -size) : put(l, mark))).join("\n");
  return { from, to, insert, select: [from, from + insert.length] };
}

/** put leaves the spaces at the ends of a line outside the marks, where they mean nothing. */
function put(line: string, mark: string): string {
  const words = line.trim();
  return words ? line.replace(words, () => mark + words + mark) : line;
}

const beginnings = /^(?:> ?|- +|[0-9]{1,3}\. +)/;

export type LineKind = "quote" | "bullets" | "numbers";

/** begun makes the selected lines a quote or a list, or plain again. */
export function begun({ text, from, to }: Selected, kind: LineKind): Edit {
  const start = text.lastIndexOf("\n", from - 1) + 1;
  const next = text.indexOf("\n", to);
  const end = next < 0 ? text.length : next;
  const lines = text.slice(start, end).split("\n");
  const sign = (i: number) => (kind === "quote" ? "> " : kind === "bullets" ? "- " : `${i + 1}. `);
  const already = lines.every((l, i) => l.startsWith(sign(i)));
  const insert = lines.map((l, i) => (already ? "" : sign(i)) + l.replace(beginnings, "")).join("\n");
  const caret = start + insert.length;
  return { from: start, to: end, insert, select: [lines.length > 1 ? start : caret, caret] };
}

/** linked makes the selected words a link, with its address to be written; an address waits for its words. */
export function linked({ text, from, to }: Selected): Edit {
  const words = text.slice(from, to).trim();
  if (/^(https?:\/\/|mailto:)\S+$/i.test(words)) {
    return { from, to, insert: `[](${words})`, select: [from + 1, from + 1] };
  }
  if (!words) return { from, to, insert: "[](https://)", select: [from + 1, from + 1] };
  const insert = `[${words}](https://)`;
  return { from, to, insert, select: [from + words.length + 3, from + insert.length - 1] };
}

/** nextLine goes on with the list or quote in which the caret is; an empty item ends it. It is null where there is none. */
export function nextLine({ text, from, to }: Selected): Edit | null {
  if (from !== to) return null;
  const start = text.lastIndexOf("\n", from - 1) + 1;
  const line = text.slice(start, from);
  const sign = beginnings.exec(line)?.[0];
  if (!sign) return null;
  if (line.trim() === sign.trim()) return { from: start, to, insert: "", select: [start, start] };
  const n = Number.parseInt(sign, 10);
  const insert = `\n${Number.isNaN(n) ? sign : `${n + 1}. `}`;
  return { from, to, insert, select: [from + insert.length, from + insert.length] };
}

/** inserted puts words in the place of what is selected. select is what is selected in them then; their end if it is absent. */
export function inserted({ from, to }: Selected, words: string, select?: [from: number, to: number]): Edit {
  const [a, b] = select ?? [words.length, words.length];
  return { from, to, insert: words, select: [from + a, from + b] };
}

/** after is the text once an edit was made. */
export const after = (text: string, e: Edit) => text.slice(0, e.from) + e.insert + text.slice(e.to);
