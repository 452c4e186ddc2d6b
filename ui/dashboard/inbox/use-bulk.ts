import { type Dispatch, useCallback, useState } from "react";
import type { BulkResult } from "../../shared/agent";
import { useLive } from "../live/live";
import { textOf } from "../session/api";
import { useSession } from "../session/session";
import { newId } from "../thread/new-id";
import { advance, batchesOf, begin, type Edit, type Outcome } from "./bulk";
import type { InboxAction } from "./reducer";

export interface Bulk {
  outcome?: Outcome;
  run: (ids: string[], edit: Edit) => Promise<void>;
  /** again does the rest of an edit that broke off. */
  again?: () => void;
  dismiss: () => void;
}

/** useBulk makes one edit to many conversations, a batch after the other, and tells how far it has come. */
export function useBulk(dispatch: Dispatch<InboxAction>): Bulk {
  const { api } = useSession();
  const { clock } = useLive();
  const [outcome, setOutcome] = useState<Outcome>();
  const [rest, setRest] = useState<Edit>();
  const run = useCallback(
    async (ids: string[], edit: Edit) => {
      let now = begin(ids.length);
      setOutcome(now);
      setRest(edit);
      dispatch({ type: "edit", ids, edit, now: clock.now() });
      for (const request of batchesOf(ids, edit, newId)) {
        const part = request.issue_ids;
        try {
          const result = await api.post<BulkResult>("/issues/bulk", request);
          now = advance(now, part.length, result);
          const failed = result.failed.map((f) => f.issue_id);
          dispatch({ type: "settled", ids: part, failed, now: clock.now() });
        } catch (err) {
          const left = ids.slice(now.done);
          dispatch({ type: "settled", ids: left, failed: left, now: clock.now() });
          return setOutcome({ ...now, running: false, broken: { text: textOf(err), left } });
        }
        setOutcome(now);
      }
    },
    [api, clock, dispatch],
  );
  const dismiss = useCallback(() => setOutcome(undefined), []);
  const left = outcome?.broken?.left;
  return {
    outcome,
    run,
    again: left && rest ? () => void run(left, rest) : undefined,
    dismiss,
  };
}
