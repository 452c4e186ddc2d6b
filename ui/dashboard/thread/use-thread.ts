import { useCallback, useEffect, useReducer, useRef } from "react";
import type { Older, Thread } from "../../shared/agent";
import { useFrames, useLive, useResync } from "../live/live";
import { useNotify } from "../parts/notices";
import { ApiError, aborted, textOf } from "../session/api";
import { useMe, useSession } from "../session/session";
import { useOutbox } from "./outbox-context";
import { lastEvent, lastSeq, reduce, start, typingMs } from "./reducer";
import { useSending } from "./use-sending";

/** useThread loads one conversation, follows it, and gives what can be done in it. */
export function useThread(id: string) {
  const { api } = useSession();
  const { clock, watch } = useLive();
  const me = useMe();
  const notify = useNotify();
  const outbox = useOutbox();
  const [state, dispatch] = useReducer(reduce, id, (issue) => start(outbox.of(issue)));
  const newest = useRef(state);
  newest.current = state;
  const path = `/issues/${encodeURIComponent(id)}`;

  const load = useCallback(
    async (signal?: AbortSignal) => {
      const s = newest.current;
      const delta = s.issue ? `?after=${lastSeq(s)}&after_event=${lastEvent(s)}` : "";
      try {
        dispatch({ type: "loaded", thread: await api.get<Thread>(path + delta, signal) });
      } catch (err) {
        if (aborted(err)) return;
        const missing = err instanceof ApiError && err.code === "not_found";
        dispatch({ type: "failed", error: textOf(err), missing });
      }
    },
    [api, path],
  );
  useEffect(() => {
    const request = new AbortController();
    void load(request.signal);
    return () => request.abort();
  }, [load]);

  const ready = state.status === "ready";
  useEffect(() => {
    if (!ready) return;
    watch(() => ({
      type: "watch",
      issue_id: id,
      seq: lastSeq(newest.current),
      event_n: lastEvent(newest.current),
    }));
    return () => watch(null);
  }, [ready, watch, id]);

  useFrames((frame) => {
    if (frame.type === "thread" && frame.thread?.issue.id === id)
      dispatch({ type: "frame", thread: frame.thread });
    if (frame.type !== "typing" || frame.issue_id !== id) return;
    const { name = "", origin = "end-user" } = frame;
    if (origin === "agent" && name === me.agent.name) return;
    dispatch({ type: "typing", typing: { name, origin, until: clock.now() + typingMs } });
  });
  useResync(() => void load());
  useEffect(() => {
    if (!state.gap) return;
    const timer = setTimeout(load, 300);
    return () => clearTimeout(timer);
  }, [state.gap, load]);
  useEffect(() => {
    if (state.typing.length === 0) return;
    const timer = setInterval(() => dispatch({ type: "expire", now: clock.now() }), 500);
    return () => clearInterval(timer);
  }, [state.typing.length, clock]);

  const act = useCallback(
    async (action: string, body: unknown) => {
      try {
        const thread = await api.post<Thread>(`${path}/${action}`, body);
        dispatch({ type: "frame", thread });
      } catch (err) {
        notify(textOf(err), "bad");
      }
    },
    [api, path, notify],
  );
  const loadOlder = useCallback(async () => {
    const first = newest.current.messages[0]?.seq;
    const event = newest.current.events[0]?.n ?? 0;
    if (!first || newest.current.loadingOlder) return;
    dispatch({ type: "older-loading", on: true });
    try {
      const query = `?before=${first}&before_event=${event}`;
      dispatch({ type: "older", older: await api.get<Older>(`${path}/messages${query}`) });
    } catch (err) {
      dispatch({ type: "older-loading", on: false });
      notify(textOf(err), "bad");
    }
  }, [api, path, notify]);
  const renew = useCallback(
    async (seq: number) => {
      try {
        const page = await api.get<Older>(`${path}/messages?before=${seq + 1}&before_event=0`);
        dispatch({ type: "renewed", messages: page.messages });
      } catch (err) {
        notify(textOf(err), "bad");
      }
    },
    [api, path, notify],
  );
  const retry = useCallback(() => {
    dispatch({ type: "loading" });
    void load();
  }, [load]);

  const sending = useSending(id, state, dispatch, newest);
  return { state, dispatch, act, loadOlder, renew, retry, ...sending };
}
