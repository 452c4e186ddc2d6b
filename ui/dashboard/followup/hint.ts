import type { FollowUp } from "../../shared/agent";
import type { IconName } from "../parts/icon";
import { countdown } from "../time/format";

export interface Hint {
  text: string;
  icon: IconName;
  tone: "" | "accent" | "good" | "warn" | "bad";
}

const skipped: Record<string, string> = {
  no_address: "no address",
  muted: "muted",
  unsubscribed: "unsubscribed",
};

/** hintOf is the few words about the newest follow-up in a row of the inbox, or null if there is nothing to say. */
export function hintOf(f: FollowUp, now: number): Hint | null {
  switch (f.state) {
    case "waiting":
      if (f.held) return { text: "held", icon: "hold", tone: "warn" };
      if (!f.due_at) return { text: "e-mail waits", icon: "clock", tone: "" };
      return { text: `e-mail in ${countdown(f.due_at - now)}`, icon: "clock", tone: "accent" };
    case "sending":
      if (f.reason === "retry") return { text: "e-mail delayed", icon: "clock", tone: "warn" };
      return { text: "sending", icon: "mail", tone: "accent" };
    case "handing_over":
      return { text: "sending", icon: "mail", tone: "accent" };
    case "sent":
      if (f.replied_at) return null;
      if (f.returned_at) return { text: "returned", icon: "returned", tone: "good" };
      return f.opened_at
        ? { text: "opened", icon: "opened", tone: "good" }
        : { text: "e-mailed", icon: "mail", tone: "" };
    case "unknown":
      return { text: "e-mail unsure", icon: "alert", tone: "warn" };
    case "failed":
      return { text: "e-mail failed", icon: "alert", tone: "bad" };
    case "skipped":
      return f.reason === "read" || f.reason === "disabled" || f.reason === "feature_off"
        ? null
        : { text: skipped[f.reason] ?? "no e-mail", icon: "mail", tone: "" };
    default:
      return null;
  }
}
