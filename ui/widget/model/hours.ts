// The business hours. What the page said when it was loaded holds until they change; then the server is asked again.

import { effect, type Signal, signal } from "@preact/signals";
import type { Closed, Hours as Now } from "../../shared/chat";
import { api } from "../net/api";
import type { Chat } from "./chat";

const MINUTE = 60_000; // clocks differ: it is not asked more often
const DAY = 24 * 60 * MINUTE; // timers cannot be much longer

export class Hours {
  /** Undefined where hours change nothing for visitors. */
  readonly now: Signal<Now | undefined>;
  /** No new conversation can begin. */
  readonly closed: Signal<Closed | undefined>;
  private asked = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly chat: Chat) {
    this.now = signal(chat.page.hours);
    this.closed = signal(chat.page.closed);
    effect(() => {
      if (chat.visible.value && chat.network.value) this.look(); // it may have slept, or been offline
    });
  }

  private look(): void {
    clearTimeout(this.timer);
    const at = this.now.peek()?.change_at;
    if (!at) return;
    const wait = Math.max(at, this.asked + MINUTE) - Date.now();
    if (wait > 0) this.timer = setTimeout(() => this.look(), Math.min(wait, DAY));
    else void this.ask();
  }

  /** ask reads them again now, and resolves also where the server cannot be reached. */
  async ask(): Promise<void> {
    const { platform_id, language } = this.chat.page;
    this.asked = Date.now();
    try {
      const { hours, closed } = await api.platform(platform_id, language);
      this.now.value = hours;
      this.closed.value = closed;
    } catch {
      // offline, or the server restarts
    }
    this.look();
  }
}
