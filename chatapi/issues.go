package chatapi

import (
	"math"
	"net/http"
	"strconv"

	"rejoin"
	"rejoin/core"
	"rejoin/web"
)

// start begins a conversation.
func (a *API) start(c call) (any, error) {
	token, err := c.bearer()
	if err != nil {
		return nil, err
	}
	var in NewIssue
	if err := web.ReadJSON(c.w, c.r, &in, maxIssue); err != nil {
		return nil, err
	}
	if !isID(in.PlatformID) {
		return nil, rejoin.InvalidField("platform_id", "Name the app by the platform_id of its embed code.")
	}
	if err := a.limits.start.Allow(a.ipKey(c.r)); err != nil {
		return nil, err
	}
	up, err := a.Core.Messages.Start(c.r.Context(), token, in.PlatformID, core.UserSend{ClientID: in.ClientID, Body: in.Body, Attachments: in.Attachments},
		beginningOf(in, c.r.UserAgent()))
	return a.answer(up, noApp(err))
}

func beginningOf(in NewIssue, agent string) core.Beginning {
	b := core.Beginning{Typed: core.Typed{Name: in.Name, Email: in.Email, Skipped: in.Skipped}, Meta: metaOf(in.Meta, agent), Device: web.Device(agent), FullPrivacy: in.FullPrivacy, Tags: in.Tags, Fields: map[string]core.GivenField{}}
	if in.Language != "" {
		b.Language = rejoin.MatchLanguage(in.Language)
	}
	if in.Identity != nil {
		b.Claim = claimOf(*in.Identity)
	}
	for key, f := range in.Fields {
		b.Fields[key] = core.GivenField{Type: rejoin.FieldType(f.Type), Value: f.Value}
	}
	return b
}

// list is the session's conversations.
func (a *API) list(c call) (any, error) {
	token, err := c.session(a.limits.read)
	if err != nil {
		return nil, err
	}
	list, err := a.Core.Messages.List(c.r.Context(), token)
	if err != nil {
		return nil, err
	}
	out := Conversations{User: userOf(list.User), Issues: []Issue{}}
	for _, up := range list.Updates {
		out.Issues = append(out.Issues, issueOf(up))
	}
	return out, nil
}

// session returns the bearer token after taking one from its allowance.
func (c call) session(l *web.Limiter) (token string, err error) {
	if token, err = c.bearer(); err == nil {
		err = allow(l, token)
	}
	return token, err
}

const maxPage = 50

// messages is a page of a conversation: the newest one, or what lies after or before a seq.
func (a *API) messages(c call) (any, error) {
	token, err := c.session(a.limits.read)
	if err != nil {
		return nil, err
	}
	q, err := pageOf(c.r)
	if err != nil {
		return nil, err
	}
	if q.after < 0 {
		return a.answer(a.Core.Messages.Before(c.r.Context(), token, c.r.PathValue("issue"), q.before, q.limit))
	}
	up, err := a.Core.Messages.After(c.r.Context(), token, c.r.PathValue("issue"), core.Cursor{Seq: q.after})
	if n := len(up.Messages); n > q.limit {
		up.Messages, up.More = up.Messages[n-q.limit:], true
	}
	return a.answer(up, err)
}

// pageQuery chooses messages; after is -1 unless it is wanted.
type pageQuery struct {
	after, before int64
	limit         int
}

func pageOf(r *http.Request) (q pageQuery, err error) {
	in := r.URL.Query()
	for name := range in {
		if name != "after" && name != "before" && name != "limit" {
			return q, rejoin.InvalidField(rejoin.Preview(name, 64), "There is no such parameter. There are after, before and limit.")
		}
	}
	if in.Has("after") && in.Has("before") {
		return q, rejoin.InvalidField("before", "Ask for messages after one seq or before another, not both.")
	}
	if q.after, err = number(in.Get("after"), "after", 0, math.MaxInt64, -1); err != nil {
		return q, err
	}
	if q.before, err = number(in.Get("before"), "before", 1, math.MaxInt64, math.MaxInt64); err != nil {
		return q, err
	}
	limit, err := number(in.Get("limit"), "limit", 1, maxPage, maxPage)
	q.limit = int(limit)
	return q, err
}

