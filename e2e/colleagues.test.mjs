// Two agents in one conversation: they see each other, and nobody overwrites what the other did.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { examine } from "./axe.mjs";
import { AgentClient, Demo, jonas, openBrowser, signIn, until, Visitor } from "./harness.mjs";
import { line } from "./line.mjs";

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
const crossed = "Not sent. Jonas Weber has answered meanwhile. Read it, then send again.";
const thread = (page) => page.getByRole("region", { name: "Messages" });

async function look(page, issue) {
  await page.goto(`${demo.server}/inbox/${issue.id}`);
  await answer(page).waitFor();
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
  await Promise.all([colleague.getByText("Maya Lindqvist is writing here…").waitFor(), visitor.panel.getByText(/Maya.* is typing/).first().waitFor()]);
  await visitor.composer.pressSequentially("Or can I");
  await Promise.all([maya, colleague].map((page) => thread(page).getByText(/is typing/).first().waitFor()));

  await answer(maya).fill("");
  await colleague.goto(demo.server);
  await maya.locator(".colleagues").waitFor({ state: "detached" });
  await visitor.page.context().close();
});

test("an answer that crosses a colleague's waits, names the colleague, and goes when its author says so", async () => {
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

  // The other way out: the text goes back to where it was written. Jonas has looked again: what he has not seen would stop him, too.
  await look(colleague, issue);
  slow.held = true;
  await answer(colleague).fill("2.8, I have weighed it.");
  await answer(colleague).press("Enter");
  await visitor.message("2.8, I have weighed it.").waitFor();
  await answer(maya).fill("Or 3.1.");
  await answer(maya).press("Enter");
  await maya.getByRole("button", { name: "Change it first" }).click();
  await maya.getByText(crossed).waitFor({ state: "detached" });
  assert.equal(await answer(maya).inputValue(), "Or 3.1.");
  assert.equal((await client.thread(issue.id)).messages.at(-1).body, "2.8, I have weighed it.");
  slow.letGo();
  await visitor.page.context().close();
});

test("two assign, two fill in a field: who comes second is told, and nothing is overwritten", async () => {
  const slow = await line(maya);
  const visitor = await Visitor.visit(browser, demo);
  await visitor.open();
  await visitor.say("Where is my parcel?");
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
  const saved = (text) => client.when(issue.id, `it says ${text}`, (t) => t.detail.form.some((f) => f.key === "order_number" && f.value === text));
  await number(colleague).fill("10042");
  await number(maya).fill("10043");
  await number(maya).press("Enter");
  await saved("10043");
  await number(colleague).press("Enter");
  await colleague.getByText("Maya Lindqvist has set this field to “10043” meanwhile. Look at it first.").waitFor();
  await colleague.getByText("It says 10043 now.").waitFor();
  assert.equal(await number(colleague).inputValue(), "10042", "what was typed is gone");
  await examine("conflict-field", colleague);
  await colleague.getByRole("button", { name: "Set mine" }).click();
  await until("Maya sees Jonas's number", async () => (await number(maya).inputValue()) === "10042");

  await number(colleague).fill("7");
  await number(maya).fill("8");
  await number(maya).press("Enter");
  await saved("8");
  await number(colleague).press("Enter");
  await colleague.getByRole("button", { name: "Keep that" }).click();
  assert.equal(await number(colleague).inputValue(), "8");
  await visitor.page.context().close();
});
