import { useState } from "react";
import { ApiError, textOf } from "../session/api";

interface Problem {
  field: string;
  text: string;
}

/** useSending sends a form unless something is missing, and keeps what was wrong with it. */
export function useSending() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const send = async (missing: Problem | null, act: () => Promise<void>) => {
    if (busy) return;
    setProblem(missing && { ...missing });
    if (missing) return;
    setBusy(true);
    try {
      await act();
    } catch (err) {
      setProblem({ field: err instanceof ApiError ? err.field : "", text: textOf(err) });
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, send };
}
