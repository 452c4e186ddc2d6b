import { useCallback, useEffect, useState } from "react";
import { aborted, textOf } from "../session/api";
import { useSession } from "../session/session";

/** useLoaded gets something from the API once, with its failure and a way to try again. */
export function useLoaded<T>(path: string) {
  const { api } = useSession();
  const [data, setData] = useState<T | null>(null);
  const [error, setError] = useState("");
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt asks again
  useEffect(() => {
    const request = new AbortController();
    setError("");
    api
      .get<T>(path, request.signal)
      .then(setData)
      .catch((err) => !aborted(err) && setError(textOf(err)));
    return () => request.abort();
  }, [api, path, attempt]);
  const retry = useCallback(() => setAttempt((n) => n + 1), []);
  return { data, setData, error, retry };
}
