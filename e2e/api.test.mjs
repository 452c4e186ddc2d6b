// The public surface: pages written for the published names, every command and event, and pages that get them wrong.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AgentClient, becomes, Demo, openBrowser, until } from "./harness.mjs";
import { HostPage, HostSite, loader, requireSignatures } from "./host.mjs";

let demo;
let client;
let browser;
let site;

before(async () => {
  demo = await Demo.start();
  client = await new AgentClient(demo).signIn();
  browser = await openBrowser();
  site = await HostSite.start(demo, client);
  await requireSignatures(client, false);
  await client.call("POST", "/fields", { key: "e2e_order", label: "Order of the test", type: "singleline" });
});

after(async () => {
  await browser?.close();
  await site?.stop();
  await demo?.stop();
});

let pages = 0;

/** Somebody on a new page of the site. */
function visit(page = {}, options = {}) {
  return HostPage.visit(browser, site.page(`/page-${++pages}`, page), options);
}

const fieldsOf = (thread) => Object.fromEntries(thread.detail.form.filter((f) => f.value).map((f) => [f.key, f.value]));

test("a page that knows only the published names", async () => {
  const after = `
    Helpshift("setCustomIssueFields", { e2e_order: { type: "singleline", value: "A-1001" } });
    Helpshift("open");
    window.done = true;`;
  const visitor = await visit({ name: "Helpshift", after });
  const { page } = visitor;
  await visitor.composer.waitFor();
  await becomes(() => visitor.told("widgetToggle"), [{ visible: true }]);
  assert.equal(await page.evaluate(() => document.querySelectorAll("#hs-chat").length), 1);
  await visitor.say("Written for the other one.");
  const issue = await client.find("Written for the other one.");
  assert.deepEqual(fieldsOf(await client.thread(issue.id)), { e2e_order: "A-1001" });
  await visitor.heard("conversationStart");
  assert.deepEqual(await visitor.told("conversationStart"), [{ message: "Written for the other one." }]);

  // The loader a second time, as pages of one piece do it: the configuration is read anew, and nothing is there twice.
  await page.evaluate(() => {
    window.helpshiftConfig.language = "de";
  });
  await page.evaluate(loader(demo.server, "Helpshift"));
  await visitor.panel.getByRole("textbox", { name: "Ihre Nachricht" }).waitFor();
  await visitor.message("Written for the other one.").waitFor();
  assert.equal(await page.locator("iframe").count(), 1);
  assert.equal(await page.locator("rejoin-chat").count(), 1);
  assert.deepEqual(await page.evaluate(() => [window.done, window.mistakes]), [true, []]);
  await visitor.leave();
});

test("open, close, hide and show", async () => {
  const visitor = await visit();
  const frame = visitor.page.locator("iframe");
  await visitor.launcher.waitFor();
  await visitor.call("open");
  await visitor.composer.waitFor();
  await visitor.call("hide");
  await frame.waitFor({ state: "hidden" });
  assert.equal(await visitor.launcher.count(), 0);
  await visitor.call("show");
  await visitor.composer.waitFor();
  await frame.waitFor();
  await visitor.call("close");
  await frame.waitFor({ state: "hidden" });
  await visitor.launcher.waitFor();
  await visitor.call("hide");
  assert.equal(await visitor.launcher.count(), 0);
  await visitor.call("show");
  await visitor.launcher.waitFor();
  assert.equal(await frame.isVisible(), false, "show has opened what was closed");
  await becomes(() => visitor.told("widgetToggle"), [{ visible: true }, { visible: false }]);
  await visitor.leave();
});

test("a listener is called until it is removed, and one that throws harms nobody", async () => {
  const visitor = await visit({
    after: `
      window.heard = [];
      window.listener = (data) => heard.push(data.visible);
      Rejoin("addEventListener", "widgetToggle", () => { throw new Error("a mistake of the page"); });
      Rejoin("addEventListener", "widgetToggle", listener);`,
  });
  await visitor.open();
  await visitor.page.evaluate(() => window.Rejoin("removeEventListener", "widgetToggle", window.listener));
  await visitor.call("close");
  assert.deepEqual(await visitor.page.evaluate(() => window.heard), [true]);
  await becomes(() => visitor.told("widgetToggle"), [{ visible: true }, { visible: false }]);
  await visitor.leave();
});

