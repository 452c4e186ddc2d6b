import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Later, Refused } from "../net/http";
import { noSettings } from "./config";
import { flush, nobody, own, setup, verified } from "./identity.setup";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("a page that changes the person forgets the one before", async () => {
  const { follow, answers, took } = setup();
  await follow({ userId: "7" });
  took();
  answers(() => verified({ revision: "ben" }));
  await follow({ userId: "8" });
  expect(took()).toEqual(["clear", "forget", "forget", "known"]);
  await follow({});
  expect(took().filter((l) => !l.startsWith("logout"))).toEqual(["clear", "forget", "forget", "anonymous"]);
});

test("while the server is away it is asked again with the same fresh key", async () => {
  const { follow, answers, asked, took } = setup();
  answers(() => {
    throw new Later(0);
  });
  await follow({ userId: "7" });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(took()).toContain("trouble");
  answers(() => verified());
  await vi.advanceTimersByTimeAsync(20_000);
  expect(took().at(-1)).toBe("known");
  expect(new Set(asked.map((a) => a.body.session)).size).toBe(1);
});

test("an answer about somebody who has gone meanwhile is worth nothing", async () => {
  const { follow, identity, sessions, took } = setup();
  identity.follow({ ...noSettings, userId: "7" });
  await follow({});
  expect(took().at(-1)).toBe("anonymous");
  expect(sessions.of("own")).toBeUndefined();
});

test("a bearer that the server does not know is dropped, not insisted on", async () => {
  const { follow, answers, asked, took } = setup(own("dead"));
  let first = true;
  answers(() => {
    if (!first) return verified();
    first = false;
    throw new Refused(401, "unauthenticated", "", "");
  });
  await follow({ userId: "7" });
  await vi.advanceTimersByTimeAsync(5000);
  expect(asked.map((a) => a.bearer)).toEqual(["dead", ""]);
  expect(took().at(-1)).toBe("known");
});

test("under full privacy neither name nor address is sent", async () => {
  const { follow, asked } = setup();
  await follow({ userId: "7", userEmail: "a@x.example", userName: "Ann", fullPrivacy: true });
  expect(asked[0]?.body.identity).toEqual({ user_id: "7", full_privacy: true });
});

test("with identity tokens the page is asked, and has five seconds", async () => {
  const { follow, identity, took, asked } = setup();
  await follow({ userId: "7", identities: true, userAuthToken: "unused" });
  expect(took()).toEqual(["clear", 'onLoginRequest {"userId":"7"}']);
  await vi.advanceTimersByTimeAsync(4999);
  expect(identity.stage.value).toBe("asking");
  await vi.advanceTimersByTimeAsync(1);
  expect(took()).toEqual(["expired"]);
  identity.login("jwt", true);
  await flush();
  expect(asked[0]?.body.identity).toEqual({ user_id: "7", identity_token: "jwt", full_privacy: true });
  expect(took()).toEqual(["clear", "known"]);
});

test("a wrong identity token is told by its name", async () => {
  const { follow, identity, answers, took } = setup();
  await follow({ userId: "7", identities: true });
  took();
  answers(() => ({
    result: "refused",
    reason: "IDENTITIES_INVALID_PAYLOAD",
    details: { missingFields: ["iat"] },
    user: nobody,
  }));
  identity.login("jwt", false);
  await flush();
  expect(took()).toEqual([
    "clear",
    'onWebChatRuntimeError {"error":"LOGIN_FAILED","reason":"IDENTITIES_INVALID_PAYLOAD","details":{"missingFields":["iat"]}}',
    "expired",
  ]);
});

test("identity tokens are not taken from a page that has not said that it uses them", async () => {
  const { follow, identity } = setup();
  await follow({ userId: "7" });
  expect(identity.login("jwt", false)).toBe(false);
});

test("logout makes the person anonymous until the page names somebody else", async () => {
  const { follow, identity, sessions, took } = setup();
  await follow({ userId: "7" });
  identity.logout();
  await flush();
  expect(identity.stage.value).toBe("anonymous");
  expect(sessions.of("own")).toBeUndefined();
  await follow({ userId: "7", userName: "Ann" });
  expect(identity.stage.value).toBe("anonymous");
  await follow({ userId: "8" });
  expect(took().at(-1)).toBe("known");
});

test("a login that the server has taken back is renewed, and not in a hurry", async () => {
  const { follow, identity, asked } = setup();
  await follow({ userId: "7" });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(identity.again()).toBe(true);
  await flush();
  expect(asked.length).toBe(2);
  expect(identity.again()).toBe(true);
  await flush();
  expect(asked.length).toBe(2);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(asked.length).toBe(3);
});

test("an anonymous key that has ended is not renewed", async () => {
  const { follow, identity } = setup(own("a"));
  await follow({});
  expect(identity.again()).toBe(false);
});

test("another tab's logout or other person ends this page's, the same person's new key does not", async () => {
  const { follow, identity, sessions, kept } = setup();
  await follow({ userId: "7" });
  const turn = (held: object | null) => {
    kept.set("sessions", held);
    sessions.load();
    return identity.moved();
  };
  expect(turn(own("n", { login: true, who: "ann" }))).toBe(true);
  expect(turn(own("b", { login: true, who: "ben" }))).toBe(false);
  expect(identity.stage.value).toBe("expired");
  expect(turn(own("n", { login: true, who: "ann" }))).toBe(true);
  expect(turn(null)).toBe(false);
  expect(identity.stage.value).toBe("expired");
});
