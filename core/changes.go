package core

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"rejoin"
)

// changes are lines for the audit log about values that have changed: label, before and after in turn.
func changes(triples ...string) (lines []string) {
	for n := 0; n+2 < len(triples); n += 3 {
		if was, now := triples[n+1], triples[n+2]; was != now {
			lines = append(lines, triples[n]+": "+orNone(was)+" → "+orNone(now))
		}
	}
	return lines
}

// orNone is a value on one line, not too long.
func orNone(s string) string {
	if s = strings.Join(strings.Fields(s), " "); s == "" {
		return "none"
	}
	return rejoin.Preview(s, 120)
}

// settingWord is a line of the audit log: what a setting of "Configure Web Chat" is called, and its value in words.
type settingWord struct {
	label string
	value func(rejoin.WebChatSettings) string
}

// settingWords is every setting of the page. A setting without a line here changes without a word in the audit log.
func settingWords() []settingWord {
	type s = rejoin.WebChatSettings
	return []settingWord{
		{"Show the widget", func(s s) string { return onOff(s.ShowWidget) }},
		{"Title", func(s s) string { return s.Title }},
		{"Greeting", func(s s) string { return s.Greeting }},
		{"Colour", func(s s) string { return s.Color }},
		{"Colour of links", func(s s) string { return s.Colors.Accent }},
		{"Colour of the header", func(s s) string { return s.Colors.Header }},
		{"Colour of the launcher", func(s s) string { return s.Colors.Launcher }},
		{"Colour of the visitor's messages", func(s s) string { return s.Colors.UserBubble }},
		{"Colour of your messages", func(s s) string { return s.Colors.SupportBubble }},
		{"Identity Bot", func(s s) string { return onOff(s.IdentityBot) }},
		{"Presence detection", func(s s) string { return onOff(s.PresenceDetection) }},
		{"Agent typing indicator", func(s s) string { return onOff(s.TypingIndicator) }},
		{"Resolution question", func(s s) string { return onOff(s.ResolutionQuestion) }},
		{"CSAT", func(s s) string { return onOff(s.CSAT) }},
		{"Personalize e-mails with agent's nickname", func(s s) string { return onOff(s.PersonalizeNickname) }},
		{"Follow-up via Email", func(s s) string { return onOff(s.FollowUp.Enabled) }},
		{"Time for unread messages", func(s s) string { return inWords(s.FollowUp.Window) }},
		{"More time while online", func(s s) string { return inWords(s.FollowUp.OnlineWindow) }},
		{"Latest after the first unread message", func(s s) string { return inWords(s.FollowUp.MaxPostponement) }},
		{"Time between two e-mails", func(s s) string { return inWords(s.FollowUp.MinInterval) }},
		{"E-mails a day per conversation", func(s s) string { return strconv.Itoa(s.FollowUp.IssueDailyCap) }},
		{"E-mails a day per address", func(s s) string { return strconv.Itoa(s.FollowUp.AddressDailyCap) }},
		{"E-mails a day per typed address", func(s s) string { return strconv.Itoa(s.FollowUp.TypedDailyCap) }},
		{"Destination", func(s s) string { return strings.ReplaceAll(string(s.FollowUp.Destination), "_", " ") }},
		{"Custom URL", func(s s) string { return s.FollowUp.CustomURL }},
	}
}

// webChatChanges says what a change of the page "Configure Web Chat" changes.
func webChatChanges(was, now rejoin.WebChatSettings, hadOrigins, hasOrigins rejoin.Origins) (lines []string) {
	for _, w := range settingWords() {
		lines = append(lines, changes(w.label, w.value(was), w.value(now))...)
	}
	for _, o := range hadOrigins {
		if !slices.Contains(hasOrigins, o) {
			lines = append(lines, "Allowed origin removed: "+o)
		}
	}
	for _, o := range hasOrigins {
		if !slices.Contains(hadOrigins, o) {
			lines = append(lines, "Allowed origin added: "+o)
		}
	}
	return lines
}

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}

// inWords is a duration in the largest unit that says it in a whole number: 10 minutes. Zero is none.
func inWords(d rejoin.Seconds) string {
	if d == 0 {
		return ""
	}
	for _, unit := range []struct {
		name string
		size rejoin.Seconds
	}{{"day", 86400}, {"hour", 3600}, {"minute", 60}} {
		if d%unit.size == 0 {
			return plural(int64(d/unit.size), unit.name)
		}
	}
	return plural(int64(d), "second")
}

func plural(n int64, unit string) string {
	if n == 1 {
		return "1 " + unit
	}
	return fmt.Sprintf("%d %ss", n, unit)
}
