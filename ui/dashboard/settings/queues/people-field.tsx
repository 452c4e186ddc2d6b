import { Avatar } from "../../parts/avatar";
import { FieldError } from "../../parts/field";
import { useMe } from "../../session/session";

interface Props {
  chosen: readonly string[];
  set: (chosen: string[]) => void;
  error: string;
}

/** PeopleField chooses who works on a queue. */
export function PeopleField({ chosen, set, error }: Props) {
  const { agents } = useMe();
  const toggle = (id: string, on: boolean) =>
    set(agents.map((a) => a.id).filter((a) => (a === id ? on : chosen.includes(a))));
  return (
    <fieldset className="field queue-team">
      <legend className="legend">Who works on it</legend>
      <div className="queue-checks">
        {agents.map((a) => (
          <label key={a.id} className="queue-check">
            <input
              type="checkbox"
              className="check-box"
              checked={chosen.includes(a.id)}
              aria-invalid={error ? true : undefined}
              onChange={(e) => toggle(a.id, e.target.checked)}
            />
            <Avatar id={a.id} name={a.name} small available={a.available} />
            <span className="ellipsis">{a.name}</span>
            {!a.available && <span className="faint small">Away</span>}
          </label>
        ))}
      </div>
      {error && <FieldError text={error} />}
    </fieldset>
  );
}
