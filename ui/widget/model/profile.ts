// What a page with identity tokens tells of its user besides who they are. Few pages do, so this is loaded when it is wanted.

import { Backoff } from "../../shared/backoff";
import type { Outcome } from "../../shared/chat";
import { api } from "../net/api";
import { Later, Refused } from "../net/http";
import type { Chat } from "./chat";
import { isObject } from "./config";

const MOST_KEYS = 100;
const MOST_CHARACTERS = 1000;

/** faultIn names what is wrong with user data, or returns "". */
export function faultIn(data: Record<string, unknown>): string {
  const entries = Object.entries(data);
  if (entries.length > MOST_KEYS) return "MAX_KEY_VALUES_LIMIT_EXCEEDED";
  const long = (v: unknown) => typeof v === "string" && v.length > MOST_CHARACTERS;
  return entries.some(([key, v]) => long(key) || long(v)) ? "MAX_KEY_VALUES_CHAR_LIMIT_EXCEEDED" : "";
}

/** update stores what the page tells of the user. */
export function update(chat: Chat, scope: "global" | "app", data: unknown): void {
  const error = scope === "app" ? "UPDATE_APP_USER_DATA_FAILED" : "UPDATE_GLOBAL_USER_DATA_FAILED";
  const fault = isObject(data) ? faultIn(data) : "please pass an object";
  if (fault || !isObject(data)) report(chat, error, fault);
  else void tell(chat, error, (session) => api.userData(session, { scope, data }));
}

/** addIdentities adds the identities of a token. */
export function addIdentities(chat: Chat, token: string): void {
  const error = "ADD_USER_IDENTITY_FAILED";
  if (!token) report(chat, error, "JWT_IS_INVALID");
  else void tell(chat, error, (session) => api.addIdentities(session, { identity_token: token }));
}

function report(chat: Chat, error: string, reason: string, details?: unknown): void {
  chat.host.event(
    "onWebChatRuntimeError",
    details === undefined ? { error, reason } : { error, reason, details },
  );
}

/** tell asks the server for the person who is here, once that is settled, until it has answered. */
async function tell(
  chat: Chat,
  error: string,
  request: (session: string) => Promise<Outcome>,
): Promise<void> {
  if (!chat.settings.peek().identities) {
    report(chat, error, "AUTHENTICATE_WITH_FIELD_INCORRECT");
    return;
  }
  const backoff = new Backoff(1000);
  for (;;) {
    const stage = await chat.identity.rest();
    const key = chat.sessions.of("own");
    if (stage !== "known" || !key?.login) {
      report(chat, error, "Nobody is logged in.");
      return;
    }
    try {
      const { reason, details } = await request(key.token);
      if (reason) report(chat, error, reason, details);
      return;
    } catch (e) {
      if (e instanceof Refused) {
        report(chat, error, e.text || "The server refused it.");
        return;
      }
      await chat.waiter.sleep(Math.max(e instanceof Later ? e.retryAfter : 0, backoff.next()));
    }
  }
}
