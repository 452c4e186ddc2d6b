// Two tabs of one browser on the shop are one visitor.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AgentClient, becomes, Demo, openBrowser, until, Visitor } from "./harness.mjs";

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

test("two tabs show the same, read for each other and send everything once", async (t) => {
  const one = await Visitor.visit(browser, demo, "/");
  const second = await one.page.context().newPage();
  await second.goto(`${demo.shop}/products/tent`);
  const two = new Visitor(second);
  await one.introduce("Is the tent in stock?", "Alma", "alma@example.org");
  const issue = await client.find("Is the tent in stock?");
  const badge = second.getByRole("button", { name: /^Open chat. Unread messages: \d+$/ });
  const bodies = async () => (await client.thread(issue.id)).messages.filter((m) => m.origin === "end-user").map((m) => m.body);

  await t.test("a tab that was open before hears of the conversation", async () => {
    await two.open();
    await two.message("Is the tent in stock?").waitFor();
    await two.close();
  });

  await t.test("what is sent in one shows in the other", async () => {
    await one.say("In green, if you can.");
    await two.open();
    await two.message("In green, if you can.").waitFor();
    await two.say("Or in grey.");
    await one.message("Or in grey.").waitFor();
    await two.close();
  });

  await t.test("one reads, and the other’s count goes", async () => {
    await one.close();
    await client.reply(issue.id, "Green it is.");
    await badge.waitFor();
    await one.page.getByRole("button", { name: "Open chat. Unread messages: 1" }).waitFor();
    await one.open();
    await client.when(issue.id, "read", (t) => t.detail.user_read_seq === t.detail.last_seq);
    await badge.waitFor({ state: "detached" });
    await second.getByRole("button", { name: "Open chat", exact: true }).waitFor();
  });

  await t.test("both send from one outbox, and nothing doubles", async () => {
    await two.open();
    const before = await bodies();
    await demo.kill();
    await one.say("First.");
    await two.message("First.").waitFor();
    await two.say("Second.");
    await one.message("Second.").waitFor();
    await one.say("Third.");
    await two.message("Third.").waitFor();
    await demo.restart();
    await until("all have arrived", async () => (await bodies()).length >= before.length + 3);
    for (const v of [one, two]) await until("nothing waits", async () => (await v.panel.locator(".pending").count()) === 0);
    const all = [...before, "First.", "Second.", "Third."];
    assert.deepEqual(await bodies(), all);
    for (const v of [one, two]) await becomes(() => v.panel.locator(".line.mine .bubble").allInnerTexts(), all);
  });
});
