package web_test

import (
	"strings"
	"testing"

	"rejoin/web"
)

func TestDevice(t *testing.T) {
	for agent, want := range map[string]string{
		"": "",
		"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0":                                          "Firefox on Linux",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36": "Chrome on Windows",
	} {
		if got := web.Device(agent); got != want {
			t.Errorf("%q is %q, want %q", agent, got, want)
		}
	}
	for _, strange := range []string{"\u202egpj.exe/1.0 (Linux)", "a\x00b/1", strings.Repeat("x", 1000) + "/1.0"} {
		if got := web.Device(strange); len(got) > 90 || strings.ContainsAny(got, "\u202e\x00\n") {
			t.Errorf("%.20q is %q", strange, got)
		}
	}
}
