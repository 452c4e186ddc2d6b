import { describe, expect, test } from "vitest";
import { DWELL, decide, LIFE, noReading, type ReadEvent, type ReadState, step } from "./read";

// play feeds [time, event] pairs to the machine.
function play(...events: [number, ReadEvent][]): ReadState {
  return events.reduce((s, [at, e]) => step(s, e, at), noReading);
}

const open: ReadEvent = { type: "open", open: true };
const close: ReadEvent = { type: "open", open: false };
const show: ReadEvent = { type: "visible", visible: true };
const hide: ReadEvent = { type: "visible", visible: false };
const move: ReadEvent = { type: "life", gesture: false };
const press: ReadEvent = { type: "life", gesture: true };
const view = (seq: number): ReadEvent => ({ type: "view", seq, inView: true });
const away = (seq: number): ReadEvent => ({ type: "view", seq, inView: false });
const ready: [number, ReadEvent][] = [
  [0, open],
  [0, show],
  [0, move],
];

describe("a message is read", () => {
  test("after half a second in view, not before", () => {
    const s = play(...ready, [1000, view(3)]);
    expect(decide(s, 1000)).toEqual({ do: "wait", wait: DWELL });
    expect(decide(s, 1000 + DWELL - 1)).toEqual({ do: "wait", wait: 1 });
    expect(decide(s, 1000 + DWELL)).toEqual({ do: "read", seq: 3 });
  });

  test("up to the highest one that was looked at", () => {
    const s = play(...ready, [1000, view(3)], [1000, view(4)], [1400, view(5)]);
    expect(decide(s, 1600)).toEqual({ do: "read", seq: 4 });
    expect(decide(s, 2000)).toEqual({ do: "read", seq: 5 });
  });

  test("also if it has left the view since", () => {
    const s = play(...ready, [1000, view(3)], [1600, away(3)]);
    expect(decide(s, 9000)).toEqual({ do: "read", seq: 3 });
  });
});

describe("nothing is read", () => {
  test.each<[string, [number, ReadEvent][]]>([
    [
      "in a closed panel",
      [
        [0, show],
        [0, move],
        [0, view(3)],
      ],
    ],
    [
      "in a hidden tab",
      [
        [0, open],
        [0, move],
        [0, view(3)],
      ],
    ],
    [
      "without a sign of life",
      [
        [0, open],
        [0, show],
        [0, view(3)],
      ],
    ],
    ["by a glance", [...ready, [0, view(3)], [400, away(3)]]],
    ["when the panel closes too soon", [...ready, [0, view(3)], [400, close]]],
    ["when the tab is left too soon", [...ready, [0, view(3)], [400, hide]]],
  ])("%s", (_, events) => {
    expect(decide(play(...events), 60_000).do).toBe("wait");
  });

  test("by somebody who has gone away without closing", () => {
    const s = play(...ready, [LIFE + 1, view(3)]);
    expect(decide(s, LIFE + 10_000)).toEqual({ do: "wait", wait: null });
    expect(decide(step(s, move, LIFE + 20_000), LIFE + 20_000)).toEqual({ do: "read", seq: 3 });
  });

  test("time behind a closed panel does not count towards the half second", () => {
    const s = play([0, show], [0, move], [0, view(3)], [10_000, open]);
    expect(decide(s, 10_000)).toEqual({ do: "wait", wait: DWELL });
  });
});

describe("when the clock is set back", () => {
  const hour = 3_600_000;

  test("half a second stays half a second", () => {
    const s = play(...ready, [hour, move], [hour, view(3)]);
    expect(decide(step(s, move, 400), 400)).toEqual({ do: "wait", wait: DWELL });
    expect(decide(step(s, move, 400), 400 + DWELL)).toEqual({ do: "read", seq: 3 });
  });

  test("a sign of life does not last longer", () => {
    const s = step(play(...ready, [hour, move]), away(1), 1000);
    expect(decide(step(s, view(3), 1000 + LIFE + 1), 1000 + LIFE + DWELL + 1)).toEqual({
      do: "wait",
      wait: null,
    });
  });

  test("a failed report is repeated after its wait", () => {
    const s = play(...ready, [0, view(3)], [hour, { type: "failed", retryIn: 1000 }]);
    expect(decide(step(s, move, 600), 600).do).toBe("wait");
    expect(decide(step(s, move, 600), 1600)).toEqual({ do: "read", seq: 3 });
  });
});

describe("after arrival by a link", () => {
  const arrived: [number, ReadEvent][] = [...ready, [0, { type: "visit", visit: "v" }], [0, view(3)]];

  test("nothing happens without a gesture, however long and lively the page is", () => {
    const s = play(...arrived, [5000, move], [9000, move]);
    expect(decide(s, 60_000)).toEqual({ do: "wait", wait: null });
  });

  test("a gesture confirms the visit first, then reading begins", () => {
    let s = play(...arrived, [5000, press]);
    expect(decide(s, 5000)).toEqual({ do: "return", visit: "v" });
    s = step(s, { type: "begin" }, 5000);
    expect(decide(s, 9000).do).toBe("wait");
    s = step(step(s, { type: "done" }, 9000), { type: "visit", visit: null }, 9000);
    expect(decide(s, 9000)).toEqual({ do: "read", seq: 3 });
  });

  test("a gesture from before the arrival does not count", () => {
    const s = play(...ready, [10, press], [20, { type: "visit", visit: "v" }]);
    expect(decide(s, 20)).toEqual({ do: "wait", wait: null });
  });
});

describe("reports", () => {
  test("go one at a time, and the next has the highest message", () => {
    let s = step(play(...ready, [0, view(3)], [600, view(4)]), { type: "begin" }, 600);
    s = step(s, view(5), 700);
    expect(decide(s, 5000).do).toBe("wait");
    s = step(step(s, { type: "done" }, 5000), { type: "told", seq: 3 }, 5000);
    expect(decide(s, 5000)).toEqual({ do: "read", seq: 5 });
  });

  test("are repeated after a failure, not before their time", () => {
    const s = play(
      ...ready,
      [0, view(3)],
      [600, { type: "begin" }],
      [700, { type: "failed", retryIn: 1000 }],
    );
    expect(decide(s, 1000)).toEqual({ do: "wait", wait: 700 });
    expect(decide(s, 1700)).toEqual({ do: "read", seq: 3 });
  });

  test("are not made of what another tab has told", () => {
    const s = play(...ready, [0, { type: "told", seq: 4 }], [0, view(3)]);
    expect(decide(s, 5000)).toEqual({ do: "wait", wait: null });
  });
});
