import type { Step, Way } from "../../../shared/agent";
import { ConditionList } from "../../conditions/condition-list";
import { useKeys } from "../../conditions/use-keys";
import { Button } from "../../parts/button";
import { moved } from "../../settings/fields/order";
import { useBench } from "../bench";
import { NextField, TargetField } from "./target-field";

/** EditBranch edits the ways of a branch: the first whose conditions hold is gone. */
export function EditBranch({ step, at }: { step: Step; at: number }) {
  const { set } = useBench();
  const ways = step.ways ?? [];
  const { keys, drop } = useKeys(ways.length);
  const put = (next: Way[], field?: string) => set(step.id, { ways: next }, field);
  return (
    <div className="ways">
      {ways.map((way, n) => (
        <WayEditor
          key={keys[n]}
          step={step}
          way={way}
          n={n}
          put={put}
          remove={() => {
            drop(n);
            put(ways.filter((_, i) => i !== n));
          }}
        />
      ))}
      <Button
        size="small"
        icon="plus"
        className="ways-add"
        onClick={() => put([...ways, { all: [], next: "" }])}
      >
        Add a way
      </Button>
      <div className="way otherwise">
        <NextField step={step} at={at} label="Otherwise" />
      </div>
    </div>
  );
}

interface WayProps {
  step: Step;
  way: Way;
  n: number;
  put: (ways: Way[], field?: string) => void;
  remove: () => void;
}

function WayEditor({ step, way, n, put, remove }: WayProps) {
  const { options, answers } = useBench();
  const ways = step.ways ?? [];
  const withWay = (to: Partial<Way>) => ways.map((w, i) => (i === n ? { ...w, ...to } : w));
  const several = ways.length > 1;
  return (
    <fieldset className="way" aria-label={`Way ${n + 1}`}>
      {several && (
        <div className="way-head">
          <span className="faint small">Way {n + 1}</span>
          <span className="way-actions">
            <Button
              kind="quiet"
              size="small"
              icon="up"
              aria-label={`Way ${n + 1}: try it earlier`}
              title="Try it earlier"
              disabled={n === 0}
              onClick={() => put(moved(ways, n, n - 1))}
            />
            <Button
              kind="quiet"
              size="small"
              icon="down"
              aria-label={`Way ${n + 1}: try it later`}
              title="Try it later"
              disabled={n === ways.length - 1}
              onClick={() => put(moved(ways, n, n + 1))}
            />
            <Button
              kind="quiet"
              size="small"
              icon="trash"
              aria-label={`Way ${n + 1}: delete`}
              title="Delete"
              onClick={remove}
            />
          </span>
        </div>
      )}
      <ConditionList
        value={way.all}
        onChange={(all) => put(withWay({ all }), `way ${n}`)}
        options={options}
        answers={answers}
        label={`Conditions of way ${n + 1}`}
        none="Choose what it depends on."
      />
      <TargetField
        step={step}
        value={way.next}
        lead={(next) => ({ ways: withWay({ next }) })}
        empty="Choose where it leads"
        label="Then"
      />
    </fieldset>
  );
}
