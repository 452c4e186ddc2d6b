import { expect, test } from "vitest";
import cases from "./cases.json";
import { blocksOf } from "./format";

for (const c of cases) {
  test(c.name, () => expect(blocksOf(c.input)).toEqual(c.blocks));
}

/** said is every text of a tree, in order. */
const said = (node: unknown): string[] => {
  if (Array.isArray(node)) return node.flatMap(said);
  const { text, href, children, lines } = node as Record<string, unknown>;
  const below = said(children ?? lines ?? []);
  if (typeof text === "string") return [text];
  return typeof href === "string" && below.join("") !== href ? [...below, href] : below;
};

test("no word is lost, whatever the stars do", () => {
  const marks = ["*", "**", "`", "[", "]", "(", ")", " ", "a", "b", "https://x.y", "\n", "> ", "- ", "1. "];
  let seed = 7;
  const random = () => {
    seed = (seed * 48271) % 2147483647;
    return marks[seed % marks.length] ?? "";
  };
  for (let i = 0; i < 2000; i++) {
    const text = Array.from({ length: 14 }, random).join("");
    const words = (s: string) => s.replace(/[^ab]/g, "");
    expect(words(said(blocksOf(text)).join("")), text).toBe(words(text));
  }
});
