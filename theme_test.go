package rejoin

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Whatever colours somebody chooses, all text can be read (4.5 to 1, WCAG 2.2, 1.4.3).
func TestThemeIsReadable(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	color := func() string { return fmt.Sprintf("#%06x", random.IntN(1<<24)) }
	for n := range 2000 {
		s := WebChatSettings{Color: color(), Colors: Colors{Header: color(), Launcher: color(), UserBubble: color(), SupportBubble: color(), Accent: color()}}
		if n%2 == 0 {
			s.Colors = Colors{}
		}
		if err := s.CheckColors(); err != nil {
			t.Fatal(err)
		}
		for _, c := range append(s.Tints(false), s.Tints(true)...) {
			least := 4.5
			if c.Area == "launcher" {
				least = 3 // an icon
			}
			if got := contrast(c.Fill, c.Text); got < least-1e-9 {
				t.Errorf("%+v of %+v: the contrast is %.3f, want %.1f", c, s, got, least)
			}
		}
	}
}

func TestTheme(t *testing.T) {
	s := DefaultAppSettings().WebChat
	s.Color, s.Colors.Accent, s.Colors.SupportBubble = "#f6f7f9", "#ffd400", "#fff1cc"
	want := ":root{--brand:#d1d2d4;--on-brand:#000000;--header:#d1d2d4;--on-header:#000000;--mine:#d1d2d4;--on-mine:#000000;" +
		"--theirs:#fff1cc;--on-theirs:#000000;--accent:#806a00;--link:#000000}" +
		"@media(prefers-color-scheme:dark){:root{--brand:#f6f7f9;--on-brand:#000000;--header:#f6f7f9;--on-header:#000000;--mine:#f6f7f9;--on-mine:#000000;" +
		"--theirs:#fff1cc;--on-theirs:#000000;--accent:#ffd400;--link:#000000}}"
	if diff := cmp.Diff(strings.ReplaceAll(want, ";", ";\n"), strings.ReplaceAll(s.Theme(), ";", ";\n")); diff != "" {
		t.Errorf("a pale brand (-want +got):\n%s", diff)
	}
}

// What was stored before a setting came has its default.
func TestOldSettings(t *testing.T) {
	got := DefaultAppSettings()
	if err := json.Unmarshal([]byte(`{"web_chat":{"greeting":"Hi","color":"#112233","identity_bot":false,"resolution_question":false}}`), &got); err != nil {
		t.Fatal(err)
	}
	want := DefaultAppSettings()
	want.WebChat.Greeting, want.WebChat.Color, want.WebChat.IdentityBot, want.WebChat.ResolutionQuestion = "Hi", "#112233", false, false
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("old settings (-want +got):\n%s", diff)
	}
	if w := got.WebChat; !w.ShowWidget || !w.PresenceDetection || !w.TypingIndicator || !w.PersonalizeNickname {
		t.Errorf("the defaults are off: %+v", w)
	}
}

func TestOffer(t *testing.T) {
	f := CustomField{Options: []string{"a", "b", "c"}, Retired: []string{"z"}}.Offer([]string{"z", "b"})
	if diff := cmp.Diff(CustomField{Options: []string{"z", "b"}, Retired: []string{"a", "c"}}, f); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	many := make([]string, MaxOptions)
	for n := range many {
		many[n] = fmt.Sprint(n)
	}
	f = CustomField{Options: many, Retired: []string{"oldest"}}.Offer([]string{"x"})
	if len(f.Retired) != MaxOptions || f.Retired[0] != "0" {
		t.Errorf("%d are kept, from %q; want the newest %d", len(f.Retired), f.Retired[0], MaxOptions)
	}
}

func TestFieldPlatforms(t *testing.T) {
	for give, want := range map[string]string{"": "web ios android", "android web": "web android", "ios ios": "ios", "web fax": "platforms"} {
		f := CustomField{Key: "k", Label: "L", Type: Date}
		for _, k := range strings.Fields(give) {
			f.Platforms = append(f.Platforms, PlatformKind(k))
		}
		got, err := CheckCustomField(f)
		words := strings.Trim(fmt.Sprint(got.Platforms), "[]")
		if e, ok := err.(*Error); ok {
			words = e.Field
		}
		if words != want {
			t.Errorf("%q: %s, want %s", give, words, want)
		}
	}
}
