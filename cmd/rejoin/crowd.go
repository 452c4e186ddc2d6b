package main

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"rejoin"
	"rejoin/core"
	"rejoin/mail"
)

// topic is what people write about.
type topic struct {
	path, title      string // of the shop's page
	opening, answer  string
	more, last, tags string
}

var topics = [...]topic{
	{"/products/tent", "Driftwood tent · Harbor & Pine", "Is the Driftwood tent big enough for three?", "It is, with the bags in the porch: 210 × 180 cm inside.", "And how heavy is it?", "3.4 kg with all pegs.", ""},
	{"/products/tent", "Driftwood tent · Harbor & Pine", "A pole of my tent broke. Where do I get a new one?", "I have put one aside for you. It leaves tomorrow.", "Do I have to send the old one back?", "No, keep it: it makes a good peg.", "returns"},
	{"/products/lantern", "Mooring lantern · Harbor & Pine", "How long does the lantern burn with one filling?", "About nine hours on the small flame, five on the large one.", "Thank you! Is there a bigger tank?", "Not yet, it is on our list.", ""},
	{"/products/lantern", "Mooring lantern · Harbor & Pine", "The glass of my lantern is cracked.", "I am sorry! A new glass is on its way to you, free of charge.", "That was quick.", "Glad to help.", "returns"},
	{"/products/pack", "Ridgeline pack · Harbor & Pine", "Does the pack come in a size for small people?", "Yes, the back is adjustable from 40 to 52 cm.", "Then I will take the green one.", "A good choice. It is in stock.", ""},
	{"/products/pack", "Ridgeline pack · Harbor & Pine", "Can I return the pack? It is too small for me.", "Of course. The label for the parcel is in your mail.", "How long does the refund take?", "Two days once it is here.", "returns"},
	{"/contact", "Contact · Harbor & Pine", "Where is my parcel? It should have been here on Monday.", "It waits at the ferry because of the storm. I expect it tomorrow.", "Tomorrow is fine.", "I keep an eye on it.", "shipping"},
	{"/contact", "Contact · Harbor & Pine", "Do you ship to the islands?", "Yes, twice a week with the mail boat.", "And what does it cost?", "4.90, whatever the weight.", "shipping"},
	{"/contact", "Contact · Harbor & Pine", "We are a scout group and need twelve mugs. Is there a price for groups?", "There is: 20 % off from ten pieces on.", "Great, then we take twelve.", "I have prepared the offer.", "wholesale"},
	{"/", "Harbor & Pine", "My voucher is not accepted at the checkout.", "It was for the old shop. I have made a new one for you: PINE-20.", "It works!", "Enjoy it.", ""},
	{"/", "Harbor & Pine", "Can I change the address of my order?", "Until three o’clock, yes. What is the new one?", "Harbour Street 5, please.", "Done.", "shipping"},
	{"/", "Harbor & Pine", "When do you have the blue jacket again?", "In about two weeks. Shall I write to you then?", "Yes please.", "Noted.", ""},
}

// origins are where people come from: names, language and time zone.
var peoples = [...]struct {
	first, last, language, zone string // names with spaces between them
}{
	{"Emma Olivia Harry Jack Amelia", "Walker Hughes Bennett Clarke Foster", "en-GB", "Europe/London"},
	{"Mia Ava Noah Liam Ethan", "Carter Brooks Reed Morgan Price", "en-US", "America/New_York"},
	{"Lena Jonas Clara Paul Greta", "Fischer Krüger Vogel Böhm Seidel", "de-DE", "Europe/Berlin"},
	{"Chloé Louis Manon Hugo Inès", "Moreau Garnier Lefèvre Roche Picard", "fr-FR", "Europe/Paris"},
	{"Lucía Mateo Sofía Pablo Inés", "Navarro Ortega Vidal Rubio Peña", "es-ES", "Europe/Madrid"},
	{"Astrid Nils Freja Oskar Saga", "Lund Berg Nyström Holm Ekström", "sv-SE", "Europe/Stockholm"},
	{"Haruka Ren Yui Sota Aoi", "Tanaka Mori Ito Kondo Abe", "ja-JP", "Asia/Tokyo"},
}

// chance makes the demo's crowd: the same one every time, but for the hour.
type chance struct{ *rand.Rand }

func newChance(seed uint64) chance { return chance{rand.New(rand.NewPCG(seed, 41))} }

// between is a whole number from a to b.
func (c chance) between(a, b int) int { return a + c.IntN(b-a+1) }

func (c chance) minutes(a, b int) time.Duration {
	return time.Duration(c.between(a*60, b*60)) * time.Second
}

func (c chance) word(words string) string {
	list := strings.Fields(words)
	return list[c.IntN(len(list))]
}

