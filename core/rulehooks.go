package core

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"rejoin"
	"rejoin/jobs"
	"rejoin/outbound"
)

const jobRuleWebhook rejoin.JobKind = "rule_webhook" // key: issue id, a space, id of the post

// hookAttempts are as many as the pauses between them fit into a day.
const hookAttempts = 43

// hook is a post that an automation makes to a program: the payload of a job.
type hook struct {
	ID   string          `json:"id"`
	URL  string          `json:"url"`
	Body json.RawMessage `json:"body"`
}

// hookBody is what an automation posts.
type hookBody struct {
	ID        string        `json:"id"`
	Type      string        `json:"type"` // always automation
	Timestamp rejoin.Millis `json:"timestamp"`
	Rule      hookRule      `json:"rule"`
	Issue     hookIssue     `json:"issue"`
}

type hookRule struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type hookIssue struct {
	ID           string             `json:"id"`
	Number       int64              `json:"number"`
	Title        string             `json:"title"`
	State        rejoin.IssueState  `json:"state"`
	App          string             `json:"app"`
	Platform     string             `json:"platform"`
	Language     string             `json:"language"`
	Tags         []string           `json:"tags"`
	Fields       rejoin.FieldValues `json:"fields"`
	AssigneeID   string             `json:"assignee_id"`
	QueueID      string             `json:"queue_id"`
	User         hookUser           `json:"user"`
	FirstMessage string             `json:"first_message"`
	LastMessage  string             `json:"last_message"`
	CreatedAt    rejoin.Millis      `json:"created_at"`
	UpdatedAt    rejoin.Millis      `json:"updated_at"`
	Cut          bool               `json:"cut,omitempty"` // texts or fields are not whole, to keep the post small
}

type hookUser struct {
	ID         string `json:"id"`
	ExternalID string `json:"external_id"`
	Name       string `json:"name"`
	Email      string `json:"email"`
}

// post puts the job that posts the issue, as it is now, to an address.
func (u *unit) post(i *rejoin.Issue, address string, by rejoin.Actor) error {
	if bad := u.env.checkHook(address); bad != nil {
		return bad
	}
	s, err := u.scene(*i)
	if err != nil {
		return err
	}
	h := hook{ID: newID("hook"), URL: address}
	if h.Body, err = json.Marshal(u.hookBody(h.ID, *i, s, by)); err != nil {
		return err
	}
	payload, err := json.Marshal(h)
	if err != nil {
		return err
	}
	u.jobs = true
	return u.PutJob(rejoin.Job{Kind: jobRuleWebhook, Key: i.ID + " " + h.ID, Payload: string(payload), RunAt: u.now})
}

const (
	maxHook  = 16 << 10 // bytes of the largest post, below [outbound.MaxRequest]
	hookTags = 20       // tags that are left where all the rest was not short enough
)

// hookBody cuts texts until the post is small enough.
func (u *unit) hookBody(id string, i rejoin.Issue, s scene, by rejoin.Actor) hookBody {
	v := s.View
	b := hookBody{ID: id, Type: "automation", Timestamp: u.now, Rule: hookRule{ID: by.ID, Name: by.Name}, Issue: hookIssue{
		ID: i.ID, Number: i.Number, Title: i.Title, State: i.State, App: s.App.Name, Platform: string(v.Platform), Language: v.Language, Tags: i.Tags,
		Fields: i.Fields, AssigneeID: i.AssigneeID, QueueID: i.QueueID, FirstMessage: v.FirstMessage, LastMessage: v.LastMessage,
		User:      hookUser{ID: s.User.ID, ExternalID: s.User.ExternalID, Name: s.User.Name, Email: s.User.Email},
		CreatedAt: i.CreatedAt, UpdatedAt: i.UpdatedAt}}
	if b.Issue.Tags == nil {
		b.Issue.Tags = []string{}
	}
	if b.Issue.Fields == nil {
		b.Issue.Fields = rejoin.FieldValues{}
	}
	for _, most := range [...]int{2000, 500, 100, 0} {
		if text, err := json.Marshal(b); err == nil && len(text) <= maxHook {
			return b
		}
		b.cut(most)
	}
	return b
}

// cut shortens each text to so many characters; where that is none, few tags are left.
func (b *hookBody) cut(most int) {
	short := func(s string) string {
		if r := []rune(s); len(r) > most {
			return string(r[:most])
		}
		return s
	}
	b.Issue.Cut, b.Issue.FirstMessage, b.Issue.LastMessage = true, short(b.Issue.FirstMessage), short(b.Issue.LastMessage)
	fields := rejoin.FieldValues{}
	for key, f := range b.Issue.Fields {
		if f.Value = short(f.Value); f.Value != "" {
			fields[key] = f
		}
	}
	b.Issue.Fields = fields
	if most == 0 {
		b.Issue.Tags = b.Issue.Tags[:min(len(b.Issue.Tags), hookTags)]
	}
}

// checkHook refuses an address that is never called. Where its name leads is looked at by each call.
func (e *env) checkHook(address string) *rejoin.Error {
	if err := e.Outbound.Check(address); err != nil {
		return rejoin.InvalidField("url", "%s", err.Error())
	}
	return nil
}

func hostOf(address string) string {
	a, err := url.Parse(address)
	if err != nil {
		return rejoin.Preview(address, 100)
	}
	return a.Host
}

// Post makes one post of an automation. It is the handler of a job that is tried again for a day; the program tells repeats by the header webhook-id.
func (s *Rules) Post(ctx context.Context, j rejoin.Job) error {
	var h hook
	if err := json.Unmarshal([]byte(j.Payload), &h); err != nil {
		return jobs.Permanent(err)
	}
	answer, err := s.Outbound.Do(ctx, outbound.Request{Method: http.MethodPost, URL: h.URL, Body: h.Body, Header: http.Header{
		"Content-Type": {"application/json"}, "Webhook-Id": {h.ID}, "Webhook-Timestamp": {strconv.FormatInt(s.Clock.Now().Time().Unix(), 10)}}})
	var refused *outbound.Error
	switch {
	case errors.As(err, &refused) && refused.Refused:
		return jobs.Permanent(err)
	case err != nil:
		return err
	case answer.Status == http.StatusGone:
		return jobs.Permanent(errors.New(answer.Problem()))
	case answer.Problem() != "":
		return errors.New(answer.Problem())
	}
	return nil
}

// issueOfHook is which issue a job is about.
func issueOfHook(key string) string {
	id, _, _ := strings.Cut(key, " ")
	return id
}
