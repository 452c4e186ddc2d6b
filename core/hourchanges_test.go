package core

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"rejoin"
)

func TestHoursChanges(t *testing.T) {
	was := rejoin.DefaultHours()
	was.Holidays = []rejoin.Holiday{{Date: "2026-12-24", Name: "Christmas Eve"}, {Date: "2026-12-25", Name: "Christmas"}, {Date: "2027-01-01"}}
	now := rejoin.DefaultHours()
	now.On, now.Zone, now.Outside = true, "Europe/Berlin", rejoin.OutsideQuiet
	now.Week[0] = []rejoin.Span{{From: 600, To: 720}}
	now.Week[5] = nil
	now.Holidays = []rejoin.Holiday{{Date: "2026-12-24", Name: "Christmas Eve", Hours: []rejoin.Span{{From: 540, To: 720}, {From: 780, To: 1440}}},
		{Date: "2026-12-26"}, {Date: "2027-01-01"}}
	want := []string{
		"Business hours: off → on", "Time zone: UTC → Europe/Berlin", "Outside of the hours: announce → quiet",
		"Friday: 09:00–17:00 → closed", "Sunday: closed → 10:00–12:00",
		"Holiday removed: 2026-12-25 Christmas (closed)",
		"Holiday 2026-12-24: Christmas Eve (closed) → Christmas Eve (09:00–12:00, 13:00–24:00)", "Holiday added: 2026-12-26 (closed)",
	}
	if d := cmp.Diff(want, hoursChanges(was, now)); d != "" {
		t.Errorf("lines (-want +got):\n%s", d)
	}
	if lines := hoursChanges(now, now); len(lines) != 0 {
		t.Errorf("no change says %q", lines)
	}
}

// advised is what is said on Monday, 2 March 2026, at 14:00 in Berlin, with e-mails and usual hours unless something is changed.
func advised(change func(*AppPage)) (list []string) {
	p := AppPage{App: rejoin.App{Settings: rejoin.DefaultAppSettings()}, Domain: rejoin.Domain{Features: []rejoin.Feature{rejoin.FollowUpEmail}},
		Platform: rejoin.Platform{AllowedOrigins: rejoin.Origins{"https://shop.example"}}}
	p.App.Settings.WebChat.FollowUp.Enabled = true
	p.App.Settings.Hours.On, p.App.Settings.Hours.Zone = true, "Europe/Berlin"
	change(&p)
	for _, a := range advise(p, 1772456400000) {
		list = append(list, string(a.Kind)+": "+a.Text)
	}
	return list
}

