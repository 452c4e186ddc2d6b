// What a bot can ask for in the chat: each kind of question by keyboard alone, as axe sees it, and from right to left.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { examine, phone } from "./axe.mjs";
import { AgentClient, Demo, openBrowser, shoot, tabTo, until, Visitor, write } from "./harness.mjs";
import { HostPage, HostSite } from "./host.mjs";

let demo;
let browser;
let client;
let site;

before(async () => {
  demo = await Demo.start();
  browser = await openBrowser();
  client = await new AgentClient(demo).signIn();
  site = await HostSite.start(demo, client);
  const app = await client.app();
  const { on, identity_bot, feedback_bot_id } = await client.call("GET", `/apps/${app.id}/bots`);
  assert.equal(on, true);
  await client.call("PUT", `/apps/${app.id}/bots`, { on: false, identity_bot, feedback_bot_id });
  const bot = await publish("One of each", { nickname: { text: "Pine", in: { ar: "صنوبر" } }, steps });
  await client.call("POST", "/rules", { name: "Ask", trigger: "new_issue", on: true, all: [], any: [], repeat: false, actions: [{ kind: "start_bot", bot_id: bot.id }] });
});

after(async () => {
  await browser?.close();
  await site?.stop();
  await demo?.stop();
});

const ask = (input, text, ar, more = {}) => ({ id: `s_${input}${more.options?.length ?? ""}`, kind: "question", name: `a_${input}${more.options?.length ?? ""}`, input, text: { text, in: { ar } }, ...more });
const options = (list) => list.map(([text, ar], n) => ({ id: `o${n}`, text: { text, in: { ar } } }));
const colours = options([["Green", "أخضر"], ["Blue", "أزرق"], ["Rather something quite different, such as a tent", "شيء آخر"]]);
const places = options([..."ABCDEFGH"].map((c) => [`Harbor ${c}`, `ميناء ${c}`]));

const steps = [
  ask("yes_no", "Do you have an order already?", "هل لديك طلب بالفعل؟"),
  ask("choice", "Which colour shall it be?", "أي لون تفضل؟", { options: colours }),
  ask("date", "When did you order it?", "متى طلبته؟"),
  ask("choice", "Where do you pick it up?", "من أين تستلمه؟", { options: places }),
  ask("number", "How heavy is it, in kilograms?", "كم يزن بالكيلوغرام؟"),
  ask("email", "At which address do we reach you?", "ما عنوان بريدك؟", { skip: true }),
  ask("text", "What else shall we know?", "ماذا يجب أن نعرف أيضا؟"),
  ask("file", "Can you send us a photo?", "هل يمكنك إرسال صورة؟"),
  ask("stars", "How do you like the shop?", "ما رأيك في المتجر؟"),
  { id: "bye", kind: "message", text: { text: "That is all: {{answer.a_choice3}}, {{answer.a_number}} kg, {{answer.a_stars}} stars.", in: { ar: "شكرا" } } },
];

/** Makes a bot and publishes it. */
async function publish(name, draft) {
  const made = await client.call("POST", "/bots", { name, kind: "custom" });
  const kept = await client.call("PUT", `/bots/${made.id}`, { name, draft, revision: made.revision });
  assert.deepEqual(kept.problems, []);
  return client.call("POST", `/bots/${made.id}/publish`, { revision: kept.revision });
}

const focused = (element) => until(`the focus is on ${element}`, () => element.evaluate((e) => e === document.activeElement));

