import { useCallback, useEffect, useReducer, useRef } from "react";
import type { Older, Thread } from "../../shared/agent";
import { useFrames, useLive, useResync } from "../live/live";
import { useNotify } from "../parts/notices";
import { type Api, ApiError, aborted, textOf } from "../session/api";
import { useMe, useSession } from "../session/session";
import { useOutbox } from "./outbox-context";
import { cursorOf, lastEvent, lastSeq, reduce, start, type ThreadState, typingMs } from "./reducer";
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
      const delta = s.issue ? queryOf(s) : "";
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
      version: newest.current.issue?.version,
    }));
    return () => watch(null);
  }, [ready, watch, id]);

  useFrames((frame) => {
    if (frame.type === "thread" && frame.thread?.issue.id === id)
      dispatch({ type: "frame", thread: frame.thread });
    if (frame.issue_id !== id) return;
    const { type, name = "", origin = "end-user", colleague } = frame;
    const now = clock.now();
    if (type === "typing" && origin !== "agent")
      dispatch({ type, typing: { name, origin, until: now + typingMs } });
    if (type === "viewing" && colleague && colleague.agent_id !== me.agent.id)
      dispatch({ type: "colleague", colleague, now });
  });
  useResync(() => void load());
  useEffect(() => {
    if (!state.gap) return;
    const timer = setTimeout(load, 300);
    return () => clearTimeout(timer);
  }, [state.gap, load]);
  const fleeting = state.typing.length + state.here.length > 0;
  useEffect(() => {
    if (!fleeting) return;
    const timer = setInterval(() => dispatch({ type: "expire", now: clock.now() }), 500);
    return () => clearInterval(timer);
  }, [fleeting, clock]);

  /** change asks for a change of the conversation and shows it. It throws what the server refuses; of a conflict it loads what is new. */
  const change = useCallback(
    async (method: Method, part: string, body?: unknown) => {
      try {
        const thread = await ask(api, method, `${path}/${part}${queryOf(newest.current)}`, body);
        dispatch({ type: "frame", thread });
      } catch (err) {
        if (err instanceof ApiError && err.code === "conflict") await load();
        throw err;
      }
    },
    [api, path, load],
  );
  const act = useCallback(
    (action: string, body: unknown) =>
      change("post", action, body).catch((err) => notify(textOf(err), "bad")),
    [change, notify],
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

  const sending = useSending(id, state, dispatch, newest, load);
  return { state, dispatch, act, change, loadOlder, renew, retry, ...sending };
}

export type Method = "post" | "put" | "delete";
export type Change = (method: Method, part: string, body?: unknown) => Promise<void>;

function ask(api: Api, method: Method, path: string, body: unknown): Promise<Thread> {
  return method === "delete" ? api.delete<Thread>(path) : api[method]<Thread>(path, body);
}

const queryOf = (s: ThreadState) =>
  `?${Object.entries(cursorOf(s))
    .map(([name, value]) => `${name}=${value}`)
    .join("&")}`;
