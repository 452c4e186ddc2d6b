// The inbox as a team works in it: views and their counts, filters, Smart Views, many conversations at once, and the keyboard.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AgentClient, becomes, Demo, jonas, openBrowser, shortcut, signIn, until, Visitor } from "./harness.mjs";

let demo;
let client;
let browser;
let maya;
let colleague;

before(async () => {
  demo = await Demo.start({ conversations: 40 });
  client = await new AgentClient(demo).signIn();
  browser = await openBrowser();
  maya = await signIn(browser, demo);
  colleague = await signIn(browser, demo, jonas);
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

const view = (page, name) => page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: new RegExp(`^${name}( ?,|$)`) });
const countOf = async (page, name) => Number((await view(page, name).locator(".view-count").innerText()).replace(/\D/g, ""));
const rows = (page) => page.locator(".row:not([data-leaving])");
const toolbar = (page) => page.getByRole("toolbar", { name: "Change what is selected" });
const boxes = (page) => page.getByRole("checkbox", { name: /^Select .*, conversation \d+$/ });
const chip = (page, words) => page.getByRole("button", { name: `Remove the filter ${words}` });

const go = (page, search = "") => page.goto(`${demo.server}/inbox${search}`);

/** The list holds so many conversations, of which each row in sight is as the check wants it. */
async function shows(page, total, check = () => true) {
  const words = total === 1 ? "1 conversation" : `${total} conversations`;
  await page.locator(".line-count").getByText(words, { exact: true }).waitFor();
  await becomes(async () => {
    const texts = await rows(page).allInnerTexts();
    return texts.length > total ? texts : texts.filter((text) => !check(text));
  }, []);
}

const total = async (view, filter) => (await client.call("POST", "/issues/query", { view, filter })).total;

/** Adds the filter that typing finds first. */
async function addFilter(page, words) {
  await page.getByRole("button", { name: "Add filter" }).click();
  const search = page.getByRole("combobox", { name: "Filters" });
  await search.fill(words);
  await search.press("Enter");
}

const closePopover = (page) => page.keyboard.press("Escape");

test("what a visitor writes comes into the list and into the counts", async () => {
  await go(maya);
  await rows(maya).first().waitFor();
  const { open, unassigned, waiting, mine } = await client.call("GET", "/issues/counts");
  for (const [name, n] of Object.entries({ Open: open, Mine: mine, Unassigned: unassigned, "Waiting for us": waiting })) {
    await until(`${name} counts ${n}`, async () => (await countOf(maya, name)) === n);
  }
  const visitor = await Visitor.visit(browser, demo);
  await visitor.introduce("My quokka ate the tent pegs", "Quinn Ash", "quinn@example.org");
  await rows(maya).first().getByText("Quinn Ash").waitFor();
  for (const [name, n] of Object.entries({ Open: open, Unassigned: unassigned, "Waiting for us": waiting })) {
    await until(`${name} counts one more than ${n}`, async () => (await countOf(maya, name)) === n + 1);
  }
  await view(maya, "Unassigned").click();
  await shows(maya, unassigned + 1, (text) => !/Maya Lindqvist|Jonas Weber/.test(text));
  const issue = await client.find("quokka");
  await client.call("POST", `/issues/${issue.id}/assign`, { agent_id: client.me.agent.id });
  await shows(maya, unassigned);
  await until("it is mine", async () => (await countOf(maya, "Mine")) === mine + 1);
  await view(maya, "Mine").click();
  await rows(maya).getByText("Quinn Ash").waitFor();
  await visitor.page.context().close();
});

