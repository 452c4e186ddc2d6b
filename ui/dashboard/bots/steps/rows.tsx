import { type ReactNode, useRef } from "react";
import type { Header } from "../../../shared/agent";
import { useKeys } from "../../conditions/use-keys";
import { Button } from "../../parts/button";
import { useBench } from "../bench";
import { isKept, kept } from "../secret";
import { ValueInput } from "./value-input";

interface Props {
  title: string;
  help: string;
  rows: Header[];
  onChange: (rows: Header[], field?: string) => void;
  /** Values can be hidden. */
  secrets?: boolean;
  names: string;
  /** Adds the first: "Add a header". */
  add: string;
  children?: ReactNode;
}

/** Rows are names with their values, as a request sends them. */
export function Rows({ title, help, rows, onChange, secrets, names, add, children }: Props) {
  const { keys, drop } = useKeys(rows.length);
  const list = useRef<HTMLUListElement>(null);
  const set = (at: number, to: Partial<Header>, field?: string) =>
    onChange(
      rows.map((r, i) => (i === at ? { ...r, ...to } : r)),
      field && `${field} ${keys[at]}`,
    );
  const more = () => {
    onChange([...rows, { name: "", value: "" }]);
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>("li:last-child input")?.focus());
  };
  return (
    <fieldset className="field rows" data-empty={rows.length === 0 || undefined}>
      <legend className="legend">{title}</legend>
      {rows.length > 0 && <p className="help">{help}</p>}
      {rows.length > 0 && children}
      <ul ref={list} className="option-list">
        {rows.map((row, at) => (
          <li key={keys[at]} className="request-row">
            <input
              className="input"
              dir="ltr"
              spellCheck={false}
              autoComplete="off"
              aria-label={`${names} ${at + 1}`}
              placeholder={names}
              maxLength={200}
              value={row.name}
              onChange={(e) => set(at, { name: e.target.value }, "name")}
            />
            <RowValue title={title} row={row} at={at} set={(value) => set(at, { value }, "value")} />
            {secrets && (
              <Button
                kind="quiet"
                size="small"
                icon="lock"
                aria-pressed={row.secret ?? false}
                aria-label={`Header ${at + 1}: nobody reads it again`}
                title="Nobody reads it again"
                onClick={() => set(at, { secret: !row.secret, ...(isKept(row.value) ? { value: "" } : {}) })}
              />
            )}
            <Button
              kind="quiet"
              size="small"
              icon="x"
              aria-label={`${title}: delete ${row.name || at + 1}`}
              title="Delete"
              onClick={() => {
                drop(at);
                onChange(rows.filter((_, i) => i !== at));
              }}
            />
          </li>
        ))}
      </ul>
      {rows.length < 20 && (
        <Button size="small" icon="plus" className="ways-add" onClick={more}>
          {rows.length === 0 ? add : "Add another"}
        </Button>
      )}
    </fieldset>
  );
}

interface ValueProps {
  title: string;
  row: Header;
  at: number;
  set: (value: string) => void;
}

function RowValue({ title, row, at, set }: ValueProps) {
  const { placeholders } = useBench();
  const label = `${title}: value ${at + 1}`;
  if (!row.secret) {
    return (
      <ValueInput
        className="input"
        aria-label={label}
        label={label}
        placeholder="Value"
        value={row.value}
        onChange={set}
        placeholders={placeholders}
      />
    );
  }
  return (
    <input
      className="input"
      type="password"
      dir="ltr"
      autoComplete="new-password"
      aria-label={label}
      placeholder={isKept(row.value) ? kept : "Value"}
      value={isKept(row.value) ? "" : row.value}
      onChange={(e) => set(e.target.value)}
    />
  );
}
