package store

import "rejoin"

// Answered is what was answered to a request that may be repeated.
type Answered struct {
	Request string // what it asked for, hashed
	Answer  string // JSON
}

// AnswerTo returns what was answered to the key's request with the token since the moment; NotFound if there was none.
func (tx *Tx) AnswerTo(keyID, token string, since rejoin.Millis) (Answered, error) {
	return one(tx, "request", func(s scanner) (a Answered, err error) {
		err = s.Scan(&a.Request, &a.Answer)
		return a, err
	}, `SELECT request, answer FROM idempotency WHERE key_id = $1 AND token = $2 AND created_at > $3`, keyID, token, since)
}

// KeepAnswer stores it, in place of an older one.
func (tx *Tx) KeepAnswer(keyID, token string, a Answered, now rejoin.Millis) error {
	_, err := tx.exec(`INSERT INTO idempotency (key_id, token, request, answer, created_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (key_id, token) DO UPDATE SET request = excluded.request, answer = excluded.answer, created_at = excluded.created_at`,
		keyID, token, a.Request, a.Answer, now)
	return err
}

// DropAnswers forgets those from before the moment.
func (tx *Tx) DropAnswers(before rejoin.Millis) error {
	_, err := tx.exec(`DELETE FROM idempotency WHERE created_at < $1`, before)
	return err
}
