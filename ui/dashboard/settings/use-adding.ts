import { useState } from "react";
import { useNotify } from "../parts/notices";
import { ApiError, textOf } from "../session/api";
import type { Problem } from "./draft";

/** useAdding runs one request of a form and keeps what was wrong with it. add gives the answer, or null. */
export function useAdding() {
  const notify = useNotify();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const add = async <T>(ask: () => Promise<T>, done: string): Promise<T | null> => {
    if (busy) return null;
    setBusy(true);
    setProblem(null);
    try {
      const answer = await ask();
      notify(done);
      return answer;
    } catch (err) {
      setProblem({ field: err instanceof ApiError ? err.field : "", text: textOf(err) });
      return null;
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, add };
}
