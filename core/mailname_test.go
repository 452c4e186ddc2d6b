package core_test

import (
	"strings"
	"testing"
	"time"

	"rejoin"
	"rejoin/rejointest"
)

// Users read the nickname in the chat; in e-mails it depends on the app's setting.
func TestNicknameInEMails(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		p, err := s.Core.Agents.SetProfile(t.Context(), s.Maya, "", "Maya Lindqvist", "Sunny")
		if err != nil {
			t.Fatal(err)
		}
		s.Maya = p.Agent
		set := func(on bool) {
			page, err := s.Core.Apps.Page(t.Context(), s.Maya, s.Made.App.ID)
			if err != nil {
				t.Fatal(err)
			}
			web := page.App.Settings.WebChat
			web.PersonalizeNickname = on
			if _, err := s.Core.Apps.SetWebChat(t.Context(), s.Maya, s.Made.App.ID, web, page.Platform.AllowedOrigins); err != nil {
				t.Fatal(err)
			}
			letter, err := s.Core.Apps.Preview(t.Context(), s.Maya, s.Made.App.ID, web, page.Platform.AllowedOrigins)
			if err != nil || strings.Contains(letter.Text, "Sunny") != on || strings.Contains(letter.Text, "Lindqvist") == on {
				t.Errorf("with the setting %v the preview says %s, %v", on, letter.Text, err)
			}
		}
		for _, on := range []bool{true, false} {
			set(on)
			v := s.VisitKnown("Hello", "Ada", "ada@example.org")
			s.Reply(v, "Hi!")
			messages := s.Load(v.Issue.ID).Messages
			if m := messages[len(messages)-1]; m.AuthorName != "Sunny" {
				t.Errorf("in the chat the author is %q", m.AuthorName)
			}
			before := len(s.MailsTo("ada@example.org"))
			s.Advance(11 * time.Minute)
			list := s.MailsTo("ada@example.org")
			if len(list) != before+1 {
				t.Fatalf("%d e-mails", len(list)-before)
			}
			m := list[len(list)-1]
			is, isNot := "Maya Lindqvist", "Sunny"
			if on {
				is, isNot = isNot, is
			}
			if !strings.Contains(m.Text, is) || strings.Contains(m.Text+m.HTML+string(m.Raw), isNot) || !strings.Contains(string(m.Raw), is+" via Acme") {
				t.Errorf("with the setting %v the e-mail is\n%s", on, m.Raw)
			}
		}
		lines := acts(s, rejoin.AuditFilter{Act: rejoin.SettingsChanged})
		if want := "Maya Lindqvist | settings_changed | Acme: Configure Web Chat | Personalize e-mails with agent's nickname: on → off"; lines[0] != want {
			t.Errorf("the log says %q, want %q", lines[0], want)
		}
	})
}
