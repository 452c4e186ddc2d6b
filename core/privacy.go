package core

import (
	"archive/zip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"rejoin"
	"rejoin/archive"
	"rejoin/files"
	"rejoin/store"
)

// Privacy is what a person may ask of the company (GDPR): to know what is held on them, to have it, and to have it erased. For administrators.
type Privacy struct{ *env }

// Held is what is held on a user, in numbers.
type Held struct {
	store.Held
	User    rejoin.User
	Confirm string // what somebody types to erase it: the address, else the name, else the id
}

// Data counts what is held on a user.
func (s *Privacy) Data(ctx context.Context, a rejoin.Agent, userID string) (h Held, err error) {
	if err := administer(a); err != nil {
		return h, err
	}
	err = s.read(ctx, func(u *unit) error {
		user, err := u.agentsUser(a, userID)
		if err != nil {
			return err
		}
		h, err = u.heldOn(user)
		return err
	})
	return h, err
}

func (u *unit) heldOn(user rejoin.User) (h Held, err error) {
	h = Held{User: user, Confirm: nonEmpty(user.Email, user.Name, user.ID)[0]}
	h.Held, err = u.Held(user, u.now)
	if h.Messages+h.Notes+h.Files > 0 { // something was written since: it can be erased again
		h.ErasedAt = 0
	}
	return h, err
}

// UserExport is everything that is held on one user, on its way out.
type UserExport struct {
	UserID string
	env    *env
	person archive.Person
	issues []string
}

// exportedBrowsers is how many of them an export has, latest first.
const exportedBrowsers = 1000

// Export prepares what is held on a user, and notes in the audit log who has asked. Write it afterwards.
func (s *Privacy) Export(ctx context.Context, a rejoin.Agent, userID string) (x *UserExport, err error) {
	if err := administer(a); err != nil {
		return nil, err
	}
	err = s.write(ctx, func(u *unit) error {
		user, err := u.agentsUser(a, userID)
		if err != nil {
			return err
		}
		x = &UserExport{UserID: user.ID, env: s.env}
		if x.person, err = u.person(user); err != nil {
			return err
		}
		for after := ""; ; {
			page, err := u.IssueIDsOf(user.ID, after, 1000)
			if err != nil {
				return err
			}
			if len(page) == 0 {
				break
			}
			x.issues, after = append(x.issues, page...), page[len(page)-1]
		}
		return u.audit(a, rejoin.UserExported, user.ID)
	})
	return x, err
}

func (u *unit) person(user rejoin.User) (p archive.Person, err error) {
	app, err := u.App(user.AppID)
	if err != nil {
		return p, err
	}
	held, err := u.Held(user, u.now)
	if err != nil {
		return p, err
	}
	p = archive.Person{ID: user.ID, App: app.Name, Name: user.Name, Email: user.Email, EmailSource: user.EmailSource, ExternalID: user.ExternalID, Language: user.Language,
		TimeZone: user.TimeZone, Presence: user.Presence, CreatedAt: user.CreatedAt, SeenAt: user.SeenAt, ErasedAt: held.ErasedAt, Attributes: user.Attributes}
	identities, err := u.Tx.Identities(user.ID)
	for _, n := range identities {
		p.Identities = append(p.Identities, archive.Identity(n))
	}
	if err != nil {
		return p, err
	}
	return p, u.personsPast(user, &p)
}

// personsPast adds where the user was known, which addresses they had, when they came and went, and what they wished.
func (u *unit) personsPast(user rejoin.User, p *archive.Person) error {
	sessions, err := u.AllSessions(user.ID, exportedBrowsers)
	if err != nil {
		return err
	}
	for _, s := range sessions {
		ended := s.ExpiresAt
		if s.RevokedAt > 0 {
			ended = min(ended, s.RevokedAt)
		}
		p.Browsers = append(p.Browsers, archive.Browser{Device: s.Device, CreatedAt: s.CreatedAt, SeenAt: s.SeenAt, EndedAt: ended})
	}
	facts, err := u.FactsOf(user.ID)
	if err != nil {
		return err
	}
	for _, f := range facts {
		if f.Kind == rejoin.FactAddress {
			p.Addresses = append(p.Addresses, archive.AddressKnown{Email: f.Value, Source: rejoin.EmailSource(f.Detail), Since: f.At})
		} else {
			p.Presences = append(p.Presences, archive.PresenceSeen{At: f.At, Presence: rejoin.Presence(f.Value)})
		}
	}
	if user.Email == "" {
		return nil
	}
	wishes, err := u.WishesOf(user.DomainID, user.Email)
	for _, w := range wishes {
		p.Refused = append(p.Refused, archive.MailRefused{Kind: w.Kind, Since: w.CreatedAt})
	}
	return err
}

