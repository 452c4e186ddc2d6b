import type { Pending } from "./reducer";

/** What an agent wrote and has not sent stays in this browser, per issue: the draft, and messages that found no way yet. */

const draftKey = (issue: string) => `rejoin.draft.${issue}`;
const outboxKey = (issue: string) => `rejoin.unsent.${issue}`;

/** A browser may forbid storage; then nothing is kept, and nothing breaks. */
function keep(key: string, value: string) {
  try {
    if (value) localStorage.setItem(key, value);
    else localStorage.removeItem(key);
  } catch {
    return;
  }
}

function kept(key: string): string {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

export const loadDraft = (issue: string) => kept(draftKey(issue));
export const saveDraft = (issue: string, text: string) => keep(draftKey(issue), text);

/** loadOutbox is what was not sent when the page was left. What only waited for the connection is sent at once. */
export function loadOutbox(issue: string): Pending[] {
  try {
    const list: unknown = JSON.parse(kept(outboxKey(issue)) || "[]");
    if (!Array.isArray(list)) return [];
    return list.filter(isPending).map((p) => (p.state === "waiting" ? { ...p, state: "sending" } : p));
  } catch {
    return [];
  }
}

export function saveOutbox(issue: string, list: Pending[]) {
  keep(outboxKey(issue), list.length > 0 ? JSON.stringify(list) : "");
}

function isPending(p: unknown): p is Pending {
  const q = p as Pending | null;
  return typeof q?.clientId === "string" && typeof q.body === "string" && typeof q.at === "number";
}

/** nextToSend is the oldest message that is still to be sent; one that was refused does not hold up the others. */
export const nextToSend = (list: Pending[]) => list.find((p) => p.state !== "failed");
