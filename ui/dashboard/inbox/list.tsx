import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { Button } from "../parts/button";
import { Failed } from "../shell/failed";
import { Empty } from "./empty";
import type { InboxState } from "./reducer";
import { RowLink } from "./row";

interface Props {
  state: InboxState;
  search: string;
  loadMore: () => void;
  retry: () => void;
}

export function List({ state, search, loadMore, retry }: Props) {
  if (state.status === "failed") return <Failed text={state.error} retry={retry} />;
  if (state.rows.length === 0) {
    return state.status === "loading" ? <Skeletons /> : <Empty filter={state.filter} counts={state.counts} />;
  }
  return <Rows state={state} search={search} loadMore={loadMore} retry={retry} />;
}

/** Rows draws only what is in sight, so that ten thousand conversations scroll like ten. */
function Rows({ state, search, loadMore }: Props) {
  const { rows, next, loadingMore, error } = state;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length + (next || error ? 1 : 0),
    getScrollElement: () => scroller.current,
    estimateSize: () => 92,
    overscan: 6,
    getItemKey: (i) => rows[i]?.id ?? "more",
  });
  const items = virtual.getVirtualItems();
  const lastShown = items[items.length - 1]?.index ?? 0;
  useEffect(() => {
    if (next && !loadingMore && !error && lastShown >= rows.length - 8) loadMore();
  }, [next, loadingMore, error, lastShown, rows.length, loadMore]);

  return (
    <div ref={scroller} className="rows">
      <ul className="rows-space" style={{ blockSize: virtual.getTotalSize() }} onKeyDown={moveFocus}>
        {items.map((item) => {
          const row = rows[item.index];
          return (
            <li
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              className="rows-item"
              style={{ transform: `translateY(${item.start}px)` }}
              aria-setsize={next ? -1 : rows.length}
              aria-posinset={item.index + 1}
            >
              {row ? (
                <RowLink
                  row={row}
                  filter={state.filter}
                  selected={row.id === state.selected}
                  search={search}
                />
              ) : (
                <More error={error} retry={loadMore} />
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function More({ error, retry }: { error: string; retry: () => void }) {
  if (!error) return <RowSkeleton />;
  return (
    <div className="rows-more" role="alert">
      <p className="small soft">{error}</p>
      <Button size="small" icon="refresh" onClick={retry}>
        Try again
      </Button>
    </div>
  );
}

/** moveFocus lets the arrow keys go from row to row. */
function moveFocus(e: KeyboardEvent<HTMLElement>) {
  if (e.key !== "ArrowDown" && e.key !== "ArrowUp") return;
  const item = (e.target as HTMLElement).closest<HTMLElement>("[data-index]");
  const to = Number(item?.dataset.index) + (e.key === "ArrowDown" ? 1 : -1);
  const link = e.currentTarget.querySelector<HTMLElement>(`[data-index="${to}"] a`);
  if (!link) return;
  e.preventDefault();
  link.focus();
  link.scrollIntoView({ block: "nearest" });
}

function Skeletons() {
  return (
    <div className="rows" role="status" aria-label="Loading conversations">
      {[1, 2, 3, 4, 5, 6].map((n) => (
        <RowSkeleton key={n} />
      ))}
    </div>
  );
}

function RowSkeleton() {
  return (
    <div className="row row-skeleton" aria-hidden="true">
      <span className="avatar skeleton" />
      <span className="row-body">
        <span className="skeleton" />
        <span className="skeleton" />
        <span className="skeleton" />
      </span>
    </div>
  );
}
