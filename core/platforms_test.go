package core_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoin"
	"rejoin/core"
	"rejoin/identity"
	"rejoin/rejointest"
	"rejoin/store/storetest"
)

// scenario is a story that is lived on every platform. What it tells is the same everywhere, but for the lines that begin with "here: ", which are
// those of the row.
type scenario struct {
	name string
	play func(s *rejointest.Server) []string
	here map[rejoin.PlatformKind][]string
}

// onAll is what a row says that has the same lines of its own everywhere in apps.
func onAll(web, app string) map[rejoin.PlatformKind][]string {
	return map[rejoin.PlatformKind][]string{rejoin.Web: {web}, rejoin.IOS: {app}, rejoin.Android: {app}}
}

func scenarios() []scenario {
	return []scenario{
		{name: "a bot asks, branches and hands over", play: playBot},
		{name: "rules in order, by text, and one after a time", play: playRules},
		{name: "a rule about the platform and what an app tells", play: playPlatformRule, here: map[rejoin.PlatformKind][]string{
			rejoin.Web: {"here: []"}, rejoin.IOS: {"here: [app seven]"}, rejoin.Android: {"here: [seven]"}}},
		{name: "a queue gives work away", play: playQueue},
		{name: "out of hours, announced", play: playAnnounced},
		{name: "out of hours, hidden", play: playHidden},
		{name: "an unread message is mailed", play: playMail,
			here: onAll("here: https://shop.example.com/boots", "here: the hosted page")},
		{name: "reading cancels the e-mail", play: playRead},
		{name: "the return link of an anonymous conversation", play: playReturn},
		{name: "the return link of somebody who had logged in", play: playLoggedIn,
			here: onAll("here: https://shop.example.com/boots", "here: the hosted page")},
		{name: "custom issue fields of the platform", play: playFields, here: map[rejoin.PlatformKind][]string{
			rejoin.Web: {"here: [everywhere]"}, rejoin.IOS: {"here: [everywhere model]"}, rejoin.Android: {"here: [everywhere model]"}}},
		{name: "resolution question and stars", play: playStars},
		{name: "a bot asks for feedback", play: playFeedbackBot},
	}
}

// TestPromise_SameRulesOnEveryPlatform lives one table of stories on each platform.
func TestPromise_SameRulesOnEveryPlatform(t *testing.T) {
	for _, sc := range scenarios() {
		t.Run(sc.name, func(t *testing.T) {
			t.Parallel()
			var web []string
			for _, kind := range rejoin.PlatformKinds {
				s := rejointest.New(t, storetest.SQLite(t))
				s.Use(kind)
				shared, here := apart(sc.play(s))
				if kind == rejoin.Web {
					web = shared
				}
				if diff := cmp.Diff(web, shared); diff != "" {
					t.Errorf("%s is not like web:\n%s", kind, diff)
				}
				if diff := cmp.Diff(sc.here[kind], here); diff != "" {
					t.Errorf("%s by itself (-want +got):\n%s", kind, diff)
				}
			}
			if len(web) == 0 {
				t.Error("the story tells nothing")
			}
		})
	}
}

func apart(lines []string) (shared, here []string) {
	for _, line := range lines {
		if strings.HasPrefix(line, "here: ") {
			here = append(here, line)
		} else {
			shared = append(shared, line)
		}
	}
	return shared, here
}

// told is a conversation as its agents see it: what was said, what happened and where it stands.
func told(s *rejointest.Server, v *rejointest.Visitor) []string {
	th := s.Load(v.Issue.ID)
	lines := said(s, v)
	for _, e := range th.Events {
		step := ""
		if e.Data.FollowUp != nil {
			step = e.Data.FollowUp.Step + " " + string(e.Data.FollowUp.Reason)
		}
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s by %s %s", e.Kind, e.Actor.Kind, step)))
	}
	i := th.Issue
	return append(lines, fmt.Sprintf("%s, tags %v, read %d of %d, %d e-mails, rating %d", i.State, i.Tags, i.UserReadSeq, i.LastSeq, len(s.Mails()), i.Ending.Rating))
}

// writes begins a conversation as the client of the platform does.
func writes(s *rejointest.Server, c core.Claim, text string) *rejointest.Visitor {
	b := core.Beginning{Meta: rejoin.Meta{TimeZone: "Europe/Berlin", Page: rejoin.MetaPage{URL: rejointest.Shop + "/boots"}}}
	if s.Made.Platform.Kind.InApp() {
		b.Meta = rejoin.Meta{TimeZone: "Europe/Berlin", Device: "phone", App: rejoin.MetaApp{Name: "Shop", Version: "7.4.0"}}
	}
	return s.VisitAs(c, text, b)
}

