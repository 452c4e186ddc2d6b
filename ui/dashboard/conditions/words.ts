import type { Condition, RuleOptions } from "../../shared/agent";
import { spoken } from "../time/duration";
import { valueWords } from "../user/field-value";
import type { Answer } from "./answers";
import { opOf } from "./condition";
import type { Subject } from "./kinds";
import { subjectOf } from "./subjects";

/** Word is a part of a sentence; what somebody has chosen stands out. */
export interface Word {
  text: string;
  chosen?: boolean;
}

/** plainText is a sentence without what stands out. */
export const plainText = (words: readonly Word[]) => words.map((w) => w.text).join("");

/** listed is "a", "a or b", "a, b or c". */
export function listed(items: readonly string[], joint: "and" | "or" = "or"): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} ${joint} ${items[items.length - 1]}`;
}

/** valueText is one value of a condition for people. */
export function valueText(value: string, subject: Subject): string {
  if (subject.takes === "date") return valueWords({ type: "date" }, value);
  const known = subject.choices?.find((c) => c.value === value)?.label;
  return known ?? (subject.choices && subject.gone ? subject.gone : value);
}

/** valuesText is what a condition compares with: "German or French". Words that people typed stand in quotes. */
function valuesText(c: Condition, subject: Subject): string {
  if (subject.takes === "duration") return spoken(c.for ?? 0);
  const values = (c.values ?? []).filter(Boolean).map((v) => valueText(v, subject));
  const typed = subject.takes === "text";
  return listed(typed ? values.map((v) => `“${v}”`) : values);
}

/** conditionWords says a condition in a sentence: "the language is German or French". */
export function conditionWords(c: Condition, options: RuleOptions, answers: readonly Answer[] = []): Word[] {
  const subject = subjectOf(c, options, answers);
  const op = opOf(c, subject);
  const before = [subject.said, op.label].filter(Boolean).join(" ");
  if (op.alone) return [{ text: before }];
  return [{ text: `${before} ` }, { text: valuesText(c, subject) || "…", chosen: true }];
}

/** conditionText is the same without what stands out. */
export const conditionText = (c: Condition, options: RuleOptions, answers: readonly Answer[] = []) =>
  plainText(conditionWords(c, options, answers));
