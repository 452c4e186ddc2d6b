package store

import "rejoin"

const agentColumns = `id, domain_id, email, name, nickname, role, available, password_hash, two_factor, deactivated_at, created_at`

func scanAgent(s scanner) (a rejoin.Agent, err error) {
	err = s.Scan(&a.ID, &a.DomainID, &a.Email, &a.Name, &a.Nickname, &a.Role, &a.Available, &a.PasswordHash, fromJSON(&a.TwoFactor), &a.DeactivatedAt, &a.CreatedAt)
	return a, err
}

// AddAgent stores a new agent. An address that is taken is a conflict.
func (tx *Tx) AddAgent(a rejoin.Agent) error {
	second, err := toJSON(a.TwoFactor)
	if err != nil {
		return err
	}
	n, err := tx.exec(`INSERT INTO agents (`+agentColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (email) DO NOTHING`,
		a.ID, a.DomainID, a.Email, a.Name, a.Nickname, a.Role, a.Available, a.PasswordHash, second, a.DeactivatedAt, a.CreatedAt)
	if err == nil && n == 0 {
		return &rejoin.Error{Code: rejoin.Conflict, Field: "email", Text: "An agent with this address exists already."}
	}
	return err
}

// SaveAgent stores what may change of an agent: everything but id, domain, address and when they came.
func (tx *Tx) SaveAgent(a rejoin.Agent) error {
	second, err := toJSON(a.TwoFactor)
	if err != nil {
		return err
	}
	_, err = tx.exec(`UPDATE agents SET name = $2, nickname = $3, role = $4, available = $5, password_hash = $6, two_factor = $7, deactivated_at = $8 WHERE id = $1`,
		a.ID, a.Name, a.Nickname, a.Role, a.Available, a.PasswordHash, second, a.DeactivatedAt)
	return err
}

// Agent returns the agent with the id.
func (tx *Tx) Agent(id string) (rejoin.Agent, error) {
	return one(tx, "agent", scanAgent, `SELECT `+agentColumns+` FROM agents WHERE id = $1`, id)
}

// LockAgent returns the agent and keeps others from changing them until the transaction ends.
func (tx *Tx) LockAgent(id string) (rejoin.Agent, error) {
	return one(tx, "agent", scanAgent, `SELECT `+agentColumns+` FROM agents WHERE id = $1`+tx.forUpdate(), id)
}

// AgentByEmail returns the agent with the address, which is in lower case.
func (tx *Tx) AgentByEmail(email string) (rejoin.Agent, error) {
	return one(tx, "agent", scanAgent, `SELECT `+agentColumns+` FROM agents WHERE email = $1`, email)
}

// Agents returns the domain's agents by name, deactivated ones too.
func (tx *Tx) Agents(domainID string) ([]rejoin.Agent, error) {
	return all(tx, scanAgent, `SELECT `+agentColumns+` FROM agents WHERE domain_id = $1 ORDER BY name, id`, domainID)
}

// OpenIssuesOfAgents counts the open issues that each of the domain's agents is assigned to. Who has none is not in it.
func (tx *Tx) OpenIssuesOfAgents(domainID string) (map[string]int64, error) {
	counts := map[string]int64{}
	err := tx.each(`SELECT assignee_id, count(*) FROM issues WHERE domain_id = $1 AND assignee_id <> '' AND state NOT IN ('resolved', 'rejected')
		GROUP BY assignee_id`, []any{domainID}, func(s scanner) error {
		var id string
		var n int64
		err := s.Scan(&id, &n)
		counts[id] = n
		return err
	})
	return counts, err
}

const agentSessionColumns = `token_hash, agent_id, device, created_at, seen_at, expires_at`

func scanAgentSession(s scanner) (v rejoin.AgentSession, err error) {
	err = s.Scan(&v.TokenHash, &v.AgentID, &v.Device, &v.CreatedAt, &v.SeenAt, &v.ExpiresAt)
	return v, err
}

// AddAgentSession stores a signed-in browser.
func (tx *Tx) AddAgentSession(s rejoin.AgentSession) error {
	_, err := tx.exec(`INSERT INTO agent_sessions (`+agentSessionColumns+`) VALUES ($1, $2, $3, $4, $5, $6)`,
		s.TokenHash, s.AgentID, s.Device, s.CreatedAt, s.SeenAt, s.ExpiresAt)
	return err
}

// AgentSession returns the session with the token's hash that has not ended.
func (tx *Tx) AgentSession(tokenHash string, now rejoin.Millis) (rejoin.AgentSession, error) {
	return one(tx, "session", scanAgentSession, `SELECT `+agentSessionColumns+` FROM agent_sessions WHERE token_hash = $1 AND expires_at > $2`, tokenHash, now)
}

// AgentSessions returns the agent's sessions that have not ended, latest seen first.
func (tx *Tx) AgentSessions(agentID string, now rejoin.Millis) ([]rejoin.AgentSession, error) {
	return all(tx, scanAgentSession, `SELECT `+agentSessionColumns+` FROM agent_sessions WHERE agent_id = $1 AND expires_at > $2
		ORDER BY seen_at DESC, token_hash LIMIT 100`, agentID, now)
}

// AgentsSeen returns when the newest request came of each agent of the domain who is signed in somewhere.
func (tx *Tx) AgentsSeen(domainID string) (map[string]rejoin.Millis, error) {
	seen := map[string]rejoin.Millis{}
	err := tx.each(`SELECT s.agent_id, max(s.seen_at) FROM agent_sessions s JOIN agents a ON a.id = s.agent_id WHERE a.domain_id = $1 GROUP BY s.agent_id`,
		[]any{domainID}, func(s scanner) error {
			var id string
			var at rejoin.Millis
			err := s.Scan(&id, &at)
			seen[id] = at
			return err
		})
	return seen, err
}

// TouchAgentSession notes a request.
func (tx *Tx) TouchAgentSession(tokenHash string, now rejoin.Millis) error {
	_, err := tx.exec(`UPDATE agent_sessions SET seen_at = $2 WHERE token_hash = $1`, tokenHash, now)
	return err
}

// EndAgentSession forgets a signed-in browser.
func (tx *Tx) EndAgentSession(tokenHash string) error {
	_, err := tx.exec(`DELETE FROM agent_sessions WHERE token_hash = $1`, tokenHash)
	return err
}

// EndAgentSessions forgets the agent's signed-in browsers but the one with the hash, which may be empty, and returns how many there were.
func (tx *Tx) EndAgentSessions(agentID, butHash string) (int64, error) {
	return tx.exec(`DELETE FROM agent_sessions WHERE agent_id = $1 AND token_hash <> $2`, agentID, butHash)
}

// DropAgentSessions forgets the sessions that ended before now.
func (tx *Tx) DropAgentSessions(now rejoin.Millis) error {
	_, err := tx.exec(`DELETE FROM agent_sessions WHERE expires_at <= $1`, now)
	return err
}
