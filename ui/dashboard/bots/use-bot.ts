import { useCallback, useEffect, useReducer, useRef, useState } from "react";
import type { Bot, Step } from "../../shared/agent";
import { useGuard } from "../router/router";
import { ApiError, textOf } from "../session/api";
import { useSession } from "../session/session";
import { begin, type Edited, edit } from "./history";
import { type Saving, waitFor } from "./saving";
import { tidy } from "./tidy";

/** editedOf is what can be edited of a bot. The server writes lists without entries as null. */
export const editedOf = ({ name, draft }: Bot): Edited => ({
  name,
  draft: { ...draft, steps: (draft.steps ?? []).map(withLists) },
});

const withLists = (step: Step): Step =>
  step.ways ? { ...step, ways: step.ways.map((w) => ({ ...w, all: w.all ?? [] })) } : step;

/** Nothing was saved yet. */
const none: Promise<Bot | null> = Promise.resolve(null);

/** useBot keeps a bot's draft while it is edited: it saves by itself, and notices when somebody else has saved. */
export function useBot(first: Bot) {
  const { api } = useSession();
  const path = `/bots/${encodeURIComponent(first.id)}`;
  const [history, dispatch] = useReducer(edit, first, (bot) => begin(editedOf(bot)));
  const [bot, setBot] = useState(first);
  const [saving, setSaving] = useState<Saving>({ state: "saved" });
  const held = useRef({ sent: history.now, revision: first.revision, now: history.now, kept: none });
  held.current.now = history.now;

  const put = useCallback(async (): Promise<Bot | null> => {
    const h = held.current;
    h.sent = h.now;
    setSaving({ state: "saving" });
    try {
      const { name, draft } = h.sent;
      const fresh = await api.put<Bot>(path, { name: name.trim(), draft: tidy(draft), revision: h.revision });
      h.revision = fresh.revision;
      setBot(fresh);
      setSaving({ state: h.now === h.sent ? "saved" : "unsaved" });
      return fresh;
    } catch (err) {
      setSaving(failure(err));
      return null;
    }
  }, [api, path]);
  /** save keeps what is on screen, one after the other, and gives the bot; null if that failed. */
  const save = useCallback(() => {
    const h = held.current;
    h.kept = h.kept.then((before) => (before && h.now === h.sent ? before : put()));
    return h.kept;
  }, [put]);

  const wait = waitFor(saving, history.now !== held.current.sent);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another change begins the time anew
  useEffect(() => {
    if (wait === undefined) return;
    const timer = setTimeout(() => void save(), wait);
    return () => clearTimeout(timer);
  }, [wait, save, history.now]);
  useLeaving(held, save);
  useGuard(saving.state === "failed" || saving.state === "conflict");

  /** take shows what the server holds, in the place of what is on screen. */
  const take = useCallback((fresh: Bot) => {
    held.current.revision = fresh.revision;
    setBot(fresh);
    const to = editedOf(fresh);
    held.current.sent = to;
    held.current.kept = Promise.resolve(fresh);
    dispatch({ type: "load", to });
    setSaving({ state: "saved" });
  }, []);
  /** settle ends a conflict: with what the other has saved, or with what is on screen. */
  const settle = useCallback(
    async (keep: "mine" | "theirs") => {
      try {
        const fresh = await api.get<Bot>(path);
        if (keep === "theirs") return take(fresh);
        held.current.revision = fresh.revision;
        await save();
      } catch (err) {
        setSaving({ state: "conflict", text: textOf(err) });
      }
    },
    [api, path, save, take],
  );
  return { history, dispatch, bot, setBot, saving, save, take, settle, path };
}

export type Builder = ReturnType<typeof useBot>;

function failure(err: unknown): Saving {
  const code = err instanceof ApiError ? err.code : "";
  if (code === "conflict" && !(err as ApiError).field) return { state: "conflict", text: textOf(err) };
  const field = err instanceof ApiError ? err.field : "";
  return { state: "failed", text: textOf(err), field, again: code === "offline" };
}

/** useLeaving saves what is not saved yet when the page is left or hidden. */
function useLeaving(held: React.RefObject<{ sent: Edited; now: Edited }>, save: () => Promise<unknown>) {
  useEffect(() => {
    const flush = () => {
      if (held.current.now !== held.current.sent) void save();
    };
    const hide = () => document.visibilityState === "hidden" && flush();
    document.addEventListener("visibilitychange", hide);
    return () => {
      document.removeEventListener("visibilitychange", hide);
      flush();
    };
  }, [held, save]);
}
