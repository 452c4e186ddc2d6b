package restapi

import (
	"html"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"rejoin"
	"rejoin/core"
	"rejoin/web"
	"rejoin/webhook"
)

// issues is what programs read of conversations.
type issues struct{ *API }

func (a issues) routes() []route {
	return []route{
		{web.Operation{Pattern: "GET /v1/{domain}/issues", Name: "listIssues", Group: "Issues", Query: slices.Concat(listParams, includeParams), Out: IssueList{},
			Says: "A page of the domain's issues. All filters that are given must match. To read everything and stay up to date, sort upwards by update-time and move updated_since to the newest updated_at you have."}, a.list},
		{web.Operation{Pattern: "GET /v1/{domain}/issues/{issue}", Name: "getIssue", Group: "Issues", Query: includeParams, Out: IssueList{},
			Says: "One issue by its number, in the envelope of a list and with everything that there is."}, a.get},
	}
}

var listParams = []web.Parameter{
	{Name: "page", Kind: web.Number, Says: "From 1; page × page-size is at most 50,000.", Example: "1"},
	{Name: "page-size", Kind: web.Number, Says: "Issues of a page: 1 to 1,000, without it 100. Messages of a page have at most 32 MB of text.", Example: "100"},
	{Name: "next-key", Says: "From the page before, instead of page: as many pages as there are, and none slower than the first."},
	{Name: "sort-by", Values: []string{"creation-time", "update-time"}, Says: "Without it creation-time."},
	{Name: "sort-order", Values: []string{"asc", "desc"}, Says: "Without it desc: the newest first."},
	{Name: "ids", Kind: web.List, Says: "Numbers of issues, at most 1,000."},
	{Name: "state", Kind: web.List, Says: "new, new-for-agent, agent-replied, waiting-for-agent, resolved, rejected; open for the first four. pending-reassignment is understood; nothing has it.", Example: "new,waiting-for-agent"},
	{Name: "created_since", Kind: web.Number, Says: "Made at this moment or later, in milliseconds."},
	{Name: "created_until", Kind: web.Number, Says: "Made at this moment or before."},
	{Name: "updated_since", Kind: web.Number, Says: "Changed at this moment or later.", Example: "1700000000000"},
	{Name: "updated_until", Kind: web.Number, Says: "Changed last at this moment or before."},
	{Name: "app-ids", Kind: web.List, Says: "Apps by id or publish id."},
	{Name: "platform-types", Kind: web.List, Says: "web, ios, android."},
	{Name: "tags", Kind: web.Object, Says: "Which tags it carries: and all, or any, nor none; exists true or false.", Example: `{"or":["vip","urgent"],"nor":["spam"]}`},
	{Name: "languages", Kind: web.Object, Says: "The user's language, likewise; en also matches en-GB.", Example: `{"or":["en","de"]}`},
	{Name: "notes", Kind: web.Object, Says: "Texts that a private note contains, likewise."},
	{Name: "feedback-comment", Kind: web.Object, Says: "Texts that the comment of the rating contains, likewise."},
	{Name: "feedback-rating", Kind: web.Object, Says: "Compared by is, is_not, is_greater_than, is_smaller_than and is_set, joined by and, or and nor.", Example: `{"and":[{"is_greater_than":"3"}]}`},
	{Name: "custom_fields", Kind: web.Object, Says: "By type, joined by and, or and nor, by key, by operator.", Example: `{"number":{"and":{"order":{"is_greater_than":"3"}}}}`},
	{Name: "author_emails", Kind: web.List, Says: "Addresses of users."},
	{Name: "end-user-ids", Kind: web.List, Says: "Users: hs_user_id, or your own id of them."},
	{Name: "assignee_emails", Kind: web.List, Says: "Addresses of agents, or unassigned."},
	{Name: "queue_ids", Kind: web.List, Says: "Queues, or none."},
	{Name: "issue_modes", Kind: web.List, Says: "Understood, and without effect: there is one mode."},
}

var includeParams = []web.Parameter{
	{Name: "includes", Kind: web.List, Says: "What comes along: meta, custom_fields, feedback, private_notes. Of a list, nothing of it does by itself; with a single issue everything.", Example: `["meta","custom_fields"]`},
	{Name: "excludes", Kind: web.List, Says: "What does not: the same, and messages."},
}

// partNames is what includes and excludes name.
var partNames = []string{"meta", "custom_fields", "feedback", "private_notes", "messages"}

// partsOf reads what comes along, beginning with what does by itself.
func (c call) partsOf(without []string) (with map[string]bool, err error) {
	with = map[string]bool{}
	for _, name := range without {
		with[name] = true
	}
	for _, param := range [...]string{"includes", "excludes"} {
		list, err := c.params.list(param)
		if err != nil {
			return nil, err
		}
		for _, s := range list {
			name := normal(s)
			if !slices.Contains(partNames, name) {
				return nil, rejoin.InvalidField(param, "%s names %s; %q is none of them.", param, strings.Join(partNames, ", "), rejoin.Preview(s, 40))
			}
			with[name] = param == "includes"
		}
	}
	return with, nil
}

