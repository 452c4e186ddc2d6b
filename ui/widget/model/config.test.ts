import { expect, test, vi } from "vitest";
import { noSettings, readSettings } from "./config";
import { fieldsFor, merge, noFields, readFields, replace } from "./fields";

vi.stubGlobal("navigator", { language: "de-AT" });

test("a page that says nothing gets the defaults and no complaint", () => {
  for (const raw of [undefined, null, {}, { platformId: "p", domain: "d", unknown: 3, userId: null }, []])
    expect(readSettings(raw)).toEqual({ settings: noSettings, mistakes: [] });
});

test("every key is read", () => {
  const { settings, mistakes } = readSettings({
    userId: " 7 ",
    userEmail: "a@x.example",
    userName: "Ann",
    userAuthToken: "t",
    authenticateWith: "identities",
    clearAnonymousUserOnLogin: true,
    tags: ["vip"],
    cifs: { order: { type: "number", value: "12" } },
    fullPrivacy: true,
    initiateChatOnLoad: true,
    initialUserMessage: " Hello ",
    subsequentIssuesInSameSessionConfig: { initialUserMessage: "" },
    conversationPrefillText: `${"😀".repeat(1000)}x`,
    language: "browserDefault",
    widgetOptions: { fullScreen: true, showLauncher: false, position: "top-left", zIndex: 5 },
  });
  expect(mistakes).toEqual([]);
  expect(settings).toEqual({
    userId: " 7 ",
    userEmail: "a@x.example",
    userName: "Ann",
    userAuthToken: "t",
    identities: true,
    clearAnonymous: true,
    tags: ["vip"],
    fields: { order: { type: "number", value: "12" } },
    fullPrivacy: true,
    initiateOnLoad: true,
    initialMessage: "Hello",
    laterMessage: "",
    prefill: "😀".repeat(1000),
    language: "de-AT",
  });
});

test.each([
  ["userId", 7],
  ["userEmail", {}],
  ["userName", true],
  ["userAuthToken", 0],
  ["authenticateWith", "hmac"],
  ["authenticateWith", 1],
  ["clearAnonymousUserOnLogin", "yes"],
  ["tags", "vip"],
  ["tags", ["vip", 3]],
  ["fullPrivacy", 1],
  ["initiateChatOnLoad", "true"],
  ["initialUserMessage", []],
  ["subsequentIssuesInSameSessionConfig", "x"],
  ["subsequentIssuesInSameSessionConfig", { initialUserMessage: 3 }],
  ["conversationPrefillText", 3],
  ["language", {}],
  ["widgetOptions", 3],
  ["widgetOptions", { zIndex: "5" }],
  ["widgetOptions", { position: "left" }],
  ["widgetOptions", { fullScreen: 1 }],
])("a wrong %s is told and counts as absent", (key, value) => {
  const { settings, mistakes } = readSettings({ [key]: value });
  expect(mistakes.map((m) => m.error)).toEqual(["INVALID_CONFIG"]);
  expect(mistakes[0]?.reason).toContain(key);
  expect({ ...settings, tags: [] }).toEqual(noSettings);
});

test("fields are merged, replaced, and begin with the configured ones", () => {
  const text = (value: string) => ({ type: "singleline", value });
  const configured = { a: text("1"), b: text("2") };
  expect(fieldsFor(noFields, configured)).toEqual(configured);
  const merged = merge(merge(noFields, { b: text("3") }), { c: text("4") });
  expect(fieldsFor(merged, configured)).toEqual({ a: text("1"), b: text("3"), c: text("4") });
  const replaced = replace({ d: text("5") });
  expect(fieldsFor(replaced, configured)).toEqual({ d: text("5") });
  expect(fieldsFor(merge(replaced, { e: text("6") }), configured)).toEqual({ d: text("5"), e: text("6") });
  expect(fieldsFor(replace({}), configured)).toEqual({});
});

test("fields in another form are left out and told", () => {
  const { fields, mistakes } = readFields(
    { a: { type: "checkbox", value: false }, b: "x", c: { type: 3 } },
    "cifs",
  );
  expect(fields).toEqual({ a: { type: "checkbox", value: false } });
  expect(mistakes.map((m) => m.details)).toEqual([{ key: "b" }, { key: "c" }]);
  expect(readFields("x", "cifs").mistakes.length).toBe(1);
  expect(readFields(undefined, "cifs").mistakes).toEqual([]);
});
