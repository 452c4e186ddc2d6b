package core

import (
	"context"
	"html"
	"slices"
	"strings"

	"rejoin"
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
	Written   bool // somebody has written already
}

// Windows are the usual times for unread messages.
var Windows = [...]rejoin.Seconds{60, 120, 300, 600, 900, 1800, 3600, 2 * 3600, 4 * 3600, 8 * 3600, 12 * 3600, 24 * 3600}

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
	p.Written, err = u.AppHasIssues(a.DomainID, appID)
	return p, err
}

// SetWebChat stores the app's web chat settings and the pages that may carry its widget. What waits is decided again if the change may matter
// to it. Where the feature is switched off for the domain, follow-ups that are stored as enabled may stay so and cannot be turned on anew.
func (s *Apps) SetWebChat(ctx context.Context, a rejoin.Agent, appID string, in rejoin.WebChatSettings, origins []string) (AppPage, error) {
	return s.ChangeWebChat(ctx, a, appID, func(rejoin.WebChatSettings, []string) (rejoin.WebChatSettings, []string, error) {
		return in, origins, nil
	})
}

// ChangeWebChat is SetWebChat for who changes single settings: change gets them, and the allowed origins, as they are. The app may be named by its publish id.
func (s *Apps) ChangeWebChat(ctx context.Context, a rejoin.Agent, app string,
	change func(rejoin.WebChatSettings, []string) (rejoin.WebChatSettings, []string, error)) (p AppPage, err error) {
	if err := administer(a); err != nil {
		return p, err
	}
	err = s.write(ctx, func(u *unit) error {
		named, err := u.appNamed(a, app)
		if err != nil {
			return err
		}
		appID := named.ID
		if err := u.lockApp(appID); err != nil {
			return err
		}
		was, err := u.appPage(a, appID)
		if err != nil {
			return err
		}
		in, origins, err := change(was.App.Settings.WebChat, was.Platform.AllowedOrigins)
		if err != nil {
			return err
		}
		if p, err = was.with(in, origins); err != nil {
			return err
		}
		before, now := was.App.Settings.WebChat, p.App.Settings.WebChat
		if now.FollowUp.Enabled && !before.FollowUp.Enabled && !p.Domain.Has(rejoin.FollowUpEmail) {
			return &rejoin.Error{Code: rejoin.Forbidden, Field: "enabled", Text: "Follow-up via Email is not switched on for your domain. Ask whoever runs this installation."}
		}
		if err := u.SetAppSettings(appID, p.App.Settings, u.now); err != nil {
			return err
		}
		if err := u.SetAllowedOrigins(p.Platform.ID, p.Platform.AllowedOrigins); err != nil {
			return err
		}
		if err := u.audit(a, rejoin.SettingsChanged, p.App.Name+": Configure Web Chat",
			webChatChanges(before, now, was.Platform.AllowedOrigins, p.Platform.AllowedOrigins)...); err != nil {
			return err
		}
		if now.FollowUp == before.FollowUp && now.PresenceDetection == before.PresenceDetection &&
			slices.Equal(p.Platform.AllowedOrigins, was.Platform.AllowedOrigins) {
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
	in.Title = strings.TrimSpace(in.Title)
	switch {
	case !storable(in.Title):
		return p, rejoin.InvalidField("title", "The title has characters that are not text. Please type it anew.")
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

// Front is what anybody may know of a platform before writing.
type Front struct {
	App      rejoin.App
	Platform rejoin.Platform
	Hours    HoursNow
	Closed   bool // no new conversation can begin
}

// Front returns the public face of the platform.
func (s *Apps) Front(ctx context.Context, platformID string) (f Front, err error) {
	err = s.read(ctx, func(u *unit) error {
		if f.Platform, err = u.Platform(platformID); err != nil {
			return err
		}
		if f.App, err = u.App(f.Platform.AppID); err != nil {
			return err
		}
		f.Hours = hoursAt(f.App.Settings.Hours, u.now)
		f.Closed = f.Platform.Off || takesNoNew(f.App.Settings, f.Hours.Open)
		return nil
	})
	return f, err
}

// Seen notes that a page with the widget, or an app, has asked for the platform: administrators see that it is in its place. At most once an hour
// is written. The page is kept if it is one of those that may carry the widget.
func (s *Apps) Seen(ctx context.Context, p rejoin.Platform, page string) error {
	now := s.Clock.Now()
	if now.Sub(p.SeenAt) < rejoin.SeenEvery {
		return nil
	}
	page, ok := rejoin.CleanURL(page)
	if !ok || !p.AllowedOrigins.Allow(page) { // strangers write what they like there, and the row is read with every request
		page = ""
	}
	return s.write(ctx, func(u *unit) error { return u.SeePlatform(p.ID, page, now, now.Add(1-rejoin.SeenEvery)) })
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
