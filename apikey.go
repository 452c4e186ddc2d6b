package rejoin

// APIKey lets a program of the company act in its domain through the REST API (reference §7.1). The program keeps the key; we keep its SHA-256.
type APIKey struct {
	ID        string
	DomainID  string
	Name      string // what the program is, for people; 1 to 60 characters, unique among those in use
	Access    KeyAccess
	Hash      string // SHA-256 of the key, in hexadecimal
	Hint      string // its last four characters, so that people find the right one
	CreatedBy string // the agent's name
	CreatedAt Millis
	UsedAt    Millis // to the minute; zero if it never was
	RevokedAt Millis // zero while it is valid
}

// KeyAccess says what a key may do.
type KeyAccess string

const (
	ReadOnly     KeyAccess = "read"       // sees everything in the domain, changes nothing
	ReadAndWrite KeyAccess = "read_write" // does what an administrator may, but for people and keys
)

// MaxAPIKeys is how many valid keys a domain has at most.
const MaxAPIKeys = 50

// Agent is the program as use cases know who acts: an agent that is no person.
func (k APIKey) Agent() Agent {
	a := Agent{ID: k.ID, DomainID: k.DomainID, Name: k.Name, Role: Reader, Program: true}
	if k.Access == ReadAndWrite {
		a.Role = Administrator
	}
	return a
}