// known begins a conversation, answers Identity Bot and reads everything.
func known(s *rejointest.Server, text string) *rejointest.Visitor {
	v := writes(s, core.Claim{}, text)
	v.Answer("Ada")
	v.Answer("ada@example.org")
	v.Read(v.Last())
	return v
}

func playBot(s *rejointest.Server) []string {
	bot := publish(botOffice(s), "Orders", rejoin.CustomBot, orderHelp()...)
	v := known(s, "Hello")
	start(s, v, bot.ID)
	wrong := answer(s, v, "nonsense")
	lines := []string{fmt.Sprint(answer(s, v, "order"), rejoin.CodeOf(wrong))}
	lines = append(lines, fmt.Sprint(answer(s, v, "1042")))
	return slices.Concat(lines, notes(s, v), told(s, v))
}

func playRules(server *rejointest.Server) []string {
	s := automations{server}
	s.tags("parcel", "silent")
	parcel := []rejoin.Condition{{Subject: rejoin.OnFirstMessage, Op: rejoin.OpContains, Values: []string{"parcel"}}}
	s.add(rejoin.Rule{Name: "Parcel", Trigger: rejoin.OnNewIssue, All: parcel, Actions: append(addTag("parcel"), write("We look for it."))})
	s.add(rejoin.Rule{Name: "Silent", Trigger: rejoin.OnTime, All: after(rejoin.UserSilentFor, time.Hour), Actions: addTag("silent")})
	v := known(server, "Where is my parcel?")
	s.Reply(v, "On its way.")
	s.Advance(2 * time.Hour)
	return slices.Concat(s.ran(v), told(server, v))
}

func playPlatformRule(server *rejointest.Server) []string {
	s := automations{server}
	s.tags("app", "seven")
	s.add(rejoin.Rule{Name: "iPhones", Trigger: rejoin.OnNewIssue, Actions: addTag("app"),
		All: []rejoin.Condition{{Subject: rejoin.OnPlatform, Op: rejoin.OpIs, Values: []string{string(rejoin.IOS)}}}})
	s.add(rejoin.Rule{Name: "Version 7", Trigger: rejoin.OnNewIssue, Actions: addTag("seven"),
		All: []rejoin.Condition{{Subject: rejoin.OnMeta, Key: "app.version", Op: rejoin.OpStarts, Values: []string{"7."}}}})
	v := writes(server, core.Claim{}, "Hello")
	s.Settle()
	i := s.Load(v.Issue.ID).Issue
	return []string{string(i.State), fmt.Sprint("here: ", i.Tags)}
}

func playQueue(s *rejointest.Server) []string {
	list, err := s.Core.Queues.Set(s.T.Context(), s.Maya, "", rejoin.Queue{Name: "Billing", AutoAssign: true, Limit: 1, Agents: []string{s.Maya.ID}})
	if err != nil {
		s.T.Fatal(err)
	}
	queue := []rejoin.Action{{Kind: rejoin.DoQueue, QueueID: list[0].Queue.ID}}
	automations{s}.add(rejoin.Rule{Name: "To Billing", Trigger: rejoin.OnNewIssue, Actions: queue})
	first := known(s, "My invoice is wrong.")
	second := known(s, "Mine too.")
	lines := []string{fmt.Sprint(s.Load(first.Issue.ID).Issue.AssigneeID == s.Maya.ID, s.Load(second.Issue.ID).Issue.AssigneeID == "")}
	s.End(first, rejoin.Resolved)
	return append(append(lines, fmt.Sprint(s.Load(second.Issue.ID).Issue.AssigneeID == s.Maya.ID)), told(s, second)...)
}

// closed is hours that are never open.
func closed(how rejoin.Outside) func(*rejoin.BusinessHours) {
	return func(h *rejoin.BusinessHours) { h.Week, h.Outside = [7][]rejoin.Span{}, how }
}

func playAnnounced(s *rejointest.Server) []string {
	setHours(s, closed(rejoin.OutsideAnnounce))
	return told(s, known(s, "Hello?"))
}

