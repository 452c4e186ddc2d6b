import type { Delivery, RuleOptions, Webhook } from "../../../shared/agent";
import { listed, plainText, type Word } from "../../conditions/words";
import type { IconName } from "../../parts/icon";
import { conditionsWords } from "../../rules/words";
import { clockSeconds, moment } from "../../time/format";

interface EventWords {
  title: string;
  about: string;
  icon: IconName;
  /** Begins the sentence that says what a webhook sends. */
  start: string;
}

/** What a webhook can tell of. The keys are those of the payload's event_type. */
export const events: Record<string, EventWords> = {
  create_issue: {
    title: "A conversation begins",
    about: "Sent once for each, with its first message and all that is known then.",
    icon: "chat",
    start: "When a conversation begins",
  },
  update_issue: {
    title: "A conversation changes",
    about:
      "Sent for messages, states, tags, people, fields, notes, ratings and follow-up e-mails: what changed and nothing else.",
    icon: "refresh",
    start: "When a conversation changes",
  },
};

/** sendsWords says when a webhook sends: "When a conversation changes and the tags include vip". */
export function sendsWords(w: Pick<Webhook, "event" | "all" | "any">, options: RuleOptions): Word[] {
  const { event, all = [], any = [] } = w;
  const conditions = conditionsWords({ trigger: "update", all, any, actions: [] }, options);
  const start = events[event]?.start ?? event;
  return conditions.length > 0 ? [{ text: `${start} and ` }, ...conditions] : [{ text: start }];
}

export const sendsText = (w: Pick<Webhook, "event" | "all" | "any">, options: RuleOptions) =>
  plainText(sendsWords(w, options));

export interface Health {
  tone: "" | "good" | "warn" | "bad";
  icon: IconName;
  /** In two or three words. */
  title: string;
  /** What it means, in sentences. */
  text: string;
}

type Standing = Pick<Webhook, "paused" | "failing" | "last_at" | "last_words" | "waiting">;

const kept = "What happens meanwhile waits here, for at most 30 days.";

const switchedOff: Record<string, string> = {
  gone: "Your program answered 410: it wants no more of this.",
  failing: "Nothing arrived for a day.",
};

/** healthOf says how a webhook is doing. */
export function healthOf(w: Standing, now: number): Health {
  const { paused, failing, last_at, last_words = "" } = w;
  if (paused && !paused.by) {
    const why = switchedOff[paused.reason ?? ""] ?? "";
    const since = `Since ${moment(now, paused.since)}.`;
    return { tone: "bad", icon: "alert", title: "Switched off by itself", text: sentences(why, since, kept) };
  }
  if (paused) {
    const text = sentences(`By ${paused.by}, ${moment(now, paused.since)}.`, kept);
    return { tone: "warn", icon: "hold", title: "Paused", text };
  }
  if (failing) {
    const text = sentences(
      last_words,
      "It is tried again and again, in the right order. After a day it is switched off.",
    );
    return { tone: "warn", icon: "alert", title: `Failing since ${moment(now, failing)}`, text };
  }
  if (!last_at) {
    return {
      tone: "",
      icon: "clock",
      title: "Nothing sent yet",
      text: "It sends from now on, not what was before.",
    };
  }
  const text = last_words || "It goes on. Nothing was sent since.";
  return { tone: "good", icon: "check", title: "Delivering", text };
}

const sentences = (...list: string[]) => list.filter(Boolean).join(" ");

/** waitingWords says how many deliveries are on their way; "" for none. The server counts at most 10,000. */
export function waitingWords(n: number): string {
  if (n === 0) return "";
  if (n === 1) return "1 delivery waits";
  return `${n >= 10_000 ? "10,000 or more" : n.toLocaleString("en-GB")} deliveries wait`;
}

/** The parts of an update, as the payload calls them. */
const parts: Record<string, string> = {
  messages: "message",
  state_data: "state",
  tags: "tags",
  assignee: "assignee",
  queue: "queue",
  custom_issue_fields: "fields",
  notes: "private note",
  feedback: "rating",
  follow_up: "follow-up e-mail",
};

/** whatWords is what a delivery tells of: "New conversation", "Message, state and assignee". */
export function whatWords({ event, what = [] }: Pick<Delivery, "event" | "what">): string {
  if (event === "create_issue") return "New conversation";
  const text = listed(
    what.map((key) => parts[key] ?? key.replaceAll("_", " ")),
    "and",
  );
  return text ? text.charAt(0).toUpperCase() + text.slice(1) : "Change";
}

interface StateWords {
  text: string;
  tone: "" | "accent" | "good" | "warn" | "bad";
}

/** What becomes of deliveries, in the order in which they are offered. */
export const deliveryStates: Record<string, StateWords> = {
  delivered: { text: "Delivered", tone: "good" },
  waiting: { text: "Waiting", tone: "accent" },
  failed: { text: "Given up", tone: "bad" },
  dropped: { text: "Dropped", tone: "" },
};

export const deliveryState = (state: string): StateWords =>
  deliveryStates[state] ?? { text: state, tone: "" };

/** triedWords says how often a delivery was tried, and when it is tried next. */
export function triedWords(d: Pick<Delivery, "state" | "attempts" | "next_at">, now: number): string {
  const { state, attempts, next_at = 0 } = d;
  const none = state === "waiting" ? "Not tried yet" : "Never tried";
  const tried = attempts === 0 ? none : attempts === 1 ? "Tried once" : `Tried ${attempts} times`;
  if (state !== "waiting" || next_at <= now) return tried;
  return `${tried}, next ${moment(now, next_at, clockSeconds)}`;
}

/** tookWords is how long an attempt took: "38 ms", "1.2 s". */
export const tookWords = (ms: number) => (ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`);

/** isTaken reports whether a receiver's answer means that it has got the delivery. */
export const isTaken = (status = 0) => status >= 200 && status < 300;

/** spread is a text of JSON as people read it; another text stays as it is. */
export function spread(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** hostOf is the host of an address; the address itself if it is none. */
export function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
}
