package core

import (
	"context"
	"slices"
	"strings"

	"rejoin"
	"rejoin/identity"
)

// AgentProfile is what agents see of themselves.
type AgentProfile struct {
	Agent    rejoin.Agent
	Sessions []rejoin.AgentSession // latest seen first
	Current  string                // id of the session that asks
}

// AgentSessionID names a session without its token: the beginning of the token's hash.
func AgentSessionID(s rejoin.AgentSession) string { return s.TokenHash[:16] }

// Profile returns the profile of the agent whose browser has the token.
func (s *Agents) Profile(ctx context.Context, a rejoin.Agent, token string) (p AgentProfile, err error) {
	err = s.read(ctx, func(u *unit) error {
		p, err = u.agentProfile(a.ID, token)
		return err
	})
	return p, err
}

func (u *unit) agentProfile(agentID, token string) (p AgentProfile, err error) {
	p.Current = AgentSessionID(rejoin.AgentSession{TokenHash: identity.Hash(token)})
	if p.Agent, err = u.Agent(agentID); err != nil {
		return p, err
	}
	p.Sessions, err = u.AgentSessions(agentID, u.now)
	return p, err
}

// SetProfile changes the agent's own name and nickname.
func (s *Agents) SetProfile(ctx context.Context, a rejoin.Agent, token, name, nickname string) (p AgentProfile, err error) {
	if name, nickname, err = checkNames(name, nickname); err != nil {
		return p, err
	}
	err = s.write(ctx, func(u *unit) error {
		now, err := u.lockActive(a)
		if err != nil {
			return err
		}
		if now.Name != name || now.Nickname != nickname {
			details := changes("Name", now.Name, name, "Nickname", now.Nickname, nickname)
			now.Name, now.Nickname = name, nickname
			if err := u.SaveAgent(now); err != nil {
				return err
			}
			if err := u.audit(now, rejoin.AgentChanged, now.Name, details...); err != nil {
				return err
			}
			u.tellTeam(a.DomainID)
			u.tellAgent(a.ID)
		}
		p, err = u.agentProfile(a.ID, token)
		return err
	})
	return p, err
}

// checkNames returns an agent's name and nickname as we keep them. The nickname may be empty.
func checkNames(name, nickname string) (string, string, error) {
	name, err := rejoin.CheckName("name", name)
	if err != nil {
		return "", "", err
	}
	if strings.TrimSpace(nickname) == "" {
		return name, "", nil
	}
	nickname, err = rejoin.CheckName("nickname", nickname)
	return name, nickname, err
}

// SetAvailable says whether the agent is there. It returns the agent as they are then.
func (s *Agents) SetAvailable(ctx context.Context, a rejoin.Agent, available bool) (now rejoin.Agent, err error) {
	err = s.write(ctx, func(u *unit) error {
		if now, err = u.lockActive(a); err != nil || now.Available == available {
			return err
		}
		now.Available = available
		u.tellTeam(a.DomainID)
		u.tellAgent(a.ID)
		if err := u.routeTo(a.ID); err != nil {
			return err
		}
		return u.SaveAgent(now)
	})
	return now, err
}

// EndSession signs one of the agent's browsers out, or every other one for the id "all", and returns what is left. Open sockets close.
func (s *Agents) EndSession(ctx context.Context, a rejoin.Agent, token, id string) (p AgentProfile, err error) {
	err = s.write(ctx, func(u *unit) error {
		if id == "all" {
			err = u.endOthers(a, token)
		} else {
			err = u.endAgentSession(a, id)
		}
		if err != nil {
			return err
		}
		p, err = u.agentProfile(a.ID, token)
		return err
	})
	return p, err
}

func (u *unit) endAgentSession(a rejoin.Agent, id string) error {
	list, err := u.AgentSessions(a.ID, u.now)
	if err != nil {
		return err
	}
	n := slices.IndexFunc(list, func(s rejoin.AgentSession) bool { return AgentSessionID(s) == id })
	if n < 0 {
		return rejoin.Errorf(rejoin.NotFound, "There is no such session. It may have ended.")
	}
	u.tellAgent(a.ID)
	return u.EndAgentSession(list[n].TokenHash)
}
