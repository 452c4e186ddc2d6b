// What agents write for themselves and each other: private notes, which no visitor ever gets, and drafts.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { examine } from "./axe.mjs";
import { AgentClient, becomes, Demo, jonas, openBrowser, signIn, Visitor } from "./harness.mjs";

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
const thread = (page) => page.getByRole("region", { name: "Messages" });

async function look(page, issue) {
  await page.goto(`${demo.server}/inbox/${issue.id}`);
  await answer(page).waitFor();
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
  await visitor.open();
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
  await visitor.open();
  await visitor.say("Do you sharpen knives?");
  const issue = await client.find("Do you sharpen knives?");
  await look(maya, issue);
  await answer(maya).fill("Half an answer");
  await maya.getByRole("tab", { name: "Private note" }).click();
  await note(maya).fill("Half a note");
  await maya.reload();
  await answer(maya).waitFor();
  await becomes(() => answer(maya).inputValue(), "Half an answer");
  await maya.getByTitle("You have begun a note").waitFor();
  await maya.getByRole("tab", { name: "Private note" }).click();
  await becomes(() => note(maya).inputValue(), "Half a note");
  await note(maya).press("Enter");
  await thread(maya).locator(".note").getByText("Half a note").waitFor();
  await maya.reload();
  await answer(maya).waitFor();
  await becomes(() => answer(maya).inputValue(), "Half an answer");
  await maya.getByTitle("You have begun a note").waitFor({ state: "detached" });
  assert.equal((await client.thread(issue.id)).messages.some((m) => m.body.startsWith("Half")), false);
  await visitor.page.context().close();
});
