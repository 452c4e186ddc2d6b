package restapi

import (
	"encoding/json"
	"errors"
	"slices"

	"rejoin"
	"rejoin/core"
	"rejoin/web"
)

// Settings is the page Configure Web Chat of an app.
type Settings struct {
	rejoin.WebChatSettings
	AllowedOrigins rejoin.Origins `json:"allowed_origins"` // the pages that may carry the widget
}

func (a directory) settingRoutes() []route {
	return []route{
		{web.Operation{Pattern: "GET /v1/{domain}/apps/{app}/settings", Name: "getSettings", Group: "Apps", Out: Settings{},
			Says: "What is set under Configure Web Chat."}, a.getSettings},
		{web.Operation{Pattern: "PUT /v1/{domain}/apps/{app}/settings", Name: "setSettings", Group: "Apps", Out: Settings{},
			Says: "Changes what is given of it; what is not given stays, also inside of follow_up and colors. It is in the audit log under the key's name.", Form: []web.Parameter{
				{Name: "show_widget", Kind: web.Flag, Says: "Off: no launcher and no new conversations."},
				{Name: "title", Says: "In the chat's header; empty for the app's name."},
				{Name: "greeting", Says: "Before the first message, at most 500 characters."},
				{Name: "color", Says: "Of the brand, as #rrggbb."},
				{Name: "colors", Kind: web.Object, Says: "Of single areas."},
				{Name: "identity_bot", Kind: web.Flag, Says: "Asks for name and e-mail where they are not known."},
				{Name: "follow_up", Kind: web.Object, Says: "Follow-up via Email. Times are in seconds.", Example: `{"enabled":true,"window":600}`},
				{Name: "presence_detection", Kind: web.Flag, Says: "Agents see whether the visitor is there."},
				{Name: "agent_typing_indicator", Kind: web.Flag, Says: "Visitors see that an agent types."},
				{Name: "resolution_question", Kind: web.Flag, Says: "Asks whether a resolved issue really is."},
				{Name: "csat", Kind: web.Flag, Says: "Asks for stars at the end."},
				{Name: "personalize_nickname", Kind: web.Flag, Says: "E-mails name the agent by nickname."},
				{Name: "allowed_origins", Kind: web.List, Says: "All of them: what is left out is allowed no more.", Example: `["https://www.example.com"]`},
			}}, a.setSettings},
	}
}

func settingsOf(app rejoin.App, origins rejoin.Origins) Settings {
	return Settings{app.Settings.WebChat, append(rejoin.Origins{}, origins...)}
}

func (a directory) getSettings(c call) (any, error) {
	entry, err := a.Core.Directory.App(c.r.Context(), c.agent, c.r.PathValue("app"))
	if err != nil {
		return nil, err
	}
	n := slices.IndexFunc(entry.Platforms, func(p rejoin.Platform) bool { return p.Kind == rejoin.Web })
	if n < 0 {
		return nil, rejoin.Errorf(rejoin.NotFound, "This app has no Web Chat.")
	}
	return settingsOf(entry.App, entry.Platforms[n].AllowedOrigins), nil
}

func (a directory) setSettings(c call) (any, error) {
	page, err := a.Core.Apps.ChangeWebChat(c.r.Context(), c.agent, c.r.PathValue("app"),
		func(s rejoin.WebChatSettings, origins []string) (rejoin.WebChatSettings, []string, error) {
			var err error
			if c.given("allowed_origins") {
				origins, err = c.list("allowed_origins")
			}
			if err == nil {
				err = c.over(&s)
			}
			return s, origins, err
		})
	if err != nil {
		return nil, err
	}
	return a.pageSettings(page), nil
}

func (a directory) pageSettings(p core.AppPage) Settings {
	return settingsOf(p.App, p.Platform.AllowedOrigins)
}

// over writes the parameters that are named as the settings' own fields over them.
func (c call) over(s *rejoin.WebChatSettings) error {
	kept, err := json.Marshal(*s)
	if err != nil {
		return err
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(kept, &fields); err != nil {
		return err
	}
	for name, was := range fields {
		if !c.given(name) {
			continue
		}
		value := json.RawMessage(c.text(name))
		if was[0] == '"' {
			if value, err = json.Marshal(c.text(name)); err != nil {
				return err
			}
		}
		one, err := json.Marshal(map[string]json.RawMessage{name: value})
		if err == nil {
			err = json.Unmarshal(one, s)
		}
		if err != nil {
			return wrongSetting(name, was, err)
		}
	}
	return nil
}

func wrongSetting(name string, was json.RawMessage, err error) error {
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok && wrong.Field != name {
		return rejoin.InvalidField(name, "%s has another type than what is there: GET shows it.", wrong.Field)
	}
	if was[0] == '{' {
		return rejoin.InvalidField(name, "%s is a JSON object.", name)
	}
	return rejoin.InvalidField(name, "%s is true or false.", name)
}
