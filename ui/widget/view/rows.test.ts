import { describe, expect, test } from "vitest";
import type { Message } from "../../shared/chat";
import type { Entry } from "../model/outbox";
import { partsOf } from "./links";
import { rowsOf } from "./rows";

const noon = new Date(2026, 4, 3, 12).getTime();
const message = (seq: number, origin: string, minutes = seq, client_id?: string): Message => ({
  id: `m${seq}`,
  seq,
  client_id,
  origin,
  author_name: origin === "agent" ? "Maya" : "",
  body: "x",
  created_at: noon + minutes * 60_000,
});
const entry = (client_id: string): Entry => ({
  client_id,
  at: noon + 60_000,
  body: "x",
  as: "own",
  issue: null,
});
const kinds = (rows: ReturnType<typeof rowsOf>) => rows.map((r) => r.kind);

describe("rowsOf", () => {
  test("begins every day with its date", () => {
    const rows = rowsOf([message(1, "agent"), message(2, "agent", 60 * 24)], [], null);
    expect(kinds(rows)).toEqual(["day", "message", "day", "message"]);
  });

  test("leaves out what was taken back, and puts no divider before it", () => {
    const list = [
      message(1, "agent"),
      { ...message(2, "agent"), body: "", deleted_at: noon },
      message(3, "end-user"),
    ];
    expect(kinds(rowsOf(list, [], 1))).toEqual(["day", "message", "message"]);
  });

  test("groups what one author writes within five minutes", () => {
    const rows = rowsOf(
      [message(1, "agent"), message(2, "agent"), message(3, "bot"), message(4, "bot", 20)],
      [],
      null,
    );
    expect(rows.slice(1).map((r) => "head" in r && [r.head, r.tail])).toEqual([
      [true, false],
      [false, true],
      [true, true],
      [true, true],
    ]);
  });

  test("shows an acknowledged message once, in the place of its entry", () => {
    const before = rowsOf([], [entry("a")], null);
    const after = rowsOf([message(1, "end-user", 1, "a")], [entry("a")], null);
    expect(kinds(after)).toEqual(["day", "message"]);
    expect(after[1]?.key).toBe(before[1]?.key);
  });

  test("puts the divider before the first unread message of the company", () => {
    const messages = [message(1, "agent"), message(2, "end-user"), message(3, "agent"), message(4, "agent")];
    expect(kinds(rowsOf(messages, [], 1))).toEqual([
      "day",
      "message",
      "message",
      "divider",
      "message",
      "message",
    ]);
    expect(kinds(rowsOf(messages, [], 4))).not.toContain("divider");
  });
});

test.each([
  ["plain text", ["plain text"]],
  [
    "see https://a.example/x?y=1.",
    ["see ", { href: "https://a.example/x?y=1", text: "https://a.example/x?y=1" }, "."],
  ],
  [
    "(https://a.example/b_(c))",
    ["(", { href: "https://a.example/b_(c)", text: "https://a.example/b_(c)" }, ")"],
  ],
  ["javascript:alert(1) data:text/html,x", ["javascript:alert(1) data:text/html,x"]],
  ["https:// http://", ["https:// http://"]],
  ["<b>https://a.example</b>", ["<b>", { href: "https://a.example/", text: "https://a.example" }, "</b>"]],
])("links in %j", (text, want) => {
  expect(partsOf(text)).toEqual(want);
});
