import type { RuleOptions, Step } from "../../shared/agent";
import { actionText } from "../conditions/action-words";
import type { Answer } from "../conditions/answers";
import { conditionText } from "../conditions/words";
import type { IconName } from "../parts/icon";
import { END, type Kind } from "./draft";

interface KindWords {
  name: string;
  icon: IconName;
  /** What it does, for whoever chooses one. */
  about: string;
}

/** What we call each kind of step. The keys are the constants of rejoin.StepKind; a test compares them. */
export const kinds: Record<Kind, KindWords> = {
  message: { name: "Message", icon: "chat", about: "Says something and goes on." },
  question: { name: "Question", icon: "question", about: "Asks and waits for the answer." },
  branch: { name: "Branch", icon: "branch", about: "Goes one way or another." },
  action: { name: "Action", icon: "bolt", about: "Tags, assigns, resolves, fills in a field…" },
  request: { name: "Request", icon: "code", about: "Asks a program of yours over HTTPS." },
  hand_over: { name: "Hand over", icon: "team", about: "To people or to another bot." },
  rating: { name: "Rating", icon: "star", about: "Asks for one to five stars and keeps them." },
};

/** The kinds of steps that each kind of bot may have. */
export const kindsOf: Record<string, Kind[]> = {
  custom: ["message", "question", "branch", "action", "request", "hand_over"],
  feedback: ["rating", "message", "question", "branch", "action"],
};

/** What each kind of bot may do. */
export const actionsOf: Record<string, string[]> = {
  custom: ["add_tags", "remove_tags", "set_field", "assign", "queue", "note", "resolve", "reject"],
  feedback: ["add_tags", "remove_tags", "set_field"],
};

/** What we call each kind of bot. */
export const botKinds: Record<string, { name: string; about: string }> = {
  custom: {
    name: "Conversation bot",
    about: "Talks while a conversation is open. Automations, other bots and your team start it.",
  },
  feedback: {
    name: "Feedback bot",
    about: "Asks how it went once a conversation is resolved, instead of the stars.",
  },
};

/** What a question takes. The keys are the constants of rejoin.InputType; a test compares them. */
export const inputs: Record<string, { name: string; about: string }> = {
  text: { name: "Text", about: "Whatever they write" },
  choice: { name: "Choice", about: "One of several buttons" },
  yes_no: { name: "Yes or no", about: "Two buttons" },
  email: { name: "E-mail address", about: "Checked for its form" },
  number: { name: "Number", about: "Whole or with decimals" },
  date: { name: "Date", about: "From a calendar" },
  file: { name: "File", about: "One or more, such as a photo" },
  stars: { name: "Stars", about: "One to five" },
};

const length = 64;

/** short is the beginning of a text, on one line. */
export function short(text: string, most = length): string {
  const line = text.replace(/\s+/g, " ").trim();
  const letters = Array.from(line);
  return letters.length > most
    ? `${letters
        .slice(0, most - 1)
        .join("")
        .trimEnd()}…`
    : line;
}

/** spoken is a text as people say it: a placeholder is what stands there without a value. */
export const spoken = (text: string) =>
  text.replace(/\{\{[^{}|]*(?:\|([^{}]*))?\}\}/g, (_, fallback?: string) => fallback?.trim() || "…");

/** askedIn is the question in a text that may say more: "What is it about?" */
export function askedIn(text: string): string {
  const line = spoken(text).replace(/\s+/g, " ").trim();
  return (
    line
      .match(/[^.!?…]+\?/g)
      ?.at(-1)
      ?.trim() ?? line
  );
}

/** titleOf is what a step is called where others name it. A branch tells an answer by its question, if it is among the answers. */
export function titleOf(step: Step, options: RuleOptions, answers: readonly Answer[] = []): string {
  const name = kinds[step.kind as Kind]?.name ?? step.kind;
  const said = short(spoken(step.text?.text ?? ""));
  if (said) return said;
  if (step.kind === "request") return hostOf(step.request?.url ?? "") || name;
  if (step.kind === "action" && step.action) return capital(short(actionText(step.action, options)));
  const first = step.ways?.[0]?.all[0];
  if (step.kind === "branch" && first) return `If ${short(conditionText(first, options, answers), 48)}`;
  if (step.kind === "hand_over") return takesOver(step, options);
  return name;
}

/** takesOver says who goes on after a hand-over. */
export function takesOver(step: Step, { bots, queues }: RuleOptions): string {
  const bot = bots.find((b) => b.id === step.bot_id);
  if (step.bot_id) return bot ? `The bot “${bot.name}” takes over` : "A bot that is gone takes over";
  const queue = queues.find((q) => q.id === step.queue_id);
  if (step.queue_id)
    return queue
      ? `People of the queue “${queue.name}” take over`
      : "People of a queue that is gone take over";
  return "People take over";
}

export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** hostOf is the host of an address that may hold placeholders behind it, or "". */
export const hostOf = (url: string) => /^https?:\/\/([^/?#\s]+)/i.exec(url)?.[1] ?? "";

/** placeOf names a target: "3 · Which order?", or the end. */
export function placeOf(
  to: string,
  steps: readonly Step[],
  kind: string,
  options: RuleOptions,
  answers: readonly Answer[] = [],
): string {
  if (to === END) return endOf(kind);
  const at = steps.findIndex((s) => s.id === to);
  const step = steps[at];
  return step ? `${at + 1} · ${short(titleOf(step, options, answers), 40)}` : "A step that is gone";
}

/** endOf is what the end of a script means. */
export const endOf = (kind: string) => (kind === "feedback" ? "The end" : "The end: people take over");

/** called joins names as people do: "a, b and c". */
export function called(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${last}` : last;
}
