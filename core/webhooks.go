package core

import (
	"context"
	"crypto/rand"
	"slices"
	"sync/atomic"

	"rejoin"
	"rejoin/store"
	"rejoin/webhook"
)

// Webhooks tells programs of the company what happens to issues (reference §8): administrators keep them, hooknews.go makes deliveries, hookpump.go makes them
// arrive.
type Webhooks struct {
	*env
	files   *Attachments
	closing atomic.Bool
}

// Stop begins no more deliveries in this process, which is about to end.
func (s *Webhooks) Stop() { s.closing.Store(true) }

// WebhookState is a webhook as administrators see it.
type WebhookState struct {
	Webhook rejoin.Webhook
	Secrets []rejoin.WebhookSecret // oldest first; their values are not there, but for one that was just made
	Counts  store.WebhookCounts    // within 24 hours
}

// mayLook lets programs with any key see webhooks. Of people only administrators do.
func mayLook(a rejoin.Agent) error {
	if a.Program && a.Role.May(rejoin.Look) {
		return nil
	}
	return administer(a)
}

// List returns the domain's webhooks by title. A program that may only read gets no more of an address than its server: many an address is a password.
func (s *Webhooks) List(ctx context.Context, a rejoin.Agent) (list []WebhookState, err error) {
	if err := mayLook(a); err != nil {
		return nil, err
	}
	err = s.read(ctx, func(u *unit) error {
		list, err = u.webhookStates(a.DomainID)
		for n := range list {
			if !a.Role.May(rejoin.Administer) {
				list[n].Webhook.URL = serverOf(list[n].Webhook.URL)
			}
		}
		return err
	})
	return list, err
}

// One returns a webhook of the domain.
func (s *Webhooks) One(ctx context.Context, a rejoin.Agent, id string) (one WebhookState, err error) {
	list, err := s.List(ctx, a)
	if err != nil {
		return one, err
	}
	return oneWebhook(list, id)
}

func oneWebhook(list []WebhookState, id string) (WebhookState, error) {
	n := slices.IndexFunc(list, func(w WebhookState) bool { return w.Webhook.ID == id })
	if n < 0 {
		return WebhookState{}, rejoin.Errorf(rejoin.NotFound, "There is no such webhook.")
	}
	return list[n], nil
}

func (u *unit) webhookStates(domainID string) (list []WebhookState, err error) {
	hooks, err := u.Tx.Webhooks(domainID)
	if err != nil {
		return nil, err
	}
	for _, w := range hooks {
		state := WebhookState{Webhook: w}
		if state.Secrets, err = u.WebhookSecrets(w.ID); err != nil {
			return nil, err
		}
		for n := range state.Secrets {
			state.Secrets[n].Value = ""
		}
		if state.Counts, err = u.WebhookCounts(w.ID, u.now.Add(-day), maxCount); err != nil {
			return nil, err
		}
		list = append(list, state)
	}
	return list, nil
}

// change does something to the domain's webhooks, and returns all as they are then.
func (s *Webhooks) change(ctx context.Context, a rejoin.Agent, do func(u *unit) error) (list []WebhookState, err error) {
	if err := administer(a); err != nil {
		return nil, err
	}
	err = s.write(ctx, func(u *unit) error {
		if err := u.LockText("webhooks " + a.DomainID); err != nil { // two at once must not both take the last place
			return err
		}
		if err := do(u); err != nil {
			return err
		}
		list, err = u.webhookStates(a.DomainID)
		return err
	})
	return list, err
}

// agentsWebhook locks a webhook of the agent's domain.
func (u *unit) agentsWebhook(a rejoin.Agent, id string) (rejoin.Webhook, error) {
	missing := rejoin.Errorf(rejoin.NotFound, "There is no such webhook.")
	if !storable(id) {
		return rejoin.Webhook{}, missing
	}
	w, _, err := u.LockWebhook(id)
	if err == nil && w.DomainID != a.DomainID {
		return rejoin.Webhook{}, missing
	}
	return w, err
}

// Set makes a webhook, or changes the one with the id if that is not empty, and returns it. A new one has a secret, whose value is there this once.
func (s *Webhooks) Set(ctx context.Context, a rejoin.Agent, id string, in rejoin.Webhook) (WebhookState, error) {
	return s.set(ctx, a, id, in, Once{})
}

// Make is Set for programs, which may repeat it.
func (s *Webhooks) Make(ctx context.Context, a rejoin.Agent, o Once, in rejoin.Webhook) (WebhookState, error) {
	return s.set(ctx, a, "", in, o)
}

// keptWebhook is what Set has made: by the ids its answer is told again.
type keptWebhook struct{ ID, SecretID string }

