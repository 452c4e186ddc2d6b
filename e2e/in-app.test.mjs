// The chat inside an app: its platform in the settings, the hosted page in a web view that tells and is told, what agents see of it, and its e-mails.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { examine, phone } from "./axe.mjs";
import { AgentClient, becomes, Demo, newestLink, openBrowser, shoot, signIn, until, write } from "./harness.mjs";
import { secretOf, signed } from "./host.mjs";

let demo;
let browser;
let client;
let maya;
let desk;
let anna; // what the app hands over while she is logged in
let hosted; // the address of the app's chat

before(async () => {
  demo = await Demo.start();
  browser = await openBrowser();
  client = await new AgentClient(demo).signIn();
  anna = { userId: "cust-7", userEmail: "anna@example.org", userName: "Anna Berg", userAuthToken: signed(await secretOf(client), "cust-7", "anna@example.org") };
  await client.call("POST", "/fields", { key: "boat", label: "Kind of boat", type: "singleline", platforms: ["web"] });
  await client.call("POST", "/fields", { key: "licence", label: "Licence", type: "singleline", platforms: ["android"] });
  [maya, desk] = await Promise.all([signIn(browser, demo), signIn(browser, demo)]);
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

const metadata = {
  app: { id: "com.example.harbor", name: "Harbor", version: "7.4.0" },
  os: { name: "Android", version: "16" },
  device: "phone",
  hardware: { model: "Pixel 9", battery: 81, network: "5g", carrier: "Example Mobile" },
  custom: { plan: "gold" },
};

/** An app's web view with the chat in it, which keeps what it is told. */
class WebView {
  /** Config is what the app hands over before the page begins. */
  static async open(config) {
    const context = await browser.newContext(phone);
    const view = new WebView();
    view.page = await context.newPage();
    await view.page.addInitScript((config) => {
      window.told = [];
      window.RejoinApp = { postMessage: (message) => window.told.push(JSON.parse(message)) };
      window.rejoinConfig = config;
      window.Rejoin = function () {
        (window.Rejoin.q = window.Rejoin.q || []).push(arguments);
      };
    }, { metadata, ...config });
    await view.page.goto(`${hosted}?close=1&language=en`);
    await view.heard("ready");
    return view;
  }

  get composer() {
    return this.page.getByRole("textbox", { name: /message/i });
  }

  message(text) {
    return this.page.locator(".bubble").getByText(text, { exact: true });
  }

  async say(text) {
    await write(this.composer, text);
    await this.composer.press("Enter");
    await this.message(text).waitFor();
  }

  async answer(label, text) {
    const field = this.page.getByRole("textbox", { name: label });
    await field.fill(text);
    await field.press("Enter");
  }

  /** The app runs a command in the page. */
  call(...args) {
    return this.page.evaluate((args) => window.Rejoin(...args), args);
  }

  told(event) {
    return this.page.evaluate((event) => window.told.filter((t) => t.event === event).map((t) => t.data), event);
  }

  /** Waits until the app has heard of an event with data as the check wants it, and returns the data. */
  heard(event, check = () => true) {
    return until(`the event ${event}`, async () => {
      const found = (await this.told(event)).find((data) => check(data));
      return found === undefined ? null : (found ?? true);
    });
  }

  /** The names of all events so far, without repetitions of the same one. */
  async order() {
    const names = await this.page.evaluate(() => window.told.map((t) => t.event));
    return names.filter((name, n) => name !== names[n - 1]);
  }

  close() {
    return this.page.context().close();
  }
}

const card = (name) => maya.getByRole("region", { name, exact: true });
let view;
let issue;

test("an administrator adds Android to the app", async () => {
  await maya.getByRole("link", { name: "Settings" }).click();
  await maya.getByRole("link", { name: "In-app" }).click();
  await maya.getByText("Add Android first: the code names its id.").waitFor({ state: "detached" });
  await maya.getByRole("tab", { name: "Kotlin" }).click();
  await maya.getByText("Add Android first: the code names its id.").waitFor();
  await card("Android").getByRole("button", { name: "Add Android" }).click();
  const link = card("Android").getByRole("link", { name: /\/c\// });
  hosted = await link.getAttribute("href");
  await card("Android").getByText("No app has asked for it yet").waitFor();
  await card("Android").locator("dd").filter({ hasText: "Licence" }).waitFor();
  assert.ok((await maya.locator(".platform-code").innerText()).includes(hosted.split("/c/")[1]), "the code does not name the platform");
  await examine("in-app", maya);
});

test("a conversation begins in a web view, and the app hears of it in order", async () => {
  view = await WebView.open(anna);
  await view.composer.waitFor();
  await shoot(view.page, "in-app-empty");
  await view.say("The mooring line of my order is too short.");
  const status = await view.heard("conversationStatus");
  issue = await client.find("The mooring line of my order");
  assert.deepEqual(status, { issueId: issue.id, publishId: `${issue.number}`, open: true });
  assert.deepEqual(await view.told("conversationStart"), [{ message: "The mooring line of my order is too short." }]);
  assert.deepEqual((await view.told("messageAdd")).map((d) => [d.type, d.body]), [["text", "The mooring line of my order is too short."]]);
  const order = await view.order();
  assert.equal(order[0], "ready");
  assert.ok(order.indexOf("conversationStart") < order.indexOf("messageAdd"), `in this order: ${order}`);
  assert.deepEqual(await view.told("onWebChatRuntimeError"), []);
});

test("agents see that it came from the app, on which device, with that platform's fields", async () => {
  await desk.goto(`${demo.server}/inbox/${issue.id}`);
  const about = desk.getByRole("complementary", { name: "About the visitor" });
  const fact = (name) => about.locator(".fact").filter({ has: desk.getByText(name, { exact: true }) }).locator("dd");
  await fact("Platform").waitFor();
  for (const [name, value] of Object.entries({ Platform: "Android", App: "Harbor 7.4.0", System: "Android 16", Model: "Pixel 9", Battery: "81 %", plan: "gold" })) {
    await becomes(() => fact(name).innerText(), value);
  }
  await about.getByLabel("Licence").waitFor();
  assert.equal(await about.getByLabel("Kind of boat").count(), 0, "a field of pages shows");
  await fact("Model").scrollIntoViewIfNeeded();
  await examine("in-app-thread", desk);
});

test("while the app shows something else nothing is read, and it hears how much waits", async () => {
  const { page } = view;
  await view.call("close");
  await client.reply(issue.id, "Which length do you need, Anna?");
  await view.heard("newUnreadMessages", (d) => d.unreadCount === 1);
  assert.deepEqual(await view.told("agentMessageReceived"), [], "told before it was read");
  const { detail } = await client.thread(issue.id);
  assert.ok(detail.user_read_seq < detail.last_seq, "read while nobody saw it");
  assert.deepEqual(await view.told("widgetToggle"), [], "the app is told of its own command");
  await view.call("open");
  await view.message("Which length do you need, Anna?").waitFor();
  await view.heard("agentMessageReceived", (d) => d.body === "Which length do you need, Anna?");
  await until("nothing is unread", async () => (await view.told("newUnreadMessages")).at(-1).unreadCount === 0);
  await client.when(issue.id, "read", (t) => t.detail.user_read_seq === t.detail.last_seq);
  await shoot(page, "in-app");
  await page.getByRole("button", { name: "Close chat" }).click();
  await view.heard("widgetToggle", (d) => d.visible === false);
  await view.call("open");
});

test("who logs out begins anew, and who comes back finds the conversation again", async () => {
  const become = (config) =>
    view.page.evaluate((config) => {
      for (const key of ["userId", "userEmail", "userName", "userAuthToken"]) delete window.rejoinConfig[key];
      Object.assign(window.rejoinConfig, config);
      window.Rejoin("updateHelpshiftConfig");
    }, config);
  await become({});
  await view.message("Which length do you need, Anna?").waitFor({ state: "detached" });
  await become(anna);
  await view.message("Which length do you need, Anna?").waitFor();
  await view.call("noSuchCommand");
  await view.heard("onWebChatRuntimeError", (d) => d.reason.includes("noSuchCommand"));
  await view.say("Twelve metres, please.");
  assert.equal((await client.find("Twelve metres, please.")).id, issue.id);
});

test("the links of e-mails open the hosted page in any browser", async (t) => {
  const visit = async (link) => {
    assert.ok(link.startsWith(`${hosted}#`), link);
    const page = await (await browser.newContext()).newPage();
    await page.goto(link);
    return page;
  };

  await t.test("and there the conversation of whoever was not logged in", async () => {
    const stranger = await WebView.open({});
    await stranger.say("Is there a map of the harbor in the app?");
    await stranger.answer(/name/i, "Ole");
    await stranger.answer(/e-?mail/i, "ole@example.org");
    await stranger.message(/You can close this page/).waitFor();
    const asked = await client.find("Is there a map of the harbor");
    await stranger.close();
    await client.reply(asked.id, "There is, under More.");
    await client.sendNow(asked.id);
    const page = await visit(await newestLink(demo, "ole@example.org"));
    await page.locator(".bubble").getByText("There is, under More.", { exact: true }).click(); // a program that follows links does not
    await client.when(asked.id, "returned", (t) => t.issue.follow_up.returned_at > 0);
    await shoot(page, "in-app-browser");
    await page.context().close();
  });

  await t.test("everybody else is asked to open the app", async () => {
    await view.call("close");
    await client.reply(issue.id, "Twelve metres it is.");
    await client.sendNow(issue.id);
    const page = await visit(await newestLink(demo, "anna@example.org"));
    await page.getByText("Open the app to see this conversation").waitFor();
    assert.equal(await page.getByText("Twelve metres").count(), 0, "the conversation shows to whoever has the link");
    await shoot(page, "in-app-login");
    await page.context().close();
  });
});

test("a platform that is switched off takes no new conversations, and lets the open one go on", async () => {
  await maya.reload();
  await card("Android").locator("dd").getByText("2", { exact: true }).waitFor(); // conversations
  assert.equal(await card("Android").getByText("No app has asked for it yet").count(), 0);
  await card("Android").getByRole("switch", { name: "Android" }).click();
  await card("Android").getByText("No new conversations begin here.").waitFor();
  await shoot(maya, "in-app-off");
  const late = await WebView.open({});
  await late.page.getByText("The chat is closed").waitFor();
  assert.equal(await late.composer.count(), 0, "it takes messages");
  await shoot(late.page, "in-app-closed");
  await late.close();
  await view.page.reload();
  await view.message("Twelve metres, please.").waitFor();
  await view.say("And one more, of five metres.");
  await client.reply(issue.id, "Both are on their way.");
  await view.message("Both are on their way.").waitFor();
  await client.call("POST", `/issues/${issue.id}/state`, { state: "rejected" });
  await view.heard("conversationStatus", (d) => !d.open);
  await view.heard("conversationRejected");
  await view.close();
});
