// Settings → Bots: a bot is built step by step, tried beside its steps, published, and started by an automation.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { examine } from "./axe.mjs";
import { Demo, openBrowser, shoot, signIn, until, Visitor } from "./harness.mjs";
import { Parcels } from "./parcels.mjs";

let demo;
let browser;
let maya;
let parcels;

before(async () => {
  parcels = await Parcels.start();
  demo = await Demo.start();
  browser = await openBrowser();
  maya = await signIn(browser, demo, { reducedMotion: "reduce" });
});

after(async () => {
  await browser?.close();
  await demo?.stop();
  parcels?.stop();
});

const card = (n) => maya.getByRole("article").nth(n - 1);
const phone = () => maya.getByRole("complementary", { name: "Try it" });

let below = 0;

/** Puts a step below the one that was added last, by keyboard, and returns its card. */
async function add(kind) {
  if (below === 0) await maya.getByRole("region", { name: "Begin" }).getByRole("button", { name: kind, exact: true }).press("Enter");
  else {
    await maya.getByRole("button", { name: `Add a step after step ${below}`, exact: true }).press("Enter");
    await maya.getByRole("menuitem", { name: new RegExp(`^${kind}`) }).press("Enter");
  }
  const added = card(++below);
  await added.getByRole("button", { name: "Done" }).waitFor();
  return added;
}

/** Adds a question of a kind, whose answer is kept under a name. */
async function ask(text, kind, name) {
  const step = await add("Question");
  await step.getByLabel("What it asks", { exact: true }).fill(text);
  await step.getByRole("radio", { name: kind, exact: true }).press("Space");
  await step.getByLabel("Kept as").fill(name);
  await step.getByLabel("Kept as").press("Enter");
  return step;
}

/** Picks what typing finds first in the list of a name. */
async function pick(list, words) {
  const search = maya.getByRole("dialog").getByRole("combobox", { name: list, exact: true });
  await search.fill(words);
  await search.press("Enter");
}

const drafted = () => maya.getByRole("status").getByText("Draft saved", { exact: true }).waitFor();

