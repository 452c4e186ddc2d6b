package bot

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"rejoin"
)

const maxHeaders = 20

var headerName = regexp.MustCompile("^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$")

func (c *checker) request(step rejoin.Step) {
	q := step.Request
	if q == nil {
		c.add("request", "Say which address is called.")
		return
	}
	c.name(step)
	c.target("failed", step.Failed)
	if !slices.Contains([]string{http.MethodGet, http.MethodPost, http.MethodPut}, q.Method) {
		c.add("request", "The methods are GET, POST and PUT.")
	}
	if text := CheckURL(q.URL); text != "" {
		c.add("request", "%s", text)
	}
	if len(q.Headers) > maxHeaders || len(q.Body) > 100 {
		c.add("request", "A request has at most %d headers and 100 values.", maxHeaders)
	}
	for _, h := range q.Headers {
		if !headerName.MatchString(h.Name) || len(h.Value) > 4000 {
			c.add("request", "A header is a name of letters, digits and hyphens with a value of at most 4000 bytes; %q is not.", rejoin.Preview(h.Name, 60))
		}
		if h.Value == rejoin.KeptSecret {
			c.add("request", "The secret of the header %s is missing. Type it anew.", h.Name)
		}
	}
	for _, b := range q.Body {
		if b.Name == "" || len(b.Name) > 200 || len(b.Value) > 10_000 {
			c.add("request", "Each value needs a name of at most 200 bytes, and has at most 10,000 itself.")
		}
	}
	if q.Secret == rejoin.KeptSecret {
		c.add("request", "The password is missing. Type it anew.")
	}
	n := index(c.script, q.ListFor)
	if q.ListFor != "" && (n < 0 || c.script.Steps[n].Kind != rejoin.StepQuestion || c.script.Steps[n].Input != rejoin.InputChoice) {
		c.add("request", "The list is for a question by choice that does not exist any more.")
	}
	if q.ListFor != "" && q.List == "" {
		c.add("request", "Say where in the answer the options are.")
	}
}

// CheckURL says what is wrong with the address of an external request, or nothing.
func CheckURL(raw string) string {
	const example = "Give a whole address, for example https://api.example.com/orders."
	if len(raw) > rejoin.MaxURL {
		return fmt.Sprintf("The address has at most %d characters.", rejoin.MaxURL)
	}
	rest, ok := strings.CutPrefix(raw, "https://")
	if !ok {
		if rest, ok = strings.CutPrefix(raw, "http://"); !ok {
			return example
		}
	}
	host := rest
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		host = rest[:end]
	}
	u, err := url.Parse(raw[:len(raw)-len(rest)] + host)
	switch {
	case strings.Contains(host, "{{"):
		return "Placeholders can stand behind the host, not in it."
	case err != nil || u.Hostname() == "" || u.User != nil || strings.ContainsAny(raw, " \t\r\n"):
		return example
	}
	return ""
}
