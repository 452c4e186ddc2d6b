package identity

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const issued = 1_700_000_000

// testNow is the last moment at which a token of issued is young enough.
func testNow() time.Time { return time.Unix(issued, 0).Add(24 * time.Hour) }

// signJWT makes a token of any payload. TestParseJWTVectors compares it with openssl.
func signJWT(secret, payload string) string {
	url := base64.RawURLEncoding
	text := url.EncodeToString([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." + url.EncodeToString([]byte(payload))
	return text + "." + url.EncodeToString(digest([]byte(secret), text))
}

// summary is what came out: the identities, or the reason.
func summary(c Claims, err error) string {
	if err != nil {
		var e *JWTError
		if !errors.As(err, &e) || e.Text == "" || !strings.HasPrefix(err.Error(), string(e.Reason)) || !c.IssuedAt.IsZero() || c.Identities != nil {
			return fmt.Sprintf("%+v, %v", c, err)
		}
		return string(e.Reason)
	}
	var parts []string
	for _, id := range c.Identities {
		parts = append(parts, id.Identifier+"="+id.Value)
	}
	return strings.Join(parts, " ")
}

func TestParseJWTVectors(t *testing.T) {
	secrets := []string{olderKey, "", testSecret}
	good := vectors(t, "jwt.tsv", 2)[0][1]
	for i, v := range vectors(t, "jwt.tsv", 2) {
		if got := summary(ParseJWT(secrets, v[1], testNow())); got != v[0] {
			t.Errorf("line %d: %s, want %s", i+1, got, v[0])
		}
	}
	payload, err := base64.RawURLEncoding.DecodeString(strings.Split(good, ".")[1])
	if got := signJWT(testSecret, string(payload)); err != nil || got != good {
		t.Errorf("the helper signs otherwise than openssl: %s, %s, %v", got, good, err)
	}
	c, err := ParseJWT(secrets, good, testNow())
	want := Claims{IssuedAt: time.Unix(issued, 0).UTC(), Identities: []NamedIdentity{
		{Identifier: "uid", Value: "17"}, {Identifier: "email", Value: "ada@example.org", Metadata: map[string]string{"source": "shop"}}}}
	if d := cmp.Diff(want, c); err != nil || d != "" {
		t.Errorf("%v, -want +got:\n%s", err, d)
	}
	if c.First("uid") != "17" || c.First("email") != "ada@example.org" || c.First("steam_id") != "" {
		t.Errorf("first: %+v", c)
	}
}

// A whole token, spoilt in its form.
func TestParseJWTForm(t *testing.T) {
	good := vectors(t, "jwt.tsv", 2)[0][1]
	parts := strings.Split(good, ".")
	for name, c := range map[string]struct {
		token string
		want  JWTReason
	}{
		"empty":                {"", JWTNotOne},
		"dots":                 {"..", JWTNotOne},
		"two parts":            {parts[0] + "." + parts[1], JWTNotOne},
		"four parts":           {good + ".x", JWTNotOne},
		"encrypted":            {good + ".x.x", JWTInvalidToken},
		"no signature":         {parts[0] + "." + parts[1] + ".", JWTInvalidToken},
		"cut off":              {good[:len(good)-1], JWTInvalidToken},
		"cut off more":         {good[:len(good)-3], JWTInvalidToken},
		"half":                 {good[:len(good)/2], JWTNotOne},
		"one more":             {good + "A", JWTInvalidToken},
		"stray bits":           {good[:len(good)-1] + next(good[len(good)-1]), JWTInvalidToken},
		"another signature":    {parts[0] + "." + parts[1] + "." + flip(parts[2]), JWTInvalidToken},
		"another payload":      {parts[0] + "." + parts[1][:len(parts[1])-4] + "." + parts[2], JWTNotOne},
		"padding":              {good + "=", JWTNotOne},
		"space":                {good + " ", JWTNotOne},
		"line break":           {good + "\n", JWTNotOne},
		"line break inside":    {good[:9] + "\n" + good[9:], JWTNotOne},
		"with its scheme":      {"Bearer " + good, JWTNotOne},
		"quotes":               {`"` + good + `"`, JWTNotOne},
		"a signature":          {Sign(testSecret, "17"), JWTNotOne},
		"standard alphabet":    {parts[0] + "." + parts[1] + "." + strings.NewReplacer("-", "+", "_", "/").Replace(parts[2]), JWTNotOne},
		"huge":                 {signJWT(testSecret, `{"x":"`+strings.Repeat("x", 16<<10)+`"}`), JWTInvalidToken},
		"huge and no token":    {strings.Repeat(".", 1<<20), JWTInvalidToken},
		"deep":                 {signJWT(testSecret, strings.Repeat("[", 11_000)), JWTNotOne},
		"a number too large":   {signJWT(testSecret, `{"iat":1e999,"identities":[]}`), JWTNotOne},
		"something behind":     {signJWT(testSecret, `{"iat":1700000000,"identities":[]}{}`), JWTNotOne},
		"no secret fits":       {signJWT("another", `{"iat":1700000000,"identities":[]}`), JWTInvalidToken},
		"the secret, decoded":  {signJWT("\x5f\x2a\x8c\x1b", `{"iat":1700000000,"identities":[]}`), JWTInvalidToken},
		"signed with nothing":  {signJWT("", `{"iat":1700000000,"identities":[]}`), JWTInvalidToken},
		"a future of 9999 yrs": {signJWT(testSecret, `{"iat":253402300799,"identities":[{"identifier":"uid","value":"17"}]}`), JWTInvalidToken},
	} {
		if got := summary(ParseJWT([]string{testSecret, ""}, c.token, testNow())); got != string(c.want) {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	for _, none := range [][]string{nil, {}, {""}} {
		if got := summary(ParseJWT(none, signJWT("", `{}`), testNow())); got != string(JWTFeatureDisabled) {
			t.Errorf("secrets %q: %s", none, got)
		}
	}
}

func TestParseJWTTimes(t *testing.T) {
	at := func(offset time.Duration) time.Time { return time.Unix(issued, 0).Add(offset) }
	for _, c := range []struct {
		claims string
		now    time.Time
		want   string
	}{
		{`"iat":1700000000`, at(24 * time.Hour), "uid=17"},
		{`"iat":1700000000`, at(24*time.Hour + time.Nanosecond), "IDENTITIES_INVALID_TOKEN"},
		{`"iat":1700000000`, at(24*time.Hour + time.Second), "IDENTITIES_INVALID_TOKEN"},
		{`"iat":1700000000`, at(-time.Minute), "uid=17"},
		{`"iat":1700000000`, at(-time.Minute - time.Second), "IDENTITIES_INVALID_TOKEN"},
		{`"iat":1.7e9`, at(0), "uid=17"},
		{`"iat":1700000000.0`, at(0), "uid=17"},
		{`"iat":1700000000.5`, at(0), "IDENTITIES_INVALID_PAYLOAD"},
		{`"iat":1700000000000`, at(0), "IDENTITIES_INVALID_PAYLOAD"},
		{`"iat":-1`, at(0), "IDENTITIES_INVALID_PAYLOAD"},
		{`"iat":"1700000000"`, at(0), "IDENTITIES_INVALID_PAYLOAD"},
		{`"iat":null`, at(0), "IDENTITIES_INVALID_PAYLOAD"},
		{`"iat":true`, at(0), "IDENTITIES_INVALID_PAYLOAD"},
		{`"iat":[1700000000]`, at(0), "IDENTITIES_INVALID_PAYLOAD"},
		{`"IAT":1700000000`, at(0), "IDENTITIES_INVALID_PAYLOAD"},
		{`"iat":1700000000,"exp":1700000010`, at(10*time.Second - 1), "uid=17"},
		{`"iat":1700000000,"exp":1700000010`, at(10 * time.Second), "IDENTITIES_INVALID_TOKEN"},
		{`"iat":1700000000,"exp":1700000010.5`, at(10 * time.Second), "uid=17"},
		{`"iat":1700000000,"exp":"1700000010"`, at(0), "IDENTITIES_INVALID_PAYLOAD"},
		{`"iat":1700000000,"exp":null`, at(0), "IDENTITIES_INVALID_PAYLOAD"},
		{`"iat":1700000000,"nbf":1700000000`, at(-time.Minute), "uid=17"},
		{`"iat":1700000000,"nbf":1700000061`, at(0), "IDENTITIES_INVALID_TOKEN"},
	} {
		token := signJWT(testSecret, `{"identities":[{"identifier":"uid","value":"17"}],`+c.claims+`}`)
		if got := summary(ParseJWT([]string{testSecret}, token, c.now)); got != c.want {
			t.Errorf("%s at %v: %s, want %s", c.claims, c.now.Sub(at(0)), got, c.want)
		}
	}
}

func FuzzParseJWT(f *testing.F) {
	for _, v := range vectors(f, "jwt.tsv", 2) {
		payload, _ := base64.RawURLEncoding.DecodeString(strings.Split(v[1], ".")[1])
		f.Add(v[1], string(payload))
	}
	f.Fuzz(func(t *testing.T, token, payload string) {
		for _, token := range []string{token, signJWT(testSecret, payload)} {
			c, err := ParseJWT([]string{testSecret}, token, testNow())
			if err != nil {
				var e *JWTError
				if !errors.As(err, &e) || e.Text == "" {
					t.Errorf("%q: %#v", token, err)
				}
				continue
			}
			dot := strings.LastIndexByte(token, '.')
			if token[dot+1:] != base64.RawURLEncoding.EncodeToString(digest([]byte(testSecret), token[:dot])) {
				t.Errorf("%q passes, and nobody signed it", token)
			}
			if again, _ := json.Marshal(map[string]any{"identities": identitiesJSON(c), "iat": c.IssuedAt.Unix()}); len(token) < 8<<10 {
				d, err := ParseJWT([]string{testSecret}, signJWT(testSecret, string(again)), testNow())
				if diff := cmp.Diff(c, d); err != nil || diff != "" {
					t.Errorf("%q, read again: %v\n%s", payload, err, diff)
				}
			}
		}
	})
}

// identitiesJSON is the claim that says the same.
func identitiesJSON(c Claims) (list []map[string]any) {
	for _, id := range c.Identities {
		entry := map[string]any{"identifier": id.Identifier, "value": id.Value}
		if id.Metadata != nil {
			entry["metadata"] = id.Metadata
		}
		list = append(list, entry)
	}
	return list
}
