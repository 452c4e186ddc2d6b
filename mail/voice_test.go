package mail

import (
	"mime"
	netmail "net/mail"
	"regexp"
	"slices"
	"strings"
	"testing"

	"rejoin"
	"rejoin/texts"
)

// everything is a follow-up that uses every sentence but the one about links, or the one about signing in.
func everything(code string, login bool) FollowUpData {
	d := speak(code)
	d.LoginNeeded = login
	d.Color = ""
	for range MaxQuotes {
		d.Messages = append(d.Messages, Quote{Author: "Maya", Body: strings.Repeat("We are looking into it. ", 200), At: sunday, Files: []string{"map.png", "notes.txt"}})
	}
	d.Messages = append(d.Messages, Quote{At: sunday, Files: []string{"photo.jpg"}})
	return d
}

func TestFollowUpInEveryLanguage(t *testing.T) {
	for _, code := range rejoin.Languages {
		t.Run(code, func(t *testing.T) {
			for _, d := range []FollowUpData{everything(code, false), everything(code, true), speak(code)} {
				m, err := FollowUp(d)
				if err != nil {
					t.Fatal(err)
				}
				checkOneMessage(t, d, m)
				checkLanguage(t, d, m)
				checkWords(t, d, m)
			}
		})
	}
}

// checkLanguage expects an e-mail that says which language it is in, in headers that come back as they were meant.
func checkLanguage(t *testing.T, d FollowUpData, m Message) {
	t.Helper()
	env := parseEnvelope(t, m.Raw)
	if got := env.GetHeader("Content-Language"); got != rejoin.LanguageTag(d.Language) {
		t.Errorf("Content-Language is %q", got)
	}
	dir := map[bool]string{true: "rtl", false: "ltr"}[rejoin.RightToLeft(d.Language)]
	if want := `<html lang="` + rejoin.LanguageTag(d.Language) + `" dir="` + dir + `">`; !strings.Contains(m.HTML, want) {
		t.Errorf("the HTML part lacks %s", want)
	}
	if got := env.GetHeader("Subject"); got != m.Subject || !strings.Contains(got, "Acme Outdoor") || !strings.Contains(got, "#12") {
		t.Errorf("the subject %q is read as %q", m.Subject, got)
	}
	std, err := netmail.ReadMessage(strings.NewReader(string(m.Raw)))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := new(mime.WordDecoder).DecodeHeader(std.Header.Get("Subject")); err != nil || got != m.Subject {
		t.Errorf("another reader takes the subject %q for %q (%v)", m.Subject, got, err)
	}
	sender := texts.Of(d.Language).Say("mail.via", "agent", "Maya", "app", "Acme Outdoor")
	if from, err := env.AddressList("From"); err != nil || from[0].Name != sender {
		t.Errorf("the sender is %v (%v), want %s", from, err, sender)
	}
}

// button finds the link on the button, and what it says.
var button = regexp.MustCompile(`<a href="([^"]*)"[^>]*>([^<]*)</a>`)

// checkWords expects every sentence in both parts, all placeholders filled, and no line that is too long.
func checkWords(t *testing.T, d FollowUpData, m Message) {
	t.Helper()
	_, body, _ := strings.Cut(m.HTML, "<body")
	for name, part := range map[string]string{"subject": m.Subject, "HTML": body, "text": m.Text} {
		if strings.TrimSpace(part) == "" || strings.ContainsAny(part, "{}") {
			t.Errorf("the %s part has a gap:\n%s", name, part)
		}
	}
	match := button.FindStringSubmatch(m.HTML)
	if match == nil || match[1] != d.ReturnURL || match[2] != texts.Of(d.Language)["mail.continue"] {
		t.Errorf("the button is %q", match)
	}
	lines := strings.Split(m.Text, "\n")
	for _, url := range []string{d.ReturnURL, d.ManageURL} {
		if !slices.Contains(lines, url) {
			t.Errorf("the text part has no line %s", url)
		}
	}
	for _, line := range lines {
		if cells(line) > lineWidth && len(strings.Fields(line)) > 1 || cells(line) > 90 {
			t.Errorf("a line has %d cells: %s", cells(line), line)
		}
	}
	for _, key := range []string{"mail.away", "mail.wishes"} {
		if want := texts.Of(d.Language)[key]; !strings.Contains(glued(m.Text), glued(want)) {
			t.Errorf("the text part does not say %q", want)
		}
	}
	login := glued(texts.Of(d.Language)["mail.login"])
	if strings.Contains(glued(m.Text), login) != d.LoginNeeded || strings.Contains(glued(m.HTML), login) != d.LoginNeeded {
		t.Errorf("login needed is %v:\n%s", d.LoginNeeded, m.Text)
	}
}

// glued is a text without spaces, line breaks and marks of direction, and as HTML escapes it.
func glued(s string) string {
	s = strings.NewReplacer("&#39;", "'", "&#34;", `"`).Replace(s)
	return strings.Map(func(r rune) rune {
		if spaceToBreak(r) || strings.ContainsRune(isolate+isolateEnd+rightToLeft, r) {
			return -1
		}
		return r
	}, s)
}

func TestVoiceFillsOnce(t *testing.T) {
	v := voice{texts: map[string]string{"k": "{a} and {b}, {c}"}}
	if got := v.Say("k", "{a}", "{b}{a}", "{b}", "{a}"); got != "{b}{a} and {a}, {c}" {
		t.Errorf("Say gives %q", got)
	}
}

func TestWrapWithoutSpaces(t *testing.T) {
	const link = "https://shop.acme.example/a/very/long/address/that/is/never/split/even/if/it/is/wider/than/a/line?and=more"
	for name, c := range map[string]struct{ text, never string }{
		"zh":   {strings.Repeat("您好！您询问的帐篷（双人）已经到货，请问需要为您保留吗？", 10), "。，！？）"},
		"ja":   {strings.Repeat("お問い合わせのテントは「二人用」です。チャットでお返事ください、よろしくお願いします。", 10), "、。」ーッょ"},
		"th":   {strings.Repeat("ข้อความนี้ส่งมาขณะที่คุณไม่อยู่", 10), "ะาำ้่ี"},
		"link": {strings.Repeat("詳細", 30) + link + "、" + strings.Repeat("確認", 40), "、"},
	} {
		t.Run(name, func(t *testing.T) {
			got := indent("    ", c.text)
			if strings.NewReplacer("\n    ", "", "    ", "").Replace(got) != c.text {
				t.Errorf("the text has changed:\n%s", got)
			}
			lines := strings.Split(got, "\n")
			for i, line := range lines {
				if w := cells(line); w > lineWidth && !strings.Contains(line, link) || i < len(lines)-1 && name != "link" && w < lineWidth-8 {
					t.Errorf("a line has %d cells: %s", w, line)
				}
				if first := []rune(strings.TrimSpace(line))[0]; strings.ContainsRune(c.never, first) {
					t.Errorf("a line begins with %c: %s", first, line)
				}
			}
		})
	}
}

func FuzzIndent(f *testing.F) {
	f.Add("Hello\u00a0there, 会話を続ける。 ข้อความ https://a.example/b。")
	f.Fuzz(func(t *testing.T, s string) {
		s = cleanBody(s)
		got := indent("    ", s)
		if glued(got) != glued(s) {
			t.Errorf("%q has become %q", s, got)
		}
	})
}