test("what is written, answered and read is told to the page", async () => {
  const visitor = await visit();
  await visitor.open();
  await visitor.say("Do you sell flags?");
  const issue = await client.find("Do you sell flags?");
  await visitor.answer(/name/i, "Flo");
  await visitor.answer(/e-?mail/i, "flo@example.org");
  await visitor.heard("messageAdd", (d) => d.body === "flo@example.org");
  await visitor.panel.getByText(/You can close this page/).first().waitFor();
  assert.deepEqual(
    (await visitor.told("messageAdd")).map((d) => [d.type, d.body]),
    [["text", "Do you sell flags?"], ["text", "Flo"], ["text", "flo@example.org"]],
  );
  await visitor.call("close");
  const sent = await client.reply(issue.id, "Of every port.");
  await visitor.heard("newUnreadMessages", (d) => d.unreadCount >= 1);
  await visitor.page.getByRole("button", { name: /^Open chat.*[1-9]/ }).waitFor();
  assert.deepEqual(await visitor.told("agentMessageReceived"), [], "told before it was read");
  await visitor.launcher.click();
  const { body, publishId, createdTs } = await visitor.heard("agentMessageReceived");
  assert.deepEqual([body, publishId, createdTs], ["Of every port.", `${issue.number}`, sent.messages.at(-1).created_at]);
  await until("nothing is unread", async () => (await visitor.told("newUnreadMessages")).at(-1).unreadCount === 0);
  await visitor.leave();
});

test("messages on the visitor’s behalf", async (t) => {
  await t.test("initialUserMessage, and another one for the conversations after it", async () => {
    const config = { initialUserMessage: "I come from the help page.", subsequentIssuesInSameSessionConfig: { initialUserMessage: "" } };
    const visitor = await visit({ config });
    await visitor.call("open");
    await visitor.message("I come from the help page.").waitFor();
    const issue = await client.find("I come from the help page.");
    await client.call("POST", `/issues/${issue.id}/state`, { state: "rejected" });
    await visitor.panel.getByRole("button", { name: "New conversation" }).click();
    await visitor.composer.waitFor();
    await visitor.say("My own words.");
    const next = await client.find("My own words.");
    assert.deepEqual((await client.thread(next.id)).messages.filter((m) => m.origin === "end-user").map((m) => m.body), ["My own words."]);
    await visitor.leave();
  });

  await t.test("setInitialUserMessage", async () => {
    const visitor = await visit({ after: 'Rejoin("setInitialUserMessage", "Set by a command."); Rejoin("open");' });
    await visitor.message("Set by a command.").waitFor();
    await visitor.heard("conversationStart");
    assert.deepEqual(await visitor.told("conversationStart"), [{ message: "Set by a command." }]);
    await visitor.call("setInitialUserMessage", "Too late.");
    await visitor.say("Still the same one.");
    assert.equal(await visitor.message("Too late.").count(), 0);
    await visitor.leave();
  });

  await t.test("conversationPrefillText is a draft, and a thousand characters at most", async () => {
    const visitor = await visit({ config: { conversationPrefillText: "x".repeat(1200) } });
    await visitor.open();
    await until("the draft", async () => (await visitor.composer.inputValue()) === "x".repeat(1000));
    assert.deepEqual(await visitor.told("conversationStart"), []);
    assert.deepEqual(await visitor.stored(), {});
    await visitor.leave();
  });
});

test("a page that gets it wrong is told so and goes on", async () => {
  const config = {
    userId: 5,
    userEmail: ["x"],
    language: {},
    tags: "vip",
    cifs: 3,
    fullPrivacy: "yes",
    conversationPrefillText: 4,
    widgetOptions: { position: "middle", zIndex: "high", fullScreen: "a little" },
    subsequentIssuesInSameSessionConfig: "x",
  };
  const after = `
    Rejoin("open");
    Rejoin("noSuchCommand", 1);
    Rejoin();
    Rejoin(null);
    Rejoin("addEventListener", "widgetToggle", "not a function");
    Rejoin("setInitialUserMessage", { text: 1 });
    Rejoin("setCustomIssueFields", 7);
    Rejoin("addUserIdentities", {});
    window.done = true;`;
  const visitor = await visit({ config, after });
  await visitor.composer.waitFor();
  await visitor.say("It works all the same.");
  const issue = await client.find("It works all the same.");
  assert.equal(issue.user.logged_in, false);
  const names = [
    ...Object.keys(config).filter((k) => k !== "widgetOptions"),
    ...["position", "zIndex", "fullScreen"].map((k) => `widgetOptions.${k}`),
    ...["noSuchCommand", "setInitialUserMessage", "setCustomIssueFields", "ADD_USER_IDENTITY_FAILED"],
  ];
  let errors;
  await becomes(async () => {
    errors = await visitor.told("onWebChatRuntimeError");
    return names.filter((name) => !JSON.stringify(errors).includes(name)); // of which nothing is said
  }, []);
  for (const e of errors) assert.equal(typeof e.error, "string");
  assert.deepEqual(await visitor.page.evaluate(() => [window.done, window.mistakes]), [true, []]);
  await visitor.leave();
});
