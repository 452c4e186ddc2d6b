/** Waiter lets loops sleep between tries, and wakes them all when there is reason to hope. */
export class Waiter {
  private sleepers = new Set<() => void>();

  sleep = (ms: number): Promise<void> =>
    new Promise((done) => {
      const wake = () => {
        clearTimeout(timer);
        this.sleepers.delete(wake);
        done();
      };
      const timer = setTimeout(wake, ms);
      this.sleepers.add(wake);
    });

  wake(): void {
    for (const wake of [...this.sleepers]) wake();
  }
}
