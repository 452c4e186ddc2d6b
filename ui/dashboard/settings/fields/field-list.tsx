import { useState } from "react";
import type { CustomField, CustomFields } from "../../../shared/agent";
import { Button } from "../../parts/button";
import { Icon } from "../../parts/icon";
import { ArchiveButton } from "../archive";
import { Grip, useDragging } from "../dragging";
import { useOrder } from "../use-order";
import { EditField } from "./edit-field";
import { platformWords, shortened, typeName } from "./words";

interface ListProps {
  fields: CustomField[];
  set: (list: CustomFields) => void;
}

/** OrderedFields is the fields in use, in the order in which agents see them: it is changed by dragging, or by keys on the handle. */
export function OrderedFields({ fields, set }: ListProps) {
  const { shown, move, said } = useOrder(fields, {
    path: "/fields/order",
    nameOf: (field) => field.label,
    done: set,
  });
  const { line, start } = useDragging(move);
  return (
    <>
      <ul className="lines">
        {shown.map((field, at) => (
          <li key={field.id} className="line" {...line(at)}>
            <FieldLine
              field={field}
              set={set}
              grip={
                shown.length > 1 && (
                  <Grip name={field.label} at={at} count={shown.length} move={move} start={start} />
                )
              }
            />
          </li>
        ))}
      </ul>
      <p className="hidden-text" role="status">
        {said}
      </p>
    </>
  );
}

/** ArchivedFields are in no order that matters. */
export function ArchivedFields({ fields, set }: ListProps) {
  return (
    <ul className="lines">
      {fields.map((field) => (
        <li key={field.id} className="line">
          <FieldLine field={field} set={set} />
        </li>
      ))}
    </ul>
  );
}

function FieldLine({
  field,
  set,
  grip,
}: {
  field: CustomField;
  set: ListProps["set"];
  grip?: React.ReactNode;
}) {
  const [editing, setEditing] = useState(false);
  const done = (list: CustomFields | null) => {
    setEditing(false);
    if (list) set(list);
  };
  return (
    <>
      <div className="line-words">
        {grip || <Icon name="fields" size={16} />}
        <FieldWords field={field} />
      </div>
      {!editing && (
        <div className="line-actions">
          {!field.archived && (
            <Button
              size="small"
              kind="quiet"
              aria-label={`Edit ${field.label}`}
              onClick={() => setEditing(true)}
            >
              Edit
            </Button>
          )}
          <ArchiveButton
            path={`/fields/${encodeURIComponent(field.id)}/archive`}
            name={field.label}
            archived={field.archived}
            done={set}
          />
        </div>
      )}
      {editing && <EditField field={field} done={done} />}
    </>
  );
}

function FieldWords({ field }: { field: CustomField }) {
  const { label, key, type, options = [], retired = [], platforms } = field;
  return (
    <div>
      <span>
        <strong>{label}</strong> <code className="key">{key}</code>
      </span>
      <span className="help">
        {typeName(type)}
        {options.length > 0 && `: ${shortened(options)}`} · {platformWords(platforms)}
      </span>
      {retired.length > 0 && <span className="help">No longer offered: {shortened(retired)}</span>}
    </div>
  );
}
