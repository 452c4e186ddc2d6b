import { type FormEvent, useEffect, useRef, useState } from "react";
import type { CustomField, CustomFields, SetCustomField } from "../../../shared/agent";
import { Button } from "../../parts/button";
import { Field } from "../../parts/field";
import { Icon } from "../../parts/icon";
import { useSession } from "../../session/session";
import { errorAt } from "../draft";
import { useAdding } from "../use-adding";
import { Platforms } from "./platforms";
import { optionsOf } from "./words";

interface Props {
  field: CustomField;
  done: (list: CustomFields | null) => void;
}

const placed = ["label", "options", "platforms"];

/** EditField changes all of a field that may change. */
export function EditField({ field, done }: Props) {
  const { api } = useSession();
  const [label, setLabel] = useState(field.label);
  const [options, setOptions] = useState(() => (field.options ?? []).join("\n"));
  const [platforms, setPlatforms] = useState(field.platforms);
  const form = useRef<HTMLFormElement>(null);
  const { busy, problem, add } = useAdding();
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  useEffect(() => {
    if (problem) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [problem]);
  const submit = async (e: FormEvent) => {
    e.preventDefault();
    const change: SetCustomField = { label, platforms };
    if (field.type === "dropdown") change.options = optionsOf(options);
    const path = `/fields/${encodeURIComponent(field.id)}`;
    const list = await add(
      () => api.put<CustomFields>(path, change),
      `The field “${label.trim()}” is saved.`,
    );
    if (list) done(list);
  };
  return (
    <form ref={form} className="edit-field" onSubmit={submit} noValidate aria-label={`Edit ${field.label}`}>
      <Field label="Label" error={errorAt(problem, "label")}>
        {(props) => (
          <input {...props} autoComplete="off" value={label} onChange={(e) => setLabel(e.target.value)} />
        )}
      </Field>
      {field.type === "dropdown" && (
        <Field
          label="Options"
          help="One on each line. Conversations keep an option that you remove; it can no longer be chosen."
          error={errorAt(problem, "options")}
        >
          {(props) => (
            <textarea {...props} rows={5} value={options} onChange={(e) => setOptions(e.target.value)} />
          )}
        </Field>
      )}
      <Platforms chosen={platforms} set={setPlatforms} error={errorAt(problem, "platforms")} />
      {problem && !placed.includes(problem.field) && (
        <p className="callout bad" role="alert">
          <Icon name="alert" /> {problem.text}
        </p>
      )}
      <div className="edit-actions">
        <Button type="submit" kind="primary" size="small" busy={busy}>
          Save
        </Button>
        <Button size="small" disabled={busy} onClick={() => done(null)}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
