// Reports and the simulator: figures of the sample data, the same ones as a file, every e-mail with its reason, and settings tried out.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { AgentClient, Demo, jonas, openBrowser, shoot, signIn, until } from "./harness.mjs";

let demo;
let client;
let browser;
let page;

before(async () => {
  demo = await Demo.start({ conversations: 60 });
  client = await new AgentClient(demo).signIn();
  browser = await openBrowser();
  page = await signIn(browser, demo);
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

const period = (days) => page.getByRole("group", { name: "Period" }).getByRole("button", { name: `${days} days`, exact: true });
const tile = async (name) => (await page.locator(".tile").filter({ hasText: name }).locator("strong").innerText()).trim();
const figures = (name) => page.getByRole("table", { name });
const numberOf = (text) => Number(text.replaceAll(",", ""));

/** The rows of a table of the page, each as its cells. */
async function cellsOf(table) {
  const texts = (e) => [...e.querySelectorAll("tbody tr")].map((r) => [...r.children].filter((c) => !c.ariaHidden).map((c) => c.textContent.trim()));
  return await table.evaluate(texts);
}

/** The file behind a download button, as rows of cells. */
async function download(name) {
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: `Download CSV: ${name}` }).click()]);
  assert.match(file.suggestedFilename(), /^[a-z]+-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.csv$/);
  const text = readFileSync(await file.path(), "utf8").replace(/^\ufeff/, "");
  return text.trim().split(/\r?\n/).map(cellsOfLine);
}

/** The cells of a line of a file without line breaks in its cells (RFC 4180). */
const cellsOfLine = (line) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell]) => cell.replace(/^"|"$/g, "").replaceAll('""', '"')).slice(0, -1);

test("the figures are those of the sample, in every period", async (t) => {
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Reports" }).click();
  await page.getByRole("heading", { name: "Reports", level: 1 }).waitFor();
  await period(90).click();
  const { issues } = await client.call("POST", "/issues/query", { view: "all", sort: "created", limit: 200 });
  await until("every conversation is counted", async () => numberOf(await tile("Conversations begun")) === issues.length);
  const resolved = issues.filter((i) => i.state === "resolved").length;
  assert.equal(numberOf(await tile("Resolved")), resolved);
  const rated = issues.filter((i) => i.rating);
  assert.equal(await tile("Rating"), (rated.reduce((sum, i) => sum + i.rating, 0) / rated.length).toFixed(1));

  await t.test("a shorter period has only its own", async () => {
    const begun = issues.filter((i) => i.created_at >= new Date().setHours(0, 0, 0, 0) - 6 * 86_400_000).length;
    await period(7).click();
    await until(`${begun} of the last seven days`, async () => numberOf(await tile("Conversations begun")) === begun);
    assert.match(page.url(), /days=7/);
    await page.reload();
    await until("it stays so", async () => numberOf(await tile("Conversations begun")) === begun);
    assert.equal(await period(7).getAttribute("aria-pressed"), "true");
  });

  await t.test("a file has the figures of the page", async () => {
    await period(90).click();
    await until("all again", async () => numberOf(await tile("Conversations begun")) === issues.length);
    const shown = (await cellsOf(figures("The way back"))).map((cells) => numberOf(cells[1]));
    assert.ok(shown.length === 7 && shown[0] > 0 && shown[2] > 0, `the way back: ${shown}`);
    const [, ...lines] = await download("The way back");
    assert.deepEqual(lines.map((cells) => Number(cells[1])), shown);
    const [head, ...days] = await download("Day by day");
    const begun = head.indexOf("conversations_begun");
    assert.equal(days.reduce((sum, cells) => sum + Number(cells[begun]), 0), issues.length);
    const agents = await download("Agents");
    const table = await cellsOf(page.getByRole("region", { name: "Figures: agents" }).getByRole("table"));
    assert.deepEqual(agents.slice(1).map((cells) => cells[0]).sort(), ["Jonas Weber", "Maya Lindqvist"]);
    for (const [name, messages] of table) {
      const line = agents.find((cells) => name.endsWith(cells[0]));
      assert.equal(Number(line[agents[0].indexOf("messages")]), numberOf(messages), name);
    }
    await shoot(page, "reports", { fullPage: true });
  });

  await t.test("with a second app each has its own figures", async () => {
    const app = page.getByRole("combobox", { name: "App" });
    assert.equal(await app.count(), 0, "there is nothing to choose from");
    await client.call("POST", "/apps", { name: "Harbor Outlet", allowed_origins: [] });
    await page.reload();
    await app.selectOption({ label: "Harbor Outlet" });
    await page.getByRole("heading", { name: "Nothing happened in this time" }).waitFor();
    await app.selectOption({ label: "Harbor & Pine" });
    await until("all again", async () => numberOf(await tile("Conversations begun")) === issues.length);
  });
});

