import type { Condition } from "../../shared/agent";
import { rawOf, shownOf } from "../user/field-value";
import { ChoiceToken } from "./choice-token";
import { opOf } from "./condition";
import { DurationToken } from "./duration-token";
import type { Subject } from "./kinds";
import { TokenSelect } from "./token";
import { ValuesInput } from "./values-input";

interface Props {
  condition: Condition;
  subject: Subject;
  set: (change: Partial<Condition>) => void;
  fresh: boolean;
}

/** ValueEditor is what a condition compares with. */
export function ValueEditor({ condition, subject, set, fresh }: Props) {
  const { several, alone } = opOf(condition, subject);
  const values = condition.values ?? [];
  const label = subject.name;
  const setValues = (list: string[]) => set({ values: list });
  if (alone) return null;
  switch (subject.takes) {
    case "duration":
      return (
        <DurationToken
          label={label}
          seconds={condition.for ?? 0}
          onChange={(s) => set({ for: s })}
          fresh={fresh}
        />
      );
    case "choice":
      return (
        <Choosing subject={subject} values={values} several={several} setValues={setValues} fresh={fresh} />
      );
    case "text":
      if (several) return <ValuesInput label={label} values={values} onChange={setValues} fresh={fresh} />;
  }
  const date = subject.takes === "date";
  const shown = date ? shownOf("date", values[0] ?? "") : (values[0] ?? "");
  return (
    <input
      className="token token-input"
      type={date ? "date" : "text"}
      inputMode={subject.takes === "number" ? "decimal" : undefined}
      dir="auto"
      maxLength={255}
      aria-label={label}
      placeholder={subject.takes === "number" ? "number" : "text"}
      autoComplete="off"
      // biome-ignore lint/a11y/noAutofocus: somebody has just put it there
      autoFocus={fresh}
      data-unfinished={shown.trim() === "" || undefined}
      value={shown}
      onChange={(e) => setValues([date ? rawOf("date", e.target.value, "") : e.target.value])}
    />
  );
}

interface ChoosingProps {
  subject: Subject;
  values: string[];
  several?: boolean;
  setValues: (values: string[]) => void;
  fresh: boolean;
}

function Choosing({ subject, values, several, setValues, fresh }: ChoosingProps) {
  const { name, choices = [], gone } = subject;
  if (!several && choices.length === 2 && choices.some((c) => c.value === values[0])) {
    return (
      <TokenSelect label={name} value={values[0] ?? ""} choices={choices} onChange={(v) => setValues([v])} />
    );
  }
  return (
    <ChoiceToken
      label={name}
      choices={choices}
      values={values}
      several={several}
      gone={gone}
      empty={nothing[subject.id]}
      onChange={setValues}
      fresh={fresh}
    />
  );
}

const nothing: Record<string, string | undefined> = {
  tags: "There are no tags yet. They are made in Settings, under Tags.",
  queue: "There are no queues yet. They are made in Settings, under Queues.",
};
