import type { Action, RuleOptions } from "../../shared/agent";
import { valueWords } from "../user/field-value";
import { kindOf } from "./action-kinds";
import { listed, plainText, type Word } from "./words";

const chosen = (text: string): Word => ({ text, chosen: true });
const LINE = 64; // characters of a text that a sentence quotes

/** quoted is the beginning of a text, up to the end of a word. Placeholders are left out: they say nothing to people. */
function quoted(text = ""): string {
  const line =
    text
      .trim()
      .split("\n")[0]
      ?.replace(/\{\{[^{}]*\}\}/g, "…") ?? "";
  if (line.length <= LINE) return line ? `“${line}”` : "…";
  const cut = line.slice(0, LINE);
  return `“${cut.slice(0, Math.max(cut.lastIndexOf(" "), LINE / 2)).replace(/[\s,.;:…]+$/, "")} …”`;
}

function nameOf(list: readonly { id: string; name: string }[], id: string | undefined, gone: string): string {
  if (!id) return "…";
  return list.find((one) => one.id === id)?.name ?? gone;
}

/** actionWords says an action in a sentence: "assign Jonas". */
export function actionWords(a: Action, o: RuleOptions): Word[] {
  switch (a.kind) {
    case "assign":
      if (!a.agent_id) return [{ text: "assign " }, chosen("nobody")];
      return [{ text: "assign " }, chosen(nameOf(o.agents, a.agent_id, "a colleague who has left"))];
    case "queue":
      if (!a.queue_id) return [{ text: "take it out of its queue" }];
      return [{ text: "move it to the queue " }, chosen(nameOf(o.queues, a.queue_id, "that is archived"))];
    case "start_bot":
      return [{ text: "start the bot " }, chosen(nameOf(o.bots, a.bot_id, "that is archived"))];
    case "add_tags":
    case "remove_tags": {
      const verb = a.kind === "add_tags" ? "add" : "take off";
      const many = (a.tags?.length ?? 0) > 1;
      return [{ text: `${verb} the tag${many ? "s" : ""} ` }, chosen(listed(a.tags ?? [], "and") || "…")];
    }
    case "set_field":
      return fieldWords(a, o);
    case "message":
      return [{ text: "write " }, chosen(quoted(a.text?.text))];
    case "note":
      return [{ text: "leave the note " }, chosen(quoted(a.note))];
    case "webhook":
      return [{ text: "tell " }, chosen(hostOf(a.url ?? ""))];
    case "resolve":
    case "reject":
    case "reopen":
      return [{ text: `${a.kind} it` }];
  }
  const { label } = kindOf(a.kind);
  return [{ text: label.charAt(0).toLowerCase() + label.slice(1) }];
}

function fieldWords(a: Action, o: RuleOptions): Word[] {
  const field = o.fields.find((f) => f.key === a.field);
  const name = field?.label ?? a.field ?? "…";
  if (!a.value) return [{ text: "empty the field " }, chosen(name)];
  const value = a.value.includes("{{") ? a.value : valueWords({ type: field?.type ?? "" }, a.value);
  return [{ text: "set " }, chosen(name), { text: " to " }, chosen(value)];
}

function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return url || "…";
  }
}

/** actionText is the same without what stands out. */
export const actionText = (a: Action, o: RuleOptions) => plainText(actionWords(a, o));
