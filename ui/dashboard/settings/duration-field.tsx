import { useId, useState } from "react";
import { FieldError } from "../parts/field";
import { Icon } from "../parts/icon";
import { join, split, spoken, type Unit, units } from "../time/duration";

interface Props {
  label: string;
  help: string;
  error?: string;
  seconds: number;
  onChange: (seconds: number) => void;
  /** The usual values; without them there is only a number and its unit. */
  presets?: number[];
  /** What zero means, such as "Automatic"; offered as a preset. */
  zero?: string;
}

/** DurationField edits whole seconds: by a usual value, or a number and its unit. */
export function DurationField({ label, help, error, seconds, onChange, presets = [], zero }: Props) {
  const id = useId();
  const choices = zero ? [0, ...presets] : presets;
  const [custom, setCustom] = useState(!choices.includes(seconds));
  const own = custom || !choices.includes(seconds);
  const pick = (value: string) => {
    setCustom(value === "custom");
    if (value !== "custom") onChange(Number(value));
  };
  const described = `${id}-help${error ? ` ${id}-error` : ""}`;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <p className="help" id={`${id}-help`}>
        {help}
      </p>
      <div className="duration">
        <div className="select-box">
          <select
            id={id}
            className="select"
            aria-describedby={described}
            aria-invalid={error && !own ? true : undefined}
            value={own ? "custom" : seconds}
            onChange={(e) => pick(e.target.value)}
          >
            {choices.map((s) => (
              <option key={s} value={s}>
                {s === 0 && zero ? zero : spoken(s)}
              </option>
            ))}
            <option value="custom">Another time…</option>
          </select>
          <Icon name="down" size={16} />
        </div>
        {own && <Amount label={label} seconds={seconds} error={Boolean(error)} onChange={onChange} />}
      </div>
      {error && <FieldError id={`${id}-error`} text={error} />}
    </div>
  );
}

interface AmountProps {
  label: string;
  seconds: number;
  error: boolean;
  onChange: (seconds: number) => void;
}

function Amount({ label, seconds, error, onChange }: AmountProps) {
  const [unit, setUnit] = useState<Unit>(() => split(seconds).unit);
  const [text, setText] = useState(() => String(split(seconds).value));
  const set = (value: string, next: Unit) => {
    setText(value);
    setUnit(next);
    const n = Number(value);
    if (value.trim() !== "" && Number.isFinite(n) && n >= 0) onChange(join(n, next));
  };
  return (
    <>
      <input
        className="input amount"
        type="number"
        min={0}
        step="any"
        inputMode="decimal"
        aria-label={`${label}: amount`}
        aria-invalid={error || undefined}
        value={text}
        onChange={(e) => set(e.target.value, unit)}
      />
      <div className="select-box">
        <select
          className="select"
          aria-label={`${label}: unit`}
          value={unit}
          onChange={(e) => set(text, e.target.value as Unit)}
        >
          {units.map((u) => (
            <option key={u}>{u}</option>
          ))}
        </select>
        <Icon name="down" size={16} />
      </div>
    </>
  );
}
