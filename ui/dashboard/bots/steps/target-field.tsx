import { useId } from "react";
import type { Step } from "../../../shared/agent";
import { Icon } from "../../parts/icon";
import { useBench } from "../bench";
import { append, change, END, type Kind, MOST } from "../draft";
import { endOf, kinds, kindsOf, placeOf } from "../words";

interface Props {
  step: Step;
  value: string;
  /** The change of the step that makes this way lead somewhere. */
  lead: (to: string) => Partial<Step>;
  /** What an empty value means. */
  empty: string;
  label: string;
  /** The label stands beside it already. */
  quiet?: boolean;
}

const fresh = "new:";

/** TargetField chooses the step that something leads to; also one that is not there yet. */
export function TargetField({ step, value, lead, empty, label, quiet }: Props) {
  const { script, kind, options, answers, set, put } = useBench();
  const id = useId();
  const { steps } = script;
  const gone = value !== "" && value !== END && !steps.some((s) => s.id === value);
  // Only a question leads to itself: it asks again.
  const goes = (s: Step) => s.id !== step.id || step.kind === "question" || s.id === value;
  const choose = (to: string) => {
    if (!to.startsWith(fresh)) return set(step.id, lead(to));
    const added = append(script, to.slice(fresh.length) as Kind);
    put(change(added.script, step.id, lead(added.id)));
  };
  return (
    <div className={quiet ? "target quiet" : "target"}>
      <label htmlFor={id} className={quiet ? "hidden-text" : undefined}>
        {label}
      </label>
      <span className="target-box">
        <Icon name="send" size={14} className="mirror" />
        <select id={id} className="target-select" value={value} onChange={(e) => choose(e.target.value)}>
          <option value="">{empty}</option>
          {gone && <option value={value}>A step that is gone</option>}
          <optgroup label="Go to">
            {steps.filter(goes).map((s) => (
              <option key={s.id} value={s.id}>
                {placeOf(s.id, steps, kind, options, answers)}
              </option>
            ))}
            {(empty !== endOf(kind) || value === END) && <option value={END}>{endOf(kind)}</option>}
          </optgroup>
          {steps.length < MOST && (
            <optgroup label="A new step">
              {(kindsOf[kind] ?? []).map((k) => (
                <option key={k} value={fresh + k}>
                  New: {kinds[k].name.toLowerCase()}
                </option>
              ))}
            </optgroup>
          )}
        </select>
        <Icon name="down" size={13} />
      </span>
    </div>
  );
}

/** NextField chooses what comes after a step. */
export function NextField({ step, at, label = "Then" }: { step: Step; at: number; label?: string }) {
  const { script, kind, options, answers } = useBench();
  const below = script.steps[at + 1]?.id ?? END;
  const down =
    below === END ? endOf(kind) : `The step below: ${placeOf(below, script.steps, kind, options, answers)}`;
  return (
    <TargetField step={step} value={step.next ?? ""} lead={(next) => ({ next })} empty={down} label={label} />
  );
}
