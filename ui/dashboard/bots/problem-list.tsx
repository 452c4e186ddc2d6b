import { Icon } from "../parts/icon";
import { useBench } from "./bench";
import { indexOf } from "./draft";
import { inOrder } from "./problems";

/** ProblemList is what has to be corrected before the draft can be published; each leads to its step. */
export function ProblemList() {
  const { problems, script, jump, open } = useBench();
  if (problems.length === 0 || script.steps.length === 0) return null;
  const go = (id: string) => {
    open(id);
    jump(id);
  };
  return (
    <section id="bot-problems" className="problems" tabIndex={-1} aria-label="To correct before publishing">
      <h2>
        <Icon name="alert" size={16} /> To correct before you publish
      </h2>
      <ul>
        {inOrder(problems, script.steps).map((p) => {
          const at = indexOf(script, p.step_id ?? "");
          return (
            <li key={`${p.step_id} ${p.field} ${p.text}`}>
              {at < 0 ? (
                p.text
              ) : (
                <button type="button" className="text-button" onClick={() => go(p.step_id ?? "")}>
                  Step {at + 1}
                </button>
              )}
              {at >= 0 && <span> {p.text}</span>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
