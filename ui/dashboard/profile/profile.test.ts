import { expect, test } from "vitest";
import type { Agent } from "../../shared/agent";
import { othersOf } from "./colleagues";
import { publicName } from "./names";
import { codesFile, leftWords, spaced } from "./recovery";

test("users read the nickname where there is one", () => {
  expect(publicName({ name: "Maya Berg", nickname: "" })).toBe("Maya Berg");
  expect(publicName({ name: "Maya Berg", nickname: " May " })).toBe("May");
  expect(publicName({ name: "Maya Berg", nickname: "  " })).toBe("Maya Berg");
});

test("few recovery codes are a reason to make new ones", () => {
  expect(leftWords(10)).not.toMatch(/new ones/);
  expect(leftWords(1)).toMatch(/^1 recovery code is left.*new ones/);
  expect(leftWords(0)).toMatch(/No recovery code/);
});

test("the file of codes says whose they are", () => {
  const file = codesFile(
    ["aaaa-bbbb", "cccc-dddd"],
    "maya@shop.example",
    "chat.shop.example",
    "3 November 2026",
  );
  expect(file.split("\r\n").slice(0, 2)).toEqual([
    "Recovery codes for maya@shop.example",
    "chat.shop.example, 3 November 2026",
  ]);
  expect(file).toContain("\r\naaaa-bbbb\r\ncccc-dddd\r\n");
});

test("a key to be typed comes in groups", () => {
  expect(spaced("ABCDEFGHIJ")).toBe("ABCD EFGH IJ");
});

test("colleagues who are available come first, each in their order", () => {
  const agent = (id: string, available: boolean) => ({ id, available }) as Agent;
  const list = [
    agent("me", true),
    agent("ann", false),
    agent("ben", true),
    agent("cy", false),
    agent("di", true),
  ];
  expect(othersOf(list, "me").map((a) => a.id)).toEqual(["ben", "di", "ann", "cy"]);
});
