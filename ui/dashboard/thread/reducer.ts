import type { Attachment, Colleague, Event, Message, Older, Thread } from "../../shared/agent";
import { amended } from "../../shared/thread";
import { isNewer } from "../inbox/rows";
import { emptied, erases } from "./erased";
import { forget, type Here, hear, quiet } from "./here";

/**
 * Pending is a message on its way. waiting: the server could not be reached yet; failed: it was refused; overtaken: a colleague has
 * answered meanwhile.
 */
export interface Pending {
  clientId: string;
  body: string;
  /** What goes with it; it was uploaded before. */
  files?: Attachment[];
  at: number;
  /** The newest message that its author had seen. */
  seen?: number;
  state: "sending" | "waiting" | "failed" | "overtaken";
  error: string;
}

export interface Typing {
  name: string;
  origin: string;
  until: number;
}

/** ThreadState is one conversation as far as it was loaded. Messages are without gaps, in order of seq. */
export interface ThreadState {
  status: "loading" | "ready" | "failed";
  error: string;
  /** True when there is no such conversation, or not for this agent. */
  missing: boolean;
  issue?: Thread["issue"];
  detail?: Thread["detail"];
  messages: Message[];
  events: Event[];
  pending: Pending[];
  typing: Typing[];
  /** Colleagues who look at the conversation now. */
  here: Here[];
  /** True when messages are missing and should be fetched. */
  gap: boolean;
  loadingOlder: boolean;
  /** Messages of visitors after this seq are new to the reader: the divider stands before the first. */
  dividerSeq: number;
}

export type ThreadAction =
  | { type: "loaded"; thread: Thread }
  | { type: "frame"; thread: Thread }
  | { type: "failed"; error: string; missing: boolean }
  | { type: "loading" }
  | { type: "older"; older: Older }
  | { type: "older-loading"; on: boolean }
  | { type: "renewed"; messages: Message[] }
  | { type: "unsent"; pending: Pending[] }
  | { type: "typing"; typing: Typing }
  | { type: "colleague"; colleague: Colleague; now: number }
  | { type: "expire"; now: number }
  | { type: "left" };

export const typingMs = 6000;

export function start(pending: Pending[] = []): ThreadState {
  return {
    status: "loading",
    error: "",
    missing: false,
    messages: [],
    events: [],
    pending,
    typing: [],
    here: [],
    gap: false,
    loadingOlder: false,
    dividerSeq: -1,
  };
}

export function reduce(state: ThreadState, action: ThreadAction): ThreadState {
  switch (action.type) {
    case "loaded":
      return merge(state, action.thread, true);
    case "frame":
      return merge(state, action.thread, false);
    case "loading":
      return { ...state, status: "loading", error: "" };
    case "failed":
      return state.issue
        ? state
        : { ...state, status: "failed", error: action.error, missing: action.missing };
    case "older":
      return older(state, action.older);
    case "older-loading":
      return { ...state, loadingOlder: action.on };
    case "renewed":
      return { ...state, messages: renewed(state.messages, action.messages) };
    case "unsent":
      return { ...state, pending: arrived(action.pending, state.messages) };
    case "typing":
      return {
        ...state,
        typing: [...state.typing.filter((t) => !sameTyper(t, action.typing)), action.typing],
      };
    case "colleague":
      return { ...state, here: hear(state.here, action.colleague, action.now) };
    case "expire":
      return expire(state, action.now);
    case "left":
      return { ...state, dividerSeq: lastSeq(state) };
  }
}

function expire(state: ThreadState, now: number): ThreadState {
  const typing = state.typing.filter((t) => t.until > now);
  const here = forget(state.here, now);
  return typing.length === state.typing.length && here === state.here ? state : { ...state, typing, here };
}

export const lastSeq = (state: ThreadState) => state.messages[state.messages.length - 1]?.seq ?? 0;
export const lastEvent = (state: ThreadState) => state.events[state.events.length - 1]?.n ?? 0;

/** cursorOf is what we hold, for a server that answers with what is newer. */
export const cursorOf = (state: ThreadState) => ({
  after: lastSeq(state),
  after_event: lastEvent(state),
  version: state.issue?.version ?? 0,
});

