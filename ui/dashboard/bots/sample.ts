/** Most paths that are offered of an answer. */
const most = 100;

/** Sample is a value in the answer of a request, with its path: "order.lines.0". */
export interface Sample {
  path: string;
  value: string;
}

/** samplesOf are the values in the answer of a request; none if it is no JSON object. */
export function samplesOf(sample: string): Sample[] {
  const data = objectOf(sample);
  return data ? leaves(data, "").slice(0, most) : [];
}

/** listsOf are the paths of the arrays of texts and numbers in it, which a question can offer. */
export function listsOf(sample: string): string[] {
  const data = objectOf(sample);
  return data ? lists(data, "").slice(0, most) : [];
}

/** objectOf is the object that a text in JSON holds, or null. */
export function objectOf(text: string): object | null {
  try {
    const data: unknown = JSON.parse(text);
    return data && typeof data === "object" && !Array.isArray(data) ? data : null;
  } catch {
    return null;
  }
}

function leaves(value: unknown, path: string): Sample[] {
  if (value === null || value === undefined) return [];
  if (typeof value !== "object") return [{ path, value: String(value) }];
  if (Array.isArray(value) && !isList(value)) return [];
  return Object.entries(value).flatMap(([key, v]) => leaves(v, path ? `${path}.${key}` : key));
}

function lists(value: unknown, path: string): string[] {
  if (value === null || typeof value !== "object") return [];
  if (Array.isArray(value)) return isList(value) ? [path] : [];
  return Object.entries(value).flatMap(([key, v]) => lists(v, path ? `${path}.${key}` : key));
}

/** isList reports whether an array holds texts, numbers, or true and false: one kind of them. */
const isList = (list: unknown[]) =>
  list.every((v) => ["string", "number", "boolean"].includes(typeof v) && typeof v === typeof list[0]);

/** pretty is JSON as people read it; what is none stays as it is. */
export function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
