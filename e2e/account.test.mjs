// One page that people log in to and out of without leaving it, and the computer that they share.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AgentClient, becomes, Demo, openBrowser, shoot, until } from "./harness.mjs";
import { HostPage, HostSite, requireSignatures } from "./host.mjs";

let demo;
let client;
let browser;
let site;
let app;

const ada = { userId: "ada-1", userEmail: "ada.l@example.org", userName: "Ada Lovelace" };
const grace = { userId: "grace-2", userEmail: "grace.h@example.org", userName: "Grace Hopper" };
const nobody = { userId: undefined, userEmail: undefined, userName: undefined, userAuthToken: undefined };

before(async () => {
  demo = await Demo.start();
  client = await new AgentClient(demo).signIn();
  browser = await openBrowser();
  site = await HostSite.start(demo, client);
  await requireSignatures(client, true);
  app = site.page("/app", { config: (user) => (user ? site.as(user) : {}) });
});

after(async () => {
  await browser?.close();
  await site?.stop();
  await demo?.stop();
});

/** The chat of somebody for whom there is no conversation: the greeting, and a field. */
async function empty(visitor, ...others) {
  await visitor.composer.waitFor();
  await until("an empty conversation", async () => (await visitor.panel.locator("[data-seq], .mine").count()) === 0);
  for (const text of others) assert.equal(await visitor.panel.getByText(text).count(), 0, `it shows “${text}”`);
}

/** The sockets of a page to the chat, and how many of them are open. */
function socketsOf(page) {
  const sockets = [];
  page.on("websocket", (socket) => sockets.push(socket));
  return { open: () => sockets.filter((s) => !s.isClosed()).length };
}

test("a page of one piece: somebody writes, logs in, moves on, logs out, and is followed by somebody else", async (t) => {
  const visitor = await HostPage.visit(browser, app);
  const { page } = visitor;
  const sockets = socketsOf(page);
  let issue;

  await t.test("what somebody anonymous has begun is theirs once they are logged in", async () => {
    await visitor.open();
    await visitor.say("Can you engrave the lantern?");
    issue = await client.find("engrave the lantern");
    assert.equal((await client.thread(issue.id)).issue.user.logged_in, false);
    await visitor.update(site.as(ada));
    await visitor.message("Can you engrave the lantern?").waitFor();
    const { user } = (await client.when(issue.id, "the agent knows who it is", (t) => t.issue.user.logged_in)).issue;
    assert.deepEqual([user.external_id, user.name, user.email, user.verified], [ada.userId, ada.userName, ada.userEmail, true]);
    await client.reply(issue.id, "With up to twenty letters.");
    await visitor.message("With up to twenty letters.").waitFor();
    await visitor.say("“For Byron”, please.");
    assert.deepEqual(await visitor.told("onWebChatRuntimeError"), []);
  });

  await t.test("the page moves on, and the conversation stays", async () => {
    await page.evaluate(() => history.pushState(null, "", "/app/orders"));
    await visitor.update({ language: "en" });
    await visitor.message("“For Byron”, please.").waitFor();
    assert.equal(await page.locator("iframe").count(), 1);
    await until("one socket", () => sockets.open() === 1);
  });

  await t.test("after the logout nothing is left, not in the storage and not on the line", async () => {
    await visitor.write("A draft that nobody else may see");
    await visitor.update(nobody);
    await empty(visitor, "Can you engrave the lantern?", "With up to twenty letters.", "For Byron");
    await becomes(() => visitor.composer.inputValue(), "");
    await until("an empty storage", async () => Object.keys(await visitor.stored()).length === 0);
    await until("no socket", () => sockets.open() === 0);
    const owner = (await client.thread(issue.id)).issue.user.id;
    await until("no session", async () => (await client.call("GET", `/users/${owner}/sessions`)).sessions.length === 0);
    await shoot(page, "account-logged-out");
  });

  await t.test("the next person finds an empty chat, and the one after sees nothing of either", async () => {
    await visitor.say("Is anybody there?");
    const other = await client.find("Is anybody there?");
    assert.notEqual(other.id, issue.id);
    assert.notEqual(other.user.id, issue.user.id);
    await page.goto(site.page("/fresh", { config: site.as(grace) }));
    await visitor.launcher.waitFor();
    // The running conversation goes along with whoever logs in next: that is how a visitor becomes a customer.
    await visitor.open();
    await visitor.message("Is anybody there?").waitFor();
    await visitor.update(nobody);
    await empty(visitor, "Is anybody there?", "For Byron");
  });
  await visitor.leave();
});

