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
  field_changed: "Changed a custom issue field",
  fields_ordered: "Reordered the custom issue fields",
  app_made: "Made an app",
  app_renamed: "Renamed an app",
  agent_invited: "Invited a colleague",
  invitation_resent: "Sent an invitation again",
  invitation_withdrawn: "Withdrew an invitation",
  agent_joined: "Joined the team",
  agent_changed: "Changed a colleague",
  agent_deactivated: "Deactivated a colleague",
  agent_reactivated: "Reactivated a colleague",
  password_changed: "Changed their password",
  password_reset: "Set a new password by e-mail",
  two_factor_on: "Switched their two-factor sign-in on",
  two_factor_off: "Switched their two-factor sign-in off",
  two_factor_reset: "Reset a colleague's two-factor sign-in",
  recovery_codes_made: "Made new recovery codes",
  saved_reply_made: "Added a shared saved reply",
  saved_reply_changed: "Changed a shared saved reply",
  saved_reply_deleted: "Deleted a shared saved reply",
};

export const actWords = (act: string) => acts[act] ?? act.replaceAll("_", " ");
