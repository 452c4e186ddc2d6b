package main

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"rejoin"
	"rejoin/identity"
	"rejoin/store"
)

// visitor is somebody with a session and a conversation.
type visitor struct {
	Token   string
	Address string
	IssueID string
}

// batch is how many rows are made in one transaction.
const batch = 2000

func now() rejoin.Millis { return rejoin.MillisOf(time.Now()) }

// inBatches calls f for 0 to n-1, many in each transaction.
func (b *bench) inBatches(ctx context.Context, n int, f func(tx *store.Tx, i int) error) error {
	for from := 0; from < n; from += batch {
		err := b.store.Write(ctx, func(tx *store.Tx) error {
			for i := from; i < min(n, from+batch); i++ {
				if err := f(tx, i); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func newID(prefix string) string { return prefix + "_" + uuid.Must(uuid.NewV7()).String() }

// visitors makes n visitors whom Identity Bot has nothing to ask, each with a conversation of two messages.
func (b *bench) visitors(ctx context.Context, n int) ([]visitor, error) {
	list := make([]visitor, n)
	err := b.inBatches(ctx, n, func(tx *store.Tx, i int) error {
		v := visitor{Token: identity.NewToken(), Address: fmt.Sprintf("10.%d.%d.%d", i>>16&255, i>>8&255, i&255)}
		issue, err := b.conversation(tx, i)
		if err != nil {
			return err
		}
		v.IssueID = issue.ID
		list[i] = v
		at := now()
		_, err = tx.AddUserSession(rejoin.UserSession{TokenHash: identity.Hash(v.Token), UserID: issue.UserID, PlatformID: b.platform.ID,
			Confirmed: true, CreatedAt: at, SeenAt: at, ExpiresAt: at.Add(24 * time.Hour)})
		return err
	})
	return list, err
}

// conversation makes a user and an issue with a question and an answer that was read.
func (b *bench) conversation(tx *store.Tx, i int) (rejoin.Issue, error) {
	at := now()
	user := rejoin.User{ID: newID("usr"), DomainID: b.domain.ID, AppID: b.app.ID, Name: "Vera", Email: fmt.Sprintf("vera%d@example.com", i),
		EmailSource: rejoin.TypedEmail, Language: "en", TimeZone: "Europe/Berlin", Presence: rejoin.PageClosed, PresenceSince: at, CreatedAt: at, SeenAt: at}
	if err := tx.AddUser(user); err != nil {
		return rejoin.Issue{}, err
	}
	number, err := tx.NextIssueNumber(b.domain.ID)
	if err != nil {
		return rejoin.Issue{}, err
	}
	issue := rejoin.Issue{ID: newID("iss"), DomainID: b.domain.ID, AppID: b.app.ID, PlatformID: b.platform.ID, UserID: user.ID, Number: number,
		Title: "Where is my order?", State: rejoin.AgentReplied, StateChangedAt: at, Bot: rejoin.BotState{Done: true}, LastSeq: 2, UserReadSeq: 2,
		AgentReadSeq: 2, LastOutSeq: 2, Version: 1, Preview: "On its way.", PreviewOrigin: rejoin.FromAgent, CreatedAt: at, UpdatedAt: at}
	if err := tx.AddIssue(issue); err != nil {
		return issue, err
	}
	for seq, m := range []rejoin.Message{{Origin: rejoin.FromUser, AuthorID: user.ID, AuthorName: "Vera", Body: "Where is my order?"},
		{Origin: rejoin.FromAgent, AuthorID: "agt_bench", AuthorName: "Maya", Body: "On its way."}} {
		m.ID, m.IssueID, m.Seq, m.ClientID, m.CreatedAt = newID("msg"), issue.ID, int64(seq)+1, identity.NewToken(), at
		if _, err := tx.AddMessage(m); err != nil {
			return issue, err
		}
	}
	return issue, nil
}

// agents makes n agents who are signed in, and returns their cookies.
func (b *bench) agents(ctx context.Context, n int) (cookies []string, err error) {
	at := now()
	err = b.store.Write(ctx, func(tx *store.Tx) error {
		cookies = nil
		for i := range n {
			a := rejoin.Agent{ID: newID("agt"), DomainID: b.domain.ID, Role: rejoin.Administrator, Name: fmt.Sprintf("Agent %d", i),
				Email: fmt.Sprintf("agent%d@example.com", i), PasswordHash: "nobody signs in with it", CreatedAt: at}
			if err := tx.AddAgent(a); err != nil {
				return err
			}
			token := identity.NewToken()
			if err := tx.AddAgentSession(rejoin.AgentSession{TokenHash: identity.Hash(token), AgentID: a.ID, CreatedAt: at, ExpiresAt: at.Add(24 * time.Hour)}); err != nil {
				return err
			}
			cookies = append(cookies, "rejoin="+token)
		}
		return nil
	})
	return cookies, err
}

// followUpsOn switches follow-ups on, with limits that do not matter.
func (b *bench) followUpsOn(ctx context.Context) error {
	s := b.app.Settings
	f := &s.WebChat.FollowUp
	f.Enabled, f.MinInterval, f.IssueDailyCap, f.AddressDailyCap, f.TypedDailyCap = true, 0, 100, 1000, 1000
	return b.store.Write(ctx, func(tx *store.Tx) error { return tx.SetAppSettings(b.app.ID, s, b.app.CreatedAt) })
}
