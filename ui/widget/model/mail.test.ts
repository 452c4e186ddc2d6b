import { signal } from "@preact/signals";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Closed, Platform } from "../../shared/chat";
import { api } from "../net/api";
import { Later, Refused } from "../net/http";
import type { Chat } from "./chat";
import { noSettings } from "./config";
import { noFields } from "./fields";
import { Hours } from "./hours";
import { outbox } from "./mail";
import { Sessions } from "./sessions";
import { Threads } from "./threads";

const closed: Closed = { title: "Closed", text: "Later." };
const told = { name: "Ada", email: "ada@example.org" };
const forbidden = new Refused(403, "forbidden", "The chat is closed at the moment.", "");

/** setup is a panel that was loaded while the chat was open; what it is refused with, and what the settings are then, the test says. */
function setup(why: Refused, platform: () => Promise<Platform>) {
  const kept = new Map<string, unknown>();
  const memory = {
    get: <T>(key: string) => (kept.get(key) ?? null) as T | null,
    keys: (prefix: string) => [...kept.keys()].filter((k) => k.startsWith(prefix)),
    async set(key: string, value: unknown) {
      if (value === null) kept.delete(key);
      else kept.set(key, value);
    },
  };
  const chat = {
    page: { platform_id: "p", language: "de" },
    visible: signal(true),
    network: signal(true),
    memory,
    sessions: new Sessions(memory),
    threads: new Threads(),
    settings: signal(noSettings),
    fieldSetting: noFields,
    host: { page: () => ({ url: "", title: "", referrer: "" }) },
    identity: { claim: () => null },
    ended() {},
  } as unknown as Chat;
  const hours = new Hours(chat);
  const box = outbox(Object.assign(chat, { hours }));
  const start = vi.spyOn(api, "start").mockRejectedValue(why);
  vi.spyOn(api, "send").mockRejectedValue(why);
  const asked = vi.spyOn(api, "platform").mockImplementation(platform);
  const send = async (issue: string | null) => {
    await box.add({ client_id: "c", at: 1, body: "Hello", as: "own", issue, told });
    await vi.advanceTimersByTimeAsync(0);
  };
  return { hours, box, start, asked, send };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("screen", { width: 1, height: 1 });
  vi.stubGlobal("navigator", { language: "de" });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test("a chat that has closed behind an open panel is shown closed, and what was written can be sent when it is open", async () => {
  const now = { open: false, back_at: Date.now() + 3_600_000 };
  const { hours, box, start, asked, send } = setup(
    forbidden,
    async () => ({ hours: now, closed }) as Platform,
  );
  const shown: unknown[] = [];
  box.entries.subscribe(([e]) => e?.failed && shown.push(hours.closed.peek()));
  await send(null);
  expect(asked).toHaveBeenCalledExactlyOnceWith("p", "de");
  expect([hours.closed.value, hours.now.value]).toEqual([closed, now]);
  expect(shown).toEqual([closed]); // the refusal is never seen beside a field to write in
  expect(box.entries.value).toMatchObject([{ body: "Hello", told, failed: forbidden.text }]);
  await box.retry("c");
  await vi.advanceTimersByTimeAsync(0);
  expect(start.mock.lastCall?.[1]).toMatchObject({ client_id: "c", body: "Hello", ...told });
});

test.each<[string, () => Promise<Platform>]>([
  ["a chat that is open", async () => ({}) as Platform],
  ["a server that is away", () => Promise.reject(new Later(0))],
])("with %s a refusal stands where the message is", async (_, platform) => {
  const { hours, box, asked, send } = setup(forbidden, platform);
  await send(null);
  expect([asked.mock.calls.length, hours.closed.value]).toEqual([1, undefined]);
  expect(box.entries.value).toMatchObject([{ code: "forbidden", failed: forbidden.text }]);
});

test.each<[string, Refused, string | null]>([
  ["in a conversation that has begun", forbidden, "is1"],
  ["for another reason", new Refused(400, "invalid", "Too long.", "body"), null],
])("what is refused %s says nothing about the hours", async (_, why, issue) => {
  const { box, asked, send } = setup(why, async () => ({ closed }) as Platform);
  await send(issue);
  expect(asked).not.toHaveBeenCalled();
  expect(box.entries.value).toMatchObject([{ code: why.code }]);
});
