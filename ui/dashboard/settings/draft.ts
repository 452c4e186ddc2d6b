import type { App, Colors, FollowUpSettings, SetWebChat, WebChatSettings } from "../../shared/agent";

/** Draft is the page "Configure Web Chat" as it is being edited. */
export type Draft = SetWebChat;

export const draftOf = (app: App): Draft => ({
  web_chat: app.web_chat,
  allowed_origins: app.allowed_origins,
});

export const withChat = (d: Draft, change: Partial<WebChatSettings>): Draft => ({
  ...d,
  web_chat: { ...d.web_chat, ...change },
});

export const withFollowUp = (d: Draft, change: Partial<FollowUpSettings>): Draft =>
  withChat(d, { follow_up: { ...d.web_chat.follow_up, ...change } });

export const withColors = (d: Draft, change: Partial<Colors>): Draft =>
  withChat(d, { colors: { ...d.web_chat.colors, ...change } });

/** isDirty reports whether saving would change anything. */
export const isDirty = (a: Draft, b: Draft) => JSON.stringify(a) !== JSON.stringify(b);

/** toSend is the draft as the server takes it: empty lines of the origins are left out. */
export const toSend = (d: Draft): Draft => ({
  ...d,
  allowed_origins: d.allowed_origins.map((o) => o.trim()).filter(Boolean),
});

/** originProblem says what is wrong with one line of the allowed origins; "" if nothing is. */
export function originProblem(raw: string): string {
  const text = raw.trim();
  if (!text) return "";
  const hint = "Write it like https://www.example.com.";
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return `This is not an origin. ${hint}`;
  }
  if (!/^https?:\/\//i.test(text)) return `An origin begins with https:// or http://. ${hint}`;
  if (url.username || url.password) return `An origin has no user name or password. ${hint}`;
  if (url.pathname !== "/" || url.search || url.hash) return `Leave out what follows the host: ${url.origin}`;
  return "";
}

/** Problem is a refusal of the server: what is wrong and in which field. */
export interface Problem {
  field: string;
  text: string;
}

/** errorAt is what to show at a field. */
export const errorAt = (problem: Problem | null, field: string) =>
  problem?.field === field ? problem.text : "";

const limits = [
  "max_postponement",
  "online_window",
  "min_interval",
  "issue_daily_cap",
  "address_daily_cap",
  "typed_daily_cap",
];

/** isLimit reports whether a field is among the limits, which may have to be unfolded to show an error. */
export const isLimit = (field: string) => limits.includes(field);

const placed = new Set([
  ...limits,
  "title",
  "greeting",
  "color",
  "colors.header",
  "colors.launcher",
  "colors.user_bubble",
  "colors.support_bubble",
  "colors.accent",
  "allowed_origins",
  "window",
  "destination",
  "custom_url",
]);

/** isPlaced reports whether a field's error has a place on the page. */
export const isPlaced = (field: string) => placed.has(field);
