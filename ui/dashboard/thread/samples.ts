// Conversations for tests.

import type { Event, Message, Row, Thread } from "../../shared/agent";

export const noon = new Date(2026, 10, 18, 12, 0, 0).getTime();
export const minute = 60_000;

export function message(seq: number, change: Partial<Message> = {}): Message {
  return {
    id: `m${seq}`,
    seq,
    origin: "end-user",
    author_id: "u",
    author_name: "Ann",
    body: `text ${seq}`,
    created_at: noon + seq * minute,
    ...change,
  };
}

export const ours = (seq: number, change: Partial<Message> = {}) =>
  message(seq, { origin: "agent", author_id: "me", author_name: "Mia", ...change });

export function event(n: number, created_at: number, change: Partial<Event> = {}): Event {
  return {
    n,
    kind: "assigned",
    actor: { kind: "agent", id: "me", name: "Mia" },
    data: {},
    created_at,
    ...change,
  };
}

export function thread(
  messages: Message[],
  change: { version?: number; last?: number; userRead?: number; agentRead?: number; events?: Event[] } = {},
): Thread {
  const user = {
    id: "u",
    name: "Ann",
    email: "",
    email_source: "",
    language: "",
    timezone: "",
    presence: "active",
    presence_since: 0,
    logged_in: false,
    verified: false,
  };
  const issue: Row = {
    id: "i",
    number: 7,
    version: change.version ?? 1,
    app_id: "a",
    platform: "web",
    title: "",
    state: "new",
    user,
    preview: "",
    preview_origin: "end-user",
    unread: 0,
    created_at: noon,
    updated_at: noon,
  };
  const detail: Thread["detail"] = {
    start_url: "",
    meta: {
      browser: { name: "", version: "" },
      os: { name: "", version: "" },
      device: "",
      language: "",
      timezone: "",
      screen: "",
      page: { url: "", title: "", referrer: "" },
    },
    last_seq: change.last ?? messages[messages.length - 1]?.seq ?? 0,
    user_read_seq: change.userRead ?? 0,
    agent_read_seq: change.agentRead ?? 0,
    decision: { action: "skip", reason: "read" },
    window: 600,
    follow_ups_on: true,
    verification_on: true,
    form: [],
    outlook: { action: "skip", reason: "read" },
  };
  return { type: "thread", issue, detail, messages, events: change.events ?? [] };
}
