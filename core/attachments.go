package core

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"rejoin"
	"rejoin/files"
	"rejoin/identity"
)

// Attachments is files: uploading them, before the message that takes them is sent, and getting them back.
type Attachments struct {
	*env
	users, agents chan struct{} // a preview takes memory: one at a time for users, and one for agents, whom strangers must not keep waiting
	mu            sync.Mutex
	key           string // signs addresses; read from the store once
}

// addressLife is how long the address of a file works.
const addressLife = day

// attach makes the files part of a message that was just added.
func (u *unit) attach(m *rejoin.Message, owner, domainID string, ids []string) error {
	for n, id := range ids {
		missing := rejoin.InvalidField("attachments", "There is no file %s to send here. Upload it again.", rejoin.Preview(id, 64))
		if !storable(id) {
			return missing
		}
		a, err := u.Attachment(id)
		if rejoin.CodeOf(err) == rejoin.NotFound || err == nil && (a.Owner != owner || a.DomainID != domainID) {
			return missing
		}
		if err != nil {
			return err
		}
		taken, err := u.ClaimAttachment(id, m.IssueID, m.Seq, n)
		if err != nil {
			return err
		}
		if !taken {
			return missing
		}
		a.IssueID, a.Seq = m.IssueID, m.Seq
		m.Files[n] = a
	}
	return nil
}

// Addresses is where browsers get a file. Small is empty unless there is a preview.
type Addresses struct{ Full, Small string }

// Addresses returns where the file is for a day from now. Whoever has an address can get the file: it goes to those who may see the message only.
func (s *Attachments) Addresses(a rejoin.Attachment) (out Addresses) {
	key, err := s.signingKey(context.Background())
	if err != nil {
		s.Log.Error("a file has no address", "error", err)
		return out
	}
	// Whole hours, so that a browser that asks again finds the picture in its cache.
	until := s.Clock.Now().Time().Truncate(time.Hour).Add(addressLife + time.Hour).Unix()
	out.Full = address(key, a, "", until)
	if a.PreviewType != "" {
		out.Small = address(key, a, "small", until)
	}
	return out
}

func address(key string, a rejoin.Attachment, size string, until int64) string {
	q := url.Values{"until": {strconv.FormatInt(until, 10)}, "sig": {signAddress(key, a.ID, size, until)}}
	if size != "" {
		q.Set("size", size)
	}
	return "/files/" + a.ID + "/" + url.PathEscape(a.Name) + "?" + q.Encode()
}

func signAddress(key, id, size string, until int64) string {
	h := hmac.New(sha256.New, []byte(key))
	fmt.Fprintf(h, "%s\n%s\n%d", id, size, until)
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil))
}

// signingKey is the installation's, made by whichever node needs it first.
func (s *Attachments) signingKey(ctx context.Context) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.key != "" {
		return s.key, nil
	}
	key := ""
	err := s.write(ctx, func(u *unit) (err error) {
		key, err = u.Key("files", identity.NewSecret())
		return err
	})
	if err == nil {
		s.key = key
	}
	return key, err
}

// File is a file on its way out. The caller closes Body.
type File struct {
	rejoin.Attachment
	Type   string // of what Body holds
	Inline bool   // an image that is safe to show in place
	Body   io.ReadSeekCloser
}

// Open returns the file behind an address whose parts these are.
func (s *Attachments) Open(ctx context.Context, id, size, until, sig string) (f File, err error) {
	gone := rejoin.Errorf(rejoin.NotFound, "This address of a file has expired or is incomplete. Open the conversation again for a fresh one.")
	key, err := s.signingKey(ctx)
	if err != nil {
		return f, err
	}
	end, bad := strconv.ParseInt(until, 10, 64)
	want := signAddress(key, id, size, end)
	if bad != nil || !hmac.Equal([]byte(want), []byte(sig)) || s.Clock.Now().Time().Unix() > end {
		return f, gone
	}
	err = s.read(ctx, func(u *unit) error {
		f.Attachment, err = u.Attachment(id)
		return err
	})
	if err == nil && f.Size == 0 { // on its way in, or out
		err = gone
	}
	if err != nil {
		return f, err
	}
	name := f.ID
	f.Type, f.Inline = f.Attachment.Type, f.PreviewType != "" && strings.HasPrefix(f.Attachment.Type, "image/")
	if size != "" {
		name, f.Type = previewKey(f.Attachment), f.PreviewType
	}
	f.Body, _, err = s.Files.Get(ctx, name)
	if errors.Is(err, files.ErrNotFound) {
		return f, gone
	}
	return f, err
}
