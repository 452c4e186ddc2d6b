import { expect, test } from "vitest";
import { arrivalIn, readConfig } from "./config";

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

test("readConfig takes nonsense without harm", () => {
  const usual = {
    platformId: "",
    bottom: true,
    left: false,
    zIndex: 2147483000,
    launcher: true,
    fullScreen: false,
  };
  for (const raw of [
    undefined,
    null,
    3,
    "x",
    {},
    { widgetOptions: null },
    { widgetOptions: { zIndex: "x", position: {} } },
  ]) {
    expect(readConfig(raw)).toEqual(usual);
  }
  expect(
    readConfig({
      platformId: "p",
      widgetOptions: { position: "top-left", zIndex: 5, showLauncher: false, fullScreen: true },
    }),
  ).toEqual({ platformId: "p", bottom: false, left: true, zIndex: 5, launcher: false, fullScreen: true });
});
