import { useState } from "react";
import type { Action, RuleOptions } from "../../shared/agent";
import { FieldError } from "../parts/field";
import { Picker } from "../parts/picker";
import { commonPlaceholders, type Placeholder } from "../texts/placeholders";
import { actionKinds, kindOf, newAction } from "./action-kinds";
import { ActionText } from "./action-text";
import { ActionValue } from "./action-value";
import "./conditions.css";
import { Token } from "./token";

interface Props {
  value: Action;
  onChange: (value: Action) => void;
  options: RuleOptions;
  /** The kinds that can be chosen here, in the order in which they are offered. */
  kinds: readonly string[];
  /** The values that texts can name besides those that every text knows, such as a bot's answers. */
  placeholders?: readonly Placeholder[];
  error?: string;
  /** It has just been put there. */
  fresh?: boolean;
}

/** ActionEditor edits one thing that an automation or a bot does. */
export function ActionEditor({ value, onChange, options, kinds, placeholders = [], error, fresh }: Props) {
  const [changed, setChanged] = useState(false);
  const known = [...placeholders, ...commonPlaceholders(options.fields)];
  const kind = kindOf(value.kind);
  const change = (to: string) => {
    if (to === value.kind) return;
    setChanged(true);
    onChange(newAction(to));
  };
  const props = { value, onChange, options, placeholders: known, fresh: Boolean(fresh) || changed };
  return (
    <div className="action">
      <div className="condition-words">
        <Token label="What to do" text={kind.label} icon={kind.icon}>
          {(close) => (
            <KindPicker
              kinds={kinds}
              pick={(to) => {
                change(to);
                close();
              }}
            />
          )}
        </Token>
        <ActionValue key={value.kind} {...props} />
      </div>
      <ActionText key={value.kind} {...props} error={error} />
      {error && !writes(value.kind) && <FieldError text={error} />}
    </div>
  );
}

/** writes reports whether the text of the action shows its own problem. */
const writes = (kind: string) => kind === "message";

interface PickerProps {
  kinds: readonly string[];
  pick: (kind: string) => void;
}

/** KindPicker is everything that can be done. */
export function KindPicker({ kinds, pick }: PickerProps) {
  const items = kinds.flatMap((value) => {
    const kind = actionKinds[value];
    return kind ? [{ value, label: kind.label, icon: kind.icon }] : [];
  });
  return <Picker label="What to do" placeholder="Assign, tag, write…" items={items} onPick={pick} />;
}