func TestAdvice(t *testing.T) {
	line := "good: What you write just before you close on Monday at 17:00, and nobody reads, is mailed 10 minutes later. The e-mail says that you are back on Tuesday at 09:00, by the visitor’s own clock."
	for name, c := range map[string]struct {
		change func(*AppPage)
		want   []string
	}{
		"announce": {func(*AppPage) {}, []string{
			"good: Your e-mails can be opened on Tuesday at 03:00. Visitors then see their conversation, and that you are back on Tuesday at 09:00.", line}},
		"hide": {func(p *AppPage) { p.App.Settings.Hours.Outside = rejoin.OutsideHide }, []string{
			"look: Your e-mails can be opened on Tuesday at 03:00, when the chat is hidden. Visitors who follow the link still see their conversation, and that you are back on Tuesday at 09:00. They can write in it, but find no chat on your pages otherwise.",
			"look: A chat that hides goes badly with e-mails that lead to it. Better show when you are back, or let an automation say so.", line}},
		"quiet": {func(p *AppPage) { p.App.Settings.Hours.Outside = rejoin.OutsideQuiet }, []string{
			"look: Your e-mails can be opened on Tuesday at 03:00. Visitors then see their conversation, and nothing in it tells that you are back on Tuesday at 09:00, unless an automation does.", line}},
		"a long window": {func(p *AppPage) { p.App.Settings.WebChat.FollowUp.Window = 24 * 3600 }, []string{
			"good: Your e-mails can be opened on Tuesday at 03:00. Visitors then see their conversation, and that you are back on Tuesday at 09:00.",
			"good: What you write just before you close on Friday at 17:00, and nobody reads, is mailed 1 day later. The e-mail says that you are back on Monday, 9 March 2026, at 09:00, by the visitor’s own clock."}},
		"over by then": {func(p *AppPage) { p.App.Settings.WebChat.FollowUp.Window = 72 * 3600 }, []string{
			"good: Your e-mails can be opened on Tuesday at 03:00. Visitors then see their conversation, and that you are back on Tuesday at 09:00."}},
		"no e-mails": {func(p *AppPage) { p.App.Settings.WebChat.FollowUp.Enabled = false }, []string{
			"look: Follow-up via Email is off. Whoever writes on Tuesday at 03:00 and leaves learns of your answer only by coming back to the chat."}},
		"no e-mails for the domain, hidden": {func(p *AppPage) { p.Domain.Features, p.App.Settings.Hours.Outside = nil, rejoin.OutsideHide }, []string{
			"look: Follow-up via Email is off. What you answer on Tuesday at 03:00 is found only by who comes back to the chat, and that is hidden then."}},
		"always open": {func(p *AppPage) {
			for day := range 7 {
				p.App.Settings.Hours.Week[day] = []rejoin.Span{{From: 0, To: 1440}}
			}
		}, []string{"look: By these hours you are always open, so they change nothing."}},
		"never": {func(p *AppPage) { p.App.Settings.Hours.Week = [7][]rejoin.Span{} }, []string{
			"bad: By these hours you are closed, and do not open within a year. Nobody is told when you are back."}},
		"never again, and hidden": {func(p *AppPage) {
			p.App.Settings.Hours.Week, p.App.Settings.Hours.Outside = [7][]rejoin.Span{}, rejoin.OutsideHide
			p.App.Settings.Hours.Holidays = []rejoin.Holiday{{Date: "2026-03-02", Hours: []rejoin.Span{{From: 540, To: 1020}}}}
		}, []string{"bad: By these hours you close on Monday at 17:00 and do not open again within a year. The chat stays hidden."}},
		"for one more day": {func(p *AppPage) {
			p.App.Settings.Hours.Week, p.App.Settings.Hours.Outside = [7][]rejoin.Span{}, rejoin.OutsideHide
			p.App.Settings.Hours.Holidays = []rejoin.Holiday{{Date: "2026-03-09", Hours: []rejoin.Span{{From: 540, To: 600}}}}
		}, []string{
			"look: Your e-mails can be opened on Tuesday at 03:00, when the chat is hidden. Visitors who follow the link still see their conversation, and that you are back on Monday, 9 March 2026, at 09:00. They can write in it, but find no chat on your pages otherwise.",
			"look: A chat that hides goes badly with e-mails that lead to it. Better show when you are back, or let an automation say so."}},
		"off, and much else": {func(p *AppPage) {
			s := &p.App.Settings
			s.Hours.On, s.Identity.Required, s.WebChat.ShowWidget, s.WebChat.IdentityBot = false, false, false, false
			s.WebChat.FollowUp.Destination, s.WebChat.FollowUp.CustomURL = rejoin.CustomURL, "https://shop.example/help?x=1"
		}, []string{
			"good: Business hours are off. An e-mail that is opened at 03:00 leads to the same chat as at noon, and nothing says when you are there.",
			"look: The widget is switched off. E-mails still open their conversations; nobody can begin a new one.",
			"look: Identity verification is off, so a page can claim to be any of your users. With it, whoever is logged in on your site finds the conversation in every browser, and nobody else does.",
			"look: Identity Bot is off. Nobody asks visitors for their address, so only those whom your page names get e-mails.",
			"look: Every e-mail leads to shop.example/help, wherever the conversation began. That page has to carry the chat."}},
		"everything off": {func(p *AppPage) {
			p.App.Settings.Hours.On, p.App.Settings.WebChat.FollowUp.Enabled = false, false
		}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			if d := cmp.Diff(c.want, advised(c.change)); d != "" {
				t.Errorf("-want +got:\n%s", d)
			}
		})
	}
}
