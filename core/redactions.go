package core

import (
	"context"
	"fmt"
	"maps"

	"rejoin"
)

// MaxRedactions is how many messages one request redacts at most.
const MaxRedactions = 100

// Redact takes the text and the files of messages away for good, whoever has written them, read or not, mailed or not. Repeating it does nothing more; where one
// is not there, nothing happens. It returns how many were not redacted yet.
func (s *Programs) Redact(ctx context.Context, a rejoin.Agent, messageIDs []string) (done int, err error) {
	if err := answering(a); err != nil {
		return 0, err
	}
	if err := administer(a); err != nil {
		return 0, err
	}
	messageIDs = unique(messageIDs)
	if len(messageIDs) < 1 || len(messageIDs) > MaxRedactions {
		return 0, rejoin.InvalidField("requests", "Name 1 to %d messages.", MaxRedactions)
	}
	err = s.write(ctx, func(u *unit) error {
		issueOf := map[string]string{}
		for _, id := range messageIDs {
			missing := rejoin.InvalidField("requests", "There is no message %s.", rejoin.Preview(id, 64))
			if !storable(id) {
				return missing
			}
			if issueOf[id], err = u.IssueOfMessage(a.DomainID, id); err != nil {
				if rejoin.CodeOf(err) == rejoin.NotFound {
					return missing
				}
				return err
			}
		}
		done, err = u.redactAll(a, messageIDs, issueOf)
		return err
	})
	return done, err
}

// redactAll redacts messages, issue by issue in the order of their ids.
func (u *unit) redactAll(a rejoin.Agent, ids []string, issueOf map[string]string) (done int, err error) {
	byIssue := map[string][]string{}
	for _, id := range ids {
		byIssue[issueOf[id]] = append(byIssue[issueOf[id]], id)
	}
	for _, issueID := range sortedKeys(byIssue) {
		issue, err := u.agentsIssue(a, issueID)
		if err != nil {
			return done, err
		}
		for _, id := range byIssue[issueID] {
			m, err := u.MessageByID(issueID, id)
			if err != nil {
				return done, err
			}
			if m.Change.Redacted {
				continue
			}
			if err := u.redact(a, &issue, m); err != nil {
				return done, err
			}
			done++
		}
	}
	return done, nil
}

// redact takes a message's text and files away, and what is kept of its text elsewhere. How the issue stands does not change by it; what nobody has read yet is not
// mailed. It saves the issue.
func (u *unit) redact(a rejoin.Agent, i *rejoin.Issue, m rejoin.Message) error {
	text := m.Body
	m.Body, m.Files, m.Change.Redacted = "", nil, true
	m.Change.EditedBy, m.Change.Version = byAgent(a).Name, i.Version+1
	if m.Standing() {
		m.Change.DeletedAt = u.now
	}
	i.ChangedVersion = m.Change.Version
	if err := u.SaveChange(m); err != nil {
		return err
	}
	if err := u.redactDeliveries(i.ID, []string{m.ID}, ""); err != nil {
		return err
	}
	if err := u.forgetAnswer(i.ID, text); err != nil {
		return err
	}
	last, err := u.LastWords(i.ID)
	if err != nil {
		return err
	}
	i.LastOutSeq = last.Outbound
	if err := u.retitle(i, m, text); err != nil {
		return err
	}
	if err := u.preview(i); err != nil {
		return err
	}
	if err := u.event(i, rejoin.EventRedacted, byAgent(a), rejoin.EventData{}); err != nil {
		return err
	}
	if err := u.audit(a, rejoin.MessageRedacted, fmt.Sprintf("#%d, message %d", i.Number, m.Seq)); err != nil {
		return err
	}
	i.UpdatedAt = u.now
	if err := u.rearm(i, takenBack); err != nil {
		return err
	}
	return u.save(i)
}

// forgetAnswer takes the text out of what bots have been answered in the issue.
func (u *unit) forgetAnswer(issueID, text string) error {
	runs, err := u.BotRunsOf(issueID)
	if err != nil || text == "" {
		return err
	}
	for _, run := range runs {
		known := len(run.Answers)
		maps.DeleteFunc(run.Answers, func(_, answer string) bool { return answer == text })
		if len(run.Answers) == known {
			continue
		}
		if err := u.PutBotRun(run); err != nil {
			return err
		}
	}
	return nil
}

// retitle takes the words of a redacted first message out of the title that was made of them.
func (u *unit) retitle(i *rejoin.Issue, m rejoin.Message, text string) error {
	if m.Seq != 1 || i.Title != rejoin.Preview(text, 80) {
		return nil
	}
	i.Title = ""
	return u.SetTitle(i.ID, "")
}

// preview shows the newest message that still stands. The caller saves the issue.
func (u *unit) preview(i *rejoin.Issue) error {
	newest, ok, err := u.NewestStanding(i.ID)
	if err != nil {
		return err
	}
	i.Preview, i.PreviewOrigin = "", rejoin.FromUser
	if ok {
		i.Preview, i.PreviewOrigin = previewOf(newest), newest.Origin
	}
	return nil
}
