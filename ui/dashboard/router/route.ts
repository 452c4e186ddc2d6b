/** Every address of the dashboard, as data. */
export type Route =
  | { page: "sign-in" }
  | { page: "setup" }
  | { page: "welcome" }
  | { page: "new-password" }
  | { page: "profile" }
  | { page: "inbox"; issueId?: string }
  | { page: "reports" }
  | { page: "mails" }
  | { page: "apps" }
  | { page: "app"; appId: string }
  | { page: "web-chat"; appId: string }
  | { page: "identity"; appId: string }
  | { page: "in-app"; appId: string }
  | { page: "hours"; appId: string }
  | { page: "app-bots"; appId: string }
  | { page: "bots" }
  | { page: "bot"; botId: string }
  | { page: "rules" }
  | { page: "rule"; ruleId: string }
  | { page: "new-rule"; from?: string }
  | { page: "queues" }
  | { page: "tags" }
  | { page: "replies" }
  | { page: "fields" }
  | { page: "team" }
  | { page: "api-keys" }
  | { page: "webhooks" }
  | { page: "new-webhook" }
  | { page: "webhook"; webhookId: string }
  | { page: "edit-webhook"; webhookId: string }
  | { page: "audit" }
  | { page: "jobs" }
  | { page: "missing" };

/** parse reads a path such as "/inbox/is_1". Unknown paths are "missing". */
export function parse(path: string): Route {
  const [first, second, third, fourth, ...rest] = path.split("/").filter(Boolean).map(decode);
  if (rest.length > 0) return { page: "missing" };
  if (!first) return { page: "inbox" };
  if (!second && isAlone(first)) return { page: first };
  if (first === "inbox" && !third) return { page: "inbox", issueId: second };
  if (first === "reports" && !third) return ofReports(second);
  if (first !== "settings") return { page: "missing" };
  if (!second || (second === "apps" && !third)) return { page: "apps" };
  if (second === "apps" && third) return ofApp(third, fourth);
  if (second === "automations" && third) return ofRules(third, fourth);
  if (second === "webhooks" && third) return ofWebhook(third, fourth);
  if (second === "bots" && third && !fourth) return { page: "bot", botId: third };
  return third ? { page: "missing" } : ofDomain(second);
}

/** ofRules are the pages of one automation; a new one may begin with something. */
function ofRules(id: string, from: string | undefined): Route {
  if (id === "new") return { page: "new-rule", from };
  return from ? { page: "missing" } : { page: "rule", ruleId: id };
}

/** ofWebhook are the pages of one webhook. */
function ofWebhook(id: string, part: string | undefined): Route {
  if (part) return part === "edit" ? { page: "edit-webhook", webhookId: id } : { page: "missing" };
  return id === "new" ? { page: "new-webhook" } : { page: "webhook", webhookId: id };
}

function ofReports(name: string | undefined): Route {
  if (!name) return { page: "reports" };
  return name === "mails" ? { page: "mails" } : { page: "missing" };
}

/** isAlone reports whether the page has no others below it. */
function isAlone(name: string): name is "sign-in" | "setup" | "welcome" | "new-password" | "profile" {
  return ["sign-in", "setup", "welcome", "new-password", "profile"].includes(name);
}

/** ofDomain are the pages of the settings that hold for the whole domain. */
function ofDomain(name: string): Route {
  switch (name) {
    case "api-keys":
    case "bots":
    case "jobs":
    case "queues":
    case "tags":
    case "team":
    case "webhooks":
      return { page: name };
    case "automations":
      return { page: "rules" };
    case "saved-replies":
      return { page: "replies" };
    case "custom-issue-fields":
      return { page: "fields" };
    case "audit-log":
      return { page: "audit" };
  }
  return { page: "missing" };
}

function ofApp(appId: string, part: string | undefined): Route {
  if (!part) return { page: "app", appId };
  if (part === "web-chat" || part === "identity" || part === "in-app" || part === "hours")
    return { page: part, appId };
  if (part === "bots") return { page: "app-bots", appId };
  return { page: "missing" };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The addresses that links point to. */
export const paths = {
  inbox: "/inbox",
  issue: (id: string) => `/inbox/${encodeURIComponent(id)}`,
  reports: "/reports",
  mails: "/reports/mails",
  apps: "/settings/apps",
  app: (id: string) => `/settings/apps/${encodeURIComponent(id)}`,
  webChat: (id: string) => `/settings/apps/${encodeURIComponent(id)}/web-chat`,
  identity: (id: string) => `/settings/apps/${encodeURIComponent(id)}/identity`,
  hours: (id: string) => `/settings/apps/${encodeURIComponent(id)}/hours`,
  inApp: (id: string) => `/settings/apps/${encodeURIComponent(id)}/in-app`,
  appBots: (id: string) => `/settings/apps/${encodeURIComponent(id)}/bots`,
  bots: "/settings/bots",
  bot: (id: string) => `/settings/bots/${encodeURIComponent(id)}`,
  rules: "/settings/automations",
  newRule: (from?: string) => `/settings/automations/new${from ? `/${encodeURIComponent(from)}` : ""}`,
  rule: (id: string) => `/settings/automations/${encodeURIComponent(id)}`,
  queues: "/settings/queues",
  tags: "/settings/tags",
  replies: "/settings/saved-replies",
  fields: "/settings/custom-issue-fields",
  team: "/settings/team",
  apiKeys: "/settings/api-keys",
  webhooks: "/settings/webhooks",
  newWebhook: "/settings/webhooks/new",
  webhook: (id: string) => `/settings/webhooks/${encodeURIComponent(id)}`,
  editWebhook: (id: string) => `/settings/webhooks/${encodeURIComponent(id)}/edit`,
  audit: "/settings/audit-log",
  jobs: "/settings/jobs",
  profile: "/profile",
  setup: "/setup",
  signIn: "/sign-in",
};
