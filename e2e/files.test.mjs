// Files, both ways: what they look like, what becomes of those that may not be shown, and of those that do not get through.
import assert from "node:assert/strict";
import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { crc32, deflateSync } from "node:zlib";
import { AgentClient, Demo, openBrowser, shoot, signIn, until } from "./harness.mjs";
import { HostPage, HostSite } from "./host.mjs";

let demo;
let client;
let browser;
let site;

before(async () => {
  demo = await Demo.start();
  client = await new AgentClient(demo).signIn();
  browser = await openBrowser();
  site = await HostSite.start(demo, client);
  site.page("/shop");
});

after(async () => {
  await browser?.close();
  await site?.stop();
  await demo?.stop();
});

/** A picture in one colour. */
function png(width, height, color) {
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length);
    body.copy(out, 4);
    out.writeUInt32BE(crc32(body) >>> 0, body.length + 4);
    return out;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width);
  head.writeUInt32BE(height, 4);
  head.set([8, 2], 8); // 8 bits, red green blue
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, Buffer.from(color))]);
  const pixels = deflateSync(Buffer.concat(Array(height).fill(row)));
  const mark = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([mark, chunk("IHDR", head), chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))]);
}

const picture = (name) => ({ name, mimeType: "image/png", buffer: png(1200, 800, [31, 95, 74]) });
const text = (name, body) => ({ name, mimeType: "text/plain", buffer: Buffer.from(body) });

/** Somebody who has a conversation already. */
async function writing(words) {
  const visitor = await HostPage.visit(browser, `${site.origin}/shop`);
  await visitor.introduce(words, "Fil", "fil@example.org");
  return { visitor, issue: await client.find(words), files: visitor.panel.locator("input[type=file]") };
}

/** Whether a picture has been loaded and drawn. */
const drawn = (image) => image.evaluate((e) => e.complete && e.naturalWidth > 0);

/** What the server says of a file besides its bytes. */
async function served({ url }) {
  const r = await fetch(new URL(url, demo.server));
  const { status, headers } = r;
  return { status, type: headers.get("content-type"), how: headers.get("content-disposition"), sniff: headers.get("x-content-type-options"), policy: headers.get("content-security-policy"), body: await r.text() };
}

