import type { Inbox, IssueFilter, Row } from "../../shared/agent";
import { type Edit, edited } from "./bulk";
import type { Sort } from "./look";
import { type Verdict, verdict } from "./matches";
import { compare, insert, isNewer, replace } from "./rows";

/** Wanted is what the list is asked to show. Conditions are undefined as long as they are not known here. */
export interface Wanted {
  me: string;
  sort: Sort;
  conditions: IssueFilter[] | undefined;
}

/** InboxState is one view of the inbox as far as it was loaded, kept up to date by the socket's rows. */
export interface InboxState {
  wanted: Wanted;
  /** The issue on screen stays in the list, also when it no longer matches, until another one is opened. */
  selected?: string;
  /** While loading, rows are those of the view before. */
  status: "loading" | "ready" | "failed";
  error: string;
  rows: Row[];
  /** Where the searched words were found, by issue. */
  hits: ReadonlyMap<string, string>;
  next?: string;
  total: number;
  loadingMore: boolean;
  /** Rows that no longer belong here and are about to disappear. */
  leaving: ReadonlySet<string>;
  /** Grows when a change came that only the server can judge. */
  doubts: number;
  /** The newest rows that the socket brought: an answer that was under way may be older. */
  heard: ReadonlyMap<string, Row>;
  /** Rows as they were before an edit that is under way. */
  before: ReadonlyMap<string, Row>;
}

/** replace: the list begins anew; append: a following page; refresh: its beginning again, the rest stays. */
export type PageMode = "replace" | "append" | "refresh";

export type InboxAction =
  | { type: "look"; wanted: Wanted }
  | { type: "know"; wanted: Wanted }
  | { type: "select"; id?: string; now: number }
  | { type: "page"; inbox: Inbox; mode: PageMode; now: number }
  | { type: "more" }
  | { type: "failed"; error: string }
  | { type: "row"; row: Row; now: number }
  | { type: "gone"; ids: string[] }
  | { type: "edit"; ids: string[]; edit: Edit; now: number }
  | { type: "settled"; ids: string[]; failed: string[]; now: number };

export function start(wanted: Wanted, selected?: string): InboxState {
  return {
    wanted,
    selected,
    status: "loading",
    error: "",
    rows: [],
    hits: new Map(),
    total: 0,
    loadingMore: false,
    leaving: new Set(),
    doubts: 0,
    heard: new Map(),
    before: new Map(),
  };
}

export function reduce(state: InboxState, action: InboxAction): InboxState {
  switch (action.type) {
    case "look":
      return {
        ...start(action.wanted, state.selected),
        rows: state.rows,
        hits: state.hits,
        heard: state.heard,
      };
    case "know":
      return { ...state, wanted: action.wanted };
    case "select":
      return select(state, action.id, action.now);
    case "more":
      return { ...state, loadingMore: true, error: "" };
    case "failed":
      return failed(state, action.error);
    case "page":
      return page(state, action);
    case "row":
      return live(state, action.row, action.now);
    case "gone":
      return drop(state, action.ids);
    case "edit":
      return edit(state, action);
    case "settled":
      return settle(state, action);
  }
}

const judge = (state: InboxState, row: Row, now: number): Verdict =>
  state.wanted.conditions ? verdict(row, state.wanted.conditions, state.wanted.me, now) : "unsure";

function select(state: InboxState, id: string | undefined, now: number): InboxState {
  if (id === state.selected) return state;
  const old = state.rows.find((r) => r.id === state.selected);
  const next = { ...state, selected: id };
  return old ? mark(next, old, now) : next;
}

/** mark lets a row go that does not belong here, or keeps one that does again. */
function mark(state: InboxState, row: Row, now: number): InboxState {
  const goes = row.id !== state.selected && judge(state, row, now) === "no";
  if (goes === state.leaving.has(row.id)) return state;
  const leaving = new Set(state.leaving);
  if (goes) leaving.add(row.id);
  else leaving.delete(row.id);
  return { ...state, leaving, total: Math.max(0, state.total + (goes ? -1 : 1)) };
}

function drop(state: InboxState, ids: string[]): InboxState {
  const out = new Set(ids.filter((id) => state.leaving.has(id)));
  if (out.size === 0) return state;
  const leaving = new Set([...state.leaving].filter((id) => !out.has(id)));
  return { ...state, leaving, rows: state.rows.filter((r) => !out.has(r.id)) };
}

function failed(state: InboxState, error: string): InboxState {
  const kept = state.status === "ready" && state.rows.length > 0;
  return { ...state, status: kept ? "ready" : "failed", error, loadingMore: false };
}

