package bot

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"rejoin"
)

// Limits of what an external request brings.
const (
	maxPaths = 100  // kept of one answer; those that the script names first
	maxValue = 1000 // characters of one of them
	maxList  = 500  // options of a list (reference §4.2)
	maxDepth = 10
)

// Prepared is an external request that can be sent.
type Prepared struct {
	Method string
	URL    string
	Header http.Header
	Body   []byte // nil for none
}

// Prepare fills the placeholders of a request: values are escaped where they stand, and cannot change the host. Of a GET, the body's values are
// in the query. A value that is missing is an empty text, and null in JSON.
func Prepare(q rejoin.Request, value func(name string) (string, bool)) (Prepared, error) {
	p := Prepared{Method: q.Method, Header: http.Header{"Accept": {"application/json"}}}
	address, err := fillURL(q.URL, value)
	if err != nil {
		return p, err
	}
	for _, h := range q.Headers {
		p.Header.Add(h.Name, strings.Map(dropControl, rejoin.Fill(h.Value, value)))
	}
	if q.User != "" || q.Secret != "" {
		r := http.Request{Header: p.Header}
		r.SetBasicAuth(q.User, q.Secret)
	}
	switch {
	case len(q.Body) == 0:
	case q.Method == http.MethodGet:
		if address.RawQuery != "" {
			address.RawQuery += "&"
		}
		address.RawQuery += form(q.Body, value)
	case q.Form:
		p.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		p.Body = []byte(form(q.Body, value))
	default:
		p.Header.Set("Content-Type", "application/json")
		p.Body = object(q.Body, value)
	}
	p.URL = address.String()
	return p, nil
}

func dropControl(r rune) rune {
	if r < 0x20 || r == 0x7f {
		return -1
	}
	return r
}

// fillURL fills what stands behind the host.
func fillURL(raw string, value func(string) (string, bool)) (*url.URL, error) {
	scheme, rest, ok := strings.Cut(raw, "://")
	end := strings.IndexAny(rest, "/?#")
	if end < 0 {
		end = len(rest)
	}
	if !ok || strings.Contains(rest[:end], "{{") {
		return nil, errors.New("The address is not complete.")
	}
	path, query, asks := strings.Cut(rest[end:], "?")
	filled := scheme + "://" + rest[:end] + rejoin.FillWith(path, value, func(s string) string {
		return strings.ReplaceAll(url.PathEscape(s), ".", "%2E") // a value is no step up
	})
	if asks {
		filled += "?" + rejoin.FillWith(query, value, url.QueryEscape)
	}
	u, err := url.Parse(filled)
	if err != nil {
		return nil, errors.New("The address cannot be read.")
	}
	return u, nil
}

// form is names and values in their order, urlencoded.
func form(list []rejoin.Header, value func(string) (string, bool)) string {
	pairs := make([]string, len(list))
	for n, h := range list {
		pairs[n] = url.QueryEscape(h.Name) + "=" + url.QueryEscape(rejoin.Fill(h.Value, value))
	}
	return strings.Join(pairs, "&")
}

// object is names and values in their order as JSON.
func object(list []rejoin.Header, value func(string) (string, bool)) []byte {
	var b bytes.Buffer
	b.WriteByte('{')
	for n, h := range list {
		if n > 0 {
			b.WriteByte(',')
		}
		b.Write(quoted(h.Name))
		b.WriteByte(':')
		text := rejoin.Fill(h.Value, value)
		if text == "" && len(rejoin.Placeholders(h.Value)) > 0 {
			b.WriteString("null")
		} else {
			b.Write(quoted(text))
		}
	}
	b.WriteByte('}')
	return b.Bytes()
}

func quoted(s string) []byte {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err) // a text cannot fail
	}
	return b
}

// Found is what the answer to an external request holds.
type Found struct {
	Values map[string]string // texts, numbers and true or false, by path: order.items.0
	Paths  []string          // of Values, in order
	lists  map[string][]string
}

// Read takes a JSON object apart. What is null is not there, and so are lists of other things than texts, numbers or true and false, or of
// several kinds.
func Read(body []byte) (Found, error) {
	f := Found{Values: map[string]string{}, lists: map[string][]string{}}
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	var top map[string]any
	if err := d.Decode(&top); err != nil || d.More() || top == nil {
		return f, errors.New("The answer is not a JSON object.")
	}
	f.walk("", top, 0)
	for path := range f.Values {
		f.Paths = append(f.Paths, path)
	}
	slices.Sort(f.Paths)
	return f, nil
}

