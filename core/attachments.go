package core

import (
	"bytes"
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
	drawing chan struct{} // previews take memory: few at a time
	mu      sync.Mutex
	key     string // signs addresses; read from the store once
}

// MaxFile is the largest file, in bytes.
const MaxFile = 25 << 20

// What an owner may have uploaded without sending it.
const (
	maxUnsentFiles = 30
	maxUnsentBytes = 100 << 20
)

// addressLife is how long the address of a file works.
const addressLife = day

// Upload is a file on its way in.
type Upload struct {
	ClientID string
	Name     string // as the sender calls it
	Body     io.Reader
}

// AddAsUser stores a user's file. The token may be new: then it has to be the one that the first message comes with. Repeating the call with the
// same ClientID returns the first result.
func (s *Attachments) AddAsUser(ctx context.Context, token, platformID string, in Upload) (a rejoin.Attachment, err error) {
	if !identity.WellFormed(token) {
		return a, rejoin.Errorf(rejoin.Unauthenticated, "Send a bearer token of 32 random bytes in base64url.")
	}
	var platform rejoin.Platform
	err = s.read(ctx, func(u *unit) error {
		if platform, err = u.Platform(platformID); err != nil {
			return err
		}
		_, err = u.visitor(token)
		if rejoin.CodeOf(err) != rejoin.Unauthenticated {
			return err
		}
		if _, known := u.UserSession(identity.Hash(token)); rejoin.CodeOf(known) == rejoin.NotFound {
			return nil // a fresh one: its first message is still being written
		}
		return err
	})
	if err != nil {
		return a, err
	}
	return s.add(ctx, platform.DomainID, identity.Hash(token), in)
}

// AddAsAgent stores an agent's file.
func (s *Attachments) AddAsAgent(ctx context.Context, a rejoin.Agent, in Upload) (rejoin.Attachment, error) {
	return s.add(ctx, a.DomainID, a.ID, in)
}

func (s *Attachments) add(ctx context.Context, domainID, owner string, in Upload) (a rejoin.Attachment, err error) {
	if in.ClientID, err = rejoin.CheckClientID(in.ClientID); err != nil {
		return a, err
	}
	first, err := s.room(ctx, owner, in.ClientID)
	if err != nil || first.ID != "" {
		return first, err
	}
	a = rejoin.Attachment{ID: newID("fil"), DomainID: domainID, Owner: owner, ClientID: in.ClientID, Name: files.CleanName(in.Name)}
	if err := s.keep(ctx, &a, in.Body); err != nil {
		return a, errors.Join(err, s.drop(context.WithoutCancel(ctx), a))
	}
	err = s.write(ctx, func(u *unit) error {
		a.CreatedAt = u.now
		added, err := u.AddAttachment(a)
		if err == nil && !added {
			first, err = u.AttachmentByClientID(owner, in.ClientID)
		}
		return err
	})
	if err == nil && first.ID == "" {
		return a, nil
	}
	return first, errors.Join(err, s.drop(context.WithoutCancel(ctx), a)) // it was uploaded twice at once: the first one counts
}

// room returns what was uploaded with the client_id before, or an error if the owner has too much that was not sent.
func (s *Attachments) room(ctx context.Context, owner, clientID string) (first rejoin.Attachment, err error) {
	err = s.read(ctx, func(u *unit) error {
		first, err = u.AttachmentByClientID(owner, clientID)
		if rejoin.CodeOf(err) != rejoin.NotFound {
			return err
		}
		n, bytes, err := u.Unsent(owner)
		if err == nil && (n >= maxUnsentFiles || bytes >= maxUnsentBytes) {
			err = rejoin.Errorf(rejoin.Limited, "Too many files wait to be sent. Send them, or begin again tomorrow.")
		}
		return err
	})
	return first, err
}

// keep stores the bytes and, of an image, a preview.
func (s *Attachments) keep(ctx context.Context, a *rejoin.Attachment, body io.Reader) error {
	head := make([]byte, files.HeadSize)
	n, err := io.ReadFull(body, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return &rejoin.Error{Code: rejoin.Invalid, Text: "The upload broke off. Please try again.", Err: err}
	}
	if n == 0 {
		return rejoin.InvalidField("body", "This file is empty.")
	}
	kind := files.Sniff(head[:n])
	a.Type = kind.Type
	a.Size, err = s.Files.Put(ctx, a.ID, io.MultiReader(bytes.NewReader(head[:n]), body), MaxFile)
	switch {
	case errors.Is(err, files.ErrTooLarge):
		return rejoin.InvalidField("body", "This file is too large: at most %d MB fit.", MaxFile>>20)
	case err != nil:
		return err
	case kind.Image:
		return s.preview(ctx, a)
	}
	return nil
}

// preview draws the image small. One that cannot be drawn is a file like any other.
func (s *Attachments) preview(ctx context.Context, a *rejoin.Attachment) error {
	select {
	case s.drawing <- struct{}{}:
		defer func() { <-s.drawing }()
	case <-ctx.Done():
		return ctx.Err()
	}
	r, _, err := s.Files.Get(ctx, a.ID)
	if err != nil {
		return err
	}
	defer r.Close()
	img, err := files.Preview(r, files.MaxPixels)
	if errors.Is(err, files.ErrNoPreview) {
		return nil
	}
	if err != nil {
		return err
	}
	a.Width, a.Height, a.PreviewType = img.Width, img.Height, img.Type
	_, err = s.Files.Put(ctx, previewKey(*a), bytes.NewReader(img.Data), int64(len(img.Data)))
	return err
}

func previewKey(a rejoin.Attachment) string { return a.ID + "-small" }

// drop takes the bytes of a file away.
func (s *Attachments) drop(ctx context.Context, a rejoin.Attachment) error {
	return errors.Join(s.Files.Delete(ctx, a.ID), s.Files.Delete(ctx, previewKey(a)))
}

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

// dropUnsent takes away what was uploaded more than a day ago and never sent.
func (s *Attachments) dropUnsent(ctx context.Context) error {
	for {
		var list []rejoin.Attachment
		err := s.read(ctx, func(u *unit) (err error) {
			list, err = u.UnsentBefore(u.now.Add(-day), 100)
			return err
		})
		if err != nil || len(list) == 0 {
			return err
		}
		for _, a := range list {
			dropped := false
			err := s.write(ctx, func(u *unit) (err error) {
				dropped, err = u.DropUnsent(a.ID)
				return err
			})
			if err == nil && dropped {
				err = s.drop(ctx, a)
			}
			if err != nil {
				return err
			}
		}
	}
}
