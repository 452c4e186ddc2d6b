// Pages that log people in by login tokens: when the chat asks for one, what it does with it, and what it says of a bad one.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AgentClient, Demo, openBrowser, shoot, until } from "./harness.mjs";
import { HostPage, HostSite, identitiesOf, jwt, requireSignatures } from "./host.mjs";

let demo;
let client;
let browser;
let site;

const ada = { userId: "ada-1", userEmail: "ada.l@example.org" };
const config = { authenticateWith: "identities", ...ada };

before(async () => {
  demo = await Demo.start();
  client = await new AgentClient(demo).signIn();
  browser = await openBrowser();
  site = await HostSite.start(demo, client);
  await requireSignatures(client, true);
});

after(async () => {
  await browser?.close();
  await site?.stop();
  await demo?.stop();
});

/** A page that answers onLoginRequest with the token. */
const answering = (path, token, more = {}) =>
  site.page(path, {
    config: { ...config, ...more },
    after: `Rejoin("addEventListener", "onLoginRequest", () => Rejoin("login", { identity_token: ${JSON.stringify(token)} }));`,
  });

const expired = "Your sign-in has expired";

test("the page is asked for a token, and who it names is logged in", async () => {
  const visitor = await HostPage.visit(browser, answering("/good", jwt(site.secret, identitiesOf(ada))));
  await visitor.heard("onLoginRequest");
  assert.deepEqual(await visitor.told("onLoginRequest"), [ada]);
  await visitor.open();
  await visitor.say("Do you ship tokens?");
  const issue = await client.find("Do you ship tokens?");
  assert.deepEqual([issue.user.external_id, issue.user.email, issue.user.verified], [ada.userId, ada.userEmail, true]);
  assert.deepEqual(await visitor.told("onWebChatRuntimeError"), []);
  assert.equal(await visitor.heading(expired).count(), 0);

  // Another browser, the same person.
  const other = await HostPage.visit(browser, answering("/again", jwt(site.secret, identitiesOf(ada))));
  await other.open();
  await other.message("Do you ship tokens?").waitFor();
  await other.leave();

  await visitor.call("logout");
  await until("nothing is left", async () => Object.keys(await visitor.stored()).length === 0);
  await visitor.composer.waitFor();
  assert.equal(await visitor.message("Do you ship tokens?").count(), 0);
  await visitor.leave();
});

test("a page that gives no token within five seconds: the sign-in has expired, until it does", async () => {
  const visitor = await HostPage.visit(browser, site.page("/late", { config }));
  await visitor.heard("onLoginRequest");
  await visitor.call("open");
  await visitor.heading(expired).waitFor();
  assert.equal(await visitor.composer.count(), 0);
  await visitor.panel.getByRole("link", { name: "Reload the page" }).waitFor();
  await shoot(visitor.page, "jwt-expired");
  await visitor.call("login", { identity_token: jwt(site.secret, identitiesOf(ada)) });
  await visitor.composer.waitFor();
  await visitor.leave();
});

test("without an id the page’s people are anonymous and are asked for nothing", async () => {
  const visitor = await HostPage.visit(browser, site.page("/anonymous", { config: { authenticateWith: "identities" } }));
  await visitor.open();
  await visitor.say("No token needed?");
  assert.equal((await client.find("No token needed?")).user.logged_in, false);
  assert.deepEqual(await visitor.told("onLoginRequest"), []);
  await visitor.leave();
});

