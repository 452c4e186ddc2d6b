package rejoin

// AuditAct names what an administrator did.
type AuditAct string

const (
	SecretMade      AuditAct = "secret_made"
	SecretSeen      AuditAct = "secret_seen"
	SecretDeleted   AuditAct = "secret_deleted"
	VerificationOn  AuditAct = "verification_on"
	VerificationOff AuditAct = "verification_off"
	SettingsChanged AuditAct = "settings_changed"
	SessionsRevoked AuditAct = "sessions_revoked"
	LinksRevoked    AuditAct = "links_revoked"
	TagMade         AuditAct = "tag_made"
	TagArchived     AuditAct = "tag_archived"
	TagRestored     AuditAct = "tag_restored"
	FieldMade       AuditAct = "field_made"
	FieldArchived   AuditAct = "field_archived"
	FieldRestored   AuditAct = "field_restored"
	FieldChanged    AuditAct = "field_changed"
	FieldsOrdered   AuditAct = "fields_ordered"
	AppMade         AuditAct = "app_made"
	AppRenamed      AuditAct = "app_renamed"
	PlatformMade    AuditAct = "platform_made"
	PlatformOn      AuditAct = "platform_on"
	PlatformOff     AuditAct = "platform_off"

	QueueMade     AuditAct = "queue_made"
	QueueChanged  AuditAct = "queue_changed"
	QueueArchived AuditAct = "queue_archived"
	QueueRestored AuditAct = "queue_restored"

	BotMade      AuditAct = "bot_made"
	BotRenamed   AuditAct = "bot_renamed"
	BotPublished AuditAct = "bot_published"
	BotArchived  AuditAct = "bot_archived"
	BotRestored  AuditAct = "bot_restored"

	RuleMade     AuditAct = "rule_made"
	RuleChanged  AuditAct = "rule_changed"
	RuleDeleted  AuditAct = "rule_deleted"
	RulesOrdered AuditAct = "rules_ordered"

	AgentInvited        AuditAct = "agent_invited"
	InvitationResent    AuditAct = "invitation_resent"
	InvitationWithdrawn AuditAct = "invitation_withdrawn"
	AgentJoined         AuditAct = "agent_joined" // by the one who has accepted an invitation
	AgentChanged        AuditAct = "agent_changed"
	AgentDeactivated    AuditAct = "agent_deactivated"
	AgentReactivated    AuditAct = "agent_reactivated"
	PasswordChanged     AuditAct = "password_changed"
	PasswordReset       AuditAct = "password_reset" // by a link that was mailed
	TwoFactorOn         AuditAct = "two_factor_on"
	TwoFactorOff        AuditAct = "two_factor_off"
	TwoFactorReset      AuditAct = "two_factor_reset" // by an administrator
	RecoveryCodesMade   AuditAct = "recovery_codes_made"

	MessageRedacted AuditAct = "message_redacted"
	UserExported    AuditAct = "user_exported" // the target is the user's id, from which nobody can tell who it was
	UserErased      AuditAct = "user_erased"

	APIKeyMade      AuditAct = "api_key_made"
	APIKeyRevoked   AuditAct = "api_key_revoked"
	APILimitChanged AuditAct = "api_limit_changed"

	SuppressionMade    AuditAct = "suppression_made"    // an address that is not to be mailed, by a program
	SuppressionRemoved AuditAct = "suppression_removed" // it may be mailed again

	WebhookMade          AuditAct = "webhook_made"
	WebhookChanged       AuditAct = "webhook_changed"
	WebhookDeleted       AuditAct = "webhook_deleted"
	WebhookPaused        AuditAct = "webhook_paused"
	WebhookResumed       AuditAct = "webhook_resumed"
	WebhookReplayed      AuditAct = "webhook_replayed"
	WebhookSecretMade    AuditAct = "webhook_secret_made"
	WebhookSecretSeen    AuditAct = "webhook_secret_seen"
	WebhookSecretDeleted AuditAct = "webhook_secret_deleted"

	SavedReplyMade    AuditAct = "saved_reply_made" // shared ones only
	SavedReplyChanged AuditAct = "saved_reply_changed"
	SavedReplyDeleted AuditAct = "saved_reply_deleted"
)

// AuditEntry is one line of the audit log. It is never changed and never deleted.
type AuditEntry struct {
	ID        string // sorts by time
	DomainID  string
	AgentID   string
	AgentName string
	Act       AuditAct
	Target    string   // what it was done to, in words
	Details   []string // what changed, a line each: "Role: agent → supervisor"; may be empty
	CreatedAt Millis
}

// AuditFilter chooses entries of the audit log. What is empty chooses everything.
type AuditFilter struct {
	AgentID string
	Act     AuditAct
	From    Millis
	To      Millis // exclusive
}
