// Fetching what is missing, again and again until it is there or no longer wanted.

import { Backoff } from "../../shared/backoff";
import { behind, hasOlder, lastSeq } from "../../shared/thread";
import { api } from "../net/api";
import { Later, Refused } from "../net/http";
import type { Chat } from "./chat";
import type { ChatThread } from "./threads";

/** Loader works for one run: whoever begins another one makes the answers of the one before it worthless. */
export class Loader {
  private run = 0;
  private readonly filling = new Set<string>();

  constructor(private readonly chat: Chat) {}

  begin(): number {
    this.filling.clear();
    return ++this.run;
  }

  /** persist repeats a request until it is answered. It returns null if the session has ended or the answer is no longer wanted. */
  async persist<T>(run: number, request: () => Promise<T>): Promise<T | null> {
    const { phase, waiter } = this.chat;
    const backoff = new Backoff(700, 15_000);
    for (let failures = 1; run === this.run; failures++) {
      try {
        const answer = await request();
        return run === this.run ? answer : null;
      } catch (e) {
        if (e instanceof Refused && e.code === "unauthenticated") {
          if (run === this.run) this.chat.ended(e);
          return null;
        }
        // Any other refusal may come from something between us and the server, and pass.
        if (failures > 1 && run === this.run && phase.peek() === "loading") phase.value = "trouble";
        await waiter.sleep(Math.max(e instanceof Later ? e.retryAfter : 0, backoff.next()));
      }
    }
    return null;
  }

  /** fill asks for what a thread lacks at its end. */
  async fill(thread: ChatThread): Promise<void> {
    const { threads, phase } = this.chat;
    const { id } = thread.issue;
    if (!behind(thread) || this.filling.has(id)) return;
    const run = this.run;
    this.filling.add(id);
    try {
      for (let now: ChatThread | undefined = thread; now && behind(now); now = threads.all.peek().get(id)) {
        const last = lastSeq(now.messages);
        const token = this.chat.token();
        const news = await this.persist(run, () =>
          last ? api.after(token, id, last) : api.newest(token, id),
        );
        if (!news) return;
        this.chat.take(news);
        if (lastSeq(threads.all.peek().get(id)?.messages ?? []) === last) break; // the server has no more than we know
      }
    } finally {
      if (run === this.run) this.filling.delete(id);
    }
    if (id === threads.shown.peek()) phase.value = "ready";
  }

  /** older loads history before what is held. */
  async older(): Promise<void> {
    const { threads } = this.chat;
    const thread = threads.thread.peek();
    const first = thread?.messages[0];
    if (!thread || !first || !hasOlder(thread) || this.filling.has(thread.issue.id)) return;
    const run = this.run;
    this.filling.add(thread.issue.id);
    const news = await this.persist(run, () => api.before(this.chat.token(), thread.issue.id, first.seq));
    if (run !== this.run) return;
    this.filling.delete(thread.issue.id);
    if (news) this.chat.take(news);
  }
}
