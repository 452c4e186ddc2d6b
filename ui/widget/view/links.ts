/** Part is a piece of a message: text, or a link. Both end as text nodes, so nothing that people write is ever markup. */
export type Part = string | { href: string; text: string };

/** partsOf finds the http and https addresses of a text. */
export function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const found of text.matchAll(/https?:\/\/[^\s<>"'`]+/gi)) {
    const address = withoutEnd(found[0]);
    const href = hrefOf(address);
    if (!href) continue;
    if (found.index > from) parts.push(text.slice(from, found.index));
    parts.push({ href, text: address });
    from = found.index + address.length;
  }
  if (from < text.length || parts.length === 0) parts.push(text.slice(from));
  return parts;
}

/** withoutEnd drops what belongs to the sentence rather than to the address. */
function withoutEnd(address: string): string {
  let out = address;
  for (;;) {
    const last = out.at(-1) ?? "";
    const unpaired = last === ")" && out.split("(").length < out.split(")").length;
    if (!unpaired && !/[.,;:!?\]}»”’]/.test(last)) return out;
    out = out.slice(0, -1);
  }
}

function hrefOf(address: string): string | null {
  try {
    const url = new URL(address);
    return url.hostname && /^https?:$/.test(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
