package mail

import (
	"fmt"
	netmail "net/mail"
	"net/url"
	"strings"

	"golang.org/x/net/idna"
)

// Message is an e-mail ready to be delivered.
type Message struct {
	From      string // envelope sender (RFC 5321 reverse-path), without angle brackets
	To        string // envelope recipient
	MessageID string // without angle brackets
	Subject   string
	HTML      string
	Text      string
	Raw       []byte // header and body as transmitted, lines end in CRLF, before dot-stuffing
}

// MessageID is the Message-ID, without angle brackets, of the e-mail of a follow-up sent from fromAddress. It depends on
// nothing else, so it is known before the e-mail is written and is the same in every attempt.
func MessageID(followUpID, fromAddress string) string {
	return "fu." + followUpID + "@" + MessageIDHost(fromAddress)
}

// MessageIDHost is the right-hand side of the Message-IDs of e-mails sent from fromAddress: its host in lower-case ASCII, or
// "localhost" where it has none.
func MessageIDHost(fromAddress string) string {
	_, addr, err := checkAddress(fromAddress)
	if err != nil {
		return "localhost"
	}
	return addr[strings.LastIndexByte(addr, '@')+1:]
}

// CheckAddress returns the bare address of raw, with its host in lower-case ASCII (RFC 5891), or an error. It is meant for
// the operator's own address: a display name in front, as in "Acme <chat@example.com>", is allowed and dropped.
func CheckAddress(raw string) (string, error) {
	_, addr, err := checkAddress(raw)
	return addr, err
}

func checkAddress(raw string) (name, addr string, err error) {
	if strings.ContainsAny(raw, "\r\n") {
		return "", "", fmt.Errorf("mail: an address holds a line break: %q", raw)
	}
	parsed, err := netmail.ParseAddress(raw)
	if err != nil {
		return "", "", fmt.Errorf("mail: %q is not an e-mail address: %w", raw, err)
	}
	at := strings.LastIndexByte(parsed.Address, '@')
	local, host := parsed.Address[:at], parsed.Address[at+1:]
	if host, err = asciiHost(host); err != nil {
		return "", "", err
	}
	if strings.ContainsAny(local, "\r\n\x00<>\" ") {
		return "", "", fmt.Errorf("mail: %q is not an address we can write to", raw)
	}
	return parsed.Name, local + "@" + host, nil
}

// asciiHost returns host in lower-case ASCII. Names that only work inside one network, such as localhost, are allowed, and so are labels that
// the rules for other scripts (RFC 5891) refuse: whether a host exists is for the mail server to find out.
func asciiHost(host string) (string, error) {
	if host == "" || strings.HasPrefix(host, "[") {
		return "", fmt.Errorf("mail: %q is not a host name", host)
	}
	labels := strings.Split(strings.ToLower(host), ".")
	for i, label := range labels {
		if !utf8Needed(label) {
			continue
		}
		ascii, err := idna.Lookup.ToASCII(label)
		if err != nil {
			ascii, err = idna.Punycode.ToASCII(label)
		}
		if err != nil {
			return "", fmt.Errorf("mail: %q is not a host name: %w", host, err)
		}
		labels[i] = ascii
	}
	return strings.Join(labels, "."), nil
}

// checkURL accepts absolute http and https addresses that can stand in a header and in an attribute as they are.
func checkURL(field, raw string) (*url.URL, error) {
	for _, r := range raw {
		if r <= ' ' || r >= 0x7f || strings.ContainsRune("<>\"\\^`{|}", r) {
			return nil, fmt.Errorf("mail: %s holds a character that may not stand in an address", field)
		}
	}
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || u.User != nil || u.Scheme != "https" && u.Scheme != "http" {
		return nil, fmt.Errorf("mail: %s is not an absolute http or https address", field)
	}
	return u, nil
}

// headerText makes s fit for an unstructured header or a display name: one line, no control characters, nothing that a
// reader would decode (RFC 2047), at most n characters.
func headerText(s string, n int) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.Join(strings.Fields(strings.Map(dropControl, s)), " ")
	s = strings.ReplaceAll(s, "=?", "= ?")
	if r := []rune(s); len(r) > n {
		s = strings.TrimSpace(string(r[:n-1])) + "…"
	}
	return s
}

// dropControl removes control characters and overrides of the writing direction, which can make a name look like another.
func dropControl(r rune) rune {
	switch {
	case r == '\n', r == '\t', r == '\r', r == 0x2028, r == 0x2029, r == 0x85:
		return ' '
	case r < 0x20, r >= 0x7f && r < 0xa0, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
		return -1
	}
	return r
}
