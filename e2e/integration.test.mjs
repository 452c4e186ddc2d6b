// The company's own programs: Settings → API keys and → Webhooks, and a program that acts on a follow-up e-mail that went out.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { examine, phone } from "./axe.mjs";
import { AgentClient, Demo, openBrowser, signIn, until, Visitor } from "./harness.mjs";

let demo;
let browser;
let client;
let maya;
let desk;
let program;

/** A program of the company. It checks who posts to it, keeps what it gets, and answers as it is told. */
class Program {
  secret = "";
  key = "";
  status = 200;
  got = [];

  static async listen() {
    const p = new Program();
    p.server = createServer(async (r, answer) => {
      const body = Buffer.concat(await r.toArray());
      const { id, timestamp, signature } = Object.fromEntries(["id", "timestamp", "signature"].map((n) => [n, r.headers[`webhook-${n}`]]));
      const mac = createHmac("sha256", Buffer.from(p.secret.replace("whsec_", ""), "base64")).update(`${id}.${timestamp}.${body}`).digest("base64");
      const fresh = Math.abs(Date.now() / 1000 - Number(timestamp)) <= 300;
      p.got.push({ id, signed: fresh && signature === `v1,${mac}`, status: p.status, ...JSON.parse(body) });
      answer.writeHead(p.status, { "Content-Type": "application/json" }).end(JSON.stringify({ noted: p.got.length }));
    });
    await new Promise((ready) => p.server.listen(0, "127.0.0.1", ready));
    p.url = `http://127.0.0.1:${p.server.address().port}/hooks`;
    return p;
  }

  /** Waits for what the check finds among the updates that came, and returns the whole of it. */
  told(what, check, status = 200) {
    return until(`the program is told of ${what}`, () => this.got.find((e) => e.status === status && check(e.data.updates ?? {})));
  }

  async call(method, path, form) {
    return fetch(`${demo.api}${path}`, {
      method,
      headers: { Authorization: `Basic ${btoa(`${this.key}:`)}` },
      body: form && new URLSearchParams(form),
    });
  }

  async done(method, path, form) {
    const r = await this.call(method, path, form);
    const answer = await r.json();
    assert.ok(r.ok, `${method} ${path}: ${r.status} ${JSON.stringify(answer)}`);
    return answer;
  }
}

before(async () => {
  [demo, browser, program] = await Promise.all([Demo.start(), openBrowser(), Program.listen()]);
  client = await new AgentClient(demo).signIn();
  [maya, desk] = await Promise.all([signIn(browser, demo), signIn(browser, demo)]); // in one window, the page behind would be slow
});

after(async () => {
  await browser?.close();
  program?.server.close();
  await demo?.stop();
});

const heading = (name) => maya.getByRole("heading", { name, level: 1 });
const part = (name) => maya.getByRole("region", { name });
const press = (name, within = maya) => within.getByRole("button", { name, exact: true }).click();
const field = { key: "last_mail", label: "Last e-mail", type: "date" };

/** Nothing is cut off at the edge of a phone's screen. */
async function fits(name) {
  await maya.setViewportSize(phone.viewport);
  await examine(`${name}-phone`, maya);
  const { scrolled, room } = await maya.evaluate(() => ({ scrolled: document.documentElement.scrollWidth, room: innerWidth }));
  assert.ok(scrolled <= room, `${name} is ${scrolled} pixels wide, on a screen of ${room}`);
  await maya.setViewportSize({ width: 1440, height: 900 });
}

