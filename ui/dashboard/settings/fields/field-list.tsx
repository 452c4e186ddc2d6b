import { type DragEvent, type KeyboardEvent, useState } from "react";
import type { CustomField, CustomFields } from "../../../shared/agent";
import { Button } from "../../parts/button";
import { Icon } from "../../parts/icon";
import { ArchiveButton } from "../archive";
import { EditField } from "./edit-field";
import { stepOf } from "./order";
import { useOrder } from "./use-order";
import { platformWords, shortened, typeName } from "./words";

interface ListProps {
  fields: CustomField[];
  set: (list: CustomFields) => void;
}

/** OrderedFields is the fields in use, in the order in which agents see them: it is changed by dragging, or by keys on the handle. */
export function OrderedFields({ fields, set }: ListProps) {
  const { shown, move, said } = useOrder(fields, set);
  const [dragged, setDragged] = useState<number | null>(null);
  const [over, setOver] = useState<number | null>(null);
  const end = () => {
    setDragged(null);
    setOver(null);
  };
  const drag = (at: number) => ({
    "data-over":
      dragged !== null && over === at && dragged !== at ? (at < dragged ? "before" : "after") : undefined,
    onDragOver: (e: DragEvent) => {
      if (dragged === null) return;
      e.preventDefault();
      setOver(at);
    },
    onDrop: (e: DragEvent) => {
      e.preventDefault();
      if (dragged !== null && dragged !== at) move(dragged, at);
      end();
    },
    onDragEnd: end,
  });
  return (
    <>
      <ul className="lines">
        {shown.map((field, at) => (
          <li key={field.id} className="line" {...drag(at)}>
            <FieldLine
              field={field}
              set={set}
              grip={
                shown.length > 1 && (
                  <Grip field={field} at={at} count={shown.length} move={move} start={() => setDragged(at)} />
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

interface GripProps {
  field: CustomField;
  at: number;
  count: number;
  move: (from: number, to: number) => void;
  start: () => void;
}

function Grip({ field, at, count, move, start }: GripProps) {
  const key = (e: KeyboardEvent) => {
    const to = stepOf(e.key, at, count);
    if (to === null) return;
    e.preventDefault();
    move(at, to);
  };
  return (
    <button
      type="button"
      className="grip"
      draggable
      aria-label={`${field.label}, ${at + 1} of ${count}. Move with the arrow keys.`}
      title="Drag, or press ↑ and ↓"
      onKeyDown={key}
      onDragStart={(e) => {
        e.dataTransfer.effectAllowed = "move";
        e.dataTransfer.setData("text/plain", field.key);
        const line = e.currentTarget.closest("li");
        if (line) e.dataTransfer.setDragImage(line, 12, 12);
        start();
      }}
    >
      <span aria-hidden="true" />
    </button>
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
