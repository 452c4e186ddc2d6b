// Settings → the app → Identity Bot and feedback: who writes, asked before the first message or after it, and how it was, asked by a bot.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { examine } from "./axe.mjs";
import { AgentClient, Demo, openBrowser, shoot, signIn, Visitor, write } from "./harness.mjs";
import { HostPage, HostSite } from "./host.mjs";

let demo;
let browser;
let client;
let site;
let maya;
let path;

before(async () => {
  demo = await Demo.start();
  browser = await openBrowser();
  client = await new AgentClient(demo).signIn();
  site = await HostSite.start(demo, client);
  maya = await signIn(browser, demo);
  path = `/apps/${(await client.app()).id}/bots`;
  const made = await client.call("POST", "/bots", { name: "How was it?", kind: "feedback" });
  const steps = [
    { id: "stars", kind: "rating", text: { text: "How many stars is it worth to you?" } },
    { id: "low", kind: "question", name: "better", input: "text", text: { text: "What could have been better?" }, skip: true },
    { id: "thanks", kind: "message", text: { text: "Thank you, we read every word." } },
  ];
  const kept = await client.call("PUT", `/bots/${made.id}`, { name: made.name, draft: { nickname: { text: "Pine" }, steps }, revision: made.revision });
  await client.call("POST", `/bots/${made.id}/publish`, { revision: kept.revision });
});

after(async () => {
  await browser?.close();
  await site?.stop();
  await demo?.stop();
});

const bots = (messages) => messages.filter((m) => m.origin === "bot").map((m) => m.body);

test("an administrator says what is asked, and how", async () => {
  await maya.getByRole("link", { name: "Settings" }).click();
  await maya.getByRole("link", { name: "Identity Bot and feedback" }).first().click();
  await maya.getByRole("heading", { name: "Identity Bot and feedback", level: 1 }).waitFor();
  await maya.getByRole("radio", { name: "Before the first message" }).click();
  await maya.getByLabel(/^Visitors may leave a question out/).check();
  const name = maya.getByRole("textbox", { name: "Asking for the name" });
  await name.fill("Who are we talking to?");
  await maya.getByRole("button", { name: "Asking for the name: add a language" }).click();
  await maya.getByRole("combobox", { name: "Languages" }).fill("German");
  await maya.keyboard.press("Enter");
  await name.fill("Mit wem sprechen wir?");
  await maya.getByRole("combobox", { name: "Who asks" }).selectOption({ label: "How was it?" });
  await maya.getByRole("combobox", { name: "Language", exact: true }).selectOption({ label: "German" });
  await maya.getByRole("complementary", { name: "How it goes" }).getByText("Mit wem sprechen wir?").waitFor();
  await examine("app-bots", maya);
  await maya.getByRole("button", { name: "Save", exact: true }).click();
  await maya.getByText("Everything is saved.").waitFor();
  const kept = await client.call("GET", path);
  assert.deepEqual(kept.identity_bot.ask_name, { text: "Who are we talking to?", in: { de: "Mit wem sprechen wir?" } });
  assert.deepEqual([kept.identity_bot.when, kept.identity_bot.skip, kept.feedback_bot_id !== ""], ["before", true, true]);
});

