// Colours as #rrggbb, and the contrast that makes text on them readable (WCAG 2.2, 1.4.3).

/** rgb returns the three parts, 0 to 255; a string that is no colour counts as black. */
function rgb(hex: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) || 0);
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = rgb(hex).map((v) =>
    v > 10 ? ((v / 255 + 0.055) / 1.055) ** 2.4 : v / 3294.6,
  );
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** contrast returns the ratio of two colours, 1 to 21. */
export function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a) + 0.05, luminance(b) + 0.05];
  return x > y ? x / y : y / x;
}

/** textOn returns white or near-black: white wherever it is readable (4.5 to 1), because brand colours are made for it. */
export function textOn(background: string): string {
  return luminance(background) > 1.05 / 4.5 - 0.05 ? "#111318" : "#ffffff";
}

/** readable moves a colour towards white or black until text in it is readable on the background. */
export function readable(color: string, background: string, ratio = 4.5): string {
  const target = luminance(background) > 0.2 ? 0 : 255;
  let out = color;
  for (let step = 1; step <= 20 && contrast(out, background) < ratio; step++) {
    const mixed = rgb(color).map((v) => Math.round(v + ((target - v) * step) / 20));
    out = `#${mixed.map((v) => v.toString(16).padStart(2, "0")).join("")}`;
  }
  return out;
}
