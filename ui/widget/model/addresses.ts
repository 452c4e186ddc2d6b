// The addresses of files expire after a day: whoever has them longer asks for new ones.

import { effect, signal } from "@preact/signals";
import type { Attachment } from "../../shared/chat";
import { api } from "../net/api";
import type { Chat } from "./chat";

const OLD = 20 * 3_600_000; // well before they expire
const AGAIN = 60_000; // what has just been asked for is not asked for again

export class Addresses {
  private readonly newer = signal<ReadonlyMap<string, Attachment>>(new Map());
  /** When each attachment came, by the object that the thread holds. */
  private readonly came = new WeakMap<Attachment, number>();
  private readonly asked = new Map<string, number>();

  constructor(private readonly chat: Chat) {
    effect(() => {
      for (const { messages } of chat.threads.all.value.values())
        for (const m of messages) for (const a of m.attachments ?? []) this.stamp(a);
    });
  }

  /** of returns the attachment with the newest addresses we have. */
  of(attachment: Attachment): Attachment {
    return this.newer.value.get(attachment.id) ?? attachment;
  }

  /** old reports whether the addresses will not do much longer. */
  old(attachment: Attachment): boolean {
    return Date.now() - (this.came.get(this.of(attachment)) ?? Date.now()) > OLD;
  }

  /** renew loads the message again for fresh addresses, and reports whether there are some. One try: whoever needs them asks again. */
  async renew(issue: string, seq: number): Promise<boolean> {
    const key = `${issue} ${seq}`;
    if (Date.now() - (this.asked.get(key) ?? 0) < AGAIN) return false;
    this.asked.set(key, Date.now());
    try {
      const { messages } = await api.after(this.chat.token(), issue, seq - 1);
      const newer = new Map(this.newer.peek());
      for (const a of messages.flatMap((m) => m.attachments ?? [])) {
        this.stamp(a);
        newer.set(a.id, a);
      }
      this.newer.value = newer;
      return true;
    } catch {
      return false; // offline, or no longer ours to see
    }
  }

  private stamp(a: Attachment): void {
    if (!this.came.has(a)) this.came.set(a, Date.now());
  }
}
