package core

import (
	"context"
	"strings"
	"time"

	"rejoin"
	"rejoin/jobs"
	"rejoin/store"
)

// Upkeep is what an installation does for itself, and the work it gave up.
type Upkeep struct{ *env }

const (
	jobUpkeep      rejoin.JobKind = "upkeep" // key: empty
	deadShown                     = 200
	keepEnded                     = 90 * day  // so long somebody may still be told that a link has expired
	keepLinks                     = 30 * day  // so long an invitation that has expired can still be sent again
	keepDeliveries                = 30 * day  // webhooks' log, and what waits for them
	keepPresences                 = 120 * day // longer than the simulator looks back
	callsAtOnce                   = 8         // of each kind of job that waits for customers' programs: one that hangs must not keep e-mails waiting
)

// Run forgets what has ended and comes back in a day. It is the handler of a job.
func (k *Upkeep) Run(ctx context.Context, _ rejoin.Job) error {
	if err := k.deliveries(ctx); err != nil {
		return err
	}
	return k.write(ctx, func(u *unit) error {
		if err := u.DropAgentSessions(u.now); err != nil {
			return err
		}
		if err := u.DropAgentTokens(u.now.Add(-keepLinks)); err != nil {
			return err
		}
		if err := u.DropEnded(u.now.Add(-keepEnded)); err != nil {
			return err
		}
		if err := u.DropChatLinks(u.now); err != nil {
			return err
		}
		if err := u.DropAnswers(u.now.Add(-keepAnswers)); err != nil {
			return err
		}
		if err := u.DropPresences(u.now.Add(-keepPresences)); err != nil {
			return err
		}
		return u.put(jobUpkeep, "", u.now.Add(day))
	})
}

// deliveries forgets the webhooks' old log, a little at a time, and what has waited too long.
func (k *Upkeep) deliveries(ctx context.Context) error {
	for left := true; left; {
		err := k.write(ctx, func(u *unit) error {
			n, err := u.DropLog(u.now.Add(-keepDeliveries), dropBatch)
			left = n == dropBatch
			return err
		})
		if err != nil {
			return err
		}
	}
	return k.write(ctx, func(u *unit) error {
		if err := u.DropOverdue(u.now.Add(-keepDeliveries), u.now); err != nil {
			return err
		}
		pending, err := u.Pending(u.now)
		for _, id := range pending { // also what an overdue one has let go
			if err == nil {
				err = u.pumpBy(id, u.now)
			}
		}
		return err
	})
}

// Begin makes sure that upkeep is planned, and the removal of files that were never sent.
func (k *Upkeep) Begin(ctx context.Context) error {
	return k.write(ctx, func(u *unit) error {
		if err := u.put(jobUnsent, "", u.now.Add(time.Minute)); err != nil {
			return err
		}
		return u.put(jobUpkeep, "", u.now.Add(time.Minute))
	})
}

// Dead returns the newest work that was given up, for administrators.
func (k *Upkeep) Dead(ctx context.Context, a rejoin.Agent) (list []store.DeadJob, err error) {
	if err := administer(a); err != nil {
		return nil, err
	}
	err = k.read(ctx, func(u *unit) error {
		all, err := u.DeadJobs(deadShown)
		for _, j := range all {
			if u.ownsJob(a, j) {
				list = append(list, j)
			}
		}
		return err
	})
	return list, err
}

// ownsJob reports whether the job is about something of the agent's domain, or about the installation as a whole.
func (u *unit) ownsJob(a rejoin.Agent, j store.DeadJob) bool {
	switch j.Kind {
	case jobFollowUp, jobBotCall, jobBot:
		i, err := u.Issue(j.Key)
		return err == nil && i.DomainID == a.DomainID
	case jobQueue, jobQueueGone:
		q, err := u.Queue(j.Key)
		return err == nil && q.DomainID == a.DomainID
	case jobRules, jobRuleTimer, jobRuleWebhook:
		i, err := u.Issue(issueOfHook(j.Key))
		return err == nil && i.DomainID == a.DomainID
	case jobWebhookNews:
		i, err := u.Issue(j.Key)
		return err == nil && i.DomainID == a.DomainID
	case jobWebhookPump, jobWebhookMail:
		w, err := u.Webhook(issueOfHook(j.Key))
		return err == nil && w.DomainID == a.DomainID
	case jobWebhookGone:
		return false // what it was is gone
	case jobRulesChanged:
		return j.Key == a.DomainID
	case jobPolicy:
		app, err := u.App(j.Key)
		return err == nil && app.DomainID == a.DomainID
	case jobAgentMail:
		t, err := u.AgentTokenByID(j.Key)
		return err == nil && t.DomainID == a.DomainID
	case jobPasswordReset:
		return false // strangers write what is in it
	case jobAddress:
		return strings.HasPrefix(j.Key, a.DomainID+" ")
	}
	return true
}

// Handlers is every kind of job and who does it.
func (c *Core) Handlers() []jobs.Handler {
	return []jobs.Handler{
		{Kind: jobFollowUp, Run: c.FollowUps.Run, Lease: 2 * time.Minute, MaxAttempts: 20},
		{Kind: jobBot, Run: c.Bots.Run},
		{Kind: jobBotCall, Run: c.Bots.Call, AtOnce: callsAtOnce},
		{Kind: jobPolicy, Run: c.FollowUps.ReviewApp, Lease: 10 * time.Minute},
		{Kind: jobAddress, Run: c.FollowUps.ReviewAddress},
		{Kind: jobPasswordReset, Run: c.Agents.BeginReset},
		{Kind: jobAgentMail, Run: c.Agents.SendMail, Lease: 2 * time.Minute, MaxAttempts: agentMailAttempts},
		{Kind: jobQueue, Run: c.Queues.Run, Lease: 2 * time.Minute},
		{Kind: jobQueueGone, Run: c.Queues.Empty, Lease: 10 * time.Minute},
		{Kind: jobRules, Run: c.Rules.Run, Lease: ruleLease},
		{Kind: jobRuleTimer, Run: c.Rules.RunTimer, Lease: ruleLease},
		{Kind: jobRulesChanged, Run: c.Rules.Retime, Lease: 10 * time.Minute},
		{Kind: jobRuleWebhook, Run: c.Rules.Post, MaxAttempts: hookAttempts, AtOnce: callsAtOnce},
		{Kind: jobWebhookNews, Run: c.Webhooks.Tell, MaxAttempts: 20},
		{Kind: jobWebhookPump, Run: c.Webhooks.Pump, Lease: pumpLease, MaxAttempts: 100, AtOnce: pumpsAtOnce},
		{Kind: jobWebhookMail, Run: c.Webhooks.SendMail, Lease: 2 * time.Minute},
		{Kind: jobWebhookGone, Run: c.Webhooks.DropLog, Lease: 10 * time.Minute},
		{Kind: jobUpkeep, Run: c.Upkeep.Run},
		{Kind: jobUnsent, Run: c.Attachments.DropUnsent, Lease: 10 * time.Minute},
	}
}
