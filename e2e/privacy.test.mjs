// Somebody asks for their data, and wants it gone: what administrators do in the panel beside a conversation.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { inflateRawSync } from "node:zlib";
import { examine } from "./axe.mjs";
import { AgentClient, Demo, openBrowser, shoot, signIn, until, Visitor } from "./harness.mjs";

let demo;
let browser;
let client;
let desk;

before(async () => {
  [demo, browser] = await Promise.all([Demo.start(), openBrowser()]);
  client = await new AgentClient(demo).signIn();
  desk = await signIn(browser, demo);
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

/** The files in a zip, by name. */
function filesIn(zip) {
  const end = zip.lastIndexOf("PK\x05\x06", undefined, "latin1");
  let at = zip.readUInt32LE(end + 16);
  const files = {};
  for (let n = zip.readUInt16LE(end + 10); n > 0; n--) {
    const [method, size, name, extra, comment, from] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20), ...[28, 30, 32].map((o) => zip.readUInt16LE(at + o)), zip.readUInt32LE(at + 42)];
    const start = from + 30 + zip.readUInt16LE(from + 26) + zip.readUInt16LE(from + 28);
    const packed = zip.subarray(start, start + size);
    files[zip.toString("utf8", at + 46, at + 46 + name)] = method === 8 ? inflateRawSync(packed) : packed;
    at += 46 + name + extra + comment;
  }
  return files;
}

test("a user's data leaves as one file, and then for good", async (t) => {
  const visitor = await Visitor.visit(browser, demo);
  await visitor.introduce("Where is my kettle?", "Wilma Lind", "wilma@example.org");
  const issue = await client.find("Where is my kettle?");
  await client.reply(issue.id, "On its way, Wilma.");
  await visitor.message("On its way, Wilma.").waitFor();
  await desk.goto(`${demo.server}/inbox/${issue.id}`);
  const about = desk.getByRole("complementary", { name: "About the visitor" });
  const choose = async (item) => {
    await about.getByRole("button", { name: "More about Wilma Lind" }).click();
    await desk.getByRole("menuitem", { name: item }).click();
  };
  const dialog = desk.getByRole("dialog");

  await t.test("a copy", async () => {
    await choose("Export data…");
    await dialog.getByText(/messages in 1 conversation$/).waitFor();
    await examine("export-user", desk, desk.mainFrame(), "[role=dialog]");
    const [download] = await Promise.all([desk.waitForEvent("download"), dialog.getByRole("button", { name: "Download" }).click()]);
    const files = filesIn(await readFile(await download.path()));
    const { user, conversations } = JSON.parse(files["data.json"]);
    assert.deepEqual([user.name, user.email, conversations.length], ["Wilma Lind", "wilma@example.org", 1]);
    const bodies = conversations[0].messages.map((m) => m.body);
    for (const text of ["Where is my kettle?", "On its way, Wilma."]) assert.ok(bodies.includes(text), `${text} is not among ${bodies}`);
    assert.ok(!/"[^"]*(hash|token|password)[^"]*":/i.test(files["data.json"].toString()), "a secret is in the file");
  });

  await t.test("erasure wants to be confirmed by typing", async () => {
    await choose("Erase…");
    const confirm = dialog.getByLabel("To confirm, type wilma@example.org");
    await confirm.fill("wilma");
    await dialog.getByRole("button", { name: "Erase for good" }).click();
    await dialog.getByText("Type wilma@example.org", { exact: true }).waitFor();
    assert.equal(await confirm.getAttribute("aria-invalid"), "true");
    assert.equal((await client.thread(issue.id)).issue.user.name, "Wilma Lind");
    await examine("erase-user", desk, desk.mainFrame(), "[role=dialog]");
    await confirm.fill("Wilma@example.org");
    await confirm.press("Enter");
    await desk.getByText("The user is erased.").waitFor();
  });

  await t.test("nothing is left: for agents, in the search, for the visitor", async () => {
    await desk.locator(".event").filter({ hasText: "erased the visitor’s data" }).waitFor();
    await until("the screen forgets", async () => !/kettle|Wilma|wilma@/.test(await desk.locator("main").innerText()));
    await shoot(desk, "erased");
    const { issue: now, messages } = await client.thread(issue.id);
    assert.ok(!/kettle|Wilma|wilma@/.test(JSON.stringify([now, messages])), "the server remembers");
    const left = (await client.query("kettle")).issues.map((i) => i.id);
    assert.ok(!left.includes(issue.id), "the search finds it");
    await visitor.message("Where is my kettle?").waitFor({ state: "detached" });
    await visitor.page.reload();
    await visitor.open();
    await visitor.say("Hello, I am new here.");
    assert.equal(await visitor.message("Where is my kettle?").count(), 0);
    const again = await client.find("Hello, I am new here.");
    assert.notEqual((await client.thread(again.id)).issue.user.id, now.user.id);
  });
});
