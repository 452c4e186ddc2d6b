package mail

import (
	"bytes"
	"errors"
	"fmt"
	htmltemplate "html/template"
	texttemplate "text/template"
	"time"
)

// AgentData is what an e-mail to somebody who answers, or is to, says. It is written in English, as the dashboard is.
type AgentData struct {
	FromAddress string // the installation's address; a display name in it is not used
	To          string
	ID          string // of this e-mail: letters, digits, '-', '_' and '.' only
	Date        time.Time
	Domain      string // the company's name on this installation
	URL         string // behind the button; what is secret in it stands in the fragment
}

// Invitation writes the e-mail that asks somebody to join a team. It is pure: equal data gives equal bytes. By is who invites; role what they will
// be, in words.
func Invitation(d AgentData, by, role string, days int) (Message, error) {
	by, domain := headerText(by, 60), headerText(d.Domain, 60)
	return d.write(agentView{
		Subject:  by + " has invited you to " + domain,
		Headline: "Join " + domain + " on Rejoin",
		Lines: []string{
			by + " has invited you to answer the conversations of " + domain + " as " + headerText(role, 60) + ".",
			"Choose a name and a password, and you are in.",
		},
		Button: "Accept the invitation",
		Terms:  fmt.Sprintf("The link works once, for %d days. It is meant for you alone: please do not forward it.", days),
		Why:    "You do not know " + by + " or " + domain + "? Then you can ignore this e-mail; nothing happens.",
	})
}

// PasswordReset writes the e-mail that lets an agent set a new password. It is pure.
func PasswordReset(d AgentData, minutes int) (Message, error) {
	domain := headerText(d.Domain, 60)
	return d.write(agentView{
		Subject:  "Set a new password for " + domain,
		Headline: "Set a new password",
		Lines: []string{
			"Somebody, most likely you, has asked for a new password for " + d.To + " at " + domain + ".",
			"When you have set it, you are signed out everywhere and sign in with the new one.",
		},
		Button: "Set a new password",
		Terms:  fmt.Sprintf("The link works once, for %d minutes. Please do not forward it.", minutes),
		Why:    "You did not ask for this? Then you can ignore this e-mail: your password stays as it is.",
	})
}

// WebhookOff writes the e-mail to an administrator whose webhook has switched itself off: the program said that it is gone, or nothing arrived for a day. It is
// pure. Host is the program's, words what came of the newest attempt.
func WebhookOff(d AgentData, title, host string, gone bool, words string) (Message, error) {
	title, host, domain := headerText(title, 80), headerText(host, 200), headerText(d.Domain, 60)
	why := "For 24 hours nothing has arrived at " + host + ". So we have stopped trying."
	if gone {
		why = "The program at " + host + " has answered that it is gone (410), and wants nothing any more."
	}
	return d.write(agentView{
		Subject:  "The webhook " + title + " was switched off",
		Headline: "The webhook " + title + " was switched off",
		Lines: []string{
			why,
			"The last attempt: " + headerText(words, 300),
			"Nothing is lost: what happens meanwhile waits for up to 30 days, and is sent when you let the webhook go on.",
		},
		Button: "Look at the webhook",
		Terms:  "Its log shows each attempt with the program's answer.",
		Why:    "You get this e-mail because you are an administrator of " + domain + ".",
	})
}

// agentView is what the two templates see.
type agentView struct {
	Subject    string
	Headline   string
	Lines      []string
	Button     string
	URL        string
	Terms      string
	Why        string
	Color, Ink string
}

var (
	htmlAgent = htmltemplate.Must(htmltemplate.ParseFS(templates, "templates/agent.html"))
	textAgent = texttemplate.Must(texttemplate.New("agent.txt").
			Funcs(texttemplate.FuncMap{"indent": indent}).ParseFS(templates, "templates/agent.txt"))
)

func (d AgentData) write(v agentView) (Message, error) {
	if !safeID.MatchString(d.ID) {
		return Message{}, fmt.Errorf("mail: the id %q cannot stand in a Message-ID", d.ID)
	}
	_, from, err := checkAddress(d.FromAddress)
	_, to, err2 := checkAddress(d.To)
	_, err3 := checkURL("the link", d.URL)
	if err := errors.Join(err, err2, err3); err != nil {
		return Message{}, err
	}
	v.URL = d.URL
	v.Color, v.Ink = buttonColors(defaultColor)
	var html, text bytes.Buffer
	if err := htmlAgent.Execute(&html, v); err != nil {
		return Message{}, fmt.Errorf("mail: write the HTML part: %w", err)
	}
	if err := textAgent.Execute(&text, v); err != nil {
		return Message{}, fmt.Errorf("mail: write the text part: %w", err)
	}
	return letter{fromName: "Rejoin", from: from, to: to, subject: headerText(v.Subject, 150), lang: "en", date: d.Date,
		id: "agent." + d.ID + "@" + MessageIDHost(d.FromAddress), html: html.String(), text: text.String()}.compose()
}
