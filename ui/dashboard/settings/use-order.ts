import { useEffect, useRef, useState } from "react";
import { useNotify } from "../parts/notices";
import { textOf } from "../session/api";
import { useSession } from "../session/session";
import { moved } from "./fields/order";

const SAVE_AFTER = 700;

interface Order<T, Answer> {
  /** Takes the ids in their new order. */
  path: string;
  nameOf: (item: T) => string;
  done: (answer: Answer) => void;
}

/** useOrder moves entries at once and saves their order when the hands rest. said is for those who do not see it. */
export function useOrder<T extends { id: string }, Answer>(items: readonly T[], order: Order<T, Answer>) {
  const { path, nameOf, done } = order;
  const { api } = useSession();
  const notify = useNotify();
  const [own, setOwn] = useState<readonly T[] | null>(null);
  const [said, setSaid] = useState("");
  const latest = useRef({ done, notify });
  const unsaved = useRef<readonly T[] | null>(null);
  latest.current = { done, notify };
  useEffect(() => {
    if (!own) return;
    let current = true;
    unsaved.current = own;
    const timer = setTimeout(async () => {
      unsaved.current = null;
      try {
        const answer = await api.post<Answer>(path, { ids: own.map((item) => item.id) });
        if (!current) return;
        latest.current.done(answer);
      } catch (err) {
        latest.current.notify(textOf(err), "bad");
      }
      if (current) setOwn(null);
    }, SAVE_AFTER);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [api, path, own]);
  // Whoever leaves the page at once has moved it all the same.
  useEffect(
    () => () => {
      if (!unsaved.current) return;
      const ids = unsaved.current.map((item) => item.id);
      api.post(path, { ids }).catch((err) => latest.current.notify(textOf(err), "bad"));
    },
    [api, path],
  );
  const shown = own ?? items;
  const move = (from: number, to: number) => {
    setOwn(moved(shown, from, to));
    const item = shown[from];
    if (item) setSaid(`${nameOf(item)} is now ${to + 1} of ${shown.length}.`);
  };
  return { shown, move, said };
}
