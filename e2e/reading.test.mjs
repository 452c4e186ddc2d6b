// What counts as read, and what does not.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AgentClient, Demo, openBrowser, RealBrowser, until, Visitor } from "./harness.mjs";

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

/** Writes from a page whose clock the test can move, and has read all there is. */
async function writes(page, text, name) {
  await page.clock.install();
  await page.goto(demo.shop);
  const visitor = new Visitor(page);
  const reports = [];
  page.on("request", (r) => r.url().endsWith("/read") && reports.push(r));
  await visitor.introduce(text, name, `${name.toLowerCase()}@example.org`);
  await page.mouse.move(200, 200);
  const issue = await client.find(text);
  const read = await client.when(issue.id, "the bot's words are read", (t) => t.detail.user_read_seq === t.detail.last_seq);
  return { visitor, issue, reports, cursor: read.detail.user_read_seq };
}

/** Lets the page's time pass and makes sure that nothing was reported as read meanwhile. */
async function unread({ visitor, issue, reports, cursor }, why) {
  await client.when(issue.id, "an e-mail waits", (t) => t.issue.follow_up.state === "waiting");
  const before = reports.length;
  await visitor.page.clock.runFor(3000);
  await visitor.frame.evaluate(() => 1); // what the page has asked for by now, we have heard of
  assert.equal(reports.length, before, `reported as read: ${why}`);
  const t = await client.thread(issue.id);
  assert.equal(t.detail.user_read_seq, cursor, `read: ${why}`);
  assert.equal(t.issue.follow_up.state, "waiting", `the e-mail no longer waits: ${why}`);
}

async function read({ issue }, why) {
  await client.when(issue.id, `read: ${why}`, (t) => t.detail.user_read_seq === t.detail.last_seq);
  await client.when(issue.id, `cancelled: ${why}`, (t) => t.issue.follow_up.state === "cancelled" && t.issue.follow_up.reason === "read");
}

test("a message to a background tab is not read before the tab is looked at", async () => {
  const own = await RealBrowser.open();
  try {
    const page = await own.newTab();
    const all = await writes(page, "Do you ship to Norway?", "Berit");
    const other = await own.newTab();
    await until("the tab is hidden", () => page.evaluate(() => document.visibilityState === "hidden"));
    await client.reply(all.issue.id, "We do, by boat.");
    await all.visitor.message("We do, by boat.").waitFor();
    await unread(all, "the tab is in the background");
    await other.close();
    await page.bringToFront();
    await read(all, "the tab is in front again");
  } finally {
    await own.kill();
  }
});

test("a message to a closed panel is not read before the panel is opened", async () => {
  const page = await (await browser.newContext()).newPage();
  const all = await writes(page, "Is the mug safe on a fire?", "Otto");
  await all.visitor.close();
  await client.reply(all.issue.id, "It is made for it.");
  await page.getByRole("button", { name: "Open chat. Unread messages: 1" }).waitFor();
  await unread(all, "the panel is closed");
  await all.visitor.open();
  await read(all, "the panel is open");
  await page.context().close();
});

test("a message to an idle person is not read before they give a sign of life", async () => {
  const page = await (await browser.newContext()).newPage();
  const all = await writes(page, "How bright is the lantern?", "Ines");
  await page.clock.fastForward(5 * 60_000 + 1000);
  await client.reply(all.issue.id, "Bright enough to read.");
  await all.visitor.message("Bright enough to read.").waitFor();
  await unread(all, "nobody has touched anything for five minutes");
  await page.mouse.move(400, 300);
  await read(all, "the mouse has moved");
  await page.context().close();
});

test("a message that lands while a read report is under way stays unread until it is reported itself", async () => {
  const page = await (await browser.newContext()).newPage();
  const all = await writes(page, "Which pack for a week?", "Pavel");
  const held = [];
  await page.route("**/read", (route) => held.push(route));
  const first = await client.reply(all.issue.id, "The large one.");
  const one = first.messages.at(-1).seq;
  await until("a report is under way", () => held.length === 1);
  assert.equal(held[0].request().postDataJSON().seq, one);

  await client.reply(all.issue.id, "And a rain cover.");
  await all.visitor.message("And a rain cover.").waitFor();
  await held[0].continue();
  await until("the next report is under way", () => held.length === 2);
  const t = await client.when(all.issue.id, "an e-mail waits", (t) => t.issue.follow_up.state === "waiting");
  assert.equal(t.detail.user_read_seq, one, "the cursor went further than what was reported");
  assert.equal(held[1].request().postDataJSON().seq, one + 1);

  await held[1].continue();
  await read(all, "the second report has arrived");
  await page.context().close();
});
