package core

import (
	"context"
	"errors"
	"unicode/utf8"

	"rejoin"
)

// Endings is what happens after an agent has resolved an issue: the resolution question and the rating (reference §6).
type Endings struct{ *env }

// AcceptedBody is what an accepted resolution stands in the conversation as.
const AcceptedBody = "Accepted the solution"

// maxComment is the longest comment to a rating, in characters.
const maxComment = 1000

// closed is how the issue's end begins once an agent has closed it.
func closed(to rejoin.IssueState, s rejoin.WebChatSettings) rejoin.Closing {
	switch {
	case to == rejoin.Resolved && s.ResolutionQuestion:
		return rejoin.AskHelped
	case to == rejoin.Resolved && s.CSAT:
		return rejoin.AskRating
	}
	return rejoin.Ended
}

// Answer is the user's answer to the resolution question.
type Answer struct {
	ClientID string // of the message that a yes becomes
	Accepted bool
}

// Resolve takes the answer to whether a resolved issue really is. A repeat changes nothing.
func (s *Endings) Resolve(ctx context.Context, token, issueID string, in Answer) (up Update, err error) {
	if in.ClientID, err = rejoin.CheckClientID(in.ClientID); err != nil {
		return up, err
	}
	err = s.write(ctx, func(u *unit) error {
		session, issue, err := u.visitorsIssue(token, issueID)
		if err != nil {
			return err
		}
		if issue.Ending.Closing == rejoin.AskHelped {
			if err := u.answerHelped(&issue, session, in); err != nil {
				return err
			}
		} else if !answered(issue.Ending.Closing, in.Accepted) {
			return rejoin.Errorf(rejoin.Conflict, "This conversation does not ask whether it helped.")
		}
		up, err = u.update(issue, Cursor{Seq: max(0, issue.LastSeq-1)})
		return err
	})
	return up, err
}

// answered reports whether the question was answered so before.
func answered(c rejoin.Closing, accepted bool) bool {
	return !accepted && c == rejoin.Declined || accepted && (c == rejoin.AskRating || c == rejoin.Ended)
}

func (u *unit) answerHelped(i *rejoin.Issue, s rejoin.UserSession, in Answer) error {
	app, err := u.App(i.AppID)
	if err != nil {
		return err
	}
	by := rejoin.Actor{Kind: rejoin.ByUser, ID: s.UserID}
	switch {
	case !in.Accepted:
		i.Ending.Closing = rejoin.Declined
	case app.Settings.WebChat.CSAT:
		i.Ending.Closing = rejoin.AskRating
	default:
		i.Ending.Closing = rejoin.Ended
	}
	if in.Accepted {
		_, added, err := u.add(i, rejoin.Message{ClientID: in.ClientID, Origin: rejoin.FromUser, AuthorID: s.UserID, Body: AcceptedBody, Kind: rejoin.Accepted})
		if err != nil {
			return err
		}
		if !added {
			return reusedClientID()
		}
		if err := u.markReplied(i, by); err != nil {
			return err
		}
	}
	if err := u.event(i, rejoin.EventResolution, by, rejoin.EventData{Accepted: in.Accepted}); err != nil {
		return err
	}
	if in.Accepted {
		if err := u.beginFeedback(i, app); err != nil {
			return err
		}
	}
	return u.save(i)
}

// beginFeedback lets the app's feedback bot ask how it was, instead of the stars: as long as it does, the conversation asks for a rating. Where it cannot
// begin, things stay as they are. The caller saves the issue.
func (u *unit) beginFeedback(i *rejoin.Issue, app rejoin.App) error {
	id := app.Settings.FeedbackBotID
	if id == "" {
		return nil
	}
	if _, err := u.startableBot(i.DomainID, id, rejoin.FeedbackBot); err != nil {
		var refused *rejoin.Error
		if errors.As(err, &refused) {
			return nil
		}
		return err
	}
	i.Ending.Closing = rejoin.AskRating
	return u.beginBot(i, id, rejoin.FeedbackBot, bySystem, 0)
}

// Rating is what the user thinks of the help they got.
type Rating struct {
	Stars   int // 1 to 5; 0 is "not now"
	Comment string
}

// Rate takes the rating, which ends the conversation and takes the place of an earlier one. A comment counts without stars, too. A repeat changes nothing.
func (s *Endings) Rate(ctx context.Context, token, issueID string, in Rating) (up Update, err error) {
	if in.Stars < 0 || in.Stars > 5 {
		return up, rejoin.InvalidField("rating", "A rating is 1 to 5 stars, or 0 for none.")
	}
	if in.Comment, err = checkComment(in.Comment); err != nil {
		return up, err
	}
	err = s.write(ctx, func(u *unit) error {
		session, issue, err := u.visitorsIssue(token, issueID)
		if err != nil {
			return err
		}
		switch e := issue.Ending; {
		case e.Closing == rejoin.AskRating:
			if err := u.rate(&issue, session, in); err != nil {
				return err
			}
		case e.Closing != rejoin.Ended || in.Stars > 0 && e.Rating != in.Stars:
			return rejoin.Errorf(rejoin.Conflict, "This conversation does not ask for a rating.")
		}
		up, err = u.update(issue, Cursor{Seq: issue.LastSeq})
		return err
	})
	return up, err
}

func checkComment(raw string) (string, error) {
	if raw == "" {
		return "", nil
	}
	body, err := rejoin.CheckBody(raw)
	if err != nil || utf8.RuneCountInString(body) > maxComment {
		return "", rejoin.InvalidField("comment", "A comment is a text of at most %d characters.", maxComment)
	}
	return body, nil
}

func (u *unit) rate(i *rejoin.Issue, s rejoin.UserSession, in Rating) error {
	if err := u.stopBot(i, rejoin.Actor{Kind: rejoin.ByUser, ID: s.UserID}); err != nil {
		return err
	}
	i.Ending.Closing = rejoin.Ended
	if in.Stars > 0 || in.Comment != "" {
		i.Ending.Rating, i.Ending.Comment, i.Ending.RatedAt = in.Stars, in.Comment, u.now
		by := rejoin.Actor{Kind: rejoin.ByUser, ID: s.UserID}
		if err := u.event(i, rejoin.EventFeedback, by, rejoin.EventData{Rating: in.Stars, Comment: in.Comment}); err != nil {
			return err
		}
	}
	return u.save(i)
}
