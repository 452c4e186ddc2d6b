import { expect, test } from "vitest";
import type { Inbox, Row } from "../../shared/agent";
import { example } from "./example";
import { conditionsOf, type Look, lookOf } from "./look";
import { type InboxAction, type InboxState, reduce, start } from "./reducer";

const row = example;
const now = 1000;
const wantedOf = (look: Look) => ({ me: "me", sort: look.sort, conditions: conditionsOf(look, undefined) });
const inbox = (issues: Row[], next?: string, total = issues.length): Inbox => ({ issues, next, total });

function loaded(issues: Row[], search = "", next?: string, selected?: string): InboxState {
  const page = inbox(issues, next);
  return reduce(start(wantedOf(lookOf(search)), selected), {
    type: "page",
    inbox: page,
    mode: "replace",
    now,
  });
}

const ids = (s: InboxState) => s.rows.map((r) => r.id);
const live = (s: InboxState, r: Row) => reduce(s, { type: "row", row: r, now });
const after = (s: InboxState, ...actions: InboxAction[]) => actions.reduce(reduce, s);

test("a changed issue moves to the top, the other rows stay the same objects", () => {
  const s = loaded([row("a", { updated_at: 300 }), row("b", { updated_at: 200 })]);
  const next = live(s, row("b", { version: 2, updated_at: 400, preview: "New" }));
  expect(ids(next)).toEqual(["b", "a"]);
  expect(next.rows[0]?.preview).toBe("New");
  expect(next.rows[1]).toBe(s.rows[0]);
});

test("an older version changes nothing", () => {
  const s = loaded([row("a", { version: 5 })]);
  expect(live(s, row("a", { version: 4, updated_at: 900 }))).toBe(s);
});

test("presence may change within a version", () => {
  const away = row("a");
  const next = live(loaded([row("a")]), {
    ...away,
    user: { ...away.user, presence: "tab_hidden", presence_since: 50 },
  });
  expect(next.rows[0]?.user.presence).toBe("tab_hidden");
});

test("a row that no longer fits says goodbye before it goes, and stays if it fits again", () => {
  const s = live(loaded([row("a"), row("b")]), row("a", { version: 2, state: "resolved" }));
  expect(ids(s)).toContain("a");
  expect([...s.leaving]).toEqual(["a"]);
  expect(s.total).toBe(1);
  expect(ids(after(s, { type: "gone", ids: ["a"] }))).toEqual(["b"]);

  const back = live(s, row("a", { version: 3, state: "new" }));
  expect(back.leaving.size).toBe(0);
  expect(back.total).toBe(2);
  expect(ids(after(back, { type: "gone", ids: ["a"] }))).toContain("a");
});

test("the issue on screen stays until another one is opened", () => {
  const s = loaded([row("a", { unread: 2 }), row("b", { unread: 1 })], "?unread=1", undefined, "a");
  const read = live(s, row("a", { version: 2, unread: 0 }));
  expect(read.leaving.size).toBe(0);
  expect([...after(read, { type: "select", id: "b", now }).leaving]).toEqual(["a"]);
});

test("a new issue comes in at its place, by the order that is asked for", () => {
  const rows = [row("a", { updated_at: 300, created_at: 5 }), row("b", { updated_at: 100, created_at: 9 })];
  const newcomer = row("z", { updated_at: 200, created_at: 20 });
  expect(ids(live(loaded(rows), newcomer))).toEqual(["a", "z", "b"]);
  expect(live(loaded(rows), newcomer).total).toBe(3);
  expect(ids(live(loaded([...rows].reverse(), "?sort=created"), newcomer))).toEqual(["z", "b", "a"]);
});

test("an issue beyond the loaded part waits for its page, but counts", () => {
  const s = live(loaded([row("a", { updated_at: 300 })], "", "cursor"), row("z", { updated_at: 100 }));
  expect(ids(s)).toEqual(["a"]);
  expect(s.total).toBe(2);
});

test("what only the server can judge is asked again, and not guessed", () => {
  const s = live(loaded([row("a")], "?q=deep"), row("z", { updated_at: 900 }));
  expect(ids(s)).toEqual(["a"]);
  expect(s.doubts).toBe(1);
  expect(live(loaded([row("a")], "?sort=waiting"), row("z")).doubts).toBe(1);
  expect(live(loaded([row("a")], "?view=sv_1"), row("z")).doubts).toBe(1);
});

