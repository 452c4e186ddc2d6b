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

func (a settings) setWebChat(c call) (any, error) {
	id, in, err := c.settings()
	if err != nil {
		return nil, err
	}
	page, err := a.Core.Apps.SetWebChat(c.r.Context(), c.agent, id, in.WebChat, in.AllowedOrigins)
	if err != nil {
		return nil, err
	}
	return appOf(page), nil
}

func (a settings) preview(c call) (any, error) {
	id, in, err := c.settings()
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

// settings reads a SetWebChat for the app in the path.
func (c call) settings() (appID string, in SetWebChat, err error) {
	if appID, err = c.appID(); err != nil {
		return "", in, err
	}
	err = web.ReadJSON(c.w, c.r, &in, maxSettings)
	return appID, in, err
}

func appOf(p core.AppPage) App {
	presets := make([]int64, len(core.Windows))
	for i, w := range core.Windows {
		presets[i] = int64(w)
	}
	return App{ID: p.App.ID, Name: p.App.Name, PlatformID: p.Platform.ID, AllowedOrigins: listOf([]string(p.Platform.AllowedOrigins)),
		WebChat: p.App.Settings.WebChat, EmbedCode: p.EmbedCode, HostedURL: p.HostedURL, Presets: presets}
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
