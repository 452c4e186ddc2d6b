import { useState } from "react";
import type { RuleOptions, TriedRule } from "../../shared/agent";
import { ConditionList } from "../conditions/condition-list";
import { Button } from "../parts/button";
import { FieldError } from "../parts/field";
import type { Draft, Problems } from "./draft";

const MAX = 20;

interface Props {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  options: RuleOptions;
  problems: Problems | null;
  /** What became of the conditions where the automation was tried. */
  result: TriedRule | null;
}

/** ConditionSection says what must be so: all of one list, and one of another if there is one. */
export function ConditionSection({ draft, change, options, problems, result }: Props) {
  const { trigger, all, any } = draft;
  const [either, setEither] = useState(any.length > 0);
  const timed = trigger === "time";
  const shown = either || any.length > 0;
  const left = MAX - all.length - any.length;
  return (
    <section className="card" aria-labelledby="rule-if">
      <div className="card-head">
        <div>
          <h2 id="rule-if">{timed ? "What it waits for" : "If"}</h2>
          <p className="help">
            {timed
              ? "All of these, at least one of them about time. Once saved, it also runs in open conversations in which its time has come already."
              : "All of these. Without any, it runs every time."}
          </p>
        </div>
      </div>
      <ConditionList
        value={all}
        onChange={(list) => change({ all: list })}
        options={options}
        timed={timed}
        lead=""
        label="All of these"
        results={result?.all}
        errors={problems?.all}
        max={all.length + left}
      />
      {problems?.conditions && <FieldError text={problems.conditions} />}
      {shown ? (
        <div className="rule-either">
          <h3>And at least one of these</h3>
          <ConditionList
            value={any}
            onChange={(list) => {
              change({ any: list });
              setEither(true);
            }}
            options={options}
            timed={timed}
            lead="either"
            joined="or"
            label="At least one of these"
            results={result?.any}
            errors={problems?.any}
            max={any.length + left}
          />
        </div>
      ) : (
        <div>
          <Button size="small" kind="quiet" icon="plus" onClick={() => setEither(true)}>
            And at least one of several…
          </Button>
        </div>
      )}
    </section>
  );
}
