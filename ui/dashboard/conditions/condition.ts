import type { Condition } from "../../shared/agent";
import type { Subject } from "./kinds";
import type { Op } from "./ops";

const listed: Record<string, string> = { is: "one_of", is_not: "none_of" };
const single: Record<string, string> = { one_of: "is", none_of: "is_not" };

/** shownOp is a comparison as people choose it: whether something is one of several values is the same question as whether it is one. */
export const shownOp = (c: Condition): string => single[c.op] ?? c.op;

/** opOf is how a condition compares. */
export const opOf = (c: Condition, subject: Subject): Op =>
  subject.ops.find((o) => o.op === shownOp(c)) ?? { op: shownOp(c), label: shownOp(c).replaceAll("_", " ") };

/** normal is a condition as the server takes it: "is" has one value, "one_of" several, and "set" none. */
export function normal(c: Condition): Condition {
  const { subject, key, values = [] } = c;
  const about = key ? { subject, key } : { subject };
  const op = shownOp(c);
  if (op === "for") return { ...about, op, for: c.for };
  if (op === "set" || op === "not_set") return { ...about, op };
  const full = values.filter((v) => v.trim());
  return { ...about, op: full.length > 1 ? (listed[op] ?? op) : op, values: full };
}

/** newCondition is what a condition about a subject begins with. */
export function newCondition(subject: Subject): Condition {
  const [about = "", ...key] = subject.id.split("/");
  const op = subject.ops[0]?.op ?? "is";
  return { subject: about, ...(key.length > 0 ? { key: key.join("/") } : {}), op, ...subject.first };
}

/** withOp compares in another way; what the other way cannot compare with is left out. */
export function withOp(c: Condition, op: Op): Condition {
  const values = op.alone ? [] : op.several ? c.values : c.values?.slice(0, 1);
  return { ...c, op: op.op, values };
}

/** isWhole reports whether a condition has what it compares with. */
export function isWhole(c: Condition, subject: Subject): boolean {
  if (subject.keyed !== undefined && (c.key ?? "").trim() === subject.keyed) return false;
  if (subject.takes === "duration") return (c.for ?? 0) > 0;
  if (opOf(c, subject).alone || c.op === "set" || c.op === "not_set") return true;
  const values = (c.values ?? []).map((v) => v.trim()).filter(Boolean);
  if (values.length === 0) return false;
  return subject.takes !== "number" || values.every((v) => Number.isFinite(Number(v)));
}