test("what was mailed, and why not, leads to the conversation", async () => {
  await page.goto(`${demo.server}/reports`);
  await page.getByRole("link", { name: "What was mailed, and why not" }).click();
  const lines = page.getByRole("list", { name: "What was mailed, and why not" }).locator(".mail-line");
  await lines.first().waitFor();
  const search = page.getByRole("searchbox", { name: "Search by address or number" });
  await search.fill("sofia.marchetti");
  await until("one is left", async () => (await lines.count()) === 1);
  assert.match(await lines.innerText(), /sofia\.marchetti@example\.com/);
  assert.match(await lines.innerText(), /E-mail sent/);
  await page.reload();
  await until("it stays so", async () => (await lines.count()) === 1);
  const file = await download("what was mailed, and why not");
  assert.equal(file.length, 2, "the file has other lines than the page");
  assert.ok(file[1].includes("sofia.marchetti@example.com"));
  await page.getByRole("combobox", { name: "State" }).selectOption({ label: "E-mail failed" });
  await page.getByRole("heading", { name: "Nothing like this" }).waitFor();
  await page.getByRole("button", { name: "Clear the filters" }).click();
  await until("all are back", async () => (await lines.count()) > 1);
  await search.fill("sofia.marchetti");
  await until("one is left", async () => (await lines.count()) === 1);
  await lines.getByRole("link").click();
  await page.getByRole("heading", { name: "Sofia Marchetti", level: 1 }).waitFor();
});

test("the simulator shows what other settings would have mailed, and saves nothing", async () => {
  const before = await client.app();
  await page.goto(`${demo.server}/settings/apps/${before.id}/web-chat`);
  const simulator = page.getByRole("region", { name: "Try it on the last weeks" });
  const outcome = simulator.getByRole("status");
  const fact = async (name) => numberOf(await simulator.locator(".simulator-pair div").filter({ hasText: name }).locator("dd").innerText());
  await simulator.getByRole("button", { name: "Try", exact: true }).click();
  await outcome.waitFor();
  const mailed = await fact("Mailed in fact");
  const would = await fact("With these settings");
  assert.ok(mailed > 0, "the sample has no e-mails");

  await page.getByRole("combobox", { name: "Time for unread messages" }).selectOption("86400");
  await simulator.getByText("You have changed something since.").waitFor();
  await simulator.getByRole("button", { name: "Try again" }).click();
  await simulator.getByText("You have changed something since.").waitFor({ state: "detached" });
  await until("other e-mails", async () => (await fact("With these settings")) !== would);
  assert.equal(await fact("Mailed in fact"), mailed);
  await simulator.getByRole("heading", { name: "Conversations that would be different" }).waitFor();
  const [tab] = await Promise.all([page.context().waitForEvent("page"), simulator.locator(".simulator-list").getByRole("link").first().click()]);
  await tab.getByRole("heading", { level: 1 }).first().waitFor();
  await tab.close();
  await shoot(simulator, "simulator");

  assert.deepEqual((await client.app()).web_chat, before.web_chat, "trying has saved something");
  await page.getByText("You have changes that are not saved.").waitFor();
});

test("reports are for supervisors", async () => {
  const colleague = await signIn(browser, demo, jonas);
  const link = colleague.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Reports" });
  const asked = () => colleague.evaluate(async () => (await fetch(`/agent/v1/reports?from=0&to=${Date.now()}&zone=UTC`)).status);
  assert.equal(await link.count(), 0, "an agent sees Reports");
  await colleague.goto(`${demo.server}/reports`);
  await colleague.getByRole("heading", { name: "Reports are for supervisors" }).waitFor();
  assert.equal(await asked(), 403);

  const { members } = await client.call("GET", "/team");
  const member = members.find((m) => m.email === jonas.email);
  await client.call("PUT", `/team/${member.id}`, { name: member.name, nickname: "", role: "supervisor" });
  await colleague.goto(`${demo.server}/inbox`);
  await link.click();
  await colleague.locator(".tile").first().waitFor();
  assert.notEqual(await asked(), 403);
  await colleague.context().close();
});
