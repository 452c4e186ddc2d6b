// Bots at work: visitors live one, leave it, come back to it by e-mail, and people take over; a second version, an agent and a failure come between.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { examine } from "./axe.mjs";
import { AgentClient, Demo, newestLink, openBrowser, shoot, signIn, until, Visitor } from "./harness.mjs";
import { Parcels } from "./parcels.mjs";

let demo;
let browser;
let client;
let maya;
let desk;
let parcels;
let bot;

before(async () => {
  parcels = await Parcels.start();
  demo = await Demo.start({ window: "10s" });
  browser = await openBrowser();
  client = await new AgentClient(demo).signIn();
  const made = await client.call("POST", "/bots", { name: "Parcel desk", kind: "custom" });
  const kept = await client.call("PUT", `/bots/${made.id}`, { name: made.name, draft: { nickname: { text: "Pine" }, steps: steps() }, revision: made.revision });
  assert.deepEqual(kept.problems, []);
  bot = await client.call("POST", `/bots/${made.id}/publish`, { revision: kept.revision });
  const actions = [{ kind: "start_bot", bot_id: bot.id }];
  await client.call("POST", "/rules", { name: "To the parcel desk", trigger: "new_issue", on: true, all: [], any: [], repeat: false, actions });
  maya = await signIn(browser, demo, { reducedMotion: "reduce" });
  desk = await maya.context().newPage();
});

after(async () => {
  await browser?.close();
  await demo?.stop();
  parcels?.stop();
});

/** What the bot does: it asks the visitor, and the program twice. */
function steps() {
  const ask = (id, name, input, text, more) => ({ id, kind: "question", name, input, text: { text }, ...more });
  const choice = (id, text, next) => ({ id, text: { text }, next });
  return [
    { id: "hello", kind: "message", text: { text: "Hello {{user.name|there}}, this is the parcel desk." } },
    ask("topic", "topic", "choice", "What is it about?", { options: [choice("parcel", "Where is my parcel?"), choice("else", "Something else", "people")] }),
    ask("count", "parcels", "number", "How many parcels do you wait for?"),
    { id: "look", kind: "request", name: "shop", request: { method: "GET", url: `${parcels.url}/orders?count={{answer.parcels}}`, list: "orders", list_for: "order" } },
    ask("order", "order", "choice", "Which order is it?", { save_to: "field:order_number", options: [choice("none", "None of these")] }),
    ask("story", "story", "text", "What happened, in your own words?", { skip: true }),
    { id: "tag", kind: "action", action: { kind: "add_tags", tags: ["shipping"] } },
    { id: "gift", kind: "action", action: { kind: "set_field", field: "gift", value: "true" } },
    { id: "claim", kind: "request", name: "done", request: { method: "POST", url: `${parcels.url}/claims`, body: [{ name: "order", value: "{{answer.order}}" }] } },
    { id: "bye", kind: "message", text: { text: "Your parcel is {{answer.shop.state}}. Your claim is {{answer.done.claim.number}}." } },
    { id: "people", kind: "hand_over" },
  ];
}

const card = (n) => maya.getByRole("region", { name: "Steps" }).getByRole("article").nth(n - 1);
const line = (text) => desk.locator(".event").filter({ hasText: text });

/** The thread of a conversation, on a page of its own. */
async function read(issue) {
  await desk.goto(`${demo.server}/inbox/${issue.id}`);
  await desk.getByRole("heading", { level: 1 }).last().waitFor(); // the list has one, too
}

/** A visitor who has told who they are; the bot begins then. */
async function met(text, name, email) {
  const visitor = await Visitor.visit(browser, demo);
  await visitor.introduce(text, name, email);
  await visitor.message(`Hello ${name}, this is the parcel desk.`).waitFor();
  return visitor;
}

const choose = (visitor, text) => visitor.panel.getByRole("button", { name: text, exact: true }).click();

