import type { Replay } from "../../../shared/agent";

const hour = 3_600_000;

/** The periods that are offered, in hours back from now; 0 for one that is written. */
export const periods = [
  { hours: 1, name: "The last hour" },
  { hours: 24, name: "The last 24 hours" },
  { hours: 168, name: "The last 7 days" },
  { hours: 0, name: "From … to …" },
];

export interface PeriodDraft {
  hours: number;
  /** As inputs for date and time write them: 2026-11-23T14:00. */
  from: string;
  to: string;
  failed: boolean;
}

/** periodOf is what to send again, or what is wrong with it. The minute that ends a written period belongs to it. */
export function periodOf(d: PeriodDraft, now: number): { replay?: Replay; problem: string } {
  const { failed } = d;
  if (d.hours > 0) return { replay: { from: now - d.hours * hour, to: now, failed }, problem: "" };
  const from = new Date(d.from).getTime();
  const to = new Date(d.to).getTime();
  if (Number.isNaN(from) || Number.isNaN(to)) return { problem: "Say when it begins and when it ends." };
  if (to < from) return { problem: "The period ends before it begins." };
  return { replay: { from, to: to + 60_000, failed }, problem: "" };
}
