import { useEffect, useState } from "react";
import type { Hours, TryHours } from "../../../shared/agent";
import { aborted } from "../../session/api";
import { useSession } from "../../session/session";
import { useNow } from "../../time/ticking";

/**
 * useTry asks the server how an app's hours are with settings that are not saved: whether it is open, until when, and what to advise. It
 * asks again when that changes. What it said last stands meanwhile; null until then, and while nothing is asked.
 */
export function useTry(appId: string, settings: TryHours, ready = true): Hours | null {
  const { api } = useSession();
  const [said, setSaid] = useState<Hours | null>(null);
  const now = useNow(10_000);
  const mark = JSON.stringify(settings);
  const over = Boolean(said?.change_at && said.change_at <= now);
  const first = said === null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is asked is in the mark
  useEffect(() => {
    if (!ready) return;
    const request = new AbortController();
    const timer = setTimeout(
      () =>
        api
          .post<Hours>(`/apps/${encodeURIComponent(appId)}/hours/try`, settings, request.signal)
          .then(setSaid)
          .catch((err) => aborted(err) || undefined), // the next change asks again, and saving says what is wrong
      first ? 0 : 250,
    );
    return () => {
      clearTimeout(timer);
      request.abort();
    };
  }, [api, appId, mark, ready, over, first]);
  return said;
}
