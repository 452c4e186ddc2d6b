// Who began a conversation, who opens its link, and what becomes of it: every pair, each in browser profiles of their own.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AgentClient, Demo, mailsTo, newestLink, openBrowser, shoot } from "./harness.mjs";
import { HostPage, HostSite, requireSignatures } from "./host.mjs";

let demo;
let client;
let browser;
let site;
let start;

const ada = { userId: "ada-1", userEmail: "ada.l@example.org", userName: "Ada Lovelace" };
const grace = { userId: "grace-2", userEmail: "grace.h@example.org", userName: "Grace Hopper" };

// What the manual tells a site to do: hide the chat, let people log in or out, lead them back, and open it.
const recipe = `
  Rejoin("addEventListener", "userChanged", (data) => {
    Rejoin("hide");
    sessionStorage.setItem("back", data.pageUrl);
  });
  if (sessionStorage.getItem("back") === location.href) {
    sessionStorage.removeItem("back");
    Rejoin("open");
  }`;

before(async () => {
  demo = await Demo.start();
  client = await new AgentClient(demo).signIn();
  browser = await openBrowser();
  site = await HostSite.start(demo, client);
  await requireSignatures(client, true);
  const config = (user) => (user ? { ...site.as(user), ...user } : {});
  start = site.page("/start", { config, after: recipe });
  site.page("/plain", { config });
});

after(async () => {
  await browser?.close();
  await site?.stop();
  await demo?.stop();
});

/** The visitor closes the page, the agent answers, and the e-mail goes out. It returns the link in it. */
async function answered({ page }, issue, email, text) {
  const count = mailsTo(demo, email).length + 1;
  await page.close({ runBeforeUnload: true });
  await client.gone(issue.id);
  await client.reply(issue.id, text);
  await client.sendNow(issue.id);
  return newestLink(demo, email, count);
}

/** A conversation of somebody anonymous, who has left and got an e-mail. */
async function anonymous(text, name) {
  const email = `${name.toLowerCase()}@example.org`;
  const visitor = await HostPage.visit(browser, start);
  await visitor.introduce(text, name, email);
  const issue = await client.find(text);
  const context = visitor.page.context();
  return { context, link: await answered(visitor, issue, email, `An answer for ${name}.`) };
}

/** A conversation of somebody who was logged in. */
async function loggedIn(text, user) {
  const visitor = await HostPage.visit(browser, start, { user });
  await visitor.open();
  await visitor.say(text);
  const issue = await client.find(text);
  const { user: known } = (await client.when(issue.id, "logged in", (t) => t.issue.user.logged_in)).issue;
  assert.deepEqual([known.external_id, known.email, known.email_source, known.verified], [user.userId, user.userEmail, "verified", true]);
  const link = await answered(visitor, issue, user.userEmail, `An answer for ${user.userName}.`);
  await visitor.page.context().close();
  return link;
}

/** The site's page has been told who began it, once, and has hidden the chat. */
async function told(visitor, originalState) {
  await visitor.heard("userChanged");
  assert.deepEqual(await visitor.told("userChanged"), [{ originalState, pageUrl: start }]);
  await visitor.page.locator("iframe").waitFor({ state: "hidden" });
  assert.equal(await visitor.launcher.count(), 0, "the chat is not hidden");
}

const shows = (visitor, text) => visitor.message(text).waitFor();

test("anonymous, and anonymous still: the same browser or any other one shows the conversation", async () => {
  const { link, context } = await anonymous("Where is my parcel?", "Nora");
  assert.equal(link.split("#")[0], start);
  const same = new HostPage(await context.newPage());
  await same.page.goto(link);
  await shows(same, "An answer for Nora.");
  await same.leave();
  const other = await HostPage.visit(browser, link);
  await shows(other, "Where is my parcel?");
  await shows(other, "An answer for Nora.");
  assert.deepEqual(await other.told("userChanged"), []);
  await other.leave();
});

