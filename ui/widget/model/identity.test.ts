import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Identified, Identify } from "../../shared/chat";
import { Later, Refused } from "../net/http";
import { noSettings, type Settings } from "./config";
import { Identity, type Server, type Stage } from "./identity";
import { Sessions } from "./sessions";

const nobody = { name: "", email: "" };
const verified = (over: Partial<Identified> = {}): Identified => ({
  result: "verified",
  known: true,
  user: nobody,
  revision: "ann",
  ...over,
});

/** setup has an identity whose server answers as the test says, and a browser that keeps what it is given. */
function setup(stored?: object) {
  const kept = new Map<string, unknown>(stored ? [["sessions", stored]] : []);
  const asked: { bearer: string; body: Identify }[] = [];
  const log: string[] = [];
  let answer: (body: Identify) => Identified = () => verified();
  let out = () => {};
  const server: Server = {
    async identify(bearer, body) {
      asked.push({ bearer, body });
      return answer(body);
    },
    async logout(token) {
      out();
      log.push(`logout ${token}`);
    },
  };
  const sessions = new Sessions({
    get: <T>(key: string) => (kept.get(key) ?? null) as T | null,
    async set(key, value) {
      kept.set(key, value);
    },
  });
  sessions.load();
  const identity = new Identity({
    platform: "p",
    server,
    sessions,
    sleep: (ms) => new Promise((done) => setTimeout(done, ms)),
    clear: async () => log.push("clear"),
    forget: () => log.push("forget"),
    trouble: () => log.push("trouble"),
    settled: (stage: Stage) => log.push(stage),
    event: (name, data) => log.push(`${name} ${JSON.stringify(data)}`),
  });
  const follow = async (over: Partial<Settings>) => {
    identity.follow({ ...noSettings, ...over });
    await flush();
  };
  const took = () => log.splice(0);
  const answers = (f: typeof answer) => (answer = f);
  const logsOut = (f: typeof out) => (out = f);
  return { identity, sessions, kept, asked, took, follow, answers, logsOut };
}

const flush = () => vi.advanceTimersByTimeAsync(0);
const own = (token: string, over: object = {}) => ({ use: "own", own: { token, live: true, ...over } });

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("nobody named, nothing kept: anonymous at once, without a word to the server", async () => {
  const { follow, asked, took, kept } = setup();
  await follow({});
  expect(took()).toEqual(["clear", "anonymous"]);
  expect(asked).toEqual([]);
  expect(kept.size).toBe(0);
});

test("an anonymous key stays with its anonymous person", async () => {
  const { follow, sessions, took } = setup(own("a"));
  await follow({});
  expect(took()).toEqual(["clear", "anonymous"]);
  expect(sessions.of("own")?.token).toBe("a");
});

test("a kept login is left behind once the page names nobody", async () => {
  const { follow, sessions, took, kept } = setup(own("l", { login: true, who: "ann" }));
  await follow({});
  expect(took()).toEqual(["clear", "forget", "logout l", "anonymous"]);
  expect(sessions.of("own")).toBeUndefined();
  expect(kept.get("sessions")).toBe(null);
});

test("a logout that does not arrive is repeated, and nobody waits for it", async () => {
  const { follow, took, kept, logsOut } = setup(own("l", { login: true }));
  let tries = 0;
  logsOut(() => {
    if (++tries < 3) throw new Later(0);
  });
  await follow({});
  expect(kept.get("sessions")).toBe(null);
  expect(took().at(-1)).toBe("anonymous");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(tries).toBe(3);
});

test("somebody known gets the fresh key, and what they wrote anonymously goes with them", async () => {
  const { follow, sessions, asked, took } = setup(own("a"));
  await follow({ userId: "7", userAuthToken: "t", clearAnonymous: true });
  expect(took()).toEqual(["clear", "known"]);
  expect(asked[0]).toMatchObject({
    bearer: "a",
    body: { platform_id: "p", identity: { user_id: "7", auth_token: "t" }, clear_anonymous: true },
  });
  expect(sessions.of("own")).toMatchObject({ token: asked[0]?.body.session, login: true, who: "ann" });
});

