// axe finds nothing to complain about, in light and in dark, on the dashboard's pages that no other test examines while it works on them.
import { after, before, test } from "node:test";
import { examine } from "./axe.mjs";
import { AgentClient, Demo, openBrowser, shortcut, signIn } from "./harness.mjs";

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

test("the dashboard's pages", async (t) => {
  const agent = await signIn(browser, demo);
  await t.test("inbox, with filters, views and a selection", async () => {
    await agent.goto(`${demo.server}/inbox?view=all&tag=shipping&q=order`);
    await agent.getByRole("button", { name: "Remove the filter Tag: shipping" }).waitFor();
    await agent.getByRole("checkbox", { name: /^Select .*, conversation/ }).first().click();
    await agent.getByRole("toolbar", { name: "Change what is selected" }).waitFor();
    await examine("inbox-filtered", agent);
    await agent.getByRole("button", { name: "Add filter" }).click();
    await agent.getByRole("combobox", { name: "Filters" }).waitFor();
    await examine("inbox-add-filter", agent, agent.mainFrame(), "[role=dialog]");
    await agent.keyboard.press("Escape");
    await shortcut(agent, "?", agent.getByRole("dialog", { name: "Keyboard shortcuts" }));
    await examine("shortcuts", agent, agent.mainFrame(), "[role=dialog]");
    await agent.keyboard.press("Escape");
  });
  const app = `/settings/apps/${(await client.app()).id}`;
  for (const [name, path, heading] of [
    ["reports", "/reports", "Reports"],
    ["mails", "/reports/mails", "Reports"],
    ["apps", "/settings/apps", "App settings"],
    ["app", app, "Harbor & Pine"],
    ["bots-none", "/settings/bots", "Bots"],
    ["automations-none", "/settings/automations", "Automations"],
    ["automation-empty", "/settings/automations/new/time", "New automation"],
    ["queues-none", "/settings/queues", "Queues"],
    ["webhooks-none", "/settings/webhooks", "Webhooks"],
    ["replies", "/settings/saved-replies", "Saved replies"],
    ["jobs", "/settings/jobs", "Work given up"],
    ["missing", "/settings/nothing", /./],
    ["missing-file", "/nowhere", /./],
  ]) {
    await t.test(name, async () => {
      await agent.goto(demo.server + path);
      await agent.getByRole("heading", { name: heading, level: 1 }).waitFor();
      await agent.locator(".skeleton").first().waitFor({ state: "detached" });
      await examine(name, agent);
    });
  }
  await t.test("configure web chat", async () => {
    await agent.goto(`${demo.server}${app}/web-chat`);
    const preview = agent.getByRole("complementary", { name: "Preview" });
    await preview.frameLocator("iframe").getByRole("textbox", { name: /message/i }).waitFor();
    await agent.getByText("Limits").first().click();
    await examine("web-chat", agent);
    await preview.getByRole("tab", { name: "E-mail" }).click();
    await agent.getByTitle("The e-mail").waitFor();
    await examine("web-chat-mail", agent);
  });
});
