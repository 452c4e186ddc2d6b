import type { Row } from "../../shared/agent";

/** What saved replies can name, with an example for whoever writes one. */
export const names = {
  "user.name": "Nora Lind",
  "user.email": "nora@example.org",
  "agent.name": "Maya",
  "issue.number": "1042",
  "app.name": "Harbor & Pine",
} as const;

export type Values = Partial<Record<string, string>>;

/** valuesOf is what is known in a conversation. */
export function valuesOf(issue: Row, agent: { name: string; nickname?: string }, app: string): Values {
  return {
    "user.name": issue.user.name,
    "user.email": issue.user.email,
    "agent.name": agent.nickname || agent.name,
    "issue.number": String(issue.number),
    "app.name": app,
  };
}

const placeholder = /\{\{ *([a-z]+\.[a-z]+) *(?:\|([^{}]*))?\}\}/g;

/** filled puts in what is known, else the fallback; what is neither stays marked. Of that, the first is to be selected. */
export function filled(body: string, values: Values): { text: string; select?: [number, number] } {
  const text = body.replace(placeholder, (all: string, name: string, fallback?: string) => {
    if (!(name in names)) return all;
    return values[name] || fallback?.trim() || `{{${name}}}`;
  });
  const left = missing(text);
  const at = text.indexOf(left);
  return left ? { text, select: [at, at + left.length] } : { text };
}

/** missing is the first placeholder that is still to be filled in, or "". What looks like one and is none of ours is text. */
export function missing(text: string): string {
  for (const [all, name] of text.matchAll(placeholder)) if (name && name in names) return all;
  return "";
}

/** unknown is the first thing that looks like a placeholder and is none, or "". */
export function unknown(text: string): string {
  for (const [all, name] of text.matchAll(placeholder)) if (name && !(name in names)) return all;
  return "";
}
