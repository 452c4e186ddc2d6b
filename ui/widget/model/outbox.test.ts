import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Later, Refused } from "../net/http";
import { type Entry, Outbox } from "./outbox";

/** server answers as told and remembers every try; kept is what the browser holds. */
function setup(kept = new Map<string, string>(), keeping: () => Promise<void> = async () => {}) {
  const tries: string[] = [];
  const got = new Map<string, string>();
  const sent: string[] = [];
  let answer: (e: Entry) => string = () => "is1";
  const outbox = new Outbox<string>({
    memory: {
      get: <T>(key: string) => JSON.parse(kept.get(key) ?? "null") as T | null,
      keys: (prefix) => [...kept.keys()].filter((k) => k.startsWith(prefix)),
      async set(key, value) {
        if (value === null) kept.delete(key);
        else kept.set(key, JSON.stringify(value));
        await keeping();
      },
    },
    async post(e) {
      tries.push(`${e.client_id} ${e.issue}`);
      const to = answer(e);
      got.set(e.client_id, e.body); // the server takes a repeat for what it is
      return to;
    },
    sent(e, issue) {
      sent.push(e.client_id);
      return issue;
    },
    refused: (e, why) => e.answers !== undefined && why.field === "email",
    random: () => 1,
  });
  const add = (client_id: string, over: Partial<Entry> = {}) =>
    outbox.add({ client_id, at: 5, body: client_id.toUpperCase(), as: "own", issue: "is1", ...over });
  return { outbox, kept, tries, got, sent, add, answers: (f: typeof answer) => (answer = f) };
}

const flush = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("a message is kept before it is shown, and gone once it is sent", async () => {
  const { outbox, kept, add, sent } = setup();
  const shown: boolean[] = [];
  outbox.entries.subscribe((entries) => shown.push(entries.every((e) => kept.has(`outbox:${e.client_id}`))));
  await add("a");
  await flush();
  expect(shown.every(Boolean)).toBe(true);
  expect(sent).toEqual(["a"]);
  expect([...kept]).toEqual([]);
});

test("the first message starts the conversation that the next ones follow", async () => {
  const { add, tries } = setup();
  await Promise.all([add("a", { issue: null }), add("b", { issue: null }), add("c", { issue: null })]);
  await flush();
  expect(tries).toEqual(["a null", "b is1", "c is1"]);
});

test("while the server is away the order holds, and each goes once it is back", async () => {
  const { outbox, add, answers, tries, got } = setup();
  answers(() => {
    throw new Later(0);
  });
  await add("a");
  await add("b");
  await flush();
  expect(outbox.phase.value).toBe("waiting");
  expect(tries.every((t) => t.startsWith("a"))).toBe(true);
  answers(() => "is1");
  await vi.advanceTimersByTimeAsync(60_000);
  expect([...got.keys()]).toEqual(["a", "b"]);
  expect(outbox.entries.value).toEqual([]);
});

test("an answer that got lost is asked for again with the same client_id", async () => {
  const { add, answers, got, tries } = setup();
  let lost = true;
  answers((e) => {
    got.set(e.client_id, e.body);
    if (!lost) return "is1";
    lost = false;
    throw new Later(0);
  });
  await add("a");
  await vi.advanceTimersByTimeAsync(5000);
  expect(tries).toEqual(["a is1", "a is1"]);
  expect(got.size).toBe(1);
});

test("waits as long as the server asks", async () => {
  const { add, answers, tries } = setup();
  answers(() => {
    throw new Later(20_000);
  });
  await add("a");
  await vi.advanceTimersByTimeAsync(19_999);
  expect(tries.length).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(tries.length).toBe(2);
});

test("a refused message stays with its reason, holds up no other, and can be tried again", async () => {
  const { outbox, add, answers, sent } = setup();
  answers((e) => {
    if (e.client_id === "a") throw new Refused(400, "invalid", "Too rude.", "body");
    return "is1";
  });
  await add("a");
  await add("b");
  await flush();
  expect(outbox.entries.value.map((e) => [e.client_id, e.failed])).toEqual([["a", "Too rude."]]);
  expect(sent).toEqual(["b"]);
  answers(() => "is1");
  await outbox.retry("a");
  await flush();
  expect(sent).toEqual(["b", "a"]);
});

test("a discarded message is gone for good and comes back to be edited", async () => {
  const { outbox, kept, add, answers } = setup();
  answers(() => {
    throw new Refused(400, "invalid", "No.", "body");
  });
  await add("a");
  await flush();
  expect((await outbox.discard("a"))?.body).toBe("A");
  expect([...kept]).toEqual([]);
});

test("a refused answer to the bot leaves the thread", async () => {
  const { outbox, add, answers } = setup();
  answers(() => {
    throw new Refused(400, "invalid", "No address.", "email");
  });
  await add("a", { answers: 2 });
  await flush();
  expect(outbox.entries.value).toEqual([]);
});

test("a refused answer that has no field any more stays as a plain message", async () => {
  const { outbox, add, answers } = setup();
  answers(() => {
    throw new Refused(409, "conflict", "", "");
  });
  await add("a", { answers: 2 });
  await flush();
  expect(outbox.entries.value).toMatchObject([{ client_id: "a", failed: "?" }]);
  expect(outbox.entries.value[0]?.answers).toBeUndefined();
});

test("what was refused is tried again as the words that people have seen, by themselves", async () => {
  const { outbox, add, answers } = setup();
  answers(() => {
    throw new Refused(409, "conflict", "", "");
  });
  await add("a", { answers: 2, body: "green-1", shown: "The green one" });
  await add("b", { issue: null, told: { email: "ada@example" } });
  await flush();
  const [a, b] = outbox.entries.value;
  expect(a).toEqual({
    client_id: "a",
    at: 5,
    as: "own",
    issue: "is1",
    body: "The green one",
    failed: "?",
    code: "conflict",
    field: "",
  });
  expect(b?.told).toBeUndefined();
});

test("an answer that makes no sense is asked for again", async () => {
  const { add, answers, sent } = setup();
  answers(() => {
    answers(() => "is1");
    throw new TypeError("no issue in it");
  });
  await add("a");
  await vi.advanceTimersByTimeAsync(5000);
  expect(sent).toEqual(["a"]);
});

test("two messages keep their order while the host is slow", async () => {
  const { outbox, add, tries } = setup(new Map(), () => new Promise((done) => setTimeout(done, 1000)));
  void add("a", { issue: null });
  void add("b", { issue: null });
  expect(outbox.entries.value.map((e) => e.client_id)).toEqual(["a", "b"]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(tries).toEqual(["a null", "b is1"]);
});

test("survives a reload, in order", async () => {
  const first = setup();
  first.answers(() => {
    throw new Later(0);
  });
  for (const id of ["z", "m", "a"]) await first.add(id);
  const second = setup(first.kept);
  second.outbox.load();
  second.outbox.flush();
  await flush();
  expect(second.sent).toEqual(["z", "m", "a"]);
});

test("what another tab has sent is not shown any more", async () => {
  const { outbox, add, answers } = setup();
  answers(() => {
    throw new Later(0);
  });
  await add("a");
  outbox.settle(["a", "unknown"]);
  expect(outbox.entries.value).toEqual([]);
});
