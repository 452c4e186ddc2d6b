import { expect, test } from "vitest";
import { between, dayOf, isoDay, lastDays, periodOf, withPeriod, withValue } from "./period";

const now = new Date(2026, 10, 23, 14, 2).getTime();
const day = (y: number, m: number, d: number) => new Date(y, m - 1, d).getTime();

test("the usual period is four weeks with today", () => {
  expect(periodOf("", now)).toEqual({ from: day(2026, 10, 27), to: day(2026, 11, 24), days: 28 });
  expect(periodOf("?days=7", now)).toEqual({ from: day(2026, 11, 17), to: day(2026, 11, 24), days: 7 });
  expect(periodOf("?days=9999", now).days).toBe(28);
});

test("days can be chosen", () => {
  const want = { from: day(2026, 11, 1), to: day(2026, 11, 4), days: 0 };
  expect(periodOf("?from=2026-11-01&to=2026-11-03", now)).toEqual(want);
  expect(between("2026-11-03", "2026-11-01").problem).toMatch(/before/);
  expect(between("2026-11-31", "2026-12-01").problem).toMatch(/Choose/);
  expect(between("2025-01-01", "2026-12-01").problem).toMatch(/at most 366/);
  expect(between("2025-11-23", "2026-11-23").problem).toBe("");
});

test("a period survives the address, and other values stay", () => {
  for (const p of [
    lastDays(7, now),
    lastDays(28, now),
    lastDays(90, now),
    periodOf("?from=2026-02-27&to=2026-03-01", now),
  ]) {
    const search = withPeriod("?app=app_1&days=90", p);
    expect(periodOf(search, now)).toEqual(p);
    expect(new URLSearchParams(search).get("app")).toBe("app_1");
  }
  expect(withPeriod("?days=7", lastDays(28, now))).toBe("");
  expect(withValue("?app=a", "app", "")).toBe("");
  expect(withValue("", "q", "a b")).toBe("?q=a+b");
});

test("days are read and written alike", () => {
  expect(isoDay(dayOf("2024-02-29"))).toBe("2024-02-29");
  expect(dayOf("2023-02-29")).toBeNaN();
  expect(dayOf("tomorrow")).toBeNaN();
});
