/** Backoff counts failures and says how long to wait after each. It never gives up: the wait only stops growing. */
export class Backoff {
  private failures = 0;

  /** Waits grow from first to most milliseconds. random returns 0 to 1 and is there for tests. */
  constructor(
    private readonly first = 500,
    private readonly most = 30_000,
    private readonly random: () => number = Math.random,
  ) {}

  /** next returns the wait after one more failure: half of it fixed, half by chance, so that a crowd spreads. */
  next(): number {
    const full = Math.min(this.most, this.first * 2 ** Math.min(this.failures++, 20));
    return Math.round(full / 2 + (full / 2) * this.random());
  }

  reset(): void {
    this.failures = 0;
  }
}