/** hasOlder reports whether older messages or events exist: both are counted from 1. */
export const hasOlder = (state: ThreadState) =>
  (state.messages[0]?.seq ?? 1) > 1 || (state.events[0]?.n ?? 1) > 1;

/** merge takes in a whole thread or a delta. Only an answer to our own question may replace what we hold after a long gap. */
function merge(state: ThreadState, thread: Thread, mayReplace: boolean): ThreadState {
  if (state.issue && thread.issue.id !== state.issue.id) return state;
  const newer = !state.issue || isNewer(state.issue, thread.issue);
  const held = erases(thread.events, lastEvent(state)) ? state.events.map(emptied) : state.events;
  const { messages, gap } = join(state.messages, thread.messages ?? [], mayReplace);
  const next: ThreadState = {
    ...state,
    status: "ready",
    issue: newer ? thread.issue : state.issue,
    detail: newer ? thread.detail : state.detail,
    messages: [...amended(messages, thread.changed ?? [])],
    events: joinEvents(held, thread.events ?? []),
    pending: arrived(state.pending, thread.messages ?? []),
    typing: state.typing.filter(
      (t) => !silent(t, thread) && !(thread.messages ?? []).some((m) => wrote(t, m)),
    ),
    here: quiet(state.here, writersOf(thread)),
    dividerSeq: state.dividerSeq < 0 ? thread.detail.agent_read_seq : state.dividerSeq,
  };
  next.gap = gap || lastSeq(next) < (next.detail?.last_seq ?? 0);
  return next;
}

/** writersOf are the ids of who wrote what is new: messages and notes. */
const writersOf = ({ messages, events }: Thread) => [
  ...(messages ?? []).map((m) => m.author_id),
  ...(events ?? []).flatMap((e) => (e.kind === "note" ? e.actor.id : [])),
];

function join(
  held: Message[],
  incoming: Message[],
  mayReplace: boolean,
): { messages: Message[]; gap: boolean } {
  const last = held[held.length - 1]?.seq ?? 0;
  const first = incoming[0]?.seq;
  if (held.length === 0 && mayReplace) return { messages: incoming, gap: false };
  if (first === undefined) return { messages: held, gap: false };
  if (first > last + 1)
    return mayReplace ? { messages: incoming, gap: false } : { messages: held, gap: true };
  const fresh = incoming.filter((m) => m.seq > last);
  return { messages: fresh.length > 0 ? [...held, ...fresh] : held, gap: false };
}

function joinEvents(held: Event[], incoming: Event[]): Event[] {
  const byN = new Map(held.map((e) => [e.n, e]));
  for (const e of incoming) byN.set(e.n, e);
  return byN.size === held.length ? held : [...byN.values()].sort((a, b) => a.n - b.n);
}

function older(state: ThreadState, page: Older): ThreadState {
  const first = state.messages[0]?.seq ?? 0;
  const fresh = page.messages.filter((m) => m.seq < first);
  const messages = [...fresh, ...state.messages];
  return { ...state, messages, events: joinEvents(state.events, page.events ?? []), loadingOlder: false };
}

/** renewed puts in messages that were loaded again, with fresh addresses of their files. */
function renewed(held: Message[], again: Message[]): Message[] {
  const bySeq = new Map(again.map((m) => [m.seq, m]));
  return held.map((m) => bySeq.get(m.seq) ?? m);
}

/** arrived leaves out what is among the messages. */
function arrived(pending: Pending[], messages: Message[]): Pending[] {
  return pending.filter((p) => !messages.some((m) => m.client_id === p.clientId));
}

const sameTyper = (a: Typing, b: Typing) => a.origin === b.origin && a.name === b.name;

/** silent reports whether somebody has left who was typing. */
const silent = (t: Typing, thread: Thread) =>
  t.origin === "end-user" && thread.issue.user.presence !== "active";

function wrote(t: Typing, m: Message): boolean {
  return t.origin === "end-user"
    ? m.origin === "end-user"
    : m.origin === t.origin && m.author_name === t.name;
}
