package rejoin

// Role says what an agent may do.
type Role string

const (
	Administrator Role = "administrator" // everything, settings included
	AgentRole     Role = "agent"         // answers issues
)

// Agent is a person of the company who answers. Agents sign in with e-mail and password.
type Agent struct {
	ID           string
	DomainID     string
	Email        string
	Name         string
	Role         Role
	PasswordHash string // argon2id, PHC string
	CreatedAt    Millis
}

// MayAdminister reports whether the agent may change settings.
func (a Agent) MayAdminister() bool { return a.Role == Administrator }

// AgentSession is a signed-in browser of an agent. The browser keeps the token in a cookie; we keep its SHA-256.
type AgentSession struct {
	TokenHash string
	AgentID   string
	CreatedAt Millis
	ExpiresAt Millis
}
