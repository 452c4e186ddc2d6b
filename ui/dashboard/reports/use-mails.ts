import { useCallback, useEffect, useState } from "react";
import type { MailRow, Mails } from "../../shared/agent";
import { aborted, textOf } from "../session/api";
import { useSession } from "../session/session";

/** useMails loads the list page by page. rows is null until the first page is there; another query begins anew. */
export function useMails(query: string) {
  const { api } = useSession();
  const [rows, setRows] = useState<MailRow[] | null>(null);
  const [next, setNext] = useState("");
  const [loading, setLoading] = useState(false);
  const [error, setError] = useState("");
  const load = useCallback(
    async (cursor: string, signal?: AbortSignal) => {
      setLoading(true);
      setError("");
      try {
        const more = cursor ? `&cursor=${encodeURIComponent(cursor)}` : "";
        const page = await api.get<Mails>(`/mails${query}${more}`, signal);
        setRows((held) => (cursor && held ? [...held, ...page.mails] : page.mails));
        setNext(page.next ?? "");
      } catch (err) {
        if (!aborted(err)) setError(textOf(err));
      } finally {
        if (!signal?.aborted) setLoading(false);
      }
    },
    [api, query],
  );
  useEffect(() => {
    setRows(null);
    setNext("");
    const request = new AbortController();
    void load("", request.signal);
    return () => request.abort();
  }, [load]);
  const more = useCallback(() => void load(next), [load, next]);
  const retry = useCallback(() => void load(""), [load]);
  return { rows, next, loading, error, more, retry };
}
