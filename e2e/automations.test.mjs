// Settings → Automations: made from a template and from nothing, tried, put in order, switched off, and what they do to conversations, messages and e-mails.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { examine, phone } from "./axe.mjs";
import { AgentClient, Demo, newestLink, openBrowser, shoot, signIn, tabTo, until, Visitor } from "./harness.mjs";

let demo;
let browser;
let client;
let maya;
let desk;

before(async () => {
  demo = await Demo.start();
  browser = await openBrowser();
  client = await new AgentClient(demo).signIn();
  [maya, desk] = await Promise.all([signIn(browser, demo), signIn(browser, demo)]); // in one window, the page behind would be slow
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

const reply = "We mend poles every Thursday, Tess.";
const save = () => maya.getByRole("button", { name: "Save", exact: true });
const saved = () => maya.getByText("Everything is saved.");
const heading = (name) => maya.getByRole("heading", { name, level: 1 });
const grip = (name, at) => maya.getByRole("button", { name: `${name}, ${at}. Move with the arrow keys.` });
const line = (text) => desk.locator(".event").filter({ hasText: text });
const numberOf = async (text) => (await client.find(text)).number;
const focused = (element) => until(`the focus is on ${element}`, () => element.evaluate((e) => e === document.activeElement));

async function list() {
  await maya.goto(`${demo.server}/settings/automations`);
  await heading("Automations").waitFor();
}

/** The thread of a conversation, on a page of its own. */
async function read(issue) {
  await desk.goto(`${demo.server}/inbox/${issue.id}`);
  await line("The visitor started the conversation").waitFor();
}

/** Picks by keyboard what typing finds first. */
async function pick(words) {
  const search = maya.locator("input[role=combobox]");
  await focused(search);
  await maya.keyboard.type(words);
  await maya.keyboard.press("Enter");
}

test("an administrator begins with a template, and is told what is missing at its place", async () => {
  await maya.getByRole("link", { name: "Settings" }).click();
  await maya.getByRole("link", { name: "Automations" }).click();
  await maya.getByText("There are no automations yet.").waitFor();
  await maya.getByRole("link", { name: /^Notice certain words/ }).click();
  await heading("New automation").waitFor();
  const name = maya.getByLabel("Name", { exact: true });
  assert.equal(await name.inputValue(), "Notice certain words");

  await name.fill("");
  await save().click();
  await maya.getByText("Give it a name.").waitFor();
  await focused(name);
  assert.equal(await name.getAttribute("aria-invalid"), "true");
  await name.fill("Refunds");
  await save().click();
  await maya.getByRole("listitem").filter({ hasText: "Add the tags" }).getByText("Choose one tag or more.").waitFor();
  const tags = maya.getByRole("button", { name: /^Tags: / });
  await focused(tags);
  await shoot(maya, "automation-unfinished");
  await tags.click();
  await pick("returns");
  await maya.keyboard.press("Escape");
  await maya.getByRole("region", { name: "In one sentence" }).getByText(/the first message contains “refund”, “cancel” or “complaint”, add the tag returns\.$/).waitFor();
  await save().click();
  await heading("Refunds").waitFor();
  await saved().waitFor();
});

test("another one is written by keyboard, and tried before it is saved", async (t) => {
  await list();
  const key = maya.keyboard;
  for (const link of ["New automation", "When a conversation begins"]) await maya.getByRole("link", { name: link, exact: true }).press("Enter");
  await maya.getByLabel("Name", { exact: true }).focus();
  await key.type("Refunds");
  await tabTo(maya, maya.getByRole("button", { name: /Add a condition$/i }));
  await key.press("Enter");
  await pick("first message");
  await focused(maya.getByRole("textbox", { name: "First message" }));
  await key.type("Tent Pole");
  for (const [kind, words] of [["add the tags", "wholesale"], ["note", "Poles are mended on Thursdays."], ["write", reply.replace("Tess", "{{user.name|there}}")]]) {
    await tabTo(maya, maya.getByRole("button", { name: /Add what is to be done$/i }));
    await key.press("Enter");
    await pick(kind);
    if (kind === "add the tags") {
      await pick(words);
      await key.press("Escape");
      await focused(maya.getByRole("button", { name: `Tags: ${words}` }));
    } else {
      await until("it can be written", () => maya.evaluate(() => document.activeElement.tagName === "TEXTAREA"));
      await key.insertText(words);
    }
  }

  await t.test("where it would not run, and why", async () => {
    const tried = maya.getByRole("region", { name: "Try it" });
    const number = tried.getByLabel("Conversation");
    const attempt = async (n, verdict) => {
      await number.fill(String(n));
      await number.press("Enter");
      await tried.getByText(verdict).waitFor();
    };
    const condition = maya.getByRole("list", { name: "All of these" }).getByRole("listitem");
    await number.fill("999999");
    await number.press("Enter");
    await tried.getByText("There is no conversation").waitFor();
    await attempt(await numberOf("My lantern arrived with a cracked glass"), "It would not run: not all of its conditions hold.");
    await condition.getByText("It is not so. Found there: My lantern arrived with a cracked glass").waitFor();
    await tried.getByText("What is not so is marked in the sentence.").waitFor();
    await examine("automation-tried", maya);
    await attempt(await numberOf("Do you repair tent poles?"), "It would run here now.");
    await condition.getByText("It is so. Found there: Hi! Do you repair tent poles?").waitFor();
    // What is changed is tried again by itself.
    await maya.getByRole("combobox", { name: "First message: comparison" }).selectOption({ label: "does not contain" });
    await tried.getByText("It would not run").waitFor();
    await maya.getByRole("combobox", { name: "First message: comparison" }).selectOption({ label: "contains" });
    await tried.getByText("It would run here now.").waitFor();
  });

  await t.test("a name that another one has is refused at the name", async () => {
    await save().press("Enter");
    await maya.getByText("There is an automation of this name already.").waitFor();
    const name = maya.getByLabel("Name", { exact: true });
    await focused(name);
    await key.press("ControlOrMeta+a");
    await key.type("Poles");
    await key.press("Enter");
    await heading("Poles").waitFor();
    await saved().waitFor();
  });
});

test("what a visitor writes is answered, tagged and noted, and the timeline says by what", async () => {
  const visitor = await Visitor.visit(browser, demo);
  await visitor.open();
  await visitor.say("My tent pole is bent, and I want a refund.");
  await visitor.message(reply.replace("Tess", "there")).waitFor();
  const issue = await client.find("My tent pole is bent");
  await read(issue);
  await line("Automation “Poles”: added wholesale, left a note, wrote a message").waitFor();
  await line("Automation “Refunds”: added returns").waitFor();
  await desk.getByText("Poles are mended on Thursdays.").waitFor();
  const tags = desk.getByRole("complementary", { name: "About the visitor" });
  for (const tag of ["returns", "wholesale"]) await tags.getByText(tag, { exact: true }).waitFor();
  await shoot(desk, "automation-thread");
  await shoot(visitor.page, "automation-visitor");
  const { issue: now } = await client.thread(issue.id);
  assert.equal(now.state, "new", "an automation's message counts as an answer");
  await visitor.page.context().close();
});

test("the order is changed by keyboard, and one that is switched off does nothing", async () => {
  await list();
  await grip("Refunds", "1 of 2").focus();
  await maya.keyboard.press("ArrowDown");
  await focused(grip("Refunds", "2 of 2"));
  await until("the server knows", async () => (await client.call("GET", "/rules")).rules[0].name === "Poles");
  await maya.reload();
  await grip("Poles", "1 of 2").waitFor();
  await maya.getByText(/^1 run in the last 30 days · last /).first().waitFor();
  await maya.getByRole("switch", { name: "Poles" }).click();
  await maya.getByText("“Poles” is switched off.").waitFor();
  await examine("automations", maya);
  await maya.setViewportSize(phone.viewport);
  const { scrolled, room } = await maya.evaluate(() => ({ scrolled: document.documentElement.scrollWidth, room: innerWidth }));
  assert.ok(scrolled <= room, `${scrolled} pixels wide, on a screen of ${room}`);
  await shoot(maya, "automations-phone", { fullPage: true });
  await maya.setViewportSize({ width: 1440, height: 900 });
});

test("what automations write and nobody reads is mailed as answers are", async (t) => {
  const visitor = await Visitor.visit(browser, demo);
  await visitor.introduce("Another tent pole, and another refund", "Tess Reed", "tess@example.org");
  const issue = await client.find("Another tent pole");
  await read(issue);
  await line("Automation “Refunds”: added returns").waitFor();
  assert.equal(await visitor.message(reply).count(), 0, "what is switched off has answered");
  await visitor.page.context().close();
  await client.gone(issue.id);

  const rule = (name, rest) => client.call("POST", "/rules", { name, trigger: "update", on: true, all: [], any: [], repeat: false, ...rest });
  const wants = { subject: "tags", op: "is", values: ["wholesale"] };
  await rule("Groups", { all: [wants], actions: [{ kind: "message", text: { text: reply } }] });
  await rule("Witness", { repeat: true, actions: [{ kind: "note", note: "Something has changed." }] });
  const witnessed = (n) => until(`${n} changes were looked at`, async () => (await client.thread(issue.id)).events.filter((e) => e.data.note === "Something has changed.").length >= n);
  const tag = (change) => client.call("POST", `/issues/${issue.id}/tags`, { add: [], remove: [], ...change });
  const run = "Automation “Groups”: wrote a message";

  await t.test("an update runs it, and the timeline says that an e-mail waits", async () => {
    await tag({ add: ["wholesale"] });
    await line(run).waitFor();
    await line(/^E-mail planned for /).waitFor();
    await desk.getByText(/E-mail to tess@example\.org in /).waitFor();
    await shoot(desk, "automation-waits");
  });

  await t.test("the next ones do not", async () => {
    await witnessed(1);
    await tag({ remove: ["wholesale"] });
    await witnessed(2);
    await tag({ add: ["wholesale"] });
    await witnessed(3);
    await desk.locator(".event-more, .event").filter({ hasText: "Witness" }).first().waitFor();
    assert.equal(await line(run).count(), 1, "it ran more than once");
    assert.equal((await client.thread(issue.id)).messages.filter((m) => m.body === reply).length, 1);
  });

  await t.test("one about time sends it, and its link leads to the message", async () => {
    const all = [{ subject: "unread_for", op: "for", for: 1 }, wants];
    await rule("Hurry", { trigger: "time", all, actions: [{ kind: "send_follow_up" }] });
    const link = await newestLink(demo, "tess@example.org");
    await line("Automation “Hurry”: sent the follow-up e-mail without waiting").waitFor();
    const back = await Visitor.visit(browser, demo, "/about");
    await back.page.goto(link);
    await back.message(reply).click(); // a program that follows links does not
    await desk.getByText(/returned/i).first().waitFor();
    await back.page.context().close();
  });
});
