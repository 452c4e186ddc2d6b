// The keys of the configuration: labels, privacy, looks and languages.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { AgentClient, becomes, Demo, openBrowser, shoot, until } from "./harness.mjs";
import { HostPage, HostSite, requireSignatures } from "./host.mjs";

let demo;
let client;
let browser;
let site;

before(async () => {
  demo = await Demo.start();
  client = await new AgentClient(demo).signIn();
  browser = await openBrowser();
  site = await HostSite.start(demo, client);
  await requireSignatures(client, false);
  for (const name of ["vip", "spring"]) await addTag(name);
  const fields = [
    { key: "e2e_order", label: "Order of the test", type: "singleline" },
    { key: "e2e_count", label: "Count of the test", type: "number" },
    { key: "e2e_size", label: "Size of the test", type: "dropdown", options: ["small", "large"] },
  ];
  for (const f of fields) await client.call("POST", "/fields", f);
});

after(async () => {
  await browser?.close();
  await site?.stop();
  await demo?.stop();
});

async function addTag(name) {
  const { tags } = await client.call("GET", "/tags");
  if (!tags.some((t) => t.name === name)) await client.call("POST", "/tags", { name });
}

let pages = 0;

/** Somebody on a new page of the site. */
function visit(page = {}, options = {}) {
  return HostPage.visit(browser, site.page(`/page-${++pages}`, page), options);
}

const fieldsOf = (thread) => Object.fromEntries(thread.detail.form.filter((f) => f.value).map((f) => [f.key, f.value]));

test("tags and custom issue fields", async (t) => {
  /** The conversation that begins with these calls. */
  async function begun(text, config, calls, enough = () => true) {
    const visitor = await visit({ config });
    await visitor.page.waitForFunction(() => document.querySelector("rejoin-chat"));
    for (const call of calls) await visitor.call(...call);
    await visitor.open();
    await visitor.say(text);
    const issue = await client.find(text);
    const thread = await client.thread(issue.id);
    await visitor.heard("messageAdd");
    const errors = await until("what the page is told", async () => {
      const told = await visitor.told("onWebChatRuntimeError");
      return enough(JSON.stringify(told)) ? told : null;
    });
    await visitor.leave();
    return { thread, errors };
  }
  const order = (value) => ({ e2e_order: { type: "singleline", value } });

  await t.test("commands merge, and come before the configuration", async () => {
    const { thread, errors } = await begun(
      "Fields that merge.",
      { tags: ["vip", "spring"], cifs: order("from the configuration") },
      [
        ["setCustomIssueFields", order("from a command")],
        ["setCustomIssueFields", { e2e_count: { type: "number", value: "42" } }],
      ],
    );
    assert.deepEqual([...thread.issue.tags].sort(), ["spring", "vip"]);
    assert.deepEqual(fieldsOf(thread), { e2e_order: "from a command", e2e_count: "42" });
    assert.deepEqual(errors, []);
  });

  await t.test("replace puts one set in place of all others", async () => {
    const { thread } = await begun(
      "Fields that are replaced.",
      { cifs: order("from the configuration") },
      [
        ["setCustomIssueFields", { e2e_count: { type: "number", value: "1" } }],
        ["replaceCustomIssueFields", { e2e_size: { type: "dropdown", value: "large" } }],
      ],
    );
    assert.deepEqual(fieldsOf(thread), { e2e_size: "large" });
  });

  await t.test("what is not known is left out, and the page is told", async () => {
    const { thread } = await begun(
      "Fields that are wrong.",
      { tags: ["vip", "no such tag"] },
      [
        ["setCustomIssueFields", { ...order("kept"), e2e_size: { type: "dropdown", value: "huge" }, unheard_of: { type: "singleline", value: "x" } }],
        ["setCustomIssueFields", { e2e_count: "not of this form" }],
      ],
      (told) => ["e2e_size", "unheard_of", "e2e_count", "no such tag"].every((name) => told.includes(name)),
    );
    assert.deepEqual(thread.issue.tags, ["vip"]);
    assert.deepEqual(fieldsOf(thread), { e2e_order: "kept" });
  });
});

