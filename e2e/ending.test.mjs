// How conversations end: whether it helped, how good it was, and what comes after.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AgentClient, becomes, Demo, openBrowser, shoot, until } from "./harness.mjs";
import { HostPage, HostSite } from "./host.mjs";

let demo;
let client;
let browser;
let site;

before(async () => {
  demo = await Demo.start();
  client = await new AgentClient(demo).signIn();
  browser = await openBrowser();
  site = await HostSite.start(demo, client);
  site.page("/shop");
});

after(async () => {
  await browser?.close();
  await site?.stop();
  await demo?.stop();
});

/** A conversation that an agent has answered and closed. */
async function closed(text, state = "resolved") {
  const visitor = await HostPage.visit(browser, `${site.origin}/shop`);
  await visitor.introduce(text, "Enda", "enda@example.org");
  const issue = await client.find(text);
  await client.call("POST", `/issues/${issue.id}/assign`, { agent_id: client.me.agent.id });
  await client.reply(issue.id, "Here is the answer.");
  await visitor.message("Here is the answer.").waitFor();
  await client.call("POST", `/issues/${issue.id}/state`, { state });
  return { visitor, issue };
}

const endings = ["conversationResolved", "conversationRejected", "conversationReopened", "csatSubmit", "conversationEnd"];

test("it has helped: a rating, the end, and a new conversation", async () => {
  const { visitor, issue } = await closed("Which knot holds?");
  const { panel, page } = visitor;
  await visitor.heading("Did we solve your question?").waitFor();
  await shoot(page, "ending-question");
  await panel.getByRole("button", { name: "Yes, thank you" }).click();
  await visitor.heading("How was our help?").waitFor();
  await visitor.message("Accepted the solution").waitFor();
  await becomes(() => visitor.order(...endings), ["conversationResolved"]);
  await panel.getByRole("radio", { name: "4 of 5 stars: Good" }).check({ force: true });
  await panel.getByRole("textbox", { name: /Anything you want to add/ }).fill("A bowline, of course.");
  await shoot(page, "ending-rating");
  await panel.getByRole("button", { name: "Send rating" }).click();
  await panel.getByText("Thank you for your rating.").waitFor();
  await visitor.heard("conversationEnd");
  await visitor.heard("csatSubmit");
  assert.deepEqual((await visitor.order(...endings)).toSorted(), ["conversationEnd", "conversationResolved", "csatSubmit"]);
  assert.equal((await visitor.order(...endings))[0], "conversationResolved");
  assert.deepEqual(await visitor.told("csatSubmit"), [{ rating: 4, additionalFeedback: "A bowline, of course." }]);
  const t = await client.when(issue.id, "rated", (t) => t.issue.rating === 4 && t.issue.closing === "ended");
  assert.deepEqual([t.issue.state, t.issue.closing, t.issue.rating, t.detail.comment], ["resolved", "ended", 4, "A bowline, of course."]);
  assert.deepEqual([t.messages.at(-1).origin, t.messages.at(-1).kind], ["end-user", "accepted"]);

  await page.reload();
  await visitor.launcher.click();
  await panel.getByRole("img", { name: "4 of 5 stars: Good" }).waitFor();
  await shoot(page, "ending-ended");
  await panel.getByRole("button", { name: "New conversation" }).click();
  await visitor.say("And which knot comes loose?");
  assert.notEqual((await client.find("And which knot comes loose?")).id, issue.id);
  await visitor.leave();
});

test("it has not helped: the next message opens it again", async () => {
  const { visitor, issue } = await closed("Where is the anchor?");
  await visitor.panel.getByRole("button", { name: "No, not yet" }).click();
  await visitor.panel.getByText(/Tell us what is missing/).waitFor();
  await client.when(issue.id, "declined", (t) => t.issue.closing === "declined");
  await visitor.say("Not in the box.");
  await visitor.heard("conversationReopened");
  assert.deepEqual(await visitor.order(...endings), ["conversationResolved", "conversationReopened"]);
  const t = await client.when(issue.id, "open again", (t) => t.issue.state === "waiting-for-agent");
  assert.equal(t.issue.assignee_id, client.me.agent.id);
  await client.call("POST", `/issues/${issue.id}/state`, { state: "resolved" });
  await visitor.heading("Did we solve your question?").waitFor();
  await visitor.leave();
});

test("a rejected conversation is over at once, and a rating can be left out", async () => {
  const { visitor } = await closed("Buy cheap watches!", "rejected");
  await visitor.panel.getByText("This conversation is closed.").waitFor();
  await visitor.heard("conversationEnd");
  assert.deepEqual(await visitor.order(...endings), ["conversationRejected", "conversationEnd"]);
  assert.equal(await visitor.composer.count(), 0);
  await visitor.leave();

  const other = (await closed("How deep is the harbour?")).visitor;
  await other.panel.getByRole("button", { name: "Yes, thank you" }).click();
  await other.panel.getByRole("button", { name: "Not now" }).click();
  await other.panel.getByText("This conversation has ended.").waitFor();
  await other.heard("conversationEnd");
  assert.deepEqual(await other.told("csatSubmit"), []);
  await other.leave();
});

test("without the question and the rating, a resolved conversation ends with what the agent says", async () => {
  const app = await client.app();
  const set = (web_chat) => client.call("PUT", `/apps/${app.id}/web-chat`, { web_chat, allowed_origins: app.allowed_origins });
  await set({ ...app.web_chat, resolution_question: false, csat: false });
  try {
    const { visitor } = await closed("When do you open?");
    await visitor.panel.getByRole("button", { name: "New conversation" }).waitFor();
    assert.equal(await visitor.heading("Did we solve your question?").count(), 0);
    await visitor.heard("conversationEnd");
    assert.deepEqual(await visitor.order(...endings), ["conversationResolved", "conversationEnd"]);
    await visitor.leave();
  } finally {
    await set(app.web_chat);
  }
});

test("all of it by keyboard alone", async () => {
  const { visitor, issue } = await closed("Can I do this without a mouse?");
  const { page, panel } = visitor;
  const yes = panel.getByRole("button", { name: "Yes, thank you" });
  await yes.waitFor();
  const focused = (element) => element.evaluate((e) => e === document.activeElement);
  const tabTo = (element) =>
    until("the focus arrives", async () => {
      if (await focused(element)) return true;
      await page.keyboard.press("Tab");
      return focused(element);
    });
  await tabTo(yes);
  await page.keyboard.press("Enter");
  const stars = panel.getByRole("radio");
  await stars.first().waitFor({ state: "attached" });
  await tabTo(stars.first());
  await page.keyboard.press("Space");
  for (let i = 0; i < 4; i++) await page.keyboard.press("ArrowRight");
  await becomes(() => panel.getByRole("radio", { name: "5 of 5 stars: Very good" }).isChecked(), true);
  await tabTo(panel.getByRole("textbox", { name: /Anything you want to add/ }));
  await page.keyboard.type("Yes.");
  await tabTo(panel.getByRole("button", { name: "Send rating" }));
  await page.keyboard.press("Enter");
  await panel.getByText("Thank you for your rating.").waitFor();
  await tabTo(panel.getByRole("button", { name: "New conversation" }));
  await page.keyboard.press("Enter");
  await until("the field has the focus", () => focused(visitor.composer));
  await page.keyboard.type("Hello again.");
  await page.keyboard.press("Enter");
  assert.notEqual((await client.find("Hello again.")).id, issue.id);
  await client.when(issue.id, "rated", (t) => t.issue.rating === 5);
  await page.keyboard.press("Escape");
  await page.locator("iframe").waitFor({ state: "hidden" });
  await visitor.leave();
});
