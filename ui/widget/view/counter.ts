/** NEAR is how many characters are left when the counter appears. */
export const NEAR = 500;

/** stepOf returns the lowest mark that is reached with so many characters left: 500, 100, 0, -1 for too many; null above all. */
export function stepOf(left: number): number | null {
  if (left < 0) return -1;
  return [0, 100, NEAR].find((mark) => left <= mark) ?? null;
}
