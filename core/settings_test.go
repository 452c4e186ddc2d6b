package core_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoin"
	"rejoin/core"
	"rejoin/identity"
	"rejoin/live"
	"rejoin/rejointest"
	"rejoin/store/storetest"
)

// setChat changes the app's settings.
func setChat(s *rejointest.Server, change func(*rejoin.WebChatSettings)) {
	s.T.Helper()
	p, err := s.Core.Apps.Page(s.T.Context(), s.Maya, s.Made.App.ID)
	if err != nil {
		s.T.Fatal(err)
	}
	web := p.App.Settings.WebChat
	change(&web)
	if _, err := s.Core.Apps.SetWebChat(s.T.Context(), s.Maya, s.Made.App.ID, web, p.Platform.AllowedOrigins); err != nil {
		s.T.Fatal(err)
	}
	s.Settle()
}

func TestAppsAreMadeAndRenamed(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx, apps := t.Context(), s.Core.Apps
		made, err := apps.Create(ctx, s.Maya, " Second  shop ", []string{"https://second.example/"})
		if err != nil {
			t.Fatal(err)
		}
		if made.App.Name != "Second shop" || made.Platform.Kind != rejoin.Web || made.Platform.AllowedOrigins[0] != "https://second.example" || made.Written ||
			!strings.Contains(made.EmbedCode, made.Platform.ID) || !made.App.Settings.Identity.Required {
			t.Errorf("the new app: %+v", made)
		}
		if page, err := s.Core.Verification.Page(ctx, s.Maya, made.App.ID); err != nil || len(page.Secrets) != 1 {
			t.Errorf("its secrets: %+v, %v; want one", page, err)
		}
		for name, want := range map[string]rejoin.Code{"Second shop": rejoin.Conflict, " ": rejoin.Invalid, strings.Repeat("x", 256): rejoin.Invalid} {
			if _, err := apps.Create(ctx, s.Maya, name, nil); rejoin.CodeOf(err) != want {
				t.Errorf("an app %.20q: %v, want %s", name, err, want)
			}
		}
		if _, err := apps.Create(ctx, s.Maya, "Third", []string{"nowhere"}); rejoin.CodeOf(err) != rejoin.Invalid {
			t.Errorf("an origin that is none: %v", err)
		}
		if _, err := apps.Rename(ctx, s.Maya, made.App.ID, s.Made.App.Name); rejoin.CodeOf(err) != rejoin.Conflict {
			t.Errorf("a taken name: %v, want conflict", err)
		}
		renamed, err := apps.Rename(ctx, s.Maya, made.App.ID, "Outlet")
		if err != nil || renamed.App.Name != "Outlet" {
			t.Errorf("renaming: %+v, %v", renamed.App, err)
		}
		if _, err := apps.Rename(ctx, s.Maya, made.App.ID, "Outlet"); err != nil {
			t.Errorf("its own name again: %v", err)
		}
	})
}