test("fullPrivacy: no files, no questions, and neither name nor address", async () => {
  const config = { fullPrivacy: true, userId: "private-7", userName: "Priscilla", userEmail: "priscilla@example.org" };
  const visitor = await visit({ config });
  const sent = [];
  visitor.page.on("request", (r) => r.url().includes("/chat/v1/issues") && sent.push(r.postData() ?? ""));
  await visitor.open();
  await visitor.say("Nobody needs to know.");
  const issue = await client.find("Nobody needs to know.");
  await client.reply(issue.id, "We do not ask.");
  await visitor.message("We do not ask.").waitFor();
  const thread = await client.thread(issue.id);
  assert.deepEqual(thread.messages.map((m) => m.origin), ["end-user", "agent"], "the bot has spoken");
  assert.deepEqual([thread.issue.user.name, thread.issue.user.email, thread.issue.user.external_id], ["", "", "private-7"]);
  assert.equal(thread.detail.full_privacy, true);
  assert.equal(await visitor.panel.getByRole("button", { name: "Attach files" }).count(), 0);
  assert.ok(!sent.join().match(/Priscilla/i), "the name or the address has left the browser");
  await visitor.leave();
});

test("initiateChatOnLoad: after a conversation that has ended, a fresh one", async () => {
  const visitor = await visit();
  await visitor.open();
  await visitor.say("One thing that is over.");
  const issue = await client.find("One thing that is over.");
  await client.call("POST", `/issues/${issue.id}/state`, { state: "rejected" });
  await visitor.panel.getByRole("button", { name: "New conversation" }).waitFor();
  await visitor.heard("conversationEnd");
  await visitor.page.reload();
  await visitor.launcher.click();
  await visitor.panel.getByRole("button", { name: "New conversation" }).waitFor();
  await visitor.update({ initiateChatOnLoad: true });
  await visitor.composer.waitFor();
  assert.equal(await visitor.message("One thing that is over.").count(), 0);
  await visitor.say("Another thing that begins.");
  assert.notEqual((await client.find("Another thing that begins.")).id, issue.id);
  await visitor.leave();
});

test("widgetOptions: where it is, how large, and without a launcher", async () => {
  const viewport = { width: 1000, height: 800 };
  const near = (a, b) => Math.abs(a - b) < 100;
  for (const position of ["bottom-right", "bottom-left", "top-left", "top-right"]) {
    const visitor = await visit({ config: { widgetOptions: { position, zIndex: 4711 } } }, { viewport, reducedMotion: "reduce" });
    await visitor.open();
    const frame = await visitor.page.locator("iframe").boundingBox();
    const launcher = await visitor.launcher.boundingBox();
    for (const box of [frame, launcher]) {
      assert.ok(position.includes("left") ? near(box.x, 0) : near(box.x + box.width, viewport.width), `${position}: ${JSON.stringify(box)}`);
    }
    assert.ok(position.includes("top") ? near(launcher.y, 0) : near(launcher.y + launcher.height, viewport.height), position);
    const z = await visitor.page.evaluate(() => getComputedStyle(document.querySelector("rejoin-chat").shadowRoot.firstElementChild).zIndex);
    assert.equal(z, "4711");
    await shoot(visitor.page, `api-${position}`);
    await visitor.leave();
  }
  const full = await visit({ config: { widgetOptions: { fullScreen: true, showLauncher: false } } }, { viewport });
  await full.page.waitForFunction(() => document.querySelector("rejoin-chat"));
  assert.equal(await full.launcher.count(), 0);
  await full.call("open");
  await full.composer.waitFor();
  await becomes(() => full.page.locator("iframe").boundingBox(), { x: 0, y: 0, width: 1000, height: 800 });
  await full.panel.getByRole("button", { name: "Close chat" }).click();
  await full.page.locator("iframe").waitFor({ state: "hidden" });
  assert.equal(await full.launcher.count(), 0);
  await full.leave();
});

test("languages: the launcher and the panel speak the page’s, in its direction", async () => {
  const words = (language) => JSON.parse(readFileSync(new URL(`../ui/widget/strings/${language}.json`, import.meta.url), "utf8"));
  const launcher = (language) => JSON.parse(readFileSync(new URL(`../texts/languages/${language}.json`, import.meta.url), "utf8"));
  const cases = [
    ["de", { config: { language: "de" } }, {}, "ltr"],
    ["ar", { config: { language: "ar" } }, {}, "rtl"],
    ["fr", { config: { language: "browserDefault" } }, { locale: "fr-FR" }, "ltr"],
  ];
  for (const [language, page, options, direction] of cases) {
    const visitor = await visit(page, options);
    await visitor.page.getByRole("button", { name: launcher(language)["launcher.open"] }).click();
    await visitor.panel.getByRole("textbox", { name: words(language).message }).waitFor();
    const html = await visitor.frame.evaluate(() => [document.documentElement.lang, document.documentElement.dir]);
    assert.deepEqual(html, [language, direction]);
    await shoot(visitor.page, `api-${language}`);
    await visitor.leave();
  }
});
