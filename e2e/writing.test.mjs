// What agents write: its form, everywhere it is read; what becomes of it; and how it is changed or taken back in time.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { examine } from "./axe.mjs";
import { AgentClient, Demo, mailsTo, openBrowser, signIn, until, Visitor } from "./harness.mjs";

let demo;
let client;
let browser;
let maya;
let answer;
let thread;

before(async () => {
  demo = await Demo.start();
  client = await new AgentClient(demo).signIn();
  browser = await openBrowser();
  maya = await signIn(browser, demo);
  answer = maya.getByRole("textbox", { name: "Your answer" });
  thread = maya.getByRole("region", { name: "Messages" });
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

async function look(text) {
  const issue = await client.find(text);
  await maya.goto(`${demo.server}/inbox/${issue.id}`);
  await answer.waitFor();
  return issue;
}

async function say(text) {
  await answer.fill(text);
  await answer.press("Enter");
  await thread.locator(".message.ours:not([data-pending])").getByText(text, { exact: true }).waitFor();
}

/** Opens what can be done with one of our messages. */
async function menu(text) {
  const message = thread.locator(".message.ours", { hasText: text });
  await message.hover();
  await message.getByRole("button", { name: "What to do with this text" }).click();
  await maya.getByRole("menu").waitFor();
}

async function takeBack(text) {
  await menu(text);
  await maya.getByRole("menuitem", { name: /^Take back/ }).click();
  await maya.getByRole("button", { name: "Take back", exact: true }).click();
  await thread.getByText(text, { exact: true }).waitFor({ state: "detached" });
}

/** A visitor who looks at the conversation and has left the keyboard: nothing counts as read. */
async function idle(text, name, email) {
  const page = await (await browser.newContext()).newPage();
  await page.clock.install();
  await page.goto(demo.shop);
  const visitor = new Visitor(page);
  await visitor.introduce(text, name, email);
  await page.mouse.move(200, 200);
  const issue = await look(text);
  await client.when(issue.id, "all is read", (t) => t.detail.user_read_seq === t.detail.last_seq);
  await page.clock.fastForward(5 * 60_000 + 1000);
  return { visitor, issue };
}

test("bold words, a list and a link look alike in the dashboard, in the widget and in the e-mail", async () => {
  const { visitor, issue } = await idle("Which boots do you have?", "Ada", "ada@example.org");
  const tool = (name) => maya.getByRole("toolbar", { name: "Formatting" }).getByRole("button", { name, exact: true });
  const lastWord = () => answer.press("Control+Shift+ArrowLeft");
  await answer.pressSequentially("We have boots");
  await lastWord();
  await tool("Bold").click();
  await answer.press("End");
  await answer.press("Shift+Enter");
  await answer.pressSequentially("brown");
  await tool("List").click();
  await answer.press("Shift+Enter");
  await answer.pressSequentially("black");
  await answer.press("Shift+Enter");
  await answer.press("Shift+Enter");
  await answer.pressSequentially("sizes");
  await lastWord();
  await tool("Link").click();
  await maya.keyboard.type("https://harbor-pine.example/sizes");
  const written = "We have **boots**\n- brown\n- black\n[sizes](https://harbor-pine.example/sizes)";
  assert.equal(await answer.inputValue(), written);
  await maya.getByRole("button", { name: "Preview" }).click();
  await maya.locator(".composer-preview strong").getByText("boots").waitFor();
  await examine("preview", maya);
  await maya.getByRole("button", { name: "Preview" }).click();
  await answer.press("Enter");

  for (const bubble of [thread.locator(".message.ours .bubble", { hasText: "boots" }), visitor.panel.locator(".bubble", { hasText: "We have" })]) {
    await bubble.locator("strong").waitFor();
    assert.equal(await bubble.locator("strong").innerText(), "boots");
    assert.deepEqual(await bubble.locator("li").allInnerTexts(), ["brown", "black"]);
    const link = bubble.getByRole("link", { name: "sizes" });
    assert.equal(await link.getAttribute("href"), "https://harbor-pine.example/sizes");
    assert.match(await link.getAttribute("rel"), /noopener/);
  }
  await client.sendNow(issue.id);
  const [mail] = await until("the e-mail", async () => mailsTo(demo, "ada@example.org").length > 0 && mailsTo(demo, "ada@example.org"));
  assert.match(mail, /<strong[^>]*>boots<\/strong>/);
  assert.match(mail, /<li[^>]*>brown<\/li>/);
  assert.match(mail, /<a [^>]*href="https:\/\/harbor-pine\.example\/sizes"[^>]*>sizes<\/a>/);
  await visitor.page.context().close();
});

test("what a visitor writes is never markup", async () => {
  const text = "**bold** <b>x</b> `y` [z](https://a.example) <img src=x onerror=alert(1)>";
  const visitor = await Visitor.visit(browser, demo);
  await visitor.open();
  await visitor.say("An odd question");
  await visitor.write(text);
  await visitor.composer.press("Enter");
  const bubble = visitor.panel.locator(".bubble", { hasText: "**bold**" });
  await bubble.waitFor();
  assert.equal(await bubble.innerText(), text);
  assert.equal(await bubble.locator("b, strong, code, img").count(), 0);
  const issue = await look("An odd question");
  await client.when(issue.id, "it has arrived", (t) => t.messages.some((m) => m.body === text));
  const shown = thread.locator(".message.theirs .bubble", { hasText: "**bold**" });
  assert.equal(await shown.innerText(), text);
  assert.equal(await shown.locator("b, strong, code, img, a").count(), 0);
  await visitor.page.context().close();
});

test("what is unread can be changed, on every screen and in the e-mail; what is mailed cannot", async () => {
  const { visitor, issue } = await idle("What colour is the tent?", "Grace", "grace@example.org");
  await say("It is blue.");
  await visitor.message("It is blue.").waitFor();
  await menu("It is blue.");
  await examine("message-menu", maya, maya.mainFrame(), "[role=menu]");
  await maya.getByRole("menuitem", { name: "Edit" }).click();
  const editor = maya.getByRole("textbox", { name: "The text of this entry" });
  await editor.fill("It is **green**.");
  await editor.press("Enter");
  const edited = thread.locator(".message.ours", { hasText: "It is green." });
  await edited.getByText("· edited").waitFor();
  await visitor.panel.locator(".bubble strong").getByText("green").waitFor();
  await visitor.panel.getByText("Edited", { exact: true }).waitFor();
  assert.equal(await visitor.message("It is blue.").count(), 0);

  await client.sendNow(issue.id);
  await client.when(issue.id, "it is mailed", (t) => t.issue.follow_up.state === "sent");
  const [mail] = mailsTo(demo, "grace@example.org");
  assert.match(mail, /<strong[^>]*>green<\/strong>/);
  assert.doesNotMatch(mail, /blue/);
  await edited.getByText(/^Mailed/).waitFor();
  await menu("It is green.");
  await maya.getByText("It has been mailed. It stays as it is.").waitFor();
  assert.ok(await maya.getByRole("menuitem", { name: "Edit" }).isDisabled());
  await maya.keyboard.press("Escape");
  await visitor.page.context().close();
});

test("what is unread can be taken back: it is gone for the visitor, and no e-mail tells of it; what is read cannot", async () => {
  const { visitor, issue } = await idle("How much is the mug?", "Rosa", "rosa@example.org");
  await say("It costs 3.");
  await visitor.message("It costs 3.").waitFor();
  await client.when(issue.id, "an e-mail waits", (t) => t.issue.follow_up.state === "waiting");
  await takeBack("It costs 3.");
  await visitor.message("It costs 3.").waitFor({ state: "detached" });
  await thread.getByText("Taken back", { exact: true }).waitFor();
  const t = await client.when(issue.id, "the e-mail is cancelled", (t) => t.issue.follow_up.state === "cancelled");
  assert.equal(t.issue.follow_up.reason, "taken_back");
  assert.deepEqual(mailsTo(demo, "rosa@example.org"), []);
  assert.equal(JSON.stringify(t).includes("It costs 3."), false, "its text is still there");

  // The e-mail that follows says the rest only.
  await say("Thirty, to be exact.");
  await client.sendNow(issue.id);
  await client.when(issue.id, "it is mailed", (t) => t.issue.follow_up.state === "sent");
  const mails = mailsTo(demo, "rosa@example.org");
  assert.equal(mails.length, 1);
  assert.match(mails[0], /Thirty, to be exact\./);
  assert.doesNotMatch(mails[0], /It costs 3\./);

  await visitor.page.mouse.move(400, 300);
  await thread.locator(".message.ours", { hasText: "Thirty" }).getByText("Seen by visitor").waitFor();
  await menu("Thirty, to be exact.");
  await maya.getByText("Rosa has read it. It stays as it is.").waitFor();
  assert.ok(await maya.getByRole("menuitem", { name: /^Take back/ }).isDisabled());
  await maya.keyboard.press("Escape");
  await examine("taken-back", maya);
  await visitor.page.context().close();
});

test("the composer says what will become of an answer, and asks for an address", async () => {
  const visitor = await Visitor.visit(browser, demo);
  await visitor.open();
  await visitor.say("Do you repair zips?");
  await visitor.answer(/name/i, "Ines");
  await visitor.panel.getByRole("textbox", { name: /e-?mail/i }).waitFor();
  const issue = await client.find("Do you repair zips?");
  await client.reply(issue.id, "We do.");
  await look("Do you repair zips?");
  await maya.getByText("Ines is here now. No address is known for later.").waitFor();
  await maya.getByRole("button", { name: "Ask with Identity Bot" }).click();
  await maya.getByRole("button", { name: "Ask with Identity Bot" }).waitFor({ state: "detached" });
  await visitor.answer(/e-?mail/i, "ines@example.org");
  await maya.getByText("Ines is here now. Will be mailed to ines@example.org in 1 hour if unread.").waitFor();
  await visitor.page.close({ runBeforeUnload: true });
  await maya.getByText("Will be mailed to ines@example.org in 1 hour if unread.", { exact: true }).waitFor();
});
