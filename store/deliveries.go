package store

import (
	"strconv"

	"rejoin"
)

// behind is the next_at of a delivery that waits behind another one of its issue.
const behind = rejoin.Millis(1) << 60

const deliveryColumns = `id, webhook_id, domain_id, issue_id, number, n, event, what, state, attempts, first_at, next_at, status, problem, created_at, done_at`

func scanDelivery(s scanner) (d rejoin.Delivery, err error) {
	err = s.Scan(&d.ID, &d.WebhookID, &d.DomainID, &d.IssueID, &d.Number, &d.N, &d.Event, fromJSON(&d.What), &d.State, &d.Attempts, &d.FirstAt, &d.NextAt,
		&d.Status, &d.Problem, &d.CreatedAt, &d.DoneAt)
	if d.NextAt == behind || d.State != rejoin.DeliveryWaiting {
		d.NextAt = 0
	}
	return d, err
}

// ahead is a condition: another delivery of the issue must go out before this one, d, which waits. It is not written as EXISTS, of which PostgreSQL makes a join
// of each with each.
const ahead = `(d.n > (SELECT MIN(o.n) FROM deliveries o WHERE o.webhook_id = d.webhook_id AND o.issue_id = d.issue_id AND o.state = 'waiting'))`

// AddDelivery stores a delivery, behind those of the issue that still wait. The caller holds the lock of [Tx.LockDeliveries].
func (tx *Tx) AddDelivery(d rejoin.Delivery, body string) error {
	what, err := toJSON(listed(d.What))
	if err != nil {
		return err
	}
	_, err = tx.exec(`INSERT INTO deliveries (`+deliveryColumns+`, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', 0, 0,
		CASE WHEN EXISTS (SELECT 1 FROM deliveries o WHERE o.webhook_id = $2 AND o.issue_id = $4 AND o.state = 'waiting')
			THEN `+strconv.FormatInt(int64(behind), 10)+` ELSE $9 END, 0, '', $9, 0, $10)`,
		d.ID, d.WebhookID, d.DomainID, d.IssueID, d.Number, d.N, d.Event, what, d.CreatedAt, body)
	return err
}

// LockDeliveries makes others who add or end deliveries of the issue wait for this transaction.
func (tx *Tx) LockDeliveries(issueID string) error { return tx.LockText("deliveries " + issueID) }

// Delivery returns the delivery with the id.
func (tx *Tx) Delivery(id string) (rejoin.Delivery, error) {
	return one(tx, "delivery", scanDelivery, `SELECT `+deliveryColumns+` FROM deliveries WHERE id = $1`, id)
}

// DeliveryBody returns what is sent.
func (tx *Tx) DeliveryBody(id string) (string, error) {
	return one(tx, "delivery", scanText, `SELECT body FROM deliveries WHERE id = $1`, id)
}

// RedactDelivery puts another body in the place of what is sent, and forgets what was answered, which may repeat it.
func (tx *Tx) RedactDelivery(id, body string) error {
	if _, err := tx.exec(`UPDATE delivery_attempts SET answer = '' WHERE delivery_id = $1`, id); err != nil {
		return err
	}
	_, err := tx.exec(`UPDATE deliveries SET body = $2 WHERE id = $1`, id, body)
	return err
}

// DeliveriesOf returns the ids of the issue's deliveries.
func (tx *Tx) DeliveriesOf(issueID string) ([]string, error) {
	return all(tx, scanText, `SELECT id FROM deliveries WHERE issue_id = $1`, issueID)
}

// DueDeliveries returns what can be sent for the webhook now: the first that waits of each issue, those due longest first, at most limit.
func (tx *Tx) DueDeliveries(webhookID string, now rejoin.Millis, limit int) ([]rejoin.Delivery, error) {
	return all(tx, scanDelivery, `SELECT `+prefixed("d.", deliveryColumns)+` FROM deliveries d
		WHERE d.webhook_id = $1 AND d.state = 'waiting' AND d.next_at <= $2 AND NOT `+ahead+` ORDER BY d.next_at, d.id LIMIT $3`, webhookID, now, limit)
}

// NextDelivery returns when something is to be sent for the webhook next; zero for never.
func (tx *Tx) NextDelivery(webhookID string) (rejoin.Millis, error) {
	return one(tx, "webhook", scanMillis, `SELECT COALESCE(MIN(next_at), 0) FROM deliveries WHERE webhook_id = $1 AND state = 'waiting' AND next_at < $2`,
		webhookID, behind)
}

// Advance makes due what waits behind nothing any more, of one webhook or, with an empty id, of all.
func (tx *Tx) Advance(webhookID string, now rejoin.Millis) error {
	const all = `UPDATE deliveries AS d SET next_at = $1 WHERE d.state = 'waiting' AND d.next_at = $2 AND NOT ` + ahead
	if webhookID == "" {
		_, err := tx.exec(all, now, behind)
		return err
	}
	_, err := tx.exec(all+` AND d.webhook_id = $3`, now, behind, webhookID)
	return err
}

