// What happens to somebody who comes by a return link.

import { effect } from "@preact/signals";
import type { Chat } from "./chat";
import { isMismatch } from "./notice";
import { redeem } from "./redeem";

/** Arrival is a link that has not opened its conversation yet. Told: how it did not, as the page knows already. */
export interface Arrival {
  token: string;
  at: number;
  told?: string;
}

/** KEPT is how long a link waits for its person to log in or out, in milliseconds. */
export const KEPT = 15 * 60_000;

/** waiting returns what is kept if it may still be tried. */
export function waiting(kept: Arrival | null, now: number): Arrival | null {
  return kept?.token && kept.at <= now && now - kept.at < KEPT ? kept : null;
}

/**
 * Arrivals takes return links. Of two that are opened on one page the newer counts. A link that is another person's waits in the browser,
 * so that it opens its conversation once they are logged in, or out; the page is told once.
 */
export class Arrivals {
  private run = 0;
  private next: Arrival | null = null;
  private shown = false; // a mismatch is on the screen

  constructor(private readonly chat: Chat) {
    effect(() => {
      const notice = chat.notice.value;
      if (this.shown && notice === null) void this.forget(); // the person goes on with something else
      this.shown = isMismatch(notice);
    });
  }

  /** note takes a link that was opened just now. */
  note(token: string): void {
    this.next = { token, at: Date.now() };
  }

  /** pause takes the notice away without a choice of the person. */
  pause(): void {
    this.run++;
    this.shown = false;
  }

  /** keep lets the link wait until somebody is here for whom it can be opened. */
  async keep(): Promise<void> {
    if (this.next) await this.chat.memory.set("arrival", this.next);
  }

  /** take opens the link that waits, and returns false if none does. */
  take(): boolean {
    const { memory } = this.chat;
    const arrival = this.next ?? waiting(memory.get<Arrival>("arrival"), Date.now());
    this.next = null;
    if (arrival) void this.open(arrival);
    else if (memory.get("arrival")) void memory.set("arrival", null);
    return arrival !== null;
  }

  private async open(arrival: Arrival): Promise<void> {
    const { chat } = this;
    this.pause();
    const run = this.run;
    chat.loader.begin();
    chat.notice.value = null;
    chat.phase.value = "loading";
    await redeem(chat, arrival, () => run === this.run);
  }

  private async forget(): Promise<void> {
    this.next = null;
    await this.chat.memory.set("arrival", null);
  }
}
