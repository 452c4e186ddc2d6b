package restapi

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"rejoin"
	"rejoin/core"
	"rejoin/web"
)

// The longest bodies, in bytes.
const (
	maxBody  = 4 << 20 // without files: five thousand ids, or a message and a hundred long fields
	maxFiles = rejoin.MaxAttachments*core.MaxFile + maxBody
	inMemory = 1 << 20 // of a body with files; the rest waits on the disk
	maxNames = 200     // parameters of one request
)

// params is what a request says: in its query, and in its body as a form, as parts, or as JSON. Programs write names with - or with _ (reference §7.1), and
// complex values as JSON within any of these; methods take a name as it is documented, which errors tell.
type params struct {
	values map[string][]string // by normal name; what was no string in JSON is its JSON
	form   *multipart.Form     // nil without parts
}

func normal(name string) string { return strings.ReplaceAll(strings.ToLower(name), "-", "_") }

// readParams reads the whole request.
func readParams(w http.ResponseWriter, r *http.Request) (p params, err error) {
	p.values = map[string][]string{}
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return p, rejoin.Errorf(rejoin.Invalid, "The query of the address cannot be read. Encode its values as in ?page-size=100.")
	}
	p.addAll(query)
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		if err := p.readBody(w, r); err != nil {
			return p, err
		}
	}
	return p, p.check()
}

func (p *params) readBody(w http.ResponseWriter, r *http.Request) error {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case err == nil && kind == "multipart/form-data":
		return p.readParts(w, r)
	case err == nil && (kind == "application/json" || strings.HasSuffix(kind, "+json")):
		return p.readJSON(w, r)
	case err == nil && (kind == "application/x-www-form-urlencoded" || kind == "text/plain") || r.Header.Get("Content-Type") == "":
		return p.readForm(w, r)
	}
	return rejoin.InvalidField("Content-Type", "Send the body as application/x-www-form-urlencoded, multipart/form-data or application/json.")
}

func (p *params) readForm(w http.ResponseWriter, r *http.Request) error {
	body, err := readAll(w, r)
	if err != nil {
		return err
	}
	if trimmed := strings.TrimSpace(string(body)); strings.HasPrefix(trimmed, "{") && json.Valid([]byte(trimmed)) {
		return p.addJSON([]byte(trimmed)) // JSON that does not say so
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return rejoin.Errorf(rejoin.Invalid, "The body is not a form: encode it as application/x-www-form-urlencoded.")
	}
	p.addAll(form)
	return nil
}

func readAll(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	return body, broken(err)
}

// broken says what is wrong with a body that could not be read.
func broken(err error) error {
	var tooBig *http.MaxBytesError
	switch {
	case errors.As(err, &tooBig):
		return rejoin.Errorf(rejoin.Invalid, "The body is too large; at most %d bytes are taken.", tooBig.Limit)
	case err != nil:
		return &rejoin.Error{Code: rejoin.Invalid, Text: "The body broke off, or is not what its Content-Type says. Send it again.", Err: err}
	}
	return nil
}

func (p *params) readParts(w http.ResponseWriter, r *http.Request) error {
	web.Patient(w)
	r.Body = http.MaxBytesReader(w, r.Body, maxFiles)
	if err := r.ParseMultipartForm(inMemory); err != nil {
		return broken(err)
	}
	p.form = r.MultipartForm
	p.addAll(r.MultipartForm.Value)
	return nil
}

func (p *params) readJSON(w http.ResponseWriter, r *http.Request) error {
	body, err := readAll(w, r)
	if err != nil || len(strings.TrimSpace(string(body))) == 0 {
		return err
	}
	return p.addJSON(body)
}

func (p *params) addJSON(body []byte) error {
	var object map[string]json.RawMessage
	if err := web.DecodeJSON(body, &object); err != nil {
		return err
	}
	for name, raw := range object {
		var s string
		switch {
		case string(raw) == "null":
			p.add(name, "")
		case json.Unmarshal(raw, &s) == nil:
			p.add(name, s)
		default:
			p.add(name, string(raw))
		}
	}
	return nil
}

func (p *params) addAll(values map[string][]string) {
	for name, list := range values {
		for _, v := range list {
			p.add(strings.TrimSuffix(name, "[]"), v)
		}
	}
}

