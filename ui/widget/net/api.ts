// Every request of the panel, one line each.

import type {
  AddIdentities,
  Conversations,
  Feedback,
  Identified,
  Identify,
  MetaIn,
  NewIssue,
  Outcome,
  Platform,
  Poll,
  Polled,
  PresenceIn,
  Redeem,
  Redeemed,
  Resolution,
  Send,
  Update,
  UserData,
} from "../../shared/chat";
import { ask } from "./http";

const at = (issue: string, rest: string) => `/issues/${encodeURIComponent(issue)}/${rest}`;

/** PAGE is how many messages of history are loaded at once. */
export const PAGE = 50;

export const api = {
  platform: (id: string, language: string) =>
    ask<Platform>("GET", `/platforms/${encodeURIComponent(id)}?language=${language}`),
  issues: (token: string) => ask<Conversations>("GET", "/issues", { token }),
  newest: (token: string, issue: string) =>
    ask<Update>("GET", at(issue, `messages?limit=${PAGE}`), { token }),
  after: (token: string, issue: string, seq: number) =>
    ask<Update>("GET", at(issue, `messages?after=${seq}`), { token }),
  before: (token: string, issue: string, seq: number) =>
    ask<Update>("GET", at(issue, `messages?before=${seq}&limit=${PAGE}`), { token }),
  start: (token: string, body: NewIssue) => ask<Update>("POST", "/issues", { token, body }),
  send: (token: string, issue: string, body: Send) =>
    ask<Update>("POST", at(issue, "messages"), { token, body }),
  read: (token: string, issue: string, seq: number) =>
    ask<Update>("POST", at(issue, "read"), { token, body: { seq } }),
  returned: (token: string, issue: string, visit: string) =>
    ask<Update>("POST", at(issue, "returned"), { token, body: { visit_id: visit } }),
  typing: (token: string, issue: string) => ask<unknown>("POST", at(issue, "typing"), { token, body: {} }),
  resolution: (token: string, issue: string, body: Resolution) =>
    ask<Update>("POST", at(issue, "resolution"), { token, body }),
  feedback: (token: string, issue: string, body: Feedback) =>
    ask<Update>("POST", at(issue, "feedback"), { token, body }),
  identify: (token: string, body: Identify) => ask<Identified>("POST", "/identify", { token, body }),
  logout: (token: string) => ask<unknown>("POST", "/logout", { token, body: {} }),
  addIdentities: (token: string, body: AddIdentities) =>
    ask<Outcome>("POST", "/user/identities", { token, body }),
  userData: (token: string, body: UserData) => ask<Outcome>("POST", "/user/data", { token, body }),
  redeem: (token: string, body: Redeem) => ask<Redeemed>("POST", "/return", { token, body }),
  presence: (body: PresenceIn) => ask<unknown>("POST", "/presence", { token: body.token, body }),
  poll: (token: string, body: Poll, signal: AbortSignal) =>
    ask<Polled>("POST", "/poll", { token, body, signal }),
};

/** goodbye tells the server that the page is left, in the only way that still works then. */
export function goodbye(body: PresenceIn): void {
  navigator.sendBeacon("/chat/v1/presence", JSON.stringify(body));
}

/** metaOf is what the browser tells about itself when a conversation starts. */
export function metaOf(page: { url: string; title: string; referrer: string }): MetaIn {
  return {
    language: navigator.language,
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone ?? "",
    screen: `${screen.width}×${screen.height}`,
    ...page,
  };
}

/** secret makes a token of 32 random bytes, in base64url. */
export function secret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/** mark makes a client_id, or the name of a tab. */
export function mark(): string {
  return secret().slice(0, 22);
}
