import type { Condition, Rule, RuleOptions, SetRule } from "../../shared/agent";
import { actionProblem } from "../conditions/action-kinds";
import { isWhole, newCondition, normal } from "../conditions/condition";
import { timedSubjects } from "../conditions/issue-subjects";
import { subjectOf } from "../conditions/subjects";
import type { Problem } from "../settings/draft";
import { tidied } from "../texts/local-text";

/** Draft is an automation as it is being edited. */
export type Draft = SetRule;

export const draftOf = ({ name, trigger, on, all, any, actions, repeat }: Rule): Draft => ({
  name,
  trigger,
  on,
  all: all ?? [],
  any: any ?? [],
  actions: actions ?? [],
  repeat,
});

export const isDirty = (a: Draft, b: Draft) => JSON.stringify(a) !== JSON.stringify(b);

/** toSend is the draft as the server takes it. */
export const toSend = (d: Draft): SetRule => ({
  ...d,
  name: d.name.trim(),
  all: d.all.map(normal),
  any: d.any.map(normal),
  actions: d.actions.map((a) => ({
    ...a,
    ...(a.text ? { text: tidied(a.text) } : {}),
    ...(a.url === undefined ? {} : { url: a.url.trim() }),
  })),
});

const timedIds = timedSubjects.map((s) => s.id);
const isTimed = (c: Condition) => timedIds.includes(c.subject);

/** withTrigger runs the automation at other times. What measures time goes with the trigger that waits for it. */
export function withTrigger(d: Draft, trigger: string): Draft {
  if (trigger !== "time") {
    const untimed = (list: Condition[]) => list.filter((c) => !isTimed(c));
    return {
      ...d,
      trigger,
      all: untimed(d.all),
      any: untimed(d.any),
      repeat: trigger === "update" && d.repeat,
    };
  }
  const first = timedSubjects[0];
  if (!first || waits(d)) return { ...d, trigger };
  return { ...d, trigger, all: [newCondition(first), ...d.all] };
}

/** waits reports whether the automation says what it waits for. */
const waits = (d: Draft) => d.all.some(isTimed) || (d.any.length > 0 && d.any.every(isTimed));

/** Problems is what an automation still lacks, each at its place. */
export interface Problems {
  name?: string;
  all: Record<number, string>;
  any: Record<number, string>;
  actions: Record<number, string>;
  /** Of the conditions or the actions as a whole. */
  conditions?: string;
  nothing?: string;
  /** What has no place. */
  other?: string;
}

const none = (): Problems => ({ all: {}, any: {}, actions: {} });

/** isFree reports whether there is no problem. */
export const isFree = (p: Problems) => JSON.stringify(p) === JSON.stringify(none());

/** problemsOf is what is still to be chosen or written, apart from the name. */
export function problemsOf(d: Draft, options: RuleOptions): Problems {
  const problems = none();
  for (const list of ["all", "any"] as const) {
    d[list].forEach((c, at) => {
      const subject = subjectOf(c, options);
      if (isWhole(c, subject)) return;
      problems[list][at] = subject.takes === "number" ? "Give a number." : "Say what it compares with.";
    });
  }
  d.actions.forEach((a, at) => {
    const text = actionProblem(a);
    if (text) problems.actions[at] = text;
  });
  const late = lateMessage(d);
  if (late >= 0) problems.actions[late] ??= "A closed conversation takes no message. Move this above.";
  if (d.actions.length === 0) problems.nothing = "Say what is to be done.";
  if (d.trigger === "time" && !waits(d))
    problems.conditions = "Say what it waits for: add a condition about time.";
  return problems;
}

/** lateMessage is the place of a message that comes when the conversation is closed, which takes none; -1 if there is none. */
function lateMessage(d: Draft): number {
  let closed = false;
  return d.actions.findIndex(({ kind }) => {
    if (kind === "resolve" || kind === "reject") closed = true;
    if (kind === "reopen") closed = false;
    return closed && kind === "message";
  });
}

/** placed is a refusal of the server at its place: "all.0.values" is the first condition. */
export function placed({ field, text }: Problem): Problems {
  const problems = none();
  const [list, at] = field.split(".");
  if (at !== undefined && (list === "all" || list === "any" || list === "actions")) {
    problems[list][Number(at)] = text;
  } else if (field === "name") problems.name = text;
  else if (field === "all" || field === "any") problems.conditions = text;
  else if (field === "actions") problems.nothing = text;
  else problems.other = text;
  return problems;
}

/** ruleAt is where the server has an automation. */
export const ruleAt = (id: string) => `/rules/${encodeURIComponent(id)}`;
