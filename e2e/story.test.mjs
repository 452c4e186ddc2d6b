// The story of the product, as a visitor and an agent live it, each in a browser of their own.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AgentClient, Demo, Visitor, mailsTo, newestLink, openBrowser, shoot } from "./harness.mjs";

let demo;
let visitors;
let agents;

before(async () => {
  demo = await Demo.start({ window: "15s" });
  [visitors, agents] = await Promise.all([openBrowser(), openBrowser()]);
});

after(async () => {
  await Promise.all([visitors?.close(), agents?.close()]);
  await demo?.stop();
});

async function signIn() {
  const context = await agents.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(demo.server);
  await page.getByLabel("E-mail").fill(demo.agent_email);
  await page.getByLabel("Password").fill(demo.agent_password);
  await page.keyboard.press("Enter");
  await page.getByRole("navigation", { name: "Main" }).waitFor();
  return page;
}

test("a visitor leaves, an e-mail brings them back", async () => {
  const email = "ada@example.org";
  const visitor = await Visitor.visit(visitors, demo, "/");
  const agent = await signIn();

  // 1. The visitor writes; Identity Bot asks; a wrong address is refused with a reason.
  await visitor.open();
  await visitor.say("Do you have the Ridge boots in 43?");
  await visitor.answer(/name/i, "Ada");
  await visitor.answer(/e-?mail/i, "ada@nowhere");
  await visitor.panel.getByText(/not a complete e-mail address/).waitFor();
  await visitor.answer(/e-?mail/i, email);
  await visitor.panel.getByText(/You can close this page/).first().waitFor();

  // 2. The agent sees the issue appear, knows the browser, the page and the language, and answers. Both see typing and reading.
  await agent.getByText("Ada", { exact: true }).first().click();
  const thread = agent.getByRole("main");
  await thread.getByText("Do you have the Ridge boots in 43?").first().waitFor();
  for (const fact of [/Chrome/, "American English"]) await agent.getByText(fact).first().waitFor();
  await agent.locator(`a[href^="${demo.shop}"]`).first().waitFor();
  const composer = agent.getByRole("textbox", { name: /answer|reply|message/i });
  await composer.pressSequentially("We do");
  await visitor.panel.getByText(/is typing/).first().waitFor();
  await composer.fill("We do. Shall I keep a pair?");
  await composer.press("Enter");
  await visitor.panel.getByText("We do. Shall I keep a pair?").first().waitFor();
  await visitor.page.mouse.move(300, 300);
  const client = await new AgentClient(demo).signIn();
  const issue = await client.find("Ridge boots in 43");
  await client.when(issue.id, "the visitor has read the answer", (t) => t.detail.user_read_seq === t.detail.last_seq);
  await agent.getByText("Seen by visitor").last().waitFor();
  await visitor.composer.pressSequentially("Yes");
  await agent.getByText(/is typing/).first().waitFor();

  // 3. The visitor closes the tab. The agent sees it, writes twice, and sees the clock restart.
  await visitor.page.close({ runBeforeUnload: true });
  await agent.getByText(/^Left .*: closed the page$/).first().waitFor();
  await composer.fill("They wait for you at the counter.");
  await composer.press("Enter");
  await agent.getByText(/E-mail to .*in \d+ s/).first().waitFor();
  await shoot(agent, "dashboard");
  await composer.fill("We close at six.");
  await composer.press("Enter");
  await agent.getByRole("button", { name: "Hold" }).waitFor();
  await agent.getByRole("button", { name: "Send now" }).waitFor();

  // 4. One e-mail with both messages. The link opens the shop in another browser, with the whole conversation.
  const link = await newestLink(demo, email);
  const [mail] = mailsTo(demo, email);
  assert.match(mail, /They wait for you at the counter\./);
  assert.match(mail, /We close at six\./);
  const elsewhere = await openBrowser();
  try {
    const page = await (await elsewhere.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
    await page.goto(link);
    const back = new Visitor(page);
    await back.panel.getByText("Do you have the Ridge boots in 43?").first().waitFor();
    await back.panel.getByText("We close at six.").first().waitFor();
    assert.equal(new URL(page.url()).hash, "", "the token stays in the address bar");
    await back.composer.click();
    await agent.getByText(/returned/i).first().waitFor();
    await back.say("I am on my way!");
    await agent.getByText("I am on my way!").first().waitFor();
    await shoot(page, "returned");
  } finally {
    await elsewhere.close();
  }

  // The timeline tells every step with its reason.
  const told = await client.when(issue.id, "the whole story", (t) => t.events.some((e) => e.data.follow_up?.step === "replied"));
  const steps = told.events.filter((e) => e.data.follow_up).map((e) => e.data.follow_up.step);
  assert.deepEqual(steps.slice(-6), ["waiting", "restarted", "sent", "opened", "returned", "replied"]);
  assert.equal(mailsTo(demo, email).length, 1);
});

test("killed at any moment, started again: nothing is lost, and no e-mail goes twice", async () => {
  const email = "grace@example.org";
  const visitor = await Visitor.visit(visitors, demo, "/");
  const client = await new AgentClient(demo).signIn();
  await visitor.introduce("Is the tent waterproof?", "Grace", email);
  const issue = await client.find("Is the tent waterproof?");
  await visitor.page.close({ runBeforeUnload: true });
  await client.reply(issue.id, "It is: 4,000 mm.");
  await demo.kill();
  await demo.restart();
  await newestLink(demo, email);
  await demo.kill();
  await demo.restart();
  const t = await client.when(issue.id, "the e-mail's outcome", (t) => /^(sent|unknown)$/.test(t.issue.follow_up.state));
  assert.deepEqual(t.messages.map((m) => m.seq), t.messages.map((_, i) => i + 1));
  assert.equal(mailsTo(demo, email).length, 1);
});