func number(raw, field string, least, most, absent int64) (int64, error) {
	if raw == "" {
		return absent, nil
	}
	n, err := strconv.ParseInt(raw, 10, 64)
	if err != nil || n < least || n > most {
		return 0, rejoin.InvalidField(field, "%s must be a whole number from %d to %d.", field, least, most)
	}
	return n, nil
}

// send adds a message.
func (a *API) send(c call) (any, error) {
	token, err := c.bearer()
	if err != nil {
		return nil, err
	}
	var in Send
	if err := web.ReadJSON(c.w, c.r, &in, maxMessage); err != nil {
		return nil, err
	}
	if in.Answers < 0 {
		return nil, rejoin.InvalidField("answers", "answers is the seq of the question that this message answers, or left out.")
	}
	if in.After < 0 {
		return nil, rejoin.InvalidField("after", "after is the seq of the newest message you have, or left out.")
	}
	if err := allow(a.limits.send, token); err != nil {
		return nil, err
	}
	return a.answer(a.Core.Messages.SendAsUser(c.r.Context(), token, c.r.PathValue("issue"),
		core.UserSend{ClientID: in.ClientID, Body: in.Body, Attachments: in.Attachments, Answers: in.Answers, Skip: in.Skip, After: in.After}))
}

// read moves the read cursor.
func (a *API) read(c call) (any, error) {
	token, err := c.session(a.limits.read)
	if err != nil {
		return nil, err
	}
	var in Read
	if err := web.ReadJSON(c.w, c.r, &in, maxSmall); err != nil {
		return nil, err
	}
	return a.answer(a.Core.Messages.ReadAsUser(c.r.Context(), token, c.r.PathValue("issue"), in.Seq))
}

// empty is the body or the answer of a route that has nothing to say.
type empty struct{}

// typing tells the agents that the user is typing.
func (a *API) typing(c call) (any, error) {
	token, err := c.session(a.limits.typing)
	if err != nil {
		return nil, err
	}
	if err := web.ReadJSON(c.w, c.r, &empty{}, maxSmall); err != nil {
		return nil, err
	}
	return empty{}, a.Core.Messages.TypingAsUser(c.r.Context(), token, c.r.PathValue("issue"))
}

// returned says that a person is at the page that came by a link.
func (a *API) returned(c call) (any, error) {
	token, err := c.session(a.limits.read)
	if err != nil {
		return nil, err
	}
	var in Returned
	if err := web.ReadJSON(c.w, c.r, &in, maxSmall); err != nil {
		return nil, err
	}
	if !isID(in.VisitID) {
		return nil, rejoin.InvalidField("visit_id", "Send the visit_id that came with the answer to the return link.")
	}
	return a.answer(a.Core.Returns.Confirm(c.r.Context(), token, c.r.PathValue("issue"), in.VisitID))
}

// redeem opens what a return link opens.
func (a *API) redeem(c call) (any, error) {
	var in Redeem
	if err := web.ReadJSON(c.w, c.r, &in, maxSmall); err != nil {
		return nil, err
	}
	if err := a.limits.redeem.Allow(a.ipKey(c.r)); err != nil {
		return nil, err
	}
	bearer, _ := c.bearer() // none is fine
	out, err := a.Core.Returns.Redeem(c.r.Context(), core.Redeem{PlatformID: in.PlatformID, Token: in.Token, Session: in.Session, Bearer: bearer,
		LoggedIn: in.LoggedIn})
	return Redeemed{Result: out.Result, IssueID: out.IssueID, VisitID: out.VisitID, Own: out.Own, OriginalState: out.OriginalState, PageURL: out.PageURL}, err
}