test("it asks before the first message, each in their language, and never twice", async (t) => {
  const visitor = await Visitor.visit(browser, demo);
  const { panel, page } = visitor;
  await visitor.launcher.click();
  await visitor.message("Who are we talking to?").waitFor();
  await examine("identity-before", page, visitor.frame);
  await visitor.answer("Your name", "Ada");
  await visitor.answer("Your e-mail address", "ada@nowhere");
  await panel.getByRole("alert").waitFor();
  assert.equal(await panel.getByRole("textbox", { name: "Your e-mail address" }).getAttribute("aria-invalid"), "true");
  await panel.getByRole("button", { name: "Skip" }).click();
  await visitor.say("Which rope floats?");
  const issue = await client.find("Which rope floats?");
  await client.reply(issue.id, "The yellow one.");
  await visitor.message("The yellow one.").waitFor();
  const told = await client.thread(issue.id);
  assert.deepEqual([told.issue.user.name, told.issue.user.email ?? "", bots(told.messages)], ["Ada", "", []]);
  await shoot(page, "identity-begun");

  await t.test("in German, with an address", async () => {
    const german = await HostPage.visit(browser, site.page("/deutsch", { config: { language: "de" } }));
    await german.call("open");
    await german.message("Mit wem sprechen wir?").waitFor();
    const answer = async (text) => {
      await german.panel.locator(".ask input").fill(text);
      await german.panel.locator(".ask input").press("Enter");
    };
    await answer("Berta");
    await german.panel.locator(".ask input[type=email]").waitFor();
    await shoot(german.page, "identity-german");
    await answer("berta@example.org");
    await german.panel.locator(".ask").waitFor({ state: "detached" });
    const composer = german.panel.locator(".composer textarea");
    await write(composer, "Welches Seil schwimmt?");
    await composer.press("Enter");
    const { user } = (await client.thread((await client.find("Welches Seil schwimmt?")).id)).issue;
    assert.deepEqual([user.name, user.email], ["Berta", "berta@example.org"]);
    await german.page.context().close();
  });

  await t.test("after the resolution a bot asks in the place of the stars", async () => {
    await client.call("POST", `/issues/${issue.id}/state`, { state: "resolved" });
    await panel.getByRole("button", { name: "Yes, thank you" }).click();
    await visitor.message("How many stars is it worth to you?").waitFor();
    await panel.getByRole("radio", { name: "4 of 5 stars: Good" }).check({ force: true });
    await examine("feedback-stars", page, visitor.frame);
    await panel.locator(".ask").getByRole("button", { name: "Send" }).click();
    await visitor.message("What could have been better?").waitFor();
    await visitor.answer("Your answer", "A longer rope.");
    await visitor.message("Thank you, we read every word.").waitFor();
    await panel.getByRole("button", { name: "New conversation" }).waitFor();
    await shoot(page, "feedback-done");
    const { issue: i, detail } = await client.when(issue.id, "rated", (t) => t.issue.closing === "ended" && t.detail.comment);
    assert.deepEqual([i.state, i.closing, i.rating, detail.comment], ["resolved", "ended", 4, "A longer rope."]);
  });

  await t.test("a second conversation begins without questions", async () => {
    await panel.getByRole("button", { name: "New conversation" }).click();
    await visitor.composer.waitFor();
    assert.equal(await panel.locator(".ask").count(), 0, "it asks again");
    await visitor.say("And which one sinks?");
    const second = await client.find("And which one sinks?");
    await client.reply(second.id, "The blue one.");
    await visitor.message("The blue one.").waitFor();
    assert.deepEqual(bots((await client.thread(second.id)).messages), []);
    await page.context().close();
  });
});

test("after the first message: what is left out is not asked again", async () => {
  const kept = await client.call("GET", path);
  await client.call("PUT", path, { on: true, identity_bot: { ...kept.identity_bot, when: "after" }, feedback_bot_id: "" });
  const visitor = await Visitor.visit(browser, demo);
  await visitor.open();
  await visitor.say("Do anchors rust?");
  await visitor.message("Who are we talking to?").waitFor();
  await visitor.panel.getByRole("button", { name: "Skip" }).click();
  await visitor.panel.getByRole("textbox", { name: "Your e-mail address" }).waitFor();
  await examine("identity-after", visitor.page, visitor.frame);
  await visitor.panel.getByRole("button", { name: "Skip" }).click();
  await visitor.panel.locator(".ask").waitFor({ state: "detached" });
  const issue = await client.find("Do anchors rust?");
  await client.call("POST", `/issues/${issue.id}/state`, { state: "rejected" });
  await visitor.panel.getByRole("button", { name: "New conversation" }).click();
  await visitor.say("And chains?");
  const second = await client.find("And chains?");
  await client.reply(second.id, "Chains do.");
  await visitor.message("Chains do.").waitFor();
  assert.equal(bots((await client.thread(issue.id)).messages).length, 2);
  assert.deepEqual(bots((await client.thread(second.id)).messages), []);
  await visitor.page.context().close();
});