func playHidden(s *rejointest.Server) []string {
	v := known(s, "Hello?")
	setHours(s, closed(rejoin.OutsideHide))
	v.Say("Still here.")
	front, err := s.Core.Apps.Front(s.T.Context(), s.Made.Platform.ID)
	if err != nil {
		s.T.Fatal(err)
	}
	_, err = s.Core.Messages.Start(s.T.Context(), identity.NewToken(), s.Made.Platform.ID, core.UserSend{ClientID: s.NewClientID(), Body: "Hello?"}, core.Beginning{})
	return append(told(s, v), fmt.Sprint(front.Closed, rejoin.CodeOf(err)))
}

// token is the token of an e-mail's link.
func token(s *rejointest.Server, text string) string {
	m := rejoinLink.FindStringSubmatch(text)
	if m == nil {
		s.T.Fatalf("no link in %s", text)
	}
	return m[2]
}

// where is where an e-mail's button leads, as a line of the platform's own.
func where(s *rejointest.Server, text string) string {
	page, _, _ := strings.Cut(rejoinLink.FindString(text), "#")
	if strings.HasSuffix(page, "/c/"+s.Made.Platform.ID) {
		page = "the hosted page"
	}
	return "here: " + page
}

func playMail(s *rejointest.Server) []string {
	v := known(s, "Do you have these in 43?")
	s.Reply(v, "We do.")
	s.Advance(9 * time.Minute)
	lines := []string{fmt.Sprint(len(s.Mails()))}
	s.Reply(v, "Shall I keep a pair?")
	s.Advance(10 * time.Minute)
	return slices.Concat(lines, told(s, v), []string{where(s, s.Mails()[0].Text)})
}

func playRead(s *rejointest.Server) []string {
	v := known(s, "Do you have these in 43?")
	s.Reply(v, "We do.")
	v.Read(v.Last())
	s.Advance(time.Hour)
	return told(s, v)
}

func playReturn(s *rejointest.Server) []string {
	v := known(s, "Do you have these in 43?")
	s.Reply(v, "We do.")
	s.Advance(time.Hour)
	guest := identity.NewToken()
	out, err := s.Core.Returns.Redeem(s.T.Context(), core.Redeem{PlatformID: s.Made.Platform.ID, Token: token(s, s.Mails()[0].Text), Session: guest})
	if err == nil {
		_, err = s.Core.Returns.Confirm(s.T.Context(), guest, out.IssueID, out.VisitID)
	}
	if err == nil {
		_, err = s.Core.Messages.SendAsUser(s.T.Context(), guest, out.IssueID, core.UserSend{ClientID: s.NewClientID(), Body: "Keep them, please."})
	}
	s.Settle()
	return append(told(s, v), fmt.Sprint(out.Result, err))
}

func playLoggedIn(s *rejointest.Server) []string {
	v := writes(s, s.Signed("ada", "ada@example.org"), "Where is my order?")
	s.Reply(v, "In Graz.")
	s.Advance(time.Hour)
	text := s.Mails()[0].Text
	out, err := s.Core.Returns.Redeem(s.T.Context(), core.Redeem{PlatformID: s.Made.Platform.ID, Token: token(s, text), Session: identity.NewToken()})
	return append(told(s, v), fmt.Sprint(out.Result, err), where(s, text))
}

func playFields(s *rejointest.Server) []string {
	for key, on := range map[string][]rejoin.PlatformKind{"everywhere": rejoin.PlatformKinds[:], "model": {rejoin.IOS, rejoin.Android}} {
		f := rejoin.CustomField{Key: key, Label: key, Type: rejoin.SingleLine, Platforms: on}
		if _, err := s.Core.Labels.AddField(s.T.Context(), s.Maya, f); err != nil {
			s.T.Fatal(err)
		}
	}
	v := writes(s, core.Claim{}, "Hello")
	keys := []string{}
	for _, f := range s.Load(v.Issue.ID).Form {
		keys = append(keys, f.Key)
	}
	slices.Sort(keys)
	return append(told(s, v), fmt.Sprint("here: ", keys))
}

func playStars(s *rejointest.Server) []string {
	v := known(s, "Does it fit?")
	s.Reply(v, "It does.")
	s.End(v, rejoin.Resolved)
	_, err := s.Core.Endings.Resolve(s.T.Context(), v.Token, v.Issue.ID, core.Answer{ClientID: s.NewClientID(), Accepted: true})
	if err == nil {
		_, err = s.Core.Endings.Rate(s.T.Context(), v.Token, v.Issue.ID, core.Rating{Stars: 4, Comment: "Quick."})
	}
	s.Settle()
	return append(told(s, v), fmt.Sprint(s.Load(v.Issue.ID).Issue.Ending.Closing, err))
}

