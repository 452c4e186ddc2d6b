import type { RuleNote } from "../../shared/agent";
import type { Line } from "../followup/line";

const SHORT = 90; // characters that a line takes before it is told in its details

/** ruleLine says what an automation did in a conversation, or why it did not. */
export function ruleLine({ name, done = [], failed = [] }: RuleNote): Line {
  if (!name) return { icon: "alert", text: failed[0] ?? "Automations ran", details: failed.slice(1) };
  const head = `Automation “${name}”`;
  const did = done.map(began).join(", ");
  if (failed.length === 0) {
    if (done.length === 0) return { icon: "flow", text: `${head} ran: all was so already`, details: [] };
    if (done.length === 1 || did.length <= SHORT)
      return { icon: "flow", text: `${head}: ${did}`, details: [] };
    return { icon: "flow", text: `${head} did ${done.length} things`, details: done };
  }
  const text = done.length === 0 ? "could not do what it should" : "could not do everything";
  return { icon: "alert", text: `${head} ${text}`, details: [...done, ...failed] };
}

/** began is a sentence of its own in the middle of another. */
const began = (text: string) => text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, "");
