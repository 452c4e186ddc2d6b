import type { Actor, FollowUpStep, Message } from "../../shared/agent";
import type { IconName } from "../parts/icon";
import { whoOf } from "../thread/actor";
import { clockSeconds, moment } from "../time/format";
import { because, states, steps } from "./words";

export interface Line {
  icon: IconName;
  text: string;
  /** Shown when the line is opened. */
  details: string[];
}

const icons: Record<string, IconName> = {
  waiting: "clock",
  restarted: "refresh",
  held: "hold",
  released: "play",
  sending: "mail",
  handing_over: "mail",
  sent: "mail",
  unknown: "alert",
  failed: "alert",
  cancelled: "x",
  skipped: "ban",
  opened: "opened",
  returned: "returned",
  replied: "reply",
};

/** Telling is who did a step and when, who reads about it, and the newest message it is about, as far as known. */
export interface Telling {
  actor: Actor;
  at: number;
  me: string;
  about?: Message;
}

/** lineOf says one step of a follow-up as the timeline shows it. */
export function lineOf(step: FollowUpStep, telling: Telling): Line {
  return {
    icon: step.reason === "read" ? "check" : (icons[step.step] ?? "mail"),
    text: textOf(step, telling),
    details: detailsOf(step),
  };
}

function textOf(step: FollowUpStep, { actor, at, me, about }: Telling): string {
  const head = states[step.step] ?? steps[step.step] ?? "Follow-up";
  const due = step.due_at ? moment(at, step.due_at, clockSeconds) : "";
  const who = actorWords(actor, me);
  switch (step.step) {
    case "waiting":
      if (step.reason === "send_now")
        return who ? `${sentenceCase(who)} asked to send the e-mail now` : `${head} for now`;
      return reasoned(due ? `${head} for ${due}` : head, step.reason === "window" ? "" : step.reason);
    case "restarted":
      return `${states.waiting}${due && ` for ${due}`}, ${restartWords(step, about, me)}`;
    case "held":
    case "released":
      return `${head}${who && ` by ${who}`}${step.step === "released" && due ? `, planned for ${due}` : ""}`;
    case "cancelled":
      return step.reason === "read" ? "Read in time, no e-mail needed" : reasoned(head, step.reason);
    case "sending":
      return reasoned(step.address ? `${head} to ${step.address}` : head, step.reason);
    case "sent":
      return step.address ? `${head} to ${step.address}` : head;
    case "opened":
    case "returned":
    case "replied":
    case "handing_over":
      return head;
    default:
      return reasoned(head, step.reason);
  }
}

const sentenceCase = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function reasoned(head: string, reason?: string): string {
  const words = because(reason);
  return words ? `${head}: ${words}` : head;
}

function actorWords(actor: Actor, me: string): string {
  if (actor.kind === "automation") return `the automation “${actor.name}”`;
  const who = whoOf(actor, me);
  return who === "You" ? "you" : who;
}

const programs: Record<string, string> = { bot: "the bot’s", automation: "an automation’s" };

function restartWords({ cause, postponed = 0 }: FollowUpStep, about: Message | undefined, me: string) {
  const whose = programs[cause ?? ""];
  if (!whose) return `restarted by ${messageWords(about, me)}`;
  return `put off by ${whose} newer message${postponed > 1 ? ` (${ordinal(postponed)} time)` : ""}`;
}

/** ordinal is 1st, 2nd, 3rd, 4th… */
function ordinal(n: number): string {
  const teen = n % 100 > 10 && n % 100 < 14;
  return `${n}${(!teen && ["", "st", "nd", "rd"][n % 10]) || "th"}`;
}

function messageWords(about: Message | undefined, me: string): string {
  if (about?.origin === "agent")
    return about.author_id === me ? "your newer message" : `${about.author_name}’s newer message`;
  return about?.origin === "bot" ? "the bot’s newer message" : "a newer message";
}

function detailsOf(step: FollowUpStep): string[] {
  const range =
    step.from_seq === step.to_seq
      ? `Message ${step.from_seq}`
      : `Messages ${step.from_seq} to ${step.to_seq}`;
  const details = step.to_seq > 0 ? [range] : [];
  if (step.address) details.push(`Address: ${step.address}`);
  if (step.response) details.push(`The mail server said: ${step.response}`);
  return details;
}
