import { createContext, type ReactNode, useContext, useEffect, useMemo } from "react";
import type { Me, Send, Thread } from "../../shared/agent";
import { useResync } from "../live/live";
import { useNotify } from "../parts/notices";
import { type Api, ApiError } from "../session/api";
import { useMe, useSession } from "../session/session";
import { Outbox, type OutboxOptions } from "./outbox";

const Context = createContext<Outbox | null>(null);

export function useOutbox(): Outbox {
  const outbox = useContext(Context);
  if (!outbox) throw new Error("useOutbox needs an OutboxProvider");
  return outbox;
}

/** OutboxProvider sends what the agent wrote, whatever page is open. */
export function OutboxProvider({ children }: { children: ReactNode }) {
  const { api, check } = useSession();
  const agent = useMe().agent.id;
  const notify = useNotify();
  const outbox = useMemo(() => {
    const refused: OutboxOptions["refused"] = (m) =>
      notify(`An answer was not sent: “${m.body.slice(0, 40) || m.files?.[0]?.name}”. ${m.error}`, "bad");
    return new Outbox({ agent, post: poster(api, agent, check), refused });
  }, [api, agent, check, notify]);
  useEffect(() => {
    outbox.start();
    return () => outbox.stop();
  }, [outbox]);
  useResync(() => void outbox.flush());
  return <Context.Provider value={outbox}>{children}</Context.Provider>;
}

/** poster asks first who is signed in if a message has waited: another tab may have changed that meanwhile. */
function poster(api: Api, agent: string, check: () => void): OutboxOptions["post"] {
  return async (m, cursor) => {
    if (m.state === "waiting" && (await api.get<Me>("/me")).agent.id !== agent) {
      check();
      throw new ApiError("unauthenticated", "Somebody else is signed in now.");
    }
    const attachments = m.files?.map((f) => f.id);
    const send: Send = { client_id: m.clientId, body: m.body, attachments, seen: m.seen, ...cursor };
    return api.post<Thread>(`/issues/${encodeURIComponent(m.issue)}/messages`, send);
  };
}
