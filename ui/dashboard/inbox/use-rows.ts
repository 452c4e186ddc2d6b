import { useVirtualizer, type Virtualizer } from "@tanstack/react-virtual";
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from "react";
import type { Row } from "../../shared/agent";
import type { InboxState } from "./reducer";

export type VirtualRows = Virtualizer<HTMLDivElement, Element>;

const ahead = 30; // rows before the end at which the next page is fetched

/** A row is as high as rows.css says: three lines, and one more with tags; in rem, so that it grows with the reader's letters. */
const plainRow = 5.5;
const tagLine = 1.5;

const remSize = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;

/** useRows says which rows are in sight, and has the next ones fetched before they are. */
export function useRows(
  scroller: RefObject<HTMLDivElement | null>,
  state: InboxState,
  loadMore: () => void,
): VirtualRows {
  const { rows, next, loadingMore, error, status } = state;
  const rem = useRef(0);
  if (rem.current === 0) rem.current = remSize();
  const virtual = useVirtualizer({
    count: rows.length + (next || error ? 1 : 0),
    getScrollElement: () => scroller.current,
    estimateSize: useCallback((i: number) => heightOf(rows[i]) * rem.current, [rows]),
    getItemKey: useCallback((i: number) => rows[i]?.id ?? "more", [rows]),
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const last = items[items.length - 1]?.index ?? 0;
  useEffect(() => {
    if (status === "ready" && next && !loadingMore && !error && last >= rows.length - ahead) loadMore();
  }, [status, next, loadingMore, error, last, rows.length, loadMore]);
  usePlace(scroller, virtual, rows, status);
  return virtual;
}

const heightOf = (row: Row | undefined) => plainRow + (row?.tags?.length ? tagLine : 0);

/** usePlace keeps what is being read in its place when rows come and go above it, and begins a new list at its top. */
function usePlace(
  scroller: RefObject<HTMLDivElement | null>,
  virtual: VirtualRows,
  rows: Row[],
  status: InboxState["status"],
) {
  const seen = useRef<{ key: unknown; offset: number }>(undefined);
  const loading = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only other rows move what is read
  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return;
    if (loading.current && status === "ready") box.scrollTop = 0;
    else if (box.scrollTop > 0 && seen.current) {
      const { key, offset } = seen.current;
      const at = rows.findIndex((r) => r.id === key);
      const start = at < 0 ? undefined : virtual.measurementsCache[at]?.start;
      if (start !== undefined && start + offset !== box.scrollTop) box.scrollTop = start + offset;
    }
    loading.current = status === "loading";
  }, [rows, status]);
  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const scrolled = () => {
      const top = virtual.scrollOffset ?? 0; // asking the box itself would make the browser lay out once more
      const first = virtual.getVirtualItemForOffset(top);
      seen.current = first && { key: first.key, offset: top - first.start };
      box.toggleAttribute("data-scrolled", top > 0);
    };
    box.addEventListener("scroll", scrolled, { passive: true });
    return () => box.removeEventListener("scroll", scrolled);
  }, [scroller, virtual]);
}
