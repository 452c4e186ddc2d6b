import { type Dispatch, type RefObject, useCallback, useEffect } from "react";
import type { Attachment } from "../../shared/agent";
import { useLive } from "../live/live";
import { newId } from "./new-id";
import { useOutbox } from "./outbox-context";
import { cursorOf, lastSeq, type Pending, type ThreadAction, type ThreadState } from "./reducer";

/** useSending shows what is unsent in one conversation, and hands the outbox what the agent writes. */
export function useSending(
  id: string,
  state: ThreadState,
  dispatch: Dispatch<ThreadAction>,
  newest: RefObject<ThreadState>,
  load: () => Promise<void>,
) {
  const outbox = useOutbox();
  const { clock } = useLive();
  const { messages } = state;
  useEffect(
    () =>
      outbox.follow(id, {
        cursor: () => cursorOf(newest.current),
        changed: (pending) => dispatch({ type: "unsent", pending }),
        sent: (thread) => dispatch({ type: newest.current.issue ? "frame" : "loaded", thread }),
        overtaken: () => void load(),
      }),
    [outbox, id, dispatch, newest, load],
  );
  useEffect(() => outbox.settle(messages), [outbox, messages]);

  const send = useCallback(
    (body: string, files: Attachment[], seen: number) => {
      const last = newest.current.pending.at(-1)?.at ?? 0; // the clock may be set back; the order stays
      outbox.add({ ...fresh(body, files, Math.max(clock.now(), last + 1)), seen, issue: id });
    },
    [outbox, clock, id, newest],
  );
  const resend = useCallback(
    (p: Pending) => outbox.add({ ...p, seen: lastSeq(newest.current), issue: id }),
    [outbox, id, newest],
  );
  const discard = useCallback((p: Pending) => outbox.discard(p.clientId), [outbox]);
  return { send, resend, discard };
}

function fresh(body: string, files: Attachment[], at: number): Pending {
  const kept = files.length > 0 ? { files } : {};
  return { clientId: newId(), body, ...kept, at, state: "sending", error: "" };
}
