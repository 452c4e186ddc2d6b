package store

import (
	"errors"

	"rejoin"
)

const webhookColumns = `id, domain_id, title, url, event, all_of, any_of, created_by, created_at, updated_at, paused_at, paused_by, pause_reason,
	failing_since, streak, retry_at, last_at, last_words`

func scanWebhook(s scanner) (w rejoin.Webhook, err error) {
	err = s.Scan(&w.ID, &w.DomainID, &w.Title, &w.URL, &w.Event, fromJSON(&w.All), fromJSON(&w.Any), &w.CreatedBy, &w.CreatedAt, &w.UpdatedAt,
		&w.Pause.Since, &w.Pause.By, &w.Pause.Reason, &w.Health.FailingSince, &w.Health.Streak, &w.Health.RetryAt, &w.Health.LastAt, &w.Health.LastWords)
	return w, err
}

// PutWebhook stores a new webhook, or what people have changed in one.
func (tx *Tx) PutWebhook(w rejoin.Webhook) error {
	all, e1 := toJSON(listed(w.All))
	any, e2 := toJSON(listed(w.Any))
	if err := errors.Join(e1, e2); err != nil {
		return err
	}
	_, err := tx.exec(`INSERT INTO webhooks (`+webhookColumns+`, mailed, holder, held_until)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, '', '', 0, 0, 0, 0, '', '', '', 0)
		ON CONFLICT (id) DO UPDATE SET title = excluded.title, url = excluded.url, event = excluded.event, all_of = excluded.all_of, any_of = excluded.any_of,
			updated_at = excluded.updated_at`,
		w.ID, w.DomainID, w.Title, w.URL, w.Event, all, any, w.CreatedBy, w.CreatedAt, w.UpdatedAt)
	return err
}

// SaveWebhookState stores the webhook's pause and health.
func (tx *Tx) SaveWebhookState(w rejoin.Webhook) error {
	_, err := tx.exec(`UPDATE webhooks SET paused_at = $2, paused_by = $3, pause_reason = $4, failing_since = $5, streak = $6, retry_at = $7, last_at = $8,
		last_words = $9 WHERE id = $1`, w.ID, w.Pause.Since, w.Pause.By, w.Pause.Reason, w.Health.FailingSince, w.Health.Streak, w.Health.RetryAt,
		w.Health.LastAt, w.Health.LastWords)
	return err
}

// Webhooks returns the domain's webhooks by title.
func (tx *Tx) Webhooks(domainID string) ([]rejoin.Webhook, error) {
	return all(tx, scanWebhook, `SELECT `+webhookColumns+` FROM webhooks WHERE domain_id = $1 ORDER BY LOWER(title), id`, domainID)
}

// Webhook returns the webhook with the id.
func (tx *Tx) Webhook(id string) (rejoin.Webhook, error) {
	return one(tx, "webhook", scanWebhook, `SELECT `+webhookColumns+` FROM webhooks WHERE id = $1`, id)
}

// WebhookHold is who delivers for a webhook at present, and until when at the latest.
type WebhookHold struct {
	Holder string
	Until  rejoin.Millis
}

// LockWebhook returns the webhook, and who holds it, and keeps others from changing it until the transaction ends.
func (tx *Tx) LockWebhook(id string) (w rejoin.Webhook, h WebhookHold, err error) {
	if w, err = one(tx, "webhook", scanWebhook, `SELECT `+webhookColumns+` FROM webhooks WHERE id = $1`+tx.forUpdate(), id); err != nil {
		return w, h, err
	}
	h, err = one(tx, "webhook", func(s scanner) (h WebhookHold, err error) {
		err = s.Scan(&h.Holder, &h.Until)
		return h, err
	}, `SELECT holder, held_until FROM webhooks WHERE id = $1`, id)
	return w, h, err
}

// HoldWebhook stores who delivers for a webhook now.
func (tx *Tx) HoldWebhook(id string, h WebhookHold) error {
	_, err := tx.exec(`UPDATE webhooks SET holder = $2, held_until = $3 WHERE id = $1`, id, h.Holder, h.Until)
	return err
}

// Mailed returns whom we have written to about the webhook's present pause, as [Tx.SetMailed] keeps it.
func (tx *Tx) Mailed(id string) (string, error) {
	return one(tx, "webhook", scanText, `SELECT mailed FROM webhooks WHERE id = $1`, id)
}

// SetMailed stores it.
func (tx *Tx) SetMailed(id, mailed string) error {
	_, err := tx.exec(`UPDATE webhooks SET mailed = $2 WHERE id = $1`, id, mailed)
	return err
}

