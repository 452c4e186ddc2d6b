package mail

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The trees of the cases that all renderers share.
type (
	caseBlock struct {
		Kind  string         `json:"kind"`
		Start int            `json:"start"`
		Lines [][]caseInline `json:"lines"`
	}
	caseInline struct {
		Kind     string       `json:"kind"`
		Text     string       `json:"text"`
		Href     string       `json:"href"`
		Children []caseInline `json:"children"`
	}
)

func caseInlines(list []inline) []caseInline {
	out := []caseInline{}
	for _, p := range list {
		c := caseInline{Kind: p.Kind, Text: p.Text, Href: p.URL}
		if p.Kind != plainText && p.Kind != codeText {
			c.Children = caseInlines(p.Children)
		}
		out = append(out, c)
	}
	return out
}

func TestFormatFollowsTheSharedCases(t *testing.T) {
	text, err := os.ReadFile("../ui/shared/format/cases.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		Name   string
		Input  string
		Blocks []caseBlock
	}
	if err := json.Unmarshal(text, &cases); err != nil || len(cases) < 30 {
		t.Fatalf("%d cases, %v", len(cases), err)
	}
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			got := []caseBlock{}
			for _, b := range blocksOf(c.Input) {
				lines := [][]caseInline{}
				for _, l := range b.Lines {
					lines = append(lines, caseInlines(l))
				}
				got = append(got, caseBlock{b.Kind, b.Start, lines})
			}
			if d := cmp.Diff(c.Blocks, got); d != "" {
				t.Errorf("-want +got:\n%s", d)
			}
		})
	}
}

// FuzzFormat expects of every text that nothing but our own elements come out of it, well-formed.
func FuzzFormat(f *testing.F) {
	f.Add("> **a**\n- *b* `c`\n7. [d](https://e.f)")
	f.Add("[<script>](https://x.y\"onclick=1) **<img src=x onerror=1>** `</div>` [a](mailto:b@c) https://a:b@c.d https://%zz")
	f.Add("***a** b* **c*** [*x](https://y.z*) `*` 1. 1. 999. x\n1000. y")
	f.Add(strings.Repeat("**a *b ", 300) + strings.Repeat("[", 300) + strings.Repeat("https:///", 100))
	f.Fuzz(func(t *testing.T, body string) {
		d := sample()
		d.Messages = []Quote{{Author: "Maya", Body: body + ".", At: sunday, Form: true}}
		m, err := FollowUp(d)
		if err != nil {
			t.Fatal(err)
		}
		said := quoted(t, m.HTML)
		read := xml.NewDecoder(strings.NewReader(said))
		for {
			token, err := read.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("not well-formed: %v in %s", err, said)
			}
			if e, ok := token.(xml.StartElement); ok {
				checkElement(t, e)
			}
		}
	})
}

// quoted is the quote in an e-mail's HTML part, with what XML does not know put away.
func quoted(t *testing.T, page string) string {
	t.Helper()
	_, said, ok := strings.Cut(page, `<div class="said"`)
	said, _, closed := strings.Cut(said, "</div>")
	if !ok || !closed {
		t.Fatal("there is no quote")
	}
	return strings.Map(func(r rune) rune {
		if r >= 0xd800 && r <= 0xdfff || r == 0xfffe || r == 0xffff {
			return -1
		}
		return r
	}, `<div class="said"`+strings.ReplaceAll(said, "<br>", "<br/>")+"</div>")
}

func checkElement(t *testing.T, e xml.StartElement) {
	t.Helper()
	if !slices.Contains([]string{"div", "p", "br", "ul", "ol", "li", "blockquote", "strong", "em", "code", "a"}, e.Name.Local) {
		t.Errorf("there is an element %s", e.Name.Local)
	}
	for _, a := range e.Attr {
		if !slices.Contains([]string{"class", "style", "dir", "start", "href", "target", "rel"}, a.Name.Local) {
			t.Errorf("there is an attribute %s", a.Name.Local)
		}
		if a.Name.Local == "href" && !strings.HasPrefix(strings.ToLower(a.Value), "http") && !strings.HasPrefix(strings.ToLower(a.Value), "mailto:") {
			t.Errorf("a link leads to %s", a.Value)
		}
	}
}
