package core

import (
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rejoin"
)

// Whatever is changed on the page "Configure Web Chat", the audit log has a line about it.
func TestEverySettingHasAWord(t *testing.T) {
	var walk func(path string, v reflect.Value, was rejoin.WebChatSettings, now *rejoin.WebChatSettings)
	walk = func(path string, v reflect.Value, was rejoin.WebChatSettings, now *rejoin.WebChatSettings) {
		for i := range v.NumField() {
			name, f := path+v.Type().Field(i).Name, v.Field(i)
			before := reflect.New(f.Type()).Elem()
			before.Set(f)
			switch f.Kind() {
			case reflect.Struct:
				walk(name+".", f, was, now)
				continue
			case reflect.Bool:
				f.SetBool(!f.Bool())
			case reflect.String:
				f.SetString(f.String() + "x")
			default:
				f.SetInt(f.Int() + 7)
			}
			if lines := webChatChanges(was, *now, nil, nil); len(lines) != 1 {
				t.Errorf("a change of %s says %q", name, lines)
			}
			f.Set(before)
		}
	}
	was := rejoin.DefaultAppSettings().WebChat
	now := was
	walk("", reflect.ValueOf(&now).Elem(), was, &now)
}

func TestWebChatChanges(t *testing.T) {
	was := rejoin.DefaultAppSettings().WebChat
	was.FollowUp.Window, was.FollowUp.MinInterval = 600, 0
	now := was
	now.FollowUp.Window, now.FollowUp.MinInterval, now.FollowUp.OnlineWindow = 300, 90, 86400
	now.Greeting = "Hello\nthere " + strings.Repeat("x", 500)
	now.CSAT = false
	got := webChatChanges(was, now, rejoin.Origins{"https://a.example", "https://b.example"}, rejoin.Origins{"https://b.example", "https://c.example"})
	want := []string{
		"Greeting: " + rejoin.Preview(was.Greeting, 120) + " → Hello there " + strings.Repeat("x", 107) + "…",
		"CSAT: on → off",
		"Time for unread messages: 10 minutes → 5 minutes",
		"More time while online: none → 1 day",
		"Time between two e-mails: none → 90 seconds",
		"Allowed origin removed: https://a.example",
		"Allowed origin added: https://c.example",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
	if lines := webChatChanges(was, was, nil, nil); len(lines) != 0 {
		t.Errorf("no change says %q", lines)
	}
}
