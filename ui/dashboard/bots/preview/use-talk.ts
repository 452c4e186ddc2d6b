import { useCallback, useEffect, useRef, useState } from "react";
import type { Script, Tried } from "../../../shared/agent";
import { aborted, textOf } from "../../session/api";
import { useSession } from "../../session/session";
import { type Ask, answer, type Given, replay, type Talk } from "../talk";
import { tidy } from "../tidy";

/** World is what the pretended visitor is and when they write. */
export interface World {
  platform: string;
  language: string;
  open: boolean;
}

const rest = 500;

/** useTalk leads a pretended conversation, and leads it again with the same answers whenever the script changes. */
export function useTalk(path: string, script: Script, world: World) {
  const { api } = useSession();
  const [talk, setTalk] = useState<Talk | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const [attempt, setAttempt] = useState(0);
  const given = useRef<Given[]>([]);
  const request = useRef<AbortController | null>(null);
  const mark = JSON.stringify([tidy(script), world]);
  const first = useRef(true);

  const run = useCallback(
    async (mark: string, lead: (ask: Ask) => Promise<Talk>) => {
      request.current?.abort();
      const mine = new AbortController();
      request.current = mine;
      const [draft, world] = JSON.parse(mark) as [Script, World];
      const ask: Ask = (state, g) =>
        api.post<Tried>(
          `${path}/try`,
          { draft, state, answer: g?.answer, skip: g?.skip, ...world },
          mine.signal,
        );
      setBusy(true);
      setError("");
      try {
        const next = await lead(ask);
        if (mine.signal.aborted) return;
        setTalk(next);
        return next;
      } catch (err) {
        if (!aborted(err)) setError(textOf(err));
      } finally {
        if (request.current === mine) setBusy(false);
      }
    },
    [api, path],
  );

  const empty = script.steps.length === 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt asks again
  useEffect(() => {
    if (empty) return setTalk(null);
    const timer = setTimeout(
      () => void run(mark, (ask) => replay(given.current, ask)),
      first.current ? 0 : rest,
    );
    first.current = false;
    return () => clearTimeout(timer);
  }, [mark, run, attempt, empty]);
  useEffect(() => () => request.current?.abort(), []);

  const say = (g: Omit<Given, "step">) => {
    const step = talk?.state?.step;
    if (!talk || !step) return;
    const mine = { ...g, step };
    void run(mark, (ask) => answer(talk, mine, ask)).then((next) => {
      if (next && !next.error) given.current = next.used;
    });
  };
  const restart = () => {
    given.current = [];
    setAttempt((n) => n + 1);
  };
  const retry = () => setAttempt((n) => n + 1);
  return { talk, busy, error, say, restart, retry };
}
