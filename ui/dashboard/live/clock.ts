/** ServerClock tells the server's time, so that countdowns agree with what the server does. */
export class ServerClock {
  private offset = 0;

  now(): number {
    return Date.now() + this.offset;
  }

  /** set is called with the server's time as it was a moment ago. */
  set(serverTime: number) {
    this.offset = serverTime - Date.now();
  }
}
