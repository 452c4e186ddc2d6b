// User identity verification, tags, custom issue fields and the audit log, as an administrator uses them.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AgentClient, Demo, openBrowser, shoot, signIn, until } from "./harness.mjs";
import { HostPage, HostSite, requireSignatures, signed } from "./host.mjs";

let demo;
let client;
let browser;
let site;
let page;

before(async () => {
  demo = await Demo.start();
  client = await new AgentClient(demo).signIn();
  browser = await openBrowser();
  site = await HostSite.start(demo, client);
  await requireSignatures(client, false);
  site.page("/shop", { config: (user) => user ?? {} });
  page = await signIn(browser, demo);
});

after(async () => {
  await browser?.close();
  await site?.stop();
  await demo?.stop();
});

const settings = (name) => page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name });
const secretsNow = async () => (await client.call("GET", `/apps/${(await client.app()).id}/identity`)).secrets;

test("user identity verification", async (t) => {
  const toggle = page.getByRole("switch", { name: "Required" });
  const dialog = page.getByRole("alertdialog");

  await t.test("switched on, it locks out whoever is not signed", async () => {
    await page.getByRole("link", { name: "Settings" }).click();
    await settings("User identity verification").click();
    await page.getByRole("heading", { name: "User identity verification", level: 1 }).waitFor();
    await page.getByText(/We believe whatever a page says/).waitFor();
    await shoot(page, "verification-off", { fullPage: true });

    const visitor = await HostPage.visit(browser, `${site.origin}/shop`, { user: { userId: "unsigned-1" } });
    await visitor.open();
    await visitor.say("Nobody has signed for me.");
    const issue = await client.find("Nobody has signed for me.");
    assert.deepEqual([issue.user.logged_in, issue.user.verified], [true, false]);

    await toggle.click();
    await dialog.getByRole("button", { name: "Cancel" }).click();
    assert.equal(await toggle.getAttribute("aria-checked"), "false");
    await toggle.click();
    await dialog.getByRole("button", { name: "Require it" }).click();
    await page.getByText("Verification is on.").waitFor();
    assert.equal(await toggle.getAttribute("aria-checked"), "true");
    await until("the session has ended", async () => (await client.call("GET", `/users/${issue.user.id}/sessions`)).sessions.length === 0);
    await visitor.page.reload();
    await visitor.heard("userAuthFailure");
    assert.equal(await visitor.launcher.count(), 0);
    await visitor.leave();
  });

  await t.test("a secret is shown, hidden, followed by another one and deleted", async () => {
    const shown = page.locator(".secret-value code");
    await page.getByRole("button", { name: /^Show the secret that ends in/ }).click();
    await shown.waitFor();
    assert.equal(await shown.innerText(), site.secret);
    await page.getByRole("button", { name: /^Hide the secret/ }).click();
    await shown.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Make a second secret" }).click();
    await page.getByText("You have two secrets now, and both count.").waitFor();
    assert.equal((await secretsNow()).length, 2);
    await shoot(page, "verification-secrets", { fullPage: true });

    // Both count until the older one is deleted.
    const at = `/apps/${(await client.app()).id}/identity/secrets`;
    const [newest, older] = await secretsNow();
    const next = (await client.call("POST", `${at}/${newest.id}/reveal`, {})).value;
    const fits = async (secret) => {
      const userAuthToken = signed(secret, "rotating-2");
      const visitor = await HostPage.visit(browser, `${site.origin}/shop`, { user: { userId: "rotating-2", userAuthToken } });
      await until("an answer", async () => (await visitor.launcher.count()) === 1 || (await visitor.told("userAuthFailure")).length > 0);
      const good = (await visitor.launcher.count()) === 1;
      await visitor.leave();
      return good;
    };
    assert.deepEqual([await fits(site.secret), await fits(next)], [true, true]);
    await page.getByRole("button", { name: `Delete the secret that ends in ${older.hint}` }).click();
    await dialog.getByRole("button", { name: "Delete" }).click();
    await page.getByText(`The secret that ends in ${older.hint} is deleted.`).waitFor();
    assert.deepEqual([await fits(site.secret), await fits(next)], [false, true]);
    site.secret = next;
  });

  await t.test("the tester says what is the matter with a token", async () => {
    const check = async (fields) => {
      for (const [label, text] of Object.entries({ "User id": "", "E-mail": "", Token: "", ...fields })) {
        await page.getByLabel(label, { exact: true }).fill(text);
      }
      const [answer] = await Promise.all([
        page.waitForResponse((r) => r.request().method() === "POST" && r.url().endsWith("/identity/test")),
        page.getByRole("button", { name: "Check", exact: true }).click(),
      ]);
      const { text } = await answer.json();
      await page.getByRole("region", { name: "Result of the check" }).filter({ hasText: text }).waitFor();
      return page.getByRole("region", { name: "Result of the check" }).innerText();
    };
    const email = "tess@example.org";
    const good = signed(site.secret, "tess-3", email);
    const hex = Buffer.from(good, "base64").toString("hex");
    const cases = [
      [{ "User id": "tess-3", "E-mail": email, Token: good }, /is taken.*signed with the newest secret/s],
      [{ "User id": "tess-3", "E-mail": email, Token: good.replace(/=+$/, "") }, /is taken/],
      [{ "User id": "tess-3", "E-mail": email, Token: hex }, /not taken.*hexadecimal/s],
      [{ "User id": "tess-3", "E-mail": email, Token: signed(site.secret, "tess-3") }, /not taken.*signs the user id alone/s],
      [{ "User id": "tess-3", "E-mail": email, Token: signed(site.secret, email, "tess-3") }, /not taken.*signs the e-mail address first/s],
      [{ "User id": "tess-3", Token: signed("0".repeat(64), "tess-3") }, /not taken.*does not fit/s],
      [{ "User id": "tess-3" }, /not taken.*There is no token/s],
    ];
    for (const [fields, expected] of cases) assert.match(await check(fields), expected);
    await shoot(page, "verification-tester", { fullPage: true });
  });

  await t.test("the code for servers can be copied in six languages", async () => {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"], { origin: demo.server });
    for (const name of ["Go", "Node", "Python", "PHP", "Ruby", "Java"]) {
      await page.getByRole("tab", { name }).click();
      await page.getByRole("tabpanel", { name }).getByRole("button", { name: /Copy/ }).click();
      const code = await until(`the ${name} code`, async () => {
        const text = await page.evaluate(() => navigator.clipboard.readText());
        return text === (await page.getByRole("tabpanel", { name }).locator("code").last().innerText()) ? text : null;
      });
      assert.match(code, /REJOIN_SECRET/);
    }
  });
});

