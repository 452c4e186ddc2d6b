package identity

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// parseList reads a token with these identities.
func parseList(list string) (Claims, error) {
	return ParseJWT([]string{testSecret}, signJWT(testSecret, `{"iat":1700000000,"identities":`+list+`}`), testNow())
}

// one is a list of one identity.
func one(identifier, value string) string {
	b, _ := json.Marshal([]map[string]string{{"identifier": identifier, "value": value}})
	return string(b)
}

// many is the JSON of a map of n texts.
func many(n, key, value int) string {
	m := map[string]string{}
	for i := range n {
		m[fmt.Sprintf("%0*d", key, i)] = strings.Repeat("ß", value)
	}
	b, _ := json.Marshal(m)
	return string(b)
}

func TestIdentitiesThatPass(t *testing.T) {
	for _, identifier := range strings.Split(knownIdentifiers, ", ") {
		value := "A b"
		if identifier == "email" {
			value = "a.b@example.org"
		}
		if got := summary(parseList(one(identifier, value))); got != identifier+"="+value {
			t.Errorf("%s: %s", identifier, got)
		}
	}
	thirty := make([]string, 30)
	for i := range thirty {
		thirty[i] = strings.Trim(one("steam_id", fmt.Sprint(i)), "[]")
	}
	for _, list := range []string{
		one("uid", strings.Repeat("ß", 750)), one("psn_id", strings.Repeat("ß", 300)), "[" + strings.Join(thirty, ",") + "]",
		`[{"identifier":"uid","value":"17","metadata":` + many(30, 2, 100) + `}]`, `[{"identifier":"uid","value":"17","metadata":` + many(1, 255, 255) + `}]`,
		`[{"identifier":"uid","value":"17","metadata":{}}]`, `[{"identifier":"uid","value":"17","metadata":null}]`, `[{"identifier":"uid","value":"17","metadata":{"a":""},"more":1}]`,
		`[{"identifier":"phone_number","value":"+44 1"},{"identifier":"phone_number","value":"+44 2"}]`,
	} {
		if _, err := parseList(list); err != nil {
			t.Errorf("%.80s: %v", list, err)
		}
	}
}

func TestIdentitiesThatFail(t *testing.T) {
	type lists struct{ Missing, Invalid, Identities []string }
	invalid := func(names ...string) lists { return lists{Invalid: names} }
	refused := func(names ...string) lists { return lists{Identities: names} }
	for list, want := range map[string]lists{
		`null`: invalid("identities"), `[]`: invalid("identities"), `{}`: invalid("identities"), `"uid"`: invalid("identities"), `7`: invalid("identities"),
		"[" + strings.Repeat(`{},`, 30) + "{}]": invalid("identities"),
		`["uid",[],null,7]`:                     invalid("identities[0]", "identities[1]", "identities[2]", "identities[3]"),
		`[{}]`:                                  {Missing: []string{"identities[0].value", "identities[0].identifier"}},
		`[{"identifier":"uid"}]`:                {Missing: []string{"identities[0].value"}},
		`[{"identifier":"uid","value":"17"},{"value":"17"}]`: {Missing: []string{"identities[1].identifier"}},
		`[{"Identifier":"uid","value":"17"}]`:                {Missing: []string{"identities[0].identifier"}},
		`[{"identifier":7,"value":"17"}]`:                    invalid("identities[0].identifier"),
		`[{"identifier":null,"value":"17"}]`:                 invalid("identities[0].identifier"),
		one("twitter_id", "17"):                              refused("twitter_id"), one("UID", "17"): refused("UID"), one("", "17"): refused(""), one("uid, email", "17"): refused("uid, email"),
		one("uid", ""): refused("uid"), one("uid", " 17"): refused("uid"), one("uid", "17\n"): refused("uid"), one("uid", "ada@example.org"): refused("uid"),
		one("uid", strings.Repeat("ß", 751)): refused("uid"), one("psn_id", strings.Repeat("ß", 301)): refused("psn_id"), one("psn_id", "a\x00b"): refused("psn_id"),
		one("email", "ada"): refused("email"), one("email", "ada@example.org "): refused("email"),
		`[{"identifier":"uid","value":17}]`:                                                               refused("uid"),
		`[{"identifier":"uid","value":null}]`:                                                             refused("uid"),
		`[{"identifier":"steam_id","value":["17"]}]`:                                                      refused("steam_id"),
		`[{"identifier":"uid","value":"\ud800"}]`:                                                         refused("uid"),
		"[{\"identifier\":\"uid\",\"value\":\"1\xff7\"}]":                                                 refused("uid"),
		`[{"identifier":"uid","value":"17"},{"identifier":"uid","value":"17"}]`:                           refused("uid"),
		`[{"identifier":"uid","value":"17"},{"identifier":"uid","value":"18"}]`:                           refused("uid"),
		`[{"identifier":"email","value":"a@example.org"},{"identifier":"email","value":"b@example.org"}]`: refused("email"),
		`[{"identifier":"psn_id","value":"17"},{"identifier":"psn_id","value":"17"}]`:                     refused("psn_id"),
		`[{"identifier":"uid","value":"17","metadata":[]}]`:                                               invalid("identities[0].metadata"),
		`[{"identifier":"uid","value":"17","metadata":{"a":"b\u0000"}}]`:                                  invalid("identities[0].metadata"),
		`[{"identifier":"uid","value":"17","metadata":{"a\n":"b"}}]`:                                      invalid("identities[0].metadata"),
		one("uid", strings.Repeat("🙂", 501)):                                                              refused("uid"),
		`[{"identifier":"uid","value":"17","metadata":"x"}]`:                                              invalid("identities[0].metadata"),
		`[{"identifier":"uid","value":"17","metadata":{"a":1}}]`:                                          invalid("identities[0].metadata"),
		`[{"identifier":"uid","value":"17","metadata":{"":"a"}}]`:                                         invalid("identities[0].metadata"),
		`[{"identifier":"uid","value":"17","metadata":` + many(31, 2, 1) + `}]`:                           invalid("identities[0].metadata"),
		`[{"identifier":"uid","value":"17","metadata":` + many(1, 256, 1) + `}]`:                          invalid("identities[0].metadata"),
		`[{"identifier":"uid","value":"17","metadata":` + many(1, 1, 256) + `}]`:                          invalid("identities[0].metadata"),
		`[{"identifier":"x","metadata":7},{"value":" "}]`:                                                 {Missing: []string{"identities[0].value", "identities[1].identifier"}, Invalid: []string{"identities[0].metadata"}},
	} {
		c, err := parseList(list)
		var e *JWTError
		if !errors.As(err, &e) || summary(c, err) != string(JWTInvalidPayload) {
			t.Errorf("%.80s: %+v, %v", list, c, err)
			continue
		}
		if d := cmp.Diff(want, lists{e.Missing, e.Invalid, e.Identities}); d != "" {
			t.Errorf("%.80s (-want +got):\n%s", list, d)
		}
	}
}

// Every mistake is named at once; the sentence is about the first.
func TestParseJWTNamesEveryMistake(t *testing.T) {
	_, err := ParseJWT([]string{testSecret}, signJWT(testSecret, `{"identities":[{"identifier":"uid","value":17}],"exp":"soon"}`), testNow())
	want := &JWTError{Reason: JWTInvalidPayload, Missing: []string{"iat"}, Invalid: []string{"exp"}, Identities: []string{"uid"},
		Text: "The value of uid must be text of 1 to 750 characters without spaces at its ends, and not an e-mail address."}
	if d := cmp.Diff(error(want), err); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}
