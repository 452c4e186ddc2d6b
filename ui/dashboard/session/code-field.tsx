import { Field } from "../parts/field";
import { digitsOf, isCode } from "./sign-in-state";
import "./sign-in.css";

interface Props {
  label: string;
  help?: string;
  value: string;
  error: string;
  set: (code: string) => void;
  /** Called once the sixth digit is there. */
  complete: (code: string) => void;
}

/** CodeField takes the six digits of an authenticator, typed, pasted or filled in by the device. */
export function CodeField({ label, help, value, error, set, complete }: Props) {
  const change = (raw: string) => {
    const code = digitsOf(raw);
    set(code);
    if (isCode(code) && code !== value) complete(code);
  };
  return (
    <Field label={label} help={help} error={error}>
      {(props) => (
        <input
          {...props}
          className="input code-input"
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          placeholder="000000"
          value={value}
          onChange={(e) => change(e.target.value)}
        />
      )}
    </Field>
  );
}
