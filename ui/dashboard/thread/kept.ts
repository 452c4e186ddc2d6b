/**
 * What an agent wrote and has not sent stays in this browser: drafts, and messages that found no way yet. Every key names
 * the agent, so that it waits through a sign-out and nobody else who signs in here sees it or sends it.
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

const draftKey = (agent: string, issue: string) => `rejoin.draft.${agent}.${issue}`;

export const loadDraft = (agent: string, issue: string) => kept(draftKey(agent, issue));
export const saveDraft = (agent: string, issue: string, text: string) => keep(draftKey(agent, issue), text);
