package core

import (
	"context"
	"html"
	"slices"
	"strings"
	"time"

	"rejoin"
	"rejoin/mail"
)

// Apps is the settings of apps, for administrators, and what the public may know of an app.
type Apps struct{ *env }

// AppPage is an app as its settings page shows it.
type AppPage struct {
	App       rejoin.App
	Domain    rejoin.Domain
	Platform  rejoin.Platform // the app's web platform
	EmbedCode string
	HostedURL string
}

// Windows are the usual times for unread messages.
var Windows = [...]rejoin.Seconds{60, 120, 300, 600, 900, 1800, 3600, 2 * 3600, 4 * 3600, 8 * 3600, 12 * 3600, 24 * 3600}

func administer(a rejoin.Agent) error {
	if !a.MayAdminister() {
		return rejoin.Errorf(rejoin.Forbidden, "Only administrators may see and change settings.")
	}
	return nil
}

// List returns the apps of the agent's domain.
func (s *Apps) List(ctx context.Context, a rejoin.Agent) (list []rejoin.App, err error) {
	if err := administer(a); err != nil {
		return nil, err
	}
	err = s.read(ctx, func(u *unit) error {
		list, err = u.Tx.Apps(a.DomainID)
		return err
	})
	return list, err
}

// Page returns one app with what its administrator needs.
func (s *Apps) Page(ctx context.Context, a rejoin.Agent, appID string) (p AppPage, err error) {
	if err := administer(a); err != nil {
		return p, err
	}
	err = s.read(ctx, func(u *unit) error {
		p, err = u.appPage(a, appID)
		return err
	})
	return p, err
}

func (u *unit) appPage(a rejoin.Agent, appID string) (p AppPage, err error) {
	if p.App, err = u.App(appID); err != nil {
		return p, err
	}
	if p.App.DomainID != a.DomainID {
		return AppPage{}, rejoin.Errorf(rejoin.NotFound, "There is no such app.")
	}
	if p.Domain, err = u.Domain(a.DomainID); err != nil {
		return p, err
	}
	platforms, err := u.Platforms(appID)
	if err != nil {
		return p, err
	}
	for _, platform := range platforms {
		if platform.Kind == rejoin.Web {
			p.Platform = platform
		}
	}
	p.EmbedCode = EmbedCode(u.env.Config.PublicURL, p.Domain.Name, p.Platform.ID)
	p.HostedURL = u.env.hostedURL(p.Platform)
	return p, nil
}

// SetWebChat stores the app's web chat settings and the pages that may carry its widget. What waits is decided again if the change may matter
// to it. Where the feature is switched off for the domain, follow-ups that are stored as enabled may stay so and cannot be turned on anew.
func (s *Apps) SetWebChat(ctx context.Context, a rejoin.Agent, appID string, in rejoin.WebChatSettings, origins []string) (p AppPage, err error) {
	if err := administer(a); err != nil {
		return p, err
	}
	err = s.write(ctx, func(u *unit) error {
		if err := u.lockApp(appID); err != nil {
			return err
		}
		was, err := u.appPage(a, appID)
		if err != nil {
			return err
		}
		if p, err = was.with(in, origins); err != nil {
			return err
		}
		before, now := was.App.Settings.WebChat.FollowUp, p.App.Settings.WebChat.FollowUp
		if now.Enabled && !before.Enabled && !p.Domain.Has(rejoin.FollowUpEmail) {
			return &rejoin.Error{Code: rejoin.Forbidden, Field: "enabled", Text: "Follow-up via Email is not switched on for your domain. Ask whoever runs this installation."}
		}
		if err := u.SetAppSettings(appID, p.App.Settings); err != nil {
			return err
		}
		if err := u.SetAllowedOrigins(p.Platform.ID, p.Platform.AllowedOrigins); err != nil {
			return err
		}
		if err := u.audit(a, rejoin.SettingsChanged, p.App.Name+": Configure Web Chat"); err != nil {
			return err
		}
		if now == before && slices.Equal(p.Platform.AllowedOrigins, was.Platform.AllowedOrigins) {
			return nil
		}
		return u.put(jobPolicy, appID, u.now)
	})
	return p, err
}

// with returns the page with settings that are checked and not stored yet. A custom URL is brought into the form in which it is mailed.
func (p AppPage) with(in rejoin.WebChatSettings, origins []string) (_ AppPage, err error) {
	if p.Platform.AllowedOrigins, err = rejoin.CheckOrigins(origins); err != nil {
		return p, err
	}
	switch {
	case !storable(in.Greeting):
		return p, rejoin.InvalidField("greeting", "The greeting has characters that are not text. Please type it anew.")
	case !storable(in.FollowUp.CustomURL) || len(in.FollowUp.CustomURL) > rejoin.MaxURL: // kept also while it is not the destination
		return p, rejoin.InvalidField("custom_url", "Give a whole address of at most %d characters, for example https://www.example.com/support.", rejoin.MaxURL)
	}
	if clean, ok := rejoin.CleanURL(strings.TrimSpace(in.FollowUp.CustomURL)); ok {
		in.FollowUp.CustomURL = clean
	}
	p.App.Settings.WebChat = in
	return p, in.Check(p.Platform.AllowedOrigins)
}

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
		d.To, d.AgentName, d.IssueNumber, d.IssueID, d.FollowUpID = "visitor@example.com", a.Name, 1042, "preview", "preview"
		d.ReturnURL, d.ManageURL = l.LinkTo, s.Config.PublicURL+"/m/preview"
		d.UnsubscribeURL = d.ManageURL + "/one-click"
		at := u.now.Time()
		d.Messages = []mail.Quote{
			{Author: a.Name, Body: "Hello! I have looked into it: your parcel left our warehouse this morning.", At: at.Add(-in.FollowUp.Window.Duration() - time.Minute)},
			{Author: a.Name, Body: "It should be with you by Thursday. Shall I send you the tracking number?", At: at.Add(-in.FollowUp.Window.Duration())},
		}
		l.Message, err = mail.FollowUp(d)
		return err
	})
	return l, err
}

// Front is what anybody may know of a platform before writing.
type Front struct {
	App      rejoin.App
	Platform rejoin.Platform
}

// Front returns the public face of the platform.
func (s *Apps) Front(ctx context.Context, platformID string) (f Front, err error) {
	err = s.read(ctx, func(u *unit) error {
		if f.Platform, err = u.Platform(platformID); err != nil {
			return err
		}
		f.App, err = u.App(f.Platform.AppID)
		return err
	})
	return f, err
}

// EmbedCode is the snippet that puts the widget on a page.
func EmbedCode(publicURL, domain, platformID string) string {
	return strings.NewReplacer("URL", html.EscapeString(publicURL), "DOMAIN", domain, "PLATFORM", platformID).Replace(`<script>
  window.rejoinConfig = { platformId: "PLATFORM", domain: "DOMAIN" };
  (function (w, d, n) {
    if (w[n]) { w[n]("update"); return; }
    w[n] = function () { (w[n].q = w[n].q || []).push(arguments); };
    var s = d.createElement("script");
    s.async = true; s.id = "rejoin-chat"; s.src = "URL/webchat.js";
    s.onload = function () { w[n]("init"); };
    d.head.appendChild(s);
  })(window, document, "Rejoin");
</script>`)
}