test("filters say what the list shows, and stand in the address", async (t) => {
  await go(maya, "?view=all");
  await t.test("by tag", async () => {
    await addFilter(maya, "shipping");
    await chip(maya, "Tag: shipping").waitFor();
    await shows(maya, await total("all", { tags_any: ["shipping"] }), (text) => text.includes("shipping"));
  });
  await t.test("and by state", async () => {
    await addFilter(maya, "resolved");
    await chip(maya, "State: Resolved").waitFor();
    await shows(maya, await total("all", { tags_any: ["shipping"], states: ["resolved"] }), (text) => /shipping/.test(text) && !/New|Rejected/.test(text));
  });
  await t.test("and by assignee; after a reload as before, and at a colleague's", async () => {
    await addFilter(maya, "jonas");
    const both = { tags_any: ["shipping"], states: ["resolved"], assignees: [client.me.agents.find((a) => a.name === "Jonas Weber").id] };
    const n = await total("all", both);
    assert.ok(n > 0, "the sample has no such conversation");
    const check = (text) => text.includes("Jonas Weber") && text.includes("shipping");
    await chip(maya, "Assignee: Jonas Weber").waitFor();
    await shows(maya, n, check);
    await maya.reload();
    await shows(maya, n, check);
    await colleague.goto(maya.url());
    await chip(colleague, "Assignee: Jonas Weber").waitFor();
    await shows(colleague, n, check);
    await chip(maya, "State: Resolved").click();
    await chip(maya, "Assignee: Jonas Weber").click();
    await shows(maya, await total("all", { tags_any: ["shipping"] }));
  });
  await t.test("by a custom field", async () => {
    await go(maya, "?view=all");
    await addFilter(maya, "Order number");
    const editor = maya.getByRole("dialog", { name: "Order number" });
    await editor.getByRole("textbox", { name: "Order number: value" }).fill("2041");
    await editor.getByRole("button", { name: "Apply" }).click();
    await closePopover(maya);
    await shows(maya, 1, (text) => text.includes("Nora Castellan"));
    await editor.waitFor({ state: "detached" });
    await chip(maya, "Order number: contains 2041").click();
    await shows(maya, await total("all", {}));
  });
  await t.test("by words, which are marked where they were found", async () => {
    await go(maya);
    const search = maya.getByRole("searchbox", { name: "Search conversations" });
    await search.fill("quokka");
    await shows(maya, 1, (text) => text.includes("Quinn Ash"));
    assert.deepEqual(await rows(maya).locator("mark").allInnerTexts(), ["quokka"]);
    await rows(maya).getByRole("link").click();
    await maya.getByRole("heading", { name: "Quinn Ash", level: 1 }).waitFor();
    assert.equal(new URL(maya.url()).searchParams.get("q"), "quokka");
    await maya.reload();
    await shows(maya, 1, (text) => text.includes("Quinn Ash"));
    assert.equal(await search.inputValue(), "quokka");
    await search.fill("quokka nowhere");
    await maya.getByRole("heading", { name: "Nothing found" }).waitFor();
    await maya.getByRole("button", { name: "Clear the filters" }).click();
    await shows(maya, await total("open", {}));
  });
});

test("a Smart View is saved, shared, seen by a colleague and deleted", async (t) => {
  const dialog = maya.getByRole("dialog", { name: "Save as Smart View" });
  const n = await total("open", { tags_any: ["shipping"] });
  await go(maya);
  await addFilter(maya, "shipping");
  await maya.getByRole("button", { name: "Save as Smart View" }).click();
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.getByText("Give it a name.").waitFor();
  await dialog.getByLabel("Name").fill("Parcels");
  await dialog.getByRole("switch", { name: "Share with the whole team" }).click();
  await dialog.getByRole("button", { name: "Save" }).click();
  await maya.getByRole("heading", { name: "Parcels", level: 1 }).waitFor();
  await shows(maya, n, (text) => text.includes("shipping"));
  await becomes(() => countOf(maya, "Parcels"), n);

  await t.test("a colleague sees it and may not change it", async () => {
    await go(colleague);
    await view(colleague, "Parcels").click();
    await shows(colleague, n, (text) => text.includes("shipping"));
    await becomes(() => countOf(colleague, "Parcels"), n);
    assert.equal(await colleague.getByRole("button", { name: "Parcels: more" }).count(), 0);
  });

  await t.test("an agent keeps views, and shares none", async () => {
    await go(colleague, "?tag=wholesale");
    await colleague.getByRole("button", { name: "Save as Smart View" }).click();
    const own = colleague.getByRole("dialog", { name: "Save as Smart View" });
    await own.getByLabel("Name").fill("Groups");
    assert.equal(await own.getByRole("switch").count(), 0, "an agent is asked whether to share");
    await own.getByRole("button", { name: "Save" }).click();
    await colleague.getByRole("heading", { name: "Groups", level: 1 }).waitFor();
    await colleague.getByRole("button", { name: "Groups: more" }).click();
    await colleague.getByRole("menuitem", { name: /Rename/ }).waitFor();
    assert.equal(await colleague.getByRole("menuitem", { name: /Share/ }).count(), 0);
    await colleague.keyboard.press("Escape");
    const refused = await colleague.evaluate(async () => {
      const body = JSON.stringify({ name: "For all", shared: true, filter: { tags_any: ["wholesale"] } });
      return (await fetch("/agent/v1/views", { method: "POST", headers: { "Content-Type": "application/json" }, body })).status;
    });
    assert.equal(refused, 403);
    await maya.reload();
    await view(maya, "Parcels").waitFor();
    assert.equal(await view(maya, "Groups").count(), 0, "somebody else's view shows");
  });

  await t.test("once deleted it is gone for both", async () => {
    await maya.getByRole("button", { name: "Parcels: more" }).click();
    await maya.getByRole("menuitem", { name: "Delete…" }).click();
    await maya.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
    await view(maya, "Parcels").waitFor({ state: "detached" });
    await maya.getByRole("heading", { name: "Open", level: 1 }).waitFor();
    await colleague.reload();
    await view(colleague, "Groups").waitFor();
    assert.equal(await view(colleague, "Parcels").count(), 0);
  });
});

