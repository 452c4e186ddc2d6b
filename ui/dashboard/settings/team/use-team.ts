import { useEffect, useRef, useState } from "react";
import type { Team } from "../../../shared/agent";
import { useFrames } from "../../live/live";
import type { FormProblem } from "../../parts/form-dialog";
import { useNotify } from "../../parts/notices";
import { ApiError, aborted, textOf } from "../../session/api";
import { useSession } from "../../session/session";

/** How often we ask whether an invitation's e-mail has gone, in milliseconds. */
const askEvery = 3000;

/** Change asks the server for a change and shows the new team. It gives back what was wrong, or null. */
export type Change = (ask: () => Promise<Team>, done: string) => Promise<FormProblem | null>;

/** useTeam is the team, kept fresh while an e-mail is under way. */
export function useTeam() {
  const { api, check } = useSession();
  const notify = useNotify();
  const [team, setTeam] = useState<Team | null>(null);
  const [error, setError] = useState("");
  const [attempt, setAttempt] = useState(0);
  const shown = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt asks again
  useEffect(() => {
    const request = new AbortController();
    shown.current = true;
    setError("");
    api
      .get<Team>("/team", request.signal)
      .then(setTeam)
      .catch((err) => !aborted(err) && setError(textOf(err)));
    return () => {
      shown.current = false;
      request.abort();
    };
  }, [api, attempt]);
  useEffect(() => {
    if (!team?.invitations.some((i) => i.mail === "queued")) return;
    const request = new AbortController();
    const again = () => api.get<Team>("/team", request.signal).then(setTeam, () => undefined);
    const timer = setInterval(again, askEvery);
    return () => {
      clearInterval(timer);
      request.abort();
    };
  }, [api, team]);
  useFrames((frame) => {
    if (frame.type !== "team") return;
    const take = (fresh: Team) => shown.current && setTeam(fresh);
    api.get<Team>("/team").then(take, () => undefined);
  });
  const change: Change = async (ask, done) => {
    try {
      const fresh = await ask();
      if (shown.current) setTeam(fresh);
      notify(done);
      check(); // names and roles stand in menus, too
      return null;
    } catch (err) {
      return { field: err instanceof ApiError ? err.field : "", text: textOf(err) };
    }
  };
  return { team, error: team ? "" : error, change, retry: () => setAttempt((n) => n + 1) };
}

/** useTrying runs one change at a time for a dialog, which closes when it has worked. */
export function useTrying(close: () => void) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<FormProblem | null>(null);
  const attempt = async (change: () => Promise<FormProblem | null>) => {
    setBusy(true);
    setProblem(null);
    const wrong = await change();
    setBusy(false);
    setProblem(wrong);
    if (!wrong) close();
  };
  return { busy, problem, setProblem, attempt };
}
