import { useEffect, useState } from "react";
import type { Inbox, Row } from "../../shared/agent";
import { useSession } from "../session/session";

const SHOWN = 6;

/** useNewest is the conversations that changed last; none while they are not known. */
export function useNewest(): Row[] {
  const { api } = useSession();
  const [rows, setRows] = useState<Row[]>([]);
  useEffect(() => {
    const request = new AbortController();
    api
      .post<Inbox>("/issues/query", { view: "all", filter: {}, limit: SHOWN }, request.signal)
      .then(({ issues }) => setRows(issues))
      .catch(() => undefined); // the number still can be typed
    return () => request.abort();
  }, [api]);
  return rows;
}
