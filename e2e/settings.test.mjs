// Settings → App settings → the app → Web Chat → Configure Web Chat, as an administrator uses it.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { AgentClient, becomes, binary, Demo, openBrowser, shoot, signIn, until, Visitor } from "./harness.mjs";

let demo;
let browser;

before(async () => {
  demo = await Demo.start();
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

const operate = (...args) =>
  promisify(execFile)(binary, args, { env: { ...process.env, REJOIN_DATABASE: join(demo.data, "rejoin.db") } });

test("an administrator configures the web chat", async (t) => {
  const page = await signIn(browser, demo);
  const greeting = page.getByRole("textbox", { name: "Greeting text" });
  const window = page.getByRole("combobox", { name: "Time for unread messages" });
  const save = page.getByRole("button", { name: "Save" });
  const saved = page.getByText("Everything is saved.");
  const preview = page.getByRole("complementary", { name: "Preview" });
  const mailTab = preview.getByRole("tab", { name: "E-mail" });
  const toggle = page.getByRole("switch", { name: "Follow-up via Email" });

  await t.test("the way there", async () => {
    await page.getByRole("link", { name: "Settings" }).click();
    await page.getByRole("link", { name: /Harbor & Pine/ }).click();
    await page.getByRole("heading", { name: "Harbor & Pine", level: 1 }).waitFor();
    await page.getByRole("link", { name: "Configure Web Chat" }).click();
    await page.getByRole("heading", { name: "Configure Web Chat" }).waitFor();
    await saved.waitFor();
    await mailTab.click();
    await preview.frameLocator("iframe").getByText(/Continue the conversation/i).first().waitFor();
    const { scrolled, room } = await page.evaluate(() => ({ scrolled: document.documentElement.scrollHeight, room: innerHeight }));
    assert.equal(scrolled, room, "the window scrolls beside the page in it");
    await shoot(page, "settings");
  });

  await t.test("what is changed and saved is there after a reload, and in the chat", async () => {
    await greeting.fill("Welcome aboard! What are you looking for?");
    await window.selectOption({ label: "1 hour" });
    await page.getByRole("radio", { name: /One page for everybody/ }).click();
    await page.getByLabel("Address of the page").fill(`${demo.shop}/contact`);
    await preview.getByText(`${demo.shop}/contact`).waitFor();
    await page.getByText("You have changes that are not saved.").waitFor();
    await save.click();
    await saved.waitFor();
    await page.reload();
    await greeting.waitFor();
    assert.equal(await greeting.inputValue(), "Welcome aboard! What are you looking for?");
    assert.equal(await window.inputValue(), "3600");
    assert.ok(await page.getByRole("radio", { name: /One page for everybody/ }).isChecked());
    assert.equal(await page.getByLabel("Address of the page").inputValue(), `${demo.shop}/contact`);
    const { web_chat } = await (await new AgentClient(demo).signIn()).app();
    assert.deepEqual([web_chat.follow_up.window, web_chat.follow_up.destination], [3600, "custom_url"]);

    const visitor = await Visitor.visit(browser, demo);
    await visitor.open();
    await visitor.message("Welcome aboard! What are you looking for?").waitFor();
    await visitor.page.context().close();
  });

  await t.test("what the server refuses is said at its field", async () => {
    const address = page.getByLabel("Address of the page");
    await address.fill("https://elsewhere.example/help");
    await save.click();
    await page.getByText("https://elsewhere.example is not among the allowed origins of this app. Add it there first.", { exact: true }).waitFor();
    assert.equal(await address.getAttribute("aria-invalid"), "true");
    await becomes(() => address.evaluate((e) => e === document.activeElement), true); // the field has the focus
    await shoot(page, "settings-refused");
    await address.fill(`${demo.shop}/contact`);

    await page.getByRole("button", { name: "Add an origin" }).click();
    const origin = page.getByRole("textbox", { name: "Origin 3" });
    await origin.fill("https://shop.example/with/path");
    await page.getByText("Leave out what follows the host: https://shop.example").waitFor();
    await origin.fill("http://*.example");
    await save.click();
    await page.getByRole("alert").getByText('"http://*.example" is not an origin. Write it like https://www.example.com.').waitFor();
    assert.equal(await origin.getAttribute("aria-invalid"), "true");
    await page.getByRole("button", { name: "Remove origin 3" }).click();
    await saved.waitFor();
  });

  await t.test("the embed code is copied", async () => {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"], { origin: demo.server });
    await page.getByRole("button", { name: "Copy" }).click();
    await page.getByText("The code is copied.").waitFor();
    const code = await page.evaluate(() => navigator.clipboard.readText());
    assert.ok(code.includes(demo.platform) && code.includes(`${demo.server}/webchat.js`), code);
  });

  await t.test("the e-mails are switched off", async () => {
    await toggle.click();
    await window.waitFor({ state: "detached" });
    await mailTab.waitFor({ state: "detached" });
    await save.click();
    await saved.waitFor();
    await page.reload();
    await greeting.waitFor();
    assert.equal(await toggle.getAttribute("aria-checked"), "false");
  });

  await t.test("the preview shows the chat as it would be, before it is saved", async () => {
    const chat = preview.frameLocator("iframe");
    const background = (locator) => locator.evaluate((e) => getComputedStyle(e).backgroundColor);
    await page.getByLabel("Title").fill("Ask the harbor");
    await page.getByLabel("Colour of your brand", { exact: true }).fill("#7a1fa2");
    await chat.getByRole("heading", { name: "Ask the harbor" }).waitFor();
    await preview.getByText("Talking").click();
    await chat.getByText("The green one, please.").waitFor();
    await chat.getByText(/is typing/).waitFor();
    await until("the header has the colour", async () => (await background(chat.locator(".header"))) === "rgb(122, 31, 162)");
    await page.getByRole("switch", { name: "Show Agent Typing Indicator" }).click();
    await chat.getByText(/is typing/).waitFor({ state: "detached" });
    await preview.getByText("Rating", { exact: true }).click();
    await chat.getByText("How was our help?").waitFor();
    await page.getByRole("switch", { name: "Show Web Chat Widget" }).click();
    await preview.getByText("Before").click();
    await chat.getByText("The chat is closed").waitFor();
    await shoot(page, "settings-preview");
  });

  await t.test("a chat that is switched off has no launcher, and says so where it is opened all the same", async () => {
    await save.click();
    await saved.waitFor();
    const visitor = await Visitor.visit(browser, demo);
    await visitor.page.waitForFunction(() => document.querySelector("rejoin-chat"));
    assert.equal(await visitor.launcher.isVisible(), false, "the launcher shows");
    await visitor.page.evaluate(() => window.Rejoin("open"));
    await visitor.panel.getByText("The chat is closed").waitFor();
    await visitor.panel.getByRole("heading", { name: "Ask the harbor" }).waitFor();
    await visitor.page.context().close();
    await page.getByRole("switch", { name: "Show Web Chat Widget" }).click();
    await save.click();
    await saved.waitFor();
  });

  await t.test("without the feature the section says who can change that", async () => {
    await operate("feature", "disable", "follow-up-email", "--domain", "demo");
    await page.reload();
    await greeting.waitFor();
    assert.equal(await toggle.count(), 0);
    await page.getByText("rejoin feature enable follow-up-email --domain demo").waitFor();
    await operate("feature", "enable", "follow-up-email", "--domain", "demo");
    await page.reload();
    await toggle.waitFor();
  });
});
