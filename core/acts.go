package core

import (
	"slices"

	"rejoin"
)

// perform does one action to the issue on behalf of a bot or an automation. What it says to people is an error of package rejoin with one sentence.
// The caller saves the issue.
func (u *unit) perform(i *rejoin.Issue, a rejoin.Action, by rejoin.Actor) error {
	switch a.Kind {
	case rejoin.DoAssign:
		return u.assign(i, a.AgentID, by)
	case rejoin.DoQueue:
		return u.moveToQueue(i, a.QueueID, by)
	case rejoin.DoAddTags:
		return u.changeTags(i, a.Tags, nil, by)
	case rejoin.DoRemoveTags:
		return u.changeTags(i, nil, a.Tags, by)
	case rejoin.DoSetField:
		return u.fill(i, a.Field, a.Value, by)
	case rejoin.DoResolve, rejoin.DoReject, rejoin.DoReopen:
		return u.moveTo(i, a.Kind, by)
	case rejoin.DoMessage:
		return u.tell(i, a, by)
	case rejoin.DoNote:
		return u.remark(i, a.Note, by)
	case rejoin.DoSendFollowUp, rejoin.DoHoldFollowUp:
		return u.steerFor(i, a.Kind, by)
	case rejoin.DoStartBot:
		return u.startBot(i, a.BotID, by)
	case rejoin.DoWebhook:
		return u.post(i, a.URL, by)
	}
	return rejoin.InvalidField("kind", "There is no action %q.", a.Kind)
}

// fill is setField by the field's key. What is so already stays so.
func (u *unit) fill(i *rejoin.Issue, key, value string, by rejoin.Actor) error {
	known, err := u.CustomFields(i.DomainID)
	if err != nil {
		return err
	}
	n := slices.IndexFunc(known, func(f rejoin.CustomField) bool { return f.Key == key })
	if n < 0 {
		return rejoin.InvalidField("field", "There is no field %q.", rejoin.Preview(key, 64))
	}
	if i.Fields[key].Value == value {
		return nil
	}
	return u.setField(i, known[n], value, by)
}

// moveTo closes or reopens the issue if it is not so already.
func (u *unit) moveTo(i *rejoin.Issue, kind rejoin.ActionKind, by rejoin.Actor) (err error) {
	var to rejoin.IssueState
	switch {
	case kind == rejoin.DoReopen && i.State.Open(), kind == rejoin.DoResolve && i.State == rejoin.Resolved, kind == rejoin.DoReject && i.State == rejoin.Rejected:
		return nil
	case kind == rejoin.DoReopen:
		to, err = i.AfterReopen()
	case kind == rejoin.DoResolve:
		to, err = i.AfterClose(rejoin.Resolved)
	default:
		to, err = i.AfterClose(rejoin.Rejected)
	}
	if err != nil {
		return err
	}
	return u.close(i, to, by)
}

// say writes a message to the user for a bot or an automation: it begins an unread span as an agent's does. It reports false if the same was said before.
// The caller saves the issue.
func (u *unit) say(i *rejoin.Issue, m rejoin.Message) (rejoin.Message, bool, error) {
	m, added, err := u.add(i, m)
	if err != nil || !added {
		return m, added, err
	}
	return m, true, u.rearm(i, newMessage)
}