test("an administrator builds a bot", async (t) => {
  await maya.getByRole("link", { name: "Settings" }).click();
  await maya.getByRole("link", { name: "Bots", exact: true }).click();
  await maya.getByRole("button", { name: "New bot" }).click();
  const dialog = maya.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Order help");
  await dialog.getByRole("button", { name: "Make it" }).click();
  await dialog.getByText(/name/).filter({ hasText: /already|taken|another/i }).waitFor();
  await dialog.getByLabel("Name").fill("Parcel desk");
  await dialog.getByRole("button", { name: "Make it" }).click();
  await maya.getByRole("heading", { name: "Parcel desk", level: 1 }).waitFor();
  await examine("bot-empty", maya);

  await t.test("with words, questions, a branch and what it does", async () => {
    const hello = await add("Message");
    await hello.getByLabel("What it says", { exact: true }).fill("Hello ");
    await hello.getByRole("button", { name: "What it says: put in a value" }).press("Enter");
    await pick("Values", "The visitor’s name");
    const says = hello.getByLabel("What it says", { exact: true });
    const selected = () => says.evaluate((e) => e === document.activeElement && e.value.slice(e.selectionStart, e.selectionEnd));
    await until("the words for those without a name are selected", async () => (await selected()) === "there");
    await maya.keyboard.press("End");
    await maya.keyboard.type(", this is the parcel desk.");
    assert.equal(await says.inputValue(), "Hello {{user.name|there}}, this is the parcel desk.");

    const topic = await ask("What is it about?", "Choice", "topic");
    await topic.getByLabel("Choice 1", { exact: true }).fill("Where is my parcel?");
    await topic.getByLabel("Choice 2", { exact: true }).fill("Something else");

    const branch = await add("Branch");
    await branch.getByRole("button", { name: "Add a condition" }).press("Enter");
    await pick("What to ask about", "What is it about");
    await pick("“What is it about?”", "Something else");
    await maya.keyboard.press("Escape");
    await branch.getByLabel("Then", { exact: true }).selectOption({ label: "New: hand over" });

    // What comes now stands between the branch and the hand-over.
    below = 3;
    await ask("How many parcels do you wait for?", "Number", "parcels");
    const lookup = await add("Request");
    await lookup.getByLabel("Address", { exact: true }).fill(`${parcels.url}/orders?count={{answer.parcels}}`);
    await lookup.getByRole("button", { name: "Add a header" }).press("Enter");
    await lookup.getByLabel("Name of the header 1", { exact: true }).fill("X-Key");
    await lookup.getByLabel("Headers: value 1", { exact: true }).fill("key-of-the-shop");
    await lookup.getByRole("button", { name: "Header 1: nobody reads it again" }).press("Enter");
    await lookup.getByLabel("Kept as").fill("shop");
    await lookup.getByLabel("Kept as").press("Enter");
    await lookup.getByLabel("{{answer.parcels}}").fill("3");
    await lookup.getByRole("button", { name: "Test", exact: true }).press("Enter");
    await lookup.getByText(/^It works · 200/).waitFor();
    await lookup.getByText(/texts and branches can use: .*state/).waitFor();
    assert.deepEqual([parcels.asked[0].path, parcels.asked[0].key], ["/orders?count=3", "key-of-the-shop"]);
    await shoot(maya, "bot-request", { fullPage: true });

    const order = await ask("Which order is it?", "Choice", "order");
    await order.getByLabel("It also becomes").selectOption({ label: "Order number" });
    await order.getByLabel("Choice 1", { exact: true }).fill("None of these");
    await order.getByRole("button", { name: "Delete choice 2" }).press("Enter");
    await lookup.getByRole("button", { name: /Request/ }).click();
    await lookup.getByLabel("A list in it becomes choices of").selectOption({ label: "6 · Which order is it?" });
    assert.equal(await lookup.getByLabel("The list").inputValue(), "orders");

    const day = await ask("When did you order it?", "Date", "day");
    await day.getByLabel("Visitors may leave it out").check();
    const words = await ask("What happened, in your own words?", "Text", "story");
    await words.getByRole("button", { name: "Done" }).press("Enter");
    const gift = await add("Action");
    await gift.getByRole("button", { name: /^What to do/ }).click();
    await pick("What to do", "Fill in the field");
    await pick("Field", "Gift");
    await gift.getByLabel("Gift: value").selectOption({ label: "yes" });
    const tag = await add("Action");
    await tag.getByRole("button", { name: /^Tags/ }).click();
    await pick("Tags", "shipping");
    await maya.keyboard.press("Escape");
    const claim = await add("Request");
    await claim.getByLabel("Method").selectOption("POST");
    await claim.getByLabel("Address", { exact: true }).fill(`${parcels.url}/claims`);
    await claim.getByRole("button", { name: "Add a value to the body" }).press("Enter");
    await claim.getByLabel("Name 1", { exact: true }).fill("order");
    await claim.getByLabel("Body: value 1", { exact: true }).fill("{{answer.order}}");
    await claim.getByLabel("Kept as").fill("done");
    await claim.getByLabel("Kept as").press("Enter");
    await claim.locator("summary").filter({ hasText: "Example of an answer" }).click();
    await claim.locator("textarea").fill('{"claim": {"number": "C-1"}}');
    const bye = await add("Message");
    await bye.getByLabel("What it says", { exact: true }).fill("Your parcel is {{answer.shop.state}}. Your claim is {{answer.done.claim.number}}.");
    await bye.getByLabel("Then", { exact: true }).selectOption({ label: "13 · People take over" });
  });

  await t.test("what is missing is listed, and leads to its step", async () => {
    await card(7).getByRole("button", { name: /Question/ }).click();
    const text = card(7).getByLabel("What it asks", { exact: true });
    await text.fill("");
    await maya.getByRole("button", { name: "1 thing to correct" }).waitFor();
    const list = maya.getByRole("region", { name: "To correct before publishing" });
    await list.getByRole("button", { name: "Step 7" }).click();
    await card(7).getByText("Write what users read.").waitFor();
    await text.fill("When did you order it?");
    await list.waitFor({ state: "detached" });
    await card(7).getByRole("button", { name: "Done" }).press("Enter");
  });

  await t.test("it is tried beside the steps", async () => {
    const said = (text) => phone().getByRole("log").getByText(text, { exact: true });
    await said("Hello there, this is the parcel desk.").waitFor();
    await phone().getByRole("button", { name: "Where is my parcel?" }).click();
    await said("How many parcels do you wait for?").waitFor();
    await card(4).getByText("Here", { exact: true }).waitFor();
    const answer = async (text) => {
      await phone().getByLabel("Your answer").fill(text);
      await phone().getByLabel("Your answer").press("Enter");
    };
    await answer("many");
    await phone().getByText(/number/i).last().waitFor();
    await answer("3");
    await phone().getByRole("button", { name: "HP-1042" }).click();
    await said("When did you order it?").waitFor();
    await phone().getByRole("button", { name: "Skip" }).click();
    await said("What happened, in your own words?").waitFor();
    await answer("It never came.");
    await said("Your parcel is on its way. Your claim is C-1.").waitFor();
    await phone().getByText(/people/i).last().waitFor();
    await drafted();
    await examine("bot-builder", maya);
    assert.equal(parcels.asked.length, 1, "the preview has called the program");
  });
});

test("it is published, and an automation starts it", async () => {
  await maya.getByRole("button", { name: "Publish…" }).click();
  const dialog = maya.getByRole("dialog");
  await dialog.getByRole("button", { name: "Publish version 1" }).waitFor();
  await shoot(maya, "bot-publish");
  await dialog.getByRole("button", { name: "Publish version 1" }).click();
  await maya.getByText("Version 1 is published.").waitFor();
  await maya.getByRole("button", { name: "Published", exact: true }).waitFor();
  await maya.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: "Automations" }).click();
  await maya.getByRole("link", { name: "When a conversation begins", exact: true }).click();
  await maya.getByLabel("Name", { exact: true }).fill("To the parcel desk");
  await maya.getByRole("button", { name: "Add what is to be done" }).click();
  await pick("What to do", "Start the bot");
  await pick("Bot", "Parcel desk");
  await maya.getByRole("button", { name: "Save", exact: true }).click();
  await maya.getByText("Everything is saved.").waitFor();
  const visitor = await Visitor.visit(browser, demo);
  await visitor.introduce("Where is it?", "Nora", "nora@example.org");
  await visitor.message("Hello Nora, this is the parcel desk.").waitFor();
  await visitor.panel.getByRole("button", { name: "Something else" }).waitFor();
  await maya.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: "Bots", exact: true }).click();
  await maya.getByRole("listitem").filter({ hasText: "Parcel desk" }).getByText("Version 1").waitFor();
  await examine("bots", maya);
});
