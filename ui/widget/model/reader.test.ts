import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { DWELL } from "./read";
import { Reader } from "./reader";

/** setup has a reader whose reports the test answers. */
function setup() {
  const reports: (number | string)[] = [];
  const answers: (() => void)[] = [];
  const report = (what: number | string) =>
    new Promise<void>((done) => {
      reports.push(what);
      answers.push(done);
    });
  const reader = new Reader({ read: report, returned: report, seen() {} });
  reader.tell({ type: "open", open: true });
  reader.tell({ type: "visible", visible: true });
  reader.tell({ type: "life", gesture: true });
  const look = async (seq: number) => {
    reader.tell({ type: "view", seq, inView: true });
    await vi.advanceTimersByTimeAsync(DWELL);
  };
  const answer = async () => {
    answers.shift()?.();
    await vi.advanceTimersByTimeAsync(0);
  };
  return { reader, reports, look, answer };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("a report that is answered after a turn to another conversation says nothing about that one", async () => {
  const { reader, reports, look, answer } = setup();
  reader.tell({ type: "issue", told: 0 });
  await look(9);
  reader.tell({ type: "issue", told: 2 });
  await answer();
  await look(3);
  expect(reports).toEqual([9, 3]);
});

test("a visit that is confirmed after another link was opened does not confirm that one", async () => {
  const { reader, reports, answer } = setup();
  reader.tell({ type: "visit", visit: "first" });
  reader.tell({ type: "life", gesture: true });
  reader.tell({ type: "visit", visit: "second" });
  await answer();
  expect(reports).toEqual(["first"]);
  reader.tell({ type: "life", gesture: true });
  expect(reports).toEqual(["first", "second"]);
});
