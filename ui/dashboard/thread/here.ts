import type { Colleague } from "../../shared/agent";

/** Here is a colleague who looks at the same conversation. Times are Unix milliseconds of the server. */
export interface Here {
  id: string;
  name: string;
  /** Without news until then, they are taken to have left. */
  until: number;
  typingUntil: number;
}

const lookMs = 45_000;
const typingMs = 6_000;

/** hear takes in what is told of one colleague. */
export function hear(list: Here[], c: Colleague, now: number): Here[] {
  const others = list.filter((h) => h.id !== c.agent_id);
  if (c.gone) return others.length === list.length ? list : others;
  const before = list.find((h) => h.id === c.agent_id)?.typingUntil ?? 0;
  const typingUntil = c.typing ? now + typingMs : before;
  return [...others, { id: c.agent_id, name: c.name, until: now + lookMs, typingUntil }].sort((a, b) =>
    a.id < b.id ? -1 : 1,
  );
}

/** quiet ends the typing of those who have sent what they wrote. */
export function quiet(list: Here[], ids: string[]): Here[] {
  const done = (h: Here) => h.typingUntil > 0 && ids.includes(h.id);
  return list.some(done) ? list.map((h) => (done(h) ? { ...h, typingUntil: 0 } : h)) : list;
}

/** forget leaves out who was not heard of for long, and who types no more; it is the same list if nothing has changed. */
export function forget(list: Here[], now: number): Here[] {
  if (list.every((h) => h.until > now && (h.typingUntil === 0 || h.typingUntil > now))) return list;
  return list.filter((h) => h.until > now).map((h) => (h.typingUntil > now ? h : { ...h, typingUntil: 0 }));
}

/** writingWords says which colleagues are writing, or "". */
export function writingWords(list: Here[]): string {
  const names = list.filter((h) => h.typingUntil > 0).map((h) => h.name);
  if (names.length === 0) return "";
  if (names.length === 1) return `${names[0]} is writing here…`;
  if (names.length === 2) return `${names[0]} and ${names[1]} are writing here…`;
  return `${names.length} colleagues are writing here…`;
}
