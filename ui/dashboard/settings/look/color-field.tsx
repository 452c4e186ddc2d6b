import { Button } from "../../parts/button";
import { Field } from "../../parts/field";
import { isColor } from "./colors";

interface Props {
  label: string;
  help: string;
  error: string;
  /** How the colour comes out. */
  words: string;
  value: string;
  /** What shows where no colour is chosen; without it one must be. */
  fallback?: string;
  set: (value: string) => void;
}

/** ColorField edits a colour by a picker and as text. */
export function ColorField({ label, help, error, words, value, fallback, set }: Props) {
  const shown = value || fallback || "";
  return (
    <Field
      label={label}
      help={
        <>
          {help} {words && <span className="tint-words">{words}</span>}
        </>
      }
      error={error}
    >
      {(props) => (
        <div className="color">
          <input
            type="color"
            aria-label={`${label}: pick a colour`}
            value={isColor(shown) ? shown : "#000000"}
            onChange={(e) => set(e.target.value)}
          />
          <input
            {...props}
            spellCheck={false}
            autoComplete="off"
            maxLength={7}
            placeholder={fallback === undefined ? "#2f5bea" : "As the brand"}
            value={value}
            onChange={(e) => set(e.target.value.trim())}
          />
          {fallback !== undefined && value && (
            <Button
              kind="quiet"
              size="small"
              aria-label={`${label}: no colour of its own`}
              onClick={() => set("")}
            >
              Reset
            </Button>
          )}
        </div>
      )}
    </Field>
  );
}