func (s *Webhooks) set(ctx context.Context, a rejoin.Agent, id string, in rejoin.Webhook, o Once) (state WebhookState, err error) {
	if err := administer(a); err != nil {
		return state, err
	}
	in, err = in.Check()
	if err != nil {
		return state, err
	}
	if bad := s.checkHook(in.URL); bad != nil {
		return state, bad
	}
	var kept keptWebhook
	var secrets []rejoin.WebhookSecret
	list, err := s.change(ctx, a, func(u *unit) (err error) {
		kept, err = once(u, a, o, func() (keptWebhook, error) { return u.setWebhook(a, id, in) })
		if err == nil {
			secrets, err = u.WebhookSecrets(kept.ID)
		}
		return err
	})
	if err != nil {
		return state, err
	}
	state, err = oneWebhook(list, kept.ID)
	for n := range state.Secrets {
		if state.Secrets[n].ID == kept.SecretID {
			state.Secrets[n].Value = secrets[n].Value
		}
	}
	return state, err
}

func (u *unit) setWebhook(a rejoin.Agent, id string, w rejoin.Webhook) (kept keptWebhook, err error) {
	list, err := u.Tx.Webhooks(a.DomainID)
	if err != nil {
		return kept, err
	}
	if slices.ContainsFunc(list, func(o rejoin.Webhook) bool { return o.ID != id && o.Title == w.Title }) {
		return kept, &rejoin.Error{Code: rejoin.Conflict, Field: "title", Text: "There is a webhook of this title already."}
	}
	names, err := u.names(a.DomainID)
	if err != nil {
		return kept, err
	}
	if bad := names.check(rejoin.Rule{All: w.All, Any: w.Any}); bad != nil {
		return kept, bad
	}
	w.DomainID, w.UpdatedAt = a.DomainID, u.now
	if id != "" {
		was, err := u.agentsWebhook(a, id)
		if err != nil {
			return kept, err
		}
		w.ID, w.CreatedBy, w.CreatedAt = was.ID, was.CreatedBy, was.CreatedAt
		if err := u.PutWebhook(w); err != nil {
			return kept, err
		}
		return keptWebhook{ID: id}, u.audit(a, rejoin.WebhookChanged, w.Title, u.webhookChanges(names, was, w)...)
	}
	if len(list) >= rejoin.MaxWebhooks {
		return kept, rejoin.Errorf(rejoin.Limited, "A team has at most %d webhooks. Delete one that nobody needs first.", rejoin.MaxWebhooks)
	}
	w.ID, w.CreatedBy, w.CreatedAt = newID("hook"), a.TeamName(), u.now
	if err := u.PutWebhook(w); err != nil {
		return kept, err
	}
	secret, err := u.makeWebhookSecret(w.ID)
	if err != nil {
		return kept, err
	}
	return keptWebhook{w.ID, secret.ID}, u.audit(a, rejoin.WebhookMade, w.Title, "Address: "+serverOf(w.URL), "Event: "+string(w.Event))
}

// webhookChanges are the lines of the audit log about a webhook. Addresses often hold a token, so only their server is named.
func (u *unit) webhookChanges(names domainNames, was, now rejoin.Webhook) []string {
	lines := changes("Title", was.Title, now.Title, "Address", serverOf(was.URL), serverOf(now.URL), "Event", string(was.Event), string(now.Event))
	if was.URL != now.URL && serverOf(was.URL) == serverOf(now.URL) {
		lines = append(lines, "Address: another one at "+serverOf(now.URL))
	}
	lines = append(lines, listChanges("Condition", was.All, now.All, names.conditionWords)...)
	return append(lines, listChanges("One of", was.Any, now.Any, names.conditionWords)...)
}

// Delete forgets a webhook with its log. What waits is not sent.
func (s *Webhooks) Delete(ctx context.Context, a rejoin.Agent, id string) ([]WebhookState, error) {
	return s.change(ctx, a, func(u *unit) error {
		w, err := u.agentsWebhook(a, id)
		if err != nil {
			return err
		}
		if err := u.DeleteWebhook(id); err != nil {
			return err
		}
		if err := u.put(jobWebhookGone, id, u.now); err != nil {
			return err
		}
		return u.audit(a, rejoin.WebhookDeleted, w.Title)
	})
}

const (
	jobWebhookGone rejoin.JobKind = "webhook_gone" // key: webhook id
	dropBatch                     = 1000
)

