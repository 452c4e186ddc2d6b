// axe finds nothing to complain about in what identity, files and languages have brought: the visitor's notices, trays and directions, and the
// dashboard's pages.
import { after, before, test } from "node:test";
import { examine, phone } from "./axe.mjs";
import { AgentClient, Demo, mailsTo, newestLink, openBrowser, signIn, until } from "./harness.mjs";
import { HostPage, HostSite, identitiesOf, jwt, requireSignatures } from "./host.mjs";

let demo;
let client;
let browser;
let site;

const ada = { userId: "ada-1", userEmail: "ada.l@example.org", userName: "Ada Lovelace" };

before(async () => {
  demo = await Demo.start();
  client = await new AgentClient(demo).signIn();
  browser = await openBrowser();
  site = await HostSite.start(demo, client);
  await requireSignatures(client, true);
  site.page("/shop", { config: (user) => user ?? {} });
});

after(async () => {
  await browser?.close();
  await site?.stop();
  await demo?.stop();
});

/** The link in the e-mail to somebody who has written and left. */
async function link(text, user) {
  const visitor = await HostPage.visit(browser, `${site.origin}/shop`, { user });
  const email = user?.userEmail ?? "nobody@example.org";
  if (user) {
    await visitor.open();
    await visitor.say(text);
  } else await visitor.introduce(text, "Nina", email);
  const issue = await client.find(text);
  const count = mailsTo(demo, email).length + 1;
  await visitor.page.close({ runBeforeUnload: true });
  await client.gone(issue.id);
  await client.reply(issue.id, "An answer.");
  await client.sendNow(issue.id);
  return newestLink(demo, email, count);
}

test("the visitor’s notices", async (t) => {
  const mine = await link("A question of Ada’s.", site.as(ada));
  const anonymous = await link("A question of nobody’s.");
  const grace = site.as({ userId: "grace-2" });
  const cases = [
    ["login", "Sign in to see this conversation", mine, {}],
    ["other", "This conversation belongs to another account", mine, { user: grace }],
    ["logout", "Sign out to see this conversation", anonymous, { user: grace, ...phone }],
  ];
  for (const [name, title, url, options] of cases) {
    await t.test(title, async () => {
      const visitor = await HostPage.visit(browser, url, options);
      await visitor.heading(title).waitFor();
      await examine(`notice-${name}`, visitor.page, visitor.frame);
      await visitor.leave();
    });
  }
  await t.test("We could not confirm who you are", async () => {
    const visitor = await HostPage.visit(browser, `${site.origin}/shop`, { user: { ...ada, userAuthToken: "wrong" } });
    await visitor.heard("userAuthFailure");
    await visitor.call("open");
    await visitor.heading("We could not confirm who you are").waitFor();
    await examine("notice-auth", visitor.page, visitor.frame);
    await visitor.leave();
  });
  await t.test("Your sign-in has expired", async () => {
    const config = { authenticateWith: "identities", userId: ada.userId };
    const visitor = await HostPage.visit(browser, site.page("/jwt", { config }));
    await visitor.heard("onLoginRequest");
    await visitor.call("open");
    await visitor.call("login", { identity_token: jwt("0".repeat(64), identitiesOf(ada)) });
    await visitor.heading("Your sign-in has expired").waitFor();
    await examine("notice-session", visitor.page, visitor.frame);
    await visitor.leave();
  });
});

