// What the host page's configuration says, as it should be: it is written by people and may hold anything.

import { languageOf } from "../../sdk/config";
import type { Field } from "../../shared/chat";
import { readFields } from "./fields";
import type { Mistake } from "./mistakes";

/** Settings is a page's configuration with every wrong or missing value in place of its default. */
export interface Settings {
  userId: string;
  userEmail: string;
  userName: string;
  userAuthToken: string;
  /** The host signs its users with identity tokens (JWT). */
  identities: boolean;
  clearAnonymous: boolean;
  tags: readonly string[];
  /** Custom issue fields that a new conversation begins with. */
  fields: Readonly<Record<string, Field>>;
  fullPrivacy: boolean;
  initiateOnLoad: boolean;
  /** Sent on the person's behalf; "" for nothing. Later: for the later conversations of one page session; undefined if it is the same. */
  initialMessage: string;
  laterMessage: string | undefined;
  /** What a new conversation's field begins with. */
  prefill: string;
  /** A BCP 47 tag. */
  language: string;
}

export const noSettings: Settings = {
  userId: "",
  userEmail: "",
  userName: "",
  userAuthToken: "",
  identities: false,
  clearAnonymous: false,
  tags: [],
  fields: {},
  fullPrivacy: false,
  initiateOnLoad: false,
  initialMessage: "",
  laterMessage: undefined,
  prefill: "",
  language: "en",
};

const PREFILL = 1000; // characters that are kept

const texts = [
  "userId",
  "userEmail",
  "userName",
  "userAuthToken",
  "authenticateWith",
  "language",
  "initialUserMessage",
  "conversationPrefillText",
];
const switches = ["clearAnonymousUserOnLogin", "fullPrivacy", "initiateChatOnLoad"];

/** readSettings reads what the page has sent. Null counts as absent, too; other wrong types are told. */
export function readSettings(raw: unknown): { settings: Settings; mistakes: Mistake[] } {
  const mistakes: Mistake[] = [];
  const wrong = (key: string, what: string) => {
    mistakes.push({ error: "INVALID_CONFIG", reason: `${key} must be ${what}.`, details: { key } });
  };
  const c = objectIn(raw);
  check(c, texts, "string", "a string", wrong);
  check(c, switches, "boolean", "true or false", wrong);
  checkWidget(c.widgetOptions, wrong);
  if (typeof c.authenticateWith === "string" && c.authenticateWith !== "identities")
    wrong("authenticateWith", '"identities", or left out');
  const { fields, mistakes: others } = readFields(c.cifs, "cifs");
  const text = (key: string) => (typeof c[key] === "string" ? (c[key] as string) : "");
  return {
    settings: {
      userId: text("userId"),
      userEmail: text("userEmail"),
      userName: text("userName"),
      userAuthToken: text("userAuthToken"),
      identities: c.authenticateWith === "identities",
      clearAnonymous: c.clearAnonymousUserOnLogin === true,
      tags: tagsIn(c.tags, wrong),
      fields,
      fullPrivacy: c.fullPrivacy === true,
      initiateOnLoad: c.initiateChatOnLoad === true,
      initialMessage: text("initialUserMessage").trim(),
      laterMessage: laterIn(c.subsequentIssuesInSameSessionConfig, wrong),
      prefill: [...text("conversationPrefillText")].slice(0, PREFILL).join(""),
      language: languageOf(c.language),
    },
    mistakes: [...mistakes, ...others],
  };
}

type Wrong = (key: string, what: string) => void;

/** objectIn returns the value if it is an object, else an empty one. */
function objectIn(raw: unknown): Record<string, unknown> {
  return isObject(raw) ? raw : {};
}

export function isObject(raw: unknown): raw is Record<string, unknown> {
  return typeof raw === "object" && raw !== null && !Array.isArray(raw);
}

function check(c: Record<string, unknown>, keys: string[], type: string, what: string, wrong: Wrong): void {
  for (const key of keys) if ((c[key] ?? null) !== null && typeof c[key] !== type) wrong(key, what);
}

function checkWidget(raw: unknown, wrong: Wrong): void {
  if ((raw ?? null) !== null && !isObject(raw)) wrong("widgetOptions", "an object");
  const o = objectIn(raw);
  const told: Wrong = (key, what) => wrong(`widgetOptions.${key}`, what);
  check(o, ["fullScreen", "showLauncher"], "boolean", "true or false", told);
  check(o, ["zIndex"], "number", "a number", told);
  if ((o.position ?? null) !== null && !/^(top|bottom)-(left|right)$/.test(String(o.position)))
    told("position", "bottom-right, bottom-left, top-right or top-left");
}

function tagsIn(raw: unknown, wrong: Wrong): string[] {
  if ((raw ?? null) === null) return [];
  if (!Array.isArray(raw) || raw.some((t) => typeof t !== "string")) wrong("tags", "a list of strings");
  return Array.isArray(raw) ? raw.filter((t) => typeof t === "string") : [];
}

function laterIn(raw: unknown, wrong: Wrong): string | undefined {
  const message = objectIn(raw).initialUserMessage ?? null;
  if (typeof message === "string") return message.trim();
  if ((raw ?? null) !== null && (!isObject(raw) || message !== null))
    wrong("subsequentIssuesInSameSessionConfig", "an object with a string in initialUserMessage");
  return undefined;
}
