import { type FormEvent, useEffect, useRef, useState } from "react";
import type { CustomFields, NewCustomField } from "../../../shared/agent";
import { Button } from "../../parts/button";
import { Field } from "../../parts/field";
import { Icon } from "../../parts/icon";
import { useSession } from "../../session/session";
import { errorAt } from "../draft";
import { useAdding } from "../use-adding";
import { Platforms } from "./platforms";
import { keyOf, optionsOf, platforms, types } from "./words";

interface Form {
  label: string;
  /** Empty while the key follows from the label. */
  key: string;
  type: string;
  options: string;
  platforms: string[];
}

const blank: Form = {
  label: "",
  key: "",
  type: "singleline",
  options: "",
  platforms: Object.keys(platforms),
};
const placed = ["label", "key", "type", "options", "platforms"];

function toSend(form: Form): NewCustomField {
  const { label, type, platforms } = form;
  const field = { label, key: form.key || keyOf(label), type, platforms };
  return form.type === "dropdown" ? { ...field, options: optionsOf(form.options) } : field;
}

export function AddField({ added }: { added: (list: CustomFields) => void }) {
  const { api } = useSession();
  const [form, setForm] = useState(blank);
  const element = useRef<HTMLFormElement>(null);
  const { busy, problem, add } = useAdding();
  const change = (part: Partial<Form>) => setForm((held) => ({ ...held, ...part }));
  const at = (field: string) => errorAt(problem, field);
  useEffect(() => {
    if (problem) element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [problem]);
  const submit = async (e: FormEvent) => {
    e.preventDefault();
    if (form.platforms.length === 0) return;
    const done = `The field “${form.label.trim()}” is added.`;
    const list = await add(() => api.post<CustomFields>("/fields", toSend(form)), done);
    if (!list) return;
    setForm(blank);
    added(list);
    element.current?.querySelector("input")?.focus();
  };
  return (
    <form ref={element} className="card" onSubmit={submit} noValidate aria-labelledby="add-field">
      <h2 id="add-field">New field</h2>
      <div className="add-form">
        <Field label="Label" help="What agents read." error={at("label")}>
          {(props) => (
            <input
              {...props}
              autoComplete="off"
              value={form.label}
              onChange={(e) => change({ label: e.target.value })}
            />
          )}
        </Field>
        <Field label="Key" help="What pages and programs write. It never changes." error={at("key")}>
          {(props) => (
            <input
              {...props}
              autoComplete="off"
              spellCheck={false}
              value={form.key || keyOf(form.label)}
              onChange={(e) => change({ key: e.target.value })}
            />
          )}
        </Field>
        <TypeField type={form.type} error={at("type")} set={(type) => change({ type })} />
        {form.type === "dropdown" && (
          <div className="whole">
            <Field label="Options" help="One on each line." error={at("options")}>
              {(props) => (
                <textarea
                  {...props}
                  rows={4}
                  value={form.options}
                  onChange={(e) => change({ options: e.target.value })}
                />
              )}
            </Field>
          </div>
        )}
        <div className="whole">
          <Platforms
            chosen={form.platforms}
            set={(platforms) => change({ platforms })}
            error={at("platforms") || (form.platforms.length === 0 ? "Choose at least one." : "")}
          />
        </div>
      </div>
      {problem && !placed.includes(problem.field) && (
        <p className="callout bad" role="alert">
          <Icon name="alert" /> {problem.text}
        </p>
      )}
      <div>
        <Button type="submit" kind="primary" icon="plus" busy={busy}>
          Add
        </Button>
      </div>
    </form>
  );
}

function TypeField({ type, error, set }: { type: string; error: string; set: (type: string) => void }) {
  return (
    <Field label="Type" error={error}>
      {(props) => (
        <div className="select-box">
          <select {...props} className="select" value={type} onChange={(e) => set(e.target.value)}>
            {Object.entries(types).map(([value, { name }]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
          <Icon name="down" size={16} />
        </div>
      )}
    </Field>
  );
}
