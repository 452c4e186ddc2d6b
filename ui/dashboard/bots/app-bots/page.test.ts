import { expect, test } from "vitest";
import type { IdentityBotPage } from "../../../shared/agent";
import { exampleOf, isDirty, saidOf, toSend } from "./page";

const own = (n: string) => ({
  nickname: `n${n}`,
  ask_name: `name${n}`,
  ask_email: `mail${n}`,
  thanks: `thanks${n}`,
});
const page: IdentityBotPage = {
  on: true,
  identity_bot: {
    when: "after",
    name: true,
    email: true,
    skip: false,
    ask_name: { text: "", in: { de: "Name?" } },
  },
  feedback_bot_id: "",
  words: { en: own("E"), de: own("D") },
};
const withBot = (to: Partial<IdentityBotPage["identity_bot"]>) => ({
  ...page,
  identity_bot: { ...page.identity_bot, ...to },
});

test("what was left empty are our own words", () => {
  expect(toSend(withBot({ thanks: { text: " " }, nickname: { text: "", in: { de: "" } } }))).toEqual({
    on: true,
    identity_bot: page.identity_bot,
    feedback_bot_id: "",
  });
  expect(isDirty(page, withBot({ thanks: { text: "" } }))).toBe(false);
  expect(isDirty(page, withBot({ skip: true }))).toBe(true);
  const said = [saidOf(page, "ask_name", "de"), saidOf(page, "ask_name", "fr"), saidOf(page, "thanks", "de")];
  expect(said).toEqual(["Name?", "nameE", "thanksD"]);
});

test("how it goes", () => {
  const spell = (p: IdentityBotPage) => exampleOf(p, "en").map((l) => l.text);
  expect(spell(page)).toEqual(["…", "nameE", "Nora Lind", "mailE", "nora@example.org", "thanksE"]);
  expect(spell(withBot({ when: "before", name: false }))).toEqual(["mailE", "nora@example.org", "…"]);
  expect(spell(withBot({ name: false, email: false }))).toEqual(["…"]);
  expect(spell({ ...page, on: false })).toEqual(["…"]);
});
