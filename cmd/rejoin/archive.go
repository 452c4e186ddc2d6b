package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"rejoin"
	"rejoin/identity"
	"rejoin/store"
)

// archive makes conversations as they would be after months of use, where there are too many to tell them one by one: rows, many in a transaction.
type archive struct {
	chance
	store    *store.Store
	platform rejoin.Platform
	agents   []rejoin.Agent
}

// archiveDays is how far back it reaches.
const archiveDays = 84

// fill adds n conversations, the oldest first.
func (a *archive) fill(ctx context.Context, now rejoin.Millis, n int) error {
	times := make([]rejoin.Millis, n)
	for i := range times {
		times[i] = a.moment(now, archiveDays)
	}
	slices.Sort(times)
	for i, page := range slices.Collect(slices.Chunk(times, 1000)) {
		err := a.store.Write(ctx, func(tx *store.Tx) error {
			for k, at := range page {
				if err := a.add(tx, 1000*i+k, at, now); err != nil {
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

// entry is a conversation as its rows are made.
type entry struct {
	tx    *store.Tx
	issue rejoin.Issue
	user  rejoin.User
	act   string
	facts int64
}

// add adds one conversation: some are open, most of the older ones are closed. All was read at once, so that no e-mail is due.
func (a *archive) add(tx *store.Tx, n int, at, now rejoin.Millis) error {
	t := topics[a.IntN(len(topics))]
	name, email, meta := a.person(100_000 + n)
	meta.Page.Title = t.title
	who := a.agents[a.IntN(len(a.agents))]
	number, err := tx.NextIssueNumber(a.platform.DomainID)
	if err != nil {
		return err
	}
	e := &entry{tx: tx, act: rowID("act")}
	e.user = rejoin.User{ID: rowID("usr"), DomainID: a.platform.DomainID, AppID: a.platform.AppID, Name: name, Email: email, EmailSource: rejoin.TypedEmail,
		Language: meta.Language, TimeZone: meta.TimeZone, Presence: rejoin.PageClosed, PresenceSince: at.Add(time.Hour), CreatedAt: at, SeenAt: at.Add(time.Hour)}
	e.issue = rejoin.Issue{ID: rowID("iss"), DomainID: a.platform.DomainID, AppID: a.platform.AppID, PlatformID: a.platform.ID, UserID: e.user.ID, Number: number,
		Title: rejoin.Preview(t.opening, 80), State: rejoin.New, StateChangedAt: at, Bot: rejoin.BotState{Done: true}, Meta: meta, Version: 1,
		CreatedAt: at, UpdatedAt: at, WaitingSince: at}
	if t.tags != "" {
		e.issue.Tags = []string{t.tags}
	}
	if a.IntN(4) == 0 {
		e.issue.Fields = rejoin.FieldValues{"order_number": {Type: rejoin.SingleLine, Value: fmt.Sprintf("HP-%d", a.between(1000, 9999))}}
	}
	if err := e.begin(t); err != nil {
		return err
	}
	if err := a.course(e, t, who, now); err != nil {
		return err
	}
	return tx.SaveIssue(e.issue)
}

func (e *entry) begin(t topic) error {
	if err := e.tx.AddUser(e.user); err != nil {
		return err
	}
	if err := e.tx.AddIssue(e.issue); err != nil {
		return err
	}
	if err := e.fact(rejoin.Fact{UserID: e.user.ID, Kind: rejoin.FactAddress, Value: e.user.Email, Detail: string(e.user.EmailSource)}); err != nil {
		return err
	}
	if err := e.event(rejoin.EventCreated, rejoin.Actor{Kind: rejoin.ByUser, ID: e.user.ID, Name: e.user.Name}, rejoin.EventData{}); err != nil {
		return err
	}
	return e.say(rejoin.Message{Origin: rejoin.FromUser, AuthorID: e.user.ID, Body: t.opening})
}

// course goes on with the conversation as far as it got.
func (a *archive) course(e *entry, t topic, who rejoin.Agent, now rejoin.Millis) error {
	fate := a.IntN(100)
	if old := now.Sub(e.issue.CreatedAt) > 21*day; old {
		fate = 25 + fate*3/4
	}
	by := rejoin.Actor{Kind: rejoin.ByAgent, ID: who.ID, Name: who.Name}
	if fate < 8 {
		return nil
	}
	e.pass(a.minutes(3, 200))
	e.issue.AssigneeID = who.ID
	if err := e.event(rejoin.EventAssigned, by, rejoin.EventData{Assignee: who.Name}); err != nil {
		return err
	}
	if fate < 12 {
		return e.move(rejoin.NewForAgent, by)
	}
	if err := e.answer(who, by, t.answer); err != nil || fate < 30 && fate >= 22 {
		return err
	}
	e.pass(a.minutes(1, 60))
	if err := e.say(rejoin.Message{Origin: rejoin.FromUser, AuthorID: e.user.ID, Body: t.more}); err != nil {
		return err
	}
	if err := e.move(rejoin.WaitingForAgent, rejoin.Actor{Kind: rejoin.ByUser, ID: e.user.ID, Name: e.user.Name}); err != nil || fate < 22 {
		return err
	}
	e.pass(a.minutes(2, 90))
	if err := e.answer(who, by, t.last); err != nil {
		return err
	}
	return a.end(e, by)
}

// end closes the conversation; some visitors rate it.
func (a *archive) end(e *entry, by rejoin.Actor) error {
	e.pass(a.minutes(1, 40))
	e.issue.Ending.Closing = rejoin.Ended
	if a.IntN(25) == 0 {
		return e.move(rejoin.Rejected, by)
	}
	if err := e.tx.SetResolved(e.issue.ID, e.issue.UpdatedAt, by.ID); err != nil {
		return err
	}
	if err := e.move(rejoin.Resolved, by); err != nil || a.IntN(2) == 0 {
		return err
	}
	e.issue.Ending.Rating, e.issue.Ending.RatedAt = min(5, a.between(2, 7)), e.issue.UpdatedAt
	return e.event(rejoin.EventFeedback, rejoin.Actor{Kind: rejoin.ByUser, ID: e.user.ID, Name: e.user.Name}, rejoin.EventData{Rating: e.issue.Ending.Rating})
}

func (e *entry) pass(d time.Duration) { e.issue.UpdatedAt = e.issue.UpdatedAt.Add(d) }

// answer is an agent's message that the visitor reads at once.
func (e *entry) answer(who rejoin.Agent, by rejoin.Actor, body string) error {
	if err := e.say(rejoin.Message{Origin: rejoin.FromAgent, AuthorID: who.ID, AuthorName: who.PublicName(), Body: body}); err != nil {
		return err
	}
	if err := e.tx.SetFirstResponse(e.issue.ID, e.issue.UpdatedAt, who.ID); err != nil {
		return err
	}
	e.issue.LastOutSeq, e.issue.UserReadSeq, e.issue.AgentReadSeq = e.issue.LastSeq, e.issue.LastSeq, e.issue.LastSeq
	for _, kind := range [...]rejoin.FactKind{rejoin.FactWritten, rejoin.FactRead} {
		f := rejoin.Fact{IssueID: e.issue.ID, Kind: kind, Seq: e.issue.LastSeq}
		if kind == rejoin.FactWritten {
			f.Value = string(rejoin.FromAgent)
		}
		if err := e.fact(f); err != nil {
			return err
		}
	}
	return e.move(rejoin.AgentReplied, by)
}

func (e *entry) say(m rejoin.Message) error {
	e.issue.LastSeq++
	e.issue.Preview, e.issue.PreviewOrigin = rejoin.Preview(m.Body, 140), m.Origin
	m.ID, m.IssueID, m.Seq, m.ClientID, m.CreatedAt = rowID("msg"), e.issue.ID, e.issue.LastSeq, identity.NewToken(), e.issue.UpdatedAt
	_, err := e.tx.AddMessage(m)
	return err
}

func (e *entry) move(to rejoin.IssueState, by rejoin.Actor) error {
	if e.issue.State == to {
		return nil
	}
	if !to.Waits() {
		e.issue.WaitingSince = 0
	} else if e.issue.WaitingSince == 0 {
		e.issue.WaitingSince = e.issue.UpdatedAt
	}
	e.issue.State, e.issue.StateChangedAt = to, e.issue.UpdatedAt
	return e.event(rejoin.EventStateChanged, by, rejoin.EventData{State: to})
}

func (e *entry) event(kind rejoin.EventKind, by rejoin.Actor, data rejoin.EventData) error {
	e.issue.EventCount++
	return e.tx.AddEvent(rejoin.Event{IssueID: e.issue.ID, N: e.issue.EventCount, Kind: kind, Actor: by, Data: data, CreatedAt: e.issue.UpdatedAt})
}

func (e *entry) fact(f rejoin.Fact) error {
	e.facts++
	f.Act, f.N, f.At, f.DomainID = e.act, e.facts, e.issue.UpdatedAt, e.issue.DomainID
	return e.tx.AddFact(f)
}

func rowID(prefix string) string { return prefix + "_" + uuid.Must(uuid.NewV7()).String() }