test("a visitor and an agent exchange a picture and a text", async (t) => {
  const { visitor, issue, files } = await writing("It looks like this:");
  const { panel, page } = visitor;
  const agent = await signIn(browser, demo);
  await agent.goto(`${demo.server}/inbox/${issue.id}`);
  await agent.getByRole("main").getByText("It looks like this:").first().waitFor();

  await t.test("from the visitor", async () => {
    await files.setInputFiles([picture("tent.png"), text("order.txt", "Order 10042")]);
    await panel.getByRole("button", { name: "Remove order.txt" }).waitFor();
    await visitor.uploaded(2);
    await shoot(page, "files-tray");
    await visitor.write("One pole is broken.");
    await visitor.composer.press("Enter");
    await visitor.message("One pole is broken.").waitFor();
    const image = panel.getByRole("img", { name: "Picture: tent.png" });
    await until("the preview shows", () => drawn(image));
    await panel.getByRole("link", { name: /Download order\.txt/ }).waitFor();
    await shoot(page, "files-visitor");
    await visitor.heard("messageAdd", (m) => m.type === "attachment" && m.body === "order.txt");

    const { messages } = await client.when(issue.id, "the files", (t) => t.messages.at(-1).attachments?.length === 2);
    const [one, two] = messages.at(-1).attachments;
    assert.deepEqual([one.name, one.type, two.name, two.type.split(";")[0]], ["tent.png", "image/png", "order.txt", "text/plain"]);
    assert.ok(one.preview_url && !two.preview_url);
    assert.ok(one.width <= 1200 && one.width > 0);
    const file = await served(two);
    assert.match(file.how, /^attachment; filename="?order\.txt/);
    assert.deepEqual([file.body, file.sniff], ["Order 10042", "nosniff"]);
  });

  await t.test("the agent sees them", async () => {
    const image = agent.getByRole("main").getByRole("img", { name: "tent.png" });
    await image.scrollIntoViewIfNeeded();
    await until("the preview shows", () => drawn(image));
    await agent.getByRole("main").getByRole("link", { name: /order\.txt/ }).waitFor();
  });

  await t.test("and from the agent", async () => {
    await agent.locator("input[type=file]").setInputFiles([picture("spare.png"), text("howto.txt", "Pull gently.")]);
    await agent.getByRole("button", { name: "Leave out howto.txt" }).waitFor();
    await agent.getByRole("textbox", { name: "Your answer" }).fill("Like this:");
    const send = agent.getByRole("button", { name: "Send", exact: true });
    await until("the files are there", () => send.isEnabled());
    await send.click();
    const image = panel.getByRole("img", { name: "Picture: spare.png" });
    await image.waitFor();
    await image.scrollIntoViewIfNeeded();
    await until("the preview shows", () => drawn(image));
    const link = panel.getByRole("link", { name: /Download howto\.txt/ });
    const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
    assert.equal(download.suggestedFilename(), "howto.txt");
    const told = await visitor.heard("agentMessageReceived", (m) => m.body === "Like this:");
    assert.deepEqual(told.attachments.map((a) => a.fileName), ["spare.png", "howto.txt"]);
    await shoot(page, "files-agent");
    await shoot(agent, "files-dashboard");
  });
  await Promise.all([visitor.leave(), agent.context().close()]);
});

test("what could run in a browser is never shown, only saved", async () => {
  const { visitor, issue, files } = await writing("Have a look at these.");
  const script = "<script>parent.postMessage('ran', '*'); document.title = 'ran'</script>";
  await files.setInputFiles([
    { name: "page.html", mimeType: "text/html", buffer: Buffer.from(`<!doctype html><title>x</title>${script}`) },
    { name: "drawing.svg", mimeType: "image/svg+xml", buffer: Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${script}</svg>`) },
    { name: "picture.png", mimeType: "image/png", buffer: Buffer.from(`<!doctype html>${script}`) }, // what it is called does not matter
    { name: "paper.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4\n%%EOF\n") },
  ]);
  await visitor.uploaded(4);
  await visitor.composer.press("Enter");
  const t = await client.when(issue.id, "the files", (t) => t.messages.at(-1).attachments?.length === 4);
  for (const attachment of t.messages.at(-1).attachments) {
    const file = await served(attachment);
    assert.equal(file.status, 200);
    assert.match(file.how, /^attachment/, attachment.name);
    assert.doesNotMatch(file.type, /html|svg|xml|javascript/, attachment.name);
    assert.equal(file.sniff, "nosniff");
    assert.match(file.policy, /sandbox|default-src 'none'/);
    assert.equal(attachment.preview_url, undefined, attachment.name);
  }
  const page = await visitor.page.context().newPage();
  const [html] = t.messages.at(-1).attachments;
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.goto(new URL(html.url, demo.server).href).catch(() => {}), // a download ends the navigation
  ]);
  assert.equal(download.suggestedFilename(), "page.html");
  assert.equal(page.url(), "about:blank");
  // An address is good for this file only.
  assert.equal((await served({ url: html.url.replace(/.$/, (c) => (c === "0" ? "1" : "0")) })).status >= 400, true);
  await visitor.leave();
});

test("too large, empty, too many: the visitor is told at once", async () => {
  const { visitor, files } = await writing("About my files.");
  const { panel, page } = visitor;
  await files.setInputFiles([text("nothing.txt", "")]);
  await panel.getByText("nothing.txt is empty.").waitFor();
  const film = join(demo.data, "film.mp4");
  writeFileSync(film, "");
  truncateSync(film, (25 << 20) + 1);
  await files.setInputFiles(film);
  await panel.getByText(/film\.mp4 is too large/).waitFor();
  await shoot(page, "files-refused");
  await files.setInputFiles(Array.from({ length: 11 }, (_, i) => text(`note-${i}.txt`, "x")));
  await panel.getByText("A message takes 10 files at most.").waitFor();
  await panel.getByRole("button", { name: "Remove note-0.txt" }).click();
  await panel.getByRole("button", { name: "Remove note-0.txt" }).waitFor({ state: "detached" });
  await visitor.leave();
});

test("a file whose upload does not get through is sent when it can be", async () => {
  const { visitor, issue, files } = await writing("The line is bad.");
  const { panel, page } = visitor;
  const context = page.context();
  await files.setInputFiles([text("sooner.txt", "Changed my mind")]);
  await panel.getByRole("button", { name: "Remove sooner.txt" }).click();
  await context.setOffline(true);
  await files.setInputFiles([text("later.txt", "Sent later")]);
  await panel.getByText("Waiting for connection").first().waitFor();
  await visitor.write("Here it comes.");
  await visitor.composer.press("Enter");
  await panel.getByText("Your message is sent when the files are uploaded.").waitFor();
  await shoot(page, "files-offline");
  await context.setOffline(false);
  const t = await client.when(issue.id, "it has arrived", (t) => t.messages.at(-1).attachments?.[0].name === "later.txt");
  assert.equal(t.messages.at(-1).body, "Here it comes.");

  // One that the server has refused is tried again by hand.
  await page.route("**/chat/v1/attachments?*", (route) =>
    route.fulfill({ status: 400, contentType: "application/json", body: '{"error":"The upload broke off. Please try again.","code":"invalid"}' }),
  );
  await files.setInputFiles([text("again.txt", "Once more")]);
  const retry = panel.getByRole("button", { name: "Try again" });
  await retry.waitFor();
  await panel.getByText("The upload broke off. Please try again.").waitFor();
  await page.unroute("**/chat/v1/attachments?*");
  await retry.click();
  await retry.waitFor({ state: "detached" });
  await visitor.uploaded(1);
  await visitor.composer.press("Enter");
  await client.when(issue.id, "it has arrived", (t) => t.messages.at(-1).attachments?.[0].name === "again.txt");
  await visitor.leave();
});

test("who sends before the program for files is loaded sends the files along", async () => {
  const { visitor, issue, files } = await writing("My network is slow.");
  let asked = 0;
  let release;
  const released = new Promise((done) => {
    release = done;
  });
  await visitor.page.route("**/assets/widget/**", async (route) => {
    asked++;
    await released;
    await route.continue();
  });
  await visitor.write("With a photo.");
  await files.setInputFiles([picture("slow.png")]);
  await visitor.composer.press("Enter");
  await until("the program is asked for", () => asked > 0);
  release();
  const t = await client.when(issue.id, "it has arrived", (t) => t.messages.at(-1).body === "With a photo.");
  assert.deepEqual(t.messages.at(-1).attachments?.map((a) => a.name), ["slow.png"]);
  await visitor.leave();
});
