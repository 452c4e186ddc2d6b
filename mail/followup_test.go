package mail

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jhillyerd/enmime/v2"

	"rejoin/texts"
)

var update = flag.Bool("update", false, "write the golden files anew")

var sunday = time.Date(2026, time.November, 22, 19, 35, 0, 0, time.UTC)

// sample is a usual follow-up: two messages of one agent.
func sample() FollowUpData {
	return FollowUpData{
		AppName: "Acme Outdoor", AgentName: "Maya", FromAddress: "Acme <chat@mail.acme.example>", To: "ada@example.org",
		IssueNumber: 12, IssueID: "iss_0197", FollowUpID: "fu_0198",
		Date: sunday, Location: time.FixedZone("CET", 3600),
		Messages: []Quote{
			{Author: "Maya", Body: "Hi! Your tent is back in stock.\n\nShall I put one aside for you?", At: sunday.Add(-20 * time.Minute)},
			{Author: "Maya", Body: "The green one is here: https://shop.acme.example/tents/two-person?colour=green&size=2.", At: sunday.Add(-19 * time.Minute)},
		},
		ReturnURL: "https://shop.acme.example/tents#rejoin=Zm9yIHRlc3RzIG9ubHkgZm9yIHRlc3RzIG9ubHk", LinkDays: 30,
		ManageURL:      "https://chat.acme.example/mail/bWFuYWdl",
		UnsubscribeURL: "https://chat.acme.example/mail/bWFuYWdl/unsubscribe",
		Color:          "#2f5bea",
		Language:       "en", Texts: texts.Of("en"),
	}
}

// speak is the sample in another language.
func speak(code string) FollowUpData {
	d := sample()
	d.Language, d.Texts = code, texts.Of(code)
	return d
}

func TestFollowUpGolden(t *testing.T) {
	one := sample()
	one.Messages = one.Messages[:1]
	one.Earlier = []string{"<fu.fu_0190@mail.acme.example>", "fu.fu_0191@mail.acme.example"}

	many := sample()
	many.AgentName = ""
	many.Color = "#ffd54a"
	many.LinkDays = 0
	many.Location = nil
	many.Messages = nil
	for i := range MaxQuotes + 3 {
		many.Messages = append(many.Messages, Quote{Body: fmt.Sprintf("Update %d of your order.", i+1), At: sunday.Add(time.Duration(i) * time.Minute)})
	}
	many.Messages[5].Body = strings.Repeat("A long story about a delivery van. ", 100)

	hostile := sample()
	hostile.AppName = "Acme\r\nBcc: all@example.com <script>alert(1)</script>"
	hostile.AgentName = "مايا \u202egnp.exe"
	hostile.Messages = []Quote{
		{Author: "<b>Maya</b>", Body: "<script>alert(1)</script> & <img src=x onerror=alert(1)>\n.\r\n.hidden dot\njavascript:alert(1) http://user:pw@evil.example/ https://ok.example/a\"onclick=\"x", At: sunday},
		{Author: "مايا", Body: "مرحبا! خيمتك متوفرة الآن: https://shop.acme.example/خيمة", At: sunday},
		{Author: "Maya", Body: "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" + strings.Repeat("x", 150), At: sunday},
	}

	login := speak("en")
	login.LoginNeeded = true
	login.Messages[0].Files = []string{"two-person tent.pdf", "size chart.png"}
	login.Messages[1] = Quote{Author: "Maya", At: sunday, Files: []string{"<b>invoice</b>\u202egpj.exe"}}

	german, monday := speak("de"), sunday.Add(12*time.Hour+25*time.Minute)
	german.BackAt, one.BackAt = monday, monday

	arabic := speak("ar")
	arabic.BackAt = monday
	arabic.Messages = append(arabic.Messages,
		Quote{Author: "مايا", Body: "مرحبا! خيمتك متوفرة الآن: https://shop.acme.example/tents.", At: sunday, Files: []string{"tent.pdf"}},
		Quote{Author: "Maya", Body: strings.Repeat("الخيمة في الطريق إليك. ", 120), At: sunday})

	japanese := speak("ja")
	japanese.BackAt = monday
	japanese.Messages = append(japanese.Messages, Quote{Author: "麻耶", At: sunday, Files: []string{"テント.pdf"},
		Body: strings.Repeat("お問い合わせいただいたテントは、本日再入荷いたしました。", 5) + "詳細はhttps://shop.acme.example/tents。ご確認ください。"})

	form := sample()
	form.Messages = []Quote{
		{Author: "Maya", Form: true, At: sunday, Body: "> Where is my tent?\n\nOn its way, **really**! It comes with\n- two *poles*\n- `12` pegs\n\nFirst do this:\n1. open https://shop.acme.example/track?a=1&b=2.\n" +
			"2. read [our **guide**](https://shop.acme.example/guide)\n\n<b>Not bold</b> [x](javascript:alert(1)) [y](https://user:pw@evil.example)"},
		{Author: "Identity Bot", At: sunday, Body: "Stars of **bots** stay stars."},
	}

	for name, d := range map[string]FollowUpData{"two": sample(), "one": one, "form": form, "many": many, "hostile": hostile, "login": login,
		"de": german, "ar": arabic, "ja": japanese} {
		t.Run(name, func(t *testing.T) {
			m, err := FollowUp(d)
			if err != nil {
				t.Fatal(err)
			}
			golden(t, name+".eml", string(m.Raw))
			golden(t, name+".html", m.HTML)
			golden(t, name+".txt", m.Text)
		})
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs; if that is meant, run go test ./mail -update and read the new file (-want +got):\n%s", name, diff)
	}
}