func (f *Found) walk(path string, v any, depth int) {
	if depth > maxDepth || len(path) > 150 {
		return
	}
	switch v := v.(type) {
	case map[string]any:
		for key, inner := range v {
			f.walk(join(path, storable(key)), inner, depth+1)
		}
	case []any:
		var list []string
		kind := ""
		for _, inner := range v {
			text, k := scalar(inner)
			if k == "" || kind != "" && k != kind {
				return
			}
			kind, list = k, append(list, text)
		}
		f.lists[path] = list
		for n, text := range list {
			f.Values[join(path, strconv.Itoa(n))] = cut(text, maxValue)
		}
	default:
		if text, kind := scalar(v); kind != "" {
			f.Values[path] = cut(text, maxValue)
		}
	}
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// storable is a text as databases take it.
func storable(s string) string { return strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "�") }

// scalar is a value as text, and its kind; none for what is no text, number or true or false.
func scalar(v any) (text, kind string) {
	switch v := v.(type) {
	case string:
		return storable(v), "text"
	case json.Number:
		return v.String(), "number"
	case bool:
		return strconv.FormatBool(v), "bool"
	}
	return "", ""
}

// List is the texts at a path that holds a list, for people to choose from: at most 500, without repeats.
func (f Found) List(path string) (list []string) {
	for _, text := range f.lists[path] {
		if text = cut(strings.Join(strings.Fields(text), " "), 255); text != "" && !slices.Contains(list, text) && len(list) < maxList {
			list = append(list, text)
		}
	}
	return list
}

// Called takes what the external request that the run waits for has brought, and returns the run after it. With why it has failed: the run goes
// where the script says, or ends.
func Called(s rejoin.Script, r rejoin.BotRun, f Found, why string) (rejoin.BotRun, Effect) {
	n := index(s, r.Step)
	if n < 0 || s.Steps[n].Request == nil {
		return fail(r, rejoin.Step{}, "The step "+rejoin.Preview(r.Step, 40)+" does not exist.")
	}
	step := s.Steps[n]
	r.State = rejoin.RunWaiting
	q := *step.Request
	if why == "" && q.ListFor != "" {
		list := f.List(q.List)
		lists := map[string][]string{q.ListFor: list}
		for id, old := range r.Lists {
			if id != q.ListFor {
				lists[id] = old
			}
		}
		r.Lists = lists
	}
	switch {
	case why == "":
		r.Step = after(s, n, "")
		return keep(forget(r, step.Name), wanted(s, step.Name, f)), Effect{}
	case step.Failed != "":
		r.Step = step.Failed
		return forget(r, step.Name), Effect{}
	}
	return fail(r, step, why)
}

// forget drops what an earlier request of the name has brought.
func forget(r rejoin.BotRun, name string) rejoin.BotRun {
	answers := map[string]string{}
	for key, v := range r.Answers {
		if !strings.HasPrefix(key, name+".") {
			answers[key] = v
		}
	}
	r.Answers = answers
	return r
}

// wanted is what is kept of an answer: what the script names comes first.
func wanted(s rejoin.Script, name string, f Found) map[string]string {
	named := named(s)
	out := map[string]string{}
	for _, first := range [...]bool{true, false} {
		for _, path := range f.Paths {
			if key := name + "." + path; named[key] == first && len(out) < maxPaths {
				out[key] = f.Values[path]
			}
		}
	}
	return out
}

// named is the answers that a script's placeholders and conditions name.
func named(s rejoin.Script) map[string]bool {
	out := map[string]bool{}
	for _, step := range s.Steps {
		for _, text := range textsOf(step) {
			for _, name := range rejoin.Placeholders(text) {
				if rest, ok := strings.CutPrefix(name, answerPrefix); ok {
					out[rest] = true
				}
			}
		}
		for _, way := range step.Ways {
			for _, c := range way.All {
				if c.Subject == rejoin.OnAnswer {
					out[c.Key] = true
				}
			}
		}
	}
	return out
}

// textsOf is everything in a step that may have placeholders.
func textsOf(step rejoin.Step) (list []string) {
	add := func(t rejoin.LocalText) {
		list = append(list, t.Text)
		for _, text := range t.In {
			list = append(list, text)
		}
	}
	add(step.Text)
	if a := step.Action; a != nil {
		list = append(list, a.Value, a.Note)
	}
	if q := step.Request; q != nil {
		list = append(list, q.URL)
		for _, h := range slices.Concat(q.Headers, q.Body) {
			list = append(list, h.Value)
		}
	}
	return list
}
