// Carries out what read.ts decides: one report at a time, the next with the highest message.

import { Backoff } from "../../shared/backoff";
import { Refused } from "../net/http";
import { decide, noReading, type ReadEvent, type ReadState, step } from "./read";

export interface ReaderOptions {
  read(seq: number): Promise<void>;
  returned(visit: string): Promise<void>;
  /** What was looked at; the server may not know yet. */
  seen(seq: number): void;
}

export class Reader {
  private state: ReadState = noReading;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly backoff = new Backoff(1000, 30_000);

  constructor(private readonly options: ReaderOptions) {}

  tell(event: ReadEvent): void {
    this.advance(event);
    this.act();
  }

  private advance(event: ReadEvent): void {
    const { seen } = this.state;
    this.state = step(this.state, event, Date.now());
    if (this.state.seen > seen && event.type !== "issue") this.options.seen(this.state.seen);
  }

  /** retry ends a wait after a failure: the connection is back. */
  retry(): void {
    if (this.state.notBefore > 0) this.tell({ type: "done" });
  }

  private act(): void {
    clearTimeout(this.timer);
    const d = decide(this.state, Date.now());
    if (d.do === "read") void this.run(() => this.options.read(d.seq), { type: "told", seq: d.seq });
    else if (d.do === "return")
      void this.run(() => this.options.returned(d.visit), { type: "visit", visit: null });
    else if (d.wait !== null)
      this.timer = setTimeout(() => this.tell({ type: "view", seq: -1, inView: false }), d.wait);
  }

  private async run(report: () => Promise<void>, then: ReadEvent): Promise<void> {
    this.advance({ type: "begin" });
    const { turn } = this.state;
    // An answer that comes when something else is read by now says nothing about that.
    const settle = () => {
      if (turn === this.state.turn) this.advance(then);
    };
    try {
      await report();
      this.backoff.reset();
      settle();
      this.tell({ type: "done" });
    } catch (e) {
      if (e instanceof Refused) settle(); // it will not get better
      this.tell({ type: "failed", retryIn: e instanceof Refused ? 0 : this.backoff.next() });
    }
  }
}
