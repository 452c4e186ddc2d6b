// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Message, Thread } from "../../shared/agent";
import { ApiError } from "../session/api";
import { loadDraft, saveDraft } from "./kept";
import { Outbox, type OutboxOptions, type Unsent } from "./outbox";

const offline = new ApiError("offline", "The server cannot be reached.");
const thread = {} as Thread;
const open: Outbox[] = [];

/** setup is one tab of one agent; answer decides about each try. */
function setup(agent = "mia", answer: () => ApiError | null = () => null) {
  const server = { answer, tries: [] as string[], refused: [] as string[], cursors: [] as unknown[] };
  const post: OutboxOptions["post"] = async (m, cursor) => {
    server.tries.push(`${m.issue}:${m.clientId}:${m.state}`);
    server.cursors.push(cursor);
    const err = server.answer();
    if (err) throw err;
    return thread;
  };
  const outbox = new Outbox({ agent, post, refused: (m) => server.refused.push(m.clientId) });
  open.push(outbox);
  return { outbox, server };
}

const text = (clientId: string, over: Partial<Unsent> = {}): Unsent => ({
  clientId,
  issue: "i1",
  body: `body of ${clientId}`,
  at: Number(clientId.slice(1)),
  state: "sending",
  error: "",
  ...over,
});

const flush = () => vi.advanceTimersByTimeAsync(0);
const keys = () => Object.keys(localStorage).sort();
const states = (o: Outbox, issue = "i1") => o.of(issue).map((m) => `${m.clientId}:${m.state}`);

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
});

afterEach(() => {
  for (const o of open.splice(0)) o.stop();
  vi.useRealTimers();
});

test("each message has a key of its own, which names the agent, until it arrived", async () => {
  const { outbox, server } = setup("mia", () => offline);
  outbox.start();
  outbox.add(text("c1"));
  outbox.add(text("c2", { issue: "i2" }));
  await flush();
  expect(keys()).toEqual(["rejoin.unsent.mia.c1", "rejoin.unsent.mia.c2"]);
  server.answer = () => null;
  await vi.advanceTimersByTimeAsync(4000);
  expect(keys()).toEqual([]);
  expect(outbox.of("i1")).toEqual([]);
});

test("what was stored is sent at start in all conversations, the oldest first, whichever is open", async () => {
  const before = setup("mia", () => offline);
  before.outbox.start();
  for (const m of [text("c3"), text("c1", { issue: "i2" }), text("c2")]) before.outbox.add(m);
  await flush();
  before.outbox.stop();
  const { outbox, server } = setup("mia");
  outbox.start();
  await flush();
  expect(server.tries).toEqual(["i2:c1:waiting", "i1:c2:waiting", "i1:c3:waiting"]);
  expect(keys()).toEqual([]);
});

test("another agent neither sends nor sees it, and it waits for its author", async () => {
  const mia = setup("mia", () => offline);
  mia.outbox.start();
  mia.outbox.add(text("c1"));
  await flush();
  mia.outbox.stop();
  saveDraft("mia", "i1", "half a sent");

  const noah = setup("noah");
  noah.outbox.start();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(noah.server.tries).toEqual([]);
  expect(noah.outbox.of("i1")).toEqual([]);
  expect(loadDraft("noah", "i1")).toBe("");
  noah.outbox.stop();

  const again = setup("mia");
  again.outbox.start();
  await flush();
  expect(again.server.tries).toEqual(["i1:c1:waiting"]);
  expect(loadDraft("mia", "i1")).toBe("half a sent");
});

