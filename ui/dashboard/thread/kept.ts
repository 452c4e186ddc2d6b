/**
 * What an agent wrote and has not sent stays in this browser: drafts until the agent signs out, and messages that found no way yet, also
 * through a sign-out. Every key names the agent, so that nobody else who signs in here sees it or sends it.
 * A browser may forbid storage; then nothing is kept, and nothing breaks.
 */

/** keep stores value; an empty one is removed. */
export function keep(key: string, value: string) {
  try {
    if (value) localStorage.setItem(key, value);
    else localStorage.removeItem(key);
  } catch {
    return;
  }
}

/** kept is what is stored, or empty. */
export function kept(key: string): string {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

/** keysOf are all stored keys that begin with prefix, in no order. */
export function keysOf(prefix: string): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}

/** DraftKind: an answer and a private note for the same conversation are kept apart, so that neither is ever taken for the other. */
export type DraftKind = "reply" | "note";

const prefixes: Record<DraftKind, string> = { reply: "rejoin.draft.", note: "rejoin.note-draft." };

const draftKey = (agent: string, issue: string, kind: DraftKind) => `${prefixes[kind]}${agent}.${issue}`;

export const loadDraft = (agent: string, issue: string, kind: DraftKind = "reply") =>
  kept(draftKey(agent, issue, kind));

export const saveDraft = (agent: string, issue: string, text: string, kind: DraftKind = "reply") =>
  keep(draftKey(agent, issue, kind), text);

/** dropDrafts forgets the drafts of everybody who has used this browser: who signs out leaves none behind. */
export function dropDrafts() {
  for (const prefix of Object.values(prefixes)) for (const key of keysOf(prefix)) keep(key, "");
}
