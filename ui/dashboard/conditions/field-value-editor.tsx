import { useRef } from "react";
import type { CustomField } from "../../shared/agent";
import { PlaceholderPicker } from "../texts/placeholder-picker";
import { rawOf, shownOf } from "../user/field-value";
import type { PartProps } from "./action-value";
import { ChoiceToken } from "./choice-token";
import { TokenSelect } from "./token";

/** FieldValueEditor chooses a custom issue field and what it is set to. */
export function FieldValueEditor({ value, onChange, options, placeholders, fresh }: PartProps) {
  const fields = options.fields.filter((f) => !f.archived || f.key === value.field);
  const field = fields.find((f) => f.key === value.field);
  return (
    <>
      <ChoiceToken
        label="Field"
        choices={fields.map((f) => ({ value: f.key, label: f.label }))}
        values={value.field ? [value.field] : []}
        gone="a field that is gone"
        empty="There are no custom issue fields yet. They are made in the settings."
        onChange={([key]) => onChange({ ...value, field: key, value: "" })}
        fresh={fresh}
      />
      {field && (
        <>
          <span className="condition-op">with</span>
          <FieldInput
            key={field.key}
            field={field}
            raw={value.value ?? ""}
            set={(raw) => onChange({ ...value, value: raw })}
            placeholders={placeholders}
          />
        </>
      )}
    </>
  );
}

interface InputProps extends Pick<PartProps, "placeholders"> {
  field: CustomField;
  raw: string;
  set: (raw: string) => void;
}

const nothing = { value: "", label: "nothing" };

function FieldInput({ field, raw, set, placeholders }: InputProps) {
  const box = useRef<HTMLInputElement>(null);
  const label = `${field.label}: value`;
  if (field.type === "dropdown") {
    const choices = (field.options ?? []).map((o) => ({ value: o, label: o }));
    return (
      <ChoiceToken
        label={label}
        choices={[nothing, ...choices]}
        values={[raw]}
        onChange={([v = ""]) => set(v)}
      />
    );
  }
  if (field.type === "checkbox") {
    const choices = [nothing, { value: "true", label: "yes" }, { value: "false", label: "no" }];
    return <TokenSelect label={label} value={raw} choices={choices} onChange={set} />;
  }
  if (field.type === "date") {
    return (
      <input
        className="token token-input"
        type="date"
        aria-label={label}
        value={shownOf("date", raw)}
        onChange={(e) => set(rawOf("date", e.target.value, ""))}
      />
    );
  }
  return (
    <>
      <input
        ref={box}
        className="token token-input"
        dir="auto"
        aria-label={label}
        placeholder="nothing"
        autoComplete="off"
        value={raw}
        onChange={(e) => set(e.target.value)}
      />
      <PlaceholderPicker list={placeholders} box={box} onChange={set} label={field.label} />
    </>
  );
}