func playFeedbackBot(s *rejointest.Server) []string {
	bot := publish(s, "How was it?", rejoin.FeedbackBot,
		rejoin.Step{ID: "stars", Kind: rejoin.StepRating, Text: text("How was it?")},
		rejoin.Step{ID: "why", Kind: rejoin.StepQuestion, Name: "why", Input: rejoin.InputText, Text: text("Why?"), Skip: true})
	page, err := s.Core.Bots.OfApp(s.T.Context(), s.Maya, s.Made.App.ID)
	if err != nil {
		s.T.Fatal(err)
	}
	page.FeedbackBotID = bot.ID
	if _, err := s.Core.Bots.SetOfApp(s.T.Context(), s.Maya, s.Made.App.ID, page); err != nil {
		s.T.Fatal(err)
	}
	v := known(s, "Does it fit?")
	s.End(v, rejoin.Resolved)
	if _, err := s.Core.Endings.Resolve(s.T.Context(), v.Token, v.Issue.ID, core.Answer{ClientID: s.NewClientID(), Accepted: true}); err != nil {
		s.T.Fatal(err)
	}
	s.Settle()
	first, second := answer(s, v, "5"), answer(s, v, "")
	return append(told(s, v), fmt.Sprint(s.Load(v.Issue.ID).Issue.Ending.Closing, first, second))
}

func TestPlatformsAreAdded(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx, app, p := t.Context(), s.Made.App.ID, s.Core.Platforms
		list, err := p.Create(ctx, s.Maya, app, rejoin.Android)
		if err == nil {
			list, err = p.Create(ctx, s.Maya, app, rejoin.IOS)
		}
		if err != nil || len(list) != 3 || list[0].Kind != rejoin.Web || list[1].Kind != rejoin.IOS || list[2].Kind != rejoin.Android {
			t.Fatalf("%+v, %v", list, err)
		}
		ios := list[1]
		if ios.ID == list[2].ID || ios.HostedURL != "https://chat.example.com/c/"+ios.ID || len(ios.AllowedOrigins) != 0 {
			t.Errorf("%+v", ios)
		}
		off := func(a rejoin.Agent, app, id string, off bool) error {
			_, err := p.SetOff(ctx, a, app, id, off)
			return err
		}
		add := func(a rejoin.Agent, app string, kind rejoin.PlatformKind) error {
			_, err := p.Create(ctx, a, app, kind)
			return err
		}
		other := s.Second()
		for n, c := range []struct {
			err  error
			want rejoin.Code
		}{
			{add(s.Maya, app, rejoin.IOS), rejoin.Conflict},
			{add(s.Maya, app, rejoin.Web), rejoin.Invalid},
			{add(s.Maya, app, "fridge"), rejoin.Invalid},
			{add(other.Admin, app, rejoin.IOS), rejoin.NotFound},
			{add(s.Colleague(), app, rejoin.IOS), rejoin.Forbidden},
			{off(s.Maya, app, list[0].ID, true), rejoin.Invalid},
			{off(s.Maya, app, other.Platform.ID, true), rejoin.NotFound},
			{off(other.Admin, other.App.ID, ios.ID, true), rejoin.NotFound},
			{off(s.Maya, app, ios.ID, true), ""},
			{off(s.Maya, app, ios.ID, true), ""},
			{off(s.Maya, app, ios.ID, false), ""},
		} {
			if rejoin.CodeOf(c.err) != c.want {
				t.Errorf("case %d: %v, want %q", n, c.err, c.want)
			}
		}
		page, err := s.Core.Apps.Page(ctx, s.Maya, app)
		if err != nil || page.Platform.Kind != rejoin.Web {
			t.Errorf("the app's page is about %s, %v", page.Platform.Kind, err)
		}
		log, err := s.Core.Audit.Page(ctx, s.Maya, rejoin.AuditFilter{}, "")
		var acts []rejoin.AuditAct
		for _, e := range log.Entries[:4] {
			acts = append(acts, e.Act)
		}
		if want := []rejoin.AuditAct{rejoin.PlatformOn, rejoin.PlatformOff, rejoin.PlatformMade, rejoin.PlatformMade}; err != nil || !slices.Equal(acts, want) {
			t.Errorf("the audit log: %v, %v", acts, err)
		}
	})
}