test("an administrator makes a key, which is shown once, and a program begins a conversation with it", async () => {
  await client.call("POST", "/fields", field);
  await client.call("POST", "/fields", { key: "order", label: "Order", type: "singleline" });
  await maya.getByRole("link", { name: "Settings" }).click();
  await maya.getByRole("link", { name: "API keys" }).click();
  await press("New key");
  const asked = maya.getByRole("dialog", { name: "New API key" });
  await asked.getByLabel("Which program uses it").fill("Warehouse");
  await asked.getByRole("radio", { name: "Read and write" }).click();
  await examine("api-key-new", maya, maya.mainFrame(), "[role=dialog]");
  await press("Make the key", asked);
  const made = part("The key of Warehouse");
  program.key = await made.getByText(/^rk_[\w-]{43}$/).innerText();
  await examine("api-key-made", maya);
  await press("I have stored it", made);
  await until("nobody reads it again", async () => !(await maya.content()).includes(program.key));

  const { id } = await program.done("POST", "/issues", {
    email: "edda@example.org",
    "author-name": "Edda Voss",
    "message-body": "My parcel is late.",
    custom_fields: JSON.stringify({ order: { type: "singleline", value: "A-4711" } }),
  });
  const issue = await client.find("My parcel is late.");
  assert.equal(String(issue.number), id);
  await desk.goto(`${demo.server}/inbox/${issue.id}`);
  const about = desk.getByRole("complementary", { name: "About the visitor" });
  await about.getByText("Edda Voss").first().waitFor();
  await until("the field is filled in", async () => (await about.getByLabel("Order", { exact: true }).inputValue()) === "A-4711");
  await maya.reload();
  await maya.getByText("Used just now").first().waitFor();
  await fits("api-keys");
});

test("a webhook with a condition is tried before it is added", async () => {
  await maya.goto(`${demo.server}/settings/webhooks`);
  await maya.getByText("No webhook yet").waitFor();
  await maya.getByRole("link", { name: "Add a webhook" }).click();
  await heading("New webhook").waitFor();
  await maya.getByLabel("Name", { exact: true }).fill("Follow-ups");
  await maya.getByLabel("Address of your program").fill(program.url);
  await maya.getByRole("radio", { name: "A conversation changes" }).click();
  await maya.getByRole("button", { name: /Add a condition$/i }).click();
  await maya.locator("input[role=combobox]").fill("first message");
  await maya.keyboard.press("Enter");
  await maya.getByRole("textbox", { name: "First message" }).fill("lantern");
  await press("Send a test");
  await maya.getByText("Your program took it.").waitFor();
  await part("What we send").getByText('"event_type": "update_issue"').waitFor();
  await part("What came back").getByText('"noted": 1').waitFor();
  await examine("webhook-new", maya);
  await press("Add the webhook");
  await heading("Follow-ups").waitFor();
  await part("How it is doing").getByText("Nothing sent yet").waitFor();
  await press("Show the secret");
  program.secret = await maya.getByText(/^whsec_/).innerText();
});

test("a program marks the conversation when a follow-up e-mail was sent, and the agent sees it", async () => {
  const other = await client.find("My parcel is late.");
  await program.done("POST", `/issues/${other.number}/messages`, { "message-body": "It has left our house." });
  const visitor = await Visitor.visit(browser, demo);
  await visitor.introduce("Can this lantern be mended?", "Tess Reed", "tess@example.org");
  const issue = await client.find("Can this lantern be mended?");
  await visitor.page.context().close();
  await client.gone(issue.id);
  await client.reply(issue.id, "It can.");
  await program.told("the answer", (u) => u.messages?.[0].body === "It can.");
  await desk.goto(`${demo.server}/inbox/${issue.id}`);
  await client.sendNow(issue.id);
  const event = await program.told("the e-mail", (u) => u.follow_up?.state === "sent");
  assert.deepEqual(program.got.map((e) => e.signed).indexOf(true), 1, "the test before there was a secret is signed, or what came after it is not");
  assert.equal(event.data.id, issue.number);
  const { sent_at, message_ids } = event.data.updates.follow_up;
  assert.equal(message_ids.at(-1), (await client.thread(issue.id)).messages.at(-1).id);
  assert.ok(!JSON.stringify(event.data.updates).includes("tess@"), "the address is in what is told of the e-mail");

  const custom_fields = JSON.stringify({ [field.key]: { type: "date", value: sent_at } });
  await program.done("PUT", `/issues/${issue.number}`, { custom_fields });
  await program.done("POST", `/issues/${issue.number}/private-notes`, { "note-text": "An e-mail went out." });
  const note = desk.locator(".note").filter({ hasText: "An e-mail went out." });
  await note.getByText("API: Warehouse").waitFor();
  const day = new Date(sent_at).toISOString().slice(0, 10);
  await until("the field is filled in", async () => (await desk.getByLabel(field.label, { exact: true }).inputValue()) === day);
  await program.told("its own note", (u) => u.notes?.[0].body === "An e-mail went out.");
  assert.ok(!program.got.some((e) => e.data.id === other.number), "told of what the condition leaves out");
});

