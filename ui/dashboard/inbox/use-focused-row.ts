import {
  type FocusEvent,
  type Ref,
  type RefObject,
  useCallback,
  useEffect,
  useImperativeHandle,
  useRef,
} from "react";
import type { ListHandle } from "./list";
import type { InboxState } from "./reducer";
import type { SelectionAction } from "./selection";
import type { VirtualRows } from "./use-rows";

/** useFocusedRow moves the focus from row to row by keys, and gives it to the next one when a row goes. It returns what hears of the focus. */
export function useFocusedRow(
  ref: Ref<ListHandle>,
  scroller: RefObject<HTMLDivElement | null>,
  virtual: VirtualRows,
  state: InboxState,
  pick: (action: SelectionAction) => void,
) {
  const { rows, selected } = state;
  const at = useRef<{ id: string; index: number }>(undefined);
  const focus = useCallback(
    (index: number) => {
      virtual.scrollToIndex(index, { align: "auto" });
      whenThere(() => scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"] a`), 10);
    },
    [virtual, scroller],
  );
  const indexOf = useCallback(() => {
    const here = rows.findIndex((r) => r.id === at.current?.id);
    return here >= 0 ? here : rows.findIndex((r) => r.id === selected);
  }, [rows, selected]);

  useImperativeHandle(
    ref,
    () => ({
      move: (by) => {
        const from = indexOf();
        const to = from < 0 ? 0 : from + by;
        if (rows[to]) focus(to);
      },
      open: () => linkIn(scroller.current, at.current?.id)?.click(),
      toggle: () => {
        const row = rows[indexOf()];
        if (row) pick({ type: "toggle", id: row.id });
      },
      holdsFocus: () => scroller.current?.contains(document.activeElement) ?? false,
    }),
    [rows, indexOf, focus, pick, scroller],
  );
  useEffect(() => {
    const was = at.current;
    if (!was || rows.some((r) => r.id === was.id)) return;
    at.current = undefined;
    if (document.activeElement === document.body) focus(Math.min(was.index, rows.length - 1));
  }, [rows, focus]);

  return useCallback(
    (e: FocusEvent<HTMLElement>) => {
      const index = Number(e.target.closest<HTMLElement>("[data-index]")?.dataset.index);
      const row = rows[index];
      if (row) at.current = { id: row.id, index };
    },
    [rows],
  );
}

function linkIn(box: HTMLElement | null, id: string | undefined) {
  return id
    ? box?.querySelector<HTMLElement>(`a[href*="/${CSS.escape(encodeURIComponent(id))}"]`)
    : undefined;
}

/** whenThere focuses an element once it is drawn, which takes a frame or two after a jump. */
function whenThere(find: () => HTMLElement | null | undefined, frames: number) {
  const element = find();
  if (element) element.focus({ preventScroll: true });
  else if (frames > 0) requestAnimationFrame(() => whenThere(find, frames - 1));
}
