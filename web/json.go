package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"reflect"
	"strings"
	"unicode/utf8"

	"rejoin"
)

// maxDepth is how deep arrays and objects may nest in what strangers send.
const maxDepth = 32

// ReadJSON reads the body, which must be exactly one JSON value of type application/json and at most max bytes, into v. Fields that v
// does not have, values of the wrong type and invalid UTF-8 are refused, with an error that names the field where there is one.
func ReadJSON(w http.ResponseWriter, r *http.Request, v any, max int64) error {
	return readJSON(w, r, v, max, "application/json")
}

// ReadBeacon is ReadJSON for navigator.sendBeacon, which sends text/plain across origins.
func ReadBeacon(w http.ResponseWriter, r *http.Request, v any, max int64) error {
	return readJSON(w, r, v, max, "application/json", "text/plain")
}

func readJSON(w http.ResponseWriter, r *http.Request, v any, max int64, types ...string) error {
	if !contentType(r, types) {
		return badRequest{rejoin.InvalidField("Content-Type", "Send the body as application/json."), http.StatusUnsupportedMediaType}
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, max))
	var tooBig *http.MaxBytesError
	if errors.As(err, &tooBig) {
		return badRequest{rejoin.Errorf(rejoin.Invalid, "The body is too large; at most %d bytes are taken.", max), http.StatusRequestEntityTooLarge}
	}
	if err != nil {
		return &rejoin.Error{Code: rejoin.Invalid, Text: "The body broke off. Send it again.", Err: err}
	}
	return DecodeJSON(body, v)
}

func contentType(r *http.Request, types []string) bool {
	got, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if charset := params["charset"]; err != nil || charset != "" && !strings.EqualFold(charset, "utf-8") {
		return false
	}
	for _, t := range types {
		if got == t {
			return true
		}
	}
	return false
}

// DecodeJSON decodes what a stranger sent, as strictly as [ReadJSON]; it serves sockets' frames.
func DecodeJSON(body []byte, v any) error {
	if !utf8.Valid(body) {
		return rejoin.Errorf(rejoin.Invalid, "The body is not valid UTF-8.")
	}
	if len(bytes.TrimSpace(body)) == 0 {
		return rejoin.Errorf(rejoin.Invalid, "The body is empty. Send one JSON object.")
	}
	if tooDeep(body) {
		return rejoin.Errorf(rejoin.Invalid, "The body nests deeper than %d levels.", maxDepth)
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return explain(err)
	}
	if _, err := d.Token(); err != io.EOF {
		return rejoin.Errorf(rejoin.Invalid, "The body has something after its JSON value. Send exactly one.")
	}
	if bytes.TrimSpace(body)[0] == 'n' { // null leaves v untouched
		return rejoin.Errorf(rejoin.Invalid, "The body is null. Send one JSON object.")
	}
	return nil
}

// tooDeep counts brackets outside of strings; what is not JSON fails later.
func tooDeep(body []byte) bool {
	depth, inString := 0, false
	for i := 0; i < len(body); i++ {
		switch c := body[i]; {
		case inString && c == '\\':
			i++
		case c == '"':
			inString = !inString
		case inString:
		case c == '{' || c == '[':
			if depth++; depth > maxDepth {
				return true
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return false
}

// explain says in one sentence what encoding/json complains about.
func explain(err error) error {
	var syntax *json.SyntaxError
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrong) && wrong.Field != "":
		return rejoin.InvalidField(wrong.Field, "%s must be %s, not %s.", wrong.Field, kindName(wrong.Type), wrong.Value)
	case errors.As(err, &wrong):
		return rejoin.Errorf(rejoin.Invalid, "The body must be %s, not %s.", kindName(wrong.Type), wrong.Value)
	case errors.As(err, &syntax):
		return rejoin.Errorf(rejoin.Invalid, "The body is not valid JSON (at byte %d).", syntax.Offset)
	}
	// encoding/json has no type for this one.
	if field, ok := strings.CutPrefix(err.Error(), `json: unknown field "`); ok {
		field = strings.TrimSuffix(field, `"`)
		return rejoin.InvalidField(rejoin.Preview(field, 64), "There is no field of this name here. Remove it.")
	}
	return &rejoin.Error{Code: rejoin.Invalid, Text: "The body is not valid JSON.", Err: err}
}

func kindName(t reflect.Type) string {
	switch t.Kind() {
	case reflect.String:
		return "a string"
	case reflect.Bool:
		return "true or false"
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64, reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return "a whole number"
	case reflect.Float32, reflect.Float64:
		return "a number"
	case reflect.Slice, reflect.Array:
		return "a list"
	case reflect.Pointer:
		return kindName(t.Elem())
	}
	return "an object"
}
