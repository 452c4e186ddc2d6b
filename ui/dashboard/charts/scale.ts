/** ticks are up to five round numbers from 0 to at least max, for an axis of counts. */
export function ticks(max: number): number[] {
  const rough = Math.max(1, max) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough) ?? rough);
  const list = [0];
  for (let v = 0; v < max; ) {
    v += step;
    list.push(v);
  }
  if (list.length === 1) list.push(step);
  return list;
}

/** share is a part of a whole in percent: "0 %", "0.4 %", "37 %"; "" of nothing. */
export function share(part: number, whole: number): string {
  if (whole === 0) return "";
  const percent = (100 * part) / whole;
  if (percent > 0 && percent < 1) return `${Math.max(0.1, Math.round(percent * 10) / 10)} %`;
  return `${Math.round(percent)} %`;
}

const counts = new Intl.NumberFormat("en");

/** count is "1,234". */
export const count = (n: number) => counts.format(n);

/** brief is a duration of so many seconds, to two units at most: "40 s", "12 min", "3 h 5 min", "2 days 4 h". */
export function brief(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60) return two(Math.floor(minutes / 60), "h", minutes % 60, "min");
  const hours = Math.round(seconds / 3600);
  return two(Math.floor(hours / 24), "days", hours % 24, "h");
}

const two = (a: number, unit: string, b: number, smaller: string) =>
  b === 0 ? `${a} ${unit}` : `${a} ${unit} ${b} ${smaller}`;
