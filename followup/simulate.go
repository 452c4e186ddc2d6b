package followup

import (
	"cmp"
	"slices"
	"strings"

	"rejoin"
)

// Rule is an app's policy in a simulation.
type Rule struct {
	Policy
	SignedOnly bool // an address that the host page told without a signature is not used
	NoPresence bool // nobody counts as online
}

// PastIssue is a conversation of the past.
type PastIssue struct {
	ID      string
	AppID   string
	UserID  string // whose it is now
	Private bool   // no address is used
}

// History is what happened in conversations of one domain, as far as the decision depends on it. Each must be known from its first message.
type History struct {
	Issues []PastIssue
	Facts  []rejoin.Fact // of these issues and of everybody to whom they have belonged, and the domain's wishes; in any order
}

// PastMail is an e-mail that the decision would have sent.
type PastMail struct {
	IssueID string
	At      rejoin.Millis
	FromSeq int64
	ToSeq   int64
	Address string
	Reason  rejoin.Reason

	Postponed int // how often bots and automations have put it off, by writing after the span began
}

// Simulate lives through the history again, up to a moment, and returns what would have been mailed, by the time. The rules are by app; one that is
// missing mails nothing. It decides by [Decide] and nothing else, at the moments at which the engine does: whenever a fact changes, and when a Wait
// ends. Every e-mail is taken by the mail server at the moment it is decided. What is due at the same moment is sent in the order of the issues' ids.
func Simulate(h History, rules map[string]Rule, until rejoin.Millis) []PastMail {
	s := newSimulation(h, rules)
	facts := slices.Clone(h.Facts)
	slices.SortFunc(facts, func(a, b rejoin.Fact) int {
		return cmp.Or(cmp.Compare(a.At, b.At), strings.Compare(order(a), order(b)), cmp.Compare(a.N, b.N))
	})
	for len(facts) > 0 && facts[0].At <= until {
		n := 1
		for n < len(facts) && facts[n].Act == facts[0].Act && facts[n].At == facts[0].At {
			n++
		}
		s.pass(facts[0].At)
		s.act(facts[:n])
		facts = facts[n:]
	}
	s.pass(until)
	return s.mails
}

// order is the part of an act's id that grows with time.
func order(f rejoin.Fact) string {
	return f.Act[strings.IndexByte(f.Act, '_')+1:]
}

// simulation is a domain as it was at one moment of the past.
type simulation struct {
	rules     map[string]Rule
	issues    map[string]*simIssue
	users     map[string]*simUser
	wishes    map[wish]bool
	addresses map[string][]rejoin.Millis // when each was mailed
	timers    timers
	mails     []PastMail
	touched   []*simIssue // to be decided again at the end of the act
}

// simIssue is a conversation.
type simIssue struct {
	PastIssue
	rule     Rule
	state    rejoin.IssueState
	out      []outbound // in order of seq
	read     int64
	mailedTo int64
	mails    []rejoin.Millis
	mutes    int
	live     bool          // a span is open
	since    rejoin.Millis // it began
	held     bool
	sendNow  bool
	timer    int64 // the number of the timer that counts
	begins   bool  // the message of this act may begin a span
	touched  bool
}

type outbound struct {
	seq  int64
	at   rejoin.Millis
	by   rejoin.Origin
	gone bool
}

// simUser is a person.
type simUser struct {
	presence rejoin.Presence
	address  string
	source   rejoin.EmailSource
	issues   []*simIssue
}

// wish is a suppression, by what it is about.
type wish struct {
	kind                    rejoin.SuppressionKind
	appID, issueID, address string
}

func newSimulation(h History, rules map[string]Rule) *simulation {
	s := &simulation{rules: rules, issues: map[string]*simIssue{}, users: map[string]*simUser{}, wishes: map[wish]bool{}, addresses: map[string][]rejoin.Millis{}}
	first := map[string]rejoin.Fact{} // the first move of each issue tells whose it was before
	for _, f := range h.Facts {
		if known, ok := first[f.IssueID]; f.Kind == rejoin.FactMoved && (!ok || f.At < known.At || f.At == known.At && order(f) < order(known)) {
			first[f.IssueID] = f
		}
	}
	for _, p := range h.Issues {
		if f, ok := first[p.ID]; ok {
			p.UserID = f.Value
		}
		i := &simIssue{PastIssue: p, rule: rules[p.AppID], state: rejoin.New}
		s.issues[p.ID] = i
		u := s.user(p.UserID)
		u.issues = append(u.issues, i)
	}
	return s
}

func (s *simulation) user(id string) *simUser {
	u := s.users[id]
	if u == nil {
		u = &simUser{}
		s.users[id] = u
	}
	return u
}

// pass lets time go on to a moment, that included.
func (s *simulation) pass(to rejoin.Millis) {
	for {
		t, ok := s.timers.next(to)
		if !ok {
			return
		}
		i := s.issues[t.issueID]
		if i.timer != t.n {
			continue // replaced or cancelled
		}
		s.look(i, t.at, true)
	}
}

