/**
 * What the audit log says that somebody did. The keys are the constants of rejoin.AuditAct; a test compares them with the Go
 * file.
 */
export const acts: Record<string, string> = {
  secret_made: "Made a secret",
  secret_seen: "Looked at a secret",
  secret_deleted: "Deleted a secret",
  verification_on: "Switched user identity verification on",
  verification_off: "Switched user identity verification off",
  settings_changed: "Changed settings",
  sessions_revoked: "Signed browsers of a user out",
  links_revoked: "Switched off return links",
  tag_made: "Added a tag",
  tag_archived: "Archived a tag",
  tag_restored: "Restored a tag",
  field_made: "Added a custom issue field",
  field_archived: "Archived a custom issue field",
  field_restored: "Restored a custom issue field",
};

export const actWords = (act: string) => acts[act] ?? act.replaceAll("_", " ");
