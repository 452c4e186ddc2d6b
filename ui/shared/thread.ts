// A conversation as a pure value: what we have of it, and how news changes that. Messages are numbered by seq from 1 without
// gaps, so everything one may ask ("is something missing?", "are there older ones?") follows from the numbers.

export interface ThreadIssue {
  version: number;
  last_seq: number;
}

export interface ThreadMessage {
  seq: number;
  edited_at?: number;
  deleted_at?: number;
}

/** Thread holds one unbroken run of messages, oldest first, and the newest state we know of. */
export interface Thread<I extends ThreadIssue, M extends ThreadMessage> {
  issue: I;
  messages: readonly M[];
}

/**
 * News is what the server tells: a state, some messages in order, and those that were edited or taken back. More: older ones exist before the
 * first one here.
 */
export interface News<I extends ThreadIssue, M extends ThreadMessage> {
  issue: I;
  messages?: readonly M[] | null;
  changed?: readonly M[] | null;
  more?: boolean;
}

/** lastSeq is the newest message we hold; 0 if none. */
export function lastSeq(messages: readonly ThreadMessage[]): number {
  return messages.at(-1)?.seq ?? 0;
}

/** hasOlder reports whether history can be loaded before the first message we hold. */
export function hasOlder(thread: Thread<ThreadIssue, ThreadMessage>): boolean {
  const first = thread.messages[0];
  return first ? first.seq > 1 : thread.issue.last_seq > 0;
}

/** behind reports whether messages that we do not hold have come after those we hold: ask for them after lastSeq. */
export function behind(thread: Thread<ThreadIssue, ThreadMessage>): boolean {
  return thread.issue.last_seq > lastSeq(thread.messages);
}

/** apply returns the thread after some news. News may repeat, overtake each other, or leave a gap; none does harm. */
export function apply<I extends ThreadIssue, M extends ThreadMessage>(
  thread: Thread<I, M> | undefined,
  news: News<I, M>,
): Thread<I, M> {
  const coming = unbroken(news.messages ?? []);
  if (!thread) return { issue: news.issue, messages: coming };
  const issue = news.issue.version >= thread.issue.version ? news.issue : thread.issue;
  const messages = join(thread.messages, coming, news.more === true);
  return { issue, messages: amended(messages, news.changed ?? []) };
}

/** amended puts in messages that were edited or taken back. News may come late: what is held in a newer state stays. */
export function amended<M extends ThreadMessage>(held: readonly M[], changed: readonly M[]): readonly M[] {
  const news = (m: M) => changed.find((c) => c.seq === m.seq && stamp(c) > stamp(m));
  return held.some(news) ? held.map((m) => news(m) ?? m) : held;
}

const stamp = (m: ThreadMessage) => m.deleted_at ?? m.edited_at ?? 0;

/** join puts two runs together. If a gap lies between them, the run we hold stays, unless newer ones say that they begin anew. */
function join<M extends ThreadMessage>(
  held: readonly M[],
  coming: readonly M[],
  more: boolean,
): readonly M[] {
  const [first, newFirst] = [held[0], coming[0]];
  if (!newFirst) return held;
  if (!first) return coming;
  if (newFirst.seq > lastSeq(held) + 1) return more ? coming : held;
  if (lastSeq(coming) < first.seq - 1) return held;
  const older = coming.filter((m) => m.seq < first.seq);
  const newer = coming.filter((m) => m.seq > lastSeq(held));
  return older.length + newer.length === 0 ? held : [...older, ...held, ...newer];
}

/** unbroken sorts, drops repeats, and keeps what follows the last gap. */
function unbroken<M extends ThreadMessage>(list: readonly M[]): readonly M[] {
  const sorted = [...list].sort((a, b) => a.seq - b.seq).filter((m, i, all) => m.seq !== all[i - 1]?.seq);
  const gap = sorted.findLastIndex((m, i) => i > 0 && m.seq !== (sorted[i - 1] as M).seq + 1);
  return gap > 0 ? sorted.slice(gap) : sorted;
}
