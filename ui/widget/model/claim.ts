// Whom the page names.

import type { Identity as Claim } from "../../shared/chat";
import type { Settings } from "./config";

/** claimOf returns whom the page names. Under full privacy neither name nor address leaves the browser. */
export function claimOf(s: Settings): Claim {
  const claim: Claim = {};
  if (s.userId) claim.user_id = s.userId;
  if (s.userEmail && !s.fullPrivacy) claim.email = s.userEmail;
  if (!claim.user_id && !claim.email) return {};
  if (s.userName && !s.fullPrivacy) claim.name = s.userName;
  if (s.userAuthToken && !s.identities) claim.auth_token = s.userAuthToken;
  if (s.fullPrivacy) claim.full_privacy = true;
  return claim;
}

/** markOf is a short mark by which a browser tells persons apart; nobody is found by it. */
export function markOf({ user_id, email }: Claim, s: Settings): string {
  let hash = 0x811c9dc5; // FNV-1a
  for (const c of JSON.stringify([user_id, email, s.identities, s.fullPrivacy])) {
    hash = Math.imul(hash ^ (c.codePointAt(0) as number), 0x01000193);
  }
  return (hash >>> 0).toString(36);
}
