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
)

// AuditEntry is one line of the audit log. It is never changed and never deleted.
type AuditEntry struct {
	ID        string // sorts by time
	DomainID  string
	AgentID   string
	AgentName string
	Act       AuditAct
	Target    string // what it was done to, in words
	CreatedAt Millis
}
