// What agents keep beside a conversation: tags, custom fields, the visitor's other conversations, and the answers they give often.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { examine } from "./axe.mjs";
import { AgentClient, becomes, Demo, openBrowser, signIn, until, Visitor } from "./harness.mjs";

let demo;
let client;
let browser;
let maya;
let answer;
let visitor;
let issue;

const column = () => maya.getByRole("complementary", { name: "About the visitor" });

before(async () => {
  demo = await Demo.start();
  client = await new AgentClient(demo).signIn();
  browser = await openBrowser();
  [maya, visitor] = await Promise.all([signIn(browser, demo), Visitor.visit(browser, demo)]);
  answer = maya.getByRole("textbox", { name: "Your answer" });
  await visitor.open();
  await visitor.say("Can I send the lamp back?");
  await visitor.answer(/name/i, "Ada");
  await visitor.panel.getByRole("textbox", { name: /e-?mail/i }).waitFor();
  issue = await client.find("Can I send the lamp back?");
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

async function look({ id }) {
  await maya.goto(`${demo.server}/inbox/${id}`);
  await answer.waitFor();
}

async function filled(text) {
  await until(`the field says ${text}`, async () => (await answer.inputValue()) === text);
}

test("a saved reply is found with “/”, and says what is known here", async () => {
  const replies = [
    { title: "Thanks", body: "Hello {{user.name|there}},\n\nthank you. {{agent.name}} of {{app.name}}", shared: true },
    { title: "Copy by e-mail", body: "The copy goes to {{user.email}}.", shared: false },
  ];
  for (const reply of replies) await client.call("POST", "/replies", reply);
  await look(issue);
  await answer.press("/");
  const search = maya.getByRole("combobox", { name: "Search saved replies" });
  await maya.getByRole("option", { name: /^Thanks/ }).waitFor();
  await examine("saved-replies", maya, maya.mainFrame(), "[role=dialog]");
  await search.fill("thank");
  await maya.getByRole("option", { name: /Copy by e-mail/ }).waitFor({ state: "detached" });
  await search.press("Enter");
  await filled("Hello Ada,\n\nthank you. Maya Lindqvist of Harbor & Pine");

  // What is not known stays marked, and the answer waits for it.
  await answer.fill("");
  await answer.press("/");
  await maya.getByRole("option", { name: /^Thanks/ }).waitFor();
  await search.fill("copy");
  await maya.getByRole("option", { name: /^Thanks/ }).waitFor({ state: "detached" });
  await search.press("Enter");
  await filled("The copy goes to {{user.email}}.");
  const selected = () => answer.evaluate((e) => e === document.activeElement && e.value.slice(e.selectionStart, e.selectionEnd));
  await becomes(selected, "{{user.email}}");
  await maya.getByText("Fill in {{user.email}} first: it is not known here.").waitFor();
  assert.ok(await maya.getByRole("button", { name: "Send", exact: true }).isDisabled());
  await maya.keyboard.type("your address");
  await filled("The copy goes to your address.");
  await answer.press("Enter");
  await visitor.message("The copy goes to your address.").waitFor();

  // A "/" that was meant as one is written.
  await answer.press("/");
  await search.press("Escape");
  await filled("/");
  await answer.fill("");
});

test("custom fields are saved as they are filled in, and are there after a reload", async () => {
  await look(issue);
  const row = (label) => column().locator(".field-row", { has: maya.getByText(label, { exact: true }) });
  const saved = (label) => row(label).getByText("Saved").waitFor();
  await row("Order number").getByRole("textbox").fill("10042");
  await maya.keyboard.press("Enter");
  await saved("Order number");
  await maya.getByText("You set Order number to 10042").waitFor();
  await row("Gift").getByRole("checkbox").check();
  await saved("Gift");
  await row("Delivery date").getByLabel("Delivery date").fill("2026-12-01");
  await maya.keyboard.press("Enter");
  await saved("Delivery date");

  await maya.reload();
  await row("Gift").getByRole("checkbox", { checked: true }).waitFor();
  assert.equal(await row("Order number").getByRole("textbox").inputValue(), "10042");
  assert.equal(await row("Delivery date").getByLabel("Delivery date").inputValue(), "2026-12-01");
  const { form } = (await client.thread(issue.id)).detail;
  assert.deepEqual(Object.fromEntries(form.map((f) => [f.key, f.value])), { order_number: "10042", gift: "true", delivery_date: String(Date.UTC(2026, 11, 1)) });
});

test("tags are put on by keyboard and taken off", async () => {
  await look(issue);
  await maya.getByRole("heading", { name: "Ada", exact: true }).click();
  await maya.keyboard.press("#");
  const box = column().getByRole("combobox", { name: "Add a tag" });
  await until("the field has the focus", () => box.evaluate((e) => e === document.activeElement));
  await maya.keyboard.type("ship");
  await maya.getByRole("option", { name: "shipping" }).waitFor();
  await examine("tags", maya);
  await maya.keyboard.press("Enter");
  await column().getByRole("button", { name: "Take off shipping" }).waitFor();
  await maya.getByText("You added the tag shipping").waitFor();
  assert.deepEqual((await client.thread(issue.id)).issue.tags, ["shipping"]);
  await maya.keyboard.press("Escape");
  await column().getByRole("button", { name: "Take off shipping" }).click();
  await maya.getByText("You took off the tag shipping").waitFor();
  assert.deepEqual((await client.thread(issue.id)).issue.tags ?? [], []);
});

test("the visitor's other conversations open from here", async () => {
  await client.call("POST", `/issues/${issue.id}/state`, { state: "rejected" });
  await visitor.panel.getByRole("button", { name: /new conversation/i }).first().click();
  await visitor.say("And the stove?");
  await look(await client.find("And the stove?"));
  await maya.getByText("Other conversations (1)").waitFor();
  await column().getByRole("link", { name: /Can I send the lamp back\?/ }).click();
  await maya.getByRole("region", { name: "Messages" }).getByText("Can I send the lamp back?").waitFor();
  assert.equal(new URL(maya.url()).pathname, `/inbox/${issue.id}`);
});