// DropLog drops the deliveries of a webhook that was deleted. It is the handler of a job.
func (s *Webhooks) DropLog(ctx context.Context, j rejoin.Job) error {
	for left := true; left; {
		err := s.write(ctx, func(u *unit) error {
			n, err := u.DropOrphans(j.Key, dropBatch)
			left = n > 0
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// SetPaused stops a webhook, or lets it go on: what has waited is sent then, in its order, or with drop never.
func (s *Webhooks) SetPaused(ctx context.Context, a rejoin.Agent, id string, paused, drop bool) ([]WebhookState, error) {
	return s.change(ctx, a, func(u *unit) error {
		w, err := u.agentsWebhook(a, id)
		if err != nil || paused && w.Pause.Since > 0 || !paused && w.Pause.Since == 0 {
			return err
		}
		if paused {
			w.Pause = rejoin.WebhookPause{Since: u.now, By: a.TeamName()}
			if err := u.SaveWebhookState(w); err != nil {
				return err
			}
			return u.audit(a, rejoin.WebhookPaused, w.Title)
		}
		var details []string
		if drop {
			details = append(details, "What has waited was dropped")
			if err := u.DropWaiting(id, u.now); err != nil {
				return err
			}
		}
		w.Pause, w.Health = rejoin.WebhookPause{}, rejoin.WebhookHealth{LastAt: w.Health.LastAt} // what went wrong before is no longer the matter
		if err := u.SaveWebhookState(w); err != nil {
			return err
		}
		if err := u.Requeue(id, u.now); err != nil {
			return err
		}
		if err := u.pumpBy(id, u.now); err != nil {
			return err
		}
		return u.audit(a, rejoin.WebhookResumed, w.Title, details...)
	})
}

// MakeSecret makes a second secret, while the receiver changes from the first one to it: both sign.
func (s *Webhooks) MakeSecret(ctx context.Context, a rejoin.Agent, id string) ([]WebhookState, error) {
	return s.change(ctx, a, func(u *unit) error {
		w, err := u.agentsWebhook(a, id)
		if err != nil {
			return err
		}
		list, err := u.WebhookSecrets(id)
		if err != nil {
			return err
		}
		if len(list) >= rejoin.MaxSecrets {
			return rejoin.Errorf(rejoin.Conflict, "A webhook has at most %d secrets. Delete the old one first.", rejoin.MaxSecrets)
		}
		if _, err := u.makeWebhookSecret(id); err != nil {
			return err
		}
		return u.audit(a, rejoin.WebhookSecretMade, w.Title)
	})
}

func (u *unit) makeWebhookSecret(webhookID string) (rejoin.WebhookSecret, error) {
	key := make([]byte, 32)
	rand.Read(key) // never fails
	s := rejoin.WebhookSecret{ID: newID("sec"), WebhookID: webhookID, Value: webhook.Secret(key), CreatedAt: u.now}
	return s, u.AddWebhookSecret(s)
}

// DropSecret ends one of two secrets: nothing is signed with it any more.
func (s *Webhooks) DropSecret(ctx context.Context, a rejoin.Agent, id, secretID string) ([]WebhookState, error) {
	return s.change(ctx, a, func(u *unit) error {
		w, _, others, err := u.webhookSecret(a, id, secretID)
		if err != nil {
			return err
		}
		if others == 0 {
			return rejoin.Errorf(rejoin.Conflict, "A webhook always signs. Make another secret first.")
		}
		if err := u.DropWebhookSecret(secretID); err != nil {
			return err
		}
		return u.audit(a, rejoin.WebhookSecretDeleted, w.Title)
	})
}

// Reveal returns the value of a secret. Each look is noted in the audit log.
func (s *Webhooks) Reveal(ctx context.Context, a rejoin.Agent, id, secretID string) (value string, err error) {
	_, err = s.change(ctx, a, func(u *unit) error {
		w, secret, _, err := u.webhookSecret(a, id, secretID)
		if err != nil {
			return err
		}
		value = secret.Value
		return u.audit(a, rejoin.WebhookSecretSeen, w.Title)
	})
	return value, err
}

// webhookSecret finds a secret of the agent's webhook, and how many others it has.
func (u *unit) webhookSecret(a rejoin.Agent, id, secretID string) (w rejoin.Webhook, s rejoin.WebhookSecret, others int, err error) {
	if w, err = u.agentsWebhook(a, id); err != nil {
		return w, s, 0, err
	}
	list, err := u.WebhookSecrets(id)
	if err != nil {
		return w, s, 0, err
	}
	found := find(list, func(s rejoin.WebhookSecret) bool { return s.ID == secretID })
	if found == nil {
		return w, s, 0, rejoin.Errorf(rejoin.NotFound, "There is no such secret.")
	}
	return w, *found, len(list) - 1, nil
}
