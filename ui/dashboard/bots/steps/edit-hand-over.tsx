import { useId } from "react";
import type { Step } from "../../../shared/agent";
import { Icon } from "../../parts/icon";
import { useBench } from "../bench";

/** EditHandOver chooses who goes on: people, those of a queue, or another bot. */
export function EditHandOver({ step }: { step: Step }) {
  const { options, set, path } = useBench();
  const own = decodeURIComponent(path.split("/").pop() ?? "");
  const bots = options.bots.filter((b) => b.id !== own && b.kind === "custom");
  const id = useId();
  const to = step.bot_id ? `bot:${step.bot_id}` : step.queue_id ? `queue:${step.queue_id}` : "";
  const known = [...bots.map((b) => `bot:${b.id}`), ...options.queues.map((q) => `queue:${q.id}`), ""];
  const choose = (value: string) => {
    const [kind, ref = ""] = value.split(/:(.*)/s);
    set(step.id, { bot_id: kind === "bot" ? ref : "", queue_id: kind === "queue" ? ref : "" });
  };
  return (
    <div className="field">
      <label htmlFor={id}>Who takes over</label>
      <div className="select-box">
        <select id={id} className="select" value={to} onChange={(e) => choose(e.target.value)}>
          <option value="">People, as the conversation is assigned</option>
          {!known.includes(to) && <option value={to}>Something that is gone</option>}
          {options.queues.length > 0 && (
            <optgroup label="People of a queue">
              {options.queues.map((q) => (
                <option key={q.id} value={`queue:${q.id}`}>
                  {q.name}
                </option>
              ))}
            </optgroup>
          )}
          {bots.length > 0 && (
            <optgroup label="Another bot">
              {bots.map((b) => (
                <option key={b.id} value={`bot:${b.id}`}>
                  {b.name}
                </option>
              ))}
            </optgroup>
          )}
        </select>
        <Icon name="down" size={16} />
      </div>
      <p className="help">
        This bot is done then, and says nothing by itself: put a message before it, so that the visitor knows
        who answers. What it has asked stays in the conversation.
      </p>
    </div>
  );
}
