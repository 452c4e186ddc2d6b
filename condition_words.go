package rejoin

import (
	"fmt"
	"strings"
	"time"
)

// Found is what the issue has where the condition looks, in a few words for agents. Agents, apps and queues are ids there.
func (c Condition) Found(v View) string {
	if c.Subject.Timed() {
		since, ok := v.Since[c.Subject]
		if !ok {
			return notSo[c.Subject]
		}
		return "for " + spoken(v.Now.Sub(since))
	}
	list, set := c.found(v)
	switch {
	case c.Subject == OnLoggedIn && !v.LoggedIn:
		return "not logged in"
	case c.Subject == OnLoggedIn:
		return "logged in"
	case set:
		return Preview(strings.Join(list, ", "), 140)
	}
	if text := none[c.Subject]; text != "" {
		return text
	}
	return "nothing"
}

// notSo says why a timed condition does not come true by the time alone.
var notSo = map[Subject]string{
	FirstResponseLate: "an agent has answered",
	NextResponseLate:  "the visitor does not wait for another answer",
	UserSilentFor:     "the visitor does not owe a reply",
	OfflineFor:        "the visitor is online, or presence is not known",
	OnlineFor:         "the visitor is not online, or presence is not known",
	UnreadFor:         "everything is read",
}

// none says that a subject has nothing.
var none = map[Subject]string{
	OnTags:     "no tags",
	OnAssignee: "nobody",
	OnQueue:    "in no queue",
	OnAddress:  "no address",
	OnFollowUp: "there was none",
	OnLanguage: "not known",
	OnField:    "not set",
}

// words names the subject in the middle of a sentence.
func (s Subject) words() string { return strings.ReplaceAll(string(s), "_", " ") }

// spoken is a duration in the two largest of its parts: 2 days 3 hours, 45 seconds.
func spoken(d time.Duration) string {
	var said []string
	for _, part := range [...]struct {
		name string
		size time.Duration
	}{{"day", 24 * time.Hour}, {"hour", time.Hour}, {"minute", time.Minute}, {"second", time.Second}} {
		n := d / part.size
		if d -= n * part.size; n == 1 {
			said = append(said, "1 "+part.name)
		} else if n > 1 {
			said = append(said, fmt.Sprintf("%d %ss", n, part.name))
		}
		if len(said) == 2 || len(said) == 1 && n == 0 {
			break
		}
	}
	if len(said) == 0 {
		return "less than a second"
	}
	return strings.Join(said, " ")
}
