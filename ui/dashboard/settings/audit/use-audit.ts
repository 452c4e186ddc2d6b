import { useCallback, useEffect, useState } from "react";
import type { AuditEntry, AuditLog } from "../../../shared/agent";
import { aborted, textOf } from "../../session/api";
import { useSession } from "../../session/session";

/** useAudit loads the log page by page. entries is null until the first one is there. */
export function useAudit() {
  const { api } = useSession();
  const [entries, setEntries] = useState<AuditEntry[] | null>(null);
  const [next, setNext] = useState("");
  const [loading, setLoading] = useState(false);
  const [error, setError] = useState("");
  const load = useCallback(
    async (cursor: string, signal?: AbortSignal) => {
      setLoading(true);
      setError("");
      try {
        const query = cursor ? `?cursor=${encodeURIComponent(cursor)}` : "";
        const page = await api.get<AuditLog>(`/audit${query}`, signal);
        setEntries((held) => (cursor && held ? [...held, ...page.entries] : page.entries));
        setNext(page.next ?? "");
      } catch (err) {
        if (!aborted(err)) setError(textOf(err));
      } finally {
        if (!signal?.aborted) setLoading(false);
      }
    },
    [api],
  );
  useEffect(() => {
    const request = new AbortController();
    void load("", request.signal);
    return () => request.abort();
  }, [load]);
  const more = useCallback(() => void load(next), [load, next]);
  const retry = useCallback(() => void load(""), [load]);
  return { entries, next, loading, error, more, retry };
}
