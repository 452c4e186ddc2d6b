import type { InboxQuery, IssueFilter, SmartView } from "../../shared/agent";

export type Sort = "updated" | "created" | "waiting";

/** Look is what the inbox shows, as the address says it, so that it can be shared. */
export interface Look {
  /** The key of a view that is always there, or the id of a Smart View. */
  view: string;
  /** What narrows the view. If edited, what stands in the place of the Smart View's own filter. */
  filter: IssueFilter;
  /** A Smart View whose filter is changed and not saved. */
  edited: boolean;
  q: string;
  sort: Sort;
}

export const noFilter: IssueFilter = {};
export const firstLook: Look = { view: "open", filter: noFilter, edited: false, q: "", sort: "updated" };

/** The lists of the filter by the names that the address has for them. */
const lists = {
  state: "states",
  assignee: "assignees",
  queue: "queues",
  app: "apps",
  platform: "platforms",
  language: "languages",
  tag: "tags_any",
  "every-tag": "tags_all",
  "without-tag": "tags_none",
  "follow-up": "follow_ups",
} as const satisfies Record<string, keyof IssueFilter>;

const flags = { unread: "unread", left: "left" } as const satisfies Record<string, keyof IssueFilter>;

const numbers = {
  "created-from": "created_from",
  "created-to": "created_to",
  "updated-from": "updated_from",
  "updated-to": "updated_to",
  "created-days": "created_days",
  "updated-days": "updated_days",
} as const satisfies Record<string, keyof IssueFilter>;

type Entries<T> = [string, T[keyof T]][];
const entries = <T extends object>(o: T) => Object.entries(o) as Entries<T>;

/** lookOf reads an address's query. What it does not understand is left out. */
export function lookOf(search: string): Look {
  const params = new URLSearchParams(search);
  const sort = params.get("sort");
  return {
    view: params.get("view") || "open",
    filter: filterOf(params),
    edited: params.has("edited"),
    q: params.get("q") ?? "",
    sort: sort === "created" || sort === "waiting" ? sort : "updated",
  };
}

function filterOf(params: URLSearchParams): IssueFilter {
  const filter: IssueFilter = {};
  for (const [name, key] of entries(lists)) {
    const values = params.getAll(name).filter(Boolean);
    if (values.length > 0) filter[key] = values;
  }
  const ratings = params
    .getAll("rating")
    .map(Number)
    .filter((n) => n >= 1 && n <= 5);
  if (ratings.length > 0) filter.ratings = ratings;
  for (const [name, key] of entries(flags)) if (params.get(name) === "1") filter[key] = true;
  for (const [name, key] of entries(numbers)) {
    const n = Number(params.get(name));
    if (Number.isSafeInteger(n) && n > 0) filter[key] = n;
  }
  const text = params.get("text");
  if (text) filter.text = text;
  const fields = fieldsOf(params);
  if (fields.length > 0) filter.fields = fields;
  return filter;
}

/** Custom issue fields stand as field.key.op=value, once for each value. */
function fieldsOf(params: URLSearchParams) {
  const names = new Set([...params.keys()].filter((name) => /^field\.[\w-]+\.[a-z_]+$/.test(name)));
  return [...names].map((name) => {
    const [, key = "", op = ""] = name.split(".");
    const value = params.getAll(name).filter(Boolean);
    return value.length > 0 ? { key, op, value } : { key, op };
  });
}

/** searchOf writes what lookOf reads: "" for the first look, else with its question mark. */
export function searchOf(look: Look): string {
  const params = new URLSearchParams();
  if (look.view !== "open") params.set("view", look.view);
  if (look.edited) params.set("edited", "1");
  if (look.q.trim()) params.set("q", look.q.trim());
  if (look.sort !== "updated") params.set("sort", look.sort);
  write(params, look.filter);
  const text = params.toString();
  return text && `?${text}`;
}

function write(params: URLSearchParams, filter: IssueFilter) {
  for (const [name, key] of entries(lists)) for (const v of filter[key] ?? []) params.append(name, v);
  for (const n of filter.ratings ?? []) params.append("rating", String(n));
  for (const [name, key] of entries(flags)) if (filter[key]) params.set(name, "1");
  for (const [name, key] of entries(numbers)) if (filter[key]) params.set(name, String(filter[key]));
  if (filter.text) params.set("text", filter.text);
  for (const { key, op, value = [] } of filter.fields ?? []) {
    for (const v of value.length > 0 ? value : [""]) params.append(`field.${key}.${op}`, v);
  }
}

/** queryOf is what to ask the server. An edited Smart View is asked for as its parts. */
export function queryOf(look: Look): InboxQuery {
  const filter = withWords(look.filter, look.q);
  return { view: look.edited ? "all" : look.view, filter, sort: look.sort };
}

/** withWords adds words to the text that is searched for; every one of them must be found. */
export function withWords(filter: IssueFilter, q: string): IssueFilter {
  const text = [filter.text, q.trim()].filter(Boolean).join(" ");
  return text ? { ...filter, text } : filter;
}

const openStates = ["new", "new-for-agent", "agent-replied", "waiting-for-agent"];
const closedStates = ["resolved", "rejected"];

/** The views that are always there, as filters. */
const built: Record<string, IssueFilter> = {
  open: { states: openStates },
  mine: { states: openStates, assignees: ["me"] },
  unassigned: { states: openStates, assignees: ["nobody"] },
  waiting: { states: ["new", "new-for-agent", "waiting-for-agent"] },
  left: { states: [...openStates, "resolved"], left: true },
  all: {},
  resolved: { states: closedStates },
};

export const isSmart = (view: string) => !Object.hasOwn(built, view);

/** conditionsOf are the filters that a conversation must all match to be shown; undefined while the Smart View is not known. */
export function conditionsOf(look: Look, views: SmartView[] | undefined): IssueFilter[] | undefined {
  const own = withWords(look.filter, look.q);
  if (look.edited) return [own];
  const base = built[look.view] ?? views?.find((v) => v.id === look.view)?.filter;
  return base && [base, own];
}

/** shownFilter is the filter that the chips show and change: a Smart View's own one, unless it was changed. */
export function shownFilter(look: Look, view: SmartView | undefined): IssueFilter {
  return view && !look.edited ? view.filter : look.filter;
}

/** savedFilter is what a new Smart View keeps of what is shown now: the view and everything that narrows it. */
export function savedFilter(look: Look, view: SmartView | undefined): IssueFilter {
  const base = built[look.view] ?? noFilter;
  return withWords({ ...base, ...shownFilter(look, view) }, look.q);
}

/** withFilter changes what the chips show; what is changed of a Smart View stays beside it until it is saved. */
export function withFilter(look: Look, filter: IssueFilter): Look {
  return { ...look, filter, edited: isSmart(look.view) };
}

/** isNarrowed reports whether anything but the view decides what is shown. */
export const isNarrowed = (look: Look) => look.edited || look.q.trim() !== "" || !isEmpty(look.filter);

export const isEmpty = (filter: IssueFilter) => Object.keys(filter).length === 0;
