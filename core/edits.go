package core

import (
	"context"

	"rejoin"
)

// Edit gives an agent's message another text, until the user has read it or it is mailed. An e-mail that waits says the new text. Was is the text that
// the agent began with: if it is another one by now, nothing changes. Repeating it does nothing more.
func (m *Messages) Edit(ctx context.Context, a rejoin.Agent, issueID, messageID, body, was string) error {
	body, err := rejoin.CheckBody(body)
	if err != nil {
		return err
	}
	return m.change(ctx, a, issueID, messageID, func(u *unit, i *rejoin.Issue, msg *rejoin.Message) (bool, error) {
		switch {
		case !msg.Standing():
			return false, rejoin.Errorf(rejoin.Conflict, "%s has taken this message back meanwhile.", someone(msg.Change.EditedBy))
		case msg.Body == body:
			return false, nil
		case msg.Body != was:
			return false, rejoin.Errorf(rejoin.Conflict, "%s has changed this message meanwhile. Look at the new text first.", someone(msg.Change.EditedBy))
		}
		msg.Body = body
		return true, u.changeable(i, *msg)
	})
}

// TakeBack takes an agent's message back, until the user has read it or it is mailed. Its text and its files are gone, its place in the conversation
// stays. Repeating it does nothing more.
func (m *Messages) TakeBack(ctx context.Context, a rejoin.Agent, issueID, messageID string) error {
	return m.change(ctx, a, issueID, messageID, func(u *unit, i *rejoin.Issue, msg *rejoin.Message) (bool, error) {
		if !msg.Standing() {
			return false, nil
		}
		msg.Body, msg.Files, msg.Change.DeletedAt = "", nil, u.now
		return true, u.changeable(i, *msg)
	})
}

// change lets f change a message of the issue, and stores what follows from it if f reports that there is a change.
func (m *Messages) change(ctx context.Context, a rejoin.Agent, issueID, messageID string,
	f func(*unit, *rejoin.Issue, *rejoin.Message) (bool, error)) error {
	return m.write(ctx, func(u *unit) error {
		issue, err := u.agentsIssue(a, issueID)
		if err != nil {
			return err
		}
		msg, err := u.MessageByID(issueID, messageID)
		if err != nil {
			return err
		}
		if msg.Origin != rejoin.FromAgent {
			return rejoin.Errorf(rejoin.Forbidden, "Only what agents have written can be changed.")
		}
		if msg.AuthorID != a.ID && !a.Role.May(rejoin.Supervise) {
			return rejoin.Errorf(rejoin.Forbidden, "Only its author, or a supervisor, can change this message.")
		}
		if changed, err := f(u, &issue, &msg); err != nil || !changed {
			return err
		}
		return u.keepChange(a, &issue, msg)
	})
}

// changeable is a conflict once the user knows the message, or may know it.
func (u *unit) changeable(i *rejoin.Issue, msg rejoin.Message) error {
	if msg.Seq <= i.UserReadSeq {
		user, err := u.User(i.UserID)
		if err != nil {
			return err
		}
		return rejoin.Errorf(rejoin.Conflict, "%s has read this message. Write another one to correct it.", actorName(byUser(user), true))
	}
	if msg.Seq <= i.MailedSeq {
		return rejoin.Errorf(rejoin.Conflict, "This message has been mailed. Write another one to correct it.")
	}
	f, ok, err := u.NewestFollowUp(i.ID)
	if err == nil && ok && f.State == rejoin.FollowUpHandingOver && msg.Seq >= f.FromSeq && msg.Seq <= f.ToSeq {
		err = rejoin.Errorf(rejoin.Conflict, "This message is being mailed right now. Write another one to correct it.")
	}
	return err
}

// keepChange stores a changed message, and what it changes about the issue. An e-mail that is on its way to the mail server is stopped before it is
// handed over: the decision writes the follow-up anew.
func (u *unit) keepChange(a rejoin.Agent, i *rejoin.Issue, msg rejoin.Message) error {
	msg.Change.EditedBy, msg.Change.Version = a.Name, i.Version+1
	i.ChangedVersion = msg.Change.Version
	why := factsChanged
	if msg.Standing() {
		msg.Change.EditedAt = u.now
	} else {
		why = takenBack
	}
	if err := u.SaveChange(msg); err != nil {
		return err
	}
	if why == takenBack {
		if err := u.withdraw(a, i); err != nil {
			return err
		}
	}
	if err := u.preview(i); err != nil {
		return err
	}
	i.UpdatedAt = u.now
	if err := u.rearm(i, why); err != nil {
		return err
	}
	return u.save(i)
}

// withdraw makes the issue stand where it would without the message that was taken back: whoever still waits for an answer is seen to wait.
func (u *unit) withdraw(a rejoin.Agent, i *rejoin.Issue) error {
	last, err := u.LastWords(i.ID)
	if err != nil {
		return err
	}
	i.LastOutSeq = last.Outbound
	if last.Agent == 0 {
		if err := u.ForgetFirstResponse(i.ID); err != nil {
			return err
		}
	}
	if i.State != rejoin.AgentReplied || last.Agent > last.User {
		return nil
	}
	state := rejoin.WaitingForAgent
	if last.Agent == 0 {
		state = rejoin.Issue{State: rejoin.New}.AfterAssign(i.AssigneeID)
	}
	if err := u.setState(i, state, byAgent(a)); err != nil {
		return err
	}
	i.WaitingSince, err = u.WaitingSince(i.ID, last.Agent)
	return err
}

// someone is a name, or a word where there is none: only agents who are known have changed messages, but the first text has no editor.
func someone(name string) string {
	if name == "" {
		return "Somebody"
	}
	return name
}
