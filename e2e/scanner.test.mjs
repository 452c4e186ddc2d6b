// Mail scanners open every link, some with a whole browser. They read nothing, and do not use the link up.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AgentClient, Demo, newestLink, openBrowser, redeem, Visitor } from "./harness.mjs";

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

/** Opens the link, runs all scripts, waits for the conversation and looks at all of it, but makes no gesture. */
async function scan(link, text) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const reported = [];
  page.on("request", (r) => /\/(read|returned)$/.test(r.url()) && reported.push(r.url()));
  await page.goto(link);
  const visitor = new Visitor(page);
  await visitor.message(text).waitFor();
  await page.mouse.move(600, 400); // a pointer that passes is no gesture
  for (const type of ["pointerdown", "click", "keydown", "wheel"]) {
    await visitor.frame.evaluate((t) => document.querySelector(".scroller").dispatchEvent(new Event(t, { bubbles: true })), type);
  }
  await visitor.frame.evaluate(() => document.querySelector(".scroller").scrollTo(0, 0));
  await context.close();
  return reported;
}

test("a link opened 20 times by a program marks nothing as read and lets the human in", async () => {
  const visitor = await Visitor.visit(browser, demo);
  await visitor.introduce("Does the pack fit a laptop?", "Edda", "edda@example.org");
  const issue = await client.find("Does the pack fit a laptop?");
  await visitor.page.context().close();
  await client.gone(issue.id);
  await client.reply(issue.id, "Up to sixteen inches.");
  await client.sendNow(issue.id);
  const link = await newestLink(demo, "edda@example.org");
  const sent = await client.when(issue.id, "sent", (t) => t.issue.follow_up.state === "sent");

  for (let i = 0; i < 20; i++) {
    if (i % 3 > 0) assert.equal(await redeem(demo, link), "same");
    else assert.deepEqual(await scan(link, "Up to sixteen inches."), [], "a program was taken for a person");
  }
  const after = await client.thread(issue.id);
  assert.equal(after.detail.user_read_seq, sent.detail.user_read_seq);
  assert.equal(after.issue.follow_up.state, "sent");
  assert.ok(after.issue.follow_up.opened_at > 0, "that the link was opened is not told");
  assert.ok(!after.issue.follow_up.returned_at, "a program was taken for the visitor");

  const page = await (await browser.newContext()).newPage();
  await page.goto(link);
  const human = new Visitor(page);
  await human.message("Up to sixteen inches.").click();
  await client.when(issue.id, "returned", (t) => t.issue.follow_up.returned_at > 0);
  await client.when(issue.id, "read", (t) => t.detail.user_read_seq === t.detail.last_seq);
});
