// Five ways to leave, and what the agent sees of each.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AgentClient, Demo, openBrowser, RealBrowser, shoot, signIn, until, Visitor } from "./harness.mjs";

let demo;
let client;
let agents;

before(async () => {
  demo = await Demo.start();
  client = await new AgentClient(demo).signIn();
  agents = await openBrowser();
});

after(async () => {
  await agents?.close();
  await demo?.stop();
});

/** Somebody who writes in a browser of their own. */
async function writes(text, name) {
  const browser = await RealBrowser.open();
  const page = await browser.newTab();
  await page.goto(demo.shop);
  const visitor = new Visitor(page);
  await visitor.introduce(text, name, `${name.toLowerCase()}@example.org`);
  const issue = await client.find(text);
  await sees(issue, "active");
  return { browser, page, visitor, issue };
}

async function sees(issue, presence, timeout) {
  return until(`the agent sees ${presence}`, async () => {
    const { user } = (await client.thread(issue.id)).issue;
    return user.presence === presence && user;
  }, timeout);
}

test("the agent sees which way a visitor has left", async (t) => {
  // The one long wait of these tests runs beside the others: a connection that just falls silent is noticed by the missing pongs.
  const silent = await writes("Is anybody there?", "Sven");
  silent.browser.freeze();

  const { browser, page, visitor, issue } = await writes("Which tent is the lightest?", "Lena");
  const agent = await signIn(agents, demo);
  await agent.goto(`${demo.server}/inbox/${issue.id}`);
  const header = agent.locator("header").filter({ hasText: "Lena" });
  await header.getByText("On the page now").waitFor();

  await t.test("closes the panel", async () => {
    await visitor.close();
    const user = await sees(issue, "panel_closed");
    assert.ok(user.presence_since > issue.created_at, "since when is not known");
    await header.getByText(/^Left .*: closed the chat$/).waitFor();
  });

  await t.test("goes to another tab, and comes back", async () => {
    const other = await browser.newTab();
    await sees(issue, "tab_hidden");
    await header.getByText(/^Left .*: switched tab$/).waitFor();
    await shoot(agent, "left-for-a-tab");
    await other.close();
    await page.bringToFront();
    await sees(issue, "panel_closed");
    await visitor.open();
    await sees(issue, "active");
    await header.getByText("On the page now").waitFor();
  });

  await t.test("closes the tab", async () => {
    await page.close({ runBeforeUnload: true });
    await sees(issue, "page_closed");
    await header.getByText(/^Left .*: closed the page$/).waitFor();
  });

  await t.test("comes back in a new tab, and closes the browser", async () => {
    const again = await browser.newTab();
    await again.goto(demo.shop);
    await sees(issue, "panel_closed");
    await browser.close();
    // A browser that ends has no time to be sure of its goodbye.
    const user = await until("the visitor is gone", async () => {
      const { user } = (await client.thread(issue.id)).issue;
      return ["page_closed", "offline"].includes(user.presence) && user;
    });
    await header.getByText(user.presence === "offline" ? /^Connection lost/ : /closed the page$/).waitFor();
  });

  await t.test("dies without a goodbye", async () => {
    const crash = await writes("Do you repair zips?", "Kim");
    await crash.browser.kill();
    await sees(crash.issue, "offline");
  });

  await t.test("loses the connection", async () => {
    await sees(silent.issue, "offline", 60_000);
    await agent.goto(`${demo.server}/inbox/${silent.issue.id}`);
    await agent.locator("header").filter({ hasText: "Sven" }).getByText(/^Connection lost/).waitFor();
    await silent.browser.kill();
  });
});