// act makes facts true together and decides again about the issues that they touch.
func (s *simulation) act(facts []rejoin.Fact) {
	for _, f := range facts {
		s.learn(f)
	}
	for _, i := range s.touched {
		if i.live || i.begins {
			s.look(i, facts[0].At, false)
		}
		i.touched, i.begins = false, false
	}
	s.touched = s.touched[:0]
}

// look asks for the decision about an issue. Only when its time has come is an e-mail sent; otherwise one that is due is sent at once, but after
// everything else that was due before.
func (s *simulation) look(i *simIssue, now rejoin.Millis, due bool) {
	span := i.span()
	d := Decide(i.rule.Policy, s.facts(i, span, now), now)
	if !i.live {
		if span.count == 0 || d.Reason == rejoin.ReasonFeatureOff || d.Reason == rejoin.ReasonDisabled {
			return
		}
		i.live, i.since = true, now
	}
	i.timer = 0
	switch {
	case d.Action == Send && due:
		s.mail(i, span, now, d.Reason)
	case d.Action == Send:
		i.timer = s.timers.add(now, i.ID)
	case d.Action == Wait && d.Until > 0:
		i.timer = s.timers.add(d.Until, i.ID)
	case d.Action == Skip && (span.count == 0 || i.state == rejoin.Rejected):
		i.end()
	}
}

func (i *simIssue) end() { i.live, i.held, i.sendNow = false, false, false }

func (s *simulation) mail(i *simIssue, span span, now rejoin.Millis, why rejoin.Reason) {
	address, _ := s.address(i)
	postponed := i.postponed(span)
	i.mails = append(i.mails, now)
	s.addresses[address] = append(s.addresses[address], now)
	i.mailedTo = span.to
	i.end()
	s.mails = append(s.mails, PastMail{IssueID: i.ID, At: now, FromSeq: span.from, ToSeq: span.to, Address: address, Reason: why, Postponed: postponed})
}

// postponed counts the messages of bots and automations that came after the span began: each has restarted the window.
func (i *simIssue) postponed(s span) (n int) {
	for _, m := range i.out {
		if m.seq >= s.from && m.seq <= s.to && m.at > i.since && m.by != rejoin.FromAgent && !m.gone {
			n++
		}
	}
	return n
}

// span is the outbound messages that are neither read nor mailed.
type span struct {
	count    int
	from, to int64
	newest   rejoin.Millis
}

func (i *simIssue) span() (s span) {
	after := max(i.read, i.mailedTo)
	for n := len(i.out) - 1; n >= 0 && i.out[n].seq > after; n-- {
		m := i.out[n]
		if m.gone {
			continue
		}
		if s.count++; s.count == 1 {
			s.to = m.seq
		}
		s.from, s.newest = m.seq, max(s.newest, m.at)
	}
	return s
}

func (s *simulation) facts(i *simIssue, span span, now rejoin.Millis) Facts {
	f := Facts{Unread: span.count, Newest: span.newest, Since: now, State: i.state, Suppressed: s.suppressed(i),
		Presence: s.user(i.UserID).presence, Held: i.held, SendNow: i.sendNow}
	f.Address, f.Source = s.address(i)
	if i.rule.NoPresence {
		f.Presence = rejoin.NotCollected
	}
	if i.live {
		f.Since = i.since
	}
	f.IssueMails = newerThan(i.mails, now.Add(-day))
	if n := len(i.mails); n > 0 && len(f.IssueMails) == 0 {
		f.IssueMails = i.mails[n-1:]
	}
	f.AddressMails = newerThan(s.addresses[f.Address], now.Add(-day))
	return f
}

func newerThan(times []rejoin.Millis, since rejoin.Millis) []rejoin.Millis {
	n, _ := slices.BinarySearch(times, since+1)
	return times[n:]
}

// address is where the issue's e-mails go.
func (s *simulation) address(i *simIssue) (string, rejoin.EmailSource) {
	u := s.user(i.UserID)
	if i.Private || i.rule.SignedOnly && u.source == rejoin.AssertedEmail {
		return "", rejoin.NoEmail
	}
	return u.address, u.source
}

// suppressed is what the reader of an e-mail has asked for; of several, what is said of the conversation first.
func (s *simulation) suppressed(i *simIssue) rejoin.SuppressionKind {
	address := s.user(i.UserID).address
	switch {
	case i.mutes > 0:
		return rejoin.Mute
	case address == "":
		return ""
	case s.wishes[wish{kind: rejoin.NotMe, address: address}]:
		return rejoin.NotMe
	case s.wishes[wish{kind: rejoin.Unsubscribe, appID: i.AppID, address: address}]:
		return rejoin.Unsubscribe
	}
	return ""
}
