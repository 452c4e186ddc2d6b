package mail

import (
	"context"
	"errors"
	"fmt"
	"net/textproto"
	"strings"

	"github.com/emersion/go-smtp"
)

// Outcome is how a delivery ended.
type Outcome string

const (
	// Accepted: the server took the e-mail.
	Accepted Outcome = "accepted"
	// Temporary: the server asked to try again later, or could not be reached or understood before the final dot, or the
	// context ended before it. The e-mail was not taken.
	Temporary Outcome = "temporary"
	// Permanent: the server refused for good. The e-mail was not taken.
	Permanent Outcome = "permanent"
	// Unknown: the final dot was begun, and no answer that we understand came back. The e-mail may have been taken.
	Unknown Outcome = "unknown"
	// Aborted: beforeDot said no. The e-mail was not taken.
	Aborted Outcome = "aborted"
)

// Result is what a delivery came to.
type Result struct {
	Outcome  Outcome
	Response string // the server's last answer, code first, on one line; empty if it gave none that matters
	Err      error  // nil if and only if Outcome is Accepted
}

// maxResponse is how many characters of a server's answer are kept.
const maxResponse = 500

// refusal judges an error from before the final dot.
func refusal(ctx context.Context, step string, err error) Result {
	if cause := context.Cause(ctx); cause != nil {
		return Result{Outcome: Temporary, Err: fmt.Errorf("mail: %s: %w", step, cause)}
	}
	r := Result{Outcome: Temporary, Err: fmt.Errorf("mail: %s: %w", step, err)}
	code, text, ok := answer(err)
	if !ok {
		return r
	}
	r.Response = response(code, text)
	if code/100 == 5 {
		r.Outcome = Permanent
	}
	return r
}

// dotResult judges what came after the final dot.
func dotResult(ctx context.Context, text string, err error) Result {
	if err == nil {
		return Result{Outcome: Accepted, Response: response(250, text)}
	}
	code, text, ok := answer(err)
	if ok {
		r := Result{Response: response(code, text), Err: fmt.Errorf("mail: the server refused the e-mail: %w", err)}
		switch code / 100 {
		case 2:
			return Result{Outcome: Accepted, Response: r.Response}
		case 4:
			r.Outcome = Temporary
			return r
		case 5:
			r.Outcome = Permanent
			return r
		}
	}
	if cause := context.Cause(ctx); cause != nil {
		err = cause
	}
	return Result{Outcome: Unknown, Err: fmt.Errorf("mail: no answer to the final dot: %w", err)}
}

// answer returns the code and text of err if it is the server's answer.
func answer(err error) (code int, text string, ok bool) {
	if e := (*smtp.SMTPError)(nil); errors.As(err, &e) {
		text = e.Message
		if e.EnhancedCode != (smtp.EnhancedCode{}) {
			text = fmt.Sprintf("%d.%d.%d %s", e.EnhancedCode[0], e.EnhancedCode[1], e.EnhancedCode[2], text)
		}
		return e.Code, text, true
	}
	if e := (*textproto.Error)(nil); errors.As(err, &e) {
		return e.Code, e.Msg, true
	}
	return 0, "", false
}

func response(code int, text string) string {
	return headerText(strings.TrimSpace(fmt.Sprintf("%d %s", code, text)), maxResponse)
}
