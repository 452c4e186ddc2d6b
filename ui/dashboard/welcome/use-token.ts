import { useEffect, useState } from "react";
import type { Invited } from "../../shared/agent";
import { ApiError, aborted, textOf } from "../session/api";
import { useSession } from "../session/session";
import { linkLost, tokenOf } from "./token";

export type Looked =
  | { kind: "loading" }
  | { kind: "failed"; text: string; retry: boolean }
  | { kind: "there"; invited: Invited };

/**
 * useToken takes the token from the fragment, removes it from the address bar, where it would stay in the history and on
 * screenshots, and asks the server what it is for.
 */
export function useToken(kind: Invited["kind"]) {
  const { api } = useSession();
  const [token, setToken] = useState(() => tokenOf(location.hash));
  const [looked, setLooked] = useState<Looked>({ kind: "loading" });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const take = () => {
      const fresh = tokenOf(location.hash);
      if (fresh) setToken(fresh);
      if (location.hash) history.replaceState(null, "", location.pathname);
    };
    take();
    addEventListener("hashchange", take);
    return () => removeEventListener("hashchange", take);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt asks again
  useEffect(() => {
    if (!token) return setLooked({ kind: "failed", text: linkLost, retry: false });
    const request = new AbortController();
    setLooked({ kind: "loading" });
    api.post<Invited>("/tokens/look", { token }, request.signal).then(
      (invited) => setLooked(checked(invited, kind)),
      (err) => !aborted(err) && setLooked(failureOf(err)),
    );
    return () => request.abort();
  }, [api, token, kind, attempt]);
  return { token, looked, retry: () => setAttempt((n) => n + 1) };
}

function checked(invited: Invited, kind: Invited["kind"]): Looked {
  if (invited.kind === kind) return { kind: "there", invited };
  return {
    kind: "failed",
    text: "This link is for something else. Open the link in your e-mail again.",
    retry: false,
  };
}

function failureOf(err: unknown): Looked {
  const final =
    err instanceof ApiError && ["not_found", "invalid", "conflict", "forbidden"].includes(err.code);
  return { kind: "failed", text: textOf(err), retry: !final };
}