test("each kind of question is answered by keyboard alone", async (t) => {
  const visitor = await Visitor.visit(browser, demo);
  const { page, panel } = visitor;
  const key = page.keyboard;
  const button = (name) => panel.getByRole("button", { name, exact: true });
  const press = async (element) => {
    await tabTo(page, element);
    await key.press("Enter");
  };
  const asked = async (text) => {
    await visitor.message(text).waitFor();
    await panel.locator(".ask [data-first]").waitFor();
    await focused(panel.locator(".ask [data-first]"));
  };
  const look = (name) => examine(`question-${name}`, page, visitor.frame);
  await tabTo(page, visitor.launcher);
  await key.press("Enter");
  await focused(visitor.composer);
  await key.type("I have a question.");
  await key.press("Enter");

  await t.test("yes or no", async () => {
    await asked("Do you have an order already?");
    await look("yes-no");
    await press(button("Yes"));
    await visitor.message("Yes").waitFor();
  });
  await t.test("a choice", async () => {
    await asked("Which colour shall it be?");
    assert.equal(await panel.getByRole("group", { name: "Which colour shall it be?" }).getByRole("button").count(), 3);
    await look("choice");
    await press(button("Green"));
  });
  await t.test("a date", async () => {
    await asked("When did you order it?");
    await look("date");
    await key.type("11052026");
    await key.press("Enter");
    await panel.getByLabel("A date").waitFor({ state: "detached" });
  });
  await t.test("one of many", async () => {
    await asked("Where do you pick it up?");
    await key.type("harbor g");
    await until("one is left", async () => (await panel.getByRole("option").count()) === 1);
    await look("many");
    await key.press("Enter");
    await visitor.message("Harbor G").waitFor();
  });
  await t.test("a number, and what is none is refused at the field", async () => {
    await asked("How heavy is it, in kilograms?");
    await key.type("heavy");
    await key.press("Enter");
    await panel.getByRole("alert").waitFor();
    const field = panel.getByLabel("A number");
    await focused(field);
    assert.equal(await field.getAttribute("aria-invalid"), "true");
    assert.match(await field.getAttribute("aria-describedby"), /problem/);
    await look("refused");
    await key.press("ControlOrMeta+a");
    await key.type("2.5");
    await key.press("Enter");
    await visitor.message("2.5").waitFor();
  });
  await t.test("an address, which is left out", async () => {
    await asked("At which address do we reach you?");
    await look("email");
    await press(button("Skip"));
  });
  await t.test("a text", async () => {
    await asked("What else shall we know?");
    await look("text");
    await key.type("It is a gift.");
    await key.press("Enter");
    await visitor.message("It is a gift.").waitFor();
  });
  await t.test("a file", async () => {
    await asked("Can you send us a photo?");
    await look("file");
    const chosen = page.waitForEvent("filechooser");
    await press(panel.getByRole("group", { name: "Can you send us a photo?" }).getByRole("button"));
    await (await chosen).setFiles([{ name: "gift.txt", mimeType: "text/plain", buffer: Buffer.from("A gift") }]);
    await panel.getByText("gift.txt is ready to be sent").waitFor({ state: "attached" });
    await tabTo(page, visitor.composer);
    await key.press("Enter");
    await panel.getByRole("link", { name: /Download gift\.txt/ }).waitFor();
  });
  await t.test("stars", async () => {
    await asked("How do you like the shop?");
    await look("stars");
    await key.press("Tab");
    await key.press("Space");
    for (let n = 0; n < 3; n++) await key.press("ArrowRight");
    await press(panel.locator(".ask").getByRole("button", { name: "Send", exact: true }));
    await visitor.message("That is all: Green, 2.5 kg, 4 stars.").waitFor();
  });
  const { messages } = await client.thread((await client.find("I have a question.")).id);
  const said = messages.filter((m) => m.origin === "end-user").map((m) => m.body);
  assert.deepEqual([said.slice(1, 3), said.slice(4, 6), said[7]], [["Yes", "Green"], ["Harbor G", "2.5"], "It is a gift."]);
  await shoot(page, "question-answered");
  await page.context().close();
});

test("from right to left on a phone, and what never fits hands over to people", async () => {
  const visitor = await HostPage.visit(browser, site.page("/arabic", { config: { language: "ar" } }), phone);
  const { page, panel } = visitor;
  const say = async (text) => {
    const composer = panel.getByRole("textbox").last();
    await write(composer, text);
    await composer.press("Enter");
  };
  await visitor.call("open");
  await say("لدي سؤال");
  await panel.getByRole("button", { name: "نعم" }).waitFor();
  await until("the panel fills the screen", () => visitor.frame.evaluate(() => innerHeight > 600));
  assert.equal(await visitor.frame.evaluate(() => document.documentElement.dir), "rtl");
  await say("نعم"); // typed, in the field below
  await panel.getByRole("button", { name: "أزرق" }).waitFor();
  await examine("question-arabic", page, visitor.frame);
  await panel.getByRole("button", { name: "أزرق" }).click();
  await panel.locator(".ask input[type=date]").fill("2026-11-05");
  await shoot(page, "question-arabic-date");
  await panel.locator(".ask [type=submit]").click();
  await panel.getByRole("option", { name: "ميناء C" }).waitFor();
  await shoot(page, "question-arabic-many");
  const issue = await client.find("لدي سؤال");
  for (const n of [1, 2, 3]) {
    await say(`لا أعرف ${n}`);
    await client.when(issue.id, "it was looked at", (t) => t.messages.at(-1).origin === "bot" && t.messages.some((m) => m.body === `لا أعرف ${n}`));
  }
  const told = await client.thread(issue.id);
  assert.equal(told.events.findLast((e) => e.data.bot).data.bot.state, "handed_over");
  await panel.locator(".ask").waitFor({ state: "detached" });
  await shoot(page, "question-arabic-over");
  await page.context().close();
});
