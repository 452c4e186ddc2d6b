// Pages and browsers that allow as little as they can, and the browser's memory of pages one has left.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AgentClient, Demo, openBrowser, shoot, until } from "./harness.mjs";
import { HostPage, HostSite } from "./host.mjs";

let demo;
let client;
let browser;
let site;

before(async () => {
  demo = await Demo.start();
  client = await new AgentClient(demo).signIn();
  // Without the switch that Playwright sets, pages one leaves are kept as they are.
  browser = await openBrowser({ ignoreDefaultArgs: ["--disable-back-forward-cache"] });
  site = await HostSite.start(demo, client);
  site.page("/elsewhere");
});

after(async () => {
  await browser?.close();
  await site?.stop();
  await demo?.stop();
});

const color = "rgb(31, 95, 74)"; // of the demo's app

test("a page with a strict Content-Security-Policy", async () => {
  const { server } = demo;
  const policy = `default-src 'none'; script-src 'self' ${server}; frame-src ${server}; style-src 'self'; connect-src ${server}; img-src 'self' data:; base-uri 'none'; form-action 'none'`;
  const before = `
    window.violations = [];
    addEventListener("securitypolicyviolation", (e) => violations.push(e.violatedDirective + " " + e.blockedURI));`;
  const visitor = await HostPage.visit(browser, site.page("/strict", { policy, before }));
  const { page } = visitor;
  await visitor.open();
  const launcher = await visitor.launcher.evaluate((b) => [getComputedStyle(b).backgroundColor, getComputedStyle(b).borderRadius]);
  assert.deepEqual(launcher, [color, "50%"], "the launcher has not got its looks");
  await visitor.say("Does your policy let me in?");
  const issue = await client.find("Does your policy let me in?");
  await client.reply(issue.id, "It does.");
  await visitor.message("It does.").waitFor();
  await page.reload();
  await visitor.open();
  await visitor.message("It does.").waitFor();
  await shoot(page, "csp-strict");
  assert.deepEqual(await page.evaluate(() => [window.violations, window.mistakes]), [[], []]);
  assert.deepEqual(await visitor.told("onWebChatRuntimeError"), []);
  await visitor.leave();
});

test("a browser that lets no frame of another site keep anything", async () => {
  const strict = await openBrowser({ args: ["--test-third-party-cookie-phaseout"] });
  try {
    const context = await strict.newContext();
    // As browsers do it: the frame's storage throws, or is not there.
    await context.addInitScript((server) => {
      if (window.origin !== server) return;
      const denied = {
        get() {
          throw new DOMException("Access is denied for this document.", "SecurityError");
        },
      };
      for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches", "BroadcastChannel"]) Object.defineProperty(window, name, denied);
      Object.defineProperty(document, "cookie", { ...denied, set: denied.get });
    }, demo.server);
    const visitor = new HostPage(await context.newPage());
    const wrong = [];
    visitor.page.on("pageerror", (e) => wrong.push(String(e)));
    await visitor.page.goto(site.page("/denied"));
    await visitor.open();
    await visitor.say("Do you remember me?");
    const issue = await client.find("Do you remember me?");
    await visitor.page.reload();
    await visitor.open();
    await visitor.message("Do you remember me?").waitFor();
    await client.reply(issue.id, "We do.");
    await visitor.message("We do.").waitFor();
    await visitor.say("That is kind.");
    await client.when(issue.id, "it has arrived", (t) => t.messages.at(-1).body === "That is kind.");
    assert.deepEqual(wrong, []);
    assert.deepEqual(await context.cookies(demo.server), [], "the chat has set a cookie");
  } finally {
    await strict.close();
  }
});

// Playwright loses the frames of a page that comes out of the browser's memory: what is in the panel shows by what the page and the agent hear.
test("a page one comes back to is as it was, and has what came meanwhile", async () => {
  const visitor = await HostPage.visit(
    browser,
    site.page("/kept", { after: 'window.kept = 0; addEventListener("pageshow", (e) => { kept += e.persisted ? 1 : 0; });' }),
  );
  const { page } = visitor;
  await visitor.introduce("I will be right back.", "Kip", "kip@example.org");
  const issue = await client.find("I will be right back.");
  for (const [round, text] of ["Welcome back.", "And once more."].entries()) {
    await page.getByRole("link", { name: "Elsewhere" }).click();
    await page.getByRole("heading", { name: "Host page /elsewhere" }).waitFor();
    await client.when(issue.id, "gone", (t) => t.issue.user.presence !== "active");
    await client.reply(issue.id, text);
    await page.evaluate(() => history.back());
    await page.getByRole("heading", { name: "Host page /kept" }).waitFor();
    await until("the page is the one that was left", () => page.evaluate((n) => window.kept === n, round + 1));
    await client.when(issue.id, "here again", (t) => t.issue.user.presence === "active");
    await page.mouse.move(300, 300 + round);
    await visitor.heard("agentMessageReceived", (m) => m.body === text);
    await client.when(issue.id, "read", (t) => t.detail.user_read_seq === t.detail.last_seq);
  }
  for (const element of ["iframe", "rejoin-chat"]) assert.equal(await page.locator(element).count(), 1);
  assert.deepEqual((await visitor.told("agentMessageReceived")).map((m) => m.body), ["Welcome back.", "And once more."]);

  await page.getByRole("button", { name: "Close chat" }).click();
  await page.locator("iframe").waitFor({ state: "hidden" });
  await visitor.launcher.click(); // the field has the focus now
  await page.locator("iframe").waitFor();
  await until("the field takes what is typed", async () => {
    await page.keyboard.type("Here I am again.");
    await page.keyboard.press("Enter");
    return (await visitor.told("messageAdd")).some((m) => m.body.includes("Here I am again."));
  });
  await client.when(issue.id, "it has arrived", (t) => t.messages.at(-1).body.includes("Here I am again."));
  await visitor.leave();
});
