import { describe, expect, test } from "vitest";
import { type Api, makeQueue, type Page, takeOver } from "./queue";

function setup() {
  const done: unknown[][] = [];
  const reports: unknown[][] = [];
  const queue = makeQueue(
    { __proto__: null as never, init: () => done.push(["init"]), update: () => done.push(["update"]) },
    (...args) => reports.push(args),
  );
  const ready = () =>
    queue.ready({
      open: (...args) => done.push(["open", ...args]),
      close: () => done.push(["close"]),
      forward: (...args) => done.push(args),
      broken() {
        throw new Error("no");
      },
    });
  return { done, reports, queue, ready };
}

// stub is what a page's loader leaves: calls kept as arguments objects.
function stub(...calls: unknown[][]): Api {
  const f: Api = () => {};
  f.q = calls;
  return f;
}

describe("queue", () => {
  test("calls made early wait for the chat, init does not", () => {
    const { queue, done, ready } = setup();
    queue.call("open", 1);
    queue.call("init");
    expect(done).toEqual([["init"]]);
    queue.call("close");
    ready();
    expect(done).toEqual([["init"], ["open", 1], ["close"]]);
    queue.call("open", 2);
    expect(done.at(-1)).toEqual(["open", 2]);
  });

  test("what the frame carries out waits in its place and is forwarded", () => {
    const { queue, done, ready, reports } = setup();
    queue.call("setInitialUserMessage", "hello");
    queue.call("open");
    ready();
    for (const name of ["login", "logout", "addUserIdentities", "updateGlobalUserData"]) queue.call(name, 1);
    expect(done.slice(0, 2)).toEqual([["setInitialUserMessage", "hello"], ["open"]]);
    expect(done.slice(2).map(([name]) => name)).toEqual([
      "login",
      "logout",
      "addUserIdentities",
      "updateGlobalUserData",
    ]);
    expect(reports).toEqual([]);
  });

  test("never throws into the page", () => {
    const { queue, reports, ready } = setup();
    ready();
    const names = ["broken", "toString", "__proto__", "nonsense", undefined, null, 7, Symbol("x"), {}];
    for (const name of names) queue.call(name);
    expect(reports.length).toBe(names.length);
  });
});

describe("takeOver", () => {
  test("replays both stubs and answers under both names", () => {
    const seen: unknown[][] = [];
    const api: Api = (...args) => seen.push(args);
    const page: Page = {
      Rejoin: stub(["open"]),
      Helpshift: stub(["addEventListener", "x"], ["init"]),
    };
    expect(takeOver(page, api)).toBe(true);
    expect(seen).toEqual([["open"], ["addEventListener", "x"], ["init"]]);
    expect(page.Rejoin).toBe(api);
    expect(page.Helpshift).toBe(api);
  });

  test("leaves the other product's name alone on pages that do not use it", () => {
    const page: Page = {};
    takeOver(page, () => {});
    expect(Object.keys(page)).toEqual(["Rejoin"]);
    const other: Page = { helpshiftConfig: {} };
    takeOver(other, () => {});
    expect(other.Helpshift).toBe(other.Rejoin);
  });

  test("a second evaluation updates the first and changes nothing else", () => {
    const seen: unknown[][] = [];
    const first: Api = (...args) => seen.push(args);
    const page: Page = {};
    takeOver(page, first);
    expect(takeOver(page, () => {})).toBe(false);
    expect(page.Rejoin).toBe(first);
    expect(seen).toEqual([["update"]]);
  });
});
