import { type ReactNode, useId } from "react";
import { Icon } from "./icon";

interface ControlProps {
  id: string;
  className: string;
  "aria-invalid": boolean | undefined;
  "aria-describedby": string | undefined;
}

interface Props {
  label: string;
  help?: ReactNode;
  error?: string;
  children: (props: ControlProps) => ReactNode;
}

/** Field ties a label, an explanation and an error to one control. */
export function Field({ label, help, error, children }: Props) {
  const id = useId();
  const described = [help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {help && (
        <p className="help" id={`${id}-help`}>
          {help}
        </p>
      )}
      {children({
        id,
        className: "input",
        "aria-invalid": error ? true : undefined,
        "aria-describedby": described || undefined,
      })}
      {error && <FieldError id={`${id}-error`} text={error} />}
    </div>
  );
}

export function FieldError({ id, text }: { id?: string; text: string }) {
  return (
    <p className="field-error" id={id} role="alert">
      <Icon name="alert" size={14} />
      <span>{text}</span>
    </p>
  );
}
