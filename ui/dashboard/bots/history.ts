import type { Script } from "../../shared/agent";

/** What is edited of a bot. */
export interface Edited {
  name: string;
  draft: Script;
}

/** History is what is edited, with what it was before and what was taken back. */
export interface History {
  now: Edited;
  past: Edited[];
  future: Edited[];
  /** What the newest change was about: another one about the same is taken back with it. */
  about: string;
}

export type Edit =
  | { type: "edit"; to: Edited; about?: string }
  | { type: "undo" }
  | { type: "redo" }
  | { type: "load"; to: Edited };

const kept = 100;

export const begin = (now: Edited): History => ({ now, past: [], future: [], about: "" });

/** edit is the history after a change. What is typed into one field is one step of it. */
export function edit(h: History, e: Edit): History {
  switch (e.type) {
    case "load":
      return begin(e.to);
    case "edit": {
      const about = e.about ?? "";
      const past = about && about === h.about ? h.past : [...h.past, h.now].slice(-kept);
      return { now: e.to, past, future: [], about };
    }
    case "undo": {
      const now = h.past.at(-1);
      return now ? { now, past: h.past.slice(0, -1), future: [h.now, ...h.future], about: "" } : h;
    }
    case "redo": {
      const [now, ...future] = h.future;
      return now ? { now, past: [...h.past, h.now], future, about: "" } : h;
    }
  }
}
