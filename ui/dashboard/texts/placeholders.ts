import type { CustomField } from "../../shared/agent";

/** Placeholder is a name that a text of a bot or an automation may have in double braces. */
export interface Placeholder {
  name: string;
  /** What it stands for: "The visitor's name". */
  label: string;
  /** What it may become, for the example below a text. */
  sample: string;
  /** What is said where it is not known; proposed when it is put in. */
  fallback?: string;
}

const pattern = /\{\{\s*([\p{L}\p{N}._-]{1,200})\s*(?:\|([^{}\n]{0,500}))?\}\}/gu;

/** commonPlaceholders are the names that every text knows: the visitor, the conversation, the app and the custom issue fields. */
export function commonPlaceholders(fields: readonly CustomField[] = []): Placeholder[] {
  return [
    { name: "user.name", label: "The visitor’s name", sample: "Nora", fallback: "there" },
    {
      name: "user.email",
      label: "The visitor’s e-mail address",
      sample: "nora@example.org",
      fallback: "your address",
    },
    { name: "issue.number", label: "The conversation’s number", sample: "1042" },
    { name: "issue.title", label: "The beginning of the first message", sample: "Where is my parcel?" },
    { name: "app.name", label: "The app’s name", sample: "Harbor & Pine" },
    ...fields
      .filter((f) => !f.archived)
      .map((f) => ({ name: `field.${f.key}`, label: f.label, sample: sampleOf(f), fallback: "" })),
    { name: "meta.browser.name", label: "The visitor’s browser", sample: "Firefox" },
    { name: "meta.os.name", label: "The visitor’s system", sample: "Windows" },
    { name: "meta.page.url", label: "The address of the page", sample: "https://www.example.com/orders" },
  ];
}

const samples: Record<string, string> = { number: "12", date: "3 November 2026", checkbox: "yes" };
const sampleOf = ({ type, options, label }: CustomField) => options?.[0] ?? samples[type] ?? label;

/** written is how a placeholder stands in a text, and which part of it is to be changed: the fallback. */
export function written({ name, fallback }: Placeholder): { text: string; select?: [number, number] } {
  if (!fallback) return { text: `{{${name}}}` };
  return { text: `{{${name}|${fallback}}}`, select: [name.length + 3, name.length + 3 + fallback.length] };
}

/** Piece is a part of an example: text as it was written, or what a placeholder may become. */
export interface Piece {
  text: string;
  value?: boolean;
}

/** exampleOf is a text as somebody may read it; what we do not know is left as it stands. */
export function exampleOf(text: string, known: readonly Placeholder[]): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const found of text.matchAll(pattern)) {
    const [all, name = "", fallback = ""] = found;
    const value = known.find((p) => p.name === name)?.sample ?? (isOpen(name) ? fallback.trim() : undefined);
    if (value === undefined) continue;
    if (found.index > end) pieces.push({ text: text.slice(end, found.index) });
    pieces.push({ text: value, value: true });
    end = found.index + all.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
}

/** isOpen reports whether names like this one exist that we do not list: all of the metadata, and parts of answers. */
const isOpen = (name: string) => name.startsWith("meta.");

/** unknownIn is the first placeholder of a text that nothing is known about, or "". Parts of an answer, such as answer.order.city, are known with it. */
export function unknownIn(text: string, known: readonly Placeholder[]): string {
  for (const [all, name = ""] of text.matchAll(pattern)) {
    if (isOpen(name) || known.some((p) => p.name === name || name.startsWith(`${p.name}.`))) continue;
    return all;
  }
  return "";
}
