package rejoin

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCheckEmail(t *testing.T) {
	for in, want := range map[string]string{
		"ada@example.org": "ada@example.org", " Ada.Lovelace+Chat@Example.ORG ": "ada.lovelace+chat@example.org", "jörg@müller.example": "jörg@müller.example",
	} {
		if got, err := CheckEmail(in); err != nil || got != want {
			t.Errorf("%q: %q, %v; want %q", in, got, err, want)
		}
	}
	for _, in := range []string{"", "ada", "@example.org", "ada@", "ada@nowhere", "ada@example..org", "ada@-example.org", "ada@example.o", "a b@example.org",
		"ada@example.org, bob@example.org", "Ada <ada@example.org>", "ada@example.org\r\nBcc: bob@example.org", "ada@exa_mple.org", "ada@[127.0.0.1]",
		strings.Repeat("a", 65) + "@example.org", strings.Repeat("a", 250) + "@example.org", "\x00@example.org"} {
		if got, err := CheckEmail(in); CodeOf(err) != Invalid {
			t.Errorf("%q: %q, %v; want invalid", in, got, err)
		}
	}
}

func FuzzCheckEmail(f *testing.F) {
	f.Add("ada@example.org")
	f.Fuzz(func(t *testing.T, in string) {
		got, err := CheckEmail(in)
		if err != nil {
			return
		}
		if strings.ContainsAny(got, " \r\n,;<>\"") || strings.Count(got, "@") < 1 || len(got) > MaxEmail {
			t.Errorf("%q passes as %q", in, got)
		}
		if again, err := CheckEmail(got); err != nil || again != got {
			t.Errorf("%q becomes %q and then %q, %v", in, got, again, err)
		}
	})
}

func TestCheckBody(t *testing.T) {
	for in, want := range map[string]string{
		"  Hello \r\n there\x00\x1b ": "Hello \n there", strings.Repeat("ß", MaxBody): strings.Repeat("ß", MaxBody),
	} {
		if got, err := CheckBody(in); err != nil || got != want {
			t.Errorf("%.20q: %.20q, %v", in, got, err)
		}
	}
	for _, in := range []string{"", " \n\t", "\x00", "\xff", strings.Repeat("ß", MaxBody+1)} {
		if _, err := CheckBody(in); CodeOf(err) != Invalid {
			t.Errorf("%.20q: %v, want invalid", in, err)
		}
	}
}

func TestCleanURL(t *testing.T) {
	for in, want := range map[string]string{
		"https://shop.example": "https://shop.example", "HTTPS://u:p@shop.example:8443/a/?b=c#d": "https://shop.example:8443/a/?b=c",
		"https://shop.example/search?f={red}|blue": "https://shop.example/search?f=%7Bred%7D%7Cblue", "https://shop.example/gr\u00f6\u00dfe/100%?x=%20[]": "https://shop.example/gr%C3%B6%C3%9Fe/100%25?x=%20%5B%5D",
		"https://shop.example/a%2fb//c\\d^`\"<>": "https://shop.example/a%2fb//c%5Cd%5E%60%22%3C%3E", "http://[::1]:80/": "http://[::1]:80/",
		"https://m\u00fcller.example/": "https://m%C3%BCller.example/", "https://shop.example/\xff\u202e": "https://shop.example/%FF%E2%80%AE",
	} {
		got, ok := CleanURL(in)
		if again, ok2 := CleanURL(got); !ok || got != want || !ok2 || again != got {
			t.Errorf("%q: %q, %v, then %q, %v; want %q", in, got, ok, again, ok2, want)
		}
	}
	for _, in := range []string{"", "/search", "//shop.example/", "mailto:ada@example.org", "javascript://shop.example/", "https://", "https://:80/", "https:shop.example",
		"https://sh op.example/", "https://<b>/", "https://shop.example/\n", "https://shop.example:x/", "https://shop.example/" + strings.Repeat("\u00f6", MaxURL/6)} {
		if got, ok := CleanURL(in); ok {
			t.Errorf("%q passes as %q", in, got)
		}
	}
}

func TestOrigins(t *testing.T) {
	got, err := CheckOrigins([]string{"https://Shop.Example.com/", "https://shop.example.com:443", "http://localhost:8081", "https://[::1]:8443"})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(Origins{"https://shop.example.com", "http://localhost:8081", "https://[::1]:8443"}, got); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
	for page, want := range map[string]bool{
		"https://shop.example.com/boots?size=43#top": true, "http://localhost:8081/": true, "https://shop.example.com.evil.example/": false,
		"http://shop.example.com/": false, "https://shop.example.com:444/": false, "https://user@shop.example.com/": false, "javascript:alert(1)": false, "": false, "//shop.example.com": false,
	} {
		if got.Allow(page) != want {
			t.Errorf("%q: allowed is %v, want %v", page, !want, want)
		}
	}
	for _, bad := range []string{"shop.example.com", "https://shop.example.com/path", "ftp://shop.example.com", "https://", "*", "https://*.example.com", "https://shop.example.com?x"} {
		if _, err := CheckOrigins([]string{bad}); CodeOf(err) != Invalid {
			t.Errorf("%q: %v, want invalid", bad, err)
		}
	}
}

