import type { Actor, FollowUpStep } from "../../shared/agent";
import type { IconName } from "../parts/icon";
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

/** lineOf says one step of a follow-up as the timeline shows it. me is the agent who reads; at is when it happened. */
export function lineOf(step: FollowUpStep, actor: Actor, me: string, at: number): Line {
  return { icon: icons[step.step] ?? "mail", text: textOf(step, actor, me, at), details: detailsOf(step) };
}

function textOf(step: FollowUpStep, actor: Actor, me: string, at: number): string {
  const head = states[step.step] ?? steps[step.step] ?? "Follow-up";
  const due = step.due_at ? moment(at, step.due_at, clockSeconds) : "";
  const who = actorWords(actor, me);
  switch (step.step) {
    case "waiting":
      return reasoned(due ? `${head} for ${due}` : head, step.reason === "window" ? "" : step.reason);
    case "restarted":
      return `${states.waiting}${due && ` for ${due}`}, restarted by ${messageWords(actor, me)}`;
    case "held":
    case "released":
      return `${head}${who && ` by ${who}`}${step.step === "released" && due ? `, planned for ${due}` : ""}`;
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

function reasoned(head: string, reason?: string): string {
  const words = because(reason);
  return words ? `${head}: ${words}` : head;
}

function actorWords(actor: Actor, me: string): string {
  if (actor.kind !== "agent") return "";
  return actor.id === me ? "you" : actor.name;
}

function messageWords(actor: Actor, me: string): string {
  if (actor.kind === "agent") return actor.id === me ? "your newer message" : `${actor.name}’s newer message`;
  return actor.kind === "bot" ? "the bot’s newer message" : "a newer message";
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
