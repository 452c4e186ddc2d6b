import type { Condition, Rule, RuleOptions, SetRule } from "../../shared/agent";
import { actionWords } from "../conditions/action-words";
import { conditionWords, type Word } from "../conditions/words";
import type { IconName } from "../parts/icon";

interface TriggerWords {
  /** At the head of a section, and of the sentence. */
  title: string;
  /** When exactly, in one sentence. */
  about: string;
  icon: IconName;
}

/** The triggers in the order in which they are shown. The keys are the constants of rejoin.Trigger; a test compares them. */
export const triggers: Record<string, TriggerWords> = {
  new_issue: {
    title: "When a conversation begins",
    about: "Tried once in each, as soon as the first message is there.",
    icon: "chat",
  },
  update: {
    title: "When something changes",
    about: "Tried after messages and changes by visitors, your team or bots.",
    icon: "refresh",
  },
  time: {
    title: "When time has passed",
    about: "For what does not happen: nobody answers, reads or replies. In open conversations.",
    icon: "clock",
  },
};

export const triggerWords = (trigger: string): TriggerWords =>
  triggers[trigger] ?? { title: trigger, about: "", icon: "flow" };

/** leadOf is what stands before the first condition. */
export const leadOf = (trigger: string) => (trigger === "time" ? "When" : "If");

/** joined puts parts of a sentence together: "a", "a and b", "a, b and c". */
function joined(parts: Word[][], joint: "and" | "or"): Word[] {
  return parts.flatMap((part, at) => {
    if (at === 0) return part;
    return [{ text: at === parts.length - 1 ? ` ${joint} ` : ", " }, ...part];
  });
}

/** merged says once what only its values differ in: that a title contains “a” or contains “b”. */
function merged(list: readonly Condition[]): readonly Condition[] {
  const [first] = list;
  if (!first || first.for || first.op.includes("not") || first.op === "none_of") return list;
  const alike = (c: Condition) => c.subject === first.subject && c.key === first.key && c.op === first.op;
  if (!list.every(alike)) return list;
  return [{ ...first, values: list.flatMap((c) => c.values ?? []) }];
}

type Said = Pick<SetRule, "trigger" | "all" | "any" | "actions">;

/** conditionsWords says what must be so: "the language is German and either the tags include a or the title contains “b”". Empty if nothing must. */
export function conditionsWords(rule: Said, options: RuleOptions): Word[] {
  const all = rule.all.map((c) => conditionWords(c, options));
  const any = merged(rule.any).map((c) => conditionWords(c, options));
  const either = any.length > 1 ? [[{ text: "either " }, ...joined(any, "or")]] : any;
  return joined([...all, ...either], "and");
}

/** actionsWords says what is done: "assign Jonas and add the tag vip". */
export const actionsWords = (rule: Said, options: RuleOptions): Word[] =>
  rule.actions.length > 0
    ? joined(
        rule.actions.map((a) => actionWords(a, options)),
        "and",
      )
    : [{ text: "…" }];

const starts: Record<string, string> = {
  new_issue: "When a conversation begins",
  update: "When something changes in a conversation",
  time: "When",
};

/** ruleWords says an automation in one sentence. */
export function ruleWords(rule: Said, options: RuleOptions): Word[] {
  const conditions = conditionsWords(rule, options);
  const start = starts[rule.trigger] ?? "";
  const link = rule.trigger === "time" ? " " : conditions.length > 0 ? " and " : "";
  const said = conditions.length > 0 ? conditions : rule.trigger === "time" ? [{ text: "…" }] : [];
  const done = actionsWords(rule, options);
  const end = done[done.length - 1]?.text.endsWith("…") ? [] : [{ text: "." }];
  return [{ text: start + link }, ...said, { text: ", " }, ...done, ...end];
}

/** runsText says how often an automation ran lately: "12 runs in the last 30 days". */
export function runsText({ runs, last_run_at }: Pick<Rule, "runs" | "last_run_at">): string {
  if (runs === 0) return last_run_at ? "No run in the last 30 days" : "Has not run yet";
  return `${runs.toLocaleString("en-GB")} ${runs === 1 ? "run" : "runs"} in the last 30 days`;
}

/** repeatWords says the two ways in which an automation may run in one conversation; nothing for one that can only run once. */
export function repeatWords(trigger: string): { once: string; again: string; about: string } | undefined {
  switch (trigger) {
    case "update":
      return {
        once: "Once in each conversation",
        again: "After every change for which it holds",
        about: "For example to keep a tag or a queue right, whatever happens.",
      };
    case "time":
      return {
        once: "Once in each conversation",
        again: "Each time it happens anew",
        about: "For example after every answer that comes late, not only the first.",
      };
  }
  return undefined;
}
