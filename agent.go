package rejoin

import "slices"

// Role says what an agent may do.
type Role string

const (
	Administrator Role = "administrator" // everything, settings included
	Supervisor    Role = "supervisor"    // answers, sees reports, and keeps what the team shares
	AgentRole     Role = "agent"         // answers issues
	Reader        Role = "reader"        // sees everything, changes nothing: a program with a read-only key; no person has it
)

// Roles lists every role of people, the most powerful first.
var Roles = [...]Role{Administrator, Supervisor, AgentRole}

// Permission is what a use case of agents needs.
type Permission string

const (
	Look       Permission = "look"       // see the domain's conversations, people and settings; changes nothing
	Answer     Permission = "answer"     // see and answer the domain's conversations
	Supervise  Permission = "supervise"  // see reports and what was mailed; change what the team shares: tags, Smart Views, saved replies
	Administer Permission = "administer" // see and change settings and people
)

// May reports whether somebody with the role has the permission.
func (r Role) May(p Permission) bool {
	switch p {
	case Look:
		return r == Reader || slices.Contains(Roles[:], r)
	case Answer:
		return slices.Contains(Roles[:], r)
	case Supervise:
		return r == Supervisor || r == Administrator
	case Administer:
		return r == Administrator
	}
	return false
}

// Agent is who acts for the company: a person, who signs in with e-mail and password or by the company's single sign-on, or a program with an API key.
type Agent struct {
	ID            string
	DomainID      string
	Email         string
	Name          string
	Nickname      string // what users read instead of the name; empty for the name
	Role          Role
	Available     bool   // false: away, gets nothing new by itself
	PasswordHash  string // argon2id, PHC string; empty for those who only come by single sign-on
	TwoFactor     TwoFactor
	Program       bool   // acts with an API key, whose id it has; nobody is assigned to it, and it never signs in
	DeactivatedAt Millis // zero while the agent belongs to the team
	CreatedAt     Millis
}

// TwoFactor is an agent's second factor: a time-based one-time password (RFC 6238).
type TwoFactor struct {
	Secret   string   `json:"secret,omitempty"`    // base32; must be kept as it is, codes are computed from it
	On       bool     `json:"on,omitempty"`        // a code was given once: asked for at every sign-in
	LastStep int64    `json:"last_step,omitempty"` // the time step of the code that was taken last: none is taken twice
	Recovery []string `json:"recovery,omitempty"`  // hashes of the recovery codes that are left
	Wrong    int      `json:"wrong,omitempty"`     // wrong codes in a row, each given with the right password
	WaitTill Millis   `json:"wait_till,omitempty"` // no code is looked at before: there were too many wrong ones
}

// Active reports whether the agent belongs to the team.
func (a Agent) Active() bool { return a.DeactivatedAt == 0 }

// MayAdminister reports whether the agent may change settings.
func (a Agent) MayAdminister() bool { return a.Role.May(Administer) }

// TeamName is the name that the team reads: a program shows as one, whatever its key is called.
func (a Agent) TeamName() string {
	if a.Program {
		return "API: " + a.Name
	}
	return a.Name
}

// PublicName is the name that users read.
func (a Agent) PublicName() string {
	if a.Nickname != "" {
		return a.Nickname
	}
	return a.Name
}

// AgentSession is a signed-in browser of an agent. The browser keeps the token in a cookie; we keep its SHA-256.
type AgentSession struct {
	TokenHash string
	AgentID   string
	Device    string // for people: Firefox on Linux; may be empty
	CreatedAt Millis
	SeenAt    Millis
	ExpiresAt Millis
}
