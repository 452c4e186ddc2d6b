package restapi

import (
	"slices"
	"strings"

	"rejoin"
	"rejoin/core"
)

// catalogueQuery reads which issues a program asks for.
func (c call) catalogueQuery() (q core.CatalogueQuery, err error) {
	if q.Page, err = c.number("page", 1, 1, rejoin.MaxListed); err != nil {
		return q, err
	}
	if q.Size, err = c.number("page-size", 100, 1, rejoin.MaxListPage); err != nil {
		return q, err
	}
	q.Key = strings.TrimSpace(c.text("next-key"))
	by, err := c.word("sort-by", "creation-time", "update-time", "created-at", "updated-at")
	if err != nil {
		return q, err
	}
	q.ByUpdate = strings.HasPrefix(by, "update")
	order, err := c.word("sort-order", "desc", "asc")
	if err != nil {
		return q, err
	}
	q.Upwards = order == "asc"
	for _, read := range [...]func(*rejoin.IssueList) error{c.lists, c.states, c.platforms, c.moments, c.choices} {
		if err := read(&q.List); err != nil {
			return q, err
		}
	}
	return q, nil
}

// word is one of the words, in any spelling; the first one if none is given.
func (c call) word(name string, words ...string) (string, error) {
	text := strings.ReplaceAll(normal(strings.TrimSpace(c.text(name))), "_", "-")
	if text == "" {
		return words[0], nil
	}
	if !slices.Contains(words, text) {
		return "", rejoin.InvalidField(name, "%s is %s.", name, strings.Join(words[:2], " or "))
	}
	return text, nil
}

func (c call) lists(l *rejoin.IssueList) error {
	for _, p := range [...]struct {
		name string
		list *[]string
	}{{"ids", &l.IDs}, {"app-ids", &l.Apps}, {"queue_ids", &l.Queues}, {"end-user-ids", &l.Users}, {"author_emails", &l.AuthorEmails},
		{"assignee_emails", &l.AssigneeEmails}} {
		list, err := c.params.list(p.name)
		if err != nil {
			return err
		}
		if strings.HasSuffix(p.name, "emails") {
			for n, s := range list {
				list[n] = strings.ToLower(strings.TrimSpace(s))
			}
		}
		*p.list = list
	}
	for n, s := range l.AssigneeEmails {
		if s == "unassigned" {
			l.AssigneeEmails[n] = rejoin.AssignedToNobody
		}
	}
	return nil
}

// issueStates are the states by which programs choose; the last one is the reference's only.
var issueStates = []rejoin.IssueState{rejoin.New, rejoin.NewForAgent, rejoin.AgentReplied, rejoin.WaitingForAgent, rejoin.Resolved, rejoin.Rejected, "pending-reassignment"}

func (c call) states(l *rejoin.IssueList) error {
	list, err := c.params.list("state")
	if err != nil {
		return err
	}
	for _, s := range list {
		state := rejoin.IssueState(strings.ReplaceAll(normal(s), "_", "-"))
		switch {
		case state == "open":
			l.States = append(l.States, issueStates[:4]...)
		case slices.Contains(issueStates, state):
			l.States = append(l.States, state)
		default:
			return rejoin.InvalidField("state", "The states are new, new-for-agent, agent-replied, waiting-for-agent, resolved and rejected, and open for the first four; %q is none of them.",
				rejoin.Preview(s, 40))
		}
	}
	slices.Sort(l.States)
	l.States = slices.Compact(l.States)
	return nil
}

func (c call) platforms(l *rejoin.IssueList) error {
	list, err := c.params.list("platform-types")
	for _, s := range list {
		kind := rejoin.PlatformKind(strings.ToLower(s))
		if !slices.Contains(rejoin.PlatformKinds[:], kind) {
			return rejoin.InvalidField("platform-types", "The platforms are web, ios and android; %q is none of them.", rejoin.Preview(s, 40))
		}
		l.Platforms = append(l.Platforms, kind)
	}
	return err
}

func (c call) moments(l *rejoin.IssueList) (err error) {
	for _, p := range [...]struct {
		name string
		at   *rejoin.Millis
	}{{"created_since", &l.Created.From}, {"created_until", &l.Created.Until}, {"updated_since", &l.Updated.From}, {"updated_until", &l.Updated.Until}} {
		if *p.at, err = c.millis(p.name); err != nil {
			return err
		}
	}
	return nil
}

func (c call) choices(l *rejoin.IssueList) (err error) {
	for _, p := range [...]struct {
		name   string
		choice *rejoin.Choice
	}{{"tags", &l.Tags}, {"languages", &l.Languages}, {"notes", &l.Notes}, {"feedback-comment", &l.Comment}} {
		if text := strings.TrimSpace(c.text(p.name)); text != "" {
			if *p.choice, err = parseChoice(p.name, text); err != nil {
				return err
			}
		}
	}
	if text := strings.TrimSpace(c.text("feedback-rating")); text != "" {
		if l.Rating, err = parseRating(text); err != nil {
			return err
		}
	}
	if text := strings.TrimSpace(c.text("custom_fields")); text != "" {
		l.Fields, err = parseFields(text)
	}
	return err
}
