import { type Ref, useCallback, useRef } from "react";
import { Button } from "../parts/button";
import { Failed } from "../shell/failed";
import { useInboxData, useShown } from "./context";
import { Empty } from "./empty";
import { searchOf } from "./look";
import type { InboxState } from "./reducer";
import { RowItem } from "./row";
import type { Selection, SelectionAction } from "./selection";
import { useFocusedRow } from "./use-focused-row";
import { useRows } from "./use-rows";

/** ListHandle is what the keys of the page do in the list. */
export interface ListHandle {
  move: (by: 1 | -1) => void;
  open: () => void;
  toggle: () => void;
  holdsFocus: () => boolean;
}

interface Props {
  ref: Ref<ListHandle>;
  state: InboxState;
  picked: Selection;
  pick: (action: SelectionAction) => void;
  loadMore: () => void;
  retry: () => void;
}

export function List(props: Props) {
  const { state, retry } = props;
  const { lost } = useShown();
  if (lost) return <Empty />;
  if (state.status === "failed") return <Failed text={state.error} retry={retry} />;
  if (state.rows.length === 0) return state.status === "loading" ? <Skeletons /> : <Empty />;
  return <Rows {...props} />;
}

/** Rows draws only what is in sight, so that ten thousand conversations scroll like ten. */
function Rows({ ref, state, picked, pick, loadMore }: Props) {
  const { rows, next, error, status } = state;
  const { look } = useInboxData();
  const search = searchOf(look);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useRows(scroller, state, loadMore);
  const focused = useFocusedRow(ref, scroller, virtual, state, pick);
  const newest = useRef(rows);
  newest.current = rows;
  const onPick = useCallback(
    (id: string, range: boolean) =>
      pick(range ? { type: "range", id, order: newest.current.map((r) => r.id) } : { type: "toggle", id }),
    [pick],
  );
  return (
    <div
      ref={scroller}
      className="rows"
      data-picking={picked.ids.size > 0 ? "" : undefined}
      aria-busy={status === "loading"}
      data-busy={status === "loading" ? "" : undefined}
    >
      <ul className="rows-space" style={{ blockSize: virtual.getTotalSize() }} onFocus={focused}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return (
            <li
              key={item.key}
              data-index={item.index}
              className="rows-item"
              style={{ transform: `translateY(${item.start}px)`, blockSize: item.size }}
              aria-setsize={next ? -1 : rows.length}
              aria-posinset={item.index + 1}
            >
              {row ? (
                <RowItem
                  row={row}
                  hit={state.hits.get(row.id)}
                  q={look.q}
                  selected={row.id === state.selected}
                  picked={picked.ids.has(row.id)}
                  leaving={state.leaving.has(row.id)}
                  search={search}
                  onPick={onPick}
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