test("tags and custom issue fields are added, used by a page, archived and restored", async (t) => {
  await t.test("tags", async () => {
    await settings("Tags").click();
    await page.getByRole("heading", { name: "Tags", level: 1 }).waitFor();
    await page.getByLabel("New tag").fill("night watch");
    await page.keyboard.press("Enter");
    await page.getByText("The tag “night watch” is added.").waitFor();
    await page.getByLabel("New tag").fill("night watch");
    await page.keyboard.press("Enter");
    await page.getByText("There is a tag of this name already. It may be archived.").waitFor();
  });
  await t.test("fields", async () => {
    await settings("Custom issue fields").click();
    await page.getByLabel("Label").fill("Sail size");
    assert.equal(await page.getByRole("textbox", { name: "Key" }).inputValue(), "sail_size");
    await page.getByLabel("Type").selectOption({ label: "Choice from a list" });
    await page.getByLabel("Options").fill("small\nlarge");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await page.getByText("The field “Sail size” is added.").waitFor();
    await shoot(page, "fields", { fullPage: true });
  });
  await t.test("a page sets them, and the agent sees them", async () => {
    const config = { tags: ["night watch"], cifs: { sail_size: { type: "dropdown", value: "large" } } };
    const visitor = await HostPage.visit(browser, site.page("/labels", { config }));
    await visitor.open();
    await visitor.say("Which sail for the night?");
    const issue = await client.find("Which sail for the night?");
    await visitor.leave();
    await page.goto(`${demo.server}/inbox/${issue.id}`);
    const about = page.getByRole("complementary", { name: "About the visitor" });
    await about.getByText("night watch").waitFor();
    await until("the field is filled", async () => (await about.getByLabel("Sail size").inputValue()) === "large");
  });
  await t.test("archived, a tag is put on nothing new", async () => {
    await page.goto(`${demo.server}/settings/tags`);
    await page.getByRole("button", { name: "Archive night watch" }).click();
    await page.getByText("“night watch” is archived.").waitFor();
    const visitor = await HostPage.visit(browser, `${site.origin}/labels`);
    await visitor.open();
    await visitor.say("And which for the day?");
    assert.deepEqual((await client.find("And which for the day?")).tags ?? [], []);
    await visitor.leave();
    await page.getByText("Archived (1)").click();
    await page.getByRole("button", { name: "Restore night watch" }).click();
    await page.getByText("“night watch” is restored.").waitFor();
  });
});

test("the audit log names who did it", async () => {
  await settings("Audit log").click();
  const rows = page.getByRole("table").getByRole("row");
  await rows.nth(1).waitFor();
  const words = (await rows.allInnerTexts()).join("\n");
  const acts = [
    "Switched user identity verification on",
    "Looked at a secret",
    "Made a secret",
    "Deleted a secret",
    "Added a tag",
    "Archived a tag",
    "Restored a tag",
    "Added a custom issue field",
  ];
  for (const act of acts) assert.ok(words.includes(act), `“${act}” is missing in ${words}`);
  assert.ok(words.includes("Maya"), "nobody is named");
  await shoot(page, "audit");
});

test("an agent sees in which browsers a customer is signed in, and signs one out", async () => {
  const visitor = await HostPage.visit(browser, "about:blank");
  await visitor.page.clock.install();
  await visitor.logIn(site.as({ userId: "signed-4", userName: "Sigrid" }), site.origin);
  await visitor.page.goto(`${site.origin}/shop`);
  await visitor.open();
  await visitor.say("Who else is signed in?");
  const issue = await client.find("Who else is signed in?");
  const at = `/users/${issue.user.id}/sessions`;
  const [session] = (await client.call("GET", at)).sessions;
  await page.goto(`${demo.server}/inbox/${issue.id}`);
  const about = page.getByRole("complementary", { name: "About the visitor" });
  await about.getByText("Signed-in browsers").click();
  await about.getByText("Signed in, verified").waitFor();
  await shoot(page, "sessions");
  await visitor.page.clock.fastForward(31_000); // a login that is taken back at once would be taken back again
  await about.getByRole("button", { name: /^Sign out .*Chrome/ }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Sign out" }).click();
  await about.getByText("No browser opens this user’s conversations now.").or(about.getByText("Signed in, verified")).first().waitFor();
  // The site still says who is here: a fresh session takes the place of the one that has ended.
  await until("another session", async () => {
    const { sessions } = await client.call("GET", at);
    return sessions.length === 1 && sessions[0].id !== session.id;
  });
  await visitor.message("Who else is signed in?").waitFor();
  await visitor.leave();
});
