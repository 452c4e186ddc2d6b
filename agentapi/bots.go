package agentapi

import (
	"strings"

	"rejoin"
	"rejoin/bot"
	"rejoin/core"
	"rejoin/web"
)

// bots is the bots that a domain has built, and which of them its apps use.
type bots struct{ *API }

// botRoutes build bots, try them, and let them begin.
func (a *API) botRoutes() []route {
	b := bots{a}
	return []route{
		{"GET /agent/v1/bots", rejoin.Answer, b.list},
		{"POST /agent/v1/bots", rejoin.Administer, b.add},
		{"GET /agent/v1/bots/{bot}", rejoin.Administer, b.page},
		{"PUT /agent/v1/bots/{bot}", rejoin.Administer, b.save},
		{"POST /agent/v1/bots/{bot}/publish", rejoin.Administer, b.publish},
		{"POST /agent/v1/bots/{bot}/archive", rejoin.Administer, b.archive},
		{"GET /agent/v1/bots/{bot}/versions", rejoin.Administer, b.versions},
		{"POST /agent/v1/bots/{bot}/try", rejoin.Administer, b.try},
		{"POST /agent/v1/bots/{bot}/request", rejoin.Administer, b.request},
		{"POST /agent/v1/issues/{issue}/bot", rejoin.Answer, threads{a}.startBot},
		{"GET /agent/v1/apps/{app}/bots", rejoin.Administer, b.ofApp},
		{"PUT /agent/v1/apps/{app}/bots", rejoin.Administer, b.setOfApp},
	}
}

const (
	maxDraft  = 1 << 20  // bytes of a script, each character escaped
	maxTested = 10 << 10 // bytes of an answer that are shown
)

func (a bots) list(c call) (any, error) {
	list, err := a.Core.Bots.List(c.r.Context(), c.agent)
	if err != nil {
		return nil, err
	}
	return Bots{Bots: mapped(list, func(b core.BotState) BotLine {
		return BotLine{ID: b.ID, Name: b.Name, Kind: b.Kind, Steps: len(b.Draft.Steps), Version: b.Version, Changed: b.Changed, Archived: b.ArchivedAt > 0,
			Running: b.Running, PublishedAt: b.PublishedAt, PublishedBy: b.PublishedBy}
	})}, nil
}

func (a bots) add(c call) (any, error) {
	var in NewBot
	if err := web.ReadJSON(c.w, c.r, &in, maxSmall); err != nil {
		return nil, err
	}
	if in.From != "" && !isID(in.From) {
		return nil, rejoin.InvalidField("from", "There is no such bot.")
	}
	return botOf(a.Core.Bots.Make(c.r.Context(), c.agent, core.NewBot{Name: in.Name, Kind: in.Kind, From: in.From}))
}

func (a bots) page(c call) (any, error) {
	id, err := c.botID()
	if err != nil {
		return nil, err
	}
	return botOf(a.Core.Bots.Page(c.r.Context(), c.agent, id))
}

func (a bots) save(c call) (any, error) {
	var in SetBot
	id, err := c.botAnd(&in, maxDraft)
	if err != nil {
		return nil, err
	}
	return botOf(a.Core.Bots.Save(c.r.Context(), c.agent, id, core.SaveBot{Name: in.Name, Draft: in.Draft, Revision: in.Revision}))
}

func (a bots) publish(c call) (any, error) {
	var in PublishBot
	id, err := c.botAnd(&in, maxSmall)
	if err != nil {
		return nil, err
	}
	return botOf(a.Core.Bots.Publish(c.r.Context(), c.agent, id, in.Revision))
}

func (a bots) archive(c call) (any, error) {
	var in SetArchived
	id, err := c.botAnd(&in, maxSmall)
	if err != nil {
		return nil, err
	}
	return botOf(a.Core.Bots.Archive(c.r.Context(), c.agent, id, in.Archived))
}

func (a bots) versions(c call) (any, error) {
	id, err := c.botID()
	if err != nil {
		return nil, err
	}
	list, err := a.Core.Bots.Versions(c.r.Context(), c.agent, id)
	if err != nil {
		return nil, err
	}
	return BotVersions{Versions: mapped(list, func(v core.BotVersionState) BotVersion {
		return BotVersion{Version: v.Version, Script: v.Script, PublishedAt: v.PublishedAt, PublishedBy: v.PublishedBy, Running: v.Running}
	})}, nil
}

