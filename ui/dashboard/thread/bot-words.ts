import type { Actor, BotNote, Input, RunningBot } from "../../shared/agent";
import type { Line } from "../followup/line";

/** isAtWork reports whether a bot goes on with the visitor. */
export const isAtWork = ({ state }: { state: string }) => ["waiting", "asking", "calling"].includes(state);

/** botLine says in the timeline how a bot's work goes on. who is the agent who did it, if it was one. */
export function botLine(note: BotNote, actor: Actor, who: string): Line {
  const bot = `the bot “${note.name}”`;
  const Bot = `The bot “${note.name}”`;
  const version = note.version ? [`Version ${note.version}`] : [];
  const text = note.text?.replace(/\.$/, "") ?? "";
  const why = text && `: ${text}`;
  switch (note.state) {
    case "waiting":
    case "asking":
    case "calling":
      // With a text it is under way, and tells of something that it could not do.
      if (text) return { icon: "alert", text: Bot + why, details: [] };
      return { icon: "bot", text: started(note, actor, who), details: version };
    case "done":
      return { icon: "bot", text: `${Bot} is done`, details: [] };
    case "handed_over":
      if (text.startsWith("To "))
        return { icon: "bot", text: `${Bot} handed over to ${text.slice(3)}`, details: [] };
      return { icon: "bot", text: `${Bot} handed over to people${why}`, details: [] };
    case "stopped":
      return { icon: "bot", text: who ? `${who} stopped ${bot}` : `${Bot} stopped${why}`, details: [] };
    case "failed":
      return {
        icon: "alert",
        text: `${Bot} could not go on and handed over to people${why}`,
        details: version,
      };
  }
  return { icon: "bot", text: Bot + why, details: [] };
}

function started(note: BotNote, actor: Actor, who: string): string {
  if (who) return `${who} started the bot “${note.name}”`;
  if (actor.kind === "automation") return `The automation “${actor.name}” started the bot “${note.name}”`;
  return `The bot “${note.name}” began`;
}

/** runningText says what a bot that is at work does right now. */
export function runningText({ name, state }: RunningBot): string {
  const bot = `The bot “${name}”`;
  if (state === "calling") return `${bot} is looking something up.`;
  if (state === "waiting") return `${bot} is about to go on.`;
  return `${bot} waits for the visitor’s answer.`;
}

const takes: Record<string, string> = {
  text: "a text",
  email: "an e-mail address",
  number: "a number",
  date: "a date",
  yes_no: "yes or no",
  choice: "a choice",
  file: "a file",
  stars: "stars",
};

/** asksFor says what a bot's question takes. */
export const asksFor = ({ type, skip }: Input) =>
  `asks for ${takes[type] ?? type}${skip ? ", may be left out" : ""}`;

const shown = 8;

/** choicesOf are the options that a question offers, and how many more there are. */
export function choicesOf({ options = [] }: Input): { texts: string[]; more: number } {
  return { texts: options.slice(0, shown).map((o) => o.text), more: Math.max(0, options.length - shown) };
}
