import type { User } from "../../shared/agent";

type Known = Pick<User, "logged_in" | "verified" | "external_id" | "email">;

/** signedInAs says who the host site says the user is. */
export function signedInAs(user: Known): string {
  if (!user.logged_in) return "Anonymous";
  return `Signed in as ${user.external_id || user.email}`;
}

/** isUnverified reports whether the host page alone says who the user is. */
export const isUnverified = (user: Known) => user.logged_in && !user.verified;

/** Why the mark is there, for whoever wonders. */
export const unverifiedWhy =
  "Your page says who this is, but your server has not signed it. It may be somebody who only knows the customer’s id. Do not give away anything private.";

export const verificationOff =
  "User identity verification is off for this app: anybody who knows a customer’s id can write and read as that customer.";

/** How we know an address; the keys are the constants of rejoin.EmailSource. */
export const emailSources: Record<string, { text: string; sure: boolean }> = {
  typed: { text: "Typed by the visitor, not verified", sure: false },
  asserted: { text: "Given by your page, not verified", sure: false },
  verified: { text: "Verified by your server", sure: true },
  given: { text: "Given by a program of yours", sure: true },
};

/** How a browser came to know the user. */
export function sessionWords(kind: string, verified: boolean): string {
  if (kind === "link") return "Came by an e-mail’s link: this conversation only";
  if (kind === "login") return verified ? "Signed in, verified" : "Signed in, unverified";
  return "Not signed in";
}

const identifiers: Record<string, string> = {
  uid: "User id",
  email: "E-mail",
  phone_number: "Phone",
  facebook_id: "Facebook",
  discord_id: "Discord",
  whatsapp_id: "WhatsApp",
  google_playstore_id: "Google Play",
  apple_gamecenter_id: "Game Center",
  nintendo_id: "Nintendo",
  psn_id: "PlayStation",
  xbox_live_id: "Xbox Live",
  steam_id: "Steam",
};

export const identifierName = (identifier: string) => identifiers[identifier] ?? labelOf(identifier);

/** labelOf makes words of a key such as last_90d_spend. */
export function labelOf(key: string): string {
  const words = key.replaceAll(/[_-]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** textOfValue is a value that the host site gave, as text: lists are joined, and what has parts is spelled out. */
export function textOfValue(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map(textOfValue).filter(Boolean).join(", ");
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (typeof value !== "object") return String(value);
  const parts = value as Record<string, unknown>;
  if ("value" in parts) return textOfValue(parts.value);
  return Object.entries(parts)
    .map(([key, v]) => [labelOf(key), textOfValue(v)])
    .filter(([, v]) => v)
    .map(([key, v]) => `${key}: ${v}`)
    .join("\n");
}

/** attributesOf is what the host site says, as names and texts; custom fields of its own stand on lines of their own. */
export function attributesOf(data: Record<string, unknown> | undefined): [name: string, text: string][] {
  const entries = Object.entries(data ?? {});
  const own = entries.flatMap(([key, v]) =>
    key === "custom_user_fields" && v && typeof v === "object" ? Object.entries(v) : [],
  );
  const plain = entries.filter(([key]) => key !== "custom_user_fields");
  return [...plain, ...own]
    .map(([key, v]): [string, string] => [labelOf(key), textOfValue(v)])
    .filter(([, text]) => text !== "");
}
