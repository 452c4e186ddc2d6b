package core

import (
	"context"

	"rejoin"
	"rejoin/followup"
	"rejoin/store"
)

// FollowUps is the engine that turns decisions into e-mails, and what agents do with it.
//
// Whenever a fact changes, rearm asks for the decision and writes it down: the newest follow-up row says what will happen, and a job
// stands for the moment it will. See handover.go for the sending.
type FollowUps struct{ *env }

const jobFollowUp rejoin.JobKind = "follow_up" // key: issue id

// situation is the decision's input with the rows it came from.
type situation struct {
	store.PolicyFacts
	policy   followup.Policy
	facts    followup.Facts
	span     store.OutboundSpan
	followUp rejoin.FollowUp // the live one; zero if there is none
	newest   int64           // n of the newest one, live or not
}

func (s situation) decide(now rejoin.Millis) followup.Decision {
	return followup.Decide(s.policy, s.facts, now)
}

// situation loads what the decision about the issue depends on.
func (u *unit) situation(i rejoin.Issue) (s situation, err error) {
	if s.PolicyFacts, err = u.PolicyFacts(i); err != nil {
		return s, err
	}
	s.policy = followup.PolicyOf(s.Domain, s.App.Settings.WebChat.FollowUp)
	f, ok, err := u.NewestFollowUp(i.ID)
	if err != nil {
		return s, err
	}
	s.newest = f.N
	if ok && f.State.Live() {
		s.followUp = f
	}
	if after := max(i.UserReadSeq, i.MailedSeq); i.LastOutSeq > after {
		if s.span, err = u.OutboundAfter(i.ID, after); err != nil {
			return s, err
		}
	}
	return s, u.fillFacts(i, &s)
}

func (u *unit) fillFacts(i rejoin.Issue, s *situation) (err error) {
	s.facts = followup.Facts{
		Unread: s.span.Count, Newest: s.span.Newest, Since: u.now, State: i.State, Address: s.User.Email, Source: s.User.EmailSource,
		Suppressed: s.Suppressed, Presence: s.User.Presence, Held: s.followUp.HeldBy != "", SendNow: s.followUp.SendNowBy != "",
		Refusals: s.followUp.Refusals, RetryAt: s.followUp.RetryAt,
	}
	unproved := s.App.Settings.Identity.Required && s.User.EmailSource == rejoin.AssertedEmail // it dates from before signatures were asked for
	if i.FullPrivacy || unproved {                                                             // private: the host page wants no address used in this conversation
		s.facts.Address, s.facts.Source = "", rejoin.NoEmail
	}
	if !s.App.Settings.WebChat.PresenceDetection {
		s.facts.Presence = rejoin.NotCollected // what was known before it was switched off counts no more
	}
	if s.followUp.ID != "" {
		s.facts.Since = s.followUp.CreatedAt
	}
	if s.span.Count == 0 {
		return nil
	}
	s.facts.IssueMails, s.facts.AddressMails, err = u.mailsOf(i, s.facts.Address)
	return err
}

// mailsOf returns when the issue and the address were mailed, as far as the decision asks.
func (u *unit) mailsOf(i rejoin.Issue, address string) (issue, to []rejoin.Millis, err error) {
	if i.MailedSeq > 0 {
		if issue, err = u.IssueMails(i.ID, u.now.Add(-day)); err != nil {
			return nil, nil, err
		}
	}
	if address != "" {
		to, err = u.AddressMails(i.DomainID, address, u.now.Add(-day))
	}
	return issue, to, err
}

// cause says why the decision is asked for: only a message begins a span.
type cause int

const (
	factsChanged cause = iota
	newMessage
	takenBack // a message that was not read
)

// rearm asks for the decision about the issue again and writes it down. The caller saves the issue.
func (u *unit) rearm(i *rejoin.Issue, why cause) error {
	s, err := u.situation(*i)
	if err != nil {
		return err
	}
	f := s.followUp
	if f.State == rejoin.FollowUpHandingOver {
		return nil // an e-mail is on the wire; what came meanwhile is looked at when its answer is known
	}
	s.facts.TakenBack = why == takenBack
	d := s.decide(u.now)
	if f.ID == "" {
		off := d.Reason == rejoin.ReasonFeatureOff || d.Reason == rejoin.ReasonDisabled
		if why != newMessage || s.span.Count == 0 || off {
			return nil
		}
		f = rejoin.FollowUp{ID: newID("fup"), IssueID: i.ID, N: s.newest + 1, DomainID: i.DomainID, CreatedAt: u.now}
	}
	return u.apply(i, f, s, d)
}

// apply writes a decision down that was taken without sending: in the follow-up's row, in the timeline if it is news, and as a job.
func (u *unit) apply(i *rejoin.Issue, f rejoin.FollowUp, s situation, d followup.Decision) error {
	before := f
	if s.span.Count > 0 {
		f.FromSeq, f.ToSeq = s.span.From, s.span.To
	}
	f.Address, f.Reason, f.DueAt, f.UpdatedAt = s.facts.Address, d.Reason, 0, u.now
	switch {
	case d.Action == followup.Wait:
		f.State, f.DueAt = rejoin.FollowUpWaiting, d.Until
	case d.Action == followup.Send:
		f.State, f.DueAt = rejoin.FollowUpWaiting, u.now
	case d.Reason == rejoin.ReasonRead || d.Reason == rejoin.ReasonTakenBack || d.Reason == rejoin.ReasonRejected:
		f.State = rejoin.FollowUpCancelled
	case d.Reason == rejoin.ReasonTooManyTries:
		f.State = rejoin.FollowUpFailed
	default:
		f.State = rejoin.FollowUpSkipped
	}
	if err := u.storeFollowUp(before, f); err != nil {
		return err
	}
	if err := u.schedule(f); err != nil {
		return err
	}
	step := stepOf(before, f)
	if step == "" {
		return nil
	}
	return u.followUpEvent(i, f, step, u.by)
}

