import type { AppPlatform, CustomField } from "../../../shared/agent";

/** Each kind of platform, in the order in which they are shown. */
export const kinds: { kind: string; name: string; what: string }[] = [
  { kind: "web", name: "Web Chat", what: "The chat on your pages, and the hosted chat page." },
  { kind: "ios", name: "iOS", what: "Your app for iPhone and iPad." },
  { kind: "android", name: "Android", what: "Your app for Android." },
];

export const nameOf = (kind: string) => kinds.find((k) => k.kind === kind)?.name ?? kind;

const MOST = 10_000; // that the server counts

/** countWords says how many conversations a platform has. */
export function countWords(n: number): string {
  if (n === 0) return "None yet";
  return n >= MOST ? `${MOST.toLocaleString("en")} or more` : n.toLocaleString("en");
}

/** fieldsOn names the fields that agents see on conversations of the kind. */
export function fieldsOn(kind: string, fields: readonly CustomField[]): string {
  const shown = fields.filter((f) => !f.archived && f.platforms.includes(kind)).map((f) => f.label);
  if (shown.length === 0) return "None";
  return shown.length > 5 ? `${shown.slice(0, 5).join(", ")} and ${shown.length - 5} more` : shown.join(", ");
}

/** filled puts the server and the platform into a snippet. */
export function filled(snippet: string, platform: AppPlatform): string {
  const server = new URL(platform.hosted_url).origin;
  return snippet
    .replace("SERVER=SERVER_ADDRESS", `SERVER=${server}`)
    .replace("PLATFORM=PLATFORM_ID", `PLATFORM=${platform.id}`)
    .replace('"SERVER"', JSON.stringify(server))
    .replace('"PLATFORM"', JSON.stringify(platform.id));
}
