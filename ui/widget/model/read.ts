// What counts as read. A message does when it was in view for half a second, in an open panel of a visible document, and the person
// has given a sign of life within five minutes. After arrival by a return link nothing counts before a real gesture, so that a
// program that follows links reads nothing. The state is a value, time is handed in, and decide says what to do now.

/** DWELL is how long a message must be in view; LIFE how long a sign of life lasts; in milliseconds. */
export const DWELL = 500;
export const LIFE = 5 * 60_000;

export interface ReadState {
  /** The time of the newest event. */
  now: number;
  /** Counts what is read: another conversation, another visit. What was reported of one says nothing about the next. */
  turn: number;
  open: boolean;
  visible: boolean;
  /** When somebody last gave a sign of life. */
  lifeAt: number;
  /** The visit that a gesture must confirm first, or null. Asked: the gesture was there, the server does not know yet. */
  visit: string | null;
  gesture: boolean;
  /** Outbound messages in view, with the time since when they are, under all conditions but life. */
  inView: Readonly<Record<number, number>>;
  /** The highest message that was looked at long enough, and the highest the server knows of. */
  seen: number;
  told: number;
  /** A report is under way. */
  busy: boolean;
  /** Nothing is sent before this time, after a failure. */
  notBefore: number;
}

export type ReadEvent =
  | { type: "open"; open: boolean }
  | { type: "visible"; visible: boolean }
  | { type: "life"; gesture: boolean }
  | { type: "view"; seq: number; inView: boolean }
  /** Another conversation is shown, read up to told. */
  | { type: "issue"; told: number }
  | { type: "visit"; visit: string | null }
  /** The server knows more, by our report or another tab's. */
  | { type: "told"; seq: number }
  | { type: "begin" }
  | { type: "done" }
  | { type: "failed"; retryIn: number };

/** Decision is what to do now: confirm the visit, or report; or look again in wait milliseconds (null: when something happens). */
export type Decision =
  | { do: "return"; visit: string }
  | { do: "read"; seq: number }
  | { do: "wait"; wait: number | null };

export const noReading: ReadState = {
  now: 0,
  turn: 0,
  open: false,
  visible: false,
  lifeAt: Number.NEGATIVE_INFINITY,
  visit: null,
  gesture: false,
  inView: {},
  seen: 0,
  told: 0,
  busy: false,
  notBefore: 0,
};

/** step returns the state after an event. */
export function step(before: ReadState, e: ReadEvent, now: number): ReadState {
  const s = settle(before, now);
  switch (e.type) {
    case "open":
      return restart({ ...s, open: e.open }, now);
    case "visible":
      return restart({ ...s, visible: e.visible }, now);
    case "life":
      return { ...s, lifeAt: now, gesture: s.gesture || e.gesture };
    case "view": {
      const { [e.seq]: _, ...rest } = s.inView;
      return { ...s, inView: e.inView ? { ...rest, [e.seq]: s.inView[e.seq] ?? now } : rest };
    }
    case "issue":
      return { ...s, turn: s.turn + 1, inView: {}, seen: e.told, told: e.told, notBefore: 0 };
    case "visit":
      if (e.visit === s.visit) return { ...s, gesture: e.visit !== null && s.gesture };
      return { ...s, turn: s.turn + 1, visit: e.visit, gesture: false };
    case "told":
      return { ...s, told: Math.max(s.told, e.seq) };
    case "begin":
      return { ...s, busy: true };
    case "done":
      return { ...s, busy: false, notBefore: 0 };
    case "failed":
      return { ...s, busy: false, notBefore: now + e.retryIn };
  }
}

/** decide says what to do at this time. */
export function decide(before: ReadState, now: number): Decision {
  const s = settle(before, now);
  const idle: Decision = { do: "wait", wait: null };
  if (s.busy) return idle;
  if (s.notBefore > now) return { do: "wait", wait: s.notBefore - now };
  if (s.visit !== null) return s.gesture ? { do: "return", visit: s.visit } : idle;
  if (s.seen > s.told) return { do: "read", seq: s.seen };
  if (!looking(s, now)) return idle;
  const since = Object.entries(s.inView).flatMap(([seq, at]) => (Number(seq) > s.seen ? [at] : []));
  return { do: "wait", wait: since.length > 0 ? Math.max(0, Math.min(...since) + DWELL - now) : null };
}

/** settle moves seen up to what has been in view long enough by now. */
function settle(before: ReadState, now: number): ReadState {
  const s = keepTime(before, now);
  if (!looking(s, now)) return s;
  let { seen } = s;
  for (const [seq, at] of Object.entries(s.inView)) if (now - at >= DWELL) seen = Math.max(seen, Number(seq));
  return seen === s.seen ? s : { ...s, seen };
}

/** keepTime moves all times along if the clock was set back, so that they stay as long ago as they were. */
function keepTime(s: ReadState, now: number): ReadState {
  const back = s.now - now;
  if (back <= 0) return { ...s, now };
  const inView = Object.fromEntries(Object.entries(s.inView).map(([seq, at]) => [seq, at - back]));
  return { ...s, now, lifeAt: s.lifeAt - back, notBefore: Math.max(0, s.notBefore - back), inView };
}

function looking(s: ReadState, now: number): boolean {
  return s.open && s.visible && s.visit === null && now - s.lifeAt <= LIFE;
}

/** restart begins the half second anew: what was in view behind a closed panel was not looked at. */
function restart(s: ReadState, now: number): ReadState {
  return { ...s, inView: Object.fromEntries(Object.keys(s.inView).map((seq) => [seq, now])) };
}
