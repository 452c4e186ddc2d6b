import type { Request, Step } from "../../shared/agent";
import type { Answer } from "../conditions/answers";
import type { Placeholder } from "../texts/placeholders";
import { samplesOf } from "./sample";
import { askedIn, short } from "./words";

/** Brought is an answer with what it may be, for examples. */
interface Brought extends Answer {
  sample: string;
}

const samples: Record<string, string> = {
  text: "I would like to change it",
  email: "nora@example.org",
  number: "1042",
  date: "2026-11-23",
  yes_no: "yes",
  file: "photo.jpg",
  stars: "5",
};

/** answersOf are what the questions and requests of a script bring, in its order. */
export function answersOf(steps: readonly Step[]): Brought[] {
  return steps.flatMap((step): Brought[] => {
    const name = step.name ?? "";
    if (name && step.kind === "question") return [ofQuestion(step, name)];
    if (!name || step.kind !== "request") return [];
    return samplesOf(step.request?.sample ?? "").map(({ path, value }) => ({
      name: `${name}.${path}`,
      label: `${path}, from ${name}`,
      sample: value,
    }));
  });
}

function ofQuestion(step: Step, name: string): Brought {
  const type = step.input ?? "text";
  const asked = short(askedIn(step.text?.text ?? ""), 48);
  const label = asked ? `“${asked}”` : name;
  if (type !== "choice") return { name, label, type, sample: samples[type] ?? "" };
  const options = (step.options ?? []).map((o) => ({ id: o.id, text: o.text.text || o.id }));
  return { name, label, type, options, sample: options[0]?.text ?? "" };
}

/** placeholdersOf are those that name what a script has asked; texts know others besides. */
export const placeholdersOf = (steps: readonly Step[]): Placeholder[] =>
  answersOf(steps).map((a) => ({ name: `answer.${a.name}`, label: a.label, sample: a.sample }));

const pattern = /\{\{\s*([\p{L}\p{N}._-]{1,200})\s*(?:\|[^{}\n]{0,500})?\}\}/gu;

/** namesIn are the placeholders that a request names, each once. */
export function namesIn(request: Request): string[] {
  const rows = [...(request.headers ?? []), ...(request.body ?? [])];
  const texts = [request.url, request.user ?? "", ...rows.map((r) => r.value)];
  const names = texts.flatMap((t) => [...t.matchAll(pattern)].map((m) => m[1] ?? ""));
  return [...new Set(names)];
}
