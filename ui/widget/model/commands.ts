// The commands of the page that the panel carries out. A page's mistake is told by onWebChatRuntimeError and does no harm.

import type { Call } from "../../shared/bridge";
import type { Chat } from "./chat";
import { isObject } from "./config";
import { merge, readFields, replace } from "./fields";

/** carryOut does what the page has called. */
export function carryOut(chat: Chat, { name, args }: Call): void {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command) command(chat, args[0]);
  else report(chat, "unknown command", name);
}

const commands: Record<string, (chat: Chat, value: unknown) => void> = {
  arrive(chat, token) {
    if (typeof token === "string") chat.arrive(token);
  },
  login,
  logout: (chat) => chat.identity.logout(),
  addUserIdentities: (chat, value) =>
    void chat.profile.want().then((p) => p.addIdentities(chat, tokenIn(value))),
  updateGlobalUserData: (chat, data) => void chat.profile.want().then((p) => p.update(chat, "global", data)),
  updateAppUserData: (chat, data) => void chat.profile.want().then((p) => p.update(chat, "app", data)),
  setCustomIssueFields(chat, map) {
    const { fields, mistakes } = readFields(map, "setCustomIssueFields");
    chat.mistakes.tell(mistakes);
    chat.fieldSetting = merge(chat.fieldSetting, fields);
  },
  replaceCustomIssueFields(chat, map) {
    const { fields, mistakes } = readFields(map, "replaceCustomIssueFields");
    chat.mistakes.tell(mistakes);
    chat.fieldSetting = replace(fields);
  },
  setInitialUserMessage(chat, text) {
    if (typeof text === "string") chat.starter.say(text.trim());
    else report(chat, "INVALID_COMMAND", "setInitialUserMessage takes a string.");
  },
};

function report(chat: Chat, error: string, reason: string, details?: unknown): void {
  chat.host.event(
    "onWebChatRuntimeError",
    details === undefined ? { error, reason } : { error, reason, details },
  );
}

function login(chat: Chat, value: unknown): void {
  const token = tokenIn(value);
  const privacy = isObject(value) && value.full_privacy_enabled === true;
  if (!chat.settings.peek().identities) report(chat, "LOGIN_FAILED", "AUTHENTICATE_WITH_FIELD_INCORRECT");
  else if (!token) report(chat, "LOGIN_FAILED", "JWT_IS_INVALID");
  else {
    if (privacy) chat.settings.value = { ...chat.settings.peek(), fullPrivacy: true };
    chat.identity.login(token, privacy);
  }
}

/** tokenIn takes a token by itself, or in an object. */
function tokenIn(value: unknown): string {
  const token = isObject(value) ? value.identity_token : value;
  return typeof token === "string" ? token : "";
}
