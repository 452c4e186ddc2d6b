import { expect, test } from "vitest";
import type { Delivery } from "../../../shared/agent";
import { isFree, noWebhook, placed, problemsOf, urlProblem } from "./draft";
import { periodOf } from "./period";
import { renewed } from "./use-log";
import { healthOf, tookWords, triedWords, whatWords } from "./words";

const now = new Date(2026, 10, 18, 14, 2).getTime();
const hour = 3_600_000;

test("how a webhook is doing", () => {
  const title = (w: Partial<Parameters<typeof healthOf>[0]>) => healthOf({ waiting: 0, ...w }, now).title;
  expect(title({})).toBe("Nothing sent yet");
  expect(title({ last_at: now })).toBe("Delivering");
  expect(title({ last_at: now, failing: now - hour })).toMatch(/^Failing since /);
  expect(title({ paused: { by: "Maya", since: now } })).toBe("Paused");
  expect(title({ failing: now, paused: { by: "", reason: "gone", since: now } })).toBe(
    "Switched off by itself",
  );
});

test("a delivery in words", () => {
  expect(whatWords({ event: "create_issue" })).toBe("New conversation");
  expect(whatWords({ event: "update_issue", what: ["messages", "state_data", "follow_up"] })).toBe(
    "Message, state and follow-up e-mail",
  );
  expect(triedWords({ state: "waiting", attempts: 0 }, now)).toBe("Not tried yet");
  expect(triedWords({ state: "waiting", attempts: 2, next_at: now + hour }, now)).toMatch(
    /^Tried 2 times, next /,
  );
  expect(triedWords({ state: "failed", attempts: 1, next_at: now + hour }, now)).toBe("Tried once");
  expect([tookWords(38), tookWords(1234)]).toEqual(["38 ms", "1.2 s"]);
});

test("a period to send again", () => {
  expect(periodOf({ hours: 24, from: "", to: "", failed: true }, now).replay).toEqual({
    from: now - 24 * hour,
    to: now,
    failed: true,
  });
  const day = periodOf({ hours: 0, from: "2026-11-17T00:00", to: "2026-11-17T23:59", failed: false }, now);
  expect(day.replay?.to).toBe(new Date(2026, 10, 18).getTime());
  expect(periodOf({ hours: 0, from: "", to: "", failed: false }, now).problem).not.toBe("");
  expect(
    periodOf({ hours: 0, from: "2026-11-18T00:00", to: "2026-11-17T00:00", failed: false }, now).replay,
  ).toBe(undefined);
});

test("a new beginning of the log replaces the old one and keeps what lies below", () => {
  const rows = (...ids: string[]) => ids.map((id) => ({ id }) as Delivery);
  const ids = (log: { rows: readonly Delivery[] }) => log.rows.map((d) => d.id).join("");
  const held = { rows: rows("d", "c", "b", "a"), next: "older" };
  expect(ids(renewed(held, { deliveries: rows("e", "d", "c"), next: "c" }))).toBe("edcba");
  expect(renewed(held, { deliveries: rows("e", "d", "c"), next: "c" }).next).toBe("older");
  expect(ids(renewed(held, { deliveries: rows("z", "y"), next: "y" }))).toBe("zy");
  expect(ids(renewed(held, { deliveries: [] }))).toBe("");
});

test("what a webhook lacks is said at its place", () => {
  const options = {
    apps: [],
    agents: [],
    queues: [],
    bots: [],
    tags: [],
    fields: [],
    languages: [],
    meta: [],
  };
  expect(Object.keys(problemsOf(noWebhook, options))).toEqual(["all", "any", "title", "url"]);
  const whole = { ...noWebhook, title: "Shop", url: "https://shop.example.com/hooks" };
  expect(isFree(problemsOf(whole, options))).toBe(true);
  const blank = { subject: "tags", op: "one_of", values: [] };
  expect(problemsOf({ ...whole, any: [blank] }, options).any[0]).not.toBe("");
  expect(placed({ field: "all.1.values", text: "No" }).all[1]).toBe("No");
  expect(placed({ field: "url", text: "No" }).url).toBe("No");
  expect(placed({ field: "", text: "No" }).other).toBe("No");
  expect([urlProblem("shop.example.com"), urlProblem("ftp://a.b")].every(Boolean)).toBe(true);
});
