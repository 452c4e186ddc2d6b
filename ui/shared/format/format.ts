// What agents may write to give their messages form: **bold**, *italic*, `code`, [text](https://…), bare addresses, and lines
// that begin with "> ", "- " or "1. ". Nothing else is special and nothing is ever markup: the result is a tree of texts.
// The e-mail's renderer follows the same rules; cases.json holds both to them.

/** Inline is a piece of a line. Only text and code have a text, only links have an href, the others have children. */
export type Inline =
  | { kind: "text" | "code"; text: string }
  | { kind: "strong" | "em"; children: Inline[] }
  | { kind: "link"; href: string; children: Inline[] };

/** Block is some lines that belong together. The lines of a list are its items; numbers count up by one from start. */
export type Block =
  | { kind: "paragraph" | "quote" | "bullets"; lines: Inline[][] }
  | { kind: "numbers"; start: number; lines: Inline[][] };

/** blocksOf reads a text. An empty line ends a block, and so does a line of another kind. */
export function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let open: Block | undefined;
  for (const line of text.split(/\r\n|\n|\r/)) {
    if (!/[^ \t]/.test(line)) {
      open = undefined;
      continue;
    }
    const read = blockOf(line);
    if (open && goesOn(open, read)) {
      open.lines.push(...read.lines);
      continue;
    }
    blocks.push(read);
    open = read;
  }
  return blocks;
}

/** blockOf is the block that one line makes. */
function blockOf(line: string): Block {
  if (line === ">") return { kind: "quote", lines: [[]] };
  if (line.startsWith("> ")) return { kind: "quote", lines: [inlinesOf(line.slice(2))] };
  const item = /^(-|[0-9]{1,3}\.) +([^ ].*)$/.exec(line);
  if (!item) return { kind: "paragraph", lines: [inlinesOf(line)] };
  const lines = [inlinesOf(item[2] ?? "")];
  if (item[1] === "-") return { kind: "bullets", lines };
  return { kind: "numbers", start: Number.parseInt(item[1] ?? "", 10), lines };
}

/** A number that does not follow begins another list, so that what was written is what is read. */
function goesOn(open: Block, next: Block): boolean {
  if (open.kind === "numbers" && next.kind === "numbers")
    return next.start === open.start + open.lines.length;
  return open.kind === next.kind;
}

const space = /[ \t\u00a0\u2000-\u200a\u2028\u2029\u202f\u3000]/;
const wordly = /[0-9A-Za-z]/;
const bare = /https?:\/\/[^ \t\u00a0\u2000-\u200a\u2028\u2029\u202f\u3000<>"'`]+/iy;
const named =
  /\[([^[\]]+)\]\(((?:[^ \t\u00a0\u2000-\u200a\u2028\u2029\u202f\u3000()<>"]|\([^ \t\u00a0\u2000-\u200a\u2028\u2029\u202f\u3000()<>"]*\))+)\)/y;
const safe = /^(?:https?:\/\/[^/?#]|mailto:[^@]+@[^@]+$)/i;

/** runAt is how many characters like the one at this place follow each other. Where a run means nothing, it is passed as a whole. */
function runAt(line: string, at: number): number {
  let end = at + 1;
  while (end < line.length && line[end] === line[at]) end++;
  return end - at;
}

/** Found is a piece, and where the text goes on after it. */
type Found = { piece: Inline; end: number } | null;

/** inlinesOf reads one line. Within a link there are no links. */
export function inlinesOf(line: string, links = true): Inline[] {
  const out: Inline[] = [];
  let from = 0;
  let at = 0;
  while (at < line.length) {
    const found = foundAt(line, at, links);
    if (!found) {
      at += runAt(line, at);
      continue;
    }
    if (at > from) out.push({ kind: "text", text: line.slice(from, at) });
    out.push(found.piece);
    from = at = found.end;
  }
  if (from < line.length) out.push({ kind: "text", text: line.slice(from) });
  return out;
}

function foundAt(line: string, at: number, links: boolean): Found {
  switch (line[at]) {
    case "`":
      return codeAt(line, at);
    case "*":
      return runAt(line, at) === 1 ? emAt(line, at, links) : strongAt(line, at, links);
    case "[":
      return links ? namedAt(line, at) : null;
    case "h":
    case "H":
      return links ? bareAt(line, at) : null;
    default:
      return null;
  }
}

function codeAt(line: string, at: number): Found {
  const end = runAt(line, at) === 1 ? line.indexOf("`", at + 1) : -1;
  if (end < 0) return null;
  return { piece: { kind: "code", text: line.slice(at + 1, end) }, end: end + 1 };
}

/** Bold ends at the next two stars with no space before them; of three in a row, the last two. */
function strongAt(line: string, at: number, links: boolean): Found {
  if (spaced(line[at + 2]) || runAt(line, at) > 3) return null;
  for (let end = line.indexOf("**", at + 3); end >= 0; end = line.indexOf("**", end + 1)) {
    if (spaced(line[end - 1])) continue;
    if (line[end + 2] === "*") end++;
    return { piece: { kind: "strong", children: inlinesOf(line.slice(at + 2, end), links) }, end: end + 2 };
  }
  return null;
}

/** Italics begin and end at a single star that is not within a word or a sum: 2*3*4 stays as it is. */
function emAt(line: string, at: number, links: boolean): Found {
  if (spaced(line[at + 1]) || wordly.test(line[at - 1] ?? "")) return null;
  for (let end = line.indexOf("*", at + 2); end >= 0; end = line.indexOf("*", end + 1)) {
    if (line[end + 1] === "*" || line[end - 1] === "*" || spaced(line[end - 1])) continue;
    if (wordly.test(line[end + 1] ?? "")) continue;
    return { piece: { kind: "em", children: inlinesOf(line.slice(at + 1, end), links) }, end: end + 1 };
  }
  return null;
}

function namedAt(line: string, at: number): Found {
  named.lastIndex = at;
  const [all = "", text = "", href = ""] = named.exec(line) ?? [];
  if (!safe.test(href)) return null;
  return { piece: { kind: "link", href, children: inlinesOf(text, false) }, end: at + all.length };
}

function bareAt(line: string, at: number): Found {
  bare.lastIndex = at;
  const href = withoutEnd(bare.exec(line)?.[0] ?? "");
  if (!safe.test(href)) return null;
  return { piece: { kind: "link", href, children: [{ kind: "text", text: href }] }, end: at + href.length };
}

/** withoutEnd drops what belongs to the sentence rather than to the address. */
function withoutEnd(address: string): string {
  let unpaired = count(address, ")") - count(address, "(");
  let end = address.length;
  for (; end > 0; end--) {
    const last = address[end - 1] ?? "";
    if (last === ")" && unpaired-- > 0) continue;
    if (!/[.,;:!?\]}»”’*]/.test(last)) break;
  }
  return address.slice(0, end);
}

const count = (text: string, c: string) => text.split(c).length - 1;

/** spaced reports a space, or the end of the line. */
const spaced = (c: string | undefined) => !c || space.test(c);