// Settings are for administrators of the domain; the others learn nothing.
func TestSettingsAreForAdministrators(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx := t.Context()
		rival, err := s.Core.Setup.Create(ctx, core.First{Domain: "rival", App: "Rival", Name: "Rita", Email: "rita@rival.example", Password: "long enough"})
		if err != nil {
			t.Fatal(err)
		}
		list, err := s.Core.Labels.AddField(ctx, s.Maya, rejoin.CustomField{Key: "plan", Label: "Plan", Type: rejoin.SingleLine})
		if err != nil {
			t.Fatal(err)
		}
		supervisor := s.Maya
		supervisor.Role = rejoin.Supervisor
		web := rejoin.DefaultAppSettings().WebChat
		for name, do := range map[string]func(a rejoin.Agent) error{
			"rename":  func(a rejoin.Agent) error { _, err := s.Core.Apps.Rename(ctx, a, s.Made.App.ID, "Mine"); return err },
			"page":    func(a rejoin.Agent) error { _, err := s.Core.Apps.Page(ctx, a, s.Made.App.ID); return err },
			"preview": func(a rejoin.Agent) error { _, err := s.Core.Apps.PanelPreview(ctx, a, s.Made.Platform.ID); return err },
			"set": func(a rejoin.Agent) error {
				_, err := s.Core.Apps.SetWebChat(ctx, a, s.Made.App.ID, web, nil)
				return err
			},
			"field": func(a rejoin.Agent) error {
				_, err := s.Core.Labels.ChangeField(ctx, a, list[0].ID, "Mine", nil, []rejoin.PlatformKind{rejoin.Web})
				return err
			},
			"order": func(a rejoin.Agent) error {
				_, err := s.Core.Labels.OrderFields(ctx, a, []string{list[0].ID})
				return err
			},
			"archive": func(a rejoin.Agent) error { _, err := s.Core.Labels.ArchiveField(ctx, a, list[0].ID, true); return err },
		} {
			if err := do(supervisor); rejoin.CodeOf(err) != rejoin.Forbidden {
				t.Errorf("%s by a supervisor: %v, want forbidden", name, err)
			}
			if err := do(rival.Admin); rejoin.CodeOf(err) != rejoin.NotFound {
				t.Errorf("%s by another domain's administrator: %v, want not found", name, err)
			}
		}
		for name, do := range map[string]func() error{
			"an app":  func() error { _, err := s.Core.Apps.Create(ctx, supervisor, "Mine", nil); return err },
			"a field": func() error { _, err := s.Core.Labels.AddField(ctx, supervisor, list[0]); return err },
			"a look":  func() error { _, _, err := s.Core.Apps.Look(supervisor, web); return err },
		} {
			if err := do(); rejoin.CodeOf(err) != rejoin.Forbidden {
				t.Errorf("%s of a supervisor: %v, want forbidden", name, err)
			}
		}
	})
}

func TestFieldsChangeAndMove(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx, l := t.Context(), s.Core.Labels
		var list []rejoin.CustomField
		for _, key := range []string{"b", "a", "c"} {
			var err error
			if list, err = l.AddField(ctx, s.Maya, rejoin.CustomField{Key: key, Label: key, Type: rejoin.Dropdown, Options: []string{"red", "blue"}}); err != nil {
				t.Fatal(err)
			}
		}
		keys := func(list []rejoin.CustomField) (out string) {
			for _, f := range list {
				out += f.Key
			}
			return out
		}
		list, err := l.OrderFields(ctx, s.Maya, []string{list[2].ID, list[0].ID})
		if err != nil || keys(list) != "cba" {
			t.Errorf("the order is %s, %v; want cba", keys(list), err)
		}
		if _, err := l.OrderFields(ctx, s.Maya, []string{list[0].ID, list[0].ID}); rejoin.CodeOf(err) != rejoin.Invalid {
			t.Errorf("one field twice: %v, want invalid", err)
		}
		web := []rejoin.PlatformKind{rejoin.Web}
		list, err = l.ChangeField(ctx, s.Maya, list[0].ID, " Colour ", []string{"green", "blue"}, web)
		if err != nil {
			t.Fatal(err)
		}
		want := list[0]
		want.Label, want.Options, want.Retired, want.Platforms = "Colour", []string{"green", "blue"}, []string{"red"}, web
		if diff := cmp.Diff(want, list[0]); diff != "" || !list[0].On(rejoin.Web) || list[0].On(rejoin.IOS) {
			t.Errorf("changed (-want +got):\n%s", diff)
		}
		if list, err = l.ChangeField(ctx, s.Maya, list[0].ID, "Colour", []string{"red"}, web); err != nil || !cmp.Equal(list[0].Retired, []string{"green", "blue"}) {
			t.Errorf("an option came back: %+v, %v", list[0], err)
		}
		for field, err := range map[string]error{
			"platforms": errorOf(l.ChangeField(ctx, s.Maya, list[0].ID, "Colour", []string{"red"}, nil)),
			"label":     errorOf(l.ChangeField(ctx, s.Maya, list[0].ID, "", []string{"red"}, web)),
			"options":   errorOf(l.ChangeField(ctx, s.Maya, list[0].ID, "Colour", nil, web)),
		} {
			if e, ok := err.(*rejoin.Error); !ok || e.Field != field {
				t.Errorf("%s: %v", field, err)
			}
		}
	})
}

