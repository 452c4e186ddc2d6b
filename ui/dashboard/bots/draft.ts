import type { Option, Script, Step } from "../../shared/agent";
import { moved } from "../settings/fields/order";

/** END stands in the place of a step's id for the end of the script. */
export const END = "end";

/** Most steps that a bot may have. */
export const MOST = 25;

export type Kind = "message" | "question" | "branch" | "action" | "request" | "hand_over" | "rating";

/** leadsOn reports whether something comes after the step by itself. Nothing does once others have taken over, or the conversation is closed. */
export const leadsOn = ({ kind, action }: Step) =>
  kind !== "hand_over" && !(kind === "action" && (action?.kind === "resolve" || action?.kind === "reject"));

/** fallsThrough reports whether the step simply goes on to the one below. */
export const fallsThrough = (step: Step | undefined) => step !== undefined && leadsOn(step) && !step.next;

/** newStep is an empty step that fits among the others. */
export function newStep(kind: Kind, steps: readonly Step[]): Step {
  const step: Step = { id: freeId(steps), kind };
  switch (kind) {
    case "message":
    case "rating":
      return { ...step, text: { text: "" } };
    case "question":
      return { ...step, text: { text: "" }, name: freeName("answer", steps), input: "text" };
    case "branch":
      return { ...step, ways: [{ all: [], next: "" }] };
    case "action":
      return { ...step, action: { kind: "add_tags", tags: [] } };
    case "request":
      return { ...step, name: freeName("call", steps), request: { method: "GET", url: "" } };
    case "hand_over":
      return step;
  }
}

/** insert puts a new step at a place, so that it lies on the way from the step above it. */
export function insert(script: Script, at: number, kind: Kind): { script: Script; id: string } {
  const step = newStep(kind, script.steps);
  const steps = [...script.steps];
  const above = steps[at - 1];
  if (above?.next && leadsOn(above)) {
    if (leadsOn(step)) step.next = above.next;
    steps[at - 1] = { ...above, next: "" };
  }
  steps.splice(at, 0, step);
  return { script: { ...script, steps }, id: step.id };
}

/** append puts a new step at the end for a jump to lead there: what was last does not run into it. */
export function append(script: Script, kind: Kind): { script: Script; id: string } {
  const step = newStep(kind, script.steps);
  const last = script.steps.length - 1;
  const steps = script.steps.map((s, i) => (i === last && fallsThrough(s) ? { ...s, next: END } : s));
  return { script: { ...script, steps: [...steps, step] }, id: step.id };
}

/** duplicate puts a copy below the step, and the step leads into it. A copy has no secrets: the server gives them to their step alone. */
export function duplicate(script: Script, id: string): { script: Script; id: string } {
  const at = indexOf(script, id);
  const from = script.steps[at];
  if (!from) return { script, id };
  const copy: Step = structuredClone(from);
  copy.id = freeId(script.steps);
  if (copy.name) copy.name = freeName(copy.name.replace(/_\d+$/, ""), script.steps);
  if (copy.request) {
    delete copy.request.secret;
    delete copy.request.list_for;
    for (const header of copy.request.headers ?? []) if (header.secret) header.value = "";
  }
  const steps = script.steps.map((s) => (s.id === id && s.next ? { ...s, next: "" } : s));
  steps.splice(at + 1, 0, copy);
  return { script: { ...script, steps }, id: copy.id };
}

/** remove takes a step out; what led to it leads to where it went on. */
export function remove(script: Script, id: string): Script {
  const at = indexOf(script, id);
  const step = script.steps[at];
  if (!step) return script;
  const above = script.steps[at - 1];
  const below = script.steps[at + 1]?.id ?? END;
  const onward = onwardOf(step, below);
  const steps = script.steps.filter((s) => s.id !== id).map((s) => redirected(s, id, onward));
  if (fallsThrough(above) && onward !== below) {
    const i = at - 1;
    steps[i] = { ...(steps[i] as Step), next: onward };
  }
  return { ...script, steps };
}

function onwardOf(step: Step, below: string): string {
  if (!leadsOn(step)) return END;
  return step.next && step.next !== step.id ? step.next : below;
}

/** redirected is the step with its ways to one step turned to another. None leads from a step to itself by that. */
function redirected(step: Step, from: string, to: string): Step {
  const turn = (next: string | undefined) => (next === from ? (to === step.id ? "" : to) : next);
  const out = { ...step };
  if (step.next === from) out.next = turn(step.next);
  if (step.failed === from) out.failed = turn(step.failed);
  if (step.options?.some((o) => o.next === from))
    out.options = step.options.map((o) => ({ ...o, next: turn(o.next) }));
  if (step.ways?.some((w) => w.next === from))
    out.ways = step.ways.map((w) => ({ ...w, next: turn(w.next) || END }));
  if (step.request?.list_for === from) out.request = { ...step.request, list_for: "" };
  return out;
}

/**
 * move puts a step elsewhere. One that lies on the way from the step above it is threaded into its new place. One that only jumps lead to keeps
 * all ways as they are, its own and those of its new neighbours.
 */
export function move(script: Script, from: number, to: number): Script {
  const step = script.steps[from];
  if (!step || from === to || to < 0 || to >= script.steps.length) return script;
  const threaded = from === 0 || fallsThrough(script.steps[from - 1]);
  const steps = moved(script.steps, from, to);
  if (threaded) return { ...script, steps };
  if (fallsThrough(step)) steps[to] = { ...step, next: script.steps[from + 1]?.id ?? END };
  const above = steps[to - 1];
  if (above && fallsThrough(above)) steps[to - 1] = { ...above, next: steps[to + 1]?.id ?? END };
  return { ...script, steps };
}

/** change is the script with something of one step set. */
export const change = (script: Script, id: string, to: Partial<Step>): Script => ({
  ...script,
  steps: script.steps.map((s) => (s.id === id ? { ...s, ...to } : s)),
});

export const indexOf = (script: Script, id: string) => script.steps.findIndex((s) => s.id === id);

/** newOption is one that fits among the others of a question. */
export function newOption(options: readonly Option[]): Option {
  return { id: free("o", new Set(options.map((o) => o.id)), ""), text: { text: "" } };
}

const freeId = (steps: readonly Step[]) => free("s", new Set(steps.map((s) => s.id)), "");

const freeName = (base: string, steps: readonly Step[]) =>
  free(base, new Set(steps.map((s) => s.name ?? "")), "_");

function free(base: string, taken: ReadonlySet<string>, between: string): string {
  let n = 1;
  while (taken.has(`${base}${between}${n}`)) n++;
  return `${base}${between}${n}`;
}
