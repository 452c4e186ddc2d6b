package agentapi

import (
	"slices"

	"rejoin"
	"rejoin/core"
	"rejoin/hours"
	"rejoin/web"
)

// maxHours is the largest body in bytes: a hundred holidays with long names, each letter of them escaped.
const maxHours = 128 << 10

// openings is when the people of an app are there, as administrators set it.
type openings struct{ *API }

func (a openings) page(c call) (any, error) {
	id, err := c.appID()
	if err != nil {
		return nil, err
	}
	p, err := a.Core.Hours.Page(c.r.Context(), c.agent, id)
	if err != nil {
		return nil, err
	}
	out := openingsOf(p)
	out.Zones = hours.Zones()
	return out, nil
}

func (a openings) set(c call) (any, error) {
	id, err := c.appID()
	if err != nil {
		return nil, err
	}
	page, err := a.Core.Hours.Page(c.r.Context(), c.agent, id)
	if err != nil {
		return nil, err
	}
	in := SetHours{Hours: page.Hours}
	in.Hours.Week, in.Hours.Holidays = [7][]rejoin.Span{}, nil // what is read would be mixed with what is there, element by element
	if err := web.ReadJSON(c.w, c.r, &in, maxHours); err != nil {
		return nil, err
	}
	if in.Hours.Holidays == nil {
		in.Hours.Holidays = page.Hours.Holidays
	}
	if !slices.ContainsFunc(in.Hours.Week[:], func(day []rejoin.Span) bool { return day != nil }) {
		in.Hours.Week = page.Hours.Week
	}
	p, err := a.Core.Hours.Set(c.r.Context(), c.agent, id, in.Hours)
	if err != nil {
		return nil, err
	}
	return openingsOf(p), nil
}

func (a openings) try(c call) (any, error) {
	id, err := c.appID()
	if err != nil {
		return nil, err
	}
	var in TryHours
	if err := web.ReadJSON(c.w, c.r, &in, maxHours); err != nil {
		return nil, err
	}
	p, err := a.Core.Hours.Try(c.r.Context(), c.agent, id, core.Draft{Hours: in.Hours, WebChat: in.WebChat})
	if err != nil {
		return nil, err
	}
	return openingsOf(p), nil
}

func openingsOf(p core.HoursPage) Hours {
	return Hours{Hours: p.Hours, Open: p.Now.Open, ChangeAt: p.Now.ChangeAt,
		Advice: mapped(p.Advice, func(a core.Advice) Advice { return Advice{Kind: string(a.Kind), Text: a.Text} })}
}

func (a *API) hourRoutes() []route {
	return []route{
		{"GET /agent/v1/apps/{app}/hours", rejoin.Administer, openings{a}.page},
		{"PUT /agent/v1/apps/{app}/hours", rejoin.Administer, openings{a}.set},
		{"POST /agent/v1/apps/{app}/hours/try", rejoin.Administer, openings{a}.try},
	}
}
