import { useCallback, useEffect, useRef, useState } from "react";
import type { Deliveries, Delivery } from "../../../shared/agent";
import { aborted, textOf } from "../../session/api";
import { useSession } from "../../session/session";

/** LogFilter is what the log is narrowed to; empty means everything. */
export interface LogFilter {
  state: string;
  number: string;
}

/** filterOf reads the filter from the address, and withFilter writes it there. Links can be shared so. */
export function filterOf(search: string): LogFilter {
  const query = new URLSearchParams(search);
  return { state: query.get("state") ?? "", number: query.get("number") ?? "" };
}

export function withFilter(f: LogFilter, delivery = ""): string {
  const query = new URLSearchParams(Object.entries({ ...f, delivery }).filter(([, value]) => value));
  return query.size > 0 ? `?${query}` : "";
}

export interface Log {
  rows: readonly Delivery[];
  next: string;
}

/** renewed puts a new first page before what was held below it. */
export function renewed(held: Log, page: Deliveries): Log {
  const rows = page.deliveries;
  const last = rows[rows.length - 1];
  const at = last ? held.rows.findIndex((d) => d.id === last.id) : -1;
  if (at < 0 || at === held.rows.length - 1) return { rows, next: page.next ?? "" };
  return { rows: [...rows, ...held.rows.slice(at + 1)], next: held.next };
}

/** useLog loads the log of a webhook page by page; log is null until the first is there. Whenever stamp changes, its beginning is loaded anew. */
export function useLog(path: string, { state, number }: LogFilter, stamp: string) {
  const { api } = useSession();
  const [log, setLog] = useState<Log | null>(null);
  const [loading, setLoading] = useState(false);
  const [error, setError] = useState("");
  const load = useCallback(
    async (cursor: string, signal?: AbortSignal) => {
      const query = new URLSearchParams(Object.entries({ cursor, state, number }).filter(([, v]) => v));
      setLoading(true);
      setError("");
      try {
        const page = await api.get<Deliveries>(`${path}/deliveries?${query}`, signal);
        setLog((held) => {
          if (!held) return { rows: page.deliveries, next: page.next ?? "" };
          return cursor
            ? { rows: [...held.rows, ...page.deliveries], next: page.next ?? "" }
            : renewed(held, page);
        });
      } catch (err) {
        if (!aborted(err)) setError(textOf(err));
      } finally {
        if (!signal?.aborted) setLoading(false);
      }
    },
    [api, path, state, number],
  );
  const first = useRef(stamp);
  useEffect(() => {
    setLog(null);
    const request = new AbortController();
    void load("", request.signal);
    return () => request.abort();
  }, [load]);
  useEffect(() => {
    if (first.current === stamp) return;
    first.current = stamp;
    void load("");
  }, [load, stamp]);
  const more = () => log && void load(log.next);
  const retry = useCallback(() => void load(""), [load]);
  return { log, loading, error, more, retry };
}
