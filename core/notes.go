package core

import (
	"context"

	"rejoin"
)

// Note writes a private note into the issue's timeline. Users never see it. Repeating it with the same clientID does nothing more.
func (m *Messages) Note(ctx context.Context, a rejoin.Agent, issueID, clientID, body string) error {
	clientID, err := rejoin.CheckClientID(clientID)
	if err != nil {
		return err
	}
	if body, err = rejoin.CheckBody(body); err != nil {
		return err
	}
	return m.write(ctx, func(u *unit) error {
		issue, err := u.agentsIssue(a, issueID)
		if err != nil {
			return err
		}
		n, added, err := u.noteAsAgent(a, &issue, clientID, body)
		if err != nil {
			return err
		}
		if !added {
			return u.notedBefore(n)
		}
		return u.save(&issue)
	})
}

// noteAsAgent writes a note of the agent, or reports false if they have used the clientID before. The caller saves the issue.
func (u *unit) noteAsAgent(a rejoin.Agent, i *rejoin.Issue, clientID, body string) (rejoin.Note, bool, error) {
	n := rejoin.Note{ID: newID("note"), IssueID: i.ID, N: i.EventCount + 1, AuthorID: a.ID, ClientID: clientID, Body: body, CreatedAt: u.now}
	added, err := u.AddNote(n)
	if err != nil || !added {
		return n, false, err
	}
	i.UpdatedAt = u.now
	return n, true, u.event(i, rejoin.EventNote, byAgent(a), rejoin.EventData{Note: body, NoteID: n.ID})
}

// notedBefore is nil if the agent has written the same note with the client_id.
func (u *unit) notedBefore(n rejoin.Note) error {
	first, err := u.NoteByClientID(n.AuthorID, n.ClientID)
	if err == nil && (first.IssueID != n.IssueID || first.Body != n.Body) {
		return &rejoin.Error{Code: rejoin.Conflict, Field: "client_id", Text: "This client_id belongs to another note. Make a new one for each note."}
	}
	return err
}
