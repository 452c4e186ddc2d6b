import { useEffect, useRef, useState } from "react";
import type { CustomField, CustomFields } from "../../../shared/agent";
import { useNotify } from "../../parts/notices";
import { textOf } from "../../session/api";
import { useSession } from "../../session/session";
import { moved } from "./order";

const SAVE_AFTER = 700;

/** useOrder moves fields at once and saves their order when the hands rest. said is for those who do not see it. */
export function useOrder(fields: CustomField[], set: (list: CustomFields) => void) {
  const { api } = useSession();
  const notify = useNotify();
  const [order, setOrder] = useState<CustomField[] | null>(null);
  const [said, setSaid] = useState("");
  const latest = useRef({ set, notify });
  const unsaved = useRef<CustomField[] | null>(null);
  latest.current = { set, notify };
  useEffect(() => {
    if (!order) return;
    let current = true;
    unsaved.current = order;
    const timer = setTimeout(async () => {
      unsaved.current = null;
      try {
        const list = await api.post<CustomFields>("/fields/order", { ids: order.map((f) => f.id) });
        if (!current) return;
        latest.current.set(list);
      } catch (err) {
        latest.current.notify(textOf(err), "bad");
      }
      if (current) setOrder(null);
    }, SAVE_AFTER);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [api, order]);
  // Whoever leaves the page at once has moved it all the same.
  useEffect(
    () => () => {
      if (!unsaved.current) return;
      const ids = unsaved.current.map((f) => f.id);
      api.post("/fields/order", { ids }).catch((err) => latest.current.notify(textOf(err), "bad"));
    },
    [api],
  );
  const shown = order ?? fields;
  const move = (from: number, to: number) => {
    setOrder(moved(shown, from, to));
    setSaid(`${shown[from]?.label} is now ${to + 1} of ${shown.length}.`);
  };
  return { shown, move, said };
}
