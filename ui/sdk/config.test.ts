import { expect, test, vi } from "vitest";
import { arrivalIn, languageOf, plain, readConfig } from "./config";

test.each([
  ["", null],
  ["#section", null],
  ["#myrejoin=x", null],
  ["#rejoin=", null],
  ["#rejoin=abc-_9", { token: "abc-_9", rest: "" }],
  ["#section&rejoin=abc", { token: "abc", rest: "#section" }],
  ["#rejoin=abc&a=b", { token: "abc", rest: "#a=b" }],
  ["#a=b&rejoin=abc&c=d", { token: "abc", rest: "#a=b&c=d" }],
  ["#/route?x=1&rejoin=abc", { token: "abc", rest: "#/route?x=1" }],
])("arrivalIn(%j)", (hash, want) => {
  expect(arrivalIn(hash)).toEqual(want);
});

const identityOf = (raw: unknown) => {
  const { identity } = readConfig(raw);
  return identity && JSON.parse(identity);
};

test("readConfig takes nonsense without harm", () => {
  for (const raw of [undefined, null, 3, "x", {}, { widgetOptions: null }, { userId: 7, platformId: {} }]) {
    expect(readConfig(raw)).toMatchObject({ platformId: "", language: "en", identity: "" });
  }
});

test("readConfig names the person in the words of the server", () => {
  expect(identityOf({ userId: "7", userEmail: "a@x.example", userAuthToken: "t" })).toEqual({
    user_id: "7",
    email: "a@x.example",
    auth_token: "t",
    full_privacy: false,
  });
  expect(identityOf({ userId: "7", userEmail: 3, fullPrivacy: true })).toEqual({
    user_id: "7",
    full_privacy: true,
  });
  expect(identityOf({ userId: "", userEmail: "" })).toBe("");
  expect(identityOf({ userId: "7", authenticateWith: "identities" })).toBe("");
});

test.each([
  [undefined, "en"],
  ["", "en"],
  [{}, "en"],
  ["pt-br", "pt-br"],
  ["browserDefault", "de-AT"],
])("languageOf(%j)", (language, want) => {
  vi.stubGlobal("navigator", { language: "de-AT" });
  expect(languageOf(language)).toBe(want);
  vi.unstubAllGlobals();
});

test("plain leaves out what cannot be sent, and never throws", () => {
  const circle: Record<string, unknown> = { userId: "7" };
  circle.self = circle;
  const thrower = {
    get x() {
      throw new Error("no");
    },
    y: 1,
  };
  expect(plain(circle)).toEqual({ userId: "7", self: 0 });
  expect(plain(thrower)).toEqual({ x: 0, y: 1 });
  expect(plain({ f() {}, n: null, d: new Date(0), big: 1n })).toEqual({
    f: null,
    n: null,
    d: "1970-01-01T00:00:00.000Z",
    big: 0,
  });
  expect(plain([{ a: 1 }, undefined, "x"])).toEqual({ 0: { a: 1 }, 1: null, 2: "x" });
  for (const raw of [undefined, null, 3, Symbol("x")]) expect(plain(raw)).toEqual({});
});
