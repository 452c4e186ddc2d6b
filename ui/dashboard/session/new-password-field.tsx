import { Field } from "../parts/field";
import { Icon } from "../parts/icon";
import { PasswordInput } from "../parts/password-input";
import { passwordHint } from "./password-hint";
import "./sign-in.css";

interface Props {
  label: string;
  name: string;
  value: string;
  error: string;
  set: (value: string) => void;
}

/** NewPasswordField says while somebody types how far the password has come; it complains only when the form is sent. */
export function NewPasswordField({ label, name, value, error, set }: Props) {
  const hint = passwordHint(value);
  const help = (
    <span className="password-hint" data-enough={hint.enough || undefined}>
      {hint.enough && <Icon name="check" size={14} />}
      {hint.text}
    </span>
  );
  return (
    <>
      <Field label={label} help={help} error={error}>
        {(props) => (
          <PasswordInput {...props} name={name} autoComplete="new-password" value={value} set={set} />
        )}
      </Field>
      {/* Each keystroke changes the hint; only that it is enough now is worth a word aloud. */}
      <span className="hidden-text" role="status">
        {hint.enough ? "The password is long enough." : ""}
      </span>
    </>
  );
}
