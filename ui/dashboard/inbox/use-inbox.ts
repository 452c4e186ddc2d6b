import { useCallback, useEffect, useReducer, useRef } from "react";
import type { Inbox } from "../../shared/agent";
import { useFrames, useResync } from "../live/live";
import { aborted, textOf } from "../session/api";
import { useMe, useSession } from "../session/session";
import { type PageMode, reduce, start } from "./reducer";
import type { Filter } from "./rows";

/** useInbox loads a view and keeps it up to date. */
export function useInbox(filter: Filter, selected?: string) {
  const { api } = useSession();
  const me = useMe();
  const { view, unread, q } = filter;
  const [state, dispatch] = useReducer(reduce, null, () => start(me.agent.id, filter, selected));
  const { next, loadingMore, stale, answers } = state;
  const frames = useRef(0);
  const request = useRef<AbortController>(undefined);

  const load = useCallback(
    async (mode: PageMode, cursor?: string) => {
      request.current?.abort();
      const mine = new AbortController();
      request.current = mine;
      const before = frames.current;
      try {
        const inbox = await api.get<Inbox>(`/issues?${query({ view, unread, q }, cursor)}`, mine.signal);
        dispatch({ type: "page", inbox, mode, raced: frames.current !== before });
      } catch (err) {
        if (!aborted(err)) dispatch({ type: "failed", error: textOf(err) });
      }
    },
    [api, view, unread, q],
  );

  useEffect(() => {
    dispatch({ type: "filter", filter: { view, unread, q } });
    void load("replace");
    return () => request.current?.abort();
  }, [load, view, unread, q]);
  useEffect(() => dispatch({ type: "select", id: selected }), [selected]);
  useEffect(() => {
    if (!stale || loadingMore || answers === 0) return;
    const timer = setTimeout(load, 1500, "refresh");
    return () => clearTimeout(timer);
  }, [stale, loadingMore, answers, load]);
  useFrames((frame) => {
    if (frame.type !== "inbox" || !frame.row) return;
    frames.current++;
    dispatch({ type: "row", row: frame.row });
  });
  useResync(() => void load("replace"));

  const loadMore = useCallback(() => {
    if (!next || loadingMore) return;
    dispatch({ type: "more" });
    void load("append", next);
  }, [next, loadingMore, load]);
  const retry = useCallback(() => {
    dispatch({ type: "filter", filter: { view, unread, q } });
    void load("replace");
  }, [load, view, unread, q]);
  return { state, loadMore, retry };
}

function query(filter: Filter, cursor?: string): string {
  const params = new URLSearchParams({ view: filter.view });
  if (filter.unread) params.set("unread", "1");
  if (filter.q) params.set("q", filter.q);
  if (cursor) params.set("cursor", cursor);
  return params.toString();
}
