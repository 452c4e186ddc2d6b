// The way back: where links lead, what becomes of their token, and what one sees whose link does not work.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AgentClient, Demo, mailsTo, newestLink, openBrowser, redeem, shoot, until, Visitor } from "./harness.mjs";

let demo;
let client;
let browser;

before(async () => {
  demo = await Demo.start({ flags: ["--log-level", "debug"] });
  client = await new AgentClient(demo).signIn();
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

/** A conversation whose visitor has left and got an e-mail. */
async function mailed(text, name, path = "/") {
  const email = `${name.toLowerCase()}@example.org`;
  const visitor = await Visitor.visit(browser, demo, path);
  await visitor.introduce(text, name, email);
  const issue = await client.find(text);
  await visitor.page.context().close();
  await client.gone(issue.id);
  const link = await mailAgain({ issue, email }, `An answer for ${name}.`);
  return { issue, email, link };
}

/** The agent writes, and another e-mail goes out. It returns the link in it. */
async function mailAgain({ issue, email }, text) {
  const count = mailsTo(demo, email).length + 1;
  await client.reply(issue.id, text);
  await client.sendNow(issue.id);
  return newestLink(demo, email, count);
}

/** A browser that has never been here. */
async function arrive(link, options) {
  const page = await (await browser.newContext(options)).newPage();
  await page.goto(link);
  return new Visitor(page);
}

const withoutToken = (link) => link.split("#")[0];

test("the token leaves the address bar at once and is told to nobody else", async () => {
  const { issue, link } = await mailed("Can I return the lantern?", "Frida", "/products/lantern?colour=brass");
  const token = link.split("#rejoin=")[1];
  assert.equal(withoutToken(link), `${demo.shop}/products/lantern?colour=brass`);

  const page = await (await browser.newContext()).newPage();
  const told = [];
  page.on("request", async (r) => {
    const { pathname, search } = new URL(r.url());
    const headers = JSON.stringify(await r.allHeaders().catch(() => r.headers()));
    if (`${pathname}${search}${headers}`.includes(token)) told.push(`in ${r.url()}`);
    if (r.postData()?.includes(token)) told.push(`to ${pathname}`);
  });
  await page.goto(link);
  const visitor = new Visitor(page);
  await visitor.message("An answer for Frida.").waitFor();
  await shoot(page, "link-same");
  assert.equal(page.url(), withoutToken(link));
  const session = await page.context().newCDPSession(page);
  const { entries } = await session.send("Page.getNavigationHistory");
  const history = entries.map((e) => e.url);
  assert.ok(!history.some((url) => url.includes(token)), `the token is in the history: ${history}`);

  await visitor.message("An answer for Frida.").click();
  await client.when(issue.id, "returned", (t) => t.issue.follow_up.returned_at > 0);
  await page.goto(`${demo.shop}/contact`);
  await visitor.launcher.waitFor();
  assert.deepEqual(told, ["to /chat/v1/return"]);
  const stored = await page.evaluate(() => JSON.stringify({ ...localStorage }));
  assert.ok(!stored.includes(token), "the token is kept");
  assert.ok(demo.log.includes("/chat/v1/return"), "the log tells of no request");
  assert.ok(!demo.log.includes(token), "the token is in the log");
  await page.context().close();
});

test("a link opens the hosted page or one page for everybody, as the settings say", async () => {
  const frame = (visitor) => visitor.panel.getByText("An answer for Gerd.", { exact: true }).first();
  const all = await mailed("Where is my order?", "Gerd", "/products/mug");
  assert.equal(withoutToken(all.link), `${demo.shop}/products/mug`);

  await client.configure({ destination: "custom_url", custom_url: `${demo.shop}/contact?from=mail` });
  const custom = await mailAgain(all, "It is on its way.");
  assert.equal(withoutToken(custom), `${demo.shop}/contact?from=mail`);
  const visitor = await arrive(custom);
  await frame(visitor).waitFor();
  await visitor.page.context().close();

  await client.configure({ destination: "hosted_page" });
  const hosted = await mailAgain(all, "It has arrived.");
  assert.equal(withoutToken(hosted), `${demo.server}/c/${demo.platform}`);
  const { page } = await arrive(hosted);
  await page.locator(".bubble").getByText("It has arrived.", { exact: true }).click();
  assert.equal(page.url(), withoutToken(hosted));
  await client.when(all.issue.id, "read", (t) => t.detail.user_read_seq === t.detail.last_seq);
  await page.context().close();

  // The page where it began is no longer one of the app's: the hosted page stands in.
  const { allowed_origins } = await client.app();
  await client.configure({ destination: "start_page" }, ["https://shop.example"]);
  const elsewhere = await mailAgain(all, "Did it fit?");
  assert.equal(withoutToken(elsewhere), `${demo.server}/c/${demo.platform}`);
  await client.configure({}, allowed_origins);
});

test("who comes by a link that does not work is told why, and can go on", async (t) => {
  const all = await mailed("Do you rent tents?", "Henk");
  const screen = (visitor, title) => visitor.panel.getByRole("heading", { name: title });

  await t.test("unknown", async () => {
    const visitor = await arrive(`${demo.shop}/#rejoin=${"A".repeat(43)}`);
    await screen(visitor, "We do not know this link").waitFor();
    await shoot(visitor.page, "link-unknown");
    assert.equal(new URL(visitor.page.url()).hash, "");
    await visitor.panel.getByRole("button", { name: "New conversation" }).click();
    await visitor.composer.waitFor();
    await visitor.page.context().close();
  });

  await t.test("expired", async () => {
    const results = [];
    for (let i = 0; i < 51; i++) results.push(await redeem(demo, all.link, i < 26 ? "127.0.0.2" : "127.0.0.3"));
    assert.equal(results.filter((r) => r === "same").length, 50);
    assert.equal(results.at(-1), "expired");
    const visitor = await arrive(all.link, { viewport: { width: 390, height: 844 } });
    await screen(visitor, "This link has expired").waitFor();
    await shoot(visitor.page, "link-expired");
    await visitor.panel.getByRole("button", { name: "New conversation" }).click();
    await visitor.say("My link has expired, do you still rent tents?");
    await client.find("My link has expired");
    await visitor.page.context().close();
  });

  await t.test("revoked", async () => {
    const link = await mailAgain(all, "We do, from May.");
    const context = await browser.newContext({ colorScheme: "dark" });
    const page = await context.newPage();
    await page.goto(link);
    const visitor = new Visitor(page);
    await visitor.message("We do, from May.").click();
    await client.when(all.issue.id, "read", (t) => t.detail.user_read_seq === t.detail.last_seq);
    await client.revokeLinks(all.issue.id);
    const late = await arrive(link, { colorScheme: "dark" });
    await screen(late, "This link no longer works").waitFor();
    await shoot(late.page, "link-revoked-dark");
    await late.page.context().close();
    await context.close();
  });

  await t.test("a browser with a conversation of its own keeps it", async () => {
    const visitor = await Visitor.visit(browser, demo);
    await visitor.open();
    await visitor.say("I have a conversation here.");
    await visitor.page.goto(`${demo.shop}/contact#rejoin=${"B".repeat(43)}`);
    await screen(visitor, "We do not know this link").waitFor();
    await visitor.panel.getByRole("button", { name: "Show my conversation" }).click();
    await visitor.message("I have a conversation here.").waitFor();
    await visitor.page.context().close();
  });
});

/** The address of the small print in the newest e-mail. */
function smallPrint(email) {
  return /https?:\/\/\S+\/m\/[\w-]{43}/.exec(mailsTo(demo, email).at(-1))[0];
}

test("the small print's page changes nothing by itself; its buttons do", async (t) => {
  const all = await mailed("How heavy is the pack?", "Iris");
  const address = smallPrint(all.email);
  const page = await (await browser.newContext()).newPage();

  await t.test("a GET changes nothing", async () => {
    const before = await client.thread(all.issue.id);
    for (let i = 0; i < 3; i++) await fetch(address);
    await fetch(`${address}/one-click`);
    await page.goto(address);
    await page.getByRole("heading", { name: "Your e-mails from Harbor & Pine" }).waitFor();
    await shoot(page, "wishes", { fullPage: true });
    const after = await client.thread(all.issue.id);
    assert.deepEqual([after.events, after.issue.version], [before.events, before.issue.version]);
    const link = await mailAgain(all, "One kilogram.");
    assert.ok(link, "a GET has stopped the e-mails");
  });

  await t.test("mute stops the next e-mail, and can be taken back", async () => {
    const count = mailsTo(demo, all.email).length;
    await page.getByRole("button", { name: "Mute this conversation" }).click();
    await page.getByText("You get no more e-mails about this conversation.").waitFor();
    await client.reply(all.issue.id, "And six hundred grams.");
    const muted = await client.when(all.issue.id, "skipped", (t) => t.issue.follow_up.state === "skipped");
    assert.equal(muted.issue.follow_up.reason, "muted");
    await assert.rejects(client.sendNow(all.issue.id), /409/);
    assert.equal(mailsTo(demo, all.email).length, count);

    await page.getByRole("button", { name: "Send e-mails about it again" }).click();
    await page.getByText("You get e-mails about this conversation again.").waitFor();
    await client.when(all.issue.id, "waiting again", (t) => t.issue.follow_up.state === "waiting");
    await client.sendNow(all.issue.id);
    await newestLink(demo, all.email, count + 1);
  });

  await t.test("“this was not me” is final and switches the links off", async () => {
    await page.getByRole("button", { name: "This was not me" }).click();
    await page.getByText(/Your address gets no more e-mails of this kind/).waitFor();
    const visitor = await arrive(all.link);
    await visitor.panel.getByRole("heading", { name: "This link no longer works" }).waitFor();
    await visitor.page.context().close();
    await client.reply(all.issue.id, "Anything else?");
    const t = await client.when(all.issue.id, "skipped", (t) => t.issue.follow_up.state === "skipped");
    assert.equal(t.issue.follow_up.reason, "not_me");
    await until("the choice is shown as final", () => page.getByText("It cannot be taken back here.").isVisible());
  });
  await page.context().close();
});