func (u *unit) storeFollowUp(before, f rejoin.FollowUp) error {
	if before.State == "" {
		return u.AddFollowUp(f)
	}
	return u.SaveFollowUp(f)
}

// schedule puts the job that looks at the follow-up when it is due, or takes it away.
func (u *unit) schedule(f rejoin.FollowUp) error {
	if f.State == rejoin.FollowUpWaiting && f.DueAt > 0 {
		return u.put(jobFollowUp, f.IssueID, f.DueAt)
	}
	return u.CancelJob(jobFollowUp, f.IssueID)
}

// stepOf names what is new between two versions of a follow-up for the timeline, or returns "" if nothing is.
func stepOf(before, f rejoin.FollowUp) string {
	held := f.State == rejoin.FollowUpWaiting && f.Reason == rejoin.ReasonHeld
	wasHeld := before.State == rejoin.FollowUpWaiting && before.Reason == rejoin.ReasonHeld
	switch {
	case held && !wasHeld:
		return "held"
	case wasHeld && f.State == rejoin.FollowUpWaiting && !held:
		return "released"
	case before.State == "" || f.State != before.State && before.State != rejoin.FollowUpSending:
		return string(f.State)
	case f.State == rejoin.FollowUpWaiting && f.ToSeq > before.ToSeq:
		return "restarted"
	case f.Reason != before.Reason || f.State != before.State:
		return string(f.State)
	}
	return ""
}

func (u *unit) followUpEvent(i *rejoin.Issue, f rejoin.FollowUp, step string, by rejoin.Actor) error {
	data := rejoin.FollowUpStep{ID: f.ID, Step: step, Reason: f.Reason, FromSeq: f.FromSeq, ToSeq: f.ToSeq, DueAt: f.DueAt, Address: f.Address, Response: f.Response}
	if step == "restarted" {
		var err error
		if data.Cause, data.Postponed, err = u.Postponed(f); err != nil {
			return err
		}
	}
	return u.event(i, rejoin.EventFollowUp, by, rejoin.EventData{FollowUp: &data})
}

// SendNow makes the waiting e-mail go out at once, as far as limits and the user's wishes allow.
func (s *FollowUps) SendNow(ctx context.Context, a rejoin.Agent, issueID string) error {
	return s.steer(ctx, a, issueID, rejoin.FactSendNow, func(f *rejoin.FollowUp) { f.SendNowBy, f.HeldBy = a.ID, "" })
}

// Hold keeps the waiting e-mail until an agent releases it or asks for it.
func (s *FollowUps) Hold(ctx context.Context, a rejoin.Agent, issueID string) error {
	return s.steer(ctx, a, issueID, rejoin.FactHeld, func(f *rejoin.FollowUp) { f.HeldBy, f.SendNowBy = a.ID, "" })
}

// Release lets the clock decide again.
func (s *FollowUps) Release(ctx context.Context, a rejoin.Agent, issueID string) error {
	return s.steer(ctx, a, issueID, rejoin.FactReleased, func(f *rejoin.FollowUp) { f.HeldBy = "" })
}

func (s *FollowUps) steer(ctx context.Context, a rejoin.Agent, issueID string, how rejoin.FactKind, change func(*rejoin.FollowUp)) error {
	return s.write(ctx, func(u *unit) error {
		issue, err := u.agentsIssue(a, issueID)
		if err != nil {
			return err
		}
		if err := u.steer(&issue, byAgent(a), how, change); err != nil {
			return err
		}
		return u.save(&issue)
	})
}

// steer changes the issue's waiting follow-up on somebody's behalf. The caller saves the issue.
func (u *unit) steer(i *rejoin.Issue, by rejoin.Actor, how rejoin.FactKind, change func(*rejoin.FollowUp)) error {
	f, ok, err := u.NewestFollowUp(i.ID)
	if err != nil {
		return err
	}
	if !ok || f.State != rejoin.FollowUpWaiting && f.State != rejoin.FollowUpSending {
		return rejoin.Errorf(rejoin.Conflict, "No e-mail is waiting in this conversation.")
	}
	change(&f)
	if err := u.SaveFollowUp(f); err != nil {
		return err
	}
	if err := u.noteIssue(i, how); err != nil {
		return err
	}
	was := u.by
	u.by = by
	err = u.rearm(i, factsChanged)
	u.by = was
	return err
}

const jobPolicy rejoin.JobKind = "policy" // key: app id

// ReviewApp asks for the decision about every live follow-up of an app again, after its settings have changed. It is the handler of a job.
func (s *FollowUps) ReviewApp(ctx context.Context, j rejoin.Job) error {
	if err := (&Presence{s.env}).followSetting(ctx, j.Key); err != nil {
		return err
	}
	after := ""
	for {
		var ids []string
		err := s.read(ctx, func(u *unit) (err error) {
			ids, err = u.LiveFollowUpIssues(j.Key, after, 100)
			return err
		})
		if err != nil || len(ids) == 0 {
			return err
		}
		for _, id := range ids {
			if err := s.review(ctx, id); err != nil {
				return err
			}
		}
		after = ids[len(ids)-1]
	}
}

func (s *FollowUps) review(ctx context.Context, issueID string) error {
	return s.write(ctx, func(u *unit) error {
		issue, err := u.LockIssue(issueID)
		if err != nil {
			return err
		}
		if err := u.rearm(&issue, factsChanged); err != nil {
			return err
		}
		return u.save(&issue)
	})
}
