const chips: Record<string, [text: string, tone: string]> = {
  new: ["New", "accent"],
  "new-for-agent": ["New for agent", "accent"],
  "agent-replied": ["Answered", ""],
  "waiting-for-agent": ["Waiting for us", "warn"],
  resolved: ["Resolved", "good"],
  rejected: ["Rejected", ""],
};

/** stateWords is what we call a state of a conversation, and the tone of its chip. */
export const stateWords = (state: string): [text: string, tone: string] => chips[state] ?? [state, ""];
