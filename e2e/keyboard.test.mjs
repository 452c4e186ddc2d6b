// The story without a pointer: leave, read, wait, return, by keyboard alone, and told to those who listen.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AgentClient, Demo, newestLink, openBrowser, tabTo, until, Visitor } from "./harness.mjs";

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

/** Waits until one of the live regions of a page or a frame says the words. */
async function announced(where, words) {
  const regions = where.locator("[aria-live], [role=log], [role=status], [role=alert]");
  await until(`it is said: ${words}`, async () => (await regions.allTextContents()).some((t) => words.test(t)));
}

/** Waits until the field has the focus. */
async function focused(field) {
  await until("the field has the focus", () => field.evaluate((e) => e === document.activeElement));
}

test("a visitor and an agent, by keyboard alone", async (t) => {
  const visitor = await Visitor.visit(browser, demo);
  const { page, panel } = visitor;
  const agent = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  const composer = agent.getByRole("textbox", { name: "Your answer" });
  let issue;

  await t.test("the visitor writes and answers the bot", async () => {
    await visitor.launcher.waitFor();
    await tabTo(page, visitor.launcher);
    await page.keyboard.press("Enter");
    await visitor.composer.waitFor();
    await focused(visitor.composer);
    await page.keyboard.type("Is the lantern waterproof?");
    await page.keyboard.press("Enter");
    await announced(panel, /What is your name/);
    await tabTo(page, panel.getByRole("textbox", { name: /name/i }));
    await page.keyboard.type("Kay");
    await page.keyboard.press("Enter");
    const email = panel.getByRole("textbox", { name: /e-?mail/i });
    await tabTo(page, email);
    await page.keyboard.type("kay@nowhere");
    await page.keyboard.press("Enter");
    await announced(panel, /not a complete e-mail address/);
    await tabTo(page, email);
    await email.press("ControlOrMeta+a");
    await page.keyboard.type("kay@example.org");
    await page.keyboard.press("Enter");
    await announced(panel, /You can close this page/);
    await focused(visitor.composer); // the form that had the focus has gone, and the field inherits it
    issue = await client.find("Is the lantern waterproof?");
  });

  await t.test("and sends a file", async () => {
    const chosen = page.waitForEvent("filechooser"); // asked for early: the browser hands choosers over only some time after
    await tabTo(page, panel.getByRole("button", { name: "Attach files" }));
    await page.keyboard.press("Enter");
    const chooser = await chosen;
    await chooser.setFiles([{ name: "wish.txt", mimeType: "text/plain", buffer: Buffer.from("A yellow one") }]);
    await announced(panel, /wish\.txt is ready to be sent/);
    await tabTo(page, visitor.composer);
    await page.keyboard.press("Enter");
    await panel.getByRole("link", { name: /Download wish\.txt/ }).waitFor();
    await client.when(issue.id, "the file", (t) => t.messages.some((m) => m.attachments?.[0].name === "wish.txt"));
  });

  await t.test("the agent signs in, finds it and answers", async () => {
    await agent.goto(demo.server);
    await tabTo(agent, agent.getByLabel("E-mail"));
    await agent.keyboard.type(demo.agent_email);
    await tabTo(agent, agent.getByLabel("Password"));
    await agent.keyboard.type(demo.agent_password);
    await agent.keyboard.press("Enter");
    const row = agent.getByRole("link", { name: /Kay/ }).first();
    await row.waitFor();
    await tabTo(agent, row);
    await agent.keyboard.press("Enter");
    await composer.waitFor();
    await tabTo(agent, composer);
    await agent.keyboard.type("It is. Shall I keep one?");
    await agent.keyboard.press("Enter");
    await announced(panel, /It is\. Shall I keep one\?/);
  });

  await t.test("the visitor closes the panel and the page", async () => {
    await page.keyboard.press("Escape");
    await page.locator("iframe").waitFor({ state: "hidden" });
    await until("the launcher has the focus", () => visitor.launcher.evaluate((b) => b.getRootNode().activeElement === b));
    await page.close({ runBeforeUnload: true });
    await client.when(issue.id, "gone", (t) => t.issue.user.presence === "page_closed");
  });

  await t.test("the agent sends the e-mail, and its link leads back", async () => {
    await composer.waitFor();
    await tabTo(agent, composer);
    await agent.keyboard.type("I keep it until Friday.");
    await agent.keyboard.press("Enter");
    const now = agent.getByRole("button", { name: "Send now" });
    await now.waitFor();
    await tabTo(agent, now);
    await agent.keyboard.press("Enter");
    const link = await newestLink(demo, "kay@example.org");

    const back = new Visitor(await (await browser.newContext()).newPage());
    await back.page.goto(link);
    await back.message("I keep it until Friday.").waitFor();
    await tabTo(back.page, back.composer);
    await back.page.keyboard.type("I am on my way.");
    await back.page.keyboard.press("Enter");
    const t = await client.when(issue.id, "the answer", (t) => t.messages.at(-1).body === "I am on my way.");
    assert.ok(t.issue.follow_up.returned_at > 0);
    await agent.getByRole("main").getByText("I am on my way.").first().waitFor();
    await back.page.context().close();
  });
  await agent.context().close();
  await page.context().close();
});
