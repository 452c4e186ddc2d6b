import type { CustomField } from "../../../shared/agent";

/** What we call each type of a custom issue field. The keys are the constants of rejoin.FieldType; a test compares them. */
export const types: Record<string, { name: string; sample: unknown }> = {
  singleline: { name: "Text, one line", sample: "10042" },
  multiline: { name: "Text, several lines", sample: "First line\nSecond line" },
  number: { name: "Number", sample: "12.5" },
  dropdown: { name: "Choice from a list", sample: "" },
  date: { name: "Date", sample: 1767225600000 },
  checkbox: { name: "Yes or no", sample: true },
};

/** What we call each kind of platform. The keys are the constants of rejoin.PlatformKind; a test compares them. */
export const platforms: Record<string, string> = {
  web: "Web chat",
  ios: "iOS apps",
  android: "Android apps",
};

/** platformWords says where a field shows. */
export function platformWords(kinds: readonly string[]): string {
  if (Object.keys(platforms).every((k) => kinds.includes(k))) return "on all platforms";
  return `only ${kinds.map((k) => platforms[k] ?? k).join(" and ")}`;
}

/** shortened names the first options; there may be hundreds. */
export function shortened(options: readonly string[]): string {
  const first = options.slice(0, 8).join(", ");
  return options.length > 8 ? `${first} and ${options.length - 8} more` : first;
}

export const typeName = (type: string) => types[type]?.name ?? type;

/** keyOf is the key that we propose for a label: "Order number" becomes "order_number". */
export function keyOf(label: string): string {
  const plain = label.replaceAll("ß", "ss").normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 64);
}

/** optionsOf is a list of options, one on each line. */
export const optionsOf = (text: string) =>
  text
    .split("\n")
    .map((o) => o.trim())
    .filter(Boolean);

type Shown = Pick<CustomField, "key" | "type" | "options">;

/** callOf is the code with which a page sets fields. */
export function callOf(fields: Shown[]): string {
  const lines = fields.map(({ key, type, options }) => {
    const value = type === "dropdown" ? (options?.[0] ?? "") : types[type]?.sample;
    const name = /^[A-Za-z_]\w*$/.test(key) ? key : JSON.stringify(key);
    return `  ${name}: { type: ${JSON.stringify(type)}, value: ${JSON.stringify(value)} },\n`;
  });
  return `Rejoin("setCustomIssueFields", {\n${lines.join("")}});`;
}
