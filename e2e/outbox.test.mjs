// What is written while the server cannot be reached waits, visibly, and arrives once and in order.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AgentClient, becomes, Demo, openBrowser, shoot, Visitor } from "./harness.mjs";

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

const bodiesOf = (thread) => thread.messages.filter((m) => m.origin === "end-user").map((m) => m.body);

/** Waits until all have arrived, and compares. */
async function arrived(issue, bodies) {
  const t = await client.when(issue.id, `${bodies.length} messages`, (t) => bodiesOf(t).length >= bodies.length);
  assert.deepEqual(bodiesOf(t), bodies);
  assert.deepEqual(t.messages.map((m) => m.seq), t.messages.map((_, i) => i + 1));
}

/** The bubbles that the visitor has written, from top to bottom. */
const shownBy = (visitor) => visitor.panel.locator(".line.mine .bubble").allInnerTexts();

test("messages written while the server is gone survive a reload and arrive once, in order", async () => {
  const visitor = await Visitor.visit(browser, demo);
  const { page, panel } = visitor;
  await visitor.introduce("Can you repair my tent?", "Nils", "nils@example.org");
  const issue = await client.find("Can you repair my tent?");

  await demo.kill();
  await panel.getByText("Reconnecting…").waitFor();
  const written = ["It has a hole.", "As big as a coin.", "Near the door."];
  for (const text of written) await visitor.say(text);
  await panel.getByText("Waiting for connection").waitFor();
  await shoot(page, "waiting");

  // The server is back, but nothing gets through yet: the reloaded page shows what waits.
  await page.route("**/messages", (route) => (route.request().method() === "POST" ? route.abort() : route.continue()));
  await demo.restart();
  await page.reload();
  await visitor.open();
  await visitor.message("Near the door.").waitFor();
  const all = ["Can you repair my tent?", "Nils", "nils@example.org", ...written];
  await becomes(() => shownBy(visitor), all);
  await panel.getByText("Waiting for connection").waitFor();
  assert.equal(bodiesOf(await client.thread(issue.id)).length, 3);

  await page.unroute("**/messages");
  await arrived(issue, all);
  await panel.getByText("Waiting for connection").waitFor({ state: "detached" });
  await becomes(() => shownBy(visitor), all);
  await becomes(() => page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes(":outbox:"))), []); // nothing is kept any more
  await page.context().close();
});

test("a conversation that begins while the server is gone becomes one conversation", async () => {
  const visitor = await Visitor.visit(browser, demo);
  await visitor.open();
  await demo.kill();
  await visitor.say("Is the workshop open today?");
  await visitor.say("And tomorrow?");
  await visitor.panel.getByText("Waiting for connection").waitFor();
  await demo.restart();
  const issue = await client.find("Is the workshop open today?");
  await arrived(issue, ["Is the workshop open today?", "And tomorrow?"]);
  const { issues } = await client.query("tomorrow");
  assert.deepEqual(issues.filter((i) => i.id !== issue.id && i.preview.includes("And tomorrow?")), []);
  await visitor.page.context().close();
});

test("an answer whose way back was lost is not sent twice", async () => {
  const visitor = await Visitor.visit(browser, demo);
  await visitor.introduce("Do you have gift cards?", "Ruth", "ruth@example.org");
  const issue = await client.find("Do you have gift cards?");
  let lost = 0;
  await visitor.page.route("**/messages", async (route) => {
    if (route.request().method() !== "POST" || lost > 0) return route.continue();
    lost++;
    await route.fetch(); // the server has it, and the browser never hears of that
    await route.abort();
  });
  await visitor.say("For my sister.");
  await visitor.say("She sails.");
  await arrived(issue, ["Do you have gift cards?", "Ruth", "ruth@example.org", "For my sister.", "She sails."]);
  await becomes(() => visitor.panel.locator(".pending").count(), 0);
  assert.equal(lost, 1);
  await becomes(async () => (await shownBy(visitor)).slice(-2), ["For my sister.", "She sails."]);
  await visitor.page.context().close();
});

test("who is offline is told so, and that nothing is lost", async () => {
  const visitor = await Visitor.visit(browser, demo);
  await visitor.introduce("Which mug is blue?", "Jo", "jo@example.org");
  const issue = await client.find("Which mug is blue?");
  const banner = visitor.panel.getByText("You are offline. What you write is sent when you are back.");
  const context = visitor.page.context();
  await context.setOffline(true);
  await banner.waitFor();
  await visitor.say("The one in the picture?");
  await visitor.panel.getByText("Waiting for connection").waitFor();
  await shoot(visitor.page, "offline");
  await context.setOffline(false);
  await banner.waitFor({ state: "detached" });
  await arrived(issue, ["Which mug is blue?", "Jo", "jo@example.org", "The one in the picture?"]);
  await becomes(() => visitor.panel.locator(".pending").count(), 0);
  await context.close();
});
