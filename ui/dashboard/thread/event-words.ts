import type { Event, Message } from "../../shared/agent";
import { type Line, lineOf } from "../followup/line";
import { whoOf } from "./actor";
import { botLine } from "./bot-words";
import { ruleLine } from "./rule-words";

/** eventLine says what happened in the timeline. me is the agent who reads; about is the newest message it concerns. */
export function eventLine(event: Event, me: string, about?: Message): Line {
  const { data, actor } = event;
  const who = whoOf(actor, me);
  const program = actor.kind === "api" ? who : "";
  switch (event.kind) {
    case "created":
      return {
        icon: "chat",
        text: program
          ? `${program} began the conversation for the visitor`
          : "The visitor started the conversation",
        details: [],
      };
    case "assigned":
      return { icon: "assign", text: assigned(data.assignee, who, actor), details: [] };
    case "queued":
      return { icon: "queue", text: queued(data.queue, who, actor), details: [] };
    case "state_changed":
      return stateLine(data.state ?? "", who, actor);
    case "profile":
      return { icon: "user", text: profile(program, data.name, data.email), details: [] };
    case "follow_up":
      if (data.follow_up) return lineOf(data.follow_up, { actor, at: event.created_at, me, about });
      return { icon: "mail", text: "Follow-up by e-mail", details: [] };
    case "suppressed":
      return {
        icon: "ban",
        text: suppressed[data.kind ?? ""] ?? "The visitor wants no more e-mails",
        details: data.email ? [`Address: ${data.email}`] : [],
      };
    case "links_revoked":
      return {
        icon: "unlink",
        text: `${who ? `${who} switched off the` : "The"} return links of this conversation${who ? "" : " were switched off"}`,
        details: [],
      };
    case "logged_in":
      return {
        icon: "user",
        text: "The visitor signed in on your site: the conversation goes on under their account",
        details: [],
      };
    case "resolution":
      return data.accepted
        ? { icon: "check", text: "The visitor says that it helped", details: [] }
        : { icon: "question", text: "The visitor says that it did not help", details: [] };
    case "feedback":
      return {
        icon: "star",
        text: data.rating ? `Rated ${data.rating} of 5 by the visitor` : "The visitor gave no rating",
        details: data.comment ? [data.comment] : [],
      };
    case "tags_changed":
      return {
        icon: "tag",
        text: `${doer(actor, who)} ${tagsChanged(data.added, data.removed)}`,
        details: [],
      };
    case "field_changed":
      return {
        icon: "fields",
        text: `${doer(actor, who)} ${fieldChanged(data.label, data.value)}`,
        details: [],
      };
    case "redacted":
      return {
        icon: "eyeOff",
        text: `${who || "Somebody"} redacted a message: its text and files are gone for good`,
        details: [],
      };
    case "erased":
      return {
        icon: "eyeOff",
        text: `${who || "Somebody"} erased the visitor’s data: all that was written here is gone for good`,
        details: [],
      };
    case "bot":
      return botLine(data.bot ?? { id: actor.id, name: actor.name, state: "" }, actor, who);
    case "rule":
      return ruleLine(data.rule ?? { id: actor.id, name: actor.name });
    default:
      return { icon: "info", text: event.kind.replaceAll("_", " "), details: [] };
  }
}

function tagsChanged(added: string[] = [], removed: string[] = []): string {
  const tags = (list: string[]) => `the tag${list.length > 1 ? "s" : ""} ${list.join(", ")}`;
  if (removed.length === 0) return `added ${tags(added)}`;
  if (added.length === 0) return `took off ${tags(removed)}`;
  return `added ${tags(added)} and took off ${tags(removed)}`;
}

function fieldChanged(label = "a field", value = ""): string {
  return value ? `set ${label} to ${value}` : `emptied ${label}`;
}

/** thing names what acts without being a person: a queue, a bot or an automation. */
function thing({ kind, name }: Event["actor"]): string {
  if (kind === "automation") return `the automation “${name}”`;
  if (kind === "bot") return `the bot “${name}”`;
  return name.replace(/^Queue: (.*)$/, "the queue $1");
}

const bySomething = (actor: Event["actor"]) =>
  actor.kind === "agent" || !actor.name ? "" : ` by ${thing(actor)}`;

/** doer begins a sentence with who did it. */
function doer(actor: Event["actor"], who: string): string {
  const name = who || thing(actor);
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function queued(queue: string | undefined, who: string, actor: Event["actor"]): string {
  if (who) return queue ? `${who} moved it to the queue ${queue}` : `${who} took it out of its queue`;
  if (queue) return `Moved to the queue ${queue}${bySomething(actor)}`;
  return `Taken out of its queue${bySomething(actor)}`;
}

function assigned(assignee: string | undefined, who: string, actor: Event["actor"]): string {
  const { name } = actor;
  if (!assignee) return who ? `${who} took the assignment away: nobody is assigned` : "Nobody is assigned";
  if (who === "You" && assignee === name) return "You took the conversation";
  if (who === assignee) return `${who} took the conversation`;
  return who ? `${who} assigned ${assignee}` : `Assigned to ${assignee}${bySomething(actor)}`;
}

function stateLine(state: string, who: string, actor: Event["actor"]): Line {
  const visitor = actor.kind === "end-user";
  const by = who ? ` by ${who === "You" ? "you" : who}` : visitor ? "" : bySomething(actor);
  if (state === "resolved") return { icon: "check", text: `Resolved${by}`, details: [] };
  if (state === "rejected") return { icon: "ban", text: `Rejected${by}`, details: [] };
  if (visitor) return { icon: "reopen", text: "Reopened by the visitor’s message", details: [] };
  return { icon: "reopen", text: `Reopened${by}`, details: [] };
}

function profile(program: string, name?: string, email?: string): string {
  const parts = [name && `name: ${name}`, email && `e-mail: ${email}`].filter(Boolean);
  if (program) return `${program} set the visitor’s ${parts.join(", ") || "profile"}`;
  return parts.length > 0 ? `The visitor gave their ${parts.join(", ")}` : "The visitor’s profile changed";
}

const suppressed: Record<string, string> = {
  mute: "The visitor muted this conversation: no more e-mails about it",
  unsubscribe: "The visitor unsubscribed: this address gets no more follow-ups from this app",
  not_me: "The owner of the address is not the visitor: no more e-mails go there, and its links are off",
};