func (a issues) list(c call) (any, error) {
	q, err := c.catalogueQuery()
	if err != nil {
		return nil, err
	}
	with, err := c.partsOf([]string{"messages"})
	if err != nil {
		return nil, err
	}
	q.CatalogueParts = core.CatalogueParts{Messages: with["messages"], Notes: with["private_notes"]}
	p, err := a.Core.Catalogue.Issues(c.r.Context(), c.agent, q)
	if err != nil {
		return nil, err
	}
	if p.Next != "" {
		c.w.Header().Set("Link", "<"+a.nextURL(c, p)+`>; rel="next"`)
	}
	return a.pageOf(c, q, p, with), nil
}

func (a issues) get(c call) (any, error) {
	with, err := c.partsOf(partNames)
	if err != nil {
		return nil, err
	}
	p, err := a.Core.Catalogue.Issue(c.r.Context(), c.agent, c.r.PathValue("issue"), core.CatalogueParts{Messages: with["messages"], Notes: with["private_notes"]})
	if err != nil {
		return nil, err
	}
	return a.pageOf(c, core.CatalogueQuery{Page: 1, Size: 1}, p, with), nil
}

// nextURL is the address of the next page. It goes by the key: pages that are counted lose issues that change places while somebody reads.
func (a issues) nextURL(c call, p core.CataloguePage) string {
	next := url.Values{"next-key": {p.Next}}
	for key, list := range c.r.URL.Query() {
		if n := normal(key); n != "page" && n != "next_key" {
			next[key] = list
		}
	}
	return a.PublicURL + "/v1/" + c.r.PathValue("domain") + "/issues?" + next.Encode()
}

func (a issues) pageOf(c call, q core.CatalogueQuery, p core.CataloguePage, with map[string]bool) IssueList {
	out := IssueList{Issues: make([]Issue, len(p.Issues)), PageSize: q.Size, NextKey: p.Next}
	if q.Key == "" {
		pages := (p.Total + q.Size - 1) / q.Size
		out.Page, out.TotalHits, out.TotalPages = q.Page, &p.Total, &pages
	}
	for n, e := range p.Issues {
		out.Issues[n] = a.issueOf(c.r.PathValue("domain"), p, e, with)
	}
	return out
}

func (a issues) issueOf(domain string, p core.CataloguePage, e core.CatalogueEntry, with map[string]bool) Issue {
	i, app := e.Issue, p.Apps[e.Issue.AppID]
	out := Issue{ID: i.Number, Domain: domain, AppID: i.AppID, AppPublishID: strconv.FormatInt(app.Number, 10), PlatformType: e.Platform, Title: i.Title,
		Tags: append([]string{}, i.Tags...), Language: e.User.Language, AuthorName: e.User.Name, AuthorEmail: e.User.Email, HSUserID: i.UserID,
		AssigneeID: "unassigned", CreatedAt: i.CreatedAt, UpdatedAt: i.UpdatedAt, Redacted: e.Redacted,
		StateData: webhook.StateData{State: i.State, ChangedAt: i.StateChangedAt}}
	if i.AssigneeID != "" {
		out.AssigneeID, out.AssigneeName = i.AssigneeID, &e.Assignee
	}
	if i.QueueID != "" {
		out.Queue = &webhook.Ref{ID: i.QueueID, Name: e.Queue}
	}
	if with["messages"] {
		out.Messages = make([]IssueMessage, len(e.Messages))
		for n, m := range e.Messages {
			by := webhook.UserAuthor(e.User)
			if m.Origin.Outbound() {
				by = webhook.CompanyAuthor(m, p.Emails[m.AuthorID])
			}
			out.Messages[n] = IssueMessage{webhook.MessageOf(i.Title, m, by, a.fileURL), m.Change.Redacted}
		}
	}
	out.IssueExtras = extrasOf(p, e, with)
	return out
}

func extrasOf(p core.CataloguePage, e core.CatalogueEntry, with map[string]bool) (x IssueExtras) {
	i := e.Issue
	if with["meta"] {
		x.Meta = webhook.MetaOf(i.Meta, e.Platform, e.User.ExternalID)
	}
	if with["custom_fields"] {
		x.CustomFields = webhook.APIFieldsOf(i.Fields)
	}
	if with["feedback"] {
		x.FeedbackRating, x.FeedbackComment = i.Ending.Rating, i.Ending.Comment
	}
	if with["private_notes"] {
		x.PrivateNotes = make([]webhook.Note, len(e.Notes))
		for n, note := range e.Notes {
			x.PrivateNotes[n] = webhook.Note{Author: webhook.NoteAuthor(note.AuthorID, note.Author, p.Emails[note.AuthorID]), Body: html.EscapeString(note.Body),
				CreatedAt: note.CreatedAt, ID: note.ID}
		}
	}
	return x
}