/** page takes in an answer of the server. */
function page(state: InboxState, { inbox, mode, now }: InboxAction & { type: "page" }): InboxState {
  const fresh = inbox.issues
    .map((row) => newest(state.heard, row))
    .filter((row) => judge(state, row, now) !== "no" || row.id === state.selected);
  const kept = mode === "refresh" && !inbox.next ? [] : keptBeside(state, fresh, mode);
  const hits = new Map(mode === "replace" ? [] : state.hits);
  for (const [i, row] of inbox.issues.entries()) {
    const hit = inbox.hits?.[i];
    if (hit) hits.set(row.id, hit);
  }
  const whole = mode !== "refresh" || kept.length === 0;
  return {
    ...state,
    status: "ready",
    error: "",
    rows: mode === "append" ? [...kept, ...fresh] : withSelected(state, [...fresh, ...kept]),
    hits,
    next: whole ? inbox.next : state.next,
    total: inbox.total,
    loadingMore: mode === "refresh" ? state.loadingMore : false,
    leaving: new Set([...state.leaving].filter((id) => kept.some((r) => r.id === id))),
  };
}

/** keptBeside are the rows that stay beside an answer: before a following page, or after the beginning that was asked for again. */
function keptBeside(state: InboxState, fresh: Row[], mode: PageMode): Row[] {
  if (mode === "replace") return [];
  const ids = new Set(fresh.map((r) => r.id));
  const others = state.rows.filter((r) => !ids.has(r.id));
  const last = fresh[fresh.length - 1];
  if (mode === "append" || !last) return mode === "append" ? others : [];
  if (state.wanted.sort !== "waiting") return others.filter((r) => compare(r, last, state.wanted.sort) > 0);
  const at = state.rows.findIndex((r) => r.id === last.id);
  return at < 0 ? [] : state.rows.slice(at + 1).filter((r) => !ids.has(r.id));
}

/** withSelected leaves the issue on screen in the list when its view is loaded again. */
function withSelected(state: InboxState, rows: Row[]): Row[] {
  if (state.status === "loading" || rows.some((r) => r.id === state.selected)) return rows;
  const open = state.rows.find((r) => r.id === state.selected);
  return open ? insert(rows, open, state.wanted.sort) : rows;
}

/** live takes in one changed issue: it moves to its place, leaves if it no longer belongs here, or comes in. */
function live(state: InboxState, row: Row, now: number): InboxState {
  const old = state.rows.find((r) => r.id === row.id);
  const known = old ?? state.heard.get(row.id);
  if (known && !isNewer(known, row)) return state;
  const next = { ...state, heard: hear(state.heard, row), before: without(state.before, [row.id]) };
  if (state.status !== "ready") return next;
  const says = judge(state, row, now);
  const doubts = state.doubts + Number(says === "unsure");
  if (old) return mark({ ...next, rows: replace(state.rows, row, state.wanted.sort), doubts }, row, now);
  if (says === "no") return next;
  if (says === "unsure" || state.wanted.sort === "waiting") return { ...next, doubts: state.doubts + 1 };
  const last = state.rows[state.rows.length - 1];
  const beyond = state.next && last && compare(last, row, state.wanted.sort) < 0;
  return {
    ...next,
    rows: beyond ? state.rows : insert(state.rows, row, state.wanted.sort),
    total: state.total + 1,
  };
}

const remembered = 300; // more rows than change while an answer is under way

function hear(heard: ReadonlyMap<string, Row>, row: Row): Map<string, Row> {
  const next = new Map(heard);
  next.delete(row.id);
  next.set(row.id, row);
  const oldest = next.keys().next().value;
  if (next.size > remembered && oldest) next.delete(oldest);
  return next;
}

function newest(heard: ReadonlyMap<string, Row>, row: Row): Row {
  const other = heard.get(row.id);
  return other && !isNewer(other, row) ? other : row;
}

/** edit shows an edit before the server has made it. */
function edit(state: InboxState, { ids, edit, now }: InboxAction & { type: "edit" }): InboxState {
  const wanted = new Set(ids);
  const before = new Map(state.before);
  const changed: Row[] = [];
  const rows = state.rows.map((row) => {
    if (!wanted.has(row.id)) return row;
    before.set(row.id, before.get(row.id) ?? row);
    const next = edited(row, edit);
    changed.push(next);
    return next;
  });
  return changed.reduce<InboxState>((s, row) => mark(s, row, now), { ...state, rows, before });
}

/** settle takes back what the server refused, unless something newer came since. */
function settle(state: InboxState, { ids, failed, now }: InboxAction & { type: "settled" }): InboxState {
  let next = state;
  for (const id of failed) {
    const old = state.before.get(id);
    if (!old) continue;
    const listed = next.rows.some((r) => r.id === id);
    const rows = listed
      ? replace(next.rows, old, state.wanted.sort)
      : insert(next.rows, old, state.wanted.sort);
    next = mark({ ...next, rows, total: next.total + Number(!listed) }, old, now);
  }
  return { ...next, before: without(next.before, ids) };
}

function without<T>(map: ReadonlyMap<string, T>, ids: string[]): ReadonlyMap<string, T> {
  if (!ids.some((id) => map.has(id))) return map;
  const next = new Map(map);
  for (const id of ids) next.delete(id);
  return next;
}