test("anonymous, and logged in now: one has to log out first", async () => {
  const { link } = await anonymous("Do you buy old tents?", "Olaf");
  const visitor = await HostPage.visit(browser, link.replace("/start", "/plain"), { user: grace });
  await visitor.heading("Sign out to see this conversation").waitFor();
  assert.equal(await visitor.message("An answer for Olaf.").count(), 0);
  assert.equal(await visitor.panel.getByText("Do you buy old tents?").count(), 0);
  await shoot(visitor.page, "identity-logout");
  await visitor.leave();

  const host = await HostPage.visit(browser, link, { user: grace });
  await told(host, "anonymous");
  await host.logOut();
  await host.page.goto(start);
  await shows(host, "An answer for Olaf.");
  assert.deepEqual(await host.told("userChanged"), []);
  await host.say("Mine is from 1987.");
  await host.leave();
});

test("logged in, and the same person on another browser: the conversation is there, by the link and without it", async () => {
  const link = await loggedIn("Is my order packed?", ada);
  const visitor = await HostPage.visit(browser, link, { user: ada });
  await shows(visitor, "Is my order packed?");
  await shows(visitor, "An answer for Ada Lovelace.");
  assert.deepEqual(await visitor.told("userChanged"), []);
  await visitor.leave();
  const without = await HostPage.visit(browser, start, { user: ada });
  await without.open();
  await shows(without, "An answer for Ada Lovelace.");
  await without.say("Thank you!");
  await without.leave();
});

test("logged in, and logged out now: one has to log in first", async () => {
  const link = await loggedIn("Can I change my address?", ada);
  const visitor = await HostPage.visit(browser, link.replace("/start", "/plain"));
  await visitor.heading("Sign in to see this conversation").waitFor();
  assert.equal(await visitor.panel.getByText("Can I change my address?").count(), 0);
  await shoot(visitor.page, "identity-login");
  await visitor.leave();

  const host = await HostPage.visit(browser, link);
  await told(host, "logged-in");
  await host.logIn(ada);
  await host.page.goto(start);
  await shows(host, "Can I change my address?");
  await host.leave();
});

test("logged in, and somebody else now: one has to log in as the one who began it", async () => {
  const link = await loggedIn("How do I return the mug?", ada);
  const visitor = await HostPage.visit(browser, link.replace("/start", "/plain"), { user: grace });
  await visitor.heading("This conversation belongs to another account").waitFor();
  assert.equal(await visitor.panel.getByText("How do I return the mug?").count(), 0);
  await shoot(visitor.page, "identity-other");
  await visitor.leave();

  const host = await HostPage.visit(browser, link, { user: grace });
  await told(host, "logged-in");
  await host.logIn(ada);
  await host.page.goto(start);
  await shows(host, "How do I return the mug?");
  await host.leave();
});

test("logged in with a bad token or none: no launcher, and an error instead of the conversations", async () => {
  const link = await loggedIn("What do my points buy?", ada);
  const cases = [
    [{ userAuthToken: "c29tZWJvZHkgZWxzZSBoYXMgc2lnbmVkIHRoaXMgb25l" }, "invalid user auth token"],
    [{ userAuthToken: "" }, "missing user auth token"],
  ];
  for (const [wrong, message] of cases) {
    const visitor = await HostPage.visit(browser, start, { user: { ...ada, ...wrong } });
    await visitor.heard("userAuthFailure");
    assert.equal(await visitor.launcher.count(), 0, "there is a launcher");
    await visitor.call("open");
    await visitor.heading("We could not confirm who you are").waitFor();
    assert.equal(await visitor.composer.count(), 0);
    assert.equal(await visitor.panel.getByText("What do my points buy?").count(), 0);
    assert.deepEqual(await visitor.told("userAuthFailure"), [{ message }]);
    assert.deepEqual(await visitor.stored(), {});
    await visitor.leave();
  }
  const arriving = await HostPage.visit(browser, link.replace("/start", "/plain"), { user: { ...ada, userAuthToken: "wrong" } });
  await arriving.heard("userAuthFailure");
  await arriving.call("open");
  await arriving.heading("We could not confirm who you are").waitFor();
  await shoot(arriving.page, "identity-refused");
  assert.equal(await arriving.panel.getByText("What do my points buy?").count(), 0);
  await arriving.leave();
});
