import { mostBody } from "../text-box";

/** lengthWords tells when a text nears its longest, or is beyond it; "" before. */
export function lengthWords(body: string): string {
  const left = mostBody - Array.from(body).length;
  if (left < 0) return `${(-left).toLocaleString("en")} characters too many: please split the text.`;
  return left < 1000 ? `${left.toLocaleString("en")} characters left` : "";
}
