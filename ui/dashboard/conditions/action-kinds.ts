import type { Action } from "../../shared/agent";
import type { IconName } from "../parts/icon";

/** ActionKind is something that automations and bots can do, in words. */
export interface ActionKind {
  /** In the list, and at the beginning of a line: "Assign to". */
  label: string;
  icon: IconName;
  /** What a new one begins with. */
  first?: Partial<Action>;
}

/** The keys are the constants of rejoin.ActionKind; a test compares them. */
export const actionKinds: Record<string, ActionKind> = {
  message: { label: "Write to the visitor", icon: "chat", first: { text: { text: "" } } },
  note: { label: "Leave a note for the team", icon: "note", first: { note: "" } },
  assign: { label: "Assign to", icon: "assign" },
  queue: { label: "Move to the queue", icon: "queue" },
  start_bot: { label: "Start the bot", icon: "bot" },
  add_tags: { label: "Add the tags", icon: "tag" },
  remove_tags: { label: "Take off the tags", icon: "tag" },
  set_field: { label: "Fill in the field", icon: "fields" },
  resolve: { label: "Resolve the conversation", icon: "check" },
  reject: { label: "Reject the conversation", icon: "ban" },
  reopen: { label: "Reopen the conversation", icon: "reopen" },
  send_follow_up: { label: "Send the follow-up e-mail now", icon: "mail" },
  hold_follow_up: { label: "Hold back the follow-up e-mail", icon: "hold" },
  webhook: { label: "Tell a program of yours", icon: "external", first: { url: "" } },
};

export const kindOf = (kind: string): ActionKind =>
  actionKinds[kind] ?? { label: kind.replaceAll("_", " "), icon: "bolt" };

export const newAction = (kind: string): Action => ({ kind, ...actionKinds[kind]?.first });

/** actionProblem says what an action still lacks; "" if nothing. */
export function actionProblem(a: Action): string {
  switch (a.kind) {
    case "message":
      return a.text?.text.trim() ? "" : "Write what the visitor is to read.";
    case "note":
      return a.note?.trim() ? "" : "Write the note.";
    case "add_tags":
    case "remove_tags":
      return a.tags?.length ? "" : "Choose one tag or more.";
    case "set_field":
      return a.field ? "" : "Choose the field.";
    case "start_bot":
      return a.bot_id ? "" : "Choose the bot.";
    case "webhook":
      return a.url?.trim() ? "" : "Give the address.";
  }
  return "";
}
