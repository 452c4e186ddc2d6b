import { describe, expect, test } from "vitest";
import type { BusinessHours, Hours } from "../../../shared/agent";
import { ownZone, stateWords, whenIn } from "./moment";
import { nextDays } from "./next-days";
import {
  clockOf,
  copyDay,
  holidayProblem,
  isPlaced,
  isWhole,
  midnight,
  minuteOf,
  nextSpan,
  spansInWords,
  spansProblem,
  toSave,
} from "./week";

const nine = { from: 540, to: 1020 };
const h: BusinessHours = {
  on: true,
  zone: "Europe/Berlin",
  week: [[], [nine], [nine], [nine], [nine], [nine], []],
  holidays: [],
  outside: "announce",
};
// A Monday, 14:02 in Berlin.
const now = Date.parse("2026-11-23T13:02:00Z");

test("times of a field", () => {
  expect([clockOf(0), clockOf(545), clockOf(midnight)]).toEqual(["00:00", "09:05", "00:00"]);
  expect([minuteOf("09:05", false), minuteOf("00:00", false), minuteOf("00:00", true)]).toEqual([
    545, 0, 1440,
  ]);
  expect(minuteOf("", true)).toBeNull();
  expect(
    spansInWords([
      { from: 540, to: 720 },
      { from: 780, to: 1440 },
    ]),
  ).toBe("09:00–12:00 and 13:00–24:00");
});

test.each([
  [[], ""],
  [[nine], ""],
  [[{ from: 600, to: 540 }], /after the beginning/],
  [[nine, { from: 1020, to: 1080 }], /overlap or touch/],
  [[nine, { from: 1021, to: 1080 }], ""],
])("parts of a day %j", (spans, want) => {
  expect(spansProblem(spans)).toMatch(want || /^$/);
});

test("a part is added while one fits", () => {
  expect(nextSpan([])).toEqual(nine);
  expect(nextSpan([nine])).toEqual({ from: 1080, to: 1320 });
  expect(nextSpan([{ from: 0, to: 1380 }])).toBeNull();
  expect(nextSpan(Array.from({ length: 6 }, (_, n) => ({ from: n * 10, to: n * 10 + 5 })))).toBeNull();
});

test("a day is copied, not shared", () => {
  const copy = copyDay(h, 1, [0, 6]);
  expect(copy.week[0]).toEqual([nine]);
  expect(copy.week[0]).not.toBe(copy.week[1]);
  expect(h.week[0]).toEqual([]);
});

test("holidays are checked and sorted", () => {
  const list = [
    { date: "2026-12-26", name: "" },
    { date: "2026-12-25", name: "", hours: [{ from: 5, to: 5 }] },
    { date: "2026-12-26", name: "again" },
    { date: "", name: "" },
  ];
  expect(list.map((_, n) => holidayProblem(list, n) !== "")).toEqual([true, true, true, true]);
  expect(isWhole(h)).toBe(true);
  expect(isWhole({ ...h, holidays: list.slice(1, 2) })).toBe(false);
  expect(toSave({ ...h, holidays: list.slice(0, 2) }).holidays.map((d) => d.date)).toEqual([
    "2026-12-25",
    "2026-12-26",
  ]);
  expect(["week.3", "holidays.12", "zone", "name"].map(isPlaced)).toEqual([true, true, true, false]);
});

describe("in words", () => {
  test.each([
    ["2026-11-23T16:00:00Z", "17:00"],
    ["2026-11-24T08:00:00Z", "Tuesday, 09:00"],
    ["2027-01-04T08:00:00Z", "4 January 2027, 09:00"],
  ])("%s is %s", (at, want) => {
    expect(whenIn("Europe/Berlin", now, Date.parse(at))).toBe(want);
  });

  const state = (change: Partial<Hours>) => stateWords({ hours: h, open: true, advice: [], ...change }, now);
  test("the state", () => {
    const at = Date.parse("2026-11-23T16:00:00Z");
    expect(state({ change_at: at })).toBe("Open now, until 17:00");
    expect(state({ change_at: at, open: false })).toBe("Closed now, open again at 17:00");
    expect(state({ change_at: at + 16 * 3600_000, open: false })).toBe(
      "Closed now, open again Tuesday, 09:00",
    );
    expect(state({})).toBe("Always open");
    expect(state({ open: false })).toContain("within a year");
    expect(state({ hours: { ...h, on: false } })).toMatch(/^Off/);
  });
});

test("the next days are those of the zone, with their holidays", () => {
  const zone = "Pacific/Auckland"; // where it is Tuesday already
  const days = nextDays({ ...h, zone, holidays: [{ date: "2026-11-25", name: "" }] }, now);
  expect(days.map((d) => `${d.label} ${spansInWords(d.spans)}`).slice(0, 5)).toEqual([
    "Today 09:00–17:00",
    "Wednesday closed",
    "Thursday 09:00–17:00",
    "Friday 09:00–17:00",
    "Saturday closed",
  ]);
  expect(days[1]?.holiday).toBe("Holiday");
  expect(days[0]?.date).toBe("2026-11-24");
});

test("a zone is known by its older name too", () => {
  const older = new Intl.DateTimeFormat("en", { timeZone: "Asia/Kolkata" }).resolvedOptions().timeZone;
  expect(ownZone(["Asia/Kathmandu", "Asia/Kolkata"], older)).toBe("Asia/Kolkata");
  expect(ownZone(["Europe/Berlin", "UTC"], "Mars/Base")).toBe("");
});