func TestFollowUpHeaders(t *testing.T) {
	d := sample()
	for i := range 30 {
		d.Earlier = append(d.Earlier, fmt.Sprintf("fu.e%d@mail.acme.example", i))
	}
	d.Earlier = append(d.Earlier, "broken", "two@@example.com", "a b@example.com", "x@y>\r\nBcc: <z@example.com")
	m, err := FollowUp(d)
	if err != nil {
		t.Fatal(err)
	}
	env := parseEnvelope(t, m.Raw)
	refs := strings.Fields(env.GetHeader("References"))
	want := map[string]string{
		"From": `"Maya via Acme Outdoor" <chat@mail.acme.example>`, "To": "<ada@example.org>",
		"Subject": "Your conversation with Acme Outdoor (#12)", "Message-ID": "<fu.fu_0198@mail.acme.example>",
		"In-Reply-To": "<fu.e29@mail.acme.example>", "Auto-Submitted": "auto-generated", "Content-Language": "en",
		"List-Unsubscribe": "<" + d.UnsubscribeURL + ">", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
		"Date": "Sun, 22 Nov 2026 19:35:00 +0000", "MIME-Version": "1.0",
	}
	for name, value := range want {
		if got := env.GetHeader(name); got != value {
			t.Errorf("%s is %q, want %q", name, got, value)
		}
	}
	if refs[0] != "<issue.iss_0197@mail.acme.example>" || len(refs) > 11 || refs[len(refs)-1] != "<fu.e29@mail.acme.example>" {
		t.Errorf("References are %v; want the root, then the newest", refs)
	}
}

func TestFollowUpThreads(t *testing.T) {
	first, second := sample(), sample()
	second.AgentName, second.FollowUpID, second.Messages = "Ben", "fu_0199", second.Messages[:1]
	second.Earlier = []string{MessageID(first.FollowUpID, first.FromAddress)}
	a, errA := FollowUp(first)
	b, errB := FollowUp(second)
	if errA != nil || errB != nil {
		t.Fatal(errA, errB)
	}
	if a.Subject != b.Subject || a.MessageID == b.MessageID {
		t.Errorf("subjects %q and %q, ids %q and %q: want one subject, two ids", a.Subject, b.Subject, a.MessageID, b.MessageID)
	}
	if got := parseEnvelope(t, b.Raw).GetHeader("In-Reply-To"); got != "<"+a.MessageID+">" {
		t.Errorf("In-Reply-To is %q, want the first e-mail", got)
	}
	again, _ := FollowUp(first)
	if !bytes.Equal(a.Raw, again.Raw) {
		t.Error("equal data gave different bytes")
	}
}

