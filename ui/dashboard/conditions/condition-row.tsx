import type { Condition, RuleOptions, TriedCondition } from "../../shared/agent";
import { FieldError } from "../parts/field";
import { Icon } from "../parts/icon";
import { Picker } from "../parts/picker";
import type { Answer } from "./answers";
import { newCondition, normal, opOf, shownOp, withOp } from "./condition";
import { Found } from "./found";
import type { Subject } from "./kinds";
import { subjectOf } from "./subjects";
import { Token, TokenSelect } from "./token";
import { ValueEditor } from "./value-editor";
import { conditionText } from "./words";

interface Props {
  condition: Condition;
  onChange: (condition: Condition) => void;
  remove: () => void;
  options: RuleOptions;
  answers: readonly Answer[];
  subjects: readonly Subject[];
  /** "If", "and" or "or". */
  lead: string;
  result?: TriedCondition;
  error?: string;
  /** Another one holds already, and one is enough. */
  moot: boolean;
  /** It has just been put there. */
  fresh: boolean;
}

/** ConditionRow is one condition as a sentence whose words can be chosen. */
export function ConditionRow(props: Props) {
  const { condition, onChange, remove, options, answers, subjects, lead, result, error, moot, fresh } = props;
  const subject = subjectOf(condition, options, answers);
  const op = opOf(condition, subject);
  const choices = subject.ops.some((o) => o.op === op.op) ? subject.ops : [op, ...subject.ops];
  const changeOp = (to: string) => {
    const chosen = subject.ops.find((o) => o.op === to);
    if (chosen) onChange(normal(withOp(condition, chosen)));
  };
  return (
    <li className="condition" data-holds={result?.holds} data-moot={moot || undefined}>
      <span className="condition-lead">{lead}</span>
      <div className="condition-words">
        <Token label="What it asks about" text={subject.name} icon={subject.icon}>
          {(close) => (
            <SubjectPicker
              subjects={subjects}
              pick={(s) => {
                if (s.id !== subject.id) onChange(newCondition(s));
                close();
              }}
            />
          )}
        </Token>
        {subject.keyed !== undefined && (
          <input
            className="token token-input"
            aria-label={`${subject.name}: its name`}
            placeholder="its name, such as plan"
            autoComplete="off"
            spellCheck={false}
            // biome-ignore lint/a11y/noAutofocus: somebody has just put it there
            autoFocus={fresh}
            maxLength={80}
            data-unfinished={condition.key === subject.keyed || undefined}
            value={(condition.key ?? "").slice(subject.keyed.length)}
            onChange={(e) => onChange(normal({ ...condition, key: subject.keyed + e.target.value }))}
          />
        )}
        {choices.length > 1 ? (
          <TokenSelect
            label={`${subject.name}: comparison`}
            value={shownOp(condition)}
            choices={choices.map((o) => ({ value: o.op, label: o.label }))}
            onChange={changeOp}
          />
        ) : (
          op.label && <span className="condition-op">{op.label}</span>
        )}
        <ValueEditor
          key={subject.id}
          condition={condition}
          subject={subject}
          set={(change) => onChange(normal({ ...condition, ...change }))}
          fresh={fresh && subject.keyed === undefined}
        />
      </div>
      <button
        type="button"
        className="condition-x"
        aria-label={`Take away: ${conditionText(condition, options, answers)}`}
        onClick={remove}
      >
        <Icon name="x" size={16} />
      </button>
      {subject.note && <p className="condition-note">{subject.note}</p>}
      {result && <Found result={result} subject={subject} />}
      {error && <FieldError text={error} />}
    </li>
  );
}

interface PickerProps {
  subjects: readonly Subject[];
  pick: (subject: Subject) => void;
}

/** SubjectPicker is everything that a condition can ask about. */
export function SubjectPicker({ subjects, pick }: PickerProps) {
  return (
    <Picker
      label="What to ask about"
      placeholder="Language, tags, a field…"
      items={subjects.map((s) => ({ value: s.id, label: s.name, about: s.group, icon: s.icon }))}
      onPick={(id) => {
        const subject = subjects.find((s) => s.id === id);
        if (subject) pick(subject);
      }}
    />
  );
}
