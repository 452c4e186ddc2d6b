// The conversations of the session in use.

import { computed, signal } from "@preact/signals";
import type { Issue, Message } from "../../shared/chat";
import { apply, lastSeq, type News, type Thread } from "../../shared/thread";

export type ChatThread = Thread<Issue, Message>;
export type ChatNews = News<Issue, Message>;

/** isOutbound: the company's, and not taken back. */
export const isOutbound = (m: Message) => m.origin !== "end-user" && !m.deleted_at;
/** isDone: the company has resolved or rejected it. The user may have a say still. */
export const isDone = (issue: Issue) => issue.state === "resolved" || issue.state === "rejected";

/** newestOf returns which conversation is shown first, null for a new one. Fresh: one that is done and read gives way to a new one. */
export function newestOf([newest]: readonly Issue[], fresh: boolean): string | null {
  if (!newest || (fresh && isDone(newest) && newest.unread === 0)) return null;
  return newest.id;
}

export class Threads {
  readonly all = signal<ReadonlyMap<string, ChatThread>>(new Map());
  /** The one that is shown; null while a new one is being written. */
  readonly shown = signal<string | null>(null);
  /** Counts the turns to another conversation. A new one that gets its name by its first message stays the same. */
  readonly turn = signal(0);
  /** What is being written, by conversation; "" is the new one. It lasts as long as the page. */
  readonly drafts = signal<Readonly<Record<string, string>>>({});
  readonly thread = computed(() => (this.shown.value ? this.all.value.get(this.shown.value) : undefined));
  /** Newest first. */
  readonly issues = computed(() =>
    [...this.all.value.values()].map((t) => t.issue).sort((a, b) => b.number - a.number),
  );
  /** How far the shown one was looked at, which the server may not know yet. */
  readonly seen = signal(0);
  readonly unread = computed(() => {
    let sum = 0;
    for (const t of this.all.value.values()) sum += this.unreadOf(t);
    return sum;
  });

  /** unreadOf counts what the user has not looked at in one conversation. */
  unreadOf({ issue, messages }: ChatThread): number {
    const seen = issue.id === this.shown.value ? this.seen.value : 0;
    if (seen <= issue.read_seq) return issue.unread;
    return messages.filter((m) => m.seq > seen && isOutbound(m)).length;
  }

  /** take applies news and returns the thread before and after. */
  take(news: ChatNews): [ChatThread | undefined, ChatThread] {
    const before = this.all.value.get(news.issue.id);
    const after = apply(before, news);
    if (before?.issue !== after.issue || before.messages !== after.messages) {
      this.all.value = new Map(this.all.value).set(news.issue.id, after);
    }
    return [before, after];
  }

  /** cursors tell the server what we have. Of conversations that were never opened we want only what is new. */
  cursors(): Record<string, { seq: number; version: number }> {
    const out: Record<string, { seq: number; version: number }> = {};
    for (const { issue, messages } of this.all.value.values()) {
      out[issue.id] = { seq: lastSeq(messages) || issue.last_seq, version: issue.version };
    }
    return out;
  }

  draft(issue: string | null, text: string): void {
    this.drafts.value = { ...this.drafts.value, [issue ?? ""]: text };
  }

  /** clear forgets the conversations, but not what is being written. */
  clear(): void {
    this.all.value = new Map();
    this.shown.value = null;
    this.seen.value = 0;
  }
}
