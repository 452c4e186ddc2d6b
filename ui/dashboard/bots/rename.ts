import type { Script } from "../../shared/agent";

/** The names that questions and requests can have. */
export const isName = (name: string) => /^[A-Za-z0-9_]{1,40}$/.test(name);

/** nameOf is the name that we make of what somebody has typed: "Order number" becomes "Order_number". */
export const nameOf = (text: string) =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^A-Za-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 40);

/** rename gives what a step brings another name, there and wherever the script names it. */
export function rename(script: Script, id: string, to: string): Script {
  const from = script.steps.find((s) => s.id === id)?.name ?? "";
  const named = from ? (renamed(script.steps, from, to) as Script["steps"]) : script.steps;
  return { ...script, steps: named.map((s) => (s.id === id ? { ...s, name: to } : s)) };
}

function renamed(value: unknown, from: string, to: string): unknown {
  if (typeof value === "string") return inText(value, from, to);
  if (Array.isArray(value)) return value.map((v) => renamed(v, from, to));
  if (!value || typeof value !== "object") return value;
  const out = Object.fromEntries(Object.entries(value).map(([k, v]) => [k, renamed(v, from, to)]));
  if (out.subject === "answer" && typeof out.key === "string") out.key = inKey(out.key, from, to);
  return out;
}

const inKey = (key: string, from: string, to: string) =>
  key === from || key.startsWith(`${from}.`) ? to + key.slice(from.length) : key;

const inText = (text: string, from: string, to: string) =>
  text.replace(
    /(\{\{\s*answer\.)([\p{L}\p{N}._-]+)/gu,
    (_, before: string, key: string) => before + inKey(key, from, to),
  );
