import { type ReactNode, useId, useRef, useState } from "react";
import type { LocalText } from "../../shared/agent";
import { FieldError } from "../parts/field";
import { LanguageTabs } from "./language-tabs";
import { directionOf, tagOf } from "./languages";
import { textIn, translatedInto, withoutLanguage, withText } from "./local-text";
import { PlaceholderPicker } from "./placeholder-picker";
import type { Placeholder } from "./placeholders";
import { TextExample } from "./text-example";
import "./texts.css";

interface Props {
  label: string;
  help?: ReactNode;
  error?: string;
  value: LocalText;
  onChange: (value: LocalText) => void;
  /** The values that can be put in; none for a text without placeholders. */
  placeholders?: readonly Placeholder[];
  /** Lines of the box; 1 is a single line. */
  rows?: number;
  maxLength?: number;
  /** What is said where nothing is written, in a language; "" is the text for everybody else. */
  own?: (language: string) => string | undefined;
  /** Takes the focus when it appears. */
  focused?: boolean;
}

/** LocalTextField edits what visitors read: one text for everybody, and others for those who read certain languages. */
export function LocalTextField(props: Props) {
  const { label, help, error, value, onChange, placeholders = [] } = props;
  const [chosen, setChosen] = useState("");
  const box = useRef<HTMLTextAreaElement & HTMLInputElement>(null);
  const id = useId();
  const language = translatedInto(value).includes(chosen) ? chosen : "";
  const text = textIn(value, language);
  const set = (next: string) => onChange(withText(value, language, next));
  const add = (code: string) => {
    onChange(withText(value, code, textIn(value, code)));
    setChosen(code);
    requestAnimationFrame(() => box.current?.focus());
  };
  const remove = () => {
    onChange(withoutLanguage(value, language));
    setChosen("");
  };
  const described = [help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className="field local-text">
      <label htmlFor={id}>{label}</label>
      {help && (
        <p className="help" id={`${id}-help`}>
          {help}
        </p>
      )}
      <div className="text-frame">
        <div className="text-bar">
          <LanguageTabs
            label={label}
            codes={translatedInto(value)}
            at={language}
            pick={setChosen}
            add={add}
            remove={remove}
          />
          {placeholders.length > 0 && (
            <PlaceholderPicker list={placeholders} box={box} onChange={set} label={label} />
          )}
        </div>
        <Box
          {...props}
          id={id}
          box={box}
          text={text}
          set={set}
          language={language}
          described={described || undefined}
        />
      </div>
      {placeholders.length > 0 && <TextExample text={text} known={placeholders} />}
      {error && <FieldError id={`${id}-error`} text={error} />}
    </div>
  );
}

interface BoxProps extends Props {
  id: string;
  box: React.RefObject<(HTMLTextAreaElement & HTMLInputElement) | null>;
  text: string;
  set: (text: string) => void;
  language: string;
  described: string | undefined;
}

function Box(props: BoxProps) {
  const { id, box, value, text, set, language, described, error, rows = 3, maxLength, own, focused } = props;
  const attributes = {
    id,
    ref: box,
    className: "input",
    dir: directionOf(language),
    lang: tagOf(language),
    "aria-invalid": error ? true : undefined,
    "aria-describedby": described,
    maxLength,
    placeholder: own?.(language) ?? (language ? value.text : undefined),
    autoFocus: focused,
    value: text,
  } as const;
  if (rows > 1) return <textarea {...attributes} rows={rows} onChange={(e) => set(e.target.value)} />;
  return <input {...attributes} autoComplete="off" onChange={(e) => set(e.target.value)} />;
}