func (a bots) try(c call) (any, error) {
	var in TryBot
	id, err := c.botAnd(&in, maxDraft)
	if err != nil {
		return nil, err
	}
	t := core.TryBot{Draft: in.Draft, Answer: in.Answer, Skip: in.Skip, Platform: in.Platform, Language: in.Language, Open: in.Open}
	if in.State != nil {
		state := core.TryState(*in.State)
		t.State = &state
	}
	out, err := a.Core.Bots.Try(c.r.Context(), c.agent, id, t)
	if err != nil {
		return nil, err
	}
	return Tried{State: TryState(out.State), Said: mapped(out.Said, func(l core.TriedLine) TriedLine { return TriedLine(l) }), Ended: out.Ended, Error: out.Error}, nil
}

// request calls a customer's program for whoever builds a step that does.
func (a bots) request(c call) (any, error) {
	var in TestRequest
	id, err := c.botAnd(&in, maxFields)
	if err != nil {
		return nil, err
	}
	if err := a.tests.Allow(c.agent.ID); err != nil {
		return nil, err
	}
	out, err := a.Core.Bots.TestRequest(c.r.Context(), c.agent, id, core.TestRequest{StepID: in.StepID, Request: in.Request, Values: in.Values})
	if err != nil {
		return nil, err
	}
	body := strings.ToValidUTF8(string(out.Body[:min(len(out.Body), maxTested)]), "�")
	return TestedRequest{OK: out.Problem == "", Status: out.Status, Problem: out.Problem, Body: body, Paths: out.Paths, Duration: out.Took.Milliseconds()}, nil
}

func (a threads) startBot(c call) (any, error) {
	var in StartBot
	return a.change(c, &in, maxSmall, func(id string) error {
		if in.BotID != "" && !isID(in.BotID) {
			return rejoin.InvalidField("bot_id", "There is no such bot.")
		}
		return a.Core.Bots.StartOn(c.r.Context(), c.agent, id, in.BotID)
	})
}

func (a bots) ofApp(c call) (any, error) {
	id, err := c.appID()
	if err != nil {
		return nil, err
	}
	return appBotsOf(a.Core.Bots.OfApp(c.r.Context(), c.agent, id))
}

func (a bots) setOfApp(c call) (any, error) {
	id, err := c.appID()
	if err != nil {
		return nil, err
	}
	var in IdentityBotPage
	if err := web.ReadJSON(c.w, c.r, &in, maxFields); err != nil { // texts in fifty languages
		return nil, err
	}
	return appBotsOf(a.Core.Bots.SetOfApp(c.r.Context(), c.agent, id, core.AppBots{On: in.On, IdentityBot: in.IdentityBot, FeedbackBotID: in.FeedbackBotID}))
}

func appBotsOf(b core.AppBots, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	out := IdentityBotPage{On: b.On, IdentityBot: b.IdentityBot, FeedbackBotID: b.FeedbackBotID, Words: map[string]BotWords{}}
	for code, w := range b.Words {
		out.Words[code] = BotWords(w)
	}
	return out, nil
}

// botID is which bot the path names.
func (c call) botID() (string, error) {
	id := c.r.PathValue("bot")
	if !isID(id) {
		return "", rejoin.Errorf(rejoin.NotFound, "There is no such bot.")
	}
	return id, nil
}

// botAnd is botID with the request's body.
func (c call) botAnd(in any, limit int64) (string, error) {
	id, err := c.botID()
	if err == nil {
		err = web.ReadJSON(c.w, c.r, in, limit)
	}
	return id, err
}

func botOf(p core.BotPage, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	p.Draft.Steps = listOf(p.Draft.Steps)
	return Bot{ID: p.ID, Name: p.Name, Kind: p.Kind, Draft: p.Draft, Problems: mapped(p.Problems, func(b bot.Problem) BotProblem { return BotProblem(b) }),
		Version: p.Version, Revision: p.Revision, Changed: p.Changed, PublishedAt: p.PublishedAt, PublishedBy: p.PublishedBy, Archived: p.ArchivedAt > 0,
		Running: p.Running, UsedBy: listOf(p.UsedBy), UpdatedAt: p.UpdatedAt}, nil
}
