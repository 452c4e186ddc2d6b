import { afterEach, expect, test, vi } from "vitest";
import type { Host } from "../host/host";
import { Memory } from "./memory";
import { Sessions } from "./sessions";

/** setup has a host that keeps things when the test says so. */
function setup() {
  const keeping: (() => void)[] = [];
  const host = {
    keep: () => new Promise<boolean>((done) => keeping.push(() => done(true))),
  } as unknown as Host;
  return { memory: new Memory(host), keeping };
}

afterEach(() => vi.unstubAllGlobals());

test("does without other tabs where the browser denies the channel", () => {
  vi.stubGlobal(
    "BroadcastChannel",
    class {
      constructor() {
        throw new DOMException("denied", "SecurityError");
      }
    },
  );
  const { memory } = setup();
  memory.begin({ a: "1" }, "x");
  expect(memory.get("a")).toBe(1);
});

test("takes what the host has now, but for what is still on its way there", async () => {
  const { memory, keeping } = setup();
  memory.renew({ a: "1", b: "2" });
  const kept = memory.set("c", 3);
  memory.renew({ a: "10" });
  expect([memory.get("a"), memory.get("b"), memory.get("c")]).toEqual([10, null, 3]);
  keeping.shift()?.();
  await kept;
  memory.renew({});
  expect(memory.get("c")).toBe(null);
});

test("dropping the key that is not in use leaves the other one in use", async () => {
  const { memory, keeping } = setup();
  const key = (token: string) => ({ token, live: true });
  memory.renew({ sessions: JSON.stringify({ own: key("o"), link: key("l"), use: "link" }) });
  const sessions = new Sessions(memory);
  expect(sessions.load()).toBe(true);
  expect(sessions.load()).toBe(false);
  const dropped = sessions.drop("own");
  keeping.shift()?.();
  await dropped;
  expect(sessions.key.value?.token).toBe("l");
});
