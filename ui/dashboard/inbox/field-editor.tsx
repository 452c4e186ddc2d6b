import { type FormEvent, useId, useState } from "react";
import type { CustomField, FieldFilter } from "../../shared/agent";
import { Button } from "../parts/button";
import { Icon } from "../parts/icon";
import { firstOf, isWhole, opOf, opsOf } from "./field-words";

interface Props {
  field: CustomField;
  filter: FieldFilter | undefined;
  set: (filter: FieldFilter) => void;
}

/** FieldEditor says how a custom issue field is compared. */
export function FieldEditor({ field, filter, set }: Props) {
  const [draft, setDraft] = useState<FieldFilter>(filter ?? firstOf(field));
  const id = useId();
  const { takes } = opOf(draft.op, field.type);
  const submit = (e: FormEvent) => {
    e.preventDefault();
    if (isWhole(draft, field.type)) set(takes === "none" ? { key: field.key, op: draft.op } : draft);
  };
  const change = (op: string) => {
    const several = opOf(op, field.type).takes === "several";
    setDraft({ ...draft, op, value: several ? draft.value : draft.value?.slice(0, 1) });
  };
  return (
    <form className="facet-form" onSubmit={submit}>
      <label className="legend" htmlFor={id}>
        {field.label}
      </label>
      <span className="select-box">
        <select id={id} className="select" value={draft.op} onChange={(e) => change(e.target.value)}>
          {opsOf(field.type).map(({ op, label }) => (
            <option key={op} value={op}>
              {label}
            </option>
          ))}
        </select>
        <Icon name="down" size={16} />
      </span>
      {takes !== "none" && (
        <Value
          field={field}
          several={takes === "several"}
          value={draft.value ?? []}
          set={(value) => setDraft({ ...draft, value })}
        />
      )}
      <Button type="submit" size="small" kind="primary" disabled={!isWhole(draft, field.type)}>
        Apply
      </Button>
    </form>
  );
}

interface ValueProps {
  field: CustomField;
  several: boolean;
  value: string[];
  set: (value: string[]) => void;
}

function Value({ field, several, value, set }: ValueProps) {
  const one = value[0] ?? "";
  const label = `${field.label}: value`;
  const text = { className: "input", "aria-label": label, maxLength: 255 };
  switch (field.type) {
    case "dropdown":
      return <Options field={field} several={several} value={value} set={set} />;
    case "checkbox":
      return (
        <Options field={{ ...field, options: ["true", "false"] }} several={false} value={value} set={set} />
      );
    case "number":
      return <input {...text} inputMode="decimal" value={one} onChange={(e) => set([e.target.value])} />;
    case "date":
      return (
        <input
          {...text}
          type="date"
          value={dateText(one)}
          onChange={(e) => set([dateValue(e.target.value)])}
        />
      );
  }
  return <input {...text} value={one} onChange={(e) => set([e.target.value])} />;
}

function Options({ field, several, value, set }: ValueProps) {
  const name = useId();
  const words = (o: string) => (field.type === "checkbox" ? (o === "true" ? "Yes" : "No") : o);
  const toggle = (o: string) => set(value.includes(o) ? value.filter((v) => v !== o) : [...value, o]);
  return (
    <fieldset className="facet-options" aria-label={`${field.label}: value`}>
      {(field.options ?? []).map((o) => (
        <label key={o} className="facet-option">
          <input
            type={several ? "checkbox" : "radio"}
            name={name}
            className={several ? "check-box" : undefined}
            checked={value.includes(o)}
            onChange={() => (several ? toggle(o) : set([o]))}
          />
          {words(o)}
        </label>
      ))}
    </fieldset>
  );
}

/** Dates of fields are days: midnight in UTC, as programs and agents give them. */
const dateText = (ms: string) => (Number(ms) ? new Date(Number(ms)).toISOString().slice(0, 10) : "");
const dateValue = (date: string) => (date ? String(Date.parse(`${date}T00:00:00Z`)) : "");
