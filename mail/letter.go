package mail

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	netmail "net/mail"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// letter is an e-mail before it becomes bytes. Every field is checked already.
type letter struct {
	fromName, from string
	to             string
	subject        string
	lang           string // BCP 47
	date           time.Time
	id             string   // Message-ID
	refs           []string // References, oldest first; may be empty
	unsub          string   // may be empty: agents' e-mails cannot be unsubscribed from
	html, text     string
}

// compose makes the bytes. Everything they depend on is in l: the boundary is derived from the content, so that no text can contain it.
func (l letter) compose() (Message, error) {
	m := gomail.NewMsg(
		gomail.WithCharset(gomail.CharsetUTF8),
		gomail.WithEncoding(gomail.EncodingQP),
		gomail.WithBoundary(l.boundary()),
		gomail.WithNoDefaultUserAgent(),
	)
	m.FromMailAddress(&netmail.Address{Name: l.fromName, Address: l.from})
	m.ToMailAddress(&netmail.Address{Address: l.to})
	m.Subject(l.subject)
	m.SetDateWithValue(l.date.UTC())
	m.SetMessageIDWithValue(l.id)
	if n := len(l.refs); n > 0 {
		m.SetGenHeader(gomail.HeaderInReplyTo, "<"+l.refs[n-1]+">")
		m.SetGenHeader(gomail.HeaderReferences, "<"+strings.Join(l.refs, "> <")+">")
	}
	m.SetGenHeader(gomail.HeaderContentLang, l.lang)
	m.SetGenHeader("Auto-Submitted", "auto-generated")
	m.SetGenHeader(gomail.HeaderXAutoResponseSuppress, "All")
	if l.unsub != "" {
		m.SetGenHeader(gomail.HeaderListUnsubscribe, "<"+l.unsub+">")
		m.SetGenHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
	}
	m.SetBodyString(gomail.TypeTextPlain, l.text)
	m.AddAlternativeString(gomail.TypeTextHTML, l.html)
	var raw bytes.Buffer
	if _, err := m.WriteTo(&raw); err != nil {
		return Message{}, fmt.Errorf("mail: compose: %w", err)
	}
	return Message{
		From: l.from, To: l.to, MessageID: l.id, Subject: l.subject,
		HTML: l.html, Text: l.text, Raw: raw.Bytes(),
	}, nil
}

func (l letter) boundary() string {
	sum := sha256.Sum256([]byte(l.id + "\x00" + l.text + "\x00" + l.html))
	return "rejoin-" + hex.EncodeToString(sum[:20])
}
