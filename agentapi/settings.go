package agentapi

import (
	"bytes"
	"mime"
	"net/mail"

	"rejoin"
	"rejoin/core"
	"rejoin/store"
	"rejoin/web"
)

// settings is what administrators see and change.
type settings struct{ *API }

func (a settings) apps(c call) (any, error) {
	list, err := a.Core.Apps.List(c.r.Context(), c.agent)
	if err != nil {
		return nil, err
	}
	out := Apps{Apps: []App{}}
	for _, app := range list {
		page, err := a.Core.Apps.Page(c.r.Context(), c.agent, app.ID)
		if err != nil {
			return nil, err
		}
		out.Apps = append(out.Apps, appOf(page))
	}
	return out, nil
}

func (a settings) app(c call) (any, error) {
	id, err := c.appID()
	if err != nil {
		return nil, err
	}
	page, err := a.Core.Apps.Page(c.r.Context(), c.agent, id)
	if err != nil {
		return nil, err
	}
	return appOf(page), nil
}

func (a settings) makeApp(c call) (any, error) {
	var in NewApp
	if err := web.ReadJSON(c.w, c.r, &in, maxSettings); err != nil {
		return nil, err
	}
	page, err := a.Core.Apps.Create(c.r.Context(), c.agent, in.Name, in.AllowedOrigins)
	if err != nil {
		return nil, err
	}
	return appOf(page), nil
}

func (a settings) renameApp(c call) (any, error) {
	id, err := c.appID()
	if err != nil {
		return nil, err
	}
	var in RenameApp
	if err := web.ReadJSON(c.w, c.r, &in, maxSmall); err != nil {
		return nil, err
	}
	page, err := a.Core.Apps.Rename(c.r.Context(), c.agent, id, in.Name)
	if err != nil {
		return nil, err
	}
	return appOf(page), nil
}

func (a settings) setWebChat(c call) (any, error) {
	id, in, err := a.sent(c)
	if err != nil {
		return nil, err
	}
	page, err := a.Core.Apps.SetWebChat(c.r.Context(), c.agent, id, in.WebChat, in.AllowedOrigins)
	if err != nil {
		return nil, err
	}
	return appOf(page), nil
}

// look shows the colours of settings that are not stored.
func (a settings) look(c call) (any, error) {
	_, in, err := a.sent(c)
	if err != nil {
		return nil, err
	}
	sheet, tints, err := a.Core.Apps.Look(c.agent, in.WebChat)
	if err != nil {
		return nil, err
	}
	return Look{Sheet: sheet, Tints: tints}, nil
}

func (a settings) preview(c call) (any, error) {
	id, in, err := a.sent(c)
	if err != nil {
		return nil, err
	}
	l, err := a.Core.Apps.Preview(c.r.Context(), c.agent, id, in.WebChat, in.AllowedOrigins)
	if err != nil {
		return nil, err
	}
	return Preview{Subject: l.Subject, From: sender(l.Raw), HTML: l.HTML, Text: l.Text, LinkTo: l.LinkTo}, nil
}

// sender is the From of an e-mail as its reader sees it: the names, not the bare address of the envelope.
func sender(raw []byte) string {
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return ""
	}
	from := m.Header.Get("From")
	if text, err := new(mime.WordDecoder).DecodeHeader(from); err == nil {
		return text
	}
	return from
}

// appID returns which app the path names. What cannot be an id names nothing.
func (c call) appID() (string, error) {
	id := c.r.PathValue("app")
	if !isID(id) {
		return "", rejoin.Errorf(rejoin.NotFound, "There is no such app.")
	}
	return id, nil
}

// sent reads a SetWebChat for the app in the path. A dashboard that was loaded before an update does not know the newest settings: what it leaves
// out stays as it is.
func (a settings) sent(c call) (appID string, in SetWebChat, err error) {
	if appID, err = c.appID(); err != nil {
		return "", in, err
	}
	page, err := a.Core.Apps.Page(c.r.Context(), c.agent, appID)
	if err != nil {
		return "", in, err
	}
	in = SetWebChat{WebChat: page.App.Settings.WebChat, AllowedOrigins: page.Platform.AllowedOrigins}
	err = web.ReadJSON(c.w, c.r, &in, maxSettings)
	return appID, in, err
}

