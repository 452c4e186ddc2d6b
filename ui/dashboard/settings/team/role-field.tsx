import { RadioGroup } from "radix-ui";
import { useId } from "react";
import { FieldError } from "../../parts/field";
import { roles } from "../../session/roles";

interface Props {
  value: string;
  set: (role: string) => void;
  /** Why the role cannot be changed; then it only shows. */
  locked?: string;
  error?: string;
}

/** RoleField chooses a role, with what each may do. */
export function RoleField({ value, set, locked, error }: Props) {
  const id = useId();
  return (
    <div className="field">
      <p className="legend" id={id}>
        Role
      </p>
      {locked && (
        <p className="help" id={`${id}-help`}>
          {locked}
        </p>
      )}
      <RadioGroup.Root
        className="radios"
        aria-labelledby={id}
        aria-describedby={locked ? `${id}-help` : undefined}
        disabled={Boolean(locked)}
        value={value}
        onValueChange={set}
      >
        {roles.map((r) => (
          <div className="radio" key={r.role}>
            <RadioGroup.Item
              className="radio-button"
              id={`${id}-${r.role}`}
              value={r.role}
              aria-describedby={`${id}-${r.role}-help`}
            >
              <RadioGroup.Indicator className="radio-dot" />
            </RadioGroup.Item>
            <div>
              <label htmlFor={`${id}-${r.role}`}>{r.name}</label>
              <p className="help" id={`${id}-${r.role}-help`}>
                {r.text}
              </p>
            </div>
          </div>
        ))}
      </RadioGroup.Root>
      {error && <FieldError text={error} />}
    </div>
  );
}