test("a login that is still good is kept", async () => {
  const { follow, sessions, answers, took } = setup(own("l", { login: true, who: "ann" }));
  answers(() => verified({ kept: true }));
  await follow({ userId: "7" });
  expect(took()).toEqual(["clear", "known"]);
  expect(sessions.of("own")?.token).toBe("l");
});

test("another person's login and unsent messages do not meet this one", async () => {
  const { follow, sessions, answers, took } = setup(own("l", { login: true, who: "ann" }));
  answers(() => verified({ revision: "ben" }));
  await follow({ userId: "8" });
  expect(took()).toEqual(["clear", "forget", "known"]);
  expect(sessions.of("own")?.who).toBe("ben");
});

test("a link's key goes when somebody logs in", async () => {
  const { follow, sessions } = setup({ use: "link", link: { token: "k", live: true, issue: "i" } });
  await follow({ userId: "7" });
  expect(sessions.of("link")).toBeUndefined();
  expect(sessions.use.value).toBe("own");
});

test("somebody new gets a session by their first message only", async () => {
  const { follow, identity, sessions, answers, kept } = setup();
  answers(() => verified({ known: false, result: "unverified" }));
  await follow({ userId: "7", userName: "Ann", clearAnonymous: true });
  expect(identity.stage.value).toBe("new");
  expect(kept.get("sessions")).toBe(null);
  expect(identity.claim()).toEqual({ identity: { user_id: "7", name: "Ann" }, clear_anonymous: true });
  await sessions.own();
  await sessions.live("own", true);
  identity.born();
  expect(sessions.of("own")).toMatchObject({ live: true, login: true });
  expect(identity.claim()).toBe(null);
});

test("what a new person wrote offline is still theirs after a reload, and nobody else's", async () => {
  const first = setup();
  first.answers(() => verified({ known: false, revision: undefined }));
  await first.follow({ userId: "7" });
  const token = await first.sessions.own();
  for (const [userId, forgets] of [
    ["7", false],
    ["8", true],
  ] as const) {
    const { follow, took, sessions, answers } = setup(first.kept.get("sessions") as object);
    answers(() => verified({ known: false, revision: undefined }));
    await follow({ userId });
    expect(took().includes("forget")).toBe(forgets);
    expect(sessions.of("own")?.token).toBe(token);
  }
});

test("a refused person sees nothing and the page is told once", async () => {
  const { follow, sessions, answers, took, asked } = setup(own("l", { login: true }));
  answers(() => ({ result: "refused", reason: "missing user auth token", user: nobody }));
  await follow({ userId: "7" });
  await follow({ userId: "7", userName: "Ann" });
  expect(asked.length).toBe(1);
  expect(took()).toEqual([
    "clear",
    'userAuthFailure {"message":"missing user auth token"}',
    "forget",
    "logout l",
    "refused",
  ]);
  expect(sessions.of("own")).toBeUndefined();
  answers(() => verified());
  await follow({ userId: "7", userAuthToken: "t" });
  expect(took()).toEqual(["clear", "known"]);
});

test("identifiers that cannot be used make an anonymous person", async () => {
  const { follow, sessions, answers, took } = setup(own("a"));
  answers(() => ({ result: "anonymous", user: nobody }));
  await follow({ userId: " 7" });
  expect(took()).toEqual(["clear", "anonymous"]);
  expect(sessions.of("own")?.token).toBe("a");
});

test("the same person again, with another name, is no news", async () => {
  const { follow, asked, took } = setup();
  await follow({ userId: "7" });
  took();
  await follow({ userId: "7", userName: "Ann", userAuthToken: "t" });
  expect(took()).toEqual([]);
  expect(asked.length).toBe(1);
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
