package restapi

import (
	"rejoin"
	"rejoin/core"
	"rejoin/store"
	"rejoin/web"
)

// mails is follow-ups, wishes not to be mailed, and timelines.
type mails struct{ *API }

// FollowUp is the story of one unread span: messages that the user has not read, and the e-mail about them.
type FollowUp struct {
	ID         string               `json:"id"`
	State      rejoin.FollowUpState `json:"state"`
	Reason     rejoin.Reason        `json:"reason"` // why it is so
	FromSeq    int64                `json:"from_seq"`
	ToSeq      int64                `json:"to_seq"`
	MessageIDs []string             `json:"message_ids"`
	Address    string               `json:"address"`  // where the e-mail went, or would go
	Held       bool                 `json:"held"`     // somebody keeps it from being sent
	DueAt      *rejoin.Millis       `json:"due_at"`   // when it is decided next
	Response   string               `json:"response"` // the mail server's last answer
	SentAt     *rejoin.Millis       `json:"sent_at"`
	OpenedAt   *rejoin.Millis       `json:"opened_at"`   // its link was followed
	ReturnedAt *rejoin.Millis       `json:"returned_at"` // by a person
	RepliedAt  *rejoin.Millis       `json:"replied_at"`
	CreatedAt  rejoin.Millis        `json:"created_at"`
	UpdatedAt  rejoin.Millis        `json:"updated_at"`
}

// FollowUpList is the follow-ups of an issue, the oldest first; at most the newest 1,000.
type FollowUpList struct {
	FollowUps []FollowUp `json:"follow_ups"`
}

// Event is one entry of an issue's timeline.
type Event struct {
	N         int64            `json:"n"` // 1, 2, 3… in the issue
	Kind      rejoin.EventKind `json:"kind"`
	Actor     rejoin.Actor     `json:"actor"`
	Data      rejoin.EventData `json:"data"`
	CreatedAt rejoin.Millis    `json:"created_at"`
}

// EventList is a part of a timeline.
type EventList struct {
	Events    []Event `json:"events"`
	NextAfter *int64  `json:"next_after"` // what after is to be for the next part; null at the end
}

// Suppression is somebody's wish not to be mailed about unread messages.
type Suppression struct {
	ID        string                 `json:"id"`
	Kind      rejoin.SuppressionKind `json:"kind"`     // mute: of one issue; unsubscribe: of an app; not_me: of the whole domain
	Email     string                 `json:"email"`    // the address
	AppID     *string                `json:"app_id"`   // of mute and unsubscribe
	IssueID   *int64                 `json:"issue_id"` // of mute
	CreatedAt rejoin.Millis          `json:"created_at"`
}

// SuppressionList is a page of suppressions, the oldest first.
type SuppressionList struct {
	Suppressions []Suppression `json:"suppressions"`
	Paged
}

func (a mails) routes() []route {
	kind := web.Parameter{Name: "kind", Values: []string{"mute", "unsubscribe", "not_me"}}
	return []route{
		{web.Operation{Pattern: "GET /v1/{domain}/issues/{issue}/follow-ups", Name: "listFollowUps", Group: "Follow-ups", Out: FollowUpList{},
			Says: "The follow-up e-mails of an issue, and those that are not sent, with the reason."}, a.listFollowUps},
		{web.Operation{Pattern: "POST /v1/{domain}/issues/{issue}/follow-up", Name: "steerFollowUp", Group: "Follow-ups", Out: FollowUpList{},
			Says: "Steers the e-mail that waits in the issue. If none waits, it is a conflict.", Form: []web.Parameter{
				{Name: "action", Required: true, Values: []string{"send_now", "hold", "release"},
					Says: "send_now: as far as limits and the user's wishes allow. hold: until it is released. release: the clock decides again.", Example: "hold"},
			}}, a.steerFollowUp},
		{web.Operation{Pattern: "GET /v1/{domain}/issues/{issue}/events", Name: "listEvents", Group: "Issues", Out: EventList{}, Query: []web.Parameter{
			{Name: "after", Kind: web.Number, Says: "Only events after the one with this n."},
			{Name: "limit", Kind: web.Number, Says: "At most so many, 1 to 1,000; 100 if it is left out."},
		}, Says: "The timeline of an issue: everything besides messages, the oldest first."}, a.listEvents},
		{web.Operation{Pattern: "GET /v1/{domain}/suppressions", Name: "listSuppressions", Group: "Suppressions", Out: SuppressionList{},
			Query: pageQuery(web.Parameter{Name: "email", Says: "Only of this address."}, kind), Says: "Who does not want to be mailed about unread messages."}, a.listSuppressions},
		{web.Operation{Pattern: "POST /v1/{domain}/suppressions", Name: "makeSuppression", Group: "Suppressions", Status: 201, Out: Suppression{},
			Says: "Notes that somebody does not want to be mailed. One that is known is answered as it is.", Form: []web.Parameter{
				{Name: "kind", Required: true, Values: kind.Values, Says: "mute: about one issue. unsubscribe: by one app. not_me: by anything in the domain.", Example: "not_me"},
				{Name: "email", Says: "The address; not of a mute.", Example: "ada@example.com"},
				{Name: "app-id", Says: "The app of an unsubscribe: id or publish_id."},
				{Name: "issue-id", Says: "The issue of a mute."},
			}}, a.makeSuppression},
		{web.Operation{Pattern: "DELETE /v1/{domain}/suppressions/{suppression}", Name: "dropSuppression", Group: "Suppressions",
			Says: "Forgets a suppression. Only do so if its owner has asked for it."}, a.dropSuppression},
	}
}

