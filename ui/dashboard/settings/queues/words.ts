import type { Agent, Queue, SetQueue } from "../../../shared/agent";
import { countdown } from "../../time/format";

/** Counting stops here. */
const mostCounted = 10_000;

/** waitingWords is how many wait: "Nobody waits", "1 conversation waits", "12 conversations wait". */
export function waitingWords(n: number): string {
  if (n === 0) return "Nobody waits";
  if (n === 1) return "1 conversation waits";
  const count = n >= mostCounted ? `${mostCounted.toLocaleString("en")} or more` : String(n);
  return `${count} conversations wait`;
}

/** longestWords goes on with how long the first of them waits: " for 5 min", ", the longest for 2 h"; "" if nobody does. */
export function longestWords(now: number, { waiting, oldest }: Pick<Queue, "waiting" | "oldest">): string {
  if (waiting === 0 || !oldest) return "";
  const minutes = Math.max(1, Math.floor((now - oldest) / 60_000));
  const time = minutes < 10 ? `${minutes} min` : countdown(minutes * 60_000);
  return waiting === 1 ? ` for ${time}` : `, the longest for ${time}`;
}

/** People is who works on a queue, as the list says it. */
export interface People {
  there: Agent[];
  /** Those of them who are available. */
  available: number;
}

export function peopleOf(queue: Queue, team: Agent[]): People {
  const there = team.filter((a) => queue.agents.includes(a.id));
  return { there, available: there.filter((a) => a.available).length };
}

/** peopleWords is how many work on it and how many could take a conversation now. */
export function peopleWords(queue: Queue, { there, available }: People): string {
  if (there.length === 0) return "Nobody works on it";
  const who = there.length === 1 ? "1 person" : `${there.length} people`;
  if (available === 0) return there.length === 1 ? "1 person, away" : `${who}, all away`;
  if (there.length === 1) return `1 person, there${queue.free > 0 ? "" : " without room for more"}`;
  if (available > queue.free) return `${who}, ${available} there, ${queue.free || "none"} with room for more`;
  return `${who}, ${available === there.length ? "all" : available} there`;
}

/** givingWords says how conversations come to people. */
export function givingWords({ auto_assign, limit }: Pick<Queue, "auto_assign" | "limit">): string {
  if (!auto_assign) return "People take from it by hand";
  return limit > 0 ? `Assigned in turn, up to ${limit} open each` : "Assigned in turn";
}

/** nobodyWords says what happens when nobody is there, or can take more; "" if conversations just wait. */
export function nobodyWords(queue: Queue, queues: Queue[]): string {
  const next = queues.find((q) => q.id === queue.fallback_id && !q.archived);
  return [
    next && `When all are away, conversations move on to ${next.name}`,
    queue.message && "Visitors read a message when nobody can take theirs",
  ]
    .filter(Boolean)
    .join(". ");
}

/** leadsTo are the queues that a conversation would pass from this one on, as they are set now. */
export function leadsTo(id: string, queues: Queue[]): string[] {
  const path: string[] = [];
  for (let at = queues.find((q) => q.id === id); at && !path.includes(at.id); ) {
    path.push(at.id);
    const next: string | undefined = at.fallback_id;
    at = queues.find((q) => q.id === next);
  }
  return path;
}

/** nextChoices are the queues that this one may hand on to: no circle comes of them. */
export const nextChoices = (id: string, queues: Queue[]): Queue[] =>
  queues.filter((q) => !q.archived && q.id !== id && (id === "" || !leadsTo(q.id, queues).includes(id)));

/** Draft is a queue as it is being edited. The limit is as it was typed. */
export interface Draft extends Omit<SetQueue, "limit"> {
  limit: string;
}

export const noQueue: Draft = { name: "", agents: [], auto_assign: true, limit: "5" };

export function draftOf(q: Queue, team: Agent[]): Draft {
  const { name, auto_assign, message } = q;
  return {
    name,
    agents: q.agents.filter((id) => team.some((a) => a.id === id)),
    auto_assign,
    limit: q.limit > 0 ? String(q.limit) : "",
    message,
    fallback_id: q.fallback_id,
  };
}

/** limitOf is the limit that was typed: 0 for none, NaN for what is no number of conversations. */
export function limitOf(text: string): number {
  const t = text.trim();
  if (t === "") return 0;
  return /^\d{1,4}$/.test(t) && Number(t) >= 1 && Number(t) <= 1000 ? Number(t) : Number.NaN;
}
