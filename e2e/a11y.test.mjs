// axe finds nothing to complain about, in light and in dark, on any screen of the visitor and the agent.
import { after, before, test } from "node:test";
import { examine, phone } from "./axe.mjs";
import { AgentClient, Demo, mailsTo, newestLink, openBrowser, signIn, Visitor } from "./harness.mjs";

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

test("the visitor's screens", async (t) => {
  const visitor = await Visitor.visit(browser, demo);
  const { page } = visitor;

  await t.test("launcher", async () => {
    await visitor.launcher.waitFor();
    await examine("launcher", page);
  });

  await t.test("beginning of a conversation", async () => {
    await visitor.open();
    await examine("panel-empty", page, visitor.frame);
    await examine("panel-open-page", page);
  });

  await t.test("the bot's question, and a refused answer", async () => {
    await visitor.say("Do you have the tent in green?");
    await visitor.answer(/name/i, "Ada");
    await visitor.panel.getByRole("textbox", { name: /e-?mail/i }).waitFor();
    await examine("panel-question", page, visitor.frame);
    await visitor.answer(/e-?mail/i, "ada@nowhere");
    await visitor.panel.getByRole("alert").waitFor();
    await examine("panel-refused", page, visitor.frame);
    await visitor.answer(/e-?mail/i, "ada@example.org");
    await visitor.message("ada@example.org").waitFor();
  });

  await t.test("conversation, and how it ends", async () => {
    const issue = await client.find("tent in green");
    await client.reply(issue.id, "Yes! Look: https://shop.example/tents/green. Shall I put one aside?");
    await visitor.panel.locator(".bubble").getByText("Shall I put one aside?").waitFor();
    await visitor.say("Please do.");
    await client.when(issue.id, "it has arrived", (t) => t.messages.at(-1).body === "Please do.");
    await visitor.panel.getByText("Sent", { exact: true }).waitFor();
    await examine("panel", page, visitor.frame);
    await client.call("POST", `/issues/${issue.id}/state`, { state: "resolved" });
    await visitor.panel.getByRole("heading", { name: "Did we solve your question?" }).waitFor();
    await examine("panel-solved", page, visitor.frame);
    await visitor.panel.getByRole("button", { name: "Yes, thank you" }).click();
    await visitor.panel.getByRole("radio", { name: /^3 of 5 stars/ }).check({ force: true });
    await visitor.panel.getByRole("textbox", { name: /Anything you want to add/ }).waitFor();
    await examine("panel-rating", page, visitor.frame);
    await visitor.panel.getByRole("button", { name: "Send rating" }).click();
    await visitor.panel.getByText("Thank you for your rating.").waitFor();
    await examine("panel-ended", page, visitor.frame);
    await visitor.panel.getByRole("button", { name: "New conversation" }).click();
    await visitor.panel.getByRole("button", { name: "Your conversations" }).click();
    await visitor.panel.getByRole("region", { name: "Your conversations" }).waitFor();
    await examine("panel-list", page, visitor.frame);
  });
  await page.context().close();

  await t.test("hosted page, on a phone", async () => {
    const page = await (await browser.newContext(phone)).newPage();
    await page.goto(`${demo.server}/c/${demo.platform}`);
    const composer = page.getByRole("textbox", { name: /message/i });
    await composer.fill("Hello from my phone");
    await composer.press("Enter");
    await page.getByRole("textbox", { name: /name/i }).waitFor();
    await examine("hosted", page);
    await page.context().close();
  });

  await t.test("links that do not work", async () => {
    const visitor = await Visitor.visit(browser, demo, `/#rejoin=${"A".repeat(43)}`, phone);
    await visitor.panel.getByRole("heading", { name: "We do not know this link" }).waitFor();
    await examine("link-unknown", visitor.page, visitor.frame);
    await visitor.page.context().close();
  });
});

test("the agent's screens", async (t) => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await t.test("sign-in", async () => {
    await page.goto(demo.server);
    await page.getByLabel("E-mail").waitFor();
    await examine("sign-in", page);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("alert").waitFor();
    await examine("sign-in-refused", page);
  });
  await context.close();

  const agent = await signIn(browser, demo);
  await t.test("inbox", async () => {
    await agent.getByRole("link", { name: /#\d+/ }).first().waitFor();
    await examine("inbox", agent);
  });
  await t.test("thread", async () => {
    await agent.goto(`${demo.server}/inbox/${(await client.find("tent in green")).id}`);
    await agent.getByRole("main").getByText("Please do.").last().waitFor();
    await examine("thread", agent);
    await agent.getByRole("button", { name: "More actions" }).click();
    await agent.getByRole("menu").waitFor();
    await examine("thread-menu", agent, agent.mainFrame(), "[role=menu]");
    await agent.keyboard.press("Escape");
  });
  await t.test("thread, on a phone", async () => {
    await agent.setViewportSize(phone.viewport);
    await examine("thread-phone", agent);
    await agent.setViewportSize({ width: 1440, height: 900 });
  });
  await agent.context().close();
});

test("the pages around an e-mail", async (t) => {
  const visitor = await Visitor.visit(browser, demo);
  await visitor.introduce("How long is the mug warm?", "Bea", "bea@example.org");
  const issue = await client.find("How long is the mug warm?");
  await visitor.page.context().close();
  await client.gone(issue.id);
  await client.reply(issue.id, "Long enough.");
  await client.sendNow(issue.id);
  await newestLink(demo, "bea@example.org");
  const page = await (await browser.newContext()).newPage();

  await t.test("small print", async () => {
    await page.goto(/https?:\/\/\S+\/m\/[\w-]{43}/.exec(mailsTo(demo, "bea@example.org")[0])[0]);
    await page.getByRole("heading", { name: /Your e-mails/ }).waitFor();
    await examine("wishes", page);
    await page.getByRole("button", { name: "Unsubscribe" }).click();
    await page.getByRole("status").waitFor();
    await examine("wishes-done", page);
    await page.goto(`${demo.server}/m/${"A".repeat(43)}`);
    await examine("wishes-unknown", page);
  });
  await t.test("mailbox", async () => {
    await page.goto(demo.mailbox);
    await examine("mailbox", page);
    await page.getByRole("link", { name: /to bea@example.org/ }).click();
    await page.getByTitle("The e-mail").waitFor();
    await examine("mailbox-mail", page);
  });
  await t.test("the e-mail itself", async () => {
    // The mailbox shows it where no script runs, not even ours.
    const address = page.frames().find((f) => f.url().endsWith("/body")).url();
    const html = await (await fetch(address)).text();
    await page.goto("about:blank");
    await page.setContent(html);
    await examine("mail", page, page.mainFrame(), "body > table"); // a mail has no landmarks
  });
  await page.context().close();
});
