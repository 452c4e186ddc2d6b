import { useState } from "react";
import { join, split, type Unit, units } from "../time/duration";
import { TokenSelect } from "./token";

interface Props {
  label: string;
  seconds: number;
  onChange: (seconds: number) => void;
  fresh?: boolean;
}

/** DurationToken is a number and its unit within a sentence. */
export function DurationToken({ label, seconds, onChange, fresh }: Props) {
  const [shown, setShown] = useState(() => ({
    text: String(split(seconds).value),
    unit: split(seconds).unit,
  }));
  const current = join(Number(shown.text), shown.unit) === seconds;
  const { text, unit } =
    current || !seconds ? shown : { text: String(split(seconds).value), unit: split(seconds).unit };
  const set = (value: string, next: Unit) => {
    setShown({ text: value, unit: next });
    const n = Number(value);
    onChange(value.trim() !== "" && Number.isFinite(n) && n > 0 ? join(n, next) : 0);
  };
  return (
    <span className="token-duration">
      <input
        className="token token-input token-number"
        type="number"
        min={0}
        step="any"
        inputMode="decimal"
        aria-label={`${label}: how long`}
        // biome-ignore lint/a11y/noAutofocus: somebody has just put it there
        autoFocus={fresh}
        data-unfinished={seconds <= 0 || undefined}
        value={text}
        onFocus={(e) => fresh && e.target.select()}
        onChange={(e) => set(e.target.value, unit)}
      />
      <TokenSelect
        label={`${label}: unit`}
        value={unit}
        choices={units.map((u) => ({ value: u, label: Number(text) === 1 ? u.slice(0, -1) : u }))}
        onChange={(u) => set(text, u as Unit)}
      />
    </span>
  );
}
