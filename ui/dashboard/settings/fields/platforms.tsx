import { FieldError } from "../../parts/field";
import { platforms } from "./words";

interface Props {
  chosen: readonly string[];
  set: (chosen: string[]) => void;
  error: string;
}

/** Platforms chooses on whose conversations agents see a field. */
export function Platforms({ chosen, set, error }: Props) {
  const toggle = (kind: string, on: boolean) =>
    set(Object.keys(platforms).filter((k) => (k === kind ? on : chosen.includes(k))));
  return (
    <fieldset className="field platforms">
      <legend className="legend">Agents see it on conversations from</legend>
      <div className="platform-checks">
        {Object.entries(platforms).map(([kind, name]) => (
          <label key={kind} className="platform-check">
            <input
              type="checkbox"
              checked={chosen.includes(kind)}
              aria-invalid={error ? true : undefined}
              onChange={(e) => toggle(kind, e.target.checked)}
            />
            {name}
          </label>
        ))}
      </div>
      {error && <FieldError text={error} />}
    </fieldset>
  );
}
