package core

import (
	"strconv"
	"strings"

	"rejoin"
)

// Programs is what programs of the company write, with the REST API. Those with a read-only key may do nothing of it.
type Programs struct{ *env }

// issueID returns the id of the issue that a program names by its id or number.
func (u *unit) issueID(a rejoin.Agent, ref string) (string, error) {
	ref = strings.TrimSpace(ref)
	if n, err := strconv.ParseInt(ref, 10, 64); err == nil {
		return u.IssueByNumber(a.DomainID, n)
	}
	if ref == "" || !storable(ref) {
		return "", rejoin.Errorf(rejoin.NotFound, "There is no such conversation.")
	}
	return ref, nil
}

// programsIssue locks the issue that a program names, for a change.
func (u *unit) programsIssue(a rejoin.Agent, ref string) (rejoin.Issue, error) {
	if err := answering(a); err != nil {
		return rejoin.Issue{}, err
	}
	id, err := u.issueID(a, ref)
	if err != nil {
		return rejoin.Issue{}, err
	}
	return u.agentsIssue(a, id)
}

// publicName is what users read over what the agent writes in the issue: a program speaks for the app, and how its key is called is nobody's business.
func (u *unit) publicName(a rejoin.Agent, i rejoin.Issue) (string, error) {
	if !a.Program {
		return a.PublicName(), nil
	}
	app, err := u.App(i.AppID)
	return app.Name, err
}

// programName is how agents call the program with the key.
func (u *unit) programName(keyID string) (string, error) {
	key, err := u.APIKey(keyID)
	if rejoin.CodeOf(err) == rejoin.NotFound { // it did not come along when the domain moved here
		return "API", nil
	}
	return key.Agent().TeamName(), err
}

// namePrograms names programs as agents know them, over messages that agents read.
func (u *unit) namePrograms(lists ...[]rejoin.Message) error {
	names := map[string]string{}
	for _, list := range lists {
		for n, m := range list {
			if m.Origin != rejoin.FromAgent || !strings.HasPrefix(m.AuthorID, keyIDPrefix) {
				continue
			}
			if names[m.AuthorID] == "" {
				name, err := u.programName(m.AuthorID)
				if err != nil {
					return err
				}
				names[m.AuthorID] = name
			}
			list[n].AuthorName = names[m.AuthorID]
		}
	}
	return nil
}

// WrittenIssue is an issue after a program has written, with what its answer needs.
type WrittenIssue struct {
	Issue    rejoin.Issue
	App      rejoin.App
	User     rejoin.User
	Platform rejoin.PlatformKind
	Assignee rejoin.Agent // zero for nobody
	Queue    rejoin.Queue // zero for none
}

func (u *unit) written(i rejoin.Issue) (w WrittenIssue, err error) {
	w.Issue = i
	if w.App, err = u.App(i.AppID); err != nil {
		return w, err
	}
	if w.User, err = u.User(i.UserID); err != nil {
		return w, err
	}
	platform, err := u.Platform(i.PlatformID)
	if err != nil {
		return w, err
	}
	w.Platform = platform.Kind
	if i.AssigneeID != "" {
		if w.Assignee, err = u.Agent(i.AssigneeID); err != nil {
			return w, err
		}
	}
	if i.QueueID != "" {
		w.Queue, err = u.Queue(i.QueueID)
	}
	return w, err
}

// about gives an error another field: what a program calls it.
func about(field string, err error) error {
	e, ok := err.(*rejoin.Error)
	if !ok || e.Field == "" {
		return err
	}
	return &rejoin.Error{Code: e.Code, Field: field, Text: e.Text, Err: e.Err}
}

// unique drops repetitions, in order.
func unique(list []string) (out []string) {
	seen := make(map[string]bool, len(list)) // a body holds hundreds of thousands
	for _, s := range list {
		if !seen[s] {
			out, seen[s] = append(out, s), true
		}
	}
	return out
}
