package core

import (
	"errors"
	"strings"

	"rejoin"
)

// filled is the action with its placeholders filled in; of a message only the text in the user's language is left.
func (s scene) filled(i rejoin.Issue, a rejoin.Action) rejoin.Action {
	fill := func(text string) string {
		return rejoin.Fill(text, func(name string) (string, bool) { return s.placeholder(i, name) })
	}
	a.Value, a.Note = fill(a.Value), fill(a.Note)
	if a.Text != nil {
		raw := a.Text.Of(s.User.Language)
		a.Text, a.Echo = &rejoin.LocalText{Text: fill(raw)}, rejoin.Echoes(raw)
	}
	return a
}

// doAction performs one action of a rule and returns what was done, in a sentence; nothing if it was so already.
func (u *unit) doAction(i *rejoin.Issue, a rejoin.Action, by rejoin.Actor) (done string, err error) {
	seq, events := i.LastSeq, i.EventCount
	if err := u.perform(i, a, by); err != nil {
		return "", err
	}
	if i.LastSeq == seq && i.EventCount == events && a.Kind != rejoin.DoWebhook {
		return "", nil
	}
	return u.doneWords(i, a)
}

// doneWords says what was done, with the names of whom and what it was done to.
func (u *unit) doneWords(i *rejoin.Issue, a rejoin.Action) (string, error) {
	switch a.Kind {
	case rejoin.DoAssign:
		if a.AgentID == "" {
			return "Took the assignment away", nil
		}
		to, err := u.Agent(a.AgentID)
		return "Assigned to " + to.Name, err
	case rejoin.DoQueue:
		if a.QueueID == "" {
			return "Took out of the queue", nil
		}
		to, err := u.Queue(a.QueueID)
		return "Moved to the queue " + to.Name, err
	case rejoin.DoStartBot:
		b, err := u.Bot(a.BotID)
		return "Started the bot " + b.Name, err
	case rejoin.DoAddTags:
		return "Added " + strings.Join(a.Tags, ", "), nil
	case rejoin.DoRemoveTags:
		return "Removed " + strings.Join(a.Tags, ", "), nil
	case rejoin.DoSetField:
		if a.Value == "" {
			return "Emptied the field " + a.Field, nil
		}
		return "Set the field " + a.Field + " to " + rejoin.Preview(i.Fields[a.Field].Words(), 100), nil
	case rejoin.DoWebhook:
		return "Posts to " + hostOf(a.URL), nil
	}
	return doneTexts[a.Kind], nil
}

var doneTexts = map[rejoin.ActionKind]string{
	rejoin.DoResolve:      "Resolved",
	rejoin.DoReject:       "Rejected",
	rejoin.DoReopen:       "Reopened",
	rejoin.DoMessage:      "Wrote a message",
	rejoin.DoNote:         "Left a note",
	rejoin.DoSendFollowUp: "Sent the follow-up e-mail without waiting",
	rejoin.DoHoldFollowUp: "Held the follow-up e-mail",
}

// failing begins the sentence about an action that could not be done.
func failing(a rejoin.Action) string {
	switch a.Kind {
	case rejoin.DoAddTags, rejoin.DoRemoveTags:
		return "Could not change the tags " + strings.Join(a.Tags, ", ") + "."
	case rejoin.DoSetField:
		return "Could not set the field " + a.Field + "."
	}
	return failingTexts[a.Kind]
}

var failingTexts = map[rejoin.ActionKind]string{
	rejoin.DoAssign:       "Could not assign.",
	rejoin.DoQueue:        "Could not move to the queue.",
	rejoin.DoResolve:      "Could not resolve.",
	rejoin.DoReject:       "Could not reject.",
	rejoin.DoReopen:       "Could not reopen.",
	rejoin.DoMessage:      "Could not write the message.",
	rejoin.DoNote:         "Could not leave the note.",
	rejoin.DoStartBot:     "Could not start the bot.",
	rejoin.DoSendFollowUp: "Could not send the follow-up e-mail.",
	rejoin.DoHoldFollowUp: "Could not hold the follow-up e-mail.",
	rejoin.DoWebhook:      "Could not post.",
}

// textOf is what people may read of an error.
func textOf(err error) string {
	var e *rejoin.Error
	if errors.As(err, &e) {
		return e.Text
	}
	return "Something went wrong on our side."
}

// tell writes an automation's message to the user, in the app's name. It answers nothing: who waits for an agent still waits.
func (u *unit) tell(i *rejoin.Issue, a rejoin.Action, by rejoin.Actor) error {
	if !i.State.Open() {
		return rejoin.Errorf(rejoin.Conflict, "The conversation is %s. Write first, and resolve then.", i.State)
	}
	if a.Text == nil {
		return rejoin.InvalidField("text", "Write what the user reads.")
	}
	user, err := u.User(i.UserID)
	if err != nil {
		return err
	}
	app, err := u.App(i.AppID)
	if err != nil {
		return err
	}
	body, err := rejoin.CheckBody(a.Text.Of(user.Language))
	if err != nil {
		return err
	}
	kind := rejoin.PlainMessage
	if a.Echo {
		kind = rejoin.Echo
	}
	_, _, err = u.say(i, rejoin.Message{ClientID: newID("auto"), Origin: rejoin.FromRule, AuthorID: by.ID, AuthorName: app.Name, Body: body, Kind: kind})
	return err
}

// remark leaves a note for the team.
func (u *unit) remark(i *rejoin.Issue, text string, by rejoin.Actor) error {
	body, err := rejoin.CheckBody(text)
	if err != nil {
		return err
	}
	n := rejoin.Note{ID: newID("note"), IssueID: i.ID, N: i.EventCount + 1, AuthorID: by.ID, ClientID: newID("auto"), Body: body, CreatedAt: u.now}
	if _, err := u.AddNote(n); err != nil {
		return err
	}
	i.UpdatedAt = u.now
	return u.event(i, rejoin.EventNote, by, rejoin.EventData{Note: body, NoteID: n.ID})
}

// steerFor is what an automation does to the waiting follow-up.
func (u *unit) steerFor(i *rejoin.Issue, kind rejoin.ActionKind, by rejoin.Actor) error {
	if kind == rejoin.DoSendFollowUp {
		return u.steer(i, by, rejoin.FactSendNow, func(f *rejoin.FollowUp) { f.SendNowBy, f.HeldBy = by.ID, "" })
	}
	return u.steer(i, by, rejoin.FactHeld, func(f *rejoin.FollowUp) { f.HeldBy, f.SendNowBy = by.ID, "" })
}