test("files on their way, and files that were sent", async () => {
  const visitor = await HostPage.visit(browser, `${site.origin}/shop`, { user: site.as(ada) });
  const { page, panel } = visitor;
  await visitor.open();
  const files = panel.locator("input[type=file]");
  const note = (name, text) => ({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
  const dot = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
  await files.setInputFiles([{ name: "dot.png", mimeType: "image/png", buffer: dot }, note("note.txt", "A note"), note("empty.txt", "")]);
  await panel.getByText("empty.txt is empty.").waitFor();
  await visitor.uploaded(2);
  await page.route("**/chat/v1/attachments?*", (route) =>
    route.fulfill({ status: 400, contentType: "application/json", body: '{"error":"The upload broke off. Please try again.","code":"invalid"}' }),
  );
  await files.setInputFiles([note("broken.txt", "It does not get through")]);
  await panel.getByRole("button", { name: "Try again" }).waitFor();
  await examine("files-tray", page, visitor.frame);
  await panel.getByRole("button", { name: "Remove broken.txt" }).click();
  await visitor.write("Two files for you.");
  await visitor.composer.press("Enter");
  await panel.getByRole("link", { name: /Download note\.txt/ }).waitFor();
  await panel.getByRole("img", { name: "Picture: dot.png" }).waitFor();
  await examine("files-sent", page, visitor.frame);

  const issue = await client.find("Two files for you.");
  const agent = await signIn(browser, demo);
  await agent.goto(`${demo.server}/inbox/${issue.id}`);
  await agent.getByRole("main").getByRole("link", { name: /note\.txt/ }).waitFor();
  await agent.locator("input[type=file]").setInputFiles([note("reply.txt", "A reply")]);
  await agent.getByRole("button", { name: "Leave out reply.txt" }).waitFor();
  await examine("thread-files", agent);
  await agent.context().close();
  await visitor.leave();
});

test("from right to left", async () => {
  const visitor = await HostPage.visit(browser, site.page("/arabic", { config: { language: "ar" } }), phone);
  await visitor.call("open");
  const field = visitor.panel.getByRole("textbox", { name: "رسالتك" });
  await field.fill("مرحبا");
  await field.press("Enter");
  const issue = await client.find("مرحبا");
  await visitor.panel.locator("[data-seq]").first().waitFor();
  await examine("rtl", visitor.page, visitor.frame);
  await client.call("POST", `/issues/${issue.id}/state`, { state: "resolved" });
  await visitor.panel.locator("#asks").waitFor();
  await examine("rtl-question", visitor.page, visitor.frame);
  await visitor.leave();
});

test("the dashboard’s pages", async (t) => {
  await client.call("POST", "/tags", { name: "axe" });
  await client.call("POST", "/fields", { key: "axe_size", label: "Size", type: "dropdown", options: ["small", "large"] });
  const agent = await signIn(browser, demo);
  const identity = `/settings/apps/${(await client.app()).id}/identity`;
  const pages = [
    ["identity", identity, "User identity verification"],
    ["tags", "/settings/tags", "Tags"],
    ["fields", "/settings/custom-issue-fields", "Custom issue fields"],
    ["audit", "/settings/audit-log", "Audit log"],
  ];
  for (const [name, path, title] of pages) {
    await t.test(title, async () => {
      await agent.goto(demo.server + path);
      await agent.getByRole("heading", { name: title, level: 1 }).waitFor();
      await until("the page is filled", async () => (await agent.locator(".skeleton").count()) === 0);
      if (name === "identity") {
        await agent.getByRole("button", { name: /^Show the secret/ }).first().click();
        await agent.locator(".secret-value").waitFor();
        await agent.getByRole("button", { name: "Check", exact: true }).click();
        await agent.getByRole("region", { name: "Result of the check" }).waitFor();
      }
      await examine(`dashboard-${name}`, agent);
      if (name !== "identity") return;
      await agent.getByRole("switch", { name: "Required" }).click();
      await agent.getByRole("alertdialog").waitFor();
      await examine("dashboard-confirm", agent, agent.mainFrame(), "[role=alertdialog]");
      await agent.keyboard.press("Escape");
    });
  }
  await t.test("a customer’s browsers", async () => {
    const { id } = await client.find("Two files for you.");
    await client.call("POST", `/issues/${id}/state`, { state: "resolved" });
    await agent.goto(`${demo.server}/inbox/${id}`);
    await agent.getByText("Signed-in browsers").click();
    await until("the list", async () => (await agent.locator(".sessions .skeleton").count()) === 0);
    await examine("thread-sessions", agent);
  });
  await agent.context().close();
});
