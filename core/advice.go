package core

import (
	"net/url"
	"time"

	"rejoin"
	"rejoin/hours"
)

// Advice is what follows from an app's settings together (reference §1.2), in its own values.
type Advice struct {
	Kind AdviceKind
	Text string
}

// AdviceKind says how much attention an advice wants.
type AdviceKind string

const (
	AdviceGood AdviceKind = "good" // so it is, and that is fine
	AdviceLook AdviceKind = "look" // worth a thought
	AdviceBad  AdviceKind = "bad"  // hardly meant so
)

// adviser looks at an app's settings at one moment, by the clock of its hours.
type adviser struct {
	AppPage
	hours  rejoin.BusinessHours
	chat   rejoin.WebChatSettings
	mails  bool // follow-ups go out
	now    time.Time
	closed time.Time // a moment out of hours, if possible at three in the morning; zero if there is none within a year
	back   time.Time // when people are back after it; zero if they are not within a year
	list   []Advice
}

// advise returns what to say about the app's settings, the weightiest first.
func advise(p AppPage, now rejoin.Millis) []Advice {
	s := p.App.Settings
	a := &adviser{AppPage: p, hours: s.Hours, chat: s.WebChat, now: now.Time().In(hours.Zone(s.Hours)), list: []Advice{}}
	a.mails = s.WebChat.FollowUp.Enabled && p.Domain.Has(rejoin.FollowUpEmail)
	a.night()
	if a.hours.On {
		a.aboutHours()
	}
	if a.mails {
		a.aboutMails()
	}
	return a.list
}

func (a *adviser) say(kind AdviceKind, text string) {
	a.list = append(a.list, Advice{Kind: kind, Text: text})
}

// night finds a time out of hours: three in the morning of one of the next days, or else when it closes next.
func (a *adviser) night() {
	y, m, d := a.now.Date()
	for n := range 8 {
		three := time.Date(y, m, d+n, 3, 0, 0, 0, a.now.Location())
		if three.After(a.now) && !hours.Open(a.hours, three) {
			a.closed = three
			break
		}
	}
	if at, ok := a.now, true; a.closed.IsZero() {
		if hours.Open(a.hours, at) {
			at, ok = hours.Next(a.hours, at)
		}
		if !ok {
			return
		}
		a.closed = at
	}
	a.back, _ = hours.NextOpen(a.hours, a.closed)
}

// at is a moment in words: on Monday at 09:00, with its date if it is a week away.
func (a *adviser) at(t time.Time) string {
	if t.Sub(a.now) < 6*day {
		return "on " + t.In(a.now.Location()).Format("Monday at 15:04")
	}
	return "on " + t.In(a.now.Location()).Format("Monday, 2 January 2006, at 15:04")
}

func (a *adviser) aboutHours() {
	hides := a.hours.Outside == rejoin.OutsideHide
	switch {
	case a.closed.IsZero():
		a.say(AdviceLook, "By these hours you are always open, so they change nothing.")
		return
	case a.back.IsZero():
		a.aboutEnd(hides)
		return
	case !a.mails && hides:
		a.say(AdviceLook, "Follow-up via Email is off. What you answer "+a.at(a.closed)+" is found only by who comes back to the chat, and that is hidden then.")
	case !a.mails:
		a.say(AdviceLook, "Follow-up via Email is off. Whoever writes "+a.at(a.closed)+" and leaves learns of your answer only by coming back to the chat.")
	case hides:
		a.say(AdviceLook, "Your e-mails can be opened "+a.at(a.closed)+", when the chat is hidden. Visitors who follow the link still see their conversation, and that you are back "+
			a.at(a.back)+". They can write in it, but find no chat on your pages otherwise.")
		a.say(AdviceLook, "A chat that hides goes badly with e-mails that lead to it. Better show when you are back, or let an automation say so.")
	case a.hours.Outside == rejoin.OutsideQuiet:
		a.say(AdviceLook, "Your e-mails can be opened "+a.at(a.closed)+". Visitors then see their conversation, and nothing in it tells that you are back "+a.at(a.back)+
			", unless an automation does.")
	default:
		a.say(AdviceGood, "Your e-mails can be opened "+a.at(a.closed)+". Visitors then see their conversation, and that you are back "+a.at(a.back)+".")
	}
	a.aboutLine()
}

// aboutEnd warns of hours that end for good.
func (a *adviser) aboutEnd(hides bool) {
	text := "By these hours you are closed, and do not open within a year."
	if closes, ok := hours.Next(a.hours, a.now); ok && hours.Open(a.hours, a.now) {
		text = "By these hours you close " + a.at(closes) + " and do not open again within a year."
	}
	if hides {
		a.say(AdviceBad, text+" The chat stays hidden.")
	} else {
		a.say(AdviceBad, text+" Nobody is told when you are back.")
	}
}

// longClosed is how long a break has to be to count as the end of a day.
const longClosed = 4 * time.Hour

// aboutLine explains the e-mail's line by the next message that is written just before people leave for the day.
func (a *adviser) aboutLine() {
	if !a.mails {
		return
	}
	window, at := a.chat.FollowUp.Window, a.now
	for range 2 * rejoin.MaxSpans * 8 { // a week
		next, ok := hours.Next(a.hours, at)
		if !ok {
			return
		}
		closes, due := hours.Open(a.hours, at), next.Add(window.Duration())
		at = next
		if back, ok := hours.NextOpen(a.hours, next); closes && ok && back.After(due) && back.Sub(next) >= longClosed {
			a.say(AdviceGood, "What you write just before you close "+a.at(next)+", and nobody reads, is mailed "+inWords(window)+
				" later. The e-mail says that you are back "+a.at(back)+", by the visitor’s own clock.")
			return
		}
	}
}

func (a *adviser) aboutMails() {
	if !a.hours.On {
		a.say(AdviceGood, "Business hours are off. An e-mail that is opened at 03:00 leads to the same chat as at noon, and nothing says when you are there.")
	}
	if !a.chat.ShowWidget {
		a.say(AdviceLook, "The widget is switched off. E-mails still open their conversations; nobody can begin a new one.")
	}
	if !a.App.Settings.Identity.Required {
		a.say(AdviceLook, "Identity verification is off, so a page can claim to be any of your users. With it, whoever is logged in on your site finds the conversation in every browser, and nobody else does.")
	}
	if !a.chat.IdentityBot {
		a.say(AdviceLook, "Identity Bot is off. Nobody asks visitors for their address, so only those whom your page names get e-mails.")
	}
	switch f := a.chat.FollowUp; f.Destination {
	case rejoin.CustomURL:
		if u, err := url.Parse(f.CustomURL); err == nil && u.Host != "" {
			a.say(AdviceLook, "Every e-mail leads to "+rejoin.Preview(u.Host+u.Path, 80)+", wherever the conversation began. That page has to carry the chat.")
		}
	case rejoin.HostedPage:
		a.say(AdviceGood, "E-mails lead to the hosted page. Nobody can log in there, so visitors who are logged in are led to the page where they began.")
	case rejoin.StartPage:
		if len(a.Platform.AllowedOrigins) == 0 {
			a.say(AdviceLook, "No page may carry the chat yet, so e-mails lead to the hosted page.")
		}
	}
}