test("several conversations are changed at once", async () => {
  await go(maya);
  await boxes(maya).nth(0).click();
  await boxes(maya).nth(3).click({ modifiers: ["Shift"] });
  await toolbar(maya).getByText("4 selected").waitFor();
  const open = await total("open", {});
  const names = await Promise.all([0, 1, 2, 3].map((n) => boxes(maya).nth(n).getAttribute("aria-label")));
  const numbers = names.map((name) => Number(/\d+$/.exec(name)[0]));
  const done = maya.getByRole("status").filter({ hasText: /changed/ });

  await toolbar(maya).getByRole("button", { name: "Assign" }).click();
  await maya.getByRole("menuitem", { name: /Jonas Weber/ }).click();
  await done.waitFor();
  await maya.getByRole("button", { name: "Close" }).click();
  await done.waitFor({ state: "detached" });
  await toolbar(maya).getByRole("button", { name: "Tags" }).click();
  const tags = maya.getByRole("dialog", { name: "Tags" });
  await tags.getByRole("option", { name: "returns" }).click();
  await tags.getByRole("button", { name: "Add tag" }).click();
  await done.waitFor();
  await maya.getByRole("button", { name: "Close" }).click();
  await done.waitFor({ state: "detached" });
  await toolbar(maya).getByText("4 selected").waitFor();
  await toolbar(maya).getByRole("button", { name: "State" }).click();
  await maya.getByRole("menuitem", { name: "Resolve" }).click();
  await maya.getByRole("status").getByText("4 conversations changed").waitFor();
  await shows(maya, open - 4);
  await until("the count follows", async () => (await countOf(maya, "Open")) === open - 4);

  const { issues } = await client.call("POST", "/issues/query", { view: "resolved", filter: { tags_any: ["returns"] } });
  for (const number of numbers) {
    const issue = issues.find((i) => i.number === number);
    assert.ok(issue, `conversation ${number} is not among the resolved with the tag`);
    assert.equal(issue.assignee_name, "Jonas Weber");
    assert.equal(issue.state, "resolved");
  }
});

test("the keyboard leads through the inbox", async () => {
  await go(maya);
  await rows(maya).nth(2).waitFor();
  const index = () => maya.evaluate(() => Number(document.activeElement.closest("[data-index]")?.dataset.index ?? -1));
  await until("a row has the focus", async () => {
    await maya.keyboard.press("j"); // a list that has just appeared may not listen yet
    return (await index()) >= 0;
  });
  const first = await index();
  for (const [key, by] of [["j", 1], ["j", 2], ["k", 1]]) {
    await maya.keyboard.press(key);
    await becomes(index, first + by);
  }
  await maya.keyboard.press("x");
  await toolbar(maya).getByText("1 selected").waitFor();
  assert.ok(await boxes(maya).nth(first + 1).isChecked());
  await maya.keyboard.press("Escape");
  await toolbar(maya).waitFor({ state: "detached" });

  const label = await boxes(maya).nth(first + 1).getAttribute("aria-label");
  const [, name, number] = /^Select (.*), conversation (\d+)$/.exec(label);
  const open = await total("open", {});
  await maya.keyboard.press("Enter");
  await maya.getByRole("heading", { name, level: 1 }).waitFor();
  await maya.getByRole("textbox", { name: "Your answer" }).waitFor();
  await maya.keyboard.press("e");
  await until("it is resolved", async () => {
    const { issues } = await client.call("POST", "/issues/query", { view: "resolved", filter: { text: `#${number}` } });
    return issues.some((i) => i.number === Number(number));
  });
  await until("the count follows", async () => (await countOf(maya, "Open")) === open - 1);

  const list = maya.getByRole("dialog", { name: "Keyboard shortcuts" });
  await shortcut(maya, "?", list);
  await list.getByText("Next conversation").waitFor();
  await list.getByText("Unassigned").waitFor();
  await maya.keyboard.press("Escape");
  await list.waitFor({ state: "detached" });
  await maya.keyboard.press("g");
  await maya.keyboard.press("u");
  await maya.getByRole("heading", { name: "Unassigned", level: 1 }).waitFor();
  assert.equal(new URL(maya.url()).searchParams.get("view"), "unassigned");
  const search = maya.getByRole("searchbox", { name: "Search conversations" });
  await maya.keyboard.press("/");
  await becomes(() => search.evaluate((e) => e === document.activeElement), true);
  await maya.keyboard.type("jjge");
  await becomes(() => search.inputValue(), "jjge"); // typing is no shortcut
});
