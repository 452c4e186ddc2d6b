import { Popover } from "radix-ui";
import { useRef, useState } from "react";
import type { Condition, RuleOptions, TriedCondition } from "../../shared/agent";
import { Icon } from "../parts/icon";
import type { Answer } from "./answers";
import { newCondition } from "./condition";
import { ConditionRow, SubjectPicker } from "./condition-row";
import "./conditions.css";
import type { Subject } from "./kinds";
import { subjectsOf } from "./subjects";
import { useKeys } from "./use-keys";

interface Props {
  value: readonly Condition[];
  onChange: (value: Condition[]) => void;
  options: RuleOptions;
  /** What a bot knows by then; automations know none. */
  answers?: readonly Answer[];
  /** Also offers those that come true by the time alone. */
  timed?: boolean;
  /** What stands before the first: "If". */
  lead?: string;
  joined?: "and" | "or";
  /** What the list is called, for those who do not see it. */
  label?: string;
  /** Said where there is no condition: "In every conversation." */
  none?: string;
  /** What became of each condition when it was tried, by its place. */
  results?: readonly (TriedCondition | undefined)[];
  /** What is wrong with a condition, by its place. */
  errors?: Record<number, string | undefined>;
  max?: number;
}

const noAnswers: readonly Answer[] = [];

/** ConditionList edits conditions as sentences. */
export function ConditionList(props: Props) {
  const { value, onChange, options, answers = noAnswers, timed = false, lead = "If", joined = "and" } = props;
  const { label = "Conditions", none, results, errors, max = 20 } = props;
  const [fresh, setFresh] = useState<number | null>(null);
  const { keys, drop } = useKeys(value.length);
  const list = useRef<HTMLDivElement>(null);
  const enough = joined === "or" && results?.some((r) => r?.holds);
  const subjects = subjectsOf(options, answers, timed);
  const add = (subject: Subject) => {
    setFresh(value.length);
    onChange([...value, newCondition(subject)]);
  };
  const remove = (at: number) => {
    drop(at);
    setFresh(null);
    onChange(value.filter((_, i) => i !== at));
    requestAnimationFrame(() => {
      const left = list.current?.querySelectorAll<HTMLElement>(".condition-x, .condition-add");
      left?.[Math.min(at, left.length - 1)]?.focus();
    });
  };
  return (
    <div ref={list} className="conditions">
      {value.length === 0 && none && (
        <p className="conditions-none">
          <span className="condition-lead">{lead}</span> {none}
        </p>
      )}
      <ul aria-label={label}>
        {value.map((condition, at) => (
          <ConditionRow
            key={keys[at]}
            condition={condition}
            onChange={(next) => onChange(value.map((c, i) => (i === at ? next : c)))}
            remove={() => remove(at)}
            options={options}
            answers={answers}
            subjects={subjects}
            lead={at === 0 ? lead : joined}
            result={results?.[at]}
            error={errors?.[at]}
            moot={Boolean(enough)}
            fresh={at === fresh}
          />
        ))}
      </ul>
      {value.length < max && (
        <AddCondition text={value.length > 0 ? `${joined} …` : ""} subjects={subjects} add={add} />
      )}
    </div>
  );
}

interface AddProps {
  /** Continues the sentence: "and …". Empty where it begins. */
  text: string;
  subjects: readonly Subject[];
  add: (subject: Subject) => void;
}

function AddCondition({ text, subjects, add }: AddProps) {
  const [open, setOpen] = useState(false);
  const picked = useRef(false);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className="condition-add">
        <Icon name="plus" size={15} /> {text || "Add a condition"}
        {text && <span className="hidden-text"> add a condition</span>}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="popover"
          align="start"
          sideOffset={6}
          collisionPadding={8}
          aria-label="Add a condition"
          onCloseAutoFocus={(e) => {
            if (picked.current) e.preventDefault(); // the focus goes on to what it compares with
            picked.current = false;
          }}
        >
          <SubjectPicker
            subjects={subjects}
            pick={(subject) => {
              picked.current = true;
              setOpen(false);
              add(subject);
            }}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
