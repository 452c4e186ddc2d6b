import { expect, test } from "vitest";
import type { Inbox, Row } from "../../shared/agent";
import { type InboxState, reduce, start } from "./reducer";
import { type Filter, filterOf, searchOf } from "./rows";

const open: Filter = { view: "open", unread: false, q: "" };

function row(id: string, change: Partial<Row> = {}): Row {
  return {
    id,
    number: 1,
    version: 1,
    app_id: "app",
    title: `Title ${id}`,
    state: "new",
    user: {
      id: `u-${id}`,
      name: "",
      email: "",
      email_source: "",
      language: "en",
      timezone: "",
      presence: "active",
      presence_since: 0,
      logged_in: false,
      verified: false,
    },
    preview: "Hello",
    preview_origin: "end-user",
    unread: 0,
    created_at: 0,
    updated_at: 100,
    ...change,
  };
}

const inbox = (issues: Row[], next?: string): Inbox => ({
  issues,
  next,
  counts: { open: issues.length, mine: 0, unread: 0 },
});

function loaded(issues: Row[], filter = open, next?: string, selected?: string): InboxState {
  const page = inbox(issues, next);
  return reduce(start("me", filter, selected), { type: "page", inbox: page, mode: "replace", raced: false });
}

const ids = (s: InboxState) => s.rows.map((r) => r.id);

test("a changed issue moves to the top", () => {
  const s = loaded([row("a", { updated_at: 300 }), row("b", { updated_at: 200 })]);
  const next = reduce(s, { type: "row", row: row("b", { version: 2, updated_at: 400, preview: "New" }) });
  expect(ids(next)).toEqual(["b", "a"]);
  expect(next.rows[0]?.preview).toBe("New");
  expect(next.stale).toBe(false);
});

test("an older version changes nothing", () => {
  const s = loaded([row("a", { version: 5 })]);
  expect(reduce(s, { type: "row", row: row("a", { version: 4, updated_at: 900 }) })).toBe(s);
});

test("presence may change within a version", () => {
  const s = loaded([row("a")]);
  const away = row("a");
  const next = reduce(s, {
    type: "row",
    row: { ...away, user: { ...away.user, presence: "tab_hidden", presence_since: 50 } },
  });
  expect(next.rows[0]?.user.presence).toBe("tab_hidden");
});

test("a row leaves the view when it no longer matches, and the counts follow", () => {
  const s = loaded([row("a"), row("b", { assignee_id: "me" })]);
  const next = reduce(s, { type: "row", row: row("a", { version: 2, state: "resolved" }) });
  expect(ids(next)).toEqual(["b"]);
  expect(next.counts).toEqual({ open: 1, mine: 0, unread: 0 });
});

test("the issue on screen stays until another one is opened", () => {
  const s = loaded(
    [row("a", { unread: 2 }), row("b", { unread: 1 })],
    { ...open, unread: true },
    undefined,
    "a",
  );
  const read = reduce(s, { type: "row", row: row("a", { version: 2, unread: 0 }) });
  expect(ids(read)).toContain("a");
  expect(ids(reduce(read, { type: "select", id: "b" }))).toEqual(["b"]);
});

test("an unknown issue appears at the top and makes the counts stale", () => {
  const s = loaded([row("a")]);
  const next = reduce(s, { type: "row", row: row("z", { updated_at: 500 }) });
  expect(ids(next)).toEqual(["z", "a"]);
  expect(next.stale).toBe(true);
});

test("an issue older than the loaded part waits for its page", () => {
  const s = loaded([row("a", { updated_at: 300 })], open, "cursor");
  expect(ids(reduce(s, { type: "row", row: row("z", { updated_at: 100 }) }))).toEqual(["a"]);
});

test("assigning to me moves the count of mine", () => {
  const s = loaded([row("a")]);
  const next = reduce(s, { type: "row", row: row("a", { version: 2, assignee_id: "me" }) });
  expect(next.counts?.mine).toBe(1);
});

test("a following page is appended once, in its newest version", () => {
  const s = loaded([row("a", { updated_at: 300, version: 3 })], open, "cursor");
  const more = inbox([row("a", { updated_at: 100 }), row("b", { updated_at: 50 })]);
  const next = reduce(s, { type: "page", inbox: more, mode: "append", raced: false });
  expect(ids(next)).toEqual(["a", "b"]);
  expect(next.rows[0]?.version).toBe(3);
});

test("an answer that is older than a frame does not turn a row back", () => {
  let s = start("me", open);
  s = reduce(s, { type: "row", row: row("a", { version: 9, preview: "newest" }) });
  s = reduce(s, { type: "page", inbox: inbox([row("a", { version: 8 })]), mode: "replace", raced: true });
  expect(s.rows[0]?.preview).toBe("newest");
  expect(s.stale).toBe(true);
});

test("hits of a text search stay although the row does not show the text", () => {
  const s = loaded([row("a")], { ...open, q: "deep in the conversation" });
  expect(ids(s)).toEqual(["a"]);
  expect(ids(reduce(s, { type: "row", row: row("z", { updated_at: 900 }) }))).toEqual(["a"]);
});

test("a failure keeps what was loaded", () => {
  expect(reduce(start("me", open), { type: "failed", error: "x" }).status).toBe("failed");
  expect(reduce(loaded([row("a")]), { type: "failed", error: "x" })).toMatchObject({
    status: "ready",
    error: "x",
  });
});

test("a filter survives the address", () => {
  const filter: Filter = { view: "mine", unread: true, q: "late & lost" };
  expect(filterOf(searchOf(filter))).toEqual(filter);
  expect(searchOf(open)).toBe("");
});
