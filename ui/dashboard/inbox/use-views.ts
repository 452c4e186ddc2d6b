import { useCallback, useEffect, useRef, useState } from "react";
import type { Counts, InboxOptions, IssueFilter, SmartView, SmartViews } from "../../shared/agent";
import { useFrames, useResync } from "../live/live";
import { useSession } from "../session/session";

/** useFetched is what a path answers: undefined until then. It is asked again by reload; what fails leaves the answer before. */
function useFetched<T>(path: string): [T | undefined, () => void, (answer: T) => void] {
  const { api } = useSession();
  const [answer, setAnswer] = useState<T>();
  const busy = useRef<"no" | "yes" | "again">("no");
  const reload = useCallback(async () => {
    if (busy.current !== "no") {
      busy.current = "again";
      return;
    }
    busy.current = "yes";
    await api
      .get<T>(path)
      .then(setAnswer)
      .catch(() => undefined);
    const again = (busy.current as string) === "again";
    busy.current = "no";
    if (again) await reload();
  }, [api, path]);
  useEffect(() => void reload(), [reload]);
  useResync(reload);
  return [answer, reload, setAnswer];
}

/** useCounts is how many conversations each view holds, asked again when the server says that it changed. */
export function useCounts(): { counts: Counts | undefined; recount: () => void } {
  const [counts, recount] = useFetched<Counts>("/issues/counts");
  useFrames((frame) => {
    if (frame.type === "counts") recount();
  });
  return { counts, recount };
}

/** useOptions is what there is to filter by, asked again when the server says that the team, or its queues, have changed. */
export function useOptions(): InboxOptions | undefined {
  const [options, reload] = useFetched<InboxOptions>("/issues/options");
  useFrames((frame) => {
    if (frame.type === "team") void reload();
  });
  return options;
}

export interface SmartViewActions {
  /** save makes a view, or changes the one with the id, and gives it as it is kept. It throws what api throws. */
  save: (view: Omit<SmartView, "id">, id?: string) => Promise<SmartView | undefined>;
  remove: (id: string) => Promise<void>;
}

/** useSmartViews is the saved views, and what can be done with them. */
export function useSmartViews(recount: () => void): [SmartView[] | undefined, SmartViewActions] {
  const { api } = useSession();
  const [answer, , setAnswer] = useFetched<SmartViews>("/views");
  const known = useRef<SmartView[]>([]);
  known.current = answer?.views ?? [];
  const take = useCallback(
    (next: SmartViews) => {
      setAnswer(next);
      recount();
      return next.views;
    },
    [setAnswer, recount],
  );
  const save = useCallback(
    async (view: { name: string; shared: boolean; filter: IssueFilter }, id?: string) => {
      const before = new Set(known.current.map((v) => v.id));
      const next = await (id
        ? api.put<SmartViews>(`/views/${encodeURIComponent(id)}`, view)
        : api.post<SmartViews>("/views", view));
      return take(next).find((v) => (id ? v.id === id : !before.has(v.id)));
    },
    [api, take],
  );
  const remove = useCallback(
    async (id: string) => void take(await api.delete<SmartViews>(`/views/${encodeURIComponent(id)}`)),
    [api, take],
  );
  const actions = useRef({ save, remove });
  actions.current = { save, remove };
  return [answer?.views, actions.current];
}
