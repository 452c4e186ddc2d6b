import { useRef } from "react";
import { Field } from "../parts/field";
import { LocalTextField } from "../texts/local-text-field";
import { PlaceholderPicker } from "../texts/placeholder-picker";
import { TextExample } from "../texts/text-example";
import type { PartProps } from "./action-value";

interface Props extends PartProps {
  error?: string;
}

/** ActionText is the part of an action that is written. */
export function ActionText(props: Props) {
  const { value, onChange, placeholders, fresh, error } = props;
  switch (value.kind) {
    case "message":
      return (
        <LocalTextField
          label="What the visitor reads"
          value={value.text ?? { text: "" }}
          onChange={(text) => onChange({ ...value, text })}
          placeholders={placeholders}
          maxLength={10_000}
          error={error}
          focused={fresh}
        />
      );
    case "note":
      return <NoteText {...props} />;
    case "webhook":
      return (
        <Field
          label="Address"
          help="The conversation is posted there as JSON. If your program does not answer with 2xx, we try again for a day."
        >
          {(attributes) => (
            <input
              {...attributes}
              type="url"
              inputMode="url"
              dir="ltr"
              placeholder="https://www.example.com/hooks/rejoin"
              autoComplete="off"
              // biome-ignore lint/a11y/noAutofocus: somebody has just put it there
              autoFocus={fresh}
              value={value.url ?? ""}
              onChange={(e) => onChange({ ...value, url: e.target.value })}
            />
          )}
        </Field>
      );
  }
  return null;
}

function NoteText({ value, onChange, placeholders, fresh }: Props) {
  const box = useRef<HTMLTextAreaElement>(null);
  const text = value.note ?? "";
  const set = (note: string) => onChange({ ...value, note });
  return (
    <div>
      <Field label="Note">
        {(attributes) => (
          <div className="text-frame">
            <div className="text-bar">
              <span className="text-only">Only the team reads it.</span>
              <PlaceholderPicker list={placeholders} box={box} onChange={set} label="Note" />
            </div>
            <textarea
              {...attributes}
              ref={box}
              rows={2}
              dir="auto"
              maxLength={10_000}
              // biome-ignore lint/a11y/noAutofocus: somebody has just put it there
              autoFocus={fresh}
              value={text}
              onChange={(e) => set(e.target.value)}
            />
          </div>
        )}
      </Field>
      <TextExample text={text} known={placeholders} />
    </div>
  );
}
