package mail

import (
	"strings"
	"testing"
)

func agentSample() AgentData {
	return AgentData{FromAddress: "Acme <chat@mail.acme.example>", To: "jonas@acme.example", ID: "tok_0197", Date: sunday, Domain: "acme",
		URL: "https://chat.acme.example/welcome#Zm9yIHRlc3RzIG9ubHkgZm9yIHRlc3RzIG9ubHk"}
}

func TestAgentGolden(t *testing.T) {
	invitation, err := Invitation(agentSample(), "Maya Lind", "a supervisor", 7)
	if err != nil {
		t.Fatal(err)
	}
	d := agentSample()
	d.URL = strings.Replace(d.URL, "welcome", "new-password", 1)
	reset, err := PasswordReset(d, 60)
	if err != nil {
		t.Fatal(err)
	}
	hostile, err := Invitation(agentSample(), "Maya\r\nBcc: all@example.com <script>alert(1)</script>", "an agent", 7)
	if err != nil {
		t.Fatal(err)
	}
	d.URL = "https://chat.acme.example/settings/webhooks"
	off, err := WebhookOff(d, "Warehouse", "https://hooks.acme.example", false, "The program answers with the status 503 Service Unavailable.")
	if err != nil {
		t.Fatal(err)
	}
	for name, m := range map[string]Message{"invitation": invitation, "reset": reset, "hostile-invitation": hostile, "webhook-off": off} {
		golden(t, name+".eml", string(m.Raw))
		golden(t, name+".html", m.HTML)
		golden(t, name+".txt", m.Text)
		header, _, _ := strings.Cut(string(m.Raw), "\r\n\r\n")
		if strings.Contains(header, "\nBcc:") || strings.Contains(m.HTML, "<script>") || strings.Contains(string(m.Raw), "List-Unsubscribe") {
			t.Errorf("%s: %s", name, m.Raw)
		}
	}
}

func TestAgentRefuses(t *testing.T) {
	for name, spoil := range map[string]func(*AgentData){
		"sender": func(d *AgentData) { d.FromAddress = "nobody" },
		"to":     func(d *AgentData) { d.To = "a@b.example\r\nBcc: c@d.example" },
		"id":     func(d *AgentData) { d.ID = "tok 1" },
		"link":   func(d *AgentData) { d.URL = "javascript:alert(1)" },
	} {
		d := agentSample()
		spoil(&d)
		if _, err := PasswordReset(d, 60); err == nil {
			t.Errorf("a bad %s passes", name)
		}
	}
}