test("what is wrong with a token is told by its published name", async (t) => {
  const uid = (value) => [{ identifier: "uid", value }];
  const good = identitiesOf(ada);
  const cases = [
    ["another secret", jwt("0".repeat(64), good), "IDENTITIES_INVALID_TOKEN"],
    ["no signature", jwt(site.secret, good, { header: { alg: "none" } }).replace(/[^.]+$/, ""), "IDENTITIES_INVALID_TOKEN"],
    ["older than a day", jwt(site.secret, good, { iat: Math.floor(Date.now() / 1000) - 25 * 3600 }), "IDENTITIES_INVALID_TOKEN"],
    ["no token at all", "not a token", "JWT_IS_INVALID"],
    ["no identities", jwt(site.secret, undefined), "IDENTITIES_KEY_ABSENT"],
    ["nobody named", jwt(site.secret, [{ identifier: "discord_id", value: "ada#1" }]), "USERID_AND_EMAIL_MISSING"],
    ["another user id", jwt(site.secret, uid("grace-2")), "CONFIG_JWT_USER_ID_MISMATCH"],
    ["another address", jwt(site.secret, [...uid(ada.userId), { identifier: "email", value: "grace@example.org" }]), "CONFIG_JWT_EMAIL_MISMATCH"],
    ["an unknown kind of identity", jwt(site.secret, [...good, { identifier: "shoe_size", value: "43" }]), "IDENTITIES_INVALID_PAYLOAD"],
    ["no time", jwt(site.secret, good, { iat: undefined }), "IDENTITIES_INVALID_PAYLOAD"],
  ];
  const visitor = await HostPage.visit(browser, site.page("/wrong", { config }));
  await visitor.heard("onLoginRequest");
  await visitor.call("open");
  for (const [what, token, reason] of cases) {
    await t.test(what, async () => {
      const before = (await visitor.told("onWebChatRuntimeError")).length;
      await visitor.call("login", { identity_token: token });
      const error = await until(`an error about ${what}`, async () => (await visitor.told("onWebChatRuntimeError"))[before]);
      assert.deepEqual([error.error, error.reason], ["LOGIN_FAILED", reason]);
      if (what === "no time") assert.deepEqual(error.details.missingFields, ["iat"]);
    });
  }
  await visitor.heading(expired).waitFor();
  assert.equal(await visitor.composer.count(), 0);
  assert.deepEqual(await visitor.told("userAuthFailure"), []);
  await visitor.leave();

  await t.test("a page that does not use login tokens", async () => {
    const plain = await HostPage.visit(browser, site.page("/plain", {}));
    await plain.call("login", { identity_token: jwt(site.secret, good) });
    const { error, reason } = await plain.heard("onWebChatRuntimeError");
    assert.deepEqual([error, reason], ["LOGIN_FAILED", "AUTHENTICATE_WITH_FIELD_INCORRECT"]);
    await plain.open(); // and nobody is logged in
    await plain.leave();
  });
});

test("what the page says of its user, agents see", async () => {
  const user = { userId: "ada-data", userEmail: "ada.data@example.org" };
  const token = jwt(site.secret, identitiesOf(user));
  const visitor = await HostPage.visit(browser, answering("/data", token, user));
  await visitor.open();
  await visitor.say("Look me up.");
  const issue = await client.find("Look me up.");

  const more = [...identitiesOf(user), { identifier: "discord_id", value: "ada#1815" }, { identifier: "phone_number", value: "+4930123456" }];
  await visitor.call("addUserIdentities", jwt(site.secret, more));
  const { detail } = await client.when(issue.id, "the identities", (t) => t.detail.identities?.length >= 2);
  for (const { identifier, value } of more.slice(2)) {
    assert.ok(detail.identities.some((i) => i.identifier === identifier && i.value === value), `${identifier} is missing`);
  }
  await visitor.call("updateGlobalUserData", { first_name: "Ada", user_vip_segment: "gold" });
  await visitor.call("updateAppUserData", { app_version: "4.2", user_level: "12" });
  const told = await client.when(issue.id, "the data", (t) => t.detail.attributes?.global && t.detail.attributes?.app);
  assert.equal(told.detail.attributes.global.first_name, "Ada");
  assert.equal(told.detail.attributes.global.user_vip_segment, "gold");
  assert.equal(told.detail.attributes.app.user_level, "12");

  assert.deepEqual(await visitor.told("onWebChatRuntimeError"), []);
  const many = Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`key_${i}`, "x"]));
  await visitor.call("updateGlobalUserData", many);
  await visitor.heard("onWebChatRuntimeError", (e) => e.error === "UPDATE_GLOBAL_USER_DATA_FAILED" && e.reason === "MAX_KEY_VALUES_LIMIT_EXCEEDED");
  await visitor.call("updateAppUserData", { city: "x".repeat(1001) });
  await visitor.heard("onWebChatRuntimeError", (e) => e.error === "UPDATE_APP_USER_DATA_FAILED" && e.reason === "MAX_KEY_VALUES_CHAR_LIMIT_EXCEEDED");
  await visitor.call("addUserIdentities", jwt("0".repeat(64), more));
  await visitor.heard("onWebChatRuntimeError", (e) => e.error === "ADD_USER_IDENTITY_FAILED" && e.reason === "IDENTITIES_INVALID_TOKEN");
  await visitor.leave();
});
