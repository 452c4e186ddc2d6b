import { useId } from "react";
import { Icon } from "../../parts/icon";
import { useBench } from "../bench";
import { listsOf } from "../sample";
import { placeOf } from "../words";
import type { RequestProps } from "./edit-request";

/** RequestList lets a question offer a list that the answer brings. */
export function RequestList({ request, put }: RequestProps) {
  const { script, kind, options, answers } = useBench();
  const id = useId();
  const questions = script.steps.filter((s) => s.kind === "question" && s.input === "choice");
  if (questions.length === 0 && !request.list_for) return null;
  const lists = listsOf(request.sample ?? "");
  const chosen = request.list ?? "";
  const all = chosen && !lists.includes(chosen) ? [chosen, ...lists] : lists;
  return (
    <div className="step-pair">
      <div className="field">
        <label htmlFor={`${id}-for`}>A list in it becomes choices of</label>
        <div className="select-box">
          <select
            id={`${id}-for`}
            className="select"
            value={request.list_for ?? ""}
            onChange={(e) =>
              put({ list_for: e.target.value, list: e.target.value ? chosen || lists[0] || "" : "" })
            }
          >
            <option value="">No question</option>
            {questions.map((q) => (
              <option key={q.id} value={q.id}>
                {placeOf(q.id, script.steps, kind, options, answers)}
              </option>
            ))}
          </select>
          <Icon name="down" size={16} />
        </div>
      </div>
      {request.list_for && (
        <div className="field">
          <label htmlFor={`${id}-list`}>The list</label>
          <input
            id={`${id}-list`}
            className="input"
            dir="ltr"
            list={`${id}-lists`}
            placeholder="order.items"
            spellCheck={false}
            value={chosen}
            onChange={(e) => put({ list: e.target.value.trim() }, "list")}
          />
          <datalist id={`${id}-lists`}>
            {all.map((l) => (
              <option key={l} value={l} />
            ))}
          </datalist>
          <p className="help">Where it stands in the answer, at most 500 are offered.</p>
        </div>
      )}
    </div>
  );
}
