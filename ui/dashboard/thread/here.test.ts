import { expect, test } from "vitest";
import { forget, type Here, hear, quiet, writingWords } from "./here";

const noah = { agent_id: "noah", name: "Noah" };
const mia = { agent_id: "mia", name: "Mia" };
const ids = (list: Here[]) => list.map((h) => h.id);

test("colleagues come, are heard of again, and go", () => {
  let list = hear(hear([], noah, 0), mia, 10);
  expect(ids(list)).toEqual(["mia", "noah"]);
  list = hear(list, noah, 20_000);
  expect(ids(list)).toEqual(["mia", "noah"]);
  expect(ids(hear(list, { ...mia, gone: true }, 20_000))).toEqual(["noah"]);
});

test("one who is not heard of for 45 seconds has left; a change of nothing is no change", () => {
  const list = hear([], noah, 0);
  expect(forget(list, 44_999)).toBe(list);
  expect(forget(list, 45_000)).toEqual([]);
  expect(hear(list, { ...mia, gone: true }, 0)).toBe(list);
});

test("typing lasts six seconds, or until what was typed is there", () => {
  const list = hear([], { ...noah, typing: true }, 0);
  expect(writingWords(list)).toBe("Noah is writing here…");
  expect(writingWords(forget(list, 6000))).toBe("");
  expect(writingWords(hear(list, { ...mia, typing: true }, 0))).toBe("Mia and Noah are writing here…");
  expect(writingWords(hear(list, noah, 3000))).toBe("Noah is writing here…");
  expect(writingWords(quiet(list, ["noah"]))).toBe("");
  expect(quiet(list, ["mia"])).toBe(list);
  expect(writingWords([])).toBe("");
});
