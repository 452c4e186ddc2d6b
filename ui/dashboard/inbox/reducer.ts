import type { Counts, Inbox, Row } from "../../shared/agent";
import { type Filter, isNewer, isOpen, matches, merge } from "./rows";

/** InboxState is one view of the inbox as far as it was loaded, kept up to date by the socket's rows. */
export interface InboxState {
  me: string;
  filter: Filter;
  /** The issue on screen stays in the list, also when it no longer matches, until another one is opened. */
  selected?: string;
  status: "loading" | "ready" | "failed";
  error: string;
  rows: Row[];
  next?: string;
  loadingMore: boolean;
  counts?: Counts;
  /** True when the counts cannot be kept exact from rows alone and should be fetched again. */
  stale: boolean;
  /** How many answers came; a new one may still be stale. */
  answers: number;
  /** The newest version seen of every issue, in any view: what the counts already include. */
  known: Map<string, Row>;
}

/** replace: the list begins anew; append: a following page; refresh: the first page again, for its counts. */
export type PageMode = "replace" | "append" | "refresh";

export type InboxAction =
  | { type: "filter"; filter: Filter }
  | { type: "select"; id?: string }
  | { type: "page"; inbox: Inbox; mode: PageMode; raced: boolean }
  | { type: "more" }
  | { type: "failed"; error: string }
  | { type: "row"; row: Row };

export function start(me: string, filter: Filter, selected?: string): InboxState {
  return {
    me,
    filter,
    selected,
    status: "loading",
    error: "",
    rows: [],
    loadingMore: false,
    stale: false,
    answers: 0,
    known: new Map(),
  };
}

export function reduce(state: InboxState, action: InboxAction): InboxState {
  switch (action.type) {
    case "filter":
      return { ...start(state.me, action.filter, state.selected), counts: state.counts, known: state.known };
    case "select":
      return prune({ ...state, selected: action.id });
    case "more":
      return { ...state, loadingMore: true, error: "" };
    case "failed":
      return {
        ...state,
        status: state.rows.length > 0 ? "ready" : "failed",
        error: action.error,
        loadingMore: false,
      };
    case "page":
      return page(state, action);
    case "row":
      return live(state, action.row);
  }
}

/** page takes in an answer of the server; raced says that rows arrived by the socket while it was under way. */
function page(state: InboxState, { inbox, mode, raced }: InboxAction & { type: "page" }): InboxState {
  const fresh = inbox.issues.map((row) => newest(state.known, row));
  const kept = state.rows.filter((row) => mode !== "replace" || row.id === state.selected);
  return prune({
    ...state,
    status: "ready",
    error: "",
    rows: merge(kept, fresh),
    next: mode === "refresh" ? state.next : inbox.next,
    loadingMore: false,
    counts: inbox.counts,
    stale: raced,
    answers: state.answers + 1,
    known: remember(state.known, inbox.issues),
  });
}

/** live takes in one changed issue: it moves to its place, or leaves if it no longer belongs here. */
function live(state: InboxState, row: Row): InboxState {
  const old = state.known.get(row.id);
  if (old && !isNewer(old, row)) return state;
  const counts = state.counts && count(state.counts, state.me, old, row);
  const held = state.rows.some((r) => r.id === row.id);
  return prune({
    ...state,
    rows: held || belongs(state, row) ? merge(state.rows, [row]) : state.rows,
    counts,
    stale: state.stale || (!old && state.counts !== undefined),
    known: remember(state.known, [row]),
  });
}

/** belongs reports whether a row has a place in the loaded part of the list. */
function belongs(state: InboxState, row: Row): boolean {
  if (state.status !== "ready" || !matches(row, state.filter, state.me)) return false;
  const last = state.rows[state.rows.length - 1];
  return !state.next || !last || row.updated_at >= last.updated_at;
}

/** prune takes out the rows that do not match; a text search is the server's business, so its hits stay. */
function prune(state: InboxState): InboxState {
  const filter = { ...state.filter, q: "" };
  const rows = state.rows.filter((row) => row.id === state.selected || matches(row, filter, state.me));
  return rows.length === state.rows.length ? state : { ...state, rows };
}

function newest(known: Map<string, Row>, row: Row): Row {
  const old = known.get(row.id);
  return old && !isNewer(old, row) ? old : row;
}

function remember(known: Map<string, Row>, rows: Row[]): Map<string, Row> {
  const next = new Map(known);
  for (const row of rows) next.set(row.id, newest(known, row));
  return next;
}

/** count moves the counts from the old row to the new one. An unknown old row leaves them as they are. */
function count(counts: Counts, me: string, old: Row | undefined, row: Row): Counts {
  if (!old) return counts;
  const change = (test: (r: Row) => boolean) => Number(test(row)) - Number(test(old));
  return {
    open: counts.open + change(isOpen),
    mine: counts.mine + change((r) => isOpen(r) && r.assignee_id === me),
    unread: counts.unread + change((r) => isOpen(r) && r.unread > 0),
  };
}
