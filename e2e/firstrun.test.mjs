// The first minutes of an empty installation: set up in the browser by the address in the log, the code on a page, and "we saw your widget".
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { examine } from "./axe.mjs";
import { binary, openBrowser, Visitor } from "./harness.mjs";

const data = mkdtempSync(join(tmpdir(), "rejoin-first-"));
let server;
let address; // of the page that sets it up
let site;
let html = "<h1>Soon</h1>";
let browser;

/** Reads the log until both the server and where to set it up are known. */
async function serve() {
  const env = { ...process.env, REJOIN_DATABASE: join(data, "rejoin.db"), REJOIN_FILES: join(data, "files") };
  const migrated = spawnSync(binary, ["migrate"], { env, cwd: data, encoding: "utf8" });
  assert.equal(migrated.status, 0, migrated.stderr);
  const flags = ["--listen", "127.0.0.1:0", "--smtp", "smtp://127.0.0.1:1", "--mail-from", "chat@acme.example", "--log-format", "json"];
  server = spawn(binary, ["serve", ...flags], { env, cwd: data, stdio: ["ignore", "ignore", "pipe"] });
  process.once("exit", () => server.kill("SIGKILL"));
  let log = "";
  for await (const line of createInterface({ input: server.stderr })) {
    log += `${line}\n`;
    const told = JSON.parse(line);
    if (told.address?.includes("/setup#")) return told.address;
  }
  throw new Error(`it ended before it was ready: ${log}`);
}

before(async () => {
  address = await serve();
  site = createServer((_, response) => response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" }).end(html)).listen(0, "127.0.0.1");
  await once(site, "listening");
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  site?.close();
  if (server?.exitCode === null) {
    const gone = once(server, "exit");
    server.kill("SIGTERM");
    await gone;
  }
  rmSync(data, { recursive: true, force: true });
});

test("an empty installation is set up in the browser, once", async (t) => {
  const base = new URL(address).origin;
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  const origin = `http://127.0.0.1:${site.address().port}`;
  const step = (title) => page.getByRole("listitem").filter({ hasText: title });

  await t.test("without the token the page says where it is", async () => {
    await page.goto(`${base}/setup`);
    await page.getByText("/setup#").waitFor();
    await examine("setup-without", page);
    await page.goto(`${base}/setup#${"A".repeat(43)}`);
    await page.reload();
    await page.getByRole("alert").waitFor();
    assert.equal(await page.getByRole("button", { name: "Set up" }).count(), 0);
  });

  await t.test("the address from the log makes domain, app and administrator", async () => {
    await page.goto(address);
    await page.reload();
    await page.getByRole("heading", { name: "Set up Rejoin" }).waitFor();
    await examine("setup", page);
    await page.getByLabel("Product or shop").fill("Acme Lamps");
    assert.equal(await page.getByLabel("Short name of the company").inputValue(), "acme-lamps");
    await page.getByLabel("Your site").fill(origin);
    await page.getByLabel("Your name").fill("Ann Archer");
    await page.getByLabel("Your e-mail address").fill("ann@acme.example");
    await page.getByLabel("Password", { exact: true }).fill("short");
    await page.getByRole("button", { name: "Set up" }).click();
    await page.getByRole("alert").first().waitFor();
    await page.getByLabel("Password", { exact: true }).fill("a lamp in every window");
    await page.getByRole("button", { name: "Set up" }).click();
    await page.getByRole("heading", { name: "Acme Lamps", level: 1 }).waitFor();
    assert.match(page.url(), /\/settings\/apps\/[\w-]+$/);
    await page.getByText("1 of 4 done").waitFor();
    await examine("setup-checklist", page);
  });

  await t.test("a page with the code is noticed while the checklist is open", async () => {
    const code = await page.locator("pre.code").innerText();
    assert.ok(code.includes(`${base}/webchat.js`), code);
    html = `<!doctype html><html lang="en"><title>Acme Lamps</title><h1>Lamps</h1>${code}</html>`;
    const visitor = new Visitor(await (await browser.newContext()).newPage());
    await visitor.page.goto(`${origin}/lamps`);
    await visitor.launcher.waitFor();
    await step("Put the code on your page").getByText(`We saw your widget on ${origin}`).waitFor(); // browsers tell no more than the origin
    await visitor.open();
    await visitor.say("Do you have a lamp for a lighthouse?");
    await step("Write a first message").getByText("Somebody has written to you.").waitFor();
    await page.getByText("3 of 4 done").waitFor();
    await page.getByRole("link", { name: "Inbox" }).first().click();
    await page.getByRole("link", { name: /#1/ }).click();
    await page.getByRole("main").getByText("Do you have a lamp for a lighthouse?", { exact: true }).last().waitFor();
    await visitor.page.context().close();
  });

  await t.test("the address works no second time", async () => {
    const stranger = await (await browser.newContext()).newPage();
    await stranger.goto(address);
    await stranger.getByRole("alert").waitFor();
    assert.equal(await stranger.getByRole("button", { name: "Set up" }).count(), 0);
    const body = { token: new URL(address).hash.slice(1), domain: "other", app: "Other", name: "Eve", email: "eve@other.example", password: "let me in, please" };
    const again = await fetch(`${base}/agent/v1/setup`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
    assert.equal(again.status, 404);
    await stranger.context().close();
  });

  await t.test("the administrator signs in with the new password", async () => {
    const again = await (await browser.newContext()).newPage();
    await again.goto(base);
    await again.getByLabel("E-mail").fill("ann@acme.example");
    await again.getByLabel("Password", { exact: true }).fill("a lamp in every window");
    await again.keyboard.press("Enter");
    await again.getByRole("link", { name: /#1/ }).waitFor();
  });
});