test("two customers on one computer see nothing of each other", async () => {
  const one = { userId: "one-4", userName: "Una" };
  const two = { userId: "two-5", userName: "Dora" };
  const visitor = await HostPage.visit(browser, app, { user: one });
  await visitor.open();
  await visitor.say("Una asks for the invoice.");
  await client.find("Una asks for the invoice.");
  const first = await visitor.stored();

  await visitor.logIn(two);
  await visitor.page.goto(app);
  await visitor.open();
  await empty(visitor, "Una asks for the invoice.");
  const keys = JSON.stringify(await visitor.stored());
  for (const [, value] of Object.entries(first)) {
    const token = /[\w-]{43}/.exec(value)?.[0];
    assert.ok(!token || !keys.includes(token), "the key of the one before is still there");
  }
  await visitor.say("Dora asks for a refund.");
  const { user } = await client.find("Dora asks for a refund.");
  assert.equal(user.external_id, two.userId);
  assert.equal(await visitor.message("Una asks for the invoice.").count(), 0);

  // From one to the other without a load.
  await visitor.update(site.as(one));
  await visitor.message("Una asks for the invoice.").waitFor();
  assert.equal(await visitor.panel.getByText("Dora asks for a refund.").count(), 0);
  await visitor.leave();
});

test("clearAnonymousUserOnLogin: what was begun before the login is left behind", async () => {
  const visitor = await HostPage.visit(browser, site.page("/clear", { config: { clearAnonymousUserOnLogin: true } }));
  await visitor.open();
  await visitor.say("A question from the library’s computer.");
  const issue = await client.find("from the library’s computer");
  await visitor.update(site.as({ userId: "clear-3" }));
  await empty(visitor, "A question from the library’s computer.");
  await visitor.say("And one of my own.");
  const own = await client.find("And one of my own.");
  assert.notEqual(own.user.id, issue.user.id);
  const left = await client.thread(issue.id);
  assert.equal(left.issue.user.logged_in, false);
  await client.reply(issue.id, "Which library?");
  await visitor.update(nobody);
  await empty(visitor, "A question from the library’s computer.", "Which library?", "And one of my own.");
  await visitor.leave();
});

test("an agent signs a browser out: whoever is logged in on the site is back at once, and nobody else", async () => {
  const logged = await HostPage.visit(browser, "about:blank");
  const anonymous = await HostPage.visit(browser, app);
  await logged.page.clock.install();
  await logged.logIn(ada, site.origin);
  await logged.page.goto(app);
  await logged.open();
  await logged.say("Signed in and asking.");
  await anonymous.open();
  await anonymous.say("Passing by and asking.");
  for (const [visitor, text] of [[logged, "Signed in and asking."], [anonymous, "Passing by and asking."]]) {
    const issue = await client.find(text);
    const at = `/users/${issue.user.id}/sessions`;
    const before = (await client.call("GET", at)).sessions;
    assert.equal(before.length > 0, true, "no session is listed");
    // A login that is taken back at once would be taken back again: some time has to pass.
    if (visitor === logged) await visitor.page.clock.fastForward(31_000);
    const { sessions } = await client.call("POST", `${at}/all/revoke`, {});
    assert.ok(sessions.every((s) => !before.some((b) => b.id === s.id)), "a session that was ended is listed");
    if (visitor === anonymous) {
      await visitor.heading("This conversation is no longer open here").waitFor();
      await shoot(visitor.page, "account-ended");
      continue;
    }
    await until("a fresh session", async () => (await client.call("GET", at)).sessions.length === 1);
    await visitor.message(text).waitFor();
    await visitor.say("And still asking.");
    await client.when(issue.id, "it has arrived", (t) => t.messages.at(-1).body === "And still asking.");
  }
  await Promise.all([logged.leave(), anonymous.leave()]);
});
