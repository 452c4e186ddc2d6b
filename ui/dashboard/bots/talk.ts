import type { Input, Tried, TryState } from "../../shared/agent";

/** Given is what was answered in a pretended conversation, and at which step. */
export interface Given {
  step: string;
  answer?: string;
  skip?: boolean;
  /** How the answer looks as a message. */
  shown: string;
}

/** Said is one line of the conversation. */
export type Said =
  | { from: "bot"; step: string; text: string; input?: Input }
  | { from: "visitor"; text: string }
  | { from: "does"; step: string; text: string };

/** Talk is a pretended conversation as it stands. */
export interface Talk {
  lines: Said[];
  state?: TryState;
  /** done, handed_over or failed; "" while it asks. */
  ended: string;
  /** Why the newest answer does not fit. */
  error: string;
  /** The answers that still fit the script; those behind them were given to questions that are not asked any more. */
  used: Given[];
}

/** Ask sends one answer, or none to begin, and gives what comes of it. */
export type Ask = (state: TryState | undefined, given: Given | undefined) => Promise<Tried>;

/**
 * replay leads the conversation from its beginning with the same answers, so that it shows the script as it is now. It ends where the script asks
 * something else than it did.
 */
export async function replay(given: readonly Given[], ask: Ask): Promise<Talk> {
  let talk = after({ lines: [], ended: "", error: "", used: [] }, await ask(undefined, undefined));
  for (const g of given) {
    if (talk.ended || talk.state?.step !== g.step) break;
    talk = await answer(talk, g, ask);
    if (talk.error) break;
  }
  return talk;
}

/** answer goes on with one more answer. One that does not fit leaves the conversation where it is. */
export async function answer(talk: Talk, given: Given, ask: Ask): Promise<Talk> {
  const tried = await ask(talk.state, given);
  if (tried.error) return { ...talk, state: tried.state, error: tried.error };
  const lines: Said[] = [...talk.lines, { from: "visitor", text: given.shown }];
  return after({ ...talk, lines, used: [...talk.used, given] }, tried);
}

function after(talk: Talk, tried: Tried): Talk {
  const lines = tried.said.map(
    (s): Said =>
      s.does
        ? { from: "does", step: s.step_id, text: s.text }
        : { from: "bot", step: s.step_id, text: s.text, ...(s.input ? { input: s.input } : {}) },
  );
  return {
    ...talk,
    lines: [...talk.lines, ...lines],
    state: tried.state,
    ended: tried.ended ?? "",
    error: tried.error ?? "",
  };
}

/** askedOf is what the newest line asks for; nothing once the conversation has ended. */
export function askedOf(talk: Talk): Input | undefined {
  if (talk.ended) return undefined;
  const line = talk.lines.findLast((l) => l.from === "bot");
  return line?.from === "bot" ? line.input : undefined;
}

/** endings are the last words of a conversation. */
export const endings: Record<string, string> = {
  done: "The bot is done.",
  handed_over: "The bot has handed over.",
  failed: "The bot cannot go on: it hands over to people.",
};
