// The hosted page: the same chat in the whole window.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AgentClient, Demo, openBrowser, shoot, until, write } from "./harness.mjs";

let demo;
let client;
let browser;

before(async () => {
  demo = await Demo.start();
  client = await new AgentClient(demo).signIn();
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

test("the hosted page holds a whole conversation and keeps it over a reload", async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  await page.goto(`${demo.server}/c/${demo.platform}`);
  assert.equal(await page.evaluate(() => localStorage.length), 0, "something is stored before the first message");
  const composer = page.getByRole("textbox", { name: /message/i });
  const message = (text) => page.locator(".bubble").getByText(text, { exact: true });
  const answer = async (label, text) => {
    await page.getByRole("textbox", { name: label }).fill(text);
    await page.getByRole("textbox", { name: label }).press("Enter");
  };
  await composer.fill("Hello from a page of yours");
  await composer.press("Enter");
  await answer(/name/i, "Mona");
  await answer(/e-?mail/i, "mona@example.org");
  await page.locator(".bubble").getByText(/You can close this page/).waitFor();
  const issue = await client.find("Hello from a page of yours");
  await client.when(issue.id, "here", (t) => t.issue.user.presence === "active");
  await client.reply(issue.id, "Hello Mona!");
  await message("Hello Mona!").waitFor();
  await shoot(page, "hosted");

  // The chat fills the window: nothing is beside it, and the page itself does not scroll.
  const box = await page.getByRole("main").boundingBox();
  assert.deepEqual([box.x, box.y, box.width, box.height], [0, 0, 390, 844]);
  assert.equal(await page.evaluate(() => document.documentElement.scrollHeight), 844);

  await page.reload();
  for (const text of ["Hello from a page of yours", "Mona", "Hello Mona!"]) await message(text).waitFor();
  await write(composer, "Here I am again");
  await composer.press("Enter");
  await until("the same conversation", async () => (await client.thread(issue.id)).messages.at(-1).body === "Here I am again");
  assert.ok(!page.url().includes("#"));
  await page.close({ runBeforeUnload: true });
  await client.when(issue.id, "gone", (t) => t.issue.user.presence === "page_closed");
});