// person is the nth of the crowd, who has a name, an address and a browser of their own.
func (c chance) person(n int) (name, email string, meta rejoin.Meta) {
	p := peoples[c.IntN(len(peoples))]
	first, last := c.word(p.first), c.word(p.last)
	device, os, screen := "desktop", c.word("Windows macOS Linux"), "1920×1080"
	if c.IntN(3) == 0 {
		device, os, screen = "phone", c.word("iOS Android"), "393×852"
	}
	meta = browser(c.word("Chrome Firefox Safari Edge"), fmt.Sprint(c.between(120, 133), ".0"), os, "", device, p.language, p.zone, screen, "")
	return first + " " + last, fmt.Sprintf("visitor%d@example.com", n), meta
}

// moment is some time in the days before now, when the shop's customers are awake, and not within half a day: stories take their time.
func (c chance) moment(now rejoin.Millis, days int) rejoin.Millis {
	for {
		at := now.Add(-12*time.Hour - time.Duration(c.Int64N(int64(days)*int64(24*time.Hour))))
		if hour := at.Time().Hour(); hour >= 7 && hour <= 22 && (c.IntN(3) > 0 || hour >= 9 && hour <= 17) {
			return at
		}
	}
}

// crowd is n stories of the last four weeks.
func crowd(now rejoin.Millis, n int) (list []story) {
	c := newChance(7)
	for i := range n {
		t := topics[c.IntN(len(topics))]
		name, email, meta := c.person(i)
		meta.Page.Title = t.title
		s := story{ago: now.Sub(c.moment(now, 28)), visitor: name, email: email, path: t.path, opening: t.opening, meta: meta, quiet: true}
		s.steps = c.course(t, s.ago)
		list = append(list, s)
	}
	return list
}

// course is how a conversation goes. Nothing of it may send an e-mail later.
func (c chance) course(t topic, ago time.Duration) (steps []step) {
	who := [...]*person{&maya, &jonas}[c.IntN(2)]
	wait := c.minutes(2, 50)
	if c.IntN(4) == 0 {
		wait = c.minutes(60, 200)
	}
	closed := visitorLeaves(c.minutes(1, 2), rejoin.PageClosed)
	fate := c.IntN(100)
	if fate < 14 && ago < 4*day { // nobody has found the time yet
		if fate < 6 {
			steps = append(steps, agentTakes(wait, who))
		}
		return append(steps, closed)
	}
	steps = append(steps, agentTakes(wait, who))
	if t.tags != "" {
		steps = append(steps, agentTags(time.Second, who, t.tags))
	}
	switch {
	case fate < 18:
		return append(steps, closed, agentRejects(time.Minute, who))
	case fate < 55: // the visitor is there when the answer comes
		steps = append(steps, agentSays(c.minutes(1, 6), who, t.answer), visitorReads(9*time.Second))
	case fate < 66: // has left, and does not come back
		return append(steps, closed, agentSays(c.minutes(1, 6), who, t.answer), mailGoesOut())
	default: // has left, and comes back by the e-mail
		steps = append(steps, closed, agentSays(c.minutes(1, 6), who, t.answer), mailGoesOut(), visitorReturns(c.minutes(5, 300)), visitorReads(5*time.Second))
	}
	steps = append(steps, visitorSays(c.minutes(1, 3), t.more))
	if fate%9 == 0 && ago < 6*day {
		return append(steps, closed)
	}
	steps = append(steps, agentSays(c.minutes(1, 12), who, t.last), visitorReads(12*time.Second), agentResolves(c.minutes(1, 30), who))
	if c.IntN(5) < 3 {
		steps = append(steps, visitorRates(20*time.Second, min(5, c.between(2, 7))))
	}
	return append(steps, closed)
}

// pastMailer hands over the e-mails of the past: those of the stories that people should find in the mailbox, and to nobody those of the crowd.
type pastMailer struct {
	sender core.Mailer
	quiet  bool
	newest mail.Message
}

// Deliver implements core.Mailer.
func (m *pastMailer) Deliver(ctx context.Context, msg mail.Message, beforeDot func(context.Context) error) mail.Result {
	m.newest = msg
	if !m.quiet {
		return m.sender.Deliver(ctx, msg, beforeDot)
	}
	if err := beforeDot(ctx); err != nil {
		return mail.Result{Outcome: mail.Temporary, Err: err}
	}
	return mail.Result{Outcome: mail.Accepted, Response: "250 2.0.0 Ok"}
}

// oldestFirst puts stories into the order in which they began.
func oldestFirst(list []story) []story {
	slices.SortStableFunc(list, func(a, b story) int { return cmp.Compare(b.ago, a.ago) })
	return list
}

const day = 24 * time.Hour
