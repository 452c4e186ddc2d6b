package agentapi

import (
	"math"

	"rejoin"
	"rejoin/core"
)

// mapped converts a list. JSON gets [] for an empty one, never null.
func mapped[From, To any](list []From, one func(From) To) []To {
	out := make([]To, len(list))
	for i, v := range list {
		out[i] = one(v)
	}
	return out
}

// listOf is mapped for what is on the wire as it is.
func listOf[T any](list []T) []T { return mapped(list, func(v T) T { return v }) }

func agentOf(a rejoin.Agent) Agent {
	return Agent{ID: a.ID, Name: a.Name, Nickname: a.Nickname, Email: a.Email, Role: a.Role, Available: a.Available}
}

func rowOf(r core.Row) Row {
	i := r.Issue
	return Row{ID: i.ID, Number: i.Number, Version: i.Version, AppID: i.AppID, Title: i.Title, State: i.State,
		AssigneeID: i.AssigneeID, AssigneeName: r.Assignee, QueueID: i.QueueID, QueueName: r.Queue, Platform: r.Platform, User: userOf(r.User), Preview: i.Preview, PreviewOrigin: i.PreviewOrigin,
		Unread: i.UnreadByAgents(), Closing: i.Ending.Closing, Rating: i.Ending.Rating, Tags: i.Tags, FollowUp: followUpOf(r.FollowUp), CreatedAt: i.CreatedAt, UpdatedAt: i.UpdatedAt,
		WaitingSince: i.WaitingSince}
}

func userOf(u rejoin.User) User {
	return User{ID: u.ID, Name: u.Name, Email: u.Email, EmailSource: u.EmailSource, Language: u.Language, TimeZone: u.TimeZone,
		Presence: u.Presence, PresenceSince: u.PresenceSince, ExternalID: u.ExternalID, LoggedIn: u.LoggedIn(), Verified: u.Verified}
}

func followUpOf(f *rejoin.FollowUp) *FollowUp {
	if f == nil {
		return nil
	}
	return &FollowUp{ID: f.ID, State: f.State, Reason: f.Reason, FromSeq: f.FromSeq, ToSeq: f.ToSeq, DueAt: f.DueAt, Address: f.Address,
		Held: f.HeldBy != "", Response: f.Response, SentAt: f.SentAt, OpenedAt: f.OpenedAt, ReturnedAt: f.ReturnedAt, RepliedAt: f.RepliedAt}
}

// threadOf is a thread as the agent sees it.
func (a *API) threadOf(t core.Thread, agent rejoin.Agent) Thread {
	i, d := t.Issue, t.Decision
	return Thread{
		Type:     "thread",
		Issue:    rowOf(t.Row),
		Messages: a.messagesOf(t.Messages, agent),
		Changed:  a.messagesOf(t.Changed, agent),
		Events:   mapped(t.Events, eventOf),
		More:     t.More,
		Detail: Detail{StartURL: i.StartURL, Meta: i.Meta, LastSeq: i.LastSeq, UserReadSeq: i.UserReadSeq, AgentReadSeq: i.AgentReadSeq,
			Decision: Decision{Action: string(d.Action), Reason: d.Reason, Until: d.Until},
			Window:   int64(t.Policy.Window.Seconds()), FollowUpsOn: t.Policy.FeatureOn && t.Policy.Enabled,
			FullPrivacy: i.FullPrivacy, Comment: i.Ending.Comment, Form: formOf(t), Outlook: outlookOf(t.Outlook), Attributes: attributesOf(t.User.Attributes),
			Identities: mapped(t.Identities, func(n rejoin.NamedIdentity) NamedIdentity {
				return NamedIdentity{Identifier: n.Identifier, Value: n.Value}
			}),
			VerificationOn: t.VerificationOn, Bot: (*RunningBot)(t.Bot)},
	}
}

// formOf is the custom issue fields that agents can fill in.
func formOf(t core.Thread) []FormField {
	return mapped(t.Form, func(f rejoin.CustomField) FormField {
		return FormField{Key: f.Key, Label: f.Label, Type: f.Type, Options: f.Options, Value: t.Issue.Fields[f.Key].Value, Archived: f.ArchivedAt > 0}
	})
}

func outlookOf(o core.Outlook) Outlook {
	return Outlook{Action: string(o.Action), Reason: o.Reason, Seconds: int64(math.Ceil(o.After.Seconds())), Address: o.Address, Bounced: o.Bounced, CanAsk: o.CanAsk}
}

func attributesOf(a rejoin.Attributes) map[string]map[string]any {
	out := map[string]map[string]any{}
	if len(a.Global) > 0 {
		out["global"] = a.Global
	}
	if len(a.App) > 0 {
		out["app"] = a.App
	}
	return out
}

func eventOf(e rejoin.Event) Event {
	return Event{N: e.N, Kind: e.Kind, Actor: e.Actor, Data: e.Data, CreatedAt: e.CreatedAt}
}

// messagesOf hides the client_id of what others have sent: it is how the sender recognises its own.
func (a *API) messagesOf(list []rejoin.Message, agent rejoin.Agent) []Message {
	return mapped(list, func(m rejoin.Message) Message {
		out := Message{ID: m.ID, Seq: m.Seq, Origin: m.Origin, AuthorID: m.AuthorID, AuthorName: m.AuthorName, Body: m.Body, Ask: m.Ask, Input: m.Input,
			Kind: m.Kind, EditedAt: m.Change.EditedAt, EditedBy: m.Change.EditedBy, DeletedAt: m.Change.DeletedAt, Redacted: m.Change.Redacted, CreatedAt: m.CreatedAt}
		for _, f := range m.Files {
			out.Attachments = append(out.Attachments, a.attachmentOf(f))
		}
		if m.AuthorID == agent.ID {
			out.ClientID = m.ClientID
		}
		return out
	})
}
