import { expect, test } from "vitest";
import { after, begun, type Edit, linked, nextLine, type Selected, wrapped } from "./edit-text";

/** The selection is written as <…>, a caret as |. */
function at(marked: string): Selected {
  const caret = marked.indexOf("|");
  if (caret >= 0) return { text: marked.replace("|", ""), from: caret, to: caret };
  const from = marked.indexOf("<");
  return { text: marked.replace(/[<>]/g, ""), from, to: marked.indexOf(">") - 1 };
}

function shown(before: string, edit: (s: Selected) => Edit | null): string | null {
  const s = at(before);
  const e = edit(s);
  if (!e) return null;
  const text = after(s.text, e);
  const [a, b] = e.select;
  return a === b
    ? `${text.slice(0, a)}|${text.slice(a)}`
    : `${text.slice(0, a)}<${text.slice(a, b)}>${text.slice(b)}`;
}

test.each([
  ["a <b> c", "a <**b**> c"],
  ["a <**b**> c", "a <b> c"],
  ["a **<b>** c", "a <b> c"],
  ["a |c", "a **|**c"],
  ["< b >", "< **b** >"],
  ["<one\n\ntwo>", "<**one**\n\n**two**>"],
  ["<**one**\n**two**>", "<one\ntwo>"],
])("bold: %j becomes %j", (before, want) => expect(shown(before, (s) => wrapped(s, "**"))).toBe(want));

test.each([
  ["one\ntw|o\nthree", "one\n- two|\nthree"],
  ["one\n- tw|o", "one\ntwo|"],
  ["<one\ntwo>", "<- one\n- two>"],
  ["1. o|ne", "- one|"],
])("list: %j becomes %j", (before, want) => expect(shown(before, (s) => begun(s, "bullets"))).toBe(want));

test("numbers count", () => {
  expect(shown("<one\ntwo>", (s) => begun(s, "numbers"))).toBe("<1. one\n2. two>");
});

test.each([
  ["see <here>", "see [here](<https://>)"],
  ["see <https://a.b>", "see [|](https://a.b)"],
  ["see |", "see [|](https://)"],
])("link: %j becomes %j", (before, want) => expect(shown(before, linked)).toBe(want));

test.each([
  ["- one|", "- one\n- |"],
  ["9. one|", "9. one\n10. |"],
  ["> one|", "> one\n> |"],
  ["- one\n- |", "- one\n|"],
  ["one|", null],
])("a new line after %j", (before, want) => expect(shown(before, nextLine)).toBe(want));
