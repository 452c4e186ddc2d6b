// Settings → Queues, and what a queue does: it gives conversations in turn up to a limit, says when nobody is there, and waits.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { examine, phone } from "./axe.mjs";
import { AgentClient, Demo, jonas, openBrowser, shoot, shortcut, signIn, until, Visitor } from "./harness.mjs";
import { line } from "./line.mjs";

let demo;
let browser;
let client;
let maya;
let page;

before(async () => {
  [demo, browser] = await Promise.all([Demo.start(), openBrowser()]);
  client = await new AgentClient(demo).signIn();
  [maya, page] = await Promise.all([signIn(browser, demo), signIn(browser, demo, jonas)]);
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

const busy = "Everybody for billing is with somebody else. We write to you here.";
const card = (name) => maya.getByRole("region", { name, exact: true });
const rows = (where) => where.locator(".row:not([data-leaving])");
const row = (where, issue) => rows(where).filter({ hasText: new RegExp(`#${issue.number}\\b`) });
const queueButton = (where) => where.getByRole("button", { name: /^(Move to a queue|In the queue .*)$/ });
const inQueue = (where, name) => where.getByRole("button", { name: `In the queue ${name}. Move` });
const someones = (where) => where.getByRole("button", { name: "Assigned to Jonas Weber. Change" });
const nobodys = (where) => where.getByRole("button", { name: "Assign", exact: true });

async function writes(text) {
  const visitor = await Visitor.visit(browser, demo);
  await visitor.open();
  await visitor.say(text);
  return { visitor, issue: await client.find(text) };
}

async function look(where, issue) {
  await where.goto(`${demo.server}/inbox/${issue.id}`);
  await queueButton(where).waitFor();
}

/** Moves the conversation in view by mouse or, with a key, by keyboard. */
async function move(where, queue, key) {
  const item = where.getByRole("menuitemcheckbox", { name: queue });
  if (key) await shortcut(where, key, item);
  else await queueButton(where).click();
  await item.click();
}

/** Jonas's menu, where he says whether he is there. */
async function available(yes) {
  await page.getByRole("button", { name: "Jonas Weber: your menu" }).click();
  const item = page.getByRole("menuitemcheckbox", { name: "Available" });
  await item.click();
  await until(`Jonas is ${yes ? "there" : "away"}`, async () => (await item.getAttribute("aria-checked")) === String(yes));
  await page.keyboard.press("Escape");
}

test("an administrator makes a queue", async (t) => {
  const { id } = client.me.agents.find((a) => a.name === "Jonas Weber");
  const { total } = await client.call("POST", "/issues/query", { view: "open", filter: { assignees: [id] } });
  await maya.getByRole("link", { name: "Settings" }).click();
  await maya.getByRole("link", { name: "Queues" }).click();
  await maya.getByRole("heading", { name: "No queues yet" }).waitFor();
  await maya.getByRole("button", { name: "New queue" }).click();
  const form = maya.getByRole("form", { name: "New queue" });
  const limit = form.getByLabel("Limit of open conversations");

  await t.test("what is wrong is said at its field", async () => {
    await form.getByRole("button", { name: "Add the queue" }).click();
    const name = form.getByLabel("Name");
    await until("the name is wanted", async () => (await name.getAttribute("aria-invalid")) === "true");
    await name.fill("Billing");
    await limit.fill("none");
    await form.getByRole("button", { name: "Add the queue" }).click();
    await form.getByText("Write a number from 1 to 1000, or nothing for no limit.").waitFor();
    await limit.fill(String(total + 1));
  });
  await form.getByRole("checkbox", { name: /Jonas Weber/ }).click();
  await form.getByRole("textbox", { name: "Message to visitors" }).fill(busy);
  await examine("queue-editor", maya);
  await form.getByRole("button", { name: "Add the queue" }).click();
  await card("Billing").getByText("Nobody waits").waitFor();
  await card("Billing").getByText("1 person, there", { exact: true }).waitFor();
  await card("Billing").getByText(`Assigned in turn, up to ${total + 1} open each.`).waitFor();
});

test("the queue gives, waits, and tells visitors so", async (t) => {
  const first = await writes("My bill is wrong.");

  await t.test("what an agent moves there is given to who is there", async () => {
    await look(maya, first.issue);
    await move(maya, "Billing");
    await someones(maya).waitFor();
    await inQueue(maya, "Billing").waitFor();
    await maya.getByText("You moved it to the queue Billing").waitFor();
    await maya.getByText("Assigned to Jonas Weber by the queue Billing").waitFor();
    await page.goto(`${demo.server}/inbox?view=mine`);
    await row(page, first.issue).waitFor();
  });

  const second = await writes("I have paid twice.");
  await t.test("at the limit the visitor reads the message, and waits", async () => {
    await look(maya, second.issue);
    await move(maya, "Billing", "q");
    await second.visitor.message(busy).waitFor();
    await inQueue(maya, "Billing").waitFor();
    await nobodys(maya).waitFor();
    await shoot(maya, "queue-thread");
    await shoot(second.visitor.page, "queue-visitor");
    assert.equal(await first.visitor.message(busy).count(), 0, "who was given to somebody reads it too");
  });

  await t.test("a place that becomes free is taken by who waits", async () => {
    await row(page, first.issue).getByRole("link").click();
    await page.getByRole("button", { name: "Resolve" }).click();
    await someones(maya).waitFor();
    assert.equal(await second.visitor.message(busy).count(), 1, "the message is said more than once");
  });

  await t.test("a higher limit makes room", async () => {
    await maya.goto(`${demo.server}/settings/queues`);
    await card("Billing").getByText("1 person, there without room for more").waitFor();
    await maya.getByRole("button", { name: "Edit Billing" }).click();
    await maya.getByLabel("Limit of open conversations").fill("50");
    await maya.getByRole("button", { name: "Save" }).click();
    await card("Billing").getByText("1 person, there", { exact: true }).waitFor();
  });

  const third = await writes("When is the bill due?");
  await t.test("while all are away it waits, where everybody sees it", async () => {
    await available(false);
    await card("Billing").getByText("1 person, away").waitFor();
    await client.call("POST", `/issues/${third.issue.id}/queue`, { queue_id: (await client.call("GET", "/queues")).queues[0].id, from: "" });
    await third.visitor.message(busy).waitFor();
    await card("Billing").getByText(/^ ?for \d+ min$/).waitFor();
    await examine("queues", maya);
    await card("Billing").getByRole("link", { name: "1 conversation waits" }).click();
    await maya.getByRole("button", { name: "Remove the filter Queue: Billing" }).waitFor();
    await maya.locator(".line-count").getByText("1 conversation", { exact: true }).waitFor();
    await row(maya, third.issue).getByText(/Billing/).waitFor();
    await maya.getByRole("button", { name: "Remove the filter Assignee: Nobody" }).click();
    await maya.locator(".line-count").getByText("2 conversations", { exact: true }).waitFor();
    await shoot(maya, "queue-inbox");
  });

  await t.test("who comes back is given it", async () => {
    await available(true);
    await row(maya, third.issue).getByText(/Jonas Weber/).waitFor();
    assert.equal(await third.visitor.message(busy).count(), 1, "the message is said more than once");
  });
});

test("two move the same conversation: who comes second is told, and nothing is overwritten", async () => {
  await client.call("POST", "/queues", { name: "Returns", agents: [], auto_assign: false, limit: 0 });
  const { issue } = await writes("The zip is broken.");
  const slow = await line(maya);
  await Promise.all([look(maya, issue), look(page, issue)]);
  slow.held = true;
  await move(page, "Returns");
  await inQueue(page, "Returns").waitFor();
  await move(maya, "Billing");
  await maya.getByText("Jonas Weber has moved this conversation to Returns meanwhile. Nothing was changed.").first().waitFor();
  await inQueue(maya, "Returns").waitFor();
  slow.letGo();
  const { issue: now } = await client.thread(issue.id);
  assert.deepEqual([now.queue_name, now.assignee_id ?? ""], ["Returns", ""]);
});

test("an archived queue holds nothing, and on a small screen all is in sight", async () => {
  await maya.setViewportSize(phone.viewport);
  await maya.goto(`${demo.server}/settings/queues`);
  await card("Returns").getByText("1 conversation waits").waitFor();
  const { scrolled, room } = await maya.evaluate(() => ({ scrolled: document.documentElement.scrollWidth, room: innerWidth }));
  assert.ok(scrolled <= room, `${scrolled} pixels wide, on a screen of ${room}`);
  await shoot(maya, "queues-phone", { fullPage: true });
  await maya.getByRole("button", { name: "Archive Returns" }).click();
  await maya.getByRole("alertdialog").getByRole("button", { name: "Archive" }).click();
  await card("Returns").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Move to a queue" }).waitFor();
});
