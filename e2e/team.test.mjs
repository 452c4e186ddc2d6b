// The company's people: invitations, roles, two-factor sign-in, passwords and sessions, as they use them.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, test } from "node:test";
import { examine, phone } from "./axe.mjs";
import { becomes, Demo, mailsTo, openBrowser, until } from "./harness.mjs";

let demo;
let browser;
let admin;

before(async () => {
  demo = await Demo.start();
  browser = await openBrowser();
  admin = await visit(demo.server, { viewport: { width: 1440, height: 900 } });
  await typeSignIn(admin, demo.agent_email, demo.agent_password);
  await admin.getByRole("button", { name: /your menu/ }).waitFor();
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

// Who signs in too often has to wait, so each of them does it only a few times here.
const jonas = "jonas@harbor-pine.example";
const sam = { email: "sam@harbor-pine.example", password: "three calm otters" };

/** What an authenticator shows for a secret (RFC 6238), so many steps from now. */
function totp(secret, later = 0) {
  const bits = [...secret].map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((b) => Number.parseInt(b, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + later));
  const hash = createHmac("sha1", key).update(step).digest();
  return String((hash.readUInt32BE(hash[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** The link to a page of the dashboard in the newest of so many e-mails to somebody. */
async function mailed(address, page, count = 1) {
  const mails = await until(`an e-mail to ${address}`, () => {
    const list = mailsTo(demo, address);
    return list.length >= count && list;
  });
  const raw = mails.at(-1).replace(/=\r?\n/g, "").replaceAll("=3D", "=");
  const [url] = raw.match(new RegExp(`${demo.server}/${page}#[A-Za-z0-9_-]+`)) ?? [];
  assert.ok(url, `no link in ${raw}`);
  return url;
}

/** Somebody's own browser at an address. */
async function visit(url, options = {}) {
  const page = await (await browser.newContext(options)).newPage();
  await page.goto(url);
  return page;
}

async function typeSignIn(page, email, password) {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.keyboard.press("Enter");
}

const row = (name) => admin.getByRole("row", { name: new RegExp(name) });

async function choose(name, entry) {
  await admin.getByRole("button", { name: `Actions for ${name}` }).click();
  await admin.getByRole("menuitem", { name: entry }).click();
}

test("an invitation brings a colleague into the team", async (t) => {
  await admin.goto(`${demo.server}/settings/team`);
  await row("Jonas").waitFor();
  await examine("team", admin);
  await admin.getByRole("button", { name: "Invite a colleague" }).click();
  await admin.getByLabel("E-mail").fill("jonas@harbor-pine.example");
  await admin.keyboard.press("Enter");
  await admin.getByText(/belongs to the team already/).waitFor();
  await examine("team-invite", admin);
  await admin.getByLabel("E-mail").fill(sam.email);
  await admin.getByRole("radio", { name: "Supervisor" }).click();
  await admin.getByRole("button", { name: "Send the invitation" }).click();
  await admin.getByText("E-mail sent").waitFor();

  const page = await visit(await mailed(sam.email, "welcome"), phone);
  await page.getByRole("heading", { name: /^Welcome to/ }).waitFor();
  assert.equal(page.url(), `${demo.server}/welcome`, "the token is still in the address");
  await examine("welcome", page);
  await page.getByLabel("Your name").fill("Sam Rivera");
  await page.getByLabel("Password", { exact: true }).fill("short");
  await page.getByText("5 more characters.").waitFor();
  await page.keyboard.press("Enter");
  await page.getByText("Choose a password of at least 10 characters.").waitFor();
  await page.getByLabel("Password", { exact: true }).fill(sam.password);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: /Sam Rivera: your menu/ }).waitFor();
  await row("Sam Rivera").getByText("Supervisor").waitFor();

  await t.test("a link works once", async () => {
    const late = await visit(await mailed(sam.email, "welcome"));
    await late.getByRole("heading", { name: "This link does not work" }).waitFor();
    await examine("welcome-used", late);
    await late.context().close();
  });

  await t.test("a supervisor sees what the team shares, and is told who sees the rest", async () => {
    await page.goto(`${demo.server}/settings/tags`);
    await page.getByRole("heading", { name: "Tags", level: 1 }).waitFor();
    await page.goto(`${demo.server}/settings/team`);
    await page.getByText("Only administrators see this page").waitFor();
    await examine("settings-refused-role", page);
  });
  await page.context().close();
});

test("two-factor sign-in, from the first code to the last way out", async (t) => {
  const page = await visit(`${demo.server}/profile`);
  await typeSignIn(page, sam.email, sam.password);
  await page.getByRole("heading", { name: "Your profile" }).waitFor();
  await page.getByText("Where you are signed in").waitFor();
  await examine("profile", page);
  await page.getByRole("button", { name: "Set up" }).click();
  await page.getByLabel("Your password").fill("not my password");
  await page.keyboard.press("Enter");
  await page.getByText("This is not your password.").waitFor();
  await page.getByLabel("Your password").fill(sam.password);
  await page.keyboard.press("Enter");
  await page.getByAltText("QR code for your authenticator app").waitFor();
  await examine("two-factor-set-up", page);
  const secret = (await page.locator(".set-up-key code").innerText()).replaceAll(" ", "");
  await page.getByLabel("Six digits").fill(totp(secret));
  await page.getByRole("heading", { name: "Keep these recovery codes" }).waitFor();
  await examine("recovery-codes", page);
  const codes = await page.locator(".recovery-list code").allInnerTexts();
  assert.equal(codes.length, 10);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download" }).click()]);
  assert.equal(download.suggestedFilename(), "rejoin-recovery-codes.txt");
  await page.getByRole("button", { name: "I have kept them" }).click();
  await page.getByText("10 recovery codes are left").waitFor();

  await t.test("signing in asks for a code, and takes each once", async () => {
    const other = await visit(demo.server);
    await typeSignIn(other, sam.email, sam.password);
    await other.getByRole("textbox", { name: "Code" }).waitFor();
    await examine("sign-in-code", other);
    await other.getByRole("button", { name: "Use a recovery code" }).click();
    await other.getByRole("textbox", { name: "Recovery code" }).fill(codes[0]);
    await other.keyboard.press("Enter");
    await other.getByRole("button", { name: /Sam Rivera: your menu/ }).waitFor();
    await other.context().close();

    const third = await visit(demo.server);
    await typeSignIn(third, sam.email, sam.password);
    // The code that switched it on is used up; the next one is good already.
    await third.getByRole("textbox", { name: "Code" }).fill(`Your code is ${totp(secret, 1)}.`);
    await third.getByRole("button", { name: /Sam Rivera: your menu/ }).waitFor();
    await third.context().close();
  });

  await t.test("sign out everywhere else", async () => {
    await page.reload();
    await page.getByText("9 recovery codes are left").waitFor();
    await page.getByRole("button", { name: "Sign out everywhere else" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Sign out everywhere else" }).click();
    await page.getByText("All other browsers are signed out.").waitFor();
    assert.equal(await page.getByText("This browser", { exact: true }).count(), 1);
    assert.equal(await page.getByRole("button", { name: /^Sign out / }).count(), 0);
  });

  await t.test("away is seen by colleagues", async () => {
    await page.getByRole("button", { name: /your menu/ }).click();
    await page.getByRole("menuitemcheckbox", { name: "Available" }).click();
    await page.getByText("You are away.", { exact: true }).waitFor();
    await page.keyboard.press("Escape");
    await row("Sam Rivera").getByText("Away").waitFor();
  });

  await t.test("the nickname is what users read", async () => {
    await page.getByLabel("Nickname").fill("Sammy");
    await page.locator(".name-sample").getByText("Sammy").waitFor();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved.").waitFor();
    await row("Sam Rivera").getByText("Visitors read “Sammy”").waitFor();
  });

  await t.test("an administrator resets it", async () => {
    await choose("Sam Rivera", "Reset two-factor sign-in…");
    await examine("team-reset", admin);
    await admin.getByRole("button", { name: "Reset", exact: true }).click();
    await admin.getByText("Sam Rivera signs in with the password alone now.").waitFor();
    await becomes(() => admin.evaluate(() => /Actions for Sam/.test(document.activeElement.getAttribute("aria-label") ?? "")), true);
  });
  await page.context().close();
});

test("a forgotten password", async () => {
  const page = await visit(demo.server);
  await page.getByRole("button", { name: "Forgot your password?" }).click();
  await examine("forgot", page);
  await page.getByLabel("E-mail").fill(jonas);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Look into your mailbox" }).waitFor();
  await examine("forgot-asked", page);
  await page.goto(await mailed(jonas, "new-password"));
  await page.getByLabel("New password").fill("four calm otters");
  await examine("new-password", page);
  await page.keyboard.press("Enter");
  await page.getByText("Your new password is set.").waitFor();
  await typeSignIn(page, jonas, "harbor-lights-jonas");
  await page.getByText("The e-mail address or the password is wrong.").waitFor();
  await typeSignIn(page, jonas, "four calm otters");
  await page.getByRole("button", { name: /Jonas Weber: your menu/ }).waitFor();

  await choose("Jonas Weber", "Deactivate…");
  await admin.getByText(/The name stays beside everything/).waitFor();
  await examine("team-deactivate", admin);
  await admin.getByRole("button", { name: "Deactivate", exact: true }).click();
  await row("Jonas Weber").getByText("Deactivated").waitFor();
  await page.getByRole("heading", { name: "Sign in to Rejoin" }).waitFor();
  await page.context().close();
});

test("the audit log is narrowed by person, act and period", async () => {
  await admin.goto(`${demo.server}/settings/audit-log`);
  const log = admin.getByRole("region", { name: "Audit log" });
  await log.getByText("Deactivated a colleague").waitFor();
  await examine("audit-log", admin);
  await admin.getByLabel("Act").selectOption({ label: "Invited a colleague" });
  await log.getByText("Role: supervisor").waitFor();
  await becomes(() => log.getByRole("row").count(), 2);
  await admin.reload();
  await log.getByText("Role: supervisor").waitFor();
  await admin.getByLabel("Person").selectOption({ label: "Sam Rivera" });
  await admin.getByRole("heading", { name: "Nothing like this" }).waitFor();
  await admin.getByRole("button", { name: "Clear the filters" }).click();
  await admin.getByLabel("To").fill("2020-01-01");
  await admin.getByRole("heading", { name: "Nothing like this" }).waitFor();
});
