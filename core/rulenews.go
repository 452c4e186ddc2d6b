package core

import (
	"slices"

	"rejoin"
	"rejoin/automation"
	"rejoin/store"
)

// newsLimit bounds how many messages, and how many events, are looked at for news.
const newsLimit = 200

// ruleNews is the newest that happened to an issue which no automation has done, nor a bot that one has started (reference §9, decision 11).
type ruleNews struct {
	automation.Place
	At rejoin.Millis
}

func (n ruleNews) some() bool { return n.At > 0 }

// newest returns what is new after the place. That the issue began is no news about it.
func (u *unit) newest(i rejoin.Issue, after automation.Place) (n ruleNews, err error) {
	messages, err := u.Bylines(i.ID, max(after.Seq, 1), newsLimit)
	if err != nil {
		return n, err
	}
	events, err := u.EventsAfter(i.ID, after.N, newsLimit)
	if err != nil {
		return n, err
	}
	j := newsJudge{unit: u, issueID: i.ID}
	for _, m := range messages { // newest first
		if counts, err := j.message(m); err != nil || counts {
			n.Seq, n.At = m.Seq, m.CreatedAt
			if err != nil {
				return n, err
			}
			break
		}
	}
	for _, e := range slices.Backward(events) {
		if counts, err := j.event(e); err != nil || counts {
			n.N, n.At = e.N, max(n.At, e.CreatedAt)
			return n, err
		}
	}
	return n, nil
}

// newsJudge tells people's doings from those of automations.
type newsJudge struct {
	*unit
	issueID string
	runs    []rejoin.BotRun // nil until they are needed
}

// message reports whether the message counts. The Identity Bot's questions are answers to the first message, and so no news.
func (j *newsJudge) message(m store.Byline) (bool, error) {
	switch m.Origin {
	case rejoin.FromUser, rejoin.FromAgent:
		return true, nil
	case rejoin.FromBot:
		byRule, err := j.startedByRule(m.AuthorID, m.CreatedAt)
		return !byRule && m.AuthorID != botID, err
	}
	return false, nil
}

// event reports whether the event counts. What the system does counts as what it follows from: an e-mail as the messages it is about, the assignment by a
// queue as how the issue came there.
func (j *newsJudge) event(e rejoin.Event) (bool, error) {
	switch {
	case e.Kind == rejoin.EventCreated || e.Kind == rejoin.EventRule:
		return false, nil
	case e.Actor.Kind == rejoin.ByUser || e.Actor.Kind == rejoin.ByAgent || e.Actor.Kind == rejoin.ByAPI:
		return true, nil
	case e.Actor.Kind == rejoin.ByBot:
		byRule, err := j.startedByRule(e.Actor.ID, e.CreatedAt)
		return !byRule, err
	case e.Actor.Kind == rejoin.ByRule:
		return false, nil
	case e.Kind == rejoin.EventFollowUp && e.Data.FollowUp != nil:
		return j.about(*e.Data.FollowUp)
	}
	return j.routed(e)
}

// about reports whether one of the messages that a follow-up is about counts.
func (j *newsJudge) about(f rejoin.FollowUpStep) (bool, error) {
	list, err := j.Bylines(j.issueID, f.FromSeq-1, newsLimit)
	for _, m := range list {
		if m.Seq > f.ToSeq {
			continue
		}
		if counts, err := j.message(m); err != nil || counts {
			return counts, err
		}
	}
	return false, err
}

// routed reports whether what the issue's way before the event follows from counts.
func (j *newsJudge) routed(e rejoin.Event) (bool, error) {
	list, err := j.EventsBefore(j.issueID, e.N, newsLimit)
	for _, before := range slices.Backward(list) {
		if before.Actor.Kind == rejoin.BySystem {
			continue
		}
		switch before.Kind {
		case rejoin.EventCreated:
			return true, nil
		case rejoin.EventQueued, rejoin.EventAssigned, rejoin.EventStateChanged:
			return j.event(before)
		}
	}
	return true, err
}

// startedByRule reports whether the bot's work at the moment goes back to an automation, maybe by way of other bots.
func (j *newsJudge) startedByRule(bot string, at rejoin.Millis) (bool, error) {
	if j.runs == nil {
		var err error
		if j.runs, err = j.BotRuns(j.issueID); err != nil {
			return false, err
		}
	}
	for n := len(j.runs) - 1; n >= 0; n-- {
		r := j.runs[n]
		if r.BotID != bot || r.StartedAt > at {
			continue
		}
		if r.StartedBy.Kind != rejoin.ByBot {
			return r.StartedBy.Kind == rejoin.ByRule, nil
		}
		bot, at = r.StartedBy.ID, r.StartedAt // handed over: look at the one before
	}
	return false, nil
}
