package core

import (
	"encoding/json"
	"strconv"
	"strings"

	"rejoin"
	"rejoin/store"
)

// scene is what a bot or an automation knows about an issue: what its conditions look at, and what its placeholders stand for.
type scene struct {
	View     rejoin.View
	Hours    HoursNow
	User     rejoin.User
	App      rejoin.App
	FollowUp rejoin.FollowUp // the newest one; zero if there was none
}

// view is the issue as conditions see it now.
func (u *unit) view(i rejoin.Issue) (rejoin.View, error) {
	s, err := u.scene(i)
	return s.View, err
}

// scene loads what there is to know about the issue.
func (u *unit) scene(i rejoin.Issue) (s scene, err error) {
	if s.User, err = u.User(i.UserID); err != nil {
		return s, err
	}
	if s.App, err = u.App(i.AppID); err != nil {
		return s, err
	}
	platform, err := u.Platform(i.PlatformID)
	if err != nil {
		return s, err
	}
	if s.FollowUp, _, err = u.NewestFollowUp(i.ID); err != nil {
		return s, err
	}
	said, err := u.Said(i, botID)
	if err != nil {
		return s, err
	}
	s.Hours = hoursAt(s.App.Settings.Hours, u.now)
	s.View = rejoin.View{Now: u.now, Platform: platform.Kind, AppID: i.AppID, Language: s.User.Language, Tags: i.Tags, Title: i.Title,
		FirstMessage: said.First, LastMessage: said.Last, Fields: i.Fields, Meta: metaPaths(i.Meta), Open: s.Hours.Open, State: i.State,
		AssigneeID: i.AssigneeID, QueueID: i.QueueID, Address: s.User.Email, LoggedIn: s.User.LoggedIn(), FollowUp: s.FollowUp.State}
	if i.FullPrivacy {
		s.User.Name, s.User.Email, s.View.Address = "", "", "" // nothing in this conversation asks for them or uses them
	}
	s.View.Since, err = u.since(i, s, said)
	return s, err
}

// since is from when on the timed subjects count; what is not so is missing.
func (u *unit) since(i rejoin.Issue, s scene, said store.Said) (map[rejoin.Subject]rejoin.Millis, error) {
	since := map[rejoin.Subject]rejoin.Millis{}
	if said.FirstResponse == 0 {
		since[rejoin.FirstResponseLate] = i.CreatedAt
	}
	if said.FirstResponse > 0 && i.State.Waits() && i.WaitingSince > 0 {
		since[rejoin.NextResponseLate] = i.WaitingSince
	}
	if said.CompanySeq > said.UserSeq {
		since[rejoin.UserSilentFor] = said.CompanyAt
	}
	if said.UnreadSince > 0 {
		since[rejoin.UnreadFor] = said.UnreadSince
	}
	if !s.App.Settings.WebChat.PresenceDetection || s.User.Presence == rejoin.NotCollected {
		return since, nil
	}
	if !s.User.Presence.Online() {
		since[rejoin.OfflineFor] = s.User.PresenceSince
		return since, nil
	}
	at, err := u.CameOrWent(s.User.ID) // between pages and tabs people stay online
	if at == 0 {
		at = s.User.PresenceSince
	}
	since[rejoin.OnlineFor] = at
	return since, err
}

// metaPaths is the metadata by path, such as browser.name; what is empty is left out.
func metaPaths(m rejoin.Meta) map[string]string {
	text, err := json.Marshal(m)
	if err != nil {
		panic(err) // a struct of strings and numbers cannot fail
	}
	var tree map[string]any
	if err := json.Unmarshal(text, &tree); err != nil {
		panic(err)
	}
	paths := map[string]string{}
	flatten(paths, "", tree)
	return paths
}

func flatten(paths map[string]string, prefix string, tree map[string]any) {
	for key, v := range tree {
		switch v := v.(type) {
		case map[string]any:
			flatten(paths, prefix+key+".", v)
		case float64:
			paths[prefix+key] = strconv.FormatFloat(v, 'f', -1, 64)
		case string:
			if v != "" {
				paths[prefix+key] = v
			}
		}
	}
}

// placeholder returns what a placeholder of a text stands for in the issue; see [rejoin.Fill].
func (s scene) placeholder(i rejoin.Issue, name string) (string, bool) {
	switch name {
	case "user.name":
		return s.User.Name, true
	case "user.email":
		return s.User.Email, true
	case "issue.number":
		return strconv.FormatInt(i.Number, 10), true
	case "issue.title":
		return i.Title, true
	case "app.name":
		return s.App.Name, true
	}
	if key, ok := strings.CutPrefix(name, "field."); ok {
		v, ok := i.Fields[key]
		return v.Words(), ok
	}
	if path, ok := strings.CutPrefix(name, "meta."); ok {
		v, ok := s.View.Meta[path]
		return v, ok
	}
	return "", false
}