test("what fails stands in the log and arrives later, and what arrived is sent again", async (t) => {
  const issue = await client.find("Can this lantern be mended?");
  const log = maya.getByRole("list", { name: "Deliveries" }).getByRole("listitem");
  const dialog = maya.getByRole("dialog");
  await t.test("an error, and the next attempt", async () => {
    program.status = 500;
    await client.call("POST", `/issues/${issue.id}/notes`, { client_id: crypto.randomUUID(), body: "Nobody at home?" });
    await program.told("a note", (u) => u.notes?.[0].body === "Nobody at home?", 500);
    await maya.reload(); // the page looks by itself too, a little later
    await log.filter({ hasText: "Waiting" }).filter({ hasText: "status 500" }).click();
    await dialog.locator(".chip").getByText("500", { exact: true }).first().waitFor();
    program.status = 200;
    await dialog.locator(".chip").getByText("200", { exact: true }).waitFor();
    await dialog.getByText(/^Tried \d+ times/).waitFor();
    await examine("webhook-delivery", maya, maya.mainFrame(), "[role=dialog]");
  });
  await t.test("once more, with the same id", async () => {
    const { id } = program.got.at(-1);
    await press("Send again", dialog);
    await until("it comes again", () => program.got.filter((e) => e.id === id && e.status === 200).length === 2);
    assert.ok(program.got.slice(1).every((e) => e.signed), "one is not signed");
    await maya.keyboard.press("Escape");
  });
  await t.test("410 switches it off, and it goes on", async () => {
    program.status = 410;
    await client.call("POST", `/issues/${issue.id}/notes`, { client_id: crypto.randomUUID(), body: "Are you gone?" });
    await until("it is paused", async () => (await client.call("GET", "/webhooks")).webhooks[0].paused);
    await maya.reload();
    const health = part("How it is doing");
    await health.getByText("Switched off by itself").waitFor();
    await examine("webhook", maya);
    await fits("webhook");
    program.status = 200;
    await press("Go on", health);
    await press("Go on", maya.getByRole("dialog", { name: "Go on sending" }));
    await program.told("what has waited", (u) => u.notes?.[0].body === "Are you gone?");
    await health.getByText("Delivering").waitFor();
    await maya.getByRole("link", { name: "Webhooks" }).first().click();
    await maya.getByRole("link", { name: /Follow-ups/ }).waitFor();
    await examine("webhooks", maya);
  });
});

test("a link and its code from the API open the chat with what they say", async () => {
  const login = await (await fetch(`${demo.shop}/account/me`, { headers: { Cookie: "harbor_pine_customer=cust-2077" } })).json();
  const { url, qrcode } = await program.done("POST", "/console/qrcode", {
    app_id: (await program.done("GET", "/apps")).apps[0].publish_id,
    uid: login.userId,
    email: login.userEmail,
    name: login.userName,
    user_auth_token: login.userAuthToken,
    first_user_message: "I have scanned the code on my parcel.",
    expiry: JSON.stringify({ viewcount: 1 }),
  });
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await page.goto(url);
  await page.locator(".bubble").getByText("I have scanned the code on my parcel.", { exact: true }).waitFor();
  const issue = await client.find("I have scanned the code");
  assert.equal((await client.thread(issue.id)).issue.user.name, "Emil Brandt");
  const size = await page.evaluate(async (src) => {
    const picture = Object.assign(new Image(), { src });
    await picture.decode();
    return picture.naturalWidth;
  }, qrcode);
  assert.ok(size >= 200, `the picture is ${size} pixels wide`);
  await context.close();
});

test("a revoked key is good for nothing", async () => {
  await maya.goto(`${demo.server}/settings/api-keys`);
  await press("Revoke the key of Warehouse");
  await press("Revoke", maya.getByRole("alertdialog"));
  await maya.getByText("The key of Warehouse is revoked.").waitFor();
  for (const [method, path] of [["GET", "/apps"], ["POST", "/issues"]]) {
    const r = await program.call(method, path, method === "POST" ? { email: "edda@example.org", "message-body": "?" } : undefined);
    assert.equal(r.status, 401, path);
    assert.equal((await r.json()).code, "unauthenticated");
  }
});
