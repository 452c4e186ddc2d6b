package core

import (
	"context"
	"strings"

	"rejoin"
	"rejoin/hours"
)

// Hours is when the people of an app are there, for administrators.
type Hours struct{ *env }

// HoursNow is business hours at one moment.
type HoursNow struct {
	Open     bool
	BackAt   rejoin.Millis // when people are back; zero while it is open, or if that is more than a year away
	ChangeAt rejoin.Millis // when it opens or closes next; zero if it does not within a year
}

// HoursPage is what administrators see of an app's hours.
type HoursPage struct {
	Hours  rejoin.BusinessHours
	Now    HoursNow
	Advice []Advice
}

func hoursAt(h rejoin.BusinessHours, now rejoin.Millis) (s HoursNow) {
	at := now.Time()
	s.Open = hours.Open(h, at)
	if next, ok := hours.Next(h, at); ok {
		s.ChangeAt = rejoin.MillisOf(next)
	}
	if !s.Open {
		s.BackAt = s.ChangeAt
	}
	return s
}

// openNow reports whether the people of the app are there.
func (u *unit) openNow(app rejoin.App) bool {
	return hours.Open(app.Settings.Hours, u.now.Time())
}

// takesNoNew reports whether visitors can begin no conversation: the widget is switched off (reference §2.5), or hidden outside of the business hours.
func takesNoNew(s rejoin.AppSettings, open bool) bool {
	return !s.WebChat.ShowWidget || s.Hours.Outside == rejoin.OutsideHide && !open
}

// Page returns the app's hours.
func (s *Hours) Page(ctx context.Context, a rejoin.Agent, appID string) (p HoursPage, err error) {
	return s.Try(ctx, a, appID, Draft{})
}

// Draft is settings that are not stored; nil stands for those that are.
type Draft struct {
	Hours   *rejoin.BusinessHours
	WebChat *rejoin.WebChatSettings
}

// Try returns the page as it would be with other settings. Nothing is stored. Of the settings only the hours are checked.
func (s *Hours) Try(ctx context.Context, a rejoin.Agent, appID string, d Draft) (p HoursPage, err error) {
	if err := administer(a); err != nil {
		return p, err
	}
	err = s.read(ctx, func(u *unit) error {
		page, err := u.appPage(a, appID)
		if err != nil {
			return err
		}
		if d.Hours != nil {
			page.App.Settings.Hours = tidyHours(*d.Hours)
			if err := page.App.Settings.Hours.Check(); err != nil {
				return err
			}
		}
		if d.WebChat != nil {
			page.App.Settings.WebChat = *d.WebChat
		}
		p = hoursPage(page, u.now)
		return nil
	})
	return p, err
}

func hoursPage(p AppPage, now rejoin.Millis) HoursPage {
	h := tidyHours(p.App.Settings.Hours)
	return HoursPage{Hours: h, Now: hoursAt(h, now), Advice: advise(p, now)}
}

// Set stores the app's hours.
func (s *Hours) Set(ctx context.Context, a rejoin.Agent, appID string, in rejoin.BusinessHours) (p HoursPage, err error) {
	if err := administer(a); err != nil {
		return p, err
	}
	in = tidyHours(in)
	if err := in.Check(); err != nil {
		return p, err
	}
	err = s.write(ctx, func(u *unit) error {
		if err := u.lockApp(appID); err != nil {
			return err
		}
		page, err := u.appPage(a, appID)
		if err != nil {
			return err
		}
		was := page.App.Settings.Hours
		page.App.Settings.Hours = in
		p = hoursPage(page, u.now)
		lines := hoursChanges(was, in)
		if len(lines) == 0 {
			return nil
		}
		if err := u.SetAppSettings(appID, page.App.Settings, u.now); err != nil {
			return err
		}
		if err := u.retime(page.App.DomainID); err != nil { // automations may wait for the hours
			return err
		}
		return u.audit(a, rejoin.SettingsChanged, page.App.Name+": Business hours", lines...)
	})
	return p, err
}

// tidyHours has lists where nothing is, and names without spaces around them. What is wrong stays so.
func tidyHours(h rejoin.BusinessHours) rejoin.BusinessHours {
	for day, spans := range h.Week {
		h.Week[day] = append([]rejoin.Span{}, spans...)
	}
	h.Holidays = append([]rejoin.Holiday{}, h.Holidays...)
	for n, d := range h.Holidays {
		h.Holidays[n].Name = strings.TrimSpace(d.Name)
		if len(d.Hours) == 0 {
			h.Holidays[n].Hours = nil
		}
	}
	return h
}