// WriteTo writes the zip file: data.json with the person and their conversations, and the files below files/. Memory does not grow with the number of
// conversations.
func (x *UserExport) WriteTo(ctx context.Context, w io.Writer) error {
	z := zip.NewWriter(w)
	data, err := z.Create("data.json")
	if err != nil {
		return err
	}
	kept, err := x.writeData(ctx, data)
	for _, a := range kept {
		if err == nil {
			err = x.writeFile(ctx, z, a)
		}
	}
	if err != nil {
		return err
	}
	return z.Close()
}

// writeData writes data.json, a conversation after the other, and returns their files.
func (x *UserExport) writeData(ctx context.Context, w io.Writer) (kept []rejoin.Attachment, err error) {
	person, err := json.MarshalIndent(x.person, "", "  ")
	if err != nil {
		return nil, err
	}
	if _, err := fmt.Fprintf(w, "{\n\"user\": %s,\n\"conversations\": [", person); err != nil {
		return nil, err
	}
	for n, id := range x.issues {
		var one archive.Conversation
		err := x.env.read(ctx, func(u *unit) error {
			var of []rejoin.Attachment
			one, of, err = u.conversation(id)
			kept = append(kept, of...)
			return err
		})
		if err != nil {
			return nil, err
		}
		text, err := json.MarshalIndent(one, "", "  ")
		if err != nil {
			return nil, err
		}
		comma := ","
		if n == 0 {
			comma = ""
		}
		if _, err := fmt.Fprintf(w, "%s\n%s", comma, text); err != nil {
			return nil, err
		}
	}
	_, err = io.WriteString(w, "]\n}\n")
	return kept, err
}

// conversation is everything that is kept of an issue, with its files.
func (u *unit) conversation(id string) (c archive.Conversation, kept []rejoin.Attachment, err error) {
	i, err := u.Issue(id)
	if err != nil {
		return c, nil, err
	}
	c = archive.Conversation{ID: i.ID, Number: i.Number, Title: i.Title, State: i.State, StartURL: i.StartURL, Meta: i.Meta, Tags: i.Tags, Fields: i.Fields,
		Rating: i.Ending.Rating, Comment: i.Ending.Comment, CreatedAt: i.CreatedAt, UpdatedAt: i.UpdatedAt, Messages: []archive.Message{}, Timeline: []archive.Event{}}
	messages, err := u.MessagesAfter(id, 0, int(i.LastSeq))
	for _, m := range messages {
		c.Messages = append(c.Messages, archive.Message{Seq: m.Seq, Origin: m.Origin, Author: m.AuthorName, Body: m.Body, Files: filesOf(m), EditedAt: m.Change.EditedAt,
			DeletedAt: m.Change.DeletedAt, CreatedAt: m.CreatedAt})
		kept = append(kept, m.Files...)
	}
	if err != nil {
		return c, nil, err
	}
	events, err := u.EventsAfter(id, 0, int(i.EventCount))
	for _, e := range events {
		c.Timeline = append(c.Timeline, archive.Event{Kind: e.Kind, Actor: e.Actor.Name, Data: e.Data, At: e.CreatedAt})
	}
	if err != nil {
		return c, nil, err
	}
	mails, err := u.FollowUpsOf(id)
	for _, f := range mails {
		c.Mails = append(c.Mails, archive.Mail{State: f.State, Reason: f.Reason, Address: f.Address, CreatedAt: f.CreatedAt, SentAt: f.SentAt, OpenedAt: f.OpenedAt,
			ReturnedAt: f.ReturnedAt, RepliedAt: f.RepliedAt})
	}
	if err != nil {
		return c, nil, err
	}
	runs, err := u.BotRunsOf(id)
	for _, r := range runs {
		c.Answers = append(c.Answers, archive.BotAnswers{StartedAt: r.StartedAt, Answers: r.Answers})
	}
	return c, kept, err
}

func filesOf(m rejoin.Message) (list []archive.File) {
	for _, a := range m.Files {
		list = append(list, archive.File{Name: a.Name, Type: a.Type, Size: a.Size, Path: pathOf(a)})
	}
	return list
}

// pathOf is a file's place in the zip file. Its name comes last, without what would lead elsewhere.
func pathOf(a rejoin.Attachment) string {
	return "files/" + a.ID + "/" + strings.Trim(strings.NewReplacer("/", "_", "\\", "_").Replace(a.Name), ".")
}

// writeFile adds a file. One whose bytes are gone is left out: it may have been taken back meanwhile.
func (x *UserExport) writeFile(ctx context.Context, z *zip.Writer, a rejoin.Attachment) error {
	body, _, err := x.env.Files.Get(ctx, a.ID)
	if errors.Is(err, files.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	defer body.Close()
	w, err := z.CreateHeader(&zip.FileHeader{Name: pathOf(a), Method: zip.Store, Modified: a.CreatedAt.Time()})
	if err != nil {
		return err
	}
	_, err = io.Copy(w, body)
	return err
}
