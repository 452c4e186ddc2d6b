import { type Dispatch, type RefObject, useCallback, useEffect, useRef } from "react";
import type { Thread } from "../../shared/agent";
import { useLive, useResync } from "../live/live";
import { ApiError, textOf } from "../session/api";
import { useSession } from "../session/session";
import { nextToSend, saveOutbox } from "./outbox";
import { lastEvent, lastSeq, type Pending, type ThreadAction, type ThreadState } from "./reducer";

const retryMs = 4000;

/** useSending sends what is pending, one message after the other, and keeps it over a reload until it arrived. */
export function useSending(
  id: string,
  path: string,
  state: ThreadState,
  dispatch: Dispatch<ThreadAction>,
  newest: RefObject<ThreadState>,
) {
  const { api } = useSession();
  const { clock } = useLive();
  const busy = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const { pending } = state;
  useEffect(() => saveOutbox(id, pending), [id, pending]);

  const sendNext = useCallback(async () => {
    const next = nextToSend(newest.current.pending);
    if (!next || busy.current) return;
    busy.current = true;
    clearTimeout(timer.current);
    try {
      const thread = await api.post<Thread>(`${path}/messages`, sendOf(next, newest.current));
      dispatch({ type: "frame", thread });
      dispatch({ type: "drop", clientId: next.clientId });
    } catch (err) {
      dispatch({ type: "put", pending: refused(next, err) });
    } finally {
      busy.current = false;
    }
  }, [api, path, dispatch, newest]);

  const ready = state.status === "ready";
  useEffect(() => {
    const next = nextToSend(pending);
    if (!ready || !next || busy.current) return;
    if (next.state === "sending") void sendNext();
    else timer.current = setTimeout(sendNext, retryMs);
    return () => clearTimeout(timer.current);
  }, [ready, pending, sendNext]);
  useResync(() => void sendNext());

  const send = useCallback(
    (body: string) => dispatch({ type: "put", pending: fresh(body, clock.now()) }),
    [dispatch, clock],
  );
  const resend = useCallback(
    (p: Pending) => dispatch({ type: "put", pending: { ...p, state: "sending", error: "" } }),
    [dispatch],
  );
  const discard = useCallback((p: Pending) => dispatch({ type: "drop", clientId: p.clientId }), [dispatch]);
  return { send, resend, discard };
}

function fresh(body: string, at: number): Pending {
  return { clientId: crypto.randomUUID?.() ?? randomId(), body, at, state: "sending", error: "" };
}

/** randomId stands in where the page is not in a secure context. */
function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join(
    "",
  );
}

function sendOf(p: Pending, state: ThreadState) {
  return { client_id: p.clientId, body: p.body, after: lastSeq(state), after_event: lastEvent(state) };
}

function refused(p: Pending, err: unknown): Pending {
  const unreachable = err instanceof ApiError && err.code === "offline";
  return { ...p, state: unreachable ? "waiting" : "failed", error: textOf(err) };
}
