package core

import (
	"bytes"
	"context"
	"errors"
	"io"
	"time"

	"rejoin"
	"rejoin/files"
	"rejoin/identity"
)

// MaxFile is the largest file, in bytes.
const MaxFile = 25 << 20

// What may be uploaded without being sent: by one owner, and by everybody who writes to a domain. Strangers make owners as they like.
const (
	maxUnsentFiles = 30
	maxUnsentBytes = 100 << 20

	maxDomainFiles = 50_000
	maxDomainBytes = 5 << 30
)

// previewWait is how long a file waits for its preview to be drawn. After that it goes without one.
const previewWait = 3 * time.Second

// Upload is a file on its way in.
type Upload struct {
	ClientID string
	Name     string // as the sender calls it
	Body     io.Reader
}

// uploader is who sends a file up.
type uploader struct {
	domainID, owner string
	stranger        bool          // counts against what everybody in the domain may leave behind
	drawing         chan struct{} // who draws a preview holds a place in it
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
	return s.add(ctx, uploader{domainID: platform.DomainID, owner: identity.Hash(token), stranger: true, drawing: s.users}, in)
}

// AddAsAgent stores an agent's file.
func (s *Attachments) AddAsAgent(ctx context.Context, a rejoin.Agent, in Upload) (rejoin.Attachment, error) {
	if err := answering(a); err != nil {
		return rejoin.Attachment{}, err
	}
	return s.add(ctx, uploader{domainID: a.DomainID, owner: a.ID, drawing: s.agents}, in)
}

// add writes the file's row before its bytes, and takes the bytes away before the row: whenever the process dies, what is kept is found again.
func (s *Attachments) add(ctx context.Context, by uploader, in Upload) (a rejoin.Attachment, err error) {
	if in.ClientID, err = rejoin.CheckClientID(in.ClientID); err != nil {
		return a, err
	}
	a, err = s.begin(ctx, by, in)
	if err != nil || a.Size > 0 {
		return a, err
	}
	first := rejoin.Attachment{}
	if err = s.keep(ctx, &a, in.Body, by.drawing); err == nil {
		first, err = s.complete(ctx, &a, by)
	}
	if err == nil && first.ID == "" {
		return a, nil
	}
	return first, errors.Join(err, s.discard(context.WithoutCancel(ctx), a)) // it was uploaded twice at once: the first one counts
}

// begin returns the file that was uploaded with the client_id before, or else an incomplete one. An upload that has not come to its end stands back.
func (s *Attachments) begin(ctx context.Context, by uploader, in Upload) (a rejoin.Attachment, err error) {
	err = s.write(ctx, func(u *unit) error {
		a = rejoin.Attachment{ID: newID("fil"), DomainID: by.domainID, Owner: by.owner, ClientID: in.ClientID, Name: files.CleanName(in.Name), CreatedAt: u.now}
		first, err := u.displace(a)
		if first.ID != "" {
			a = first
		}
		if err != nil || first.ID != "" {
			return err
		}
		added, err := u.AddAttachment(a)
		if err == nil && !added {
			err = uploadedTwice()
		}
		if err != nil {
			return err
		}
		return u.room(a, by)
	})
	return a, err
}

func uploadedTwice() error {
	return rejoin.Errorf(rejoin.Conflict, "This upload took too long, or was made twice at once. Please repeat the request.")
}

// room is an error if too much waits to be sent with the file, whose row is there already.
func (u *unit) room(a rejoin.Attachment, by uploader) error {
	size := max(a.Size, 1)
	own, err := u.Unsent(a.Owner)
	if err != nil {
		return err
	}
	if own.Files > maxUnsentFiles || own.Bytes+size > maxUnsentBytes {
		return rejoin.Errorf(rejoin.Limited, "Too many files wait to be sent. Send them, or begin again tomorrow.")
	}
	if !by.stranger {
		return nil
	}
	domain, err := u.UnsentOfDomain(a.DomainID)
	if err == nil && (domain.Files > maxDomainFiles || domain.Bytes+size > maxDomainBytes) {
		err = rejoin.Errorf(rejoin.Limited, "No files can be taken at the moment. Please send your message without them, or try again in an hour.")
	}
	return err
}

// complete makes the file one that messages can take. If its client_id has got another complete one meanwhile, it returns that.
func (s *Attachments) complete(ctx context.Context, a *rejoin.Attachment, by uploader) (first rejoin.Attachment, err error) {
	err = s.write(ctx, func(u *unit) error {
		row, err := u.Attachment(a.ID) // its owner may have logged in meanwhile
		if err != nil {
			return err
		}
		a.Owner = row.Owner
		if first, err = u.displace(*a); err != nil || first.ID != "" {
			return err
		}
		if err := u.room(*a, by); err != nil {
			return err
		}
		done, err := u.CompleteAttachment(*a)
		if err == nil && !done {
			err = uploadedTwice()
		}
		return err
	})
	if rejoin.CodeOf(err) == rejoin.NotFound { // it took so long that its row was dropped
		err = uploadedTwice()
	}
	return first, err
}

// displace returns the complete file that has this one's client_id, and makes an incomplete one stand back.
func (u *unit) displace(a rejoin.Attachment) (first rejoin.Attachment, err error) {
	if err := u.LockText("files " + a.Owner); err != nil {
		return first, err
	}
	holder, err := u.AttachmentByClientID(a.Owner, a.ClientID)
	switch {
	case rejoin.CodeOf(err) == rejoin.NotFound || err == nil && holder.ID == a.ID:
		return first, nil
	case err == nil && holder.Size > 0:
		return holder, nil
	case err == nil:
		err = u.DisplaceAttachment(holder.ID)
	}
	return first, err
}

// keep stores the bytes and, of an image, a preview.
func (s *Attachments) keep(ctx context.Context, a *rejoin.Attachment, body io.Reader, drawing chan struct{}) error {
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
		return s.preview(ctx, a, drawing)
	}
	return nil
}

// preview draws the image small. One that cannot be drawn, or not soon, is a file like any other.
func (s *Attachments) preview(ctx context.Context, a *rejoin.Attachment, drawing chan struct{}) error {
	late := make(chan struct{})
	stop := s.Clock.AfterFunc(previewWait, func() { close(late) })
	defer stop()
	select {
	case drawing <- struct{}{}:
		defer func() { <-drawing }()
	case <-late:
		return nil
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

// discard takes the bytes of an incomplete file away, and then its row.
func (s *Attachments) discard(ctx context.Context, a rejoin.Attachment) error {
	if err := errors.Join(s.Files.Delete(ctx, a.ID), s.Files.Delete(ctx, previewKey(a))); err != nil {
		return err
	}
	return s.write(ctx, func(u *unit) error { return u.DropIncomplete(a.ID) })
}
