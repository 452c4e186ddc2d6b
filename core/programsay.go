package core

import (
	"context"

	"rejoin"
)

// ProgramSay is what a program writes into an issue.
type ProgramSay struct {
	Once  Once
	Body  string
	Files []string // of a message: ids of files that the program has uploaded
}

// said is what a repeated message or note returns.
type said struct{ IssueID, ID string }

// Write adds a message to the user, in the name of the app.
func (s *Programs) Write(ctx context.Context, a rejoin.Agent, ref string, in ProgramSay) (i rejoin.Issue, m rejoin.Message, err error) {
	checked, err := checkSend(UserSend{ClientID: newID("api"), Body: in.Body, Attachments: in.Files})
	if err != nil {
		if e, ok := err.(*rejoin.Error); ok && e.Field == "attachments" {
			return i, m, about("attachment", err)
		}
		return i, m, about("message-body", err)
	}
	err = s.write(ctx, func(u *unit) error {
		done, err := once(u, a, in.Once, func() (said, error) {
			issue, err := u.programsIssue(a, ref)
			if err != nil {
				return said{}, err
			}
			msg, _, err := u.sayAsAgent(a, &issue, checked, 0)
			if err != nil {
				return said{}, about("attachment", err)
			}
			return said{issue.ID, msg.ID}, u.save(&issue)
		})
		if err != nil {
			return err
		}
		if i, err = u.Issue(done.IssueID); err == nil {
			m, err = u.MessageByID(done.IssueID, done.ID)
		}
		return err
	})
	return i, m, err
}

// Note writes a private note.
func (s *Programs) Note(ctx context.Context, a rejoin.Agent, ref string, in ProgramSay) (n rejoin.Note, err error) {
	body, err := rejoin.CheckBody(in.Body)
	if err != nil {
		return n, about("note-text", err)
	}
	clientID := newID("api")
	err = s.write(ctx, func(u *unit) error {
		done, err := once(u, a, in.Once, func() (said, error) {
			issue, err := u.programsIssue(a, ref)
			if err != nil {
				return said{}, err
			}
			n, _, err := u.noteAsAgent(a, &issue, clientID, body)
			if err != nil {
				return said{}, err
			}
			return said{issue.ID, n.ID}, u.save(&issue)
		})
		if err != nil {
			return err
		}
		n, err = u.Tx.Note(done.IssueID, done.ID)
		return err
	})
	return n, err
}