func (p *params) add(name, value string) {
	p.values[normal(name)] = append(p.values[normal(name)], value)
}

// check refuses what no database can keep.
func (p *params) check() error {
	if len(p.values) > maxNames {
		return rejoin.Errorf(rejoin.Invalid, "A request has at most %d parameters.", maxNames)
	}
	for name, list := range p.values {
		for _, v := range list {
			if !utf8.ValidString(v) || strings.ContainsRune(v, 0) {
				return rejoin.InvalidField(rejoin.Preview(name, 64), "%s is not valid UTF-8 text without zero bytes.", rejoin.Preview(name, 64))
			}
		}
	}
	return nil
}

// close drops files that wait on the disk.
func (p params) close() {
	if p.form != nil {
		_ = p.form.RemoveAll() // what is left is in the system's temporary folder
	}
}

// given reports whether the request names the parameter, be it with an empty value.
func (p params) given(name string) bool { return len(p.values[normal(name)]) > 0 }

// text is the parameter's last value; empty if it is not given.
func (p params) text(name string) string {
	list := p.values[normal(name)]
	if len(list) == 0 {
		return ""
	}
	return list[len(list)-1]
}

// number is a whole number between least and most; def if it is not given or empty.
func (p params) number(name string, def, least, most int64) (int64, error) {
	text := strings.TrimSpace(p.text(name))
	if text == "" {
		return def, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < least || n > most {
		return 0, rejoin.InvalidField(name, "%s is a whole number from %d to %d.", name, least, most)
	}
	return n, nil
}

// millis is a moment in milliseconds since 1970; zero if it is not given.
func (p params) millis(name string) (rejoin.Millis, error) {
	text := strings.TrimSpace(p.text(name))
	if text == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 || n > 253402300799999 {
		return 0, rejoin.InvalidField(name, "%s is a moment in milliseconds since 1970, such as 1700000000000.", name)
	}
	return rejoin.Millis(n), nil
}

// flag is true or false, def if it is not given.
func (p params) flag(name string, def bool) (bool, error) {
	switch strings.ToLower(strings.TrimSpace(p.text(name))) {
	case "":
		return def, nil
	case "true", "1", "yes":
		return true, nil
	case "false", "0", "no":
		return false, nil
	}
	return false, rejoin.InvalidField(name, "%s is true or false.", name)
}

// list is several texts: a JSON array, a list with commas, or the parameter given several times. Numbers in an array count as texts.
func (p params) list(name string) (out []string, err error) {
	for _, text := range p.values[normal(name)] {
		text = strings.TrimSpace(text)
		if !strings.HasPrefix(text, "[") {
			for part := range strings.SplitSeq(text, ",") {
				if part = strings.TrimSpace(part); part != "" {
					out = append(out, part)
				}
			}
			continue
		}
		var entries []any
		d := json.NewDecoder(strings.NewReader(text))
		d.UseNumber()
		if err := d.Decode(&entries); err != nil || d.More() {
			return nil, rejoin.InvalidField(name, `%s is a JSON array of texts, such as ["a","b"].`, name)
		}
		for _, e := range entries {
			switch e := e.(type) {
			case string:
				out = append(out, e)
			case json.Number:
				out = append(out, e.String())
			default:
				return nil, rejoin.InvalidField(name, `%s is a JSON array of texts, such as ["a","b"].`, name)
			}
		}
	}
	return out, nil
}

// decode reads the parameter's JSON into v, which stays as it is if the parameter is not given or empty. Like says what it has to look like.
func (p params) decode(name string, v any, like string) error {
	text := strings.TrimSpace(p.text(name))
	if text == "" {
		return nil
	}
	if err := json.Unmarshal([]byte(text), v); err != nil {
		return &rejoin.Error{Code: rejoin.Invalid, Field: name, Text: name + " is JSON such as " + like + ".", Err: err}
	}
	return nil
}

// files are the parts with the name that carry files, in their order.
func (p params) files(name string) (out []*multipart.FileHeader) {
	if p.form == nil {
		return nil
	}
	for key, list := range p.form.File {
		if normal(strings.TrimSuffix(key, "[]")) == normal(name) {
			out = append(out, list...)
		}
	}
	return out
}
