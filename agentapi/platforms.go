package agentapi

import (
	"rejoin"
	"rejoin/core"
	"rejoin/web"
)

// platforms is how an app is reached, for administrators.
type platforms struct{ *API }

func (a *API) platformRoutes() []route {
	return []route{
		{"GET /agent/v1/apps/{app}/platforms", rejoin.Administer, platforms{a}.list},
		{"POST /agent/v1/apps/{app}/platforms", rejoin.Administer, platforms{a}.add},
		{"PUT /agent/v1/apps/{app}/platforms/{platform}", rejoin.Administer, platforms{a}.set},
	}
}

func (a platforms) list(c call) (any, error) {
	id, err := c.appID()
	if err != nil {
		return nil, err
	}
	return platformsOf(a.Core.Platforms.List(c.r.Context(), c.agent, id))
}

func (a platforms) add(c call) (any, error) {
	id, err := c.appID()
	if err != nil {
		return nil, err
	}
	var in NewPlatform
	if err := web.ReadJSON(c.w, c.r, &in, maxSmall); err != nil {
		return nil, err
	}
	return platformsOf(a.Core.Platforms.Create(c.r.Context(), c.agent, id, in.Kind))
}

func (a platforms) set(c call) (any, error) {
	id, err := c.appID()
	if err != nil {
		return nil, err
	}
	platform := c.r.PathValue("platform")
	if !isID(platform) {
		return nil, rejoin.Errorf(rejoin.NotFound, "There is no such platform.")
	}
	var in SetPlatform
	if err := web.ReadJSON(c.w, c.r, &in, maxSmall); err != nil {
		return nil, err
	}
	return platformsOf(a.Core.Platforms.SetOff(c.r.Context(), c.agent, id, platform, in.Off))
}

func platformsOf(list []core.AppPlatform, err error) (any, error) {
	return AppPlatforms{Platforms: mapped(list, func(p core.AppPlatform) AppPlatform {
		return AppPlatform{ID: p.ID, Kind: p.Kind, Off: p.Off, HostedURL: p.HostedURL, SeenAt: p.SeenAt, Issues: p.Issues, CreatedAt: p.CreatedAt}
	})}, err
}