func TestFollowUpRefuses(t *testing.T) {
	cases := map[string]func(*FollowUpData){
		"no message":             func(d *FollowUpData) { d.Messages = nil },
		"line break in address":  func(d *FollowUpData) { d.To = "ada@example.org\r\nBcc: b@example.com" },
		"two addresses":          func(d *FollowUpData) { d.To = "a@example.org, b@example.org" },
		"no sender":              func(d *FollowUpData) { d.FromAddress = "" },
		"relative return link":   func(d *FollowUpData) { d.ReturnURL = "/c/x#rejoin=1" },
		"script return link":     func(d *FollowUpData) { d.ReturnURL = "javascript:alert(1)" },
		"unsubscribe line break": func(d *FollowUpData) { d.UnsubscribeURL = "https://x.example/\r\nBcc: a@example.com" },
		"unsubscribe bracket":    func(d *FollowUpData) { d.UnsubscribeURL = "https://x.example/>,<https://y.example/" },
		"unsubscribe mailto":     func(d *FollowUpData) { d.UnsubscribeURL = "mailto:a@example.com" },
		"manage link":            func(d *FollowUpData) { d.ManageURL = "" },
		"no language":            func(d *FollowUpData) { d.Language = "" },
		"unknown language":       func(d *FollowUpData) { d.Language = "tlh" },
		"no texts":               func(d *FollowUpData) { d.Texts = nil },
		"a missing text":         func(d *FollowUpData) { d.Texts = maps.Clone(d.Texts); delete(d.Texts, "mail.login") },
		"id":                     func(d *FollowUpData) { d.FollowUpID = "a@b>\r\n" },
	}
	for name, spoil := range cases {
		t.Run(name, func(t *testing.T) {
			d := sample()
			spoil(&d)
			if m, err := FollowUp(d); err == nil {
				t.Errorf("it was composed:\n%s", m.Raw)
			}
		})
	}
}

func TestMessageIDHost(t *testing.T) {
	for from, want := range map[string]string{
		"chat@Mail.Acme.Example": "mail.acme.example", "Acme <a@bücher.example>": "xn--bcher-kva.example",
		"demo@localhost": "localhost", "junk": "localhost", "": "localhost",
	} {
		if got := MessageIDHost(from); got != want {
			t.Errorf("MessageIDHost(%q) = %q, want %q", from, got, want)
		}
	}
}

func TestButtonIsReadable(t *testing.T) {
	for color, want := range map[string]string{"#ffffff": "#111111", "#000000": "#ffffff", "#2f5bea": "#ffffff", "#ffd54a": "#111111", "red;}": "#ffffff"} {
		if _, ink := buttonColors(color); ink != want {
			t.Errorf("ink on %s is %s, want %s", color, ink, want)
		}
	}
}

func TestLinkify(t *testing.T) {
	cases := map[string][]span{
		"see https://a.example/b?c=d&e=f.": {{Text: "see "}, {Text: "https://a.example/b?c=d&e=f", URL: "https://a.example/b?c=d&e=f"}, {Text: "."}},
		"(http://a.example/x_(y))":         {{Text: "("}, {Text: "http://a.example/x_(y)", URL: "http://a.example/x_(y)"}, {Text: ")"}},
		"javascript:alert(1)":              {{Text: "javascript:alert(1)"}},
		"https://u:p@evil.example":         {{Text: "https://u:p@evil.example"}, {}},
	}
	for line, want := range cases {
		if diff := cmp.Diff(want, linkify(line)); diff != "" {
			t.Errorf("linkify(%q) (-want +got):\n%s", line, diff)
		}
	}
}

