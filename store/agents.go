package store

import "rejoin"

const agentColumns = `id, domain_id, email, name, role, password_hash, created_at`

func scanAgent(s scanner) (a rejoin.Agent, err error) {
	err = s.Scan(&a.ID, &a.DomainID, &a.Email, &a.Name, &a.Role, &a.PasswordHash, &a.CreatedAt)
	return a, err
}

// AddAgent stores a new agent. An address that is taken is a conflict.
func (tx *Tx) AddAgent(a rejoin.Agent) error {
	n, err := tx.exec(`INSERT INTO agents (`+agentColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (email) DO NOTHING`,
		a.ID, a.DomainID, a.Email, a.Name, a.Role, a.PasswordHash, a.CreatedAt)
	if err == nil && n == 0 {
		return &rejoin.Error{Code: rejoin.Conflict, Field: "email", Text: "An agent with this address exists already."}
	}
	return err
}

// Agent returns the agent with the id.
func (tx *Tx) Agent(id string) (rejoin.Agent, error) {
	return one(tx, "agent", scanAgent, `SELECT `+agentColumns+` FROM agents WHERE id = $1`, id)
}

// AgentByEmail returns the agent with the address, which is in lower case.
func (tx *Tx) AgentByEmail(email string) (rejoin.Agent, error) {
	return one(tx, "agent", scanAgent, `SELECT `+agentColumns+` FROM agents WHERE email = $1`, email)
}

// Agents returns the domain's agents by name.
func (tx *Tx) Agents(domainID string) ([]rejoin.Agent, error) {
	return all(tx, scanAgent, `SELECT `+agentColumns+` FROM agents WHERE domain_id = $1 ORDER BY name, id`, domainID)
}

// AddAgentSession stores a signed-in browser.
func (tx *Tx) AddAgentSession(s rejoin.AgentSession) error {
	_, err := tx.exec(`INSERT INTO agent_sessions (token_hash, agent_id, created_at, expires_at) VALUES ($1, $2, $3, $4)`,
		s.TokenHash, s.AgentID, s.CreatedAt, s.ExpiresAt)
	return err
}

// AgentBySession returns the agent whose session has the token's hash and has not ended.
func (tx *Tx) AgentBySession(tokenHash string, now rejoin.Millis) (rejoin.Agent, error) {
	return one(tx, "session", scanAgent, `SELECT a.id, a.domain_id, a.email, a.name, a.role, a.password_hash, a.created_at
		FROM agent_sessions s JOIN agents a ON a.id = s.agent_id WHERE s.token_hash = $1 AND s.expires_at > $2`, tokenHash, now)
}

// EndAgentSession forgets a signed-in browser.
func (tx *Tx) EndAgentSession(tokenHash string) error {
	_, err := tx.exec(`DELETE FROM agent_sessions WHERE token_hash = $1`, tokenHash)
	return err
}

// DropAgentSessions forgets the sessions that ended before now.
func (tx *Tx) DropAgentSessions(now rejoin.Millis) error {
	_, err := tx.exec(`DELETE FROM agent_sessions WHERE expires_at <= $1`, now)
	return err
}
