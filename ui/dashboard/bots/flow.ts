import type { Step } from "../../shared/agent";
import { END, leadsOn } from "./draft";
import { short } from "./words";

/** Exit is one way out of a step. */
export interface Exit {
  /** next, failed, option:<id> or way:<index>. */
  via: string;
  /** When it is gone; "" for the way that is always gone. */
  when: string;
  /** A step's id, or END. */
  to: string;
  /** It simply goes on to the step below. */
  straight: boolean;
}

/** exitsOf are the ways out of a step, the particular ones first. One that ends the script has none. */
export function exitsOf(steps: readonly Step[], at: number): Exit[] {
  const step = steps[at];
  if (!step) return [];
  const below = steps[at + 1]?.id ?? END;
  const exit = (via: string, when: string, to: string) => ({ via, when, to, straight: to === below });
  const exits: Exit[] = [];
  const options = step.kind === "question" && step.input === "choice" ? (step.options ?? []) : [];
  for (const o of options)
    if (o.next) exits.push(exit(`option:${o.id}`, short(o.text.text, 32) || "an option", o.next));
  if (step.kind === "branch") {
    (step.ways ?? []).forEach((w, i) => {
      exits.push(exit(`way:${i}`, `way ${i + 1}`, w.next || step.next || below));
    });
  }
  if (step.kind === "request" && step.failed) exits.push(exit("failed", "it fails", step.failed));
  const listed = steps.some((s) => s.request?.list_for === step.id);
  const own = options.length === 0 || options.some((o) => !o.next) || step.skip || listed;
  if (leadsOn(step) && own)
    exits.push(
      exit("next", step.kind !== "request" && exits.length > 0 ? "otherwise" : "", step.next || below),
    );
  return exits;
}

/** Entry is a jump that leads to a step, from another. */
export interface Entry {
  from: number;
  when: string;
}

/** Flow is what leads where in a script, by the steps' places. */
export interface Flow {
  exits: Exit[][];
  /** The jumps to each step: not what simply goes on from the step above. */
  entries: Entry[][];
  /** Whether anything leads there from the beginning. */
  reached: boolean[];
}

export function flowOf(steps: readonly Step[]): Flow {
  const exits = steps.map((_, i) => exitsOf(steps, i));
  const places = new Map(steps.map((s, i) => [s.id, i]));
  const entries: Entry[][] = steps.map(() => []);
  exits.forEach((list, from) => {
    for (const { to, when, straight } of list)
      if (!straight) entries[places.get(to) ?? -1]?.push({ from, when });
  });
  const reached = steps.map(() => false);
  const open = steps.length > 0 ? [0] : [];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (reached[at]) continue;
    reached[at] = true;
    for (const { to } of exits[at] ?? []) {
      const next = places.get(to);
      if (next !== undefined) open.push(next);
    }
  }
  return { exits, entries, reached };
}
