// Ten thousand conversations: the list scrolls to its end, and filters and search find the right ones. How long it takes is told, not asserted.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AgentClient, Demo, openBrowser, shoot, signIn, until } from "./harness.mjs";

let demo;
let client;
let browser;
let page;

before(async () => {
  demo = await Demo.start({ conversations: 10_000 });
  client = await new AgentClient(demo).signIn();
  browser = await openBrowser();
  page = await signIn(browser, demo);
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

const rows = () => page.locator(".row");
const counted = (n) => page.locator(".line-count").getByText(`${n.toLocaleString("en")} conversation${n === 1 ? "" : "s"}`, { exact: true });
const query = (view, filter, more = {}) => client.call("POST", "/issues/query", { view, filter, ...more });

/** Tells how long something took. */
async function timed(t, what, work) {
  const begun = performance.now();
  await work();
  t.diagnostic(`${what}: ${Math.round(performance.now() - begun)} ms`);
}

/**
 * Scrolls the list to its end: about a screen with every frame, or as far as it is loaded. Gives how long the frames took in
 * milliseconds, the most rows there ever were in the page, the size of the list, and how many of its places were in sight.
 */
function scrollToEnd(byScreens) {
  return page.evaluate(async (byScreens) => {
    const frames = [];
    const seen = new Set();
    let most = 0;
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
    const list = document.querySelector(".rows");
    for (let before = await frame(); ; ) {
      list.scrollTop = byScreens ? list.scrollTop + list.clientHeight : list.scrollHeight;
      const now = await frame();
      frames.push(now - before);
      before = now;
      const items = [...list.querySelectorAll(".rows-item")];
      most = Math.max(most, items.length);
      for (const item of items) if (item.querySelector(".row-link")) seen.add(Number(item.getAttribute("aria-posinset")));
      const size = Number(items.at(-1).getAttribute("aria-setsize"));
      if (size > 0 && seen.has(size)) return { frames, most, size, seen: seen.size };
    }
  }, byScreens);
}

function tell(t, what, { frames, most }) {
  frames.sort((a, b) => a - b);
  const at = (share) => frames[Math.floor(frames.length * share)].toFixed(1);
  t.diagnostic(`${what}, ${frames.length} frames: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms; ${most} rows in the page at most`);
}

test("the open conversations are scrolled through, screen by screen", async (t) => {
  await timed(t, "the inbox appears", async () => {
    await page.goto(`${demo.server}/inbox`);
    await rows().first().waitFor();
  });
  const { total } = await query("open", {});
  assert.ok(total > 1000, `${total} are open`);
  await counted(total).waitFor();
  const scrolled = await scrollToEnd(true);
  tell(t, `${total} conversations`, scrolled);
  assert.equal(scrolled.size, total, "the list ends elsewhere");
  assert.equal(scrolled.seen, total, "some conversations were never in sight");
  assert.ok(scrolled.most < 80, `${scrolled.most} rows in the page`);
});

test("the list of all conversations has an end", async (t) => {
  await page.goto(`${demo.server}/inbox?view=all&sort=created`);
  await rows().first().waitFor();
  await page.locator(".line-count").getByText("10,000+ conversations").waitFor(); // the counting ends there, the list does not
  const scrolled = await scrollToEnd(false);
  tell(t, `all ${scrolled.size} conversations`, scrolled);
  const { issues } = await query("all", {}, { sort: "created", limit: 1 });
  assert.equal(scrolled.size, issues[0].number, "the list ends elsewhere");
  assert.ok(scrolled.most < 80, `${scrolled.most} rows in the page`);
  await until("the oldest one is the last", async () => /#1(\D|$)/.test(await rows().last().innerText()));
  await shoot(page, "many-end");
});

test("filters and search narrow it to the right ones", async (t) => {
  await page.goto(`${demo.server}/inbox?view=all`);
  await rows().first().waitFor();
  const { total } = await query("all", { tags_any: ["wholesale"] });
  assert.ok(total > 100, `${total} with the tag`);
  await page.getByRole("button", { name: "Add filter" }).click();
  await page.getByRole("combobox", { name: "Filters" }).fill("wholesale");
  await timed(t, `a filter that leaves ${total}`, async () => {
    await page.keyboard.press("Enter");
    await counted(total).waitFor();
  });
  for (const text of await rows().allInnerTexts()) assert.match(text, /wholesale/);
  await page.getByRole("button", { name: "Remove the filter Tag: wholesale" }).click();
  await page.locator(".line-count").getByText("10,000+ conversations").waitFor();

  const search = page.getByRole("searchbox", { name: "Search conversations" });
  const voucher = (await query("all", { text: "voucher PINE-20" })).total;
  await timed(t, `a search that finds ${voucher}`, async () => {
    await search.fill("voucher PINE-20");
    await counted(voucher).waitFor();
  });
  await rows().first().locator("mark").first().waitFor();
  const [one] = (await query("all", { text: "voucher PINE-20" }, { sort: "created", limit: 100 })).issues.slice(-1);
  await timed(t, "a search for one number", async () => {
    await search.fill(`#${one.number}`);
    await counted((await query("all", { text: `#${one.number}` })).total).waitFor();
  });
  await rows().first().getByText(one.user.name).waitFor();
});

test("the counts beside the views are right", async () => {
  const counts = await client.call("GET", "/issues/counts");
  const views = page.getByRole("navigation", { name: "Views" });
  for (const [name, view] of Object.entries({ Open: "open", Mine: "mine", Unassigned: "unassigned", "Waiting for us": "waiting", "Left and unread": "left" })) {
    const n = counts[view];
    assert.equal(n, (await query(view, {})).total, `${name}: what is counted is not what is listed`);
    await views.getByRole("link", { name: new RegExp(`^${name} ?, ?${n.toLocaleString("en")}$`) }).waitFor();
  }
});
