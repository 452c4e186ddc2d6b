import { type KeyboardEvent, useId } from "react";
import type { FormField } from "../../shared/agent";
import { FieldError } from "../parts/field";
import { Icon } from "../parts/icon";
import type { Change } from "../thread/use-thread";
import { Group } from "./facts";
import { shownOf, valueWords } from "./field-value";
import { type Saving, useField } from "./use-field";
import "./fields-form.css";

interface FormProps {
  form: FormField[];
  change: Change;
}

/** FieldsForm fills in the custom issue fields, each by its type. */
export function FieldsForm({ form, change }: FormProps) {
  if (form.length === 0) return null;
  return (
    <Group
      title="Custom issue fields"
      note={
        <div className="fields-form">
          {form.map((field) =>
            field.archived ? (
              <OldField key={field.key} field={field} change={change} />
            ) : (
              <FieldRow key={field.key} field={field} change={change} />
            ),
          )}
        </div>
      }
    />
  );
}

interface RowProps {
  field: FormField;
  change: Change;
}

function FieldRow({ field, change }: RowProps) {
  const tools = useField(field, change);
  const { saving, drop, insist } = tools;
  const id = useId();
  return (
    <div className="field-row">
      <label className="field-name" htmlFor={id}>
        {field.label || field.key}
      </label>
      <Control id={id} field={field} {...tools} />
      <Mark saving={saving} />
      {saving.kind === "failed" && <FieldError text={saving.text} />}
      {saving.kind === "conflict" && (
        <div className="field-conflict" role="alert">
          <p>{saving.text}</p>
          <p>
            It says <strong dir="auto">{valueWords(field, field.value)}</strong> now.
          </p>
          <p className="field-choices">
            <button type="button" className="text-button" onClick={drop}>
              Keep that
            </button>
            <button type="button" className="text-button" onClick={insist}>
              Set mine
            </button>
          </p>
        </div>
      )}
    </div>
  );
}

function Mark({ saving }: { saving: Saving }) {
  return (
    <span className="field-mark" role="status">
      {saving.kind === "busy" && <span className="hidden-text">Saving</span>}
      {saving.kind === "saved" && (
        <>
          <Icon name="check" size={15} />
          <span className="hidden-text">Saved</span>
        </>
      )}
    </span>
  );
}

interface ControlProps extends ReturnType<typeof useField> {
  id: string;
  field: FormField;
}

function Control({ id, field, shown, saving, edit, save, drop }: ControlProps) {
  const wrong = saving.kind === "failed" || saving.kind === "conflict";
  const common = { id, "aria-invalid": wrong || undefined };
  const at = (value: string) => {
    edit(value);
    save(value);
  };
  const key = (e: KeyboardEvent) => {
    if (e.key === "Escape") drop();
    if (e.key === "Enter" && !(field.type === "multiline" && !e.ctrlKey && !e.metaKey)) save();
  };
  switch (field.type) {
    case "checkbox":
      return (
        <span className="field-check">
          <input
            {...common}
            type="checkbox"
            checked={shown === "true"}
            onChange={(e) => at(String(e.target.checked))}
          />
          <span className="small soft">{shown ? (shown === "true" ? "Yes" : "No") : "Not set"}</span>
          {shown && (
            <button type="button" className="text-button small" onClick={() => at("")}>
              Clear
            </button>
          )}
        </span>
      );
    case "dropdown":
      return <Dropdown {...common} field={field} shown={shown} pick={at} />;
    case "multiline":
      return (
        <textarea
          {...common}
          className="input"
          rows={3}
          dir="auto"
          value={shown}
          onChange={(e) => edit(e.target.value)}
          onBlur={() => save()}
          onKeyDown={key}
        />
      );
    default:
      return (
        <input
          {...common}
          className="input"
          type={field.type === "date" ? "date" : "text"}
          inputMode={field.type === "number" ? "decimal" : undefined}
          dir={field.type === "singleline" ? "auto" : undefined}
          autoComplete="off"
          value={shown}
          onChange={(e) => edit(e.target.value)}
          onBlur={() => save()}
          onKeyDown={key}
        />
      );
  }
}

interface DropdownProps {
  id: string;
  "aria-invalid": boolean | undefined;
  field: FormField;
  shown: string;
  pick: (value: string) => void;
}

/** An option that is offered no more stays where it is chosen. */
function Dropdown({ field, shown, pick, ...rest }: DropdownProps) {
  const options = field.options ?? [];
  const list = shown && !options.includes(shown) ? [...options, shown] : options;
  return (
    <div className="select-box">
      <select {...rest} className="select" value={shown} onChange={(e) => pick(e.target.value)}>
        <option value="">Not set</option>
        {list.map((option) => (
          <option key={option}>{option}</option>
        ))}
      </select>
      <Icon name="down" size={16} />
    </div>
  );
}

/** OldField is an archived field that holds something: it can be emptied, and not set. */
function OldField({ field, change }: RowProps) {
  const { saving, save } = useField(field, change);
  if (!field.value) return null;
  return (
    <div className="field-row">
      <p className="field-name">
        {field.label || field.key} <span className="chip">Archived</span>
      </p>
      <p className="field-old">
        <span dir="auto">
          {field.type === "date" ? shownOf("date", field.value) : valueWords(field, field.value)}
        </span>
        <button type="button" className="text-button small" onClick={() => save("")}>
          Clear
        </button>
      </p>
      <Mark saving={saving} />
      {(saving.kind === "failed" || saving.kind === "conflict") && <FieldError text={saving.text} />}
    </div>
  );
}
