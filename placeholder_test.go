package rejoin

import (
	"slices"
	"strings"
	"testing"
)

func TestFill(t *testing.T) {
	values := map[string]string{"user.name": "Ana", "answer.order": "{{user.email}}", "answer.api.items.0": "blue", "empty": "", "field.größe": "M"}
	value := func(name string) (string, bool) { v, ok := values[name]; return v, ok }
	for in, want := range map[string]string{
		"Hi {{user.name}}!":                      "Hi Ana!",
		"Hi {{ user.name | there }}!":            "Hi Ana!",
		"Hi {{user.email|there}}!":               "Hi there!",
		"Hi {{user.email}}!":                     "Hi !",
		"{{empty|nothing}}":                      "nothing",
		"{{answer.order}}":                       "{{user.email}}",
		"{{answer.api.items.0}} {{field.größe}}": "blue M",
		"{{user.name}}{{user.name}}":             "AnaAna",
		"{user.name} {{}} {{a b}} {{user.name":   "{user.name} {{}} {{a b}} {{user.name",
		"{{user.email|<b>x</b> & more}}":         "<b>x</b> & more",
		"{{{user.name}}}":                        "{Ana}",
		"a line\nwith {{user.name|x\ny}} no":     "a line\nwith {{user.name|x\ny}} no",
		"{{user.email|}}":                        "",
		"nothing to do":                          "nothing to do",
	} {
		if got := Fill(in, value); got != want {
			t.Errorf("Fill(%q) = %q, want %q", in, got, want)
		}
	}
	if got := Placeholders("{{user.name|x}} and {{answer.a.b}} {{no way}}"); !slices.Equal(got, []string{"user.name", "answer.a.b"}) {
		t.Errorf("Placeholders: %q", got)
	}
}

func TestFillIsBounded(t *testing.T) {
	long := strings.Repeat("x", 1000)
	got := Fill(strings.Repeat("{{a}}", 5000), func(string) (string, bool) { return long, true })
	if len(got) > maxFilled || len(got) < maxFilled-1000 {
		t.Errorf("the text has %d bytes", len(got))
	}
}