// Every state × everything that can happen to it.
func TestIssueStates(t *testing.T) {
	for _, c := range []struct {
		from                        IssueState
		assigned                    bool
		user, agent, reopen, closed string // the next state, or "conflict"
	}{
		{New, false, "new", "agent-replied", "conflict", "resolved"},
		{NewForAgent, true, "new-for-agent", "agent-replied", "conflict", "resolved"},
		{AgentReplied, true, "waiting-for-agent", "agent-replied", "conflict", "resolved"},
		{AgentReplied, false, "waiting-for-agent", "agent-replied", "conflict", "resolved"},
		{WaitingForAgent, true, "waiting-for-agent", "agent-replied", "conflict", "resolved"},
		{Resolved, true, "waiting-for-agent", "conflict", "waiting-for-agent", "conflict"},
		{Resolved, false, "new", "conflict", "new", "conflict"},
		{Rejected, true, "conflict", "conflict", "waiting-for-agent", "resolved"},
	} {
		i := Issue{State: c.from}
		if c.assigned {
			i.AssigneeID = "agt_1"
		}
		word := func(s IssueState, err error) string {
			if err != nil {
				return string(CodeOf(err))
			}
			return string(s)
		}
		got := []string{word(i.AfterUserMessage()), word(i.AfterAgentMessage()), word(i.AfterReopen()), word(i.AfterClose(Resolved))}
		if d := cmp.Diff([]string{c.user, c.agent, c.reopen, c.closed}, got); d != "" {
			t.Errorf("%s, assigned %v (-want +got):\n%s", c.from, c.assigned, d)
		}
	}
}

// Writing into a resolved issue depends on how far its end has come.
func TestWritingAtTheEnd(t *testing.T) {
	for closing, want := range map[Closing]string{NotClosing: "waiting-for-agent", AskHelped: "waiting-for-agent", Declined: "waiting-for-agent", AskRating: "conflict", Ended: "conflict"} {
		got, err := Issue{State: Resolved, AssigneeID: "agt_1", Ending: Ending{Closing: closing}}.AfterUserMessage()
		if string(got)+string(CodeOf(err)) != want {
			t.Errorf("at %q: %q, %v; want %s", closing, got, err, want)
		}
	}
}

func TestFollowUpSettingsCheck(t *testing.T) {
	origins := Origins{"https://shop.example.com"}
	good := DefaultAppSettings().WebChat
	if err := good.Check(origins); err != nil {
		t.Fatal(err)
	}
	for field, spoil := range map[string]func(*WebChatSettings){
		"window":            func(s *WebChatSettings) { s.FollowUp.Window = 9 },
		"online_window":     func(s *WebChatSettings) { s.FollowUp.OnlineWindow = -1 },
		"max_postponement":  func(s *WebChatSettings) { s.FollowUp.MaxPostponement = week + 1 },
		"min_interval":      func(s *WebChatSettings) { s.FollowUp.MinInterval = week + 1 },
		"issue_daily_cap":   func(s *WebChatSettings) { s.FollowUp.IssueDailyCap = 0 },
		"address_daily_cap": func(s *WebChatSettings) { s.FollowUp.AddressDailyCap = 1001 },
		"typed_daily_cap":   func(s *WebChatSettings) { s.FollowUp.TypedDailyCap = s.FollowUp.AddressDailyCap + 1 },
		"destination":       func(s *WebChatSettings) { s.FollowUp.Destination = "elsewhere" },
		"custom_url": func(s *WebChatSettings) {
			s.FollowUp.Destination, s.FollowUp.CustomURL = CustomURL, "https://evil.example/"
		},
		"title":                 func(s *WebChatSettings) { s.Title = strings.Repeat("ß", MaxTitle+1) },
		"color":                 func(s *WebChatSettings) { s.Color = "red;}" },
		"colors.header":         func(s *WebChatSettings) { s.Colors.Header = "#12345" },
		"colors.launcher":       func(s *WebChatSettings) { s.Colors.Launcher = "#12345g" },
		"colors.user_bubble":    func(s *WebChatSettings) { s.Colors.UserBubble = "blue" },
		"colors.support_bubble": func(s *WebChatSettings) { s.Colors.SupportBubble = "1234567" },
		"colors.accent":         func(s *WebChatSettings) { s.Colors.Accent = "#}</st" },
		"greeting":              func(s *WebChatSettings) { s.Greeting = strings.Repeat("x", 501) },
	} {
		s := good
		spoil(&s)
		err, ok := s.Check(origins).(*Error)
		if !ok || err.Code != Invalid || err.Field != field {
			t.Errorf("%s: %v, want an invalid field of that name", field, err)
		}
	}
}
