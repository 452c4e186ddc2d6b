/** Notice is a designed screen that stands in front of the conversation. */
export type Notice = Mismatch | "expired" | "revoked" | "unknown" | "closed" | "ended" | "auth" | "session";

/** Mismatch: the link's conversation is that of somebody who is not logged in here. */
export type Mismatch = "login_required" | "other_user" | "logout_required";

/** isMismatch tells whether the person could open the conversation by logging in or out. */
export function isMismatch(what: string | null): what is Mismatch {
  return what === "login_required" || what === "other_user" || what === "logout_required";
}