func errorOf[A any](_ A, err error) error { return err }

func TestFieldsInUseAreLimited(t *testing.T) {
	s := rejointest.New(t, storetest.SQLite(t))
	ctx, l := t.Context(), s.Core.Labels
	var list []rejoin.CustomField
	for n := range rejoin.MaxFields {
		var err error
		if list, err = l.AddField(ctx, s.Maya, rejoin.CustomField{Key: fmt.Sprint("k", n), Label: "L", Type: rejoin.Date}); err != nil {
			t.Fatal(err)
		}
	}
	more := rejoin.CustomField{Key: "more", Label: "More", Type: rejoin.Date}
	if _, err := l.AddField(ctx, s.Maya, more); rejoin.CodeOf(err) != rejoin.Limited {
		t.Errorf("one more: %v, want limited", err)
	}
	if _, err := l.ArchiveField(ctx, s.Maya, list[0].ID, true); err != nil {
		t.Fatal(err)
	}
	if _, err := l.AddField(ctx, s.Maya, more); err != nil {
		t.Errorf("after one was archived: %v", err)
	}
	if _, err := l.ArchiveField(ctx, s.Maya, list[0].ID, false); rejoin.CodeOf(err) != rejoin.Limited {
		t.Errorf("taking it back: %v, want limited", err)
	}
}

// Where the widget is switched off nobody begins a conversation; those that run go on.
func TestClosedChat(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		v := s.Visit("Hello")
		setChat(s, func(w *rejoin.WebChatSettings) { w.ShowWidget = false })
		_, err := s.Core.Messages.Start(t.Context(), identity.NewToken(), s.Made.Platform.ID, core.UserSend{ClientID: s.NewClientID(), Body: "Hello?"}, core.Beginning{})
		if rejoin.CodeOf(err) != rejoin.Forbidden {
			t.Errorf("a new conversation: %v, want forbidden", err)
		}
		if _, err := s.Core.Messages.SendAsUser(t.Context(), v.Token, v.Issue.ID, core.UserSend{ClientID: s.NewClientID(), Body: "Still there?"}); err != nil {
			t.Errorf("a running one: %v", err)
		}
	})
}

func TestPresenceDetection(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx := t.Context()
		v := s.Visit("Hello")
		presence := func(v *rejointest.Visitor) rejoin.Presence { return s.Load(v.Issue.ID).User.Presence }
		report := func(v *rejointest.Visitor, p rejoin.Presence) {
			if err := s.Core.Presence.Report(ctx, v.Token, "tab_number_1", p); err != nil {
				t.Fatal(err)
			}
		}
		report(v, rejoin.Active)
		if got := presence(v); got != rejoin.Active {
			t.Fatalf("before: %s", got)
		}
		s.SetFollowUp(func(f *rejoin.FollowUpSettings) { f.OnlineWindow = 3600 })
		setChat(s, func(w *rejoin.WebChatSettings) { w.PresenceDetection = false })
		if got := presence(v); got != rejoin.NotCollected {
			t.Errorf("switched off: %s", got)
		}
		report(v, rejoin.Active)
		other := s.Visit("Hi")
		report(other, rejoin.Active)
		if a, b := presence(v), presence(other); a != rejoin.NotCollected || b != rejoin.NotCollected {
			t.Errorf("reported while it is off: %s, %s; want not collected", a, b)
		}
		if _, err := s.Core.Presence.Attach(ctx, v.Token, "tab_number_2", rejoin.TabHidden); err != nil {
			t.Fatal(err)
		}
		if err := s.Core.Presence.Lost(ctx, s.Load(v.Issue.ID).User.ID, "tab_number_2"); err != nil {
			t.Fatal(err)
		}
		if got := presence(v); got != rejoin.NotCollected {
			t.Errorf("after a socket: %s", got)
		}
		setChat(s, func(w *rejoin.WebChatSettings) { w.PresenceDetection = true })
		if got := presence(v); got != rejoin.PageClosed {
			t.Errorf("switched on again: %s", got)
		}
		report(v, rejoin.PanelClosed)
		if got := presence(v); got != rejoin.PanelClosed {
			t.Errorf("reported again: %s", got)
		}
	})
}

