import { Popover } from "radix-ui";
import { useEffect, useMemo, useReducer, useRef, useState } from "react";
import { Heading } from "../parts/heading";
import { Icon } from "../parts/icon";
import { useShortcuts } from "../shortcuts/shortcuts";
import { BulkBar } from "./bulk-bar";
import { BulkResultLine } from "./bulk-result";
import { useInboxData, useShown } from "./context";
import { FilterBar } from "./filter-bar";
import { List, type ListHandle } from "./list";
import { ListLine } from "./list-line";
import type { InboxState } from "./reducer";
import { nothing, type Selection, type SelectionAction, select } from "./selection";
import { useBulk } from "./use-bulk";
import { useInbox } from "./use-inbox";
import { ViewList } from "./view-list";

interface Props {
  selected?: string;
  setFilled: (filled: boolean) => void;
}

/** ListColumn is the conversations of the view, with what finds and changes them. */
export function ListColumn({ selected, setFilled }: Props) {
  const { look, smart } = useInboxData();
  const { state, dispatch, loadMore, retry } = useInbox(look, smart, selected);
  const [picked, pick] = usePicked(state);
  const bulk = useBulk(dispatch);
  const list = useRef<ListHandle>(null);
  const search = useRef<HTMLInputElement>(null);
  const filled = state.rows.length > 0;
  useEffect(() => setFilled(filled), [filled, setFilled]);
  useListShortcuts(list, search, picked, () => pick({ type: "clear" }));
  return (
    <section className="inbox-list" aria-label="Conversations">
      <ListHead open={Boolean(selected)} />
      <FilterBar search={search} />
      {bulk.outcome && <BulkResultLine outcome={bulk.outcome} again={bulk.again} dismiss={bulk.dismiss} />}
      {picked.ids.size > 0 && !bulk.outcome?.running ? (
        <BulkBar state={state} picked={picked} pick={pick} run={bulk.run} />
      ) : (
        <ListLine state={state} pick={pick} />
      )}
      <List ref={list} state={state} picked={picked} pick={pick} loadMore={loadMore} retry={retry} />
    </section>
  );
}

/** usePicked is what is selected; rows that leave the list are not any more. */
function usePicked(state: InboxState): [Selection, (action: SelectionAction) => void] {
  const [picked, pick] = useReducer(select, nothing);
  const { rows, leaving, status } = state;
  const order = useMemo(
    () => (status === "ready" ? rows.filter((r) => !leaving.has(r.id)).map((r) => r.id) : []),
    [rows, leaving, status],
  );
  useEffect(() => pick({ type: "only", order }), [order]);
  return [picked, pick];
}

function ListHead({ open }: { open: boolean }) {
  const { name } = useShown();
  const [menu, setMenu] = useState(false);
  return (
    <div className="list-head">
      {open ? (
        <h1 className="ellipsis">{name}</h1>
      ) : (
        <Heading title={`${name}, inbox`} className="ellipsis">
          {name}
        </Heading>
      )}
      <Popover.Root open={menu} onOpenChange={setMenu}>
        <Popover.Trigger className="button quiet small list-views" aria-label="Views">
          Views <Icon name="down" size={14} />
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content
            className="popover"
            align="end"
            sideOffset={6}
            collisionPadding={8}
            aria-label="Views"
          >
            <ViewList picked={() => setMenu(false)} />
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
    </div>
  );
}

function useListShortcuts(
  list: React.RefObject<ListHandle | null>,
  search: React.RefObject<HTMLInputElement | null>,
  picked: Selection,
  clear: () => void,
) {
  const next = {
    label: "Next conversation",
    group: "Inbox" as const,
    repeats: true,
    run: () => list.current?.move(1),
  };
  const before = {
    label: "Conversation before",
    group: "Inbox" as const,
    repeats: true,
    run: () => list.current?.move(-1),
  };
  const inList = () => list.current?.holdsFocus() ?? false;
  useShortcuts({
    j: next,
    ArrowDown: { ...next, when: inList },
    k: before,
    ArrowUp: { ...before, when: inList },
    Enter: { label: "Open", group: "Inbox", when: inList, run: () => list.current?.open() },
    x: { label: "Select", group: "Inbox", run: () => list.current?.toggle() },
    Escape: { label: "Clear the selection", group: "Inbox", when: () => picked.ids.size > 0, run: clear },
    "/": { label: "Search", group: "Inbox", run: () => search.current?.focus() },
  });
}