// ReleaseWebhooks makes every webhook nobody's, and returns the ids of those that were somebody's. Only the sole process on a database may do it, as it starts.
func (tx *Tx) ReleaseWebhooks() ([]string, error) {
	held, err := all(tx, scanText, `SELECT id FROM webhooks WHERE holder <> '' ORDER BY id`)
	if err != nil || len(held) == 0 {
		return held, err
	}
	_, err = tx.exec(`UPDATE webhooks SET holder = '', held_until = 0 WHERE holder <> ''`)
	return held, err
}

// DeleteWebhook forgets a webhook and its secrets. Its deliveries are dropped by [Tx.DropOrphans].
func (tx *Tx) DeleteWebhook(id string) error {
	if _, err := tx.exec(`DELETE FROM webhook_secrets WHERE webhook_id = $1`, id); err != nil {
		return err
	}
	_, err := tx.exec(`DELETE FROM webhooks WHERE id = $1`, id)
	return err
}

// DropOrphans drops deliveries of a webhook that exists no more, at most limit, and returns how many.
func (tx *Tx) DropOrphans(webhookID string, limit int) (int64, error) {
	const some = `(SELECT id FROM deliveries WHERE webhook_id = $1 ORDER BY created_at, id LIMIT $2)`
	if _, err := tx.exec(`DELETE FROM delivery_attempts WHERE delivery_id IN `+some, webhookID, limit); err != nil {
		return 0, err
	}
	return tx.exec(`DELETE FROM deliveries WHERE id IN `+some, webhookID, limit)
}

func scanWebhookSecret(s scanner) (v rejoin.WebhookSecret, err error) {
	err = s.Scan(&v.ID, &v.WebhookID, &v.Value, &v.CreatedAt)
	return v, err
}

// AddWebhookSecret stores a secret.
func (tx *Tx) AddWebhookSecret(s rejoin.WebhookSecret) error {
	_, err := tx.exec(`INSERT INTO webhook_secrets (id, webhook_id, value, created_at) VALUES ($1, $2, $3, $4)`, s.ID, s.WebhookID, s.Value, s.CreatedAt)
	return err
}

// WebhookSecrets returns the webhook's secrets, oldest first.
func (tx *Tx) WebhookSecrets(webhookID string) ([]rejoin.WebhookSecret, error) {
	return all(tx, scanWebhookSecret, `SELECT id, webhook_id, value, created_at FROM webhook_secrets WHERE webhook_id = $1 ORDER BY created_at, id`, webhookID)
}

// DropWebhookSecret forgets a secret.
func (tx *Tx) DropWebhookSecret(id string) error {
	_, err := tx.exec(`DELETE FROM webhook_secrets WHERE id = $1`, id)
	return err
}

// WebhookCursor is how far an issue was told to webhooks, and how many deliveries came of it.
type WebhookCursor struct{ Seq, N, Deliveries int64 }

// WebhookCursor returns it, and false if the issue never was told.
func (tx *Tx) WebhookCursor(issueID string) (WebhookCursor, bool, error) {
	return first(all(tx, func(s scanner) (c WebhookCursor, err error) {
		err = s.Scan(&c.Seq, &c.N, &c.Deliveries)
		return c, err
	}, `SELECT seq, n, deliveries FROM webhook_cursors WHERE issue_id = $1`, issueID))
}

// SetWebhookCursor moves it.
func (tx *Tx) SetWebhookCursor(issueID string, c WebhookCursor) error {
	_, err := tx.exec(`INSERT INTO webhook_cursors (issue_id, seq, n, deliveries) VALUES ($1, $2, $3, $4)
		ON CONFLICT (issue_id) DO UPDATE SET seq = excluded.seq, n = excluded.n, deliveries = excluded.deliveries`, issueID, c.Seq, c.N, c.Deliveries)
	return err
}

// PlaceBefore returns the seq of the issue's newest message and the n of its newest event before the moment; zero where there is none.
func (tx *Tx) PlaceBefore(issueID string, at rejoin.Millis) (seq, n int64, err error) {
	if seq, err = one(tx, "conversation", scanInt, `SELECT COALESCE(MAX(seq), 0) FROM messages WHERE issue_id = $1 AND created_at < $2`, issueID, at); err != nil {
		return 0, 0, err
	}
	n, err = one(tx, "conversation", scanInt, `SELECT COALESCE(MAX(n), 0) FROM events WHERE issue_id = $1 AND created_at < $2`, issueID, at)
	return seq, n, err
}

// NextEvents returns the issue's events after n in order, at most limit of the oldest.
func (tx *Tx) NextEvents(issueID string, n int64, limit int) ([]rejoin.Event, error) {
	return all(tx, scanEvent, `SELECT issue_id, n, kind, actor, data, created_at FROM events WHERE issue_id = $1 AND n > $2 ORDER BY n LIMIT $3`, issueID, n, limit)
}
