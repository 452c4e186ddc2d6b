import type { Issue } from "../../shared/chat";
import type { Ending } from "../model/ending";

/** Mode is what stands under a conversation. Resolved: it may be written in, and that opens it again. */
export type Mode = "open" | "question" | "declined" | "feedback" | "ended" | "resolved";

/** modeOf tells what an issue's end asks for now. */
export function modeOf(issue: Issue | undefined, ending: Ending): Mode {
  if (!issue) return "open";
  const closing = ending.closing(issue);
  if (closing) return closing as Mode;
  if (issue.state === "rejected") return "ended";
  return issue.state === "resolved" ? "resolved" : "open";
}

/** writable reports whether the composer is there. */
export const writable = (mode: Mode) => mode === "open" || mode === "declined" || mode === "resolved";
