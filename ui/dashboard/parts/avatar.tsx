import type { CSSProperties } from "react";

/** initials are one or two letters for a name; a visitor without a name has none. */
export function initials(name: string): string {
  const words = name.match(/[\p{L}\p{N}][^\s]*/gu) ?? [];
  const first = words[0];
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  return [first, last]
    .map((w) => Array.from(w ?? "")[0] ?? "")
    .join("")
    .toUpperCase();
}

/** hue is a steady colour for an id. */
export function hue(id: string): number {
  let h = 0;
  for (const c of id) h = (h * 31 + c.charCodeAt(0)) % 9973;
  return (h * 137) % 360;
}

interface Props {
  id: string;
  name: string;
  small?: boolean;
  /** Of an agent: the dot says whether they are available or away. Say it in words beside it, too. */
  available?: boolean;
}

/** Avatar is a decoration: its letters come from the style sheet, so that they are nowhere part of a name that is read out. */
export function Avatar({ id, name, small, available }: Props) {
  return (
    <span
      className={small ? "avatar small" : "avatar"}
      style={{ "--hue": hue(id) } as CSSProperties}
      data-letters={initials(name) || "?"}
      data-here={available === undefined ? undefined : available ? "available" : "away"}
      aria-hidden="true"
    />
  );
}
