import type { CustomField, FieldFilter } from "../../shared/agent";
import { day } from "../time/format";

export interface Op {
  op: string;
  label: string;
  /** How many values it compares with. */
  takes: "none" | "one" | "several";
}

const set: Op = { op: "set", label: "is filled in", takes: "none" };
const notSet: Op = { op: "not_set", label: "is empty", takes: "none" };
const is: Op = { op: "is", label: "is", takes: "one" };
const isNot: Op = { op: "is_not", label: "is not", takes: "one" };
const contains: Op = { op: "contains", label: "contains", takes: "one" };
const oneOf: Op = { op: "one_of", label: "is one of", takes: "several" };
const above: Op = { op: "above", label: "is above", takes: "one" };
const below: Op = { op: "below", label: "is below", takes: "one" };

/** The comparisons that make sense for each type of a custom issue field; the first is proposed. */
const ops: Record<string, Op[]> = {
  singleline: [contains, is, isNot, set, notSet],
  multiline: [contains, set, notSet],
  number: [is, above, below, isNot, set, notSet],
  dropdown: [oneOf, isNot, set, notSet],
  date: [{ ...above, label: "is after" }, { ...below, label: "is before" }, set, notSet],
  checkbox: [is, set, notSet],
};

export const opsOf = (type: string): Op[] => ops[type] ?? [is, isNot, set, notSet];

const every = [set, notSet, is, isNot, contains, oneOf, above, below];

/** opOf is how a filter compares. A type may change what that is called. */
export const opOf = (op: string, type: string): Op =>
  opsOf(type).find((o) => o.op === op) ?? every.find((o) => o.op === op) ?? is;

/** isWhole reports whether a filter has the values that it needs. */
export function isWhole({ op, value = [] }: FieldFilter, type: string): boolean {
  const { takes } = opOf(op, type);
  return takes === "none" || value.some((v) => v.trim() !== "");
}

/** fieldText is a comparison in words: "is one of pro, team". */
export function fieldText({ op, value = [] }: FieldFilter, type: string): string {
  const { label, takes } = opOf(op, type);
  if (takes === "none") return label;
  if (op === "one_of" && value.length === 1) return `is ${value[0]}`;
  return `${label} ${value.map((v) => valueText(v, type)).join(", ")}`;
}

function valueText(value: string, type: string): string {
  if (type === "checkbox") return value === "true" ? "yes" : "no";
  return type === "date" && Number(value) ? day(Number(value)) : value;
}

/** firstOf is what a new comparison of a field begins with. */
export function firstOf(field: CustomField): FieldFilter {
  const first = opsOf(field.type)[0] ?? is;
  return { key: field.key, op: first.op, value: field.type === "checkbox" ? ["true"] : [] };
}
