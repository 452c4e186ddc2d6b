// What the switches of Configure Web Chat do to visitors and agents: a chat that is switched off, and presence that is not collected.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AgentClient, Demo, newestLink, openBrowser, shoot, Visitor } from "./harness.mjs";

let demo;
let client;
let browser;

before(async () => {
  demo = await Demo.start();
  client = await new AgentClient(demo).signIn();
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

async function set(change) {
  const { id } = await client.app();
  await client.call("PUT", `/apps/${id}/web-chat`, { web_chat: change });
}

test("a link opens its conversation though the chat is switched off", async () => {
  const email = "hedda@example.org";
  const guest = await Visitor.visit(browser, demo);
  await guest.introduce("Is the harbor open?", "Hedda", email);
  const issue = await client.find("Is the harbor open?");
  await guest.page.context().close();
  await client.gone(issue.id);
  await client.reply(issue.id, "It is, until six.");
  await client.sendNow(issue.id);
  const link = await newestLink(demo, email, 1);
  await set({ show_widget: false });

  const page = await (await browser.newContext()).newPage();
  await page.goto(link);
  const visitor = new Visitor(page);
  await visitor.message("It is, until six.").waitFor();
  await visitor.say("Thank you!");
  await visitor.panel.getByRole("button", { name: "Close chat" }).click();
  assert.equal(await visitor.launcher.isVisible(), false, "the launcher shows");
  await shoot(page, "closed");
  await client.when(issue.id, "the answer", (t) => t.messages.some((m) => m.body === "Thank you!"));
  await page.context().close();
  await set({ show_widget: true });
});

test("presence that is not collected is not shown", async () => {
  await set({ presence_detection: false });
  const visitor = await Visitor.visit(browser, demo);
  await visitor.open();
  await visitor.say("Does anybody see me?");
  const issue = await client.find("Does anybody see me?");
  assert.equal(issue.user.presence, "not_collected");
  await set({ presence_detection: true });
  await visitor.page.reload();
  await client.when(issue.id, "seen again", (t) => ["panel_closed", "active"].includes(t.issue.user.presence));
  await visitor.page.context().close();
});
