package mailbox

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/jhillyerd/enmime/v2"
)

// Mail is an e-mail that arrived. Everything but ID and ReceivedAt is what its sender chose to write.
type Mail struct {
	ID         string
	From       string // envelope sender
	To         string // envelope recipients, separated by ", "
	FromHeader string // the From header: how a mail program shows the sender
	Subject    string
	Date       time.Time // of the Date header; zero if that cannot be read
	MessageID  string    // without angle brackets
	HTML       string    // empty if there is no such part
	Text       string
	Header     string // as received, decoded line by line
	Raw        []byte // as kept: with Return-Path and Delivered-To in front, as on final delivery (RFC 5321 §4.4)
	ReceivedAt time.Time
	Problem    string // why the e-mail could not be read in full; usually empty
}

// addTrace puts the envelope in front of the header, where it survives a restart.
func addTrace(from string, to []string, raw []byte) []byte {
	from = strings.NewReplacer("\r", "", "\n", "", "<", "", ">", "").Replace(from)
	return append(fmt.Appendf(nil, "Return-Path: <%s>\r\nDelivered-To: %s\r\n", from, strings.Join(to, ", ")), raw...)
}

// parse reads an e-mail as far as it can be read.
func parse(id string, raw []byte) Mail {
	head, _, _ := bytes.Cut(raw, []byte("\r\n\r\n"))
	m := Mail{ID: id, Raw: raw, Header: string(head), ReceivedAt: received(id)}
	env, err := enmime.ReadEnvelope(bytes.NewReader(raw))
	if err != nil {
		m.Problem = err.Error()
		return m
	}
	m.From = strings.Trim(env.GetHeader("Return-Path"), "<> ")
	m.To = env.GetHeader("Delivered-To")
	m.FromHeader = env.GetHeader("From")
	m.Subject = env.GetHeader("Subject")
	m.MessageID = strings.Trim(env.GetHeader("Message-ID"), "<> ")
	m.HTML, m.Text = env.HTML, env.Text
	if date, err := env.Date(); err == nil {
		m.Date = date
	}
	for _, e := range env.Errors {
		if e.Severe {
			m.Problem = e.Error()
		}
	}
	return m
}

// newID is a time in Unix milliseconds, one later than the last if need be, so that names sort by arrival.
func newID(now time.Time, last string) string {
	ms := now.UnixMilli()
	if prev, err := strconv.ParseInt(last, 10, 64); err == nil && prev >= ms {
		ms = prev + 1
	}
	return strconv.FormatInt(ms, 10)
}

func received(id string) time.Time {
	ms, _ := strconv.ParseInt(id, 10, 64) // ids are made by newID
	return time.UnixMilli(ms)
}

func path(dir, id string) string { return filepath.Join(dir, id+".eml") }

func load(dir string) ([]Mail, error) {
	if dir == "" {
		return nil, nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("mailbox: %w", err)
	}
	files, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("mailbox: %w", err)
	}
	var mails []Mail
	for _, f := range files { // sorted by name, and so by arrival
		id, ok := strings.CutSuffix(f.Name(), ".eml")
		if _, err := strconv.ParseInt(id, 10, 64); !ok || err != nil {
			continue // not one of ours
		}
		raw, err := os.ReadFile(path(dir, id))
		if err != nil {
			return nil, fmt.Errorf("mailbox: %w", err)
		}
		mails = append(mails, parse(id, raw))
	}
	return mails, nil
}

// save writes the file whole or not at all.
func save(dir string, m Mail) error {
	if dir == "" {
		return nil
	}
	tmp, err := os.CreateTemp(dir, "incoming-*")
	if err != nil {
		return fmt.Errorf("mailbox: %w", err)
	}
	_, err = tmp.Write(m.Raw)
	if cerr := tmp.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(tmp.Name(), path(dir, m.ID))
	}
	if err != nil {
		_ = os.Remove(tmp.Name())
		return fmt.Errorf("mailbox: %w", err)
	}
	return nil
}

func remove(dir, id string) error {
	if dir == "" {
		return nil
	}
	if err := os.Remove(path(dir, id)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("mailbox: %w", err)
	}
	return nil
}
