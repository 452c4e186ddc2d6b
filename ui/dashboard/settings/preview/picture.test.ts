import { expect, test } from "vitest";
import type { Draft } from "../draft";
import { pictureOf, scenesOf } from "./picture";

const draft = (change: object) =>
  ({
    web_chat: {
      title: " ",
      greeting: "Hi",
      show_widget: true,
      agent_typing_indicator: false,
      resolution_question: true,
      csat: false,
      ...change,
    },
  }) as Draft;

test("only moments that the app has can be looked at", () => {
  expect(scenesOf(draft({})).map((s) => s.scene)).toEqual(["new", "talk", "question"]);
  expect(pictureOf(draft({ resolution_question: false }), "question", "", "Acme", "Maya").scene).toBe("talk");
});

test("the picture has the settings on screen", () => {
  expect(pictureOf(draft({}), "new", ":root{}", "Acme", "Maya")).toEqual({
    type: "picture",
    scene: "new",
    sheet: ":root{}",
    title: "Acme",
    greeting: "Hi",
    open: true,
    typing: false,
    agent: "Maya",
  });
  expect(pictureOf(draft({ title: "Ask us", show_widget: false }), "new", "", "Acme", "M")).toMatchObject({
    title: "Ask us",
    open: false,
  });
});