func FuzzFollowUp(f *testing.F) {
	f.Add("Acme", "Maya", "Maya", "Hello")
	f.Add("A\r\nBcc: x@example.com", "=?utf-8?q?=0d=0aBcc:x?=", "\x00", "\r\n.\r\nMAIL FROM:<x>\r\n--rejoin-\r\n</div><script>alert(1)</script>")
	f.Add(strings.Repeat("é", 300), strings.Repeat("w", 1000), "\u202e", strings.Repeat("https://a.example/ ", 500))
	f.Add("\xff\xfe", "\"<a@b>", ",", "\xc3\x28 javascript:alert(1) <a href=\"javascript:x\">")
	f.Fuzz(func(t *testing.T, app, agent, author, body string) {
		d := sample()
		d.AppName, d.AgentName = app, agent
		d.Messages = []Quote{{Author: author, Body: body, At: sunday}, {Author: agent, Body: body + body, At: sunday}}
		m, err := FollowUp(d)
		if err != nil {
			t.Fatal(err)
		}
		checkOneMessage(t, d, m)
	})
}

// loose is a CR or LF that is not part of a CRLF.
var loose = regexp.MustCompile(`(^|[^\r])\n|\r([^\n]|$)`)

// checkOneMessage reads m as a stranger would and expects exactly the e-mail that was meant.
func checkOneMessage(t *testing.T, d FollowUpData, m Message) {
	t.Helper()
	if loose.Match(m.Raw) {
		t.Error("a line does not end in CRLF")
	}
	for _, line := range bytes.Split(m.Raw, []byte("\r\n")) {
		if len(line) > 998 {
			t.Errorf("a line has %d bytes", len(line))
		}
	}
	env := parseEnvelope(t, m.Raw)
	want := []string{
		"Auto-Submitted", "Content-Language", "Content-Type", "Date", "From", "In-Reply-To", "List-Unsubscribe", "List-Unsubscribe-Post",
		"Message-Id", "Mime-Version", "References", "Subject", "To", "X-Auto-Response-Suppress",
	}
	keys := env.GetHeaderKeys()
	if len(keys) != len(want) {
		t.Errorf("headers are %q, want %q", keys, want)
	}
	for _, k := range want {
		if got := env.GetHeaderValues(k); len(got) != 1 || strings.ContainsAny(got[0], "\r\n") {
			t.Errorf("%s is %q, want one line", k, got)
		}
	}
	from, err := env.AddressList("From")
	if err != nil || len(from) != 1 || from[0].Address != "chat@mail.acme.example" {
		t.Errorf("From is %v (%v)", from, err)
	}
	if env.GetHeader("To") != "<"+d.To+">" {
		t.Errorf("To is %q", env.GetHeader("To"))
	}
	if norm(env.HTML) != norm(m.HTML) || norm(env.Text) != norm(m.Text) {
		t.Error("a part was not read back as it was written")
	}
	if n := strings.Count(m.HTML, "<script") + strings.Count(m.HTML, "<img"); n > 0 {
		t.Errorf("the HTML part has %d scripts or images", n)
	}
	for _, href := range regexp.MustCompile(`href="([^"]*)`).FindAllStringSubmatch(m.HTML, -1) {
		if !strings.HasPrefix(strings.ToLower(href[1]), "http") {
			t.Errorf("a link leads to %q", href[1])
		}
	}
}

func norm(s string) string { return strings.TrimRight(strings.ReplaceAll(s, "\r\n", "\n"), "\n") }

func parseEnvelope(t *testing.T, raw []byte) *enmime.Envelope {
	t.Helper()
	env, err := enmime.ReadEnvelope(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range env.Errors {
		t.Errorf("a reader complains: %v", e)
	}
	if len(env.Attachments)+len(env.Inlines)+len(env.OtherParts) > 0 {
		t.Error("there are parts that nobody wrote")
	}
	if root := env.Root; root.ContentType != "multipart/alternative" || root.FirstChild == nil || root.FirstChild.NextSibling == nil || root.FirstChild.NextSibling.NextSibling != nil {
		t.Errorf("want one multipart/alternative of two parts, got %s", root.ContentType)
	}
	return env
}
