import { useCallback, useEffect, useState } from "react";
import type { AuditEntry, AuditLog } from "../../../shared/agent";
import { aborted, textOf } from "../../session/api";
import { useSession } from "../../session/session";
import { type AuditFilter, problemOf, queryOf } from "./filter";

/** useAudit loads the log page by page. entries is null until the first one is there; another filter begins anew. */
export function useAudit(filter: AuditFilter) {
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
        const page = await api.get<AuditLog>(`/audit${queryOf(filter, cursor)}`, signal);
        setEntries((held) => (cursor && held ? [...held, ...page.entries] : page.entries));
        setNext(page.next ?? "");
      } catch (err) {
        if (!aborted(err)) setError(textOf(err));
      } finally {
        if (!signal?.aborted) setLoading(false);
      }
    },
    [api, filter],
  );
  useEffect(() => {
    if (problemOf(filter)) return;
    setEntries(null);
    setNext("");
    const request = new AbortController();
    void load("", request.signal);
    return () => request.abort();
  }, [load, filter]);
  const more = useCallback(() => void load(next), [load, next]);
  const retry = useCallback(() => void load(""), [load]);
  return { entries, next, loading, error, more, retry };
}