// Pending returns the ids of webhooks for which something is due.
func (tx *Tx) Pending(now rejoin.Millis) ([]string, error) {
	return all(tx, scanText, `SELECT id FROM webhooks w WHERE EXISTS (SELECT 1 FROM deliveries d WHERE d.webhook_id = w.id AND d.state = 'waiting' AND d.next_at <= $1)
		ORDER BY id`, now)
}

// Retrying counts, up to limit, the deliveries of the webhook that wait for another attempt after the moment: each is of another issue.
func (tx *Tx) Retrying(webhookID string, now rejoin.Millis, limit int) (int64, error) {
	return one(tx, "webhook", scanInt, `SELECT COUNT(*) FROM (SELECT 1 FROM deliveries WHERE webhook_id = $1 AND state = 'waiting' AND next_at > $2 AND next_at < $3
		LIMIT $4) AS waits`, webhookID, now, behind, limit)
}

// Requeue makes everything that waits for the webhook due anew, each issue's in its order.
func (tx *Tx) Requeue(webhookID string, now rejoin.Millis) error {
	if _, err := tx.exec(`UPDATE deliveries SET next_at = $2, first_at = 0 WHERE webhook_id = $1 AND state = 'waiting'`, webhookID, behind); err != nil {
		return err
	}
	return tx.Advance(webhookID, now)
}

// Hasten makes everything due that waits for its next attempt.
func (tx *Tx) Hasten(webhookID string, now rejoin.Millis) error {
	_, err := tx.exec(`UPDATE deliveries SET next_at = $2 WHERE webhook_id = $1 AND state = 'waiting' AND next_at > $2 AND next_at < $3`, webhookID, now, behind)
	return err
}

// SaveDelivery stores how the delivery stands after an attempt. One that waits no more lets the next of its issue go at the moment.
func (tx *Tx) SaveDelivery(d rejoin.Delivery, now rejoin.Millis) error {
	_, err := tx.exec(`UPDATE deliveries SET state = $2, attempts = $3, first_at = $4, next_at = $5, status = $6, problem = $7, done_at = $8 WHERE id = $1`,
		d.ID, d.State, d.Attempts, d.FirstAt, d.NextAt, d.Status, d.Problem, d.DoneAt)
	if err != nil || d.State == rejoin.DeliveryWaiting {
		return err
	}
	_, err = tx.exec(`UPDATE deliveries SET next_at = $3 WHERE next_at = $4 AND id =
		(SELECT id FROM deliveries WHERE webhook_id = $1 AND issue_id = $2 AND state = 'waiting' ORDER BY n LIMIT 1)`, d.WebhookID, d.IssueID, now, behind)
	return err
}

// DropWaiting ends everything that waits for the webhook unsent.
func (tx *Tx) DropWaiting(webhookID string, now rejoin.Millis) error {
	_, err := tx.exec(`UPDATE deliveries SET state = 'dropped', done_at = $2 WHERE webhook_id = $1 AND state = 'waiting'`, webhookID, now)
	return err
}

// DropOverdue ends unsent what has waited since before the moment, for any webhook.
func (tx *Tx) DropOverdue(before, now rejoin.Millis) error {
	_, err := tx.exec(`UPDATE deliveries SET state = 'dropped', done_at = $2, problem = 'It has waited too long.' WHERE state = 'waiting' AND created_at < $1`, before, now)
	if err != nil {
		return err
	}
	return tx.Advance("", now)
}

// DropLog forgets deliveries that were over before the moment, at most limit, and returns how many.
func (tx *Tx) DropLog(before rejoin.Millis, limit int) (int64, error) {
	const old = `(SELECT id FROM deliveries WHERE done_at > 0 AND done_at < $1 ORDER BY done_at, id LIMIT $2)`
	if _, err := tx.exec(`DELETE FROM delivery_attempts WHERE delivery_id IN `+old, before, limit); err != nil {
		return 0, err
	}
	return tx.exec(`DELETE FROM deliveries WHERE id IN `+old, before, limit)
}

// DropDeliveriesOf forgets every delivery of the issue, sent or not.
func (tx *Tx) DropDeliveriesOf(issueID string) error {
	if _, err := tx.exec(`DELETE FROM delivery_attempts WHERE delivery_id IN (SELECT id FROM deliveries WHERE issue_id = $1)`, issueID); err != nil {
		return err
	}
	_, err := tx.exec(`DELETE FROM deliveries WHERE issue_id = $1`, issueID)
	return err
}

// Replay chooses deliveries that are over: one by its id, or those that were made in a period.
type Replay struct {
	WebhookID string
	ID        string        // empty for a period
	From      rejoin.Millis // inclusive
	To        rejoin.Millis // exclusive
	Failed    bool          // only what was given up or dropped
}

