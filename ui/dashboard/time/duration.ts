/** Durations as settings keep them: whole seconds, shown in the largest unit that is exact. */

export const units = ["seconds", "minutes", "hours", "days"] as const;
export type Unit = (typeof units)[number];

const size: Record<Unit, number> = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 };

/** split is a duration in its largest exact unit: 90 → 90 seconds, 600 → 10 minutes. */
export function split(seconds: number): { value: number; unit: Unit } {
  for (const unit of [...units].reverse()) {
    if (seconds > 0 && seconds % size[unit] === 0) return { value: seconds / size[unit], unit };
  }
  return { value: seconds, unit: seconds === 0 ? "minutes" : "seconds" };
}

/** join is the whole seconds of a value in a unit. */
export const join = (value: number, unit: Unit) => Math.round(value * size[unit]);

/** spoken is a duration in words: "20 seconds", "1 hour", "1 minute 30 seconds". */
export function spoken(seconds: number): string {
  const parts: string[] = [];
  let rest = seconds;
  for (const unit of [...units].reverse()) {
    const n = Math.floor(rest / size[unit]);
    rest -= n * size[unit];
    if (n > 0) parts.push(`${n} ${n === 1 ? unit.slice(0, -1) : unit}`);
  }
  return parts.join(" ") || "0 seconds";
}
