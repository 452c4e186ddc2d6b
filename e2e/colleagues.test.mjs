// Two agents in one conversation: they see each other, nobody overwrites what the other did, and what they note is no visitor's business.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { examine } from "./axe.mjs";
import { AgentClient, Demo, jonas, openBrowser, signIn, until, Visitor } from "./harness.mjs";

let demo;
let client;
let browser;
let maya;
let colleague;

before(async () => {
  demo = await Demo.start();
  client = await new AgentClient(demo).signIn();
  browser = await openBrowser();
  [maya, colleague] = await Promise.all([signIn(browser, demo), signIn(browser, demo, jonas)]);
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

const answer = (page) => page.getByRole("textbox", { name: "Your answer" });
const note = (page) => page.getByRole("textbox", { name: "Private note" });
const crossed = "Not sent. Jonas Weber has answered meanwhile. Read it, then send again.";
const thread = (page) => page.getByRole("region", { name: "Messages" });

async function look(page, issue) {
  await page.goto(`${demo.server}/inbox/${issue.id}`);
  await answer(page).waitFor();
}

/** A line on which the page hears nothing new of the server while it is held; letGo hands over what has come in. */
async function line(page) {
  const waiting = [];
  const own = { held: false, letGo: () => {} };
  await page.routeWebSocket(/\/agent\/v1\/socket/, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((frame) => (own.held ? waiting.push(() => socket.send(frame)) : socket.send(frame)));
  });
  own.letGo = () => {
    own.held = false;
    for (const pass of waiting.splice(0)) pass();
  };
  return own;
}

/** Everything a visitor's browser is told about conversations. */
function overheard(page) {
  const all = [];
  const reads = [];
  page.on("websocket", (socket) => socket.on("framereceived", ({ payload }) => all.push(String(payload))));
  page.on("response", (response) => {
    if (response.url().includes("/chat/v1/")) reads.push(response.text().then((text) => all.push(text), () => {}));
  });
  return async () => {
    await Promise.all(reads);
    return all;
  };
}

test("colleagues see each other, who writes, and when the visitor does", async () => {
  const visitor = await Visitor.visit(browser, demo);
  await visitor.introduce("Can I bring the stove back?", "Ada", "ada@example.org");
  const issue = await client.find("Can I bring the stove back?");
  await look(maya, issue);
  await maya.locator(".colleagues").waitFor({ state: "detached" });
  await look(colleague, issue);
  await maya.getByText("Also here: Jonas Weber").waitFor();
  await colleague.getByText("Also here: Maya Lindqvist").waitFor();

  await answer(maya).pressSequentially("You can");
  await colleague.getByText("Maya Lindqvist is writing here…").waitFor();
  await visitor.panel.getByText(/Maya.* is typing/).first().waitFor();
  await visitor.composer.pressSequentially("Or can I");
  await Promise.all([maya, colleague].map((page) => thread(page).getByText(/is typing/).first().waitFor()));

  await answer(maya).fill("");
  await colleague.goto(demo.server);
  await maya.locator(".colleagues").waitFor({ state: "detached" });
  await visitor.page.context().close();
});

test("an answer crosses a colleague's: it waits, names the colleague, and goes when its author says so", async () => {
  const slow = await line(maya);
  const visitor = await Visitor.visit(browser, demo);
  await visitor.introduce("How heavy is the large tent?", "Grace", "grace@example.org");
  const issue = await client.find("How heavy is the large tent?");
  await Promise.all([look(maya, issue), look(colleague, issue)]);
  await maya.getByText("Also here: Jonas Weber").waitFor();

  await answer(maya).fill("Three kilos, I *think*.");
  slow.held = true;
  await answer(colleague).fill("2.8 kg with its pegs.");
  await answer(colleague).press("Enter");
  await visitor.message("2.8 kg with its pegs.").waitFor();
  await answer(maya).press("Enter");
  await maya.getByText(crossed).waitFor();
  await thread(maya).getByText("2.8 kg with its pegs.").waitFor();
  await thread(maya).getByText("Three kilos, I think.").waitFor();
  const before = await client.thread(issue.id);
  assert.equal(before.messages.at(-1).body, "2.8 kg with its pegs.", "the answer went in spite of the conflict");
  slow.letGo();
  await examine("conflict-answer", maya);

  await maya.reload();
  await maya.getByText(crossed).waitFor();
  await maya.getByRole("button", { name: "Send anyway" }).click();
  await visitor.panel.locator(".bubble").getByText("Three kilos, I think.").waitFor();
  await maya.getByRole("button", { name: "Send anyway" }).waitFor({ state: "detached" });
  const bodies = (await client.thread(issue.id)).messages.map((m) => m.body);
  assert.deepEqual(bodies.slice(-2), ["2.8 kg with its pegs.", "Three kilos, I *think*."]);
  await visitor.page.context().close();
});

test("an answer that crossed a colleague's can be changed first", async () => {
  const slow = await line(maya);
  const visitor = await Visitor.visit(browser, demo);
  await visitor.introduce("Which rope holds two people?", "Rosa", "rosa@example.org");
  const issue = await client.find("Which rope holds two people?");
  await Promise.all([look(maya, issue), look(colleague, issue)]);
  slow.held = true;
  await answer(colleague).fill("The ten millimetre one.");
  await answer(colleague).press("Enter");
  await visitor.message("The ten millimetre one.").waitFor();
  await answer(maya).fill("The eleven millimetre one.");
  await answer(maya).press("Enter");
  await maya.getByRole("button", { name: "Change it first" }).click();
  await until("the text is back in the field", async () => (await answer(maya).inputValue()) === "The eleven millimetre one.");
  slow.letGo();
  await answer(maya).fill("And the eleven millimetre one is safer.");
  // It counts as read once it was on the screen for a moment; before that, sending would cross it again.
  await until("it is sent", async () => {
    if (await answer(maya).inputValue()) await answer(maya).press("Enter");
    const again = maya.getByRole("button", { name: "Change it first" });
    if (await again.isVisible()) await again.click();
    return visitor.message("And the eleven millimetre one is safer.").isVisible();
  });
  await thread(colleague).getByText("And the eleven millimetre one is safer.").waitFor();
  const bodies = (await client.thread(issue.id)).messages.map((m) => m.body);
  assert.deepEqual(bodies.slice(-2), ["The ten millimetre one.", "And the eleven millimetre one is safer."]);
  await visitor.page.context().close();
});

test("two assign, two fill in a field: who comes second is told, and nothing is overwritten", async () => {
  const slow = await line(maya);
  const visitor = await Visitor.visit(browser, demo);
  await visitor.introduce("Where is my parcel?", "Nora", "nora@example.org");
  const issue = await client.find("Where is my parcel?");
  await Promise.all([look(maya, issue), look(colleague, issue)]);

  slow.held = true;
  await colleague.getByRole("button", { name: "Assign", exact: true }).click();
  await colleague.getByRole("menuitemcheckbox", { name: "Assign to me" }).click();
  await colleague.getByRole("button", { name: "Assigned to Jonas Weber. Change" }).waitFor();
  await maya.getByRole("button", { name: "Assign", exact: true }).click();
  await maya.getByRole("menuitemcheckbox", { name: "Assign to me" }).click();
  await maya.getByText("Jonas Weber has taken this conversation meanwhile. Nothing was changed.").first().waitFor();
  await maya.getByRole("button", { name: "Assigned to Jonas Weber. Change" }).waitFor();
  assert.equal((await client.thread(issue.id)).issue.assignee_name, "Jonas Weber");
  slow.letGo();

  const number = (page) => page.getByLabel("Order number").first();
  await number(colleague).fill("10042");
  await number(maya).fill("10043");
  await number(maya).press("Enter");
  await maya.locator(".field-row").getByText("Saved").waitFor();
  await number(colleague).press("Enter");
  await colleague.getByText("Maya Lindqvist has set this field to “10043” meanwhile. Look at it first.").waitFor();
  await colleague.getByText("It says 10043 now.").waitFor();
  assert.equal(await number(colleague).inputValue(), "10042", "what was typed is gone");
  await examine("conflict-field", colleague);
  await colleague.getByRole("button", { name: "Assigned to Jonas Weber. Change" }).click();
  await examine("assign-menu", colleague, colleague.mainFrame(), "[role=menu]");
  await colleague.keyboard.press("Escape");
  await colleague.getByRole("button", { name: "Set mine" }).click();
  await until("Maya sees Jonas's number", async () => (await number(maya).inputValue()) === "10042");

  await number(colleague).fill("7");
  await number(maya).fill("8");
  await number(maya).press("Enter");
  await maya.locator(".field-row").getByText("Saved").waitFor();
  await number(colleague).press("Enter");
  await colleague.getByRole("button", { name: "Keep that" }).click();
  assert.equal(await number(colleague).inputValue(), "8");
  await visitor.page.context().close();
});

test("a private note reaches the colleague and never the visitor", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const heard = overheard(page);
  await page.goto(demo.shop);
  const visitor = new Visitor(page);
  await visitor.introduce("Is the lantern in stock?", "Ines", "ines@example.org");
  const issue = await client.find("Is the lantern in stock?");
  await Promise.all([look(maya, issue), look(colleague, issue)]);
  await maya.getByText("Also here: Jonas Weber").waitFor();

  await maya.getByRole("tab", { name: "Private note" }).click();
  await note(maya).pressSequentially("She broke the **last three** lanterns.");
  await colleague.getByText("Maya Lindqvist is writing here…").waitFor();
  await note(maya).press("Enter");
  const card = colleague.locator(".note");
  await card.getByText("She broke the last three lanterns.").waitFor();
  assert.match(await card.innerText(), /Maya Lindqvist.*private note/);
  await maya.locator(".note strong").getByText("last three").waitFor();

  // What comes after it has arrived: the note has not come before, in no answer, no frame and no state of the page.
  await client.reply(issue.id, "It is.");
  await visitor.message("It is.").waitFor();
  await page.reload();
  if (!(await visitor.composer.isVisible())) await visitor.launcher.click();
  await visitor.message("It is.").waitFor();
  assert.equal(await visitor.panel.getByText("last three").count(), 0);
  const told = await heard();
  assert.ok(told.some((text) => text.includes("It is.")), "the test hears nothing");
  assert.deepEqual(told.filter((text) => /last three|"note"|"typing"/.test(text)), []);
  await examine("note", colleague);
  await context.close();
});

test("what is begun survives a reload, an answer and a note each by itself", async () => {
  const visitor = await Visitor.visit(browser, demo);
  await visitor.introduce("Do you sharpen knives?", "Otto", "otto@example.org");
  const issue = await client.find("Do you sharpen knives?");
  await look(maya, issue);
  await answer(maya).fill("Half an answer");
  await maya.getByRole("tab", { name: "Private note" }).click();
  await note(maya).fill("Half a note");
  await maya.reload();
  await answer(maya).waitFor();
  assert.equal(await answer(maya).inputValue(), "Half an answer");
  await maya.getByTitle("You have begun a note").waitFor();
  await maya.getByRole("tab", { name: "Private note" }).click();
  assert.equal(await note(maya).inputValue(), "Half a note");
  await note(maya).press("Enter");
  await thread(maya).locator(".note").getByText("Half a note").waitFor();
  await maya.reload();
  await answer(maya).waitFor();
  assert.equal(await answer(maya).inputValue(), "Half an answer");
  await maya.getByTitle("You have begun a note").waitFor({ state: "detached" });
  assert.equal((await client.thread(issue.id)).messages.some((m) => m.body.startsWith("Half")), false);
  await visitor.page.context().close();
});