const replayed = ` webhook_id = $1 AND state <> 'waiting' AND ($2 = '' OR id = $2) AND ($2 <> '' OR created_at >= $3 AND created_at < $4)
	AND ($5 = FALSE OR state IN ('failed', 'dropped'))`

func (r Replay) args() []any { return []any{r.WebhookID, r.ID, r.From, r.To, r.Failed} }

// CountReplay returns how many deliveries it chooses.
func (tx *Tx) CountReplay(r Replay) (int64, error) {
	return one(tx, "count", scanInt, `SELECT COUNT(*) FROM deliveries WHERE`+replayed, r.args()...)
}

// Replay puts them on their way again, as new attempts at the same deliveries.
func (tx *Tx) Replay(r Replay, now rejoin.Millis) error {
	_, err := tx.exec(`UPDATE deliveries SET state = 'waiting', attempts = 0, first_at = 0, done_at = 0, problem = '', status = 0, next_at = $6 WHERE`+replayed,
		append(r.args(), behind)...)
	if err != nil {
		return err
	}
	// What was first of its issue may be behind them now.
	_, err = tx.exec(`UPDATE deliveries AS d SET next_at = $2 WHERE d.webhook_id = $1 AND d.state = 'waiting' AND d.next_at < $2 AND `+ahead, r.WebhookID, behind)
	if err != nil {
		return err
	}
	return tx.Advance(r.WebhookID, now)
}

// AddAttempt keeps a try to deliver, and forgets all but the newest keep of the delivery.
func (tx *Tx) AddAttempt(d rejoin.Delivery, a rejoin.DeliveryAttempt, keep int) error {
	_, err := tx.exec(`INSERT INTO delivery_attempts (delivery_id, webhook_id, at, took_ms, status, answer, problem) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		d.ID, d.WebhookID, a.At, a.TookMs, a.Status, a.Answer, a.Problem)
	if err != nil || d.Attempts <= int64(keep) {
		return err
	}
	_, err = tx.exec(`DELETE FROM delivery_attempts WHERE delivery_id = $1 AND at < (SELECT MIN(at) FROM
		(SELECT at FROM delivery_attempts WHERE delivery_id = $1 ORDER BY at DESC LIMIT $2) AS newest)`, d.ID, keep)
	return err
}

// Attempts returns the delivery's attempts, newest first, at most limit.
func (tx *Tx) Attempts(deliveryID string, limit int) ([]rejoin.DeliveryAttempt, error) {
	return all(tx, func(s scanner) (a rejoin.DeliveryAttempt, err error) {
		err = s.Scan(&a.At, &a.TookMs, &a.Status, &a.Answer, &a.Problem)
		return a, err
	}, `SELECT at, took_ms, status, answer, problem FROM delivery_attempts WHERE delivery_id = $1 ORDER BY at DESC LIMIT $2`, deliveryID, limit)
}

// WebhookCounts is how much waits for a webhook, and what came of its attempts.
type WebhookCounts struct{ Waiting, Delivered, Failed int64 }

// WebhookCounts returns it: of those that wait at most limit are counted, of the attempts those since the moment.
func (tx *Tx) WebhookCounts(webhookID string, since rejoin.Millis, limit int) (WebhookCounts, error) {
	return one(tx, "webhook", func(s scanner) (c WebhookCounts, err error) {
		err = s.Scan(&c.Waiting, &c.Delivered, &c.Failed)
		return c, err
	}, `SELECT (SELECT COUNT(*) FROM (SELECT 1 FROM deliveries WHERE webhook_id = $1 AND state = 'waiting' LIMIT $3) AS waits),
		COALESCE(SUM(CASE WHEN problem = '' THEN 1 ELSE 0 END), 0), COALESCE(SUM(CASE WHEN problem = '' THEN 0 ELSE 1 END), 0)
		FROM delivery_attempts WHERE webhook_id = $1 AND at > $2`, webhookID, since, limit)
}

// DeliveryLog chooses deliveries of a webhook, newest first.
type DeliveryLog struct {
	WebhookID string
	State     rejoin.DeliveryState // empty for all
	Number    int64                // of the issue; zero for all
	At        rejoin.Millis        // and ID: only those before
	ID        string
	Limit     int
}

// Deliveries returns them.
func (tx *Tx) Deliveries(q DeliveryLog) ([]rejoin.Delivery, error) {
	query, args := `SELECT `+deliveryColumns+` FROM deliveries WHERE webhook_id = $1 AND (created_at < $2 OR created_at = $2 AND id < $3)`, []any{q.WebhookID, q.At, q.ID}
	if q.State != "" {
		args = append(args, q.State)
		query += ` AND state = $` + strconv.Itoa(len(args))
	}
	if q.Number != 0 {
		args = append(args, q.Number)
		query += ` AND number = $` + strconv.Itoa(len(args))
	}
	args = append(args, q.Limit)
	return all(tx, scanDelivery, query+` ORDER BY created_at DESC, id DESC LIMIT $`+strconv.Itoa(len(args)), args...)
}