test("a visitor leaves in the middle, and an e-mail brings them back to the question", async (t) => {
  const email = "nora@example.org";
  const visitor = await met("My parcel has not come.", "Nora", email);
  const issue = await client.find("My parcel has not come.");
  await read(issue);
  await desk.getByText("The bot “Parcel desk” waits for the visitor’s answer.").waitFor();

  await t.test("an answer that does not fit is refused at its field", async () => {
    await choose(visitor, "Where is my parcel?");
    const field = visitor.panel.getByLabel("A number");
    await field.fill("about three");
    await field.press("Enter");
    await visitor.panel.getByRole("alert").waitFor();
    assert.deepEqual([await field.getAttribute("aria-invalid"), await field.inputValue()], ["true", "about three"]);
    await shoot(visitor.page, "bot-refused");
    assert.ok(!(await client.thread(issue.id)).messages.some((m) => m.body === "about three"), "it has become a message");
    await field.fill("3");
  });

  // They put the chat away while the bot looks something up, and leave.
  const release = parcels.hold();
  await visitor.panel.getByLabel("A number").press("Enter");
  await desk.getByText("The bot “Parcel desk” is looking something up.").waitFor();
  await visitor.close();
  release();
  await visitor.page.getByRole("button", { name: /unread/i }).waitFor();
  await visitor.page.close({ runBeforeUnload: true });
  await desk.getByText("Which order is it?", { exact: true }).waitFor();
  await line(/^E-mail planned for /).first().waitFor(); // it may have gone already
  await shoot(desk, "bot-asks");

  await t.test("meanwhile a second version is published", async () => {
    await maya.goto(`${demo.server}/settings/bots/${bot.id}`);
    await card(6).getByRole("button", { name: /Question/ }).press("Enter");
    await card(6).getByLabel("What it asks", { exact: true }).fill("Tell us everything.");
    await maya.getByRole("button", { name: "Publish…" }).click();
    const dialog = maya.getByRole("dialog");
    await dialog.getByText(/^One conversation runs on what was published before/).waitFor();
    await dialog.getByText("Tell us everything.").waitFor();
    await shoot(maya, "bot-publish-2");
    await dialog.getByRole("button", { name: "Publish version 2" }).click();
    await maya.getByText("Version 2 is published.").waitFor();
    await maya.getByRole("button", { name: "Versions" }).click();
    await maya.getByRole("dialog").getByText("1 conversation runs on it.").waitFor();
    await maya.keyboard.press("Escape");
  });

  await t.test("the link leads into the same question in another browser, and they finish on the first version", async () => {
    const link = await newestLink(demo, email);
    const elsewhere = await openBrowser();
    try {
      const back = await Visitor.visit(elsewhere, demo, "/about");
      await back.page.goto(link);
      await back.message("Which order is it?").waitFor();
      await shoot(back.page, "bot-returned");
      await choose(back, "HP-1042");
      await back.message("What happened, in your own words?").waitFor();
      await back.panel.getByLabel("Your answer").fill("It never came.");
      await back.panel.getByLabel("Your answer").press("Enter");
      await back.message("Your parcel is on its way. Your claim is C-77.").waitFor();
      await shoot(back.page, "bot-finished");
    } finally {
      await elsewhere.close();
    }
    const claim = parcels.asked.at(-1);
    assert.deepEqual([claim.path, JSON.parse(claim.body)], ["/claims", { order: "HP-1042" }]);
    assert.match(claim.id, /^\S{8,}$/);
  });

  await t.test("the agent sees what came of it", async () => {
    for (const text of ["Automation “To the parcel desk”", "The bot “Parcel desk” handed over to people"]) await line(text).first().waitFor();
    const about = desk.getByRole("complementary", { name: "About the visitor" });
    await about.getByText("shipping", { exact: true }).waitFor();
    await until("the field is filled in", async () => (await about.getByLabel("Order number").inputValue()) === "HP-1042");
    assert.ok(await about.getByRole("checkbox", { name: "Gift" }).isChecked());
    for (const text of ["HP-1042", "It never came."]) await desk.locator(".bubble").getByText(text, { exact: true }).waitFor();
    await examine("bot-thread", desk);
    const told = await client.thread(issue.id);
    assert.equal(told.issue.state, "new");
    const steps = told.events.filter((e) => e.data.bot).map((e) => `${e.data.bot.state} ${e.data.bot.version}`);
    assert.deepEqual([steps[0], steps.at(-1)], ["waiting 1", "handed_over 1"]);
  });
});

test("an agent's message stops the bot", async () => {
  const visitor = await met("Another parcel is late.", "Otto", "otto@example.org");
  const issue = await client.find("Another parcel is late.");
  await read(issue);
  await desk.getByText("The bot “Parcel desk” waits for the visitor’s answer.").waitFor();
  await visitor.panel.getByRole("button", { name: "Something else" }).waitFor();
  const composer = desk.getByRole("textbox", { name: /answer|reply|message/i });
  await composer.fill("I look after it myself.");
  await composer.press("Enter");
  await visitor.message("I look after it myself.").waitFor();
  await visitor.panel.getByRole("button", { name: "Something else" }).waitFor({ state: "detached" });
  await line("You stopped the bot “Parcel desk”").waitFor();
  await desk.getByText("waits for the visitor’s answer").waitFor({ state: "detached" });
  await visitor.page.context().close();
});

test("a request that fails hands over to people, and the visitor is told", async () => {
  const visitor = await met("The third parcel is late.", "Pia", "pia@example.org");
  const issue = await client.find("The third parcel is late.");
  await choose(visitor, "Where is my parcel?");
  await visitor.panel.getByLabel("A number").fill("1");
  await visitor.panel.getByLabel("A number").press("Enter");
  await choose(visitor, "HP-1041");
  await visitor.message("Tell us everything.").waitFor();
  await visitor.panel.getByLabel("Your answer").fill("It is lost.");
  await visitor.panel.getByLabel("Your answer").press("Enter");
  await visitor.message("Thank you. A colleague will take over from here.").waitFor();
  await shoot(visitor.page, "bot-failed");
  await read(issue);
  await line(/The bot “Parcel desk” could not go on and handed over to people: .*503/).waitFor();
  await shoot(desk, "bot-failed-thread");
  assert.equal((await client.thread(issue.id)).issue.state, "new");
  await visitor.page.context().close();
});
