import type { Message, Thread } from "../../shared/agent";
import { ApiError, textOf } from "../session/api";
import { keep, kept, keysOf } from "./kept";
import type { Pending } from "./reducer";

/** Unsent is a message on its way, and the conversation it is for. */
export interface Unsent extends Pending {
  issue: string;
}

/** Follower is the open conversation: it shows what is unsent and takes in the answer to what was sent. */
export interface Follower {
  cursor: () => { after: number; after_event: number; version: number };
  changed: (list: Unsent[]) => void;
  sent: (thread: Thread) => void;
  /** A colleague's message came before: it should be loaded and shown. */
  overtaken: () => void;
}

export interface OutboxOptions {
  /** Whose messages these are. */
  agent: string;
  /** Sends one message, which may have arrived before. It rejects with an ApiError. */
  post: (message: Unsent, cursor: Partial<ReturnType<Follower["cursor"]>>) => Promise<Thread>;
  /** A message of a conversation that is not open was refused; it stays until it is sent again or discarded. */
  refused: (message: Unsent) => void;
}

const retryMs = 4000;

/**
 * Outbox sends what one agent wrote, in all conversations, one message after the other. Each message is stored under a key
 * of its own until it arrived, so that tabs do not overwrite each other; if two send the same one, the server takes the
 * second for a repeat.
 */
export class Outbox {
  private list: Unsent[];
  private readonly prefix: string;
  private readonly followers = new Map<string, Follower>();
  private running = false;
  private busy = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: OutboxOptions) {
    this.prefix = `rejoin.unsent.${options.agent}.`;
    const stored = keysOf(this.prefix).map((key) => unsentOf(kept(key)));
    this.list = stored.filter((m) => m !== null).sort(byTime);
  }

  /** start sends what is stored, and everything that is added until stop. */
  start() {
    this.running = true;
    addEventListener("storage", this.elsewhere);
    addEventListener("online", this.flush);
    void this.flush();
  }

  stop() {
    this.running = false;
    clearTimeout(this.timer);
    removeEventListener("storage", this.elsewhere);
    removeEventListener("online", this.flush);
  }

  /** of is what is unsent in one conversation, oldest first. */
  of(issue: string): Unsent[] {
    return this.list.filter((m) => m.issue === issue);
  }

  /** follow tells the follower at once and at each change; what it returns ends that. */
  follow(issue: string, follower: Follower): () => void {
    this.followers.set(issue, follower);
    follower.changed(this.of(issue));
    return () => {
      if (this.followers.get(issue) === follower) this.followers.delete(issue);
    };
  }

  /** add sends a new message, or one that was refused once more. */
  add(message: Unsent) {
    this.put({ ...message, state: "sending", error: "" });
    void this.flush();
  }

  discard(clientId: string) {
    keep(this.prefix + clientId, "");
    this.take(clientId, null);
  }

  /** settle lets go of what is seen to have arrived. */
  settle(messages: Message[]) {
    if (this.list.length === 0) return;
    for (const m of messages) if (m.client_id && this.has(m.client_id)) this.discard(m.client_id);
  }

  /** flush tries everything that was not refused, now; while the server cannot be reached it is tried again by itself. */
  readonly flush = async () => {
    if (this.busy) return;
    this.busy = true;
    clearTimeout(this.timer);
    try {
      let next = this.next();
      while (next && this.running && (await this.attempt(next))) next = this.next();
    } finally {
      this.busy = false;
    }
    if (this.running && this.next()) this.timer = setTimeout(this.flush, retryMs);
  };

  /** A refused message does not hold up the others. */
  private next(): Unsent | undefined {
    return this.list.find((m) => !isRefused(m));
  }

  /** attempt reports whether it is worth going on with the next message. */
  private async attempt(m: Unsent): Promise<boolean> {
    try {
      const thread = await this.options.post(m, this.followers.get(m.issue)?.cursor() ?? {});
      this.followers.get(m.issue)?.sent(thread);
      this.discard(m.clientId);
      return true;
    } catch (err) {
      const later = err instanceof ApiError && (err.code === "offline" || err.code === "unauthenticated");
      if (!this.has(m.clientId)) return !later;
      const tried: Unsent = { ...m, state: later ? "waiting" : refusal(err), error: textOf(err) };
      this.put(tried);
      if (tried.state === "overtaken") this.followers.get(m.issue)?.overtaken();
      if (!later && !this.followers.has(m.issue)) this.options.refused(tried);
      return !later;
    }
  }

  private has(clientId: string): boolean {
    return this.list.some((m) => m.clientId === clientId);
  }

  private put(m: Unsent) {
    keep(this.prefix + m.clientId, JSON.stringify(m));
    this.take(m.clientId, m);
  }

  /** take changes the list only; what is stored is as it should be already. */
  private take(clientId: string, m: Unsent | null) {
    const others = this.list.filter((q) => q.clientId !== clientId);
    this.list = m ? [...others, m].sort(byTime) : others;
    for (const [issue, follower] of this.followers) follower.changed(this.of(issue));
  }

  /** Another tab of the same agent wrote, sent or discarded something. */
  private readonly elsewhere = (e: StorageEvent) => {
    if (!e.key?.startsWith(this.prefix)) return;
    this.take(e.key.slice(this.prefix.length), unsentOf(e.newValue ?? ""));
  };
}

const isRefused = (m: Unsent) => m.state === "failed" || m.state === "overtaken";

/** A conflict about no field is one with what has happened meanwhile. */
const refusal = (err: unknown) =>
  err instanceof ApiError && err.code === "conflict" && !err.field ? "overtaken" : "failed";

const byTime = (a: Unsent, b: Unsent) => a.at - b.at;

/** What was on its way when the page was left is known to wait again. */
function unsentOf(text: string): Unsent | null {
  try {
    const m = JSON.parse(text) as Unsent | null;
    const sound =
      typeof m?.clientId === "string" && typeof m.issue === "string" && typeof m.body === "string";
    if (!m || !sound || typeof m.at !== "number") return null;
    return isRefused(m) ? m : { ...m, state: "waiting" };
  } catch {
    return null;
  }
}
