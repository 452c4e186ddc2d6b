import { useCallback, useEffect, useMemo, useReducer, useRef } from "react";
import type { Inbox, SmartView } from "../../shared/agent";
import { useFrames, useLive, useResync } from "../live/live";
import { aborted, textOf } from "../session/api";
import { useMe, useSession } from "../session/session";
import { conditionsOf, type Look, lookOf, queryOf, searchOf } from "./look";
import { type PageMode, reduce, start, type Wanted } from "./reducer";

const firstPage = 50;
const nextPage = 100;
const mostRefreshed = 200;
const patience = 2000; // what only the server can judge waits that long for more of its kind
const goodbye = 260; // as long as a row takes to fade

/** useInbox loads what is to be shown and keeps it up to date. */
export function useInbox(look: Look, views: SmartView[] | undefined, selected?: string) {
  const { api } = useSession();
  const { clock } = useLive();
  const address = searchOf(look);
  const wanted = useWanted(address, views);
  const [state, dispatch] = useReducer(reduce, null, () => start(wanted, selected));
  const requests = useRef<Record<string, AbortController>>({});
  const newest = useRef({ wanted, rows: state.rows });
  newest.current = { wanted, rows: state.rows };

  const load = useCallback(
    async (mode: PageMode, limit: number, cursor?: string) => {
      const kind = mode === "refresh" ? mode : "list";
      requests.current[kind]?.abort();
      const mine = new AbortController();
      requests.current[kind] = mine;
      try {
        const body = { ...queryOf(lookOf(address)), cursor, limit };
        const inbox = await api.post<Inbox>("/issues/query", body, mine.signal);
        dispatch({ type: "page", inbox, mode, now: clock.now() });
      } catch (err) {
        if (!aborted(err)) dispatch({ type: "failed", error: textOf(err) });
      }
    },
    [api, clock, address],
  );
  const begin = useCallback(() => {
    requests.current.refresh?.abort();
    dispatch({ type: "look", wanted: newest.current.wanted });
    void load("replace", firstPage);
  }, [load]);
  const refresh = useCallback(() => {
    const limit = Math.min(Math.max(newest.current.rows.length, firstPage), mostRefreshed);
    void load("refresh", limit);
  }, [load]);

  useEffect(() => {
    begin();
    return () => {
      for (const request of Object.values(requests.current)) request.abort();
    };
  }, [begin]);
  useEffect(() => dispatch({ type: "know", wanted }), [wanted]);
  useEffect(() => dispatch({ type: "select", id: selected, now: clock.now() }), [selected, clock]);
  useDoubts(state.doubts, state.loadingMore, refresh);
  useEffect(() => {
    if (state.leaving.size === 0) return;
    const timer = setTimeout(() => dispatch({ type: "gone", ids: [...state.leaving] }), goodbye);
    return () => clearTimeout(timer);
  }, [state.leaving]);
  useFrames((frame) => {
    if (frame.type === "inbox" && frame.row) dispatch({ type: "row", row: frame.row, now: clock.now() });
  });
  useResync(() => (state.status === "ready" ? refresh() : begin()));

  const { next, loadingMore } = state;
  const loadMore = useCallback(() => {
    if (!next || loadingMore) return;
    dispatch({ type: "more" });
    void load("append", nextPage, next);
  }, [next, loadingMore, load]);
  return { state, dispatch, loadMore, retry: begin };
}

/** useWanted is what is shown, in the form in which rows are judged; the same object as long as it says the same. */
function useWanted(address: string, views: SmartView[] | undefined): Wanted {
  const me = useMe().agent.id;
  return useMemo(() => {
    const look = lookOf(address);
    return { me, sort: look.sort, conditions: conditionsOf(look, views) };
  }, [me, address, views]);
}

/** useDoubts asks the server again once changes came that only it can judge. */
function useDoubts(doubts: number, busy: boolean, refresh: () => void) {
  const settled = useRef(0);
  useEffect(() => {
    if (busy || doubts === 0 || doubts === settled.current) return;
    const timer = setTimeout(() => {
      settled.current = doubts;
      refresh();
    }, patience);
    return () => clearTimeout(timer);
  }, [doubts, busy, refresh]);
}
