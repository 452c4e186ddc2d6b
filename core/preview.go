package core

import (
	"context"
	"time"

	"rejoin"
	"rejoin/mail"
)

// Letter is an e-mail as the settings would make it.
type Letter struct {
	mail.Message
	LinkTo string // where the button leads, without the token
}

// Preview composes the e-mail that these settings would send. Nothing is stored or sent.
func (s *Apps) Preview(ctx context.Context, a rejoin.Agent, appID string, in rejoin.WebChatSettings, origins []string) (l Letter, err error) {
	if err := administer(a); err != nil {
		return l, err
	}
	err = s.read(ctx, func(u *unit) error {
		p, err := u.appPage(a, appID)
		if err != nil {
			return err
		}
		p, err = p.with(in, origins)
		if err != nil {
			return err
		}
		start := ""
		if len(p.Platform.AllowedOrigins) > 0 {
			start = p.Platform.AllowedOrigins[0] + "/"
		}
		d := s.letter(p.App, rejoin.User{}, u.now)
		l.LinkTo = s.destination(in.FollowUp, p.Platform, start, rejoin.User{})
		d.To, d.AgentName, d.IssueNumber, d.IssueID, d.FollowUpID = "visitor@example.com", mailName(a, in), 1042, "preview", "preview"
		d.ReturnURL, d.ManageURL = l.LinkTo, s.Config.PublicURL+"/m/preview"
		d.UnsubscribeURL = d.ManageURL + "/one-click"
		at := u.now.Time()
		d.Messages = []mail.Quote{
			{Author: d.AgentName, Body: "Hello! I have looked into it: your parcel left our warehouse this morning.", At: at.Add(-in.FollowUp.Window.Duration() - time.Minute)},
			{Author: d.AgentName, Body: "It should be with you by Thursday. Shall I send you the tracking number?", At: at.Add(-in.FollowUp.Window.Duration())},
		}
		l.Message, err = mail.FollowUp(d)
		return err
	})
	return l, err
}

// Look is the colours that these settings would give the chat, as a style sheet and one by one. Nothing is stored; only the colours are checked.
func (s *Apps) Look(a rejoin.Agent, in rejoin.WebChatSettings) (sheet string, tints []rejoin.Tint, err error) {
	if err := administer(a); err != nil {
		return "", nil, err
	}
	if err := in.CheckColors(); err != nil {
		return "", nil, err
	}
	return in.Theme(), append(in.Tints(false), in.Tints(true)...), nil
}

// PanelPreview returns the front of a platform for the preview beside the settings, to administrators of its domain.
func (s *Apps) PanelPreview(ctx context.Context, a rejoin.Agent, platformID string) (f Front, err error) {
	if err := administer(a); err != nil {
		return f, err
	}
	if f, err = s.Front(ctx, platformID); err == nil && f.Platform.DomainID != a.DomainID {
		return Front{}, rejoin.Errorf(rejoin.NotFound, "There is no such app.")
	}
	return f, err
}
