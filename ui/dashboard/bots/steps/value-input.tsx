import { type InputHTMLAttributes, useRef } from "react";
import { PlaceholderPicker } from "../../texts/placeholder-picker";
import type { Placeholder } from "../../texts/placeholders";

interface Props extends Omit<InputHTMLAttributes<HTMLInputElement>, "onChange"> {
  label: string;
  value: string;
  onChange: (value: string) => void;
  placeholders: readonly Placeholder[];
}

/** ValueInput is one line for a program, in which values can be named. */
export function ValueInput({ label, value, onChange, placeholders, ...rest }: Props) {
  const box = useRef<HTMLInputElement>(null);
  return (
    <div className="value-input">
      <input
        {...rest}
        ref={box}
        dir="ltr"
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        value={value}
        onChange={(e) => onChange(e.target.value)}
      />
      <PlaceholderPicker list={placeholders} box={box} onChange={onChange} label={label} />
    </div>
  );
}
