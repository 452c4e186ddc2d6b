import type { Event, Message } from "../../shared/agent";
import { type Line, lineOf } from "../followup/line";

/** eventLine says what happened in the timeline. me is the agent who reads; about is the newest message it concerns. */
export function eventLine(event: Event, me: string, about?: Message): Line {
  const { data, actor } = event;
  const who = actor.kind === "agent" ? (actor.id === me ? "You" : actor.name) : "";
  switch (event.kind) {
    case "created":
      return { icon: "chat", text: "The visitor started the conversation", details: [] };
    case "assigned":
      return { icon: "assign", text: assigned(data.assignee, who, actor.name), details: [] };
    case "state_changed":
      return stateLine(data.state ?? "", who, actor.kind);
    case "profile":
      return { icon: "user", text: profile(data.name, data.email), details: [] };
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
        text: `${who || actor.name} ${tagsChanged(data.added, data.removed)}`,
        details: [],
      };
    case "field_changed":
      return {
        icon: "fields",
        text: `${who || actor.name} ${fieldChanged(data.label, data.value)}`,
        details: [],
      };
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

function assigned(assignee: string | undefined, who: string, name: string): string {
  if (!assignee) return who ? `${who} took the assignment away: nobody is assigned` : "Nobody is assigned";
  if (who === "You" && assignee === name) return "You took the conversation";
  if (who && assignee === name) return `${who} took the conversation`;
  return who ? `${who} assigned ${assignee}` : `Assigned to ${assignee}`;
}

function stateLine(state: string, who: string, kind: string): Line {
  const by = who ? ` by ${who === "You" ? "you" : who}` : "";
  if (state === "resolved") return { icon: "check", text: `Resolved${by}`, details: [] };
  if (state === "rejected") return { icon: "ban", text: `Rejected${by}`, details: [] };
  if (kind === "end-user") return { icon: "reopen", text: "Reopened by the visitor’s message", details: [] };
  return { icon: "reopen", text: `Reopened${by}`, details: [] };
}

function profile(name?: string, email?: string): string {
  const parts = [name && `name: ${name}`, email && `e-mail: ${email}`].filter(Boolean);
  return parts.length > 0 ? `The visitor gave their ${parts.join(", ")}` : "The visitor’s profile changed";
}

const suppressed: Record<string, string> = {
  mute: "The visitor muted this conversation: no more e-mails about it",
  unsubscribe: "The visitor unsubscribed: this address gets no more follow-ups from this app",
  not_me: "The owner of the address is not the visitor: no more e-mails go there, and its links are off",
};
