import type { Row } from "../../shared/agent";

type Closed = Pick<Row, "state" | "closing">;

interface Words {
  /** On a chip beside the state. */
  chip: string;
  tone: string;
  /** Where the answer would be written. */
  text: string;
}

/** How far the end of a resolved conversation has come; the keys are the constants of rejoin.Closing. */
export const closings: Record<string, Words> = {
  question: {
    chip: "Asked if it helped",
    tone: "",
    text: "This conversation is resolved, and the visitor is asked whether it helped. It opens again by itself when they write.",
  },
  declined: {
    chip: "Did not help",
    tone: "warn",
    text: "You resolved this conversation, but the visitor says it did not help. It opens again by itself when they write.",
  },
  feedback: {
    chip: "Asked for a rating",
    tone: "",
    text: "This conversation is resolved, and the visitor is asked for a rating. What they write next begins a new conversation.",
  },
  ended: {
    chip: "Ended",
    tone: "",
    text: "This conversation has ended. What the visitor writes next begins a new one.",
  },
};

/** closingChip is what to show beside the state; nothing once it has simply ended. */
export function closingChip({ state, closing }: Closed): Words | undefined {
  return state === "resolved" && closing !== "ended" ? closings[closing ?? ""] : undefined;
}

/** closedWords says why nothing can be written now. */
export function closedWords({ state, closing }: Closed): string {
  if (state === "rejected") return "This conversation was rejected. The visitor cannot write here any more.";
  return (
    closings[closing ?? ""]?.text ??
    "This conversation is resolved. It opens again by itself when the visitor writes."
  );
}
