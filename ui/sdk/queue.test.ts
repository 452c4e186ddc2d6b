import { describe, expect, test } from "vitest";
import { type Api, makeQueue, takeOver } from "./queue";

function setup() {
  const done: unknown[][] = [];
  const reports: unknown[][] = [];
  const queue = makeQueue(
    {
      init: { early: true, run: () => done.push(["init"]) },
      update: { early: true, run: () => done.push(["update"]) },
      open: { run: (...args) => done.push(["open", ...args]) },
      close: { run: () => done.push(["close"]) },
      broken: {
        run: () => {
          throw new Error("no");
        },
      },
    },
    (...args) => reports.push(args),
  );
  return { done, reports, queue };
}

// stub is what a page's loader leaves: calls kept as arguments objects.
function stub(...calls: unknown[][]): Api {
  const f: Api = () => {};
  f.q = calls.map((c) => Object.assign({ length: c.length }, c) as ArrayLike<unknown>);
  return f;
}

describe("queue", () => {
  test("calls made early wait for the chat, init does not", () => {
    const { queue, done } = setup();
    queue.call("open", 1);
    queue.call("init");
    expect(done).toEqual([["init"]]);
    queue.call("close");
    queue.ready();
    expect(done).toEqual([["init"], ["open", 1], ["close"]]);
    queue.call("open", 2);
    expect(done.at(-1)).toEqual(["open", 2]);
  });

  test("never throws into the page", () => {
    const { queue, reports } = setup();
    queue.ready();
    for (const name of ["broken", "toString", "__proto__", "nonsense", undefined, null, 7]) queue.call(name);
    expect(reports.length).toBe(7);
  });
});

describe("takeOver", () => {
  const names = ["Rejoin", "Helpshift"];

  test("replays both stubs and answers under both names", () => {
    const seen: unknown[][] = [];
    const api: Api = (...args) => seen.push(args);
    const page: Record<string, unknown> = {
      Rejoin: stub(["open"]),
      Helpshift: stub(["addEventListener", "x"], ["init"]),
    };
    expect(takeOver(page, names, api)).toBe(true);
    expect(seen).toEqual([["open"], ["addEventListener", "x"], ["init"]]);
    expect(page.Rejoin).toBe(api);
    expect(page.Helpshift).toBe(api);
  });

  test("leaves the other product's name alone on pages that do not use it", () => {
    const page: Record<string, unknown> = {};
    takeOver(page, names, () => {});
    expect(Object.keys(page)).toEqual(["Rejoin"]);
    const other: Record<string, unknown> = { helpshiftConfig: {} };
    takeOver(other, names, () => {});
    expect(other.Helpshift).toBe(other.Rejoin);
  });

  test("a second evaluation updates the first and changes nothing else", () => {
    const seen: unknown[][] = [];
    const first: Api = (...args) => seen.push(args);
    const page: Record<string, unknown> = {};
    takeOver(page, names, first);
    expect(takeOver(page, names, () => {})).toBe(false);
    expect(page.Rejoin).toBe(first);
    expect(seen).toEqual([["update"]]);
  });
});
