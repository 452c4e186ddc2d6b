// Messages that are written and not yet acknowledged. Each is given to the browser to keep, shown, sent in order, and repeated
// until the server has answered; its client_id makes repeats harmless, also from two tabs at once.

import { signal } from "@preact/signals";
import { Backoff } from "../../shared/backoff";
import type { Attachment } from "../../shared/chat";
import { Later, Refused } from "../net/http";
import type { Told } from "./before";
import type { Memory } from "./memory";
import type { Which } from "./sessions";

/** Entry is one message on its way. */
export interface Entry {
  client_id: string;
  at: number;
  body: string;
  /** Which key it is sent with. */
  as: Which;
  /** Null starts a conversation, or follows the one that starts it. */
  issue: string | null;
  /** seq of the bot's question that this answers; skip: by no answer. */
  answers?: number;
  skip?: true;
  /** How the body is shown where it is an answer that people would say otherwise. */
  shown?: string;
  /** What goes along with the message that starts a conversation. */
  told?: Told;
  /** Files that the server has already; with some the body may be empty. */
  files?: Attachment[];
  /** The server's sentence why it was refused; the person decides what to do. */
  failed?: string;
  /** What kind of refusal it was: the server's code, and the name of the field that is wrong. */
  code?: string;
  field?: string;
}

/** Phase is how a waiting entry is shown. */
export type Phase = "sending" | "waiting";

export interface OutboxOptions<Answer> {
  memory: Pick<Memory, "get" | "set" | "keys">;
  post(entry: Entry): Promise<Answer>;
  /** The server has it. Runs before the entry goes. Returns the issue it belongs to; null if that is of no interest any more. */
  sent(entry: Entry, answer: Answer): string | null;
  /** Returns true if the refusal is shown elsewhere and the entry goes. */
  refused?(entry: Entry, why: Refused): boolean;
  random?: () => number;
}

/** plain is a message like any other: its question is gone, or what was told with it was not taken. */
const plain = ({ shown, answers: _a, skip: _s, told: _t, ...entry }: Entry): Entry => ({
  ...entry,
  body: shown ?? entry.body,
});

const PREFIX = "outbox:";

export class Outbox<Answer> {
  readonly entries = signal<readonly Entry[]>([]);
  readonly phase = signal<Phase>("sending");
  private busy = false;
  private again = false;
  private held = false;
  private resting: (() => void)[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly backoff: Backoff;

  constructor(private readonly options: OutboxOptions<Answer>) {
    this.backoff = new Backoff(1000, 30_000, options.random);
  }

  /** load reads what is kept, also after another tab has changed it. */
  load(): void {
    const { memory } = this.options;
    const kept = memory.keys(PREFIX).map((key) => memory.get<Entry>(key));
    this.entries.value = kept.filter((e) => e !== null).sort((a, b) => a.at - b.at);
  }

  /** add keeps the entry and shows it at once, and sends it when it is kept. */
  async add(entry: Entry): Promise<void> {
    const newest = this.entries.value.at(-1)?.at ?? 0;
    await this.put({ ...entry, at: Math.max(entry.at, newest + 1) }); // in order even if the clock steps back
    this.flush();
  }

  async retry(id: string): Promise<void> {
    const entry = this.find(id);
    if (entry) await this.put({ ...entry, failed: undefined });
    this.flush();
  }

  /** discard takes the entry away and returns it, so that it can be written again. */
  async discard(id: string): Promise<Entry | undefined> {
    const entry = this.find(id);
    if (entry) await this.drop(id);
    return entry;
  }

  /** settle takes away what the server is seen to have. */
  settle(ids: Iterable<string>): void {
    for (const id of ids) if (this.find(id)) void this.drop(id);
  }

  /** orphan lets a refused key's entries begin a new conversation when they are sent again. */
  async orphan(as: Which): Promise<void> {
    for (const e of this.entries.value)
      if (e.as === as) await this.put({ ...plain(e), as: "own", issue: null });
  }

  /** forget takes away what one key was to send. */
  forget(as: Which): void {
    for (const e of this.entries.value) if (e.as === as) void this.drop(e.client_id);
  }

  /** hold begins to send nothing more until release is called. It resolves when nothing is on its way. */
  hold(): Promise<void> {
    this.held = true;
    clearTimeout(this.timer);
    return this.busy ? new Promise((done) => this.resting.push(done)) : Promise.resolve();
  }

  release(): void {
    this.held = false;
    this.flush();
  }

  /** flush sends what waits, at once. */
  flush(): void {
    clearTimeout(this.timer);
    if (this.held) return;
    if (this.busy) this.again = true;
    else void this.run();
  }

  private async run(): Promise<void> {
    this.busy = true;
    this.phase.value = "sending";
    let wait: number | null = null;
    try {
      for (let next = this.first(); next && wait === null && !this.held; next = this.first())
        wait = await this.one(next);
    } finally {
      this.busy = false;
      for (const done of this.resting.splice(0)) done();
    }
    if (this.held) this.again = false;
    else if (wait !== null && !this.again) {
      this.phase.value = "waiting";
      this.timer = setTimeout(() => this.flush(), wait);
    } else if (this.again) {
      this.again = false;
      void this.run();
    }
  }

  /** one tries an entry; it returns null if that is decided, or how long to wait. */
  private async one(entry: Entry): Promise<number | null> {
    try {
      const answer = await this.options.post(entry);
      this.backoff.reset();
      const issue = this.options.sent(entry, answer);
      await this.drop(entry.client_id);
      if (entry.issue === null && issue) await this.follow(entry.as, issue);
    } catch (e) {
      if (!(e instanceof Refused))
        return Math.max(e instanceof Later ? e.retryAfter : 0, this.backoff.next());
      if (this.options.refused?.(entry, e)) await this.drop(entry.client_id);
      else {
        const kept = this.find(entry.client_id);
        if (!kept) return null;
        // An answer that was refused is a message like any other: its question may be gone by the next try.
        await this.put({
          ...plain(kept),
          told: e.code === "forbidden" ? kept.told : undefined, // nothing is wrong with it: a closed chat opens again
          failed: e.text || "?",
          code: e.code,
          field: e.field,
        });
      }
    }
    return null;
  }

  /** follow gives entries that were written after the first message the conversation it has started. */
  private async follow(as: Which, issue: string): Promise<void> {
    for (const e of this.entries.value) if (e.as === as && e.issue === null) await this.put({ ...e, issue });
  }

  private first(): Entry | undefined {
    return this.entries.value.find((e) => !e.failed);
  }

  private find(id: string): Entry | undefined {
    return this.entries.value.find((e) => e.client_id === id);
  }

  private async put(entry: Entry): Promise<void> {
    const kept = this.options.memory.set(PREFIX + entry.client_id, entry);
    this.load();
    await kept;
  }

  private async drop(id: string): Promise<void> {
    const kept = this.options.memory.set(PREFIX + id, null);
    this.load();
    await kept;
  }
}
