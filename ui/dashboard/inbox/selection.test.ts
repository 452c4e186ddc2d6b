import { expect, test } from "vitest";
import { most } from "./bulk";
import { nothing, type Selection, type SelectionAction, select } from "./selection";

const order = ["a", "b", "c", "d", "e"];
const after = (...actions: SelectionAction[]) => actions.reduce(select, nothing);
const ids = (s: Selection) => [...s.ids].sort().join("");

test("picking and leaving out", () => {
  const a: SelectionAction = { type: "toggle", id: "a" };
  expect(ids(after(a))).toBe("a");
  expect(ids(after(a, a))).toBe("");
});

test("a range goes from what was picked last, in either direction, and keeps what was picked before", () => {
  const range = (id: string): SelectionAction => ({ type: "range", id, order });
  expect(ids(after({ type: "toggle", id: "b" }, range("d")))).toBe("bcd");
  expect(ids(after({ type: "toggle", id: "e" }, { type: "toggle", id: "c" }, range("a")))).toBe("abce");
  expect(ids(after({ type: "toggle", id: "a" }, range("b"), range("d")))).toBe("abcd");
});

test("a range without a beginning, or from a row that is gone, is the one alone", () => {
  expect(ids(after({ type: "range", id: "c", order }))).toBe("c");
  expect(ids(after({ type: "toggle", id: "z" }, { type: "range", id: "c", order }))).toBe("cz");
});

test("all, clear, and rows that leave the list", () => {
  expect(ids(after({ type: "all", order }))).toBe("abcde");
  expect(after({ type: "all", order }, { type: "clear" })).toBe(nothing);
  const s = after({ type: "all", order });
  expect(ids(select(s, { type: "only", order: ["b", "x"] }))).toBe("b");
  expect(select(s, { type: "only", order })).toBe(s);
});

test("never more than can be changed at once", () => {
  const many = Array.from({ length: 700 }, (_, i) => `r${i}`);
  const s = after({ type: "all", order: many });
  expect(s.ids.size).toBe(most);
  expect(select(s, { type: "toggle", id: "r699" }).ids.size).toBe(most);
  expect(select(s, { type: "range", id: "r699", order: many }).ids.size).toBe(most);
});
