import { expect, test } from "vitest";
import { parse, paths } from "./route";

test.each([
  ["/", { page: "inbox" }],
  ["/inbox", { page: "inbox", issueId: undefined }],
  ["/inbox/is_1", { page: "inbox", issueId: "is_1" }],
  ["/inbox/is_1/more", { page: "missing" }],
  ["/sign-in", { page: "sign-in" }],
  ["/welcome", { page: "welcome" }],
  ["/new-password", { page: "new-password" }],
  ["/profile", { page: "profile" }],
  ["/profile/more", { page: "missing" }],
  ["/settings/team", { page: "team" }],
  ["/settings", { page: "apps" }],
  ["/settings/apps/", { page: "apps" }],
  ["/settings/apps/ap_1", { page: "app", appId: "ap_1" }],
  ["/settings/apps/ap_1/web-chat", { page: "web-chat", appId: "ap_1" }],
  ["/settings/apps/ap_1/identity", { page: "identity", appId: "ap_1" }],
  ["/settings/apps/ap_1/hours", { page: "hours", appId: "ap_1" }],
  ["/settings/apps/ap_1/in-app", { page: "in-app", appId: "ap_1" }],
  ["/settings/apps/ap_1/bots", { page: "app-bots", appId: "ap_1" }],
  ["/settings/bots", { page: "bots" }],
  ["/settings/bots/bt_1", { page: "bot", botId: "bt_1" }],
  ["/settings/bots/bt_1/more", { page: "missing" }],
  ["/settings/automations", { page: "rules" }],
  ["/settings/automations/rule_1", { page: "rule", ruleId: "rule_1" }],
  ["/settings/automations/new", { page: "new-rule", from: undefined }],
  ["/settings/automations/new/closed", { page: "new-rule", from: "closed" }],
  ["/settings/automations/rule_1/more", { page: "missing" }],
  ["/settings/api-keys", { page: "api-keys" }],
  ["/settings/webhooks", { page: "webhooks" }],
  ["/settings/webhooks/new", { page: "new-webhook" }],
  ["/settings/webhooks/wh_1", { page: "webhook", webhookId: "wh_1" }],
  ["/settings/webhooks/wh_1/edit", { page: "edit-webhook", webhookId: "wh_1" }],
  ["/settings/webhooks/wh_1/more", { page: "missing" }],
  ["/settings/tags", { page: "tags" }],
  ["/settings/custom-issue-fields", { page: "fields" }],
  ["/settings/audit-log", { page: "audit" }],
  ["/settings/audit-log/1", { page: "missing" }],
  ["/settings/constructor", { page: "missing" }],
  ["/settings/apps/ap_1/elsewhere", { page: "missing" }],
  ["/settings/jobs", { page: "jobs" }],
  ["/reports", { page: "reports" }],
  ["/reports/mails", { page: "mails" }],
  ["/reports/else", { page: "missing" }],
  ["/nowhere", { page: "missing" }],
  ["/inbox/%E0%A4%A", { page: "inbox", issueId: "%E0%A4%A" }],
])("%s", (path, want) => {
  expect(parse(path)).toEqual(want);
});

test("links lead back to their pages", () => {
  expect(parse(paths.webChat("a b/c"))).toEqual({ page: "web-chat", appId: "a b/c" });
});
