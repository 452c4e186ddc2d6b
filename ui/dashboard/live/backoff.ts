const first = 500;
const longest = 30_000;

/**
 * delay is how long to wait before reconnecting, in milliseconds: it doubles with each failure up to half a minute, and
 * chance (0 to 1) spreads the clients of a restarted server over the upper half.
 */
export function delay(failures: number, chance: number): number {
  const top = Math.min(longest, first * 2 ** Math.min(failures, 16));
  return Math.round(top / 2 + (top / 2) * chance);
}
