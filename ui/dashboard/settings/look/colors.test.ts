import { expect, test } from "vitest";
import type { Tint, WebChatSettings } from "../../../shared/agent";
import { isPlaced } from "../draft";
import { areas, areColors, colorProblem, fieldOf, tintWords } from "./colors";

const tint = (part: Partial<Tint>): Tint => ({
  area: "brand",
  dark: false,
  fill: "#2f5bea",
  text: "#ffffff",
  contrast: 5.5,
  changed: false,
  ...part,
});

test.each([
  ["#2f5bea", ""],
  ["#2F5BEA", ""],
  ["", ""],
  ["#2f", ""],
  ["2f5be", ""],
  ["red", "Give"],
  ["#2f5beag", "Give"],
  ["#ggg", "Give"],
])("the colour %o", (text, want) => {
  expect(colorProblem(text).startsWith(want)).toBe(true);
  expect(colorProblem(text) === "").toBe(want === "");
});

test("the server is asked only about whole colours", () => {
  const colors = { header: "", launcher: "", user_bubble: "", support_bubble: "", accent: "" };
  const chat = (change: object) => ({ color: "#2f5bea", colors, ...change }) as WebChatSettings;
  expect(areColors(chat({}))).toBe(true);
  expect(areColors(chat({ color: "" }))).toBe(false);
  expect(areColors(chat({ colors: { ...colors, accent: "#12" } }))).toBe(false);
});

test("the words say what can be read, and what was moved", () => {
  const pair = [tint({}), tint({ dark: true })];
  expect(tintWords(pair, "brand", "#2f5bea")).toBe("White text, contrast 5.5 : 1.");
  expect(tintWords(pair, "header", "")).toBe("");
  const pale = [
    tint({ changed: true, fill: "#d1d2d4", text: "#000000", contrast: 13.9 }),
    tint({ dark: true }),
  ];
  expect(tintWords(pale, "brand", "#f6f7f9")).toBe(
    "Too weak on light screens: shown there as #d1d2d4. Black text, contrast 13.9 : 1.",
  );
});

test("every area's error has a place", () => {
  for (const { area } of areas) expect(isPlaced(fieldOf(area))).toBe(true);
  expect(isPlaced(fieldOf("brand"))).toBe(true);
});
