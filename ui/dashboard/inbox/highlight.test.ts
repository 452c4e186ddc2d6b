import { expect, test } from "vitest";
import { around, partsOf } from "./highlight";

const marked = (text: string, q: string) =>
  partsOf(text, q)
    .map((p) => (p.hit ? `[${p.text}]` : p.text))
    .join("");

test.each([
  ["A green tent", "", "A green tent"],
  ["A green tent", "ten gre", "A [gre]en [ten]t"],
  ["A green tent", "ent", "A green tent"],
  ["Élan vital, élan", "elan", "[Élan] vital, [élan]"],
  ["Größe", "größ", "[Größ]e"],
  ["It's #12", "#12", "It's #[12]"],
  ["a.b+c", ".*", "a.b+c"],
  ["", "x", ""],
])("%s searched for %s", (text, q, want) => {
  expect(marked(text, q)).toBe(want);
});

test("a hit far into a text is brought into sight", () => {
  const text = "Hello, I bought something in your shop last week and the parcel is lost";
  expect(around(text, "parcel")).toBe("… week and the parcel is lost");
  expect(around(text, "hello")).toBe(text);
  expect(around(text, "nowhere")).toBe(text);
});