test("asking again replaces the beginning and keeps what was loaded beyond it", () => {
  const s = loaded(
    [row("a", { updated_at: 500 }), row("b", { updated_at: 400 }), row("c", { updated_at: 100 })],
    "?platform=web",
    "cursor",
  );
  const again = inbox([row("z", { updated_at: 600 }), row("b", { updated_at: 400 })], "other", 9);
  const next = after(s, { type: "page", inbox: again, mode: "refresh", now });
  expect(ids(next)).toEqual(["z", "b", "c"]);
  expect(next.next).toBe("cursor");
  expect(next.total).toBe(9);

  const whole = after(s, {
    type: "page",
    inbox: inbox([row("b", { updated_at: 400 })]),
    mode: "refresh",
    now,
  });
  expect(ids(whole)).toEqual(["b"]);
});

test("a following page is appended once, in its newest version", () => {
  const s = loaded([row("a", { updated_at: 300, version: 3 })], "", "cursor");
  const more = inbox([row("a", { updated_at: 100 }), row("b", { updated_at: 50 })]);
  const next = after(s, { type: "more" }, { type: "page", inbox: more, mode: "append", now });
  expect(ids(next)).toEqual(["a", "b"]);
  expect(next.loadingMore).toBe(false);
});

test("an answer that is older than a frame does not turn a row back, nor bring it where it no longer fits", () => {
  const begun = live(start(wantedOf(lookOf(""))), row("a", { version: 9, preview: "newest" }));
  const page = (issues: Row[]): InboxAction => ({ type: "page", inbox: inbox(issues), mode: "replace", now });
  expect(after(begun, page([row("a", { version: 8 })])).rows[0]?.preview).toBe("newest");
  const resolved = live(start(wantedOf(lookOf(""))), row("a", { version: 9, state: "resolved" }));
  expect(ids(after(resolved, page([row("a", { version: 8 })])))).toEqual([]);
});

test("another look keeps the old rows until the answer is there", () => {
  const s = after(loaded([row("a")]), { type: "look", wanted: wantedOf(lookOf("?view=all")) });
  expect(s.status).toBe("loading");
  expect(ids(s)).toEqual(["a"]);
  expect(ids(after(s, { type: "page", inbox: inbox([row("b")]), mode: "replace", now }))).toEqual(["b"]);
});

test("hits stand beside their rows", () => {
  const answer = { ...inbox([row("a"), row("b")]), hits: ["", "a tent in green"] };
  const s = after(start(wantedOf(lookOf("?q=tent"))), { type: "page", inbox: answer, mode: "replace", now });
  expect([...s.hits]).toEqual([["b", "a tent in green"]]);
});

test("a failure keeps what was loaded, but not what another look had shown", () => {
  const failed: InboxAction = { type: "failed", error: "x" };
  expect(after(start(wantedOf(lookOf(""))), failed).status).toBe("failed");
  expect(after(loaded([row("a")]), failed)).toMatchObject({ status: "ready", error: "x" });
  expect(after(loaded([row("a")]), { type: "look", wanted: wantedOf(lookOf("?q=x")) }, failed).status).toBe(
    "failed",
  );
});

test("a bulk edit shows at once; what the server refused comes back, unless something newer came", () => {
  const s = loaded([row("a"), row("b"), row("c")]);
  const begun = after(s, { type: "edit", ids: ["a", "b", "c"], edit: { state: "resolved" }, now });
  expect([...begun.leaving]).toEqual(["a", "b", "c"]);
  expect(begun.total).toBe(0);

  const gone = after(begun, { type: "gone", ids: ["a", "b", "c"] });
  const newer = live(gone, row("b", { version: 2, state: "resolved" }));
  const settled = after(newer, { type: "settled", ids: ["a", "b", "c"], failed: ["a", "b"], now });
  expect(ids(settled)).toEqual(["a"]);
  expect(settled.rows[0]?.state).toBe("new");
  expect(settled.total).toBe(1);
  expect(settled.before.size).toBe(0);
});

test("ten thousand rows take a live one without delay or copies of the others", () => {
  const many = Array.from({ length: 10_000 }, (_, i) => row(`r${i}`, { updated_at: 100_000 - i }));
  const s = loaded(many);
  const next = live(s, row("r9000", { version: 2, updated_at: 200_000 }));
  expect(next.rows[0]?.id).toBe("r9000");
  const same = new Set(many);
  expect(next.rows.slice(1).every((r) => same.has(r))).toBe(true);
  expect(next.rows.length).toBe(10_000);
});
