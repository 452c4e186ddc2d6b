import { signal } from "@preact/signals";

const SHOWN_FOR = 6000;
const TOLD_EVERY = 3000;

/** Typing shows that somebody of the company types, and tells them that the visitor does. */
export class Typing {
  /** Who types in which conversation. */
  readonly who = signal<{ issue: string; name: string } | null>(null);
  private timer: ReturnType<typeof setTimeout> | undefined;
  private toldAt = 0;

  /** show keeps the sign for six seconds, as the server asks. */
  show(issue: string, name: string): void {
    clearTimeout(this.timer);
    this.who.value = { issue, name };
    this.timer = setTimeout(() => this.clear(), SHOWN_FOR);
  }

  clear(): void {
    clearTimeout(this.timer);
    this.who.value = null;
  }

  /** wrote calls tell at most every three seconds. Nothing depends on it, so failures are of no interest. */
  wrote(tell: () => Promise<unknown>): void {
    const now = Date.now();
    if (Math.abs(now - this.toldAt) < TOLD_EVERY) return; // the clock may have been set back
    this.toldAt = now;
    tell().catch(() => {});
  }

  /** sent lets the next conversation's first letter be told at once. */
  sent(): void {
    this.toldAt = 0;
  }
}
