import { ago } from "../time/format";

/** What we say about each presence: in a list, and with its time in a conversation. */
const table: Record<string, { short: string; left: string; dot: "on" | "near" | "" }> = {
  active: { short: "On the page now", left: "", dot: "on" },
  panel_closed: { short: "Closed the chat", left: "closed the chat", dot: "near" },
  tab_hidden: { short: "Looking at another tab", left: "switched tab", dot: "near" },
  page_closed: { short: "Closed the page", left: "closed the page", dot: "" },
  offline: { short: "Connection lost", left: "", dot: "" },
  not_collected: { short: "Presence is not collected", left: "", dot: "" },
};

export const dotOf = (presence: string) => table[presence]?.dot ?? "";

export const shortPresence = (presence: string) => table[presence]?.short ?? "Not seen yet";

/** presenceWords is the sentence about where the visitor is, for example "Left 3 min ago: switched tab". */
export function presenceWords(presence: string, since: number, now: number): string {
  if (presence === "active") return "On the page now";
  if (presence === "offline") return `Connection lost ${ago(now, since)}`;
  if (presence === "not_collected") return "Presence is not collected";
  const left = table[presence]?.left;
  return left ? `Left ${ago(now, since)}: ${left}` : "Not seen yet";
}
