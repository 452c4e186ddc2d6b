import { useState } from "react";
import type { Replayed } from "../../../shared/agent";
import type { FormProblem } from "../../parts/form-dialog";
import { useNotify } from "../../parts/notices";
import { ApiError, textOf } from "../../session/api";

const doneWords = (n: number) => {
  if (n === 0) return "There is nothing to send again.";
  return n === 1
    ? "The delivery is on its way again."
    : `${n.toLocaleString("en-GB")} deliveries are on their way again.`;
};

/** useReplay sends again and says how much. replay reports whether the server took it. */
export function useReplay(done: () => void) {
  const notify = useNotify();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<FormProblem | null>(null);
  const replay = async (ask: () => Promise<Replayed>): Promise<boolean> => {
    setBusy(true);
    setProblem(null);
    try {
      notify(doneWords((await ask()).count));
      done();
      return true;
    } catch (err) {
      setProblem({ field: err instanceof ApiError ? err.field : "", text: textOf(err) });
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, setProblem, replay };
}
