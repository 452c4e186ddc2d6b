import type { BulkEdit, BulkFailure, BulkResult, Row } from "../../shared/agent";
import { isOpen } from "./rows";

/** The most conversations that can be selected, and changed, at once. */
export const most = 500;

/** How many are changed by one request: small enough that the bar moves, and that a slow server answers in time. */
export const batch = 50;

/** Edit is what to change; what is absent stays. An empty assignee is nobody. */
export interface Edit {
  state?: "open" | "resolved" | "rejected";
  assignee?: { id: string; name: string };
  queue?: { id: string; name: string };
  addTags?: string[];
  removeTags?: string[];
}

/** moved is a row in another queue: an open conversation that comes into one has no agent any more. */
export function moved(row: Row, queue: { id: string; name: string }): Row {
  if ((row.queue_id ?? "") === queue.id) return row;
  const next = { ...row, queue_id: queue.id || undefined, queue_name: queue.name || undefined };
  if (!queue.id || !isOpen(row) || !row.assignee_id) return next;
  return { ...next, assignee_id: undefined, assignee_name: undefined, state: "new" };
}

/** edited is a row as it will be once the server has made the edit. */
export function edited(row: Row, edit: Edit): Row {
  let next = edit.queue ? moved(row, edit.queue) : row;
  if (edit.assignee) {
    const { id, name } = edit.assignee;
    next = { ...next, assignee_id: id || undefined, assignee_name: name || undefined };
    next.state = afterAssign(next.state, id);
  }
  if (edit.state) next = { ...next, state: afterState(next, edit.state) };
  if (edit.addTags || edit.removeTags) next = { ...next, tags: tagged(row.tags ?? [], edit) };
  return next;
}

function afterAssign(state: string, agent: string): string {
  if (!isOpen({ state })) return state;
  if (!agent) return "new";
  return state === "new" ? "new-for-agent" : state;
}

function afterState(row: Row, state: NonNullable<Edit["state"]>): string {
  if (state !== "open") return state;
  if (isOpen(row)) return row.state;
  return row.assignee_id ? "waiting-for-agent" : "new";
}

function tagged(tags: string[], { addTags = [], removeTags = [] }: Edit): string[] {
  return [...new Set([...tags, ...addTags])].filter((t) => !removeTags.includes(t)).sort();
}

/** batchesOf are the requests that make an edit. */
export function batchesOf(ids: string[], edit: Edit, newId: () => string): BulkEdit[] {
  const requests: BulkEdit[] = [];
  for (let i = 0; i < ids.length; i += batch) {
    requests.push({
      client_id: newId(),
      issue_ids: ids.slice(i, i + batch),
      state: edit.state,
      assignee_id: edit.assignee?.id,
      queue_id: edit.queue?.id,
      add_tags: edit.addTags,
      remove_tags: edit.removeTags,
    });
  }
  return requests;
}

/** Outcome is how far a bulk edit has come. */
export interface Outcome {
  total: number;
  done: number;
  changed: number;
  failed: BulkFailure[];
  running: boolean;
  /** Why it ended before all were done, and which ones are left. */
  broken?: { text: string; left: string[] };
}

export const begin = (total: number): Outcome => ({ total, done: 0, changed: 0, failed: [], running: true });

export function advance(o: Outcome, size: number, result: BulkResult): Outcome {
  const done = o.done + size;
  return {
    ...o,
    done,
    changed: o.changed + result.changed,
    failed: [...o.failed, ...(result.failed ?? [])],
    running: done < o.total,
  };
}

/** words is a result in a sentence: "38 changed, 2 not." */
export function words({ total, changed, failed, broken }: Outcome): string {
  if (broken) return `${changed} changed, ${total - changed} not: ${broken.text}`;
  const one = changed === 1 ? "1 conversation changed" : `${changed} conversations changed`;
  if (failed.length === 0) return `${one}.`;
  return changed === 0 ? "Nothing was changed." : `${changed} changed, ${failed.length} not.`;
}

/** reasonsOf are the failures by what was said, the most frequent first. */
export function reasonsOf(failed: BulkFailure[]): { text: string; issues: BulkFailure[] }[] {
  const by = new Map<string, BulkFailure[]>();
  for (const f of failed) by.set(f.text, [...(by.get(f.text) ?? []), f]);
  return [...by]
    .map(([text, issues]) => ({ text, issues }))
    .sort((a, b) => b.issues.length - a.issues.length);
}
