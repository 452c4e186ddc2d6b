import { expect, test } from "vitest";
import { join, split, spoken } from "./duration";
import { ago, countdown, dayLabel, moment, short, timeIn } from "./format";

const at = (d: number, h: number, m: number, s = 0, year = 2026, month = 10) =>
  new Date(year, month, d, h, m, s).getTime();
const now = at(18, 14, 2, 0);

test.each([
  [at(18, 14, 1, 30), "now"],
  [at(18, 13, 57), "5 min"],
  [at(18, 9, 5), "09:05"],
  [at(17, 23, 59), "Yesterday"],
  [at(16, 9, 0), "Mon"],
  [at(3, 9, 0), "3 Nov"],
])("a row from %d shows %s", (t, want) => {
  const got = short(now, t);
  expect([want, want.replace(/^(\d+) (\w+)$/, "$2 $1"), `${want} AM`]).toContain(got);
});

test.each([
  [0, "just now"],
  [9_999, "just now"],
  [40_000, "40 s ago"],
  [180_000, "3 min ago"],
  [7_200_000, "2 h ago"],
  [86_400_000, "1 day ago"],
  [5 * 86_400_000, "5 days ago"],
])("%d ms ago reads %s", (age, want) => {
  expect(ago(now, now - age)).toBe(want);
});

test.each([
  [-500, "0 s"],
  [1, "1 s"],
  [20_000, "20 s"],
  [65_000, "1 min 05 s"],
  [720_000, "12 min"],
  [7_200_000, "2 h"],
  [7_500_000, "2 h 5 min"],
  [3 * 86_400_000, "3 days"],
])("%d ms left reads %s", (left, want) => {
  expect(countdown(left)).toBe(want);
});

test("days have names", () => {
  expect(dayLabel(now, at(18, 0, 0))).toBe("Today");
  expect(dayLabel(now, at(17, 23, 59))).toBe("Yesterday");
  expect(dayLabel(now, at(3, 9, 0))).toMatch(/Tuesday/);
  expect(dayLabel(now, at(3, 9, 0, 0, 2024))).toMatch(/2024/);
});

test("a moment of another day says so", () => {
  expect(moment(now, at(18, 9, 5))).toMatch(/^09:05/);
  expect(moment(now, at(17, 9, 5))).toMatch(/^yesterday, 09:05/);
  expect(moment(now, at(19, 9, 5))).toMatch(/^tomorrow, 09:05/);
});

test("a zone's own time, and nothing for an unknown zone", () => {
  expect(timeIn("Asia/Kolkata", Date.UTC(2026, 10, 18, 12, 0))).toMatch(/^(17:30|05:30)/);
  expect(timeIn("Nowhere/Land", now)).toBe("");
  expect(timeIn("", now)).toBe("");
});

test.each([
  [0, 0, "minutes", "0 seconds"],
  [20, 20, "seconds", "20 seconds"],
  [60, 1, "minutes", "1 minute"],
  [90, 90, "seconds", "1 minute 30 seconds"],
  [600, 10, "minutes", "10 minutes"],
  [5400, 90, "minutes", "1 hour 30 minutes"],
  [86_400, 1, "days", "1 day"],
] as const)("%d seconds split exactly", (seconds, value, unit, words) => {
  expect(split(seconds)).toEqual({ value, unit });
  expect(join(value, unit)).toBe(seconds);
  expect(spoken(seconds)).toBe(words);
});
