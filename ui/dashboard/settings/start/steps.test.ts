import { expect, test } from "vitest";
import type { App } from "../../../shared/agent";
import { stepsOf } from "./steps";

const fresh = {
  id: "app_1",
  allowed_origins: [] as string[],
  written: false,
  web_chat: { follow_up: { enabled: false } },
} as App;

const done = (app: App, mayMail = true) => stepsOf(app, mayMail).map((s) => s.done);

test("a new app has everything before it", () => {
  expect(done(fresh)).toEqual([false, false, false, false]);
});

test("each step follows from a fact", () => {
  expect(done({ ...fresh, allowed_origins: ["https://a.example"] })[0]).toBe(true);
  expect(done({ ...fresh, seen_at: 1, seen_url: "https://a.example/" })[1]).toBe(true);
  expect(stepsOf({ ...fresh, seen_at: 1, seen_url: "https://a.example/" }, true)[1]?.text).toContain(
    "https://a.example/",
  );
  expect(done({ ...fresh, written: true })[2]).toBe(true);
});

test("what the operator has not switched on is no step", () => {
  expect(done(fresh, false)).toHaveLength(3);
});
