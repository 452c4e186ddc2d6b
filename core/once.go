package core

import (
	"encoding/json"

	"rejoin"
	"rejoin/store"
)

// Once lets a program repeat a request that makes something: it is done once, and a repeat within a day returns what was made. A zero Once is for
// requests that are done whenever they come.
type Once struct {
	Token   string // the program's own, new for each request: 1 to 255 printable ASCII characters; empty for no such promise
	Request string // a hash of all that is asked for
}

// keepAnswers is how long a request can be repeated.
const keepAnswers = day

// maxOnce is the longest token.
const maxOnce = 255

// CheckOnce returns the token of an Idempotency-Key header as we keep it.
func CheckOnce(token string) (string, error) {
	for _, r := range token {
		if r < 0x20 || r > 0x7e {
			return "", badOnce()
		}
	}
	if len(token) > maxOnce {
		return "", badOnce()
	}
	return token, nil
}

func badOnce() error {
	return rejoin.InvalidField("Idempotency-Key", "An Idempotency-Key has 1 to %d printable ASCII characters. Make a new one for each request.", maxOnce)
}

// once does something for the program and keeps what it returns, in the transaction that does it; what has failed is not kept. It locks: call it before anything else.
// What T holds is kept for a day: ids of what was made rather than what is in it, so that nothing outlives its erasure.
func once[T any](u *unit, a rejoin.Agent, o Once, do func() (T, error)) (v T, err error) {
	if o.Token == "" || !a.Program {
		return do()
	}
	if err := u.LockText("once " + a.ID + " " + o.Token); err != nil {
		return v, err
	}
	known, err := u.AnswerTo(a.ID, o.Token, u.now.Add(-keepAnswers))
	if err == nil {
		if known.Request != o.Request {
			return v, &rejoin.Error{Code: rejoin.Conflict, Field: "Idempotency-Key", Text: "This Idempotency-Key came with another request before. Make a new one for each request, and repeat a request as it was."}
		}
		return v, json.Unmarshal([]byte(known.Answer), &v)
	}
	if rejoin.CodeOf(err) != rejoin.NotFound {
		return v, err
	}
	if v, err = do(); err != nil {
		return v, err
	}
	answer, err := json.Marshal(v)
	if err != nil {
		return v, err
	}
	return v, u.KeepAnswer(a.ID, o.Token, store.Answered{Request: o.Request, Answer: string(answer)}, u.now)
}
