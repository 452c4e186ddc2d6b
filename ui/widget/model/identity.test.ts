import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Later } from "../net/http";
import { nobody, own, setup, verified } from "./identity.setup";

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
  expect(identity.claim()).toEqual({ identity: { user_id: "7", name: "Ann" } }); // what was anonymous has been settled by then
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
