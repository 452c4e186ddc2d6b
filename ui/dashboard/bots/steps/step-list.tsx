import { Icon } from "../../parts/icon";
import { useDragging } from "../../settings/dragging";
import { stepElement, useBench } from "../bench";
import { MOST } from "../draft";
import { endOf } from "../words";
import { AddStep } from "./add-step";
import { Beginnings } from "./beginnings";
import { Onward } from "./onward";
import { StepCard } from "./step-card";

/** StepList is the script from its beginning to its end, one card for each step. */
export function StepList() {
  const { script, kind, move } = useBench();
  const { line, start } = useDragging(move);
  const { steps } = script;
  if (steps.length === 0) return <Beginnings />;
  return (
    <section className="script" aria-label="Steps">
      <div className="script-start">
        <span className="script-mark">
          <Icon name="play" size={13} />{" "}
          {kind === "feedback" ? "The conversation is resolved" : "The bot is started"}
        </span>
        <AddStep at={0} />
      </div>
      <ol className="script-steps">
        {steps.map((step, at) => (
          <li key={step.id} id={stepElement(step.id)} {...line(at)}>
            <StepCard step={step} at={at} drag={() => start(at)} />
            <Onward at={at} />
          </li>
        ))}
      </ol>
      <p className="script-end">
        <span className="script-mark">{endOf(kind)}</span>
        <span className="help">
          {steps.length} of {MOST} steps
        </span>
      </p>
    </section>
  );
}