func TestTypingIndicator(t *testing.T) {
	s := rejointest.New(t, storetest.SQLite(t))
	v := s.Visit("Hello")
	heard := func() (kinds []string) {
		user, agents := s.Hub.Subscribe(func() {}), s.Hub.Subscribe(func() {})
		defer user.Close()
		defer agents.Close()
		user.Add(live.IssueTopic(v.Issue.ID))
		agents.Add(live.AgentsTopic(v.Issue.ID))
		if err := s.Core.Messages.TypingAsAgent(t.Context(), s.Maya, v.Issue.ID, false); err != nil {
			t.Fatal(err)
		}
		return []string{fmt.Sprint(len(user.Take())), fmt.Sprint(len(agents.Take()))}
	}
	if diff := cmp.Diff([]string{"1", "1"}, heard()); diff != "" {
		t.Errorf("on (user and agents, -want +got):\n%s", diff)
	}
	setChat(s, func(w *rejoin.WebChatSettings) { w.TypingIndicator = false })
	if diff := cmp.Diff([]string{"0", "1"}, heard()); diff != "" {
		t.Errorf("off (user and agents, -want +got):\n%s", diff)
	}
}

func TestWidgetIsSeen(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx := t.Context()
		see := func(page string) core.AppPage {
			front, err := s.Core.Apps.Front(ctx, s.Made.Platform.ID)
			if err == nil {
				err = s.Core.Apps.Seen(ctx, front.Platform, page)
			}
			if err != nil {
				t.Fatal(err)
			}
			p, err := s.Core.Apps.Page(ctx, s.Maya, s.Made.App.ID)
			if err != nil {
				t.Fatal(err)
			}
			return p
		}
		first := s.Clock.Now()
		if p := see("https://shop.example.com/cart#x"); p.Platform.SeenAt != first || p.Platform.SeenURL != "https://shop.example.com/cart" || p.Written {
			t.Errorf("seen at %d on %q", p.Platform.SeenAt, p.Platform.SeenURL)
		}
		s.Clock.Set(first.Add(rejoin.SeenEvery - 1))
		if p := see("https://shop.example.com/other"); p.Platform.SeenAt != first {
			t.Errorf("written again within the hour")
		}
		s.Clock.Set(first.Add(rejoin.SeenEvery))
		s.Visit("Hello")
		if p := see("https://shop.example.com/other"); p.Platform.SeenAt == first || p.Platform.SeenURL != "https://shop.example.com/other" || !p.Written {
			t.Errorf("an hour later: %+v", p.Platform)
		}
		for n, page := range []string{"https://shop.example.com/" + strings.Repeat("x", 1<<20), "https://shop.example.com\xff/", "javascript:alert(1)", "https://evil.example/"} {
			s.Clock.Set(first.Add(time.Duration(n+2) * rejoin.SeenEvery))
			if p := see(page); p.Platform.SeenAt != s.Clock.Now() || p.Platform.SeenURL != "" {
				t.Errorf("%.30q: seen at %d on %.30q", page, p.Platform.SeenAt, p.Platform.SeenURL)
			}
		}
	})
}
