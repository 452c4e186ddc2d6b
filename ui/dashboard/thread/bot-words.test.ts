/// <reference types="node" />
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { asksFor, botLine, choicesOf, runningText } from "./bot-words";

const note = { id: "bt_1", name: "Orders", version: 3 };
const mia = { kind: "agent", id: "me", name: "Mia" };
const rule = { kind: "automation", id: "r", name: "Late" };
const orders = { kind: "bot", id: "bt_1", name: "Orders" };
const first = { kind: "bot", id: "bt_0", name: "Hello" };

test.each([
  ["asking", mia, "You", "", "You started the bot “Orders”"],
  ["waiting", rule, "", "", "The automation “Late” started the bot “Orders”"],
  ["calling", first, "", "", "The bot “Orders” began"],
  ["asking", orders, "", "", "The bot “Orders” began"],
  ["done", orders, "", "", "The bot “Orders” is done"],
  ["handed_over", orders, "", "", "The bot “Orders” handed over to people"],
  [
    "handed_over",
    orders,
    "",
    "The answer did not fit.",
    "The bot “Orders” handed over to people: The answer did not fit",
  ],
  ["handed_over", orders, "", "To the bot Night.", "The bot “Orders” handed over to the bot Night"],
  ["waiting", orders, "", "The tag is archived.", "The bot “Orders”: The tag is archived"],
  ["stopped", mia, "Mia", "", "Mia stopped the bot “Orders”"],
  ["stopped", orders, "", "", "The bot “Orders” stopped"],
  [
    "failed",
    orders,
    "",
    "No answer.",
    "The bot “Orders” could not go on and handed over to people: No answer",
  ],
])("a bot that is %s", (state, actor, who, text, want) => {
  expect(botLine({ ...note, state, text }, actor, who).text).toBe(want);
});

test("every state of a run has words", () => {
  const go = readFileSync(new URL("../../../bot.go", import.meta.url), "utf8");
  const states = [...go.matchAll(/^\s+\w+\s+BotRunState\s*=\s*"([^"]+)"/gm)].map((m) => m[1] ?? "");
  expect(states.length).toBeGreaterThan(6);
  for (const state of states)
    expect(botLine({ ...note, state }, orders, "").text).not.toBe("The bot “Orders”");
});

test("what a bot asks for", () => {
  expect(asksFor({ type: "date", skip: true })).toBe("asks for a date, may be left out");
  const options = Array.from({ length: 11 }, (_, i) => ({ id: `o${i}`, text: `Option ${i}` }));
  expect([
    choicesOf({ type: "choice", options }).texts.length,
    choicesOf({ type: "choice", options }).more,
  ]).toEqual([8, 3]);
  expect(choicesOf({ type: "text" })).toEqual({ texts: [], more: 0 });
  expect(runningText({ ...note, state: "calling" })).toBe("The bot “Orders” is looking something up.");
});
