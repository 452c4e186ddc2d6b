import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";
import type { Me } from "../../shared/agent";
import { dropDrafts } from "../thread/kept";
import { Api, ApiError, textOf } from "./api";

export type SessionState =
  | { kind: "loading" }
  | { kind: "error"; text: string }
  | { kind: "out"; ended?: boolean; told?: string }
  | { kind: "in"; me: Me };

interface Session {
  state: SessionState;
  api: Api;
  reload: () => void;
  /** check asks the server whether the session still holds, without disturbing the screen. */
  check: () => void;
  /** enter is being signed in as an answer of the server says. */
  enter: (me: Me) => void;
  /** leave shows the sign-in page with a word about why; the server has ended the session already. */
  leave: (told: string) => void;
  signOut: () => Promise<void>;
}

const Context = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(Context);
  if (!session) throw new Error("useSession needs a SessionProvider");
  return session;
}

/** useMe is who is signed in; only for what is shown to signed-in agents. */
export function useMe(): Me {
  const { state } = useSession();
  if (state.kind !== "in") throw new Error("nobody is signed in");
  return state.me;
}

export const isAdministrator = (me: Me) => me.agent.role === "administrator";

/** isSupervisor reports whether somebody keeps what the team shares; administrators do, too. */
export const isSupervisor = (me: Me) => me.agent.role === "supervisor" || isAdministrator(me);

export function SessionProvider({ children }: { children: ReactNode }) {
  const [state, setState] = useState<SessionState>({ kind: "loading" });
  const api = useMemo(
    () => new Api(() => setState((s) => (s.kind === "out" ? s : { kind: "out", ended: s.kind === "in" }))),
    [],
  );
  const fetchMe = useCallback(() => api.get<Me>("/me").then((me) => setState({ kind: "in", me })), [api]);
  const reload = useCallback(() => {
    setState({ kind: "loading" });
    fetchMe().catch((err) => {
      if (!(err instanceof ApiError && err.code === "unauthenticated")) {
        setState({ kind: "error", text: textOf(err) });
      }
    });
  }, [fetchMe]);
  const check = useCallback(() => {
    fetchMe().catch(() => undefined);
  }, [fetchMe]);
  const enter = useCallback((me: Me) => setState({ kind: "in", me }), []);
  const leave = useCallback((told: string) => setState({ kind: "out", told }), []);
  const signOut = useCallback(async () => {
    await api.post("/sign-out");
    dropDrafts();
    setState({ kind: "out" });
  }, [api]);

  useEffect(reload, [reload]);
  const value = useMemo(
    () => ({ state, api, reload, check, enter, leave, signOut }),
    [state, api, reload, check, enter, leave, signOut],
  );
  return <Context.Provider value={value}>{children}</Context.Provider>;
}
