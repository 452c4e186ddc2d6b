// Business hours: an administrator sets them so that it is closed now, and what visitors, e-mails and settings make of that.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { examine, phone } from "./axe.mjs";
import { AgentClient, Demo, mailsTo, newestLink, openBrowser, shoot, signIn, Visitor } from "./harness.mjs";

let demo;
let browser;
let client;
let maya;
let app;

before(async () => {
  [demo, browser] = await Promise.all([Demo.start(), openBrowser()]);
  client = await new AgentClient(demo).signIn();
  app = `/settings/apps/${(await client.app()).id}`;
  maya = await signIn(browser, demo);
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

// The shop is in Nepal, which knows no summer time; its visitors live in Panama, ten hours and three quarters behind.
const zone = "Asia/Kathmandu";
const visitors = { locale: "en-US", timezoneId: "America/Panama" };
const spelled = (t, timeZone, options) => new Intl.DateTimeFormat("en-GB", { timeZone, ...options }).format(t);
const dayMs = 86_400_000;

/** The date there in some days, YYYY-MM-DD, and its weekday. A date is a midnight of UTC. */
function dateIn(days) {
  const there = new Date(Date.now() + (5 * 60 + 45) * 60_000 + days * dayMs);
  return { date: there.toISOString().slice(0, 10), weekday: spelled(there, "UTC", { weekday: "long" }) };
}

// It opens in three days at 10:30 there. What is closed until then stays closed if midnight comes while this runs.
const opens = dateIn(3);
const backAt = Date.parse(`${opens.date}T10:30:00+05:45`);
const backHere = new RegExp(`We are back ${spelled(backAt, visitors.timezoneId, { weekday: "long" })}\\b.*11:45\\sPM`);

const state = (words) => maya.getByRole("status").filter({ hasText: words });
const save = () => maya.getByRole("button", { name: "Save" }).click();
const saved = () => maya.getByText("Everything is saved.").waitFor();
const outside = (title) => maya.getByRole("radio", { name: title });
const toggle = (name) => maya.getByRole("switch", { name, exact: true });
const advice = (where) => where.locator(".advice");

async function turn(day, on) {
  if ((await toggle(day).getAttribute("aria-checked")) !== String(on)) await toggle(day).click();
}

test("an administrator says when people are there", async (t) => {
  await maya.getByRole("link", { name: "Settings" }).click();
  await maya.getByRole("link", { name: "Business hours" }).first().click();
  await maya.getByRole("heading", { name: "Business hours", level: 1 }).waitFor();
  await state(/^Off: visitors can write at any hour/).waitFor();
  await toggle("Business hours").click();

  await t.test("in a zone", async () => {
    await maya.getByRole("button", { name: /^Time zone/ }).click();
    const search = maya.getByRole("combobox", { name: "Time zone" });
    await search.fill("kathm");
    await maya.getByRole("option", { name: new RegExp(`Kathmandu · ${spelled(Date.now(), zone, { hour: "2-digit" })}:`) }).waitFor();
    await search.press("Enter");
    await maya.getByRole("button", { name: /^Time zone Asia\/Kathmandu/ }).waitFor();
  });

  await t.test("with hours of the week", async () => {
    for (const days of [0, 1, 2]) await turn(dateIn(days).weekday, false);
    await turn(opens.weekday, true);
    const from = maya.getByLabel(`${opens.weekday}, from`);
    await from.fill("18:00");
    await maya.getByText("The end has to be after the beginning.", { exact: false }).waitFor();
    assert.equal(await from.getAttribute("aria-invalid"), "true");
    await from.fill("10:30");
    await state(`Closed now, open again ${opens.weekday}, 10:30`).waitFor();
  });

  await t.test("and reads what that means with the e-mails", async () => {
    await advice(maya).getByText(new RegExp(`Your e-mails can be opened on .* at 03:00\\. Visitors then see .* that you are back on ${opens.weekday} at 10:30\\.$`)).waitFor();
    await examine("hours", maya);
    await save();
    await saved();
    await maya.reload();
    await state(`Closed now, open again ${opens.weekday}, 10:30`).waitFor();
    await outside(/^Say when you are back/).and(maya.locator("[aria-checked=true]")).waitFor();
    await maya.setViewportSize(phone.viewport);
    const { scrolled, room } = await maya.evaluate(() => ({ scrolled: document.documentElement.scrollWidth, room: innerWidth }));
    assert.ok(scrolled <= room, `${scrolled} pixels wide, on a screen of ${room}`);
    await shoot(maya, "hours-phone");
    await maya.setViewportSize({ width: 1440, height: 900 });
  });
});

test("visitors meet the hours", async (t) => {
  const email = "paz@example.org";
  const paz = await Visitor.visit(browser, demo, "/", visitors);
  let issue;
  let link;

  await t.test("the chat says when people are back, and takes a message", async () => {
    await paz.open();
    await paz.panel.getByText("We are not here at the moment.", { exact: false }).waitFor();
    await paz.panel.getByText(backHere).waitFor();
    await examine("hours-panel", paz.page, paz.frame);
    await paz.say("Is the harbor deep?");
    await paz.answer(/name/i, "Paz");
    await paz.answer(/e-?mail/i, email);
    await paz.panel.getByText(/You can close this page/).first().waitFor();
    await paz.panel.getByText(backHere).waitFor();
    issue = await client.find("Is the harbor deep?");
  });

  await t.test("the e-mail says so too, by the visitor's clock", async () => {
    await paz.page.goto("about:blank");
    await client.gone(issue.id);
    await client.reply(issue.id, "Nine metres.");
    await client.sendNow(issue.id);
    link = await newestLink(demo, email);
    const [mail] = mailsTo(demo, email);
    const date = spelled(backAt, visitors.timezoneId, { day: "numeric", month: "long", year: "numeric" });
    const words = `Nobody is here at the moment. You can write at any time: we are back on ${date}, 23:45`;
    const plain = mail.replace(/[\u200e\u200f\u2066-\u2069]|=E2=8[01]=[0-9A-F]{2}/g, "").replace(/\s+/g, " ");
    assert.ok(plain.includes(words), plain);
  });

  await t.test("hidden, the chat is there for those only who have a conversation", async () => {
    await outside("Hide the chat").click();
    await advice(maya).getByText(/when the chat is hidden\. Visitors who follow the link still see their conversation/).waitFor();
    await save();
    await saved();
    const stranger = await Visitor.visit(browser, demo, "/", visitors);
    await stranger.page.waitForFunction(() => document.querySelector("rejoin-chat"));
    assert.equal(await stranger.launcher.isVisible(), false, "a stranger sees the launcher");
    await stranger.page.evaluate(() => window.Rejoin("open"));
    await stranger.panel.getByText(backHere).waitFor();
    assert.equal(await stranger.composer.count(), 0, "a stranger can write");
    await shoot(stranger.page, "hours-hidden");
    await stranger.page.context().close();

    await paz.page.goto(demo.shop);
    await paz.open();
    await paz.message("Nine metres.").waitFor();
    await paz.say("Deep enough.");
    await paz.page.context().close();
  });

  await t.test("the e-mail's link opens the conversation, and it can go on", async () => {
    const page = await (await browser.newContext({ ...visitors, ...phone })).newPage();
    await page.goto(link);
    const visitor = new Visitor(page);
    await visitor.message("Nine metres.").waitFor();
    await visitor.panel.getByText(backHere).waitFor();
    await visitor.say("I shall come by boat.");
    await shoot(page, "hours-returned");
    await client.when(issue.id, "the answer", (t) => t.messages.some((m) => m.body === "I shall come by boat."));
    await page.context().close();
  });
});

test("beside the follow-ups stands what the hours mean for them", async () => {
  await maya.goto(`${demo.server}${app}/web-chat`);
  const section = maya.getByRole("region", { name: "Follow-up via Email" });
  await advice(section).getByText(/when the chat is hidden\. .* you are back on \w+ at 10:30\./).waitFor();
  await section.scrollIntoViewIfNeeded();
  await shoot(maya, "hours-follow-up");
  await toggle("Follow-up via Email").click();
  await advice(section).getByText(/Follow-up via Email is off\. What you answer/).waitFor();
  await maya.getByRole("button", { name: "Discard" }).click();
  await advice(section).getByText(/when the chat is hidden\./).waitFor();
});

test("a holiday closes what is open at all hours", async () => {
  await maya.goto(`${demo.server}${app}/hours`);
  for (const end of ["from", "until"]) await maya.getByLabel(`${opens.weekday}, ${end}`).fill("00:00");
  await maya.getByRole("button", { name: `Copy the hours of ${opens.weekday}` }).click();
  await maya.getByRole("menuitem", { name: "All days" }).click();
  await state("Always open").waitFor();
  await outside(/^Say when you are back/).click();
  // Tomorrow is one as well: midnight may come.
  for (const [days, name] of [[1, "The day after"], [0, "Day of the boats"]]) {
    await maya.getByLabel("Date of the new holiday").fill(dateIn(days).date);
    await maya.getByLabel("Name of the new holiday").fill(name);
    await maya.getByLabel("Name of the new holiday").press("Enter");
  }
  const next = dateIn(2);
  await state(`Closed now, open again ${next.weekday}, 00:00`).waitFor();
  await save();
  await saved();
  const names = await maya.getByLabel(/^Name of 2/).evaluateAll((list) => list.map((e) => e.value));
  assert.deepEqual(names, ["Day of the boats", "The day after"]);
  await maya.getByText("The next seven days").scrollIntoViewIfNeeded();
  await shoot(maya, "hours-holiday");

  const visitor = await Visitor.visit(browser, demo, "/", visitors);
  await visitor.open();
  await visitor.panel.getByText(/We are back .*1:15\sPM/).waitFor();

  // Within the hours nothing is said.
  const { id } = await client.app();
  const { hours } = await client.call("GET", `/apps/${id}/hours`);
  await client.call("PUT", `/apps/${id}/hours`, { hours: { ...hours, holidays: [] } });
  await visitor.page.reload();
  await visitor.open();
  await visitor.panel.locator(".greeting").waitFor();
  assert.equal(await visitor.panel.getByText(/We are (back|not here)/).count(), 0);
  await visitor.page.context().close();
});
