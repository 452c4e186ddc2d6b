import { expect, test } from "vitest";
import { found } from "./picker";

const items = [
  { value: "1", label: "Late delivery" },
  { value: "2", label: "Delivery", about: "Tag" },
  { value: "3", label: "Größe" },
];
const values = (text: string) => found(items, text).map((i) => i.value);

test("every word must be there, in any order, and the beginning comes first", () => {
  expect(values("")).toEqual(["1", "2", "3"]);
  expect(values("deliv")).toEqual(["2", "1"]);
  expect(values("delivery late")).toEqual(["1"]);
  expect(values("tag del")).toEqual(["2"]);
  expect(values("grosse")).toEqual([]);
  expect(values("GRO")).toEqual(["3"]);
});
