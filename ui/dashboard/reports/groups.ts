/** The states of follow-ups by what they mean for people, in the order in which they are offered. The server knows the same groups. */
export const groups: { key: string; name: string; states: string[] }[] = [
  { key: "mailed", name: "E-mail sent", states: ["sent", "unknown"] },
  { key: "waiting", name: "E-mail planned", states: ["waiting", "sending", "handing_over"] },
  { key: "skipped", name: "No e-mail possible", states: ["skipped"] },
  { key: "cancelled", name: "No e-mail needed", states: ["cancelled"] },
  { key: "failed", name: "E-mail failed", states: ["failed"] },
];

/** groupOf is the group that a state belongs to. */
export const groupOf = (state: string) => groups.find((g) => g.states.includes(state))?.key ?? "";
