package restapi

import (
	"slices"
	"strconv"

	"rejoin"
	"rejoin/core"
	"rejoin/web"
)

// directory is what programs look up and set beside conversations.
type directory struct{ *API }

// App is an app. Wherever one is named, its id and its publish_id are both understood.
type App struct {
	ID          string        `json:"id"`
	PublishID   string        `json:"publish_id"` // a small number, as text
	Title       string        `json:"title"`
	PlatformIDs []string      `json:"platform_ids"`
	Platforms   []AppPlatform `json:"platforms"`
	Logo        *string       `json:"logo"`     // always null: the chat shows the app's name
	Sections    []string      `json:"sections"` // always empty: there are no articles
	CreatedAt   rejoin.Millis `json:"created_at"`
	UpdatedAt   rejoin.Millis `json:"updated_at"` // when its name or settings changed last
}

// AppPlatform is a way to reach an app.
type AppPlatform struct {
	ID   string              `json:"id"`
	Type rejoin.PlatformKind `json:"type"` // web, ios or android
}

// AppList is a page of apps. With a slash at the end of the address the answer is the bare array (reference §9, decision 7).
type AppList struct {
	Apps []App `json:"apps"`
	Paged
}

// restRoutes is all but issues, webhooks and privacy.
func (a *API) restRoutes() []route {
	return slices.Concat(directory{a}.appRoutes(), directory{a}.settingRoutes(), directory{a}.peopleRoutes(), labels{a}.routes(), mails{a}.routes(),
		directory{a}.analyticsRoutes(), links{a}.linkRoutes(), links{a}.chatRoutes())
}

func (a directory) appRoutes() []route {
	return []route{
		{web.Operation{Pattern: "GET /v1/{domain}/apps", Name: "listApps", Group: "Apps", Query: pageQuery(), Out: AppList{},
			Says: "The domain's apps by name. With a slash at the end of the address, /apps/, the answer is the bare array of all of them."}, a.listApps},
		{web.Operation{Pattern: "GET /v1/{domain}/apps/{app}", Name: "getApp", Group: "Apps", Out: App{},
			Says: "One app, by its id or publish_id."}, a.getApp},
	}
}

func appOf(e core.AppEntry) App {
	out := App{ID: e.App.ID, PublishID: strconv.FormatInt(e.App.Number, 10), Title: e.App.Name, PlatformIDs: []string{}, Platforms: []AppPlatform{}, Sections: []string{},
		CreatedAt: e.App.CreatedAt, UpdatedAt: e.App.UpdatedAt}
	for _, p := range e.Platforms {
		out.PlatformIDs = append(out.PlatformIDs, p.ID)
		out.Platforms = append(out.Platforms, AppPlatform{p.ID, p.Kind})
	}
	return out
}

func (a directory) listApps(c call) (any, error) {
	p, err := c.pageOf(100)
	if err != nil {
		return nil, err
	}
	entries, err := a.Core.Directory.Apps(c.r.Context(), c.agent)
	if err != nil {
		return nil, err
	}
	all := mapped(entries, appOf)
	if c.slashed {
		return all, nil
	}
	return AppList{of(p, all), p.envelope(int64(len(all)))}, nil
}

func (a directory) getApp(c call) (any, error) {
	entry, err := a.Core.Directory.App(c.r.Context(), c.agent, c.r.PathValue("app"))
	if err != nil {
		return nil, err
	}
	return appOf(entry), nil
}

// mapped is a list in another shape, never nil.
func mapped[T, U any](list []T, f func(T) U) []U {
	out := make([]U, len(list))
	for n, v := range list {
		out[n] = f(v)
	}
	return out
}

// orNull is null for the zero value of what has not happened.
func orNull[T ~string | ~int | ~int64](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}
