import { expect, test } from "vitest";
import type { Issue, Message, Update } from "../../shared/chat";
import type { Host } from "../host/host";
import { KEPT, waiting } from "./arrival";
import { noSettings } from "./config";
import { changesOf, tellRead, tellSent } from "./events";
import { Mistakes } from "./mistakes";
import { faultIn } from "./profile";
import { messageFor } from "./starter";
import { newestOf } from "./threads";

const issue = (over: Partial<Issue>): Issue => ({
  id: "i",
  number: 7,
  version: 1,
  state: "new",
  last_seq: 3,
  read_seq: 1,
  agent_read_seq: 0,
  unread: 0,
  created_at: 0,
  ...over,
});

/** recorder is a host that remembers its events. */
function recorder() {
  const told: unknown[][] = [];
  return { host: { event: (...args: unknown[]) => void told.push(args) } as unknown as Host, told };
}

test.each<[Partial<Issue>, Partial<Issue>, string[]]>([
  [{}, {}, []],
  [{}, { state: "resolved", closing: "question" }, ["conversationResolved"]],
  [{}, { state: "rejected", closing: "ended" }, ["conversationRejected", "conversationEnd"]],
  [{}, { state: "resolved", closing: "ended" }, ["conversationResolved", "conversationEnd"]],
  [{ state: "resolved", closing: "question" }, { state: "resolved", closing: "declined" }, []],
  [{ state: "resolved", closing: "feedback" }, { state: "resolved", closing: "ended" }, ["conversationEnd"]],
  [{ state: "resolved", closing: "declined" }, { state: "waiting-for-agent" }, ["conversationReopened"]],
  [{ state: "resolved", closing: "ended" }, { state: "resolved", closing: "ended" }, []],
])("from %j to %j", (before, after, want) => {
  expect(changesOf(issue(before), issue(after))).toEqual(want);
});

test("what is sent is told part by part", () => {
  const { host, told } = recorder();
  const file = { id: "f", name: "a.png", type: "image/png", size: 3, url: "/files/f/a.pdf?sig=s" };
  const entry = { client_id: "c", at: 0, body: "Hi", as: "own" as const, issue: null, files: [file] };
  tellSent(host, entry, { messages: [], dropped: ["tag x: unknown"] } as unknown as Update);
  expect(told.map(([name]) => name)).toEqual([
    "conversationStart",
    "messageAdd",
    "messageAdd",
    "onWebChatRuntimeError",
  ]);
  expect(told[2]?.[1]).toEqual({ type: "attachment", body: "a.png" });
  expect(told[3]?.[1]).toMatchObject({ error: "CUSTOM_ISSUE_FIELDS_DROPPED", details: ["tag x: unknown"] });
  told.length = 0;
  tellSent(host, { ...entry, issue: "i", body: "" }, { messages: [] } as unknown as Update);
  expect(told).toEqual([["messageAdd", { type: "attachment", body: "a.png" }]]);
  told.length = 0;
  const answer = { ...entry, issue: "i", body: "green-1", files: undefined, answers: 4 };
  tellSent(host, answer, { messages: [{ client_id: "c", body: "The green one" }] } as Update);
  expect(told).toEqual([["messageAdd", { type: "text", body: "The green one" }]]);
});

test("read messages are told if an agent wrote them, and are new", () => {
  const { host, told } = recorder();
  const message = (seq: number, over: Partial<Message> = {}): Message => ({
    id: `m${seq}`,
    seq,
    origin: "agent",
    author_name: "Ben",
    body: `${seq}`,
    created_at: seq,
    ...over,
  });
  const file = { id: "f", name: "a.pdf", type: "application/pdf", size: 3, url: "/files/f/a.pdf?sig=s" };
  const messages = [
    message(1),
    message(2, { attachments: [file] }),
    message(3, { origin: "bot" }),
    message(3, { origin: "automation" }),
    message(4),
  ];
  tellRead(host, issue({ read_seq: 1 }), messages, 3, "https://chat.example.com/frame/p");
  expect(told).toEqual([
    [
      "agentMessageReceived",
      {
        body: "2",
        publishId: "7",
        createdTs: 2,
        attachments: [
          {
            url: "https://chat.example.com/files/f/a.pdf?sig=s",
            size: 3,
            contentType: "application/pdf",
            fileName: "a.pdf",
          },
        ],
      },
    ],
  ]);
});

test("a link waits a quarter of an hour for its person", () => {
  const arrival = { token: "t", at: 1000, told: "login_required" };
  expect(waiting(arrival, 1000)).toBe(arrival);
  expect(waiting(arrival, 999 + KEPT)).toBe(arrival);
  expect(waiting(arrival, 1000 + KEPT)).toBe(null);
  expect(waiting(arrival, 0)).toBe(null);
  expect(waiting(null, 0)).toBe(null);
  expect(waiting("older form" as never, 0)).toBe(null);
});

test("the initial message: once for a conversation, by command before configuration, other ones later", () => {
  const s = { ...noSettings, initialMessage: "first" };
  const fresh = { spent: false, later: false };
  expect(messageFor(fresh, s)).toBe("first");
  expect(messageFor({ ...fresh, said: "said" }, s)).toBe("said");
  expect(messageFor({ ...fresh, spent: true }, s)).toBe("");
  expect(messageFor({ ...fresh, later: true }, s)).toBe("first");
  expect(messageFor({ ...fresh, later: true, said: "said" }, { ...s, laterMessage: "" })).toBe("");
  expect(messageFor({ ...fresh, later: true }, { ...s, laterMessage: "again" })).toBe("again");
});

test("a conversation that is done and read gives way to a new one where the page wants that", () => {
  expect(newestOf([], false)).toBe(null);
  expect(newestOf([issue({ state: "resolved" })], false)).toBe("i");
  expect(newestOf([issue({ state: "resolved" })], true)).toBe(null);
  expect(newestOf([issue({ state: "resolved", unread: 1 })], true)).toBe("i");
  expect(newestOf([issue({})], true)).toBe("i");
});

test("a mistake is told once", () => {
  const { host, told } = recorder();
  const mistakes = new Mistakes(host);
  mistakes.tell([{ error: "A" }, { error: "B" }]);
  mistakes.tell([{ error: "A" }, { error: "A", reason: "other" }]);
  expect(told.length).toBe(3);
});

test("user data has limits", () => {
  const keys = (n: number) => Object.fromEntries(Array.from({ length: n }, (_, i) => [`k${i}`, "v"]));
  expect(faultIn(keys(100))).toBe("");
  expect(faultIn(keys(101))).toBe("MAX_KEY_VALUES_LIMIT_EXCEEDED");
  expect(faultIn({ k: "x".repeat(1001) })).toBe("MAX_KEY_VALUES_CHAR_LIMIT_EXCEEDED");
  expect(faultIn({ ["k".repeat(1001)]: "" })).toBe("MAX_KEY_VALUES_CHAR_LIMIT_EXCEEDED");
});
