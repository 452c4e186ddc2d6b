package rejoin

import (
	"errors"
	"fmt"
)

// Code says what kind of failure an [Error] is. The doors translate it; nobody else knows HTTP statuses.
type Code string

const (
	Invalid         Code = "invalid"         // the input is wrong; Field names which part
	Unauthenticated Code = "unauthenticated" // nobody is signed in, or the session has ended
	Forbidden       Code = "forbidden"       // somebody is signed in, but may not do this
	NotFound        Code = "not_found"       // there is no such thing, or the caller may not know of it
	Conflict        Code = "conflict"        // the thing has changed, or the request contradicts an earlier one
	Limited         Code = "limited"         // too much, too often; try again later
)

// Error is a failure the caller may be told about. Any other error is internal: it is logged, and its text is shown to nobody.
type Error struct {
	Code  Code
	Field string // the name of the input that is wrong, as the caller spelled it; may be empty
	Text  string // one sentence that says what is wrong and what to do
	Err   error  // the cause, for the log only; may be nil
}

func (e *Error) Error() string {
	s := string(e.Code) + ": " + e.Text
	if e.Field != "" {
		s = string(e.Code) + " " + e.Field + ": " + e.Text
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

func (e *Error) Unwrap() error { return e.Err }

// Errorf makes an [Error] without a field.
func Errorf(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Text: fmt.Sprintf(format, args...)}
}

// InvalidField makes an [Invalid] error about one field.
func InvalidField(field, format string, args ...any) *Error {
	return &Error{Code: Invalid, Field: field, Text: fmt.Sprintf(format, args...)}
}

// CodeOf returns the code of the first [Error] in err's chain, or "" if there is none (an internal error, or nil).
func CodeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}