func followUpOf(e core.SpanEntry) FollowUp {
	f := e.FollowUp
	return FollowUp{ID: f.ID, State: f.State, Reason: f.Reason, FromSeq: f.FromSeq, ToSeq: f.ToSeq, MessageIDs: e.MessageIDs, Address: f.Address, Held: f.HeldBy != "",
		DueAt: orNull(f.DueAt), Response: f.Response, SentAt: orNull(f.SentAt), OpenedAt: orNull(f.OpenedAt), ReturnedAt: orNull(f.ReturnedAt), RepliedAt: orNull(f.RepliedAt),
		CreatedAt: f.CreatedAt, UpdatedAt: f.UpdatedAt}
}

func followUpsOf(list []core.SpanEntry, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return FollowUpList{mapped(list, followUpOf)}, nil
}

func (a mails) listFollowUps(c call) (any, error) {
	return followUpsOf(a.Core.FollowUps.OfIssue(c.r.Context(), c.agent, c.r.PathValue("issue")))
}

func (a mails) steerFollowUp(c call) (any, error) {
	return followUpsOf(a.Core.FollowUps.Steer(c.r.Context(), c.agent, c.r.PathValue("issue"), c.text("action")))
}

func (a mails) listEvents(c call) (any, error) {
	after, err := c.number("after", 0, 0, 1<<53)
	if err != nil {
		return nil, err
	}
	limit, err := c.number("limit", 100, 1, 1000)
	if err != nil {
		return nil, err
	}
	list, more, err := a.Core.Directory.Timeline(c.r.Context(), c.agent, c.r.PathValue("issue"), after, int(limit))
	if err != nil {
		return nil, err
	}
	out := EventList{Events: mapped(list, func(e rejoin.Event) Event { return Event{e.N, e.Kind, e.Actor, e.Data, e.CreatedAt} })}
	if more {
		out.NextAfter = new(list[len(list)-1].N)
	}
	return out, nil
}

func suppressionOf(r store.SuppressionRow) Suppression {
	return Suppression{ID: r.ID, Kind: r.Kind, Email: r.Address, AppID: orNull(r.AppID), IssueID: orNull(r.Number), CreatedAt: r.CreatedAt}
}

func (a mails) listSuppressions(c call) (any, error) {
	p, err := c.pageOf(100)
	if err != nil {
		return nil, err
	}
	in := core.SuppressionSearch{Address: c.text("email"), Kind: rejoin.SuppressionKind(c.text("kind")), After: p.after(), Limit: int(p.size)}
	list, err := a.Core.Wishes.Suppressions(c.r.Context(), c.agent, in)
	if err != nil {
		return nil, err
	}
	return SuppressionList{mapped(list.Rows, suppressionOf), p.envelope(list.Hits)}, nil
}

func (a mails) makeSuppression(c call) (any, error) {
	in := core.NewSuppression{Kind: rejoin.SuppressionKind(c.text("kind")), Address: c.text("email"), App: c.text("app-id"), Issue: c.text("issue-id")}
	row, err := a.Core.Wishes.Suppress(c.r.Context(), c.agent, in)
	if err != nil {
		return nil, named(err, map[rejoin.SuppressionKind]string{rejoin.Mute: "issue-id", rejoin.Unsubscribe: "app-id"}[in.Kind])
	}
	return created{suppressionOf(row)}, nil
}

func (a mails) dropSuppression(c call) (any, error) {
	if err := a.Core.Wishes.Unsuppress(c.r.Context(), c.agent, c.r.PathValue("suppression")); err != nil {
		return nil, err
	}
	return struct{}{}, nil
}
