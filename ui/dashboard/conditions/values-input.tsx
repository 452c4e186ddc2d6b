import { type KeyboardEvent, useState } from "react";
import { Icon } from "../parts/icon";

interface Props {
  label: string;
  values: readonly string[];
  onChange: (values: string[]) => void;
  fresh?: boolean;
}

/** ValuesInput takes one text or several: Enter begins another one. */
export function ValuesInput({ label, values, onChange, fresh }: Props) {
  const [draft, setDraft] = useState(() => values[values.length - 1] ?? "");
  const typing = draft !== "" && values[values.length - 1] === draft;
  const whole = typing ? values.slice(0, -1) : values;
  const type = (text: string) => {
    setDraft(text);
    onChange(text.trim() ? [...whole, text] : [...whole]);
  };
  const key = (e: KeyboardEvent) => {
    if (e.key === "Enter") {
      e.preventDefault();
      setDraft("");
    } else if (e.key === "Backspace" && !typing && whole.length > 0) {
      e.preventDefault();
      setDraft(whole[whole.length - 1] ?? "");
    }
  };
  return (
    <span className="token-values">
      {whole.map((value, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same text may be there twice
        <span key={at} className="token-value">
          {value}
          <button
            type="button"
            aria-label={`Take “${value}” away`}
            onClick={() => onChange(values.filter((_, i) => i !== at))}
          >
            <Icon name="x" size={12} />
          </button>
        </span>
      ))}
      <input
        className="token token-input"
        aria-label={whole.length > 0 ? `${label}: another` : label}
        aria-description="Press Enter to add another one."
        dir="auto"
        maxLength={255}
        placeholder={whole.length > 0 ? "or…" : "text"}
        autoComplete="off"
        // biome-ignore lint/a11y/noAutofocus: somebody has just put it there
        autoFocus={fresh}
        data-unfinished={values.length === 0 || undefined}
        value={typing ? draft : ""}
        onChange={(e) => type(e.target.value)}
        onKeyDown={key}
      />
      {typing && (
        <span className="token-hint" aria-hidden="true">
          Enter ↵ for “or”
        </span>
      )}
    </span>
  );
}
