package core

import (
	"context"
	"strings"

	"rejoin"
)

// AgentSend is a message of an agent.
type AgentSend struct {
	ClientID    string
	Body        string
	Attachments []string // ids of files that the agent has uploaded, at most [rejoin.MaxAttachments]; with some, the body may be empty
	Seen        int64    // the newest seq that the agent saw: a newer message of a colleague is a conflict; zero for no such check
}

// SendAsAgent is [Messages.Answer] for who does not look at what colleagues write meanwhile.
func (m *Messages) SendAsAgent(ctx context.Context, a rejoin.Agent, issueID, clientID, body string, attachments ...string) error {
	return m.Answer(ctx, a, issueID, AgentSend{ClientID: clientID, Body: body, Attachments: attachments})
}

// Answer adds a message of the agent. Repeating it returns the first result.
func (m *Messages) Answer(ctx context.Context, a rejoin.Agent, issueID string, in AgentSend) error {
	checked, err := checkSend(UserSend{ClientID: in.ClientID, Body: in.Body, Attachments: in.Attachments})
	if err != nil {
		return err
	}
	return m.write(ctx, func(u *unit) error {
		issue, err := u.agentsIssue(a, issueID)
		if err != nil {
			return err
		}
		msg, added, err := u.sayAsAgent(a, &issue, checked, in.Seen)
		if err != nil {
			return err
		}
		if !added {
			if !repeats(msg, checked, issueID) {
				return reusedClientID()
			}
			return nil
		}
		return u.save(&issue)
	})
}

// sayAsAgent adds a message of the agent with what follows from it, or reports false and returns the earlier message with the same ClientID. The caller
// saves the issue.
func (u *unit) sayAsAgent(a rejoin.Agent, i *rejoin.Issue, in UserSend, seen int64) (rejoin.Message, bool, error) {
	name, err := u.publicName(a, *i)
	if err != nil {
		return rejoin.Message{}, false, err
	}
	msg, added, err := u.addWithFiles(i, rejoin.Message{ClientID: in.ClientID, Origin: rejoin.FromAgent, AuthorID: a.ID, AuthorName: name, Body: in.Body},
		a.ID, in.Attachments)
	if err != nil || !added {
		return msg, false, err
	}
	if err := u.answered(a, *i, msg.Seq-1, seen); err != nil {
		return msg, false, err
	}
	state, err := i.AfterAgentMessage()
	if err != nil {
		return msg, false, err
	}
	if err := u.stopBot(i, byAgent(a)); err != nil {
		return msg, false, err
	}
	if err := u.noteFirstResponse(i, a); err != nil {
		return msg, false, err
	}
	if err := u.setState(i, state, byAgent(a)); err != nil {
		return msg, false, err
	}
	if i.AgentReadSeq == msg.Seq-1 { // else something came that was on no agent's screen yet
		i.AgentReadSeq = msg.Seq
	}
	return msg, true, u.rearm(i, newMessage)
}

// answered is a conflict if a colleague has answered after what the agent saw. Last is the newest message before the agent's.
func (u *unit) answered(a rejoin.Agent, i rejoin.Issue, last, seen int64) error {
	if seen <= 0 || seen >= last {
		return nil
	}
	m, ok, err := u.AnswerAfter(i.ID, a.ID, seen)
	if err != nil || !ok {
		return err
	}
	if strings.HasPrefix(m.AuthorID, keyIDPrefix) {
		name, err := u.programName(m.AuthorID)
		if err != nil {
			return err
		}
		return rejoin.Errorf(rejoin.Conflict, "%s has answered meanwhile. Read it, then send again.", name)
	}
	who, err := u.Agent(m.AuthorID)
	if err != nil {
		return err
	}
	return rejoin.Errorf(rejoin.Conflict, "%s has answered meanwhile. Read it, then send again.", who.Name)
}