func appOf(p core.AppPage) App {
	presets := make([]int64, len(core.Windows))
	for i, w := range core.Windows {
		presets[i] = int64(w)
	}
	return App{ID: p.App.ID, Name: p.App.Name, PlatformID: p.Platform.ID, AllowedOrigins: listOf([]string(p.Platform.AllowedOrigins)),
		WebChat: p.App.Settings.WebChat, EmbedCode: p.EmbedCode, HostedURL: p.HostedURL, Presets: presets,
		SeenAt: p.Platform.SeenAt, SeenURL: p.Platform.SeenURL, Written: p.Written, CreatedAt: p.App.CreatedAt}
}

func (a settings) deadJobs(c call) (any, error) {
	list, err := a.Core.Upkeep.Dead(c.r.Context(), c.agent)
	if err != nil {
		return nil, err
	}
	return DeadJobs{Jobs: mapped(list, func(j store.DeadJob) DeadJob {
		return DeadJob{Kind: j.Kind, Key: j.Key, Attempt: j.Attempt, Error: rejoin.Preview(j.Error, 500), DiedAt: j.DiedAt}
	})}, nil
}

// settingRoutes are what administrators set.
func (a *API) settingRoutes() []route {
	return []route{
		{"GET /agent/v1/apps", rejoin.Administer, settings{a}.apps},
		{"POST /agent/v1/apps", rejoin.Administer, settings{a}.makeApp},
		{"PUT /agent/v1/apps/{app}", rejoin.Administer, settings{a}.renameApp},
		{"GET /agent/v1/apps/{app}", rejoin.Administer, settings{a}.app},
		{"PUT /agent/v1/apps/{app}/web-chat", rejoin.Administer, settings{a}.setWebChat},
		{"POST /agent/v1/apps/{app}/web-chat/preview", rejoin.Administer, settings{a}.preview},
		{"POST /agent/v1/apps/{app}/web-chat/look", rejoin.Administer, settings{a}.look},
		{"GET /agent/v1/jobs/dead", rejoin.Administer, settings{a}.deadJobs},
		{"GET /agent/v1/apps/{app}/identity", rejoin.Administer, people{a}.verification},
		{"PUT /agent/v1/apps/{app}/identity", rejoin.Administer, people{a}.setVerification},
		{"POST /agent/v1/apps/{app}/identity/test", rejoin.Administer, people{a}.testIdentity},
		{"POST /agent/v1/apps/{app}/identity/secrets", rejoin.Administer, people{a}.makeSecret},
		{"POST /agent/v1/apps/{app}/identity/secrets/{secret}/reveal", rejoin.Administer, people{a}.reveal},
		{"DELETE /agent/v1/apps/{app}/identity/secrets/{secret}", rejoin.Administer, people{a}.deleteSecret},
		{"GET /agent/v1/tags", rejoin.Answer, labels{a}.tags},
		{"POST /agent/v1/tags", rejoin.Supervise, labels{a}.addTag},
		{"POST /agent/v1/tags/{tag}/archive", rejoin.Supervise, labels{a}.archiveTag},
		{"GET /agent/v1/fields", rejoin.Answer, labels{a}.fields},
		{"POST /agent/v1/fields", rejoin.Administer, labels{a}.addField},
		{"PUT /agent/v1/fields/{field}", rejoin.Administer, labels{a}.changeField},
		{"POST /agent/v1/fields/order", rejoin.Administer, labels{a}.orderFields},
		{"POST /agent/v1/fields/{field}/archive", rejoin.Administer, labels{a}.archiveField},
		{"POST /agent/v1/setup/check", anybody, firstRun{a}.check},
		{"POST /agent/v1/setup", anybody, firstRun{a}.begin},
	}
}
