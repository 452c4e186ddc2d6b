import type { Issue } from "../../shared/chat";
import type { Ending } from "../model/ending";

/**
 * Mode is what stands under a conversation. Resolved: it may be written in, and that opens it again. Asked: a bot asks for feedback, and only
 * its questions can be answered.
 */
export type Mode = "open" | "question" | "declined" | "feedback" | "asked" | "ended" | "resolved";

/** modeOf tells what an issue's end asks for now. */
export function modeOf(issue: Issue | undefined, ending: Ending): Mode {
  if (!issue) return "open";
  const closing = ending.closing(issue);
  if (closing === "feedback" && issue.asking) return "asked";
  if (closing) return closing as Mode;
  if (issue.state === "rejected") return "ended";
  return issue.state === "resolved" ? "resolved" : "open";
}

/** askable reports whether a bot's question can be answered. */
export const askable = (mode: Mode) => mode === "asked" || writable(mode);

/** writable reports whether the composer is there. */
export const writable = (mode: Mode) => mode === "open" || mode === "declined" || mode === "resolved";
