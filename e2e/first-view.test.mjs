// What every visitor of a host site pays: two requests, and nothing stored before the first message.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { AgentClient, Demo, openBrowser, until, Visitor } from "./harness.mjs";

let demo;
let browser;
let site;

before(async () => {
  demo = await Demo.start();
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  site?.closeAllConnections();
  site?.close();
  await demo?.stop();
});

/** Everything that a page keeps. What the browser refuses to a frame, the frame does not have. */
async function kept() {
  const read = async (look, otherwise) => {
    try {
      return await look();
    } catch {
      return otherwise;
    }
  };
  return {
    local: await read(() => Object.keys(localStorage), []),
    session: await read(() => Object.keys(sessionStorage), []),
    databases: await read(async () => (await indexedDB.databases()).map((d) => d.name), []),
    cookie: await read(() => document.cookie, ""),
  };
}

const nothing = { local: [], session: [], databases: [], cookie: "" };

test("the first page view makes two requests to us and stores nothing", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const requests = [];
  const complaints = [];
  page.on("request", (r) => requests.push(r.url()));
  page.on("console", (m) => ["error", "warning"].includes(m.type()) && complaints.push(m.text()));
  page.on("pageerror", (e) => complaints.push(String(e)));
  await page.goto(demo.shop);
  const visitor = new Visitor(page);
  await visitor.launcher.waitFor();
  await page.waitForLoadState("networkidle");
  assert.deepEqual(requests.filter((u) => u.startsWith(demo.server)), [
    `${demo.server}/webchat.js`,
    `${demo.server}/chat/v1/platforms/${demo.platform}?language=en`,
  ]);
  assert.deepEqual(requests.filter((u) => !u.startsWith(demo.server) && !u.startsWith(demo.shop)), [], "a third party is asked");
  assert.deepEqual(await page.evaluate(kept), nothing);

  // The shop's policy is style-src 'self', and the launcher has its looks all the same.
  const looks = await visitor.launcher.evaluate((b) => {
    const { width, height, borderRadius, backgroundColor } = getComputedStyle(b);
    const { position } = getComputedStyle(b.parentElement);
    return { width, height, borderRadius, backgroundColor, position };
  });
  assert.deepEqual(looks, { width: "56px", height: "56px", borderRadius: "50%", backgroundColor: "rgb(31, 95, 74)", position: "fixed" });

  // Looking at the chat stores nothing either. The first message does.
  await visitor.open();
  assert.deepEqual(await page.evaluate(kept), nothing);
  assert.deepEqual(await visitor.frame.evaluate(kept), nothing);
  assert.deepEqual(await context.cookies(), []);
  await visitor.say("Do you sell gas?");
  await until("the session is kept", async () => (await page.evaluate(kept)).local.length > 0);
  assert.deepEqual(await visitor.frame.evaluate(kept), nothing, "a frame's own storage may not last");
  assert.deepEqual(await context.cookies(), []);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a page whose chat server is gone is none the worse for it", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const errors = [];
  page.on("pageerror", (e) => errors.push(String(e)));
  await page.route(`${demo.server}/chat/**`, (route) => route.abort());
  const warned = page.waitForEvent("console", (m) => m.text().startsWith("Rejoin:"));
  await page.goto(demo.shop);
  await warned;
  assert.deepEqual(errors, []);
  assert.equal(await page.locator("rejoin-chat").count(), 0);
  await context.close();
});

test("a page that only knows Helpshift's names works unchanged", async () => {
  const embed = `<script>
    window.helpshiftConfig = { platformId: "${demo.platform}", widgetOptions: { position: "bottom-left" } };
    !function () { var h = function () { h.q.push(arguments) }; h.q = []; window.Helpshift = h }();
    window.told = [];
    Helpshift("addEventListener", "widgetToggle", function (e) { told.push(["widgetToggle", e.visible]) });
    Helpshift("addEventListener", "conversationStart", function (e) { told.push(["conversationStart", e.message]) });
    Helpshift("init");
    Helpshift("open");
  </script><script id="hs-chat" async src="${demo.server}/webchat.js"></script>`;
  site = createServer((_, answer) => {
    answer.setHeader("Content-Type", "text/html; charset=utf-8").end(`<!doctype html><html lang="en"><title>A shop</title><h1>A shop</h1>${embed}</html>`);
  });
  site.listen(0);
  await once(site, "listening");
  const origin = `http://localhost:${site.address().port}`;
  const client = await new AgentClient(demo).signIn();
  const app = await client.app();

  const page = await (await browser.newContext()).newPage();
  await client.configure({}, [...app.allowed_origins, origin]);
  await page.goto(origin);
  const visitor = new Visitor(page);
  await visitor.composer.waitFor();
  await visitor.say("Written from an old page");
  const told = () => page.evaluate(() => window.told);
  await until("the page hears of its conversation", async () => (await told()).some(([name]) => name === "conversationStart"));
  assert.deepEqual(await told(), [
    ["widgetToggle", true],
    ["conversationStart", "Written from an old page"],
  ]);
  await page.evaluate(() => window.Helpshift("close"));
  await until("closed", async () => (await told()).some(([name, visible]) => name === "widgetToggle" && !visible));
  const box = await page.getByRole("button", { name: /^Open chat/ }).boundingBox();
  assert.ok(box.x < 100, "the launcher is not on the left");
  const issue = await client.find("Written from an old page");
  assert.equal((await client.thread(issue.id)).detail.start_url, `${origin}/`);
  await page.context().close();
});
