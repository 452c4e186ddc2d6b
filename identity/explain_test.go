package identity

import "testing"

func TestExplainVectors(t *testing.T) {
	secrets := []Secret{{olderKey, false}, {testSecret, true}, {"", false}}
	for _, v := range vectors(t, "explain.tsv", 2) {
		if got := Explain(secrets, "17", "Ada@Example.org", false, v[1]); got != Finding(v[0]) {
			t.Errorf("%q: %s, want %s", v[1], got, v[0])
		}
	}
}

func TestExplain(t *testing.T) {
	secrets := []Secret{{testSecret, true}}
	right := Sign(testSecret, "17ada@example.org")
	for _, c := range []struct {
		secrets   []Secret
		id, email string
		privacy   bool
		token     string
		want      Finding
	}{
		{nil, "17", "ada@example.org", false, right, FindingNoSecret},
		{[]Secret{{"", true}}, "17", "ada@example.org", false, right, FindingNoSecret},
		{[]Secret{{testSecret, false}}, "17", "ada@example.org", false, right, FindingValidOld},
		{[]Secret{{testSecret, false}, {testSecret, true}}, "17", "ada@example.org", false, right, FindingValid},
		{secrets, "", "", false, right, FindingNobody},
		{secrets, "", "ada@example.org", true, right, FindingNobody},
		{secrets, "17", "ada@example.org", true, right, FindingWithEmail},
		{secrets, "17", "ada@example.org", true, Sign(testSecret, "17"), FindingValid},
		{secrets, "17", "ada@example.org", true, Sign(testSecret, "ada@example.org"), FindingOnlyEmail},
		{secrets, "17", "", false, right, FindingWrong},
		{secrets, "17", "", false, Sign(testSecret, ""), FindingWrong},
		{secrets, "", "ada@example.org", false, Sign(testSecret, "ada@example.org"), FindingValid},
		{secrets, "17", "ada@example.org", false, "\n" + Sign(testSecret, "17") + "\n", FindingOnlyUserID},
		{secrets, "17", "ada@example.org", false, right[:20] + "\n" + right[20:], FindingNotBase64},
	} {
		if got := Explain(c.secrets, c.id, c.email, c.privacy, c.token); got != c.want {
			t.Errorf("%q %q, privacy %v, %q: %s, want %s", c.id, c.email, c.privacy, c.token, got, c.want)
		}
	}
	if secrets[0].Value != testSecret {
		t.Error("the caller's secrets have changed")
	}
}
