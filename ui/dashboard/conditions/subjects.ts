import type { Condition, CustomField, RuleOptions } from "../../shared/agent";
import type { Answer } from "./answers";
import { ofIssue, ofMeta, ofVisitor, timedSubjects } from "./issue-subjects";
import { type Choice, choice, type Kind, plain, type Subject } from "./kinds";
import { ops } from "./ops";

const yesNo: Choice[] = [
  { value: "true", label: "yes" },
  { value: "false", label: "no" },
];

const fieldKinds: Record<string, (f: CustomField) => Kind> = {
  number: () => ({ ops: ops.number, takes: "number" }),
  date: () => ({ ops: ops.date, takes: "date" }),
  checkbox: () => choice(yesNo, { ops: ops.yesNo, first: { values: ["true"] } }),
  dropdown: (f) => choice(plain([...(f.options ?? []), ...(f.retired ?? [])]), { ops: ops.option }),
};

function ofField(f: CustomField): Subject {
  const kind = fieldKinds[f.type]?.(f) ?? { ops: ops.textOrNone, takes: "text" as const };
  return { id: `field/${f.key}`, group: "Field", icon: "fields", name: f.label, said: f.label, ...kind };
}

const yesOrNo: Choice[] = [
  { value: "yes", label: "yes" },
  { value: "no", label: "no" },
];

const answerKinds: Record<string, (a: Answer) => Kind> = {
  text: () => ({ ops: ops.textOrNone, takes: "text" }),
  email: () => ({ ops: ops.textOrNone, takes: "text" }),
  number: () => ({ ops: ops.number, takes: "number" }),
  stars: () => ({ ops: ops.number, takes: "number" }),
  date: () => ({ ops: ops.date, takes: "date" }),
  yes_no: () => choice(yesOrNo, { ops: ops.yesNo, first: { values: ["yes"] } }),
  choice: (a) =>
    choice(
      (a.options ?? []).map((o) => ({ value: o.id, label: o.text })),
      { ops: ops.option },
    ),
  file: () => ({ ops: ops.file, takes: "text" }),
};

function ofAnswer(a: Answer): Subject {
  const kind = answerKinds[a.type ?? ""]?.(a) ?? { ops: ops.anything, takes: "text" as const };
  return { id: `answer/${a.name}`, group: "Answer", icon: "question", name: a.label, said: a.label, ...kind };
}

/** subjectsOf are all subjects that can be chosen, those first that the place is for: answers in bots, time in what waits for it. */
export function subjectsOf(options: RuleOptions, answers: readonly Answer[] = [], timed = false): Subject[] {
  return [
    ...answers.map(ofAnswer),
    ...(timed ? timedSubjects : []),
    ...ofIssue(options),
    ...ofVisitor(options),
    ...options.fields.filter((f) => !f.archived).map(ofField),
  ];
}

export const idOf = (c: Condition) => (c.key ? `${c.subject}/${c.key}` : c.subject);

/** subjectOf is what a condition asks about, also if it can no longer be chosen. */
export function subjectOf(c: Condition, options: RuleOptions, answers: readonly Answer[] = []): Subject {
  const id = idOf(c);
  const known = subjectsOf(options, answers, true).find((s) => s.id === id);
  if (known) return known;
  const field = options.fields.find((f) => c.subject === "field" && f.key === c.key);
  if (field) return ofField(field);
  if (c.subject === "meta") return ofMeta(c.key ?? "");
  const name = c.key ?? c.subject;
  return { id, group: "", icon: "alert", name, said: name, ops: ops.anything, takes: "text" };
}
