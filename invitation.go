package rejoin

import "time"

// AgentToken is a link that was mailed to somebody who answers, or is to: an invitation or a password reset. It serves once. Only the
// newest e-mail's link works.
type AgentToken struct {
	ID            string
	TokenHash     string // SHA-256 of what the link carries; empty until an e-mail is written
	Kind          AgentTokenKind
	DomainID      string
	Email         string
	Role          Role   // invitation: what they will be
	AgentID       string // reset: whose password it sets
	CreatedBy     string // invitation: the administrator's id
	CreatedByName string
	Mail          MailState
	CreatedAt     Millis
	AskedAt       Millis // when the e-mail was asked for, the last time
	ExpiresAt     Millis
	UsedAt        Millis // zero until it has served, or somebody made it useless
}

// Open reports whether the link can still be used.
func (t AgentToken) Open(now Millis) bool { return t.UsedAt == 0 && now < t.ExpiresAt }

// AgentTokenKind says what a link is for.
type AgentTokenKind string

const (
	Invitation    AgentTokenKind = "invitation"
	PasswordToken AgentTokenKind = "reset"
)

// Life is how long the link works after its e-mail was written.
func (k AgentTokenKind) Life() time.Duration {
	if k == Invitation {
		return 7 * 24 * time.Hour
	}
	return time.Hour
}

// MailState is how far an e-mail to an agent has come.
type MailState string

const (
	MailQueued MailState = "queued"
	MailSent   MailState = "sent" // also where the mail server's answer was lost
	MailFailed MailState = "failed"
)

// SSOProblem says why single sign-on came to nothing.
type SSOProblem string

const (
	SSOOff         SSOProblem = "off"         // this installation has none
	SSOExpired     SSOProblem = "expired"     // it took too long, or began in another browser: begin again
	SSODenied      SSOProblem = "denied"      // the provider vouches for nobody
	SSOUnreachable SSOProblem = "unreachable" // the provider does not answer as it should
	SSOUnverified  SSOProblem = "unverified"  // the provider does not vouch for the e-mail address
	SSOUnknown     SSOProblem = "unknown"     // nobody with this address was invited: ask an administrator
	SSODeactivated SSOProblem = "deactivated" // the agent was: ask an administrator
	SSOLimited     SSOProblem = "limited"     // too often: wait a minute
)
