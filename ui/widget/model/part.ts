import { signal } from "@preact/signals";
import { Backoff } from "../../shared/backoff";
import type { Waiter } from "./waiter";

/** Part is a part of the program that few visits need: it is loaded when it is first wanted. */
export class Part<T> {
  /** What was loaded; null before. */
  readonly here = signal<T | null>(null);
  /** It was wanted and could not be had yet. */
  readonly late = signal(false);
  private coming: Promise<T> | null = null;

  constructor(
    private readonly load: () => Promise<T>,
    private readonly waiter: Waiter,
  ) {}

  /** want loads it, and tries until it is there. */
  want(): Promise<T> {
    this.coming ??= this.fetch();
    return this.coming;
  }

  private async fetch(): Promise<T> {
    const backoff = new Backoff(1000);
    for (;;) {
      try {
        this.here.value = await this.load();
        this.late.value = false;
        return this.here.value;
      } catch {
        this.late.value = true;
        await this.waiter.sleep(backoff.next()); // offline, or the server restarts
      }
    }
  }
}