test("being back online sends at once, and while it is not it is tried again by itself", async () => {
  const { outbox, server } = setup("mia", () => offline);
  outbox.start();
  outbox.add(text("c1"));
  outbox.add(text("c2"));
  await flush();
  expect(server.tries).toEqual(["i1:c1:sending"]); // what is behind would fail as well
  await vi.advanceTimersByTimeAsync(4000);
  expect(server.tries.length).toBe(2);
  server.answer = () => null;
  dispatchEvent(new Event("online"));
  await flush();
  expect(server.tries.slice(2)).toEqual(["i1:c1:waiting", "i1:c2:sending"]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(server.tries.length).toBe(4);
});

test("a session that ended keeps what was written, and nothing is tried after stop", async () => {
  const { outbox, server } = setup("mia", () => new ApiError("unauthenticated", "Sign in."));
  outbox.start();
  outbox.add(text("c1"));
  await flush();
  expect(states(outbox)).toEqual(["c1:waiting"]);
  outbox.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  dispatchEvent(new Event("online"));
  await flush();
  expect(server.tries.length).toBe(1);
  expect(keys()).toEqual(["rejoin.unsent.mia.c1"]);
});

test("a refused message is told, holds nothing up, and is sent again only when asked", async () => {
  const { outbox, server } = setup("mia", () => new ApiError("invalid", "It is closed."));
  outbox.start();
  outbox.add(text("c1"));
  await flush();
  server.answer = () => null;
  outbox.add(text("c2"));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(server.refused).toEqual(["c1"]);
  expect(outbox.of("i1")).toEqual([text("c1", { state: "failed", error: "It is closed." })]);
  expect(states(setup("mia").outbox)).toEqual(["c1:failed"]);
  outbox.add(outbox.of("i1")[0] as Unsent);
  await flush();
  expect(server.tries).toEqual(["i1:c1:sending", "i1:c2:sending", "i1:c1:sending"]);
  expect(keys()).toEqual([]);
});

test("the open conversation gives its cursor, takes the answer and follows the list", async () => {
  const { outbox, server } = setup();
  const seen: string[][] = [];
  const answers: Thread[] = [];
  const end = outbox.follow("i1", {
    cursor: () => ({ after: 7, after_event: 3, version: 5 }),
    changed: (list) => seen.push(list.map((m) => m.clientId)),
    sent: (t) => answers.push(t),
    overtaken: () => undefined,
  });
  outbox.start();
  outbox.add(text("c1"));
  await flush();
  end();
  outbox.add(text("c2"));
  await flush();
  expect(server.cursors).toEqual([{ after: 7, after_event: 3, version: 5 }, {}]);
  expect(answers).toEqual([thread]);
  expect(seen).toEqual([[], ["c1"], []]);
});

test("a message that a colleague’s answer overtook waits, and the answer is loaded", async () => {
  const { outbox } = setup("mia", () => new ApiError("conflict", "Noah has answered meanwhile."));
  let loads = 0;
  outbox.follow("i1", {
    cursor: () => ({ after: 7, after_event: 3, version: 5 }),
    changed: () => undefined,
    sent: () => undefined,
    overtaken: () => loads++,
  });
  outbox.start();
  outbox.add(text("c1", { seen: 7 }));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(loads).toBe(1);
  expect(states(outbox)).toEqual(["c1:overtaken"]);
  expect(states(setup("mia").outbox)).toEqual(["c1:overtaken"]);
});

test("what is seen in the conversation is unsent no longer, whatever became of the answer", async () => {
  const { outbox, server } = setup("mia", () => new ApiError("internal", "Something went wrong."));
  outbox.start();
  outbox.add(text("c1"));
  await flush();
  outbox.settle([{ client_id: "c1" } as Message]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(server.tries.length).toBe(1);
  expect(keys()).toEqual([]);
});

test("what another tab wrote, sent or discarded is known here", () => {
  const { outbox } = setup();
  outbox.start();
  const tell = (key: string, newValue: string | null) =>
    dispatchEvent(Object.assign(new Event("storage"), { key, newValue }));
  tell("rejoin.unsent.mia.c1", JSON.stringify(text("c1")));
  tell("rejoin.unsent.noah.c2", JSON.stringify(text("c2")));
  tell("rejoin.unsent.mia.c3", "{broken");
  expect(states(outbox)).toEqual(["c1:waiting"]);
  tell("rejoin.unsent.mia.c1", null);
  expect(states(outbox)).toEqual([]);
});
