package rejoin

import (
	"reflect"
	"strings"
	"testing"
)

// hour is an hour of a view's clock.
const hour = Millis(3_600_000)

func sampleView() View {
	return View{Now: 100 * hour, Platform: Web, AppID: "app_1", Language: "en-GB", Tags: []string{"VIP", "refund"}, Title: "Wo ist mein Päckchen?",
		FirstMessage: "Wo ist mein Päckchen?", LastMessage: "  Bitte ÜBERWEISEN Sie ", Open: true, State: WaitingForAgent, QueueID: "queue_1", Address: "Ada@Example.org",
		Fields: FieldValues{"n": {Number, "12.50"}, "d": {Date, "1700000000000"}, "c": {Checkbox, "true"}, "o": {Dropdown, "Blue"}, "zip": {SingleLine, "0123"}},
		Meta:   map[string]string{"browser.name": "Firefox", "browser.version": "126.0.1", "hardware.battery": "17"}, FollowUp: FollowUpSkipped,
		Answers: map[string]string{"order": "0123", "when": "2023-11-14", "many": "7"},
		Since:   map[Subject]Millis{NextResponseLate: 99 * hour, UnreadFor: 100*hour - 59_000}}
}

func TestConditions(t *testing.T) {
	v := sampleView()
	for _, row := range []struct {
		subject Subject
		key     string
		op      Op
		values  string // separated by |
		want    bool
	}{
		{OnPlatform, "", OpIs, "web", true},
		{OnPlatform, "", OpOneOf, "ios|android", false},
		{OnPlatform, "", OpNoneOf, "ios|android", true},
		{OnApp, "", OpIsNot, "app_2", true},
		{OnLanguage, "", OpIs, "en", true},
		{OnLanguage, "", OpIs, "en-gb", true},
		{OnLanguage, "", OpIs, "en-US", false},
		{OnLanguage, "", OpOneOf, "de|e", false},
		{OnTags, "", OpIs, "vip", true},
		{OnTags, "", OpIsNot, "vip", false},
		{OnTags, "", OpOneOf, "late|refund", true},
		{OnTags, "", OpNoneOf, "late|lost", true},
		{OnTags, "", OpSet, "", true},
		{OnTitle, "", OpStarts, "wo ist", true},
		{OnTitle, "", OpEndsNot, "PÄCKCHEN?", false},
		{OnFirstMessage, "", OpContains, "päckchen", true},
		{OnLastMessage, "", OpContains, "überweisen", true},
		{OnLastMessage, "", OpStarts, "bitte", true},
		{OnLastMessage, "", OpContainsNot, "danke", true},
		{OnField, "n", OpIs, "12.5", true},
		{OnField, "n", OpAbove, "12.4", true},
		{OnField, "n", OpBelow, "12.5", false},
		{OnField, "d", OpIs, "1699999999999", true}, // another moment of the same day
		{OnField, "d", OpAbove, "1699999999999", false},
		{OnField, "d", OpBelow, "2023-11-15", true},
		{OnField, "c", OpIs, "true", true},
		{OnField, "o", OpOneOf, "red|blue", true},
		{OnField, "zip", OpStarts, "01", true},
		{OnField, "zip", OpIs, "123", false},
		{OnField, "none", OpIs, "x", false},
		{OnField, "none", OpIsNot, "x", true},
		{OnField, "none", OpContainsNot, "x", true},
		{OnField, "none", OpNotSet, "", true},
		{OnField, "none", OpAbove, "1", false},
		{OnMeta, "browser.name", OpIs, "firefox", true},
		{OnMeta, "browser.version", OpAbove, "126.0", true},
		{OnMeta, "browser.version", OpBelow, "126.0.10", true},
		{OnMeta, "browser.version", OpBelow, "99", false},
		{OnMeta, "hardware.battery", OpBelow, "20", true},
		{OnMeta, "app.version", OpAbove, "1", false},
		{OnHours, "", OpIs, "open", true},
		{OnHours, "", OpIsNot, "open", false},
		{OnState, "", OpOneOf, "new|waiting-for-agent", true},
		{OnAssignee, "", OpNotSet, "", true},
		{OnAssignee, "", OpIsNot, "agent_1", true},
		{OnQueue, "", OpIs, "queue_1", true},
		{OnAddress, "", OpEnds, "@example.org", true},
		{OnLoggedIn, "", OpIs, "false", true},
		{OnFollowUp, "", OpOneOf, "skipped|failed", true},
		{OnFollowUp, "", OpNotSet, "", false},
		{OnAnswer, "order", OpIs, "123", false}, // a text is no number
		{OnAnswer, "order", OpIs, "0123", true},
		{OnAnswer, "when", OpIs, "1700000000000", true},
		{OnAnswer, "when", OpAbove, "2023-11-13", true},
		{OnAnswer, "many", OpAbove, "6.5", true},
	} {
		c := Condition{Subject: row.subject, Key: row.key, Op: row.op}
		if row.values != "" {
			c.Values = strings.Split(row.values, "|")
		}
		if err := c.Check(); err != nil {
			t.Errorf("%+v: %v", c, err)
		}
		if got := c.Holds(v); got != row.want {
			t.Errorf("%+v: %v, found %q", c, got, c.Found(v))
		}
	}
}

func TestTimedConditions(t *testing.T) {
	v := sampleView()
	for _, row := range []struct {
		subject Subject
		wait    Seconds
		at      Millis
		ok      bool
		holds   bool
		found   string
	}{
		{NextResponseLate, 3600, 100 * hour, true, true, "for 1 hour"},
		{NextResponseLate, 3601, 100*hour + 1000, true, false, "for 1 hour"},
		{UnreadFor, 60, 100*hour + 1000, true, false, "for 59 seconds"},
		{OnlineFor, 1, 1000, false, false, "the visitor is not online, or presence is not known"},
	} {
		c := Condition{Subject: row.subject, Op: OpFor, For: row.wait}
		if err := c.Check(); err != nil {
			t.Error(err)
		}
		if at, ok := c.HoldsAt(v); at != row.at || ok != row.ok || c.Holds(v) != row.holds || c.Found(v) != row.found {
			t.Errorf("%+v: %d %v, holds %v, found %q", c, at, ok, c.Holds(v), c.Found(v))
		}
	}
}

func TestConditionChecks(t *testing.T) {
	for field, list := range map[string][]Condition{
		"subject": {{Subject: "weather", Op: OpIs, Values: []string{"x"}}},
		"op":      {{Subject: OnPlatform, Op: OpContains, Values: []string{"web"}}, {Subject: OnHours, Op: OpSet}, {Subject: UnreadFor, Op: OpIs, For: 5}, {Subject: OnTitle}},
		"key":     {{Subject: OnField, Op: OpSet}, {Subject: OnTitle, Key: "x", Op: OpSet}, {Subject: OnMeta, Key: strings.Repeat("k", 256), Op: OpSet}},
		"values": {{Subject: OnPlatform, Op: OpIs}, {Subject: OnPlatform, Op: OpIs, Values: []string{"telex"}}, {Subject: OnTags, Op: OpSet, Values: []string{"x"}},
			{Subject: OnTitle, Op: OpIs, Values: []string{"a", "b"}}, {Subject: OnTitle, Op: OpIs, Values: []string{" "}}, {Subject: OnTitle, Op: OpIs, Values: []string{"a\x00"}},
			{Subject: OnTitle, Op: OpOneOf, Values: make([]string, 101)}, {Subject: OnField, Key: "n", Op: OpAbove, Values: []string{"many"}},
			{Subject: OnField, Key: "n", Op: OpAbove, Values: []string{"NaN"}}, {Subject: OnMeta, Key: "os.version", Op: OpBelow, Values: []string{"ten"}},
			{Subject: UnreadFor, Op: OpFor, For: 5, Values: []string{"5"}}},
		"for": {{Subject: UnreadFor, Op: OpFor}, {Subject: UnreadFor, Op: OpFor, For: 90*86400 + 1}, {Subject: OnTitle, Op: OpSet, For: 1}},
	} {
		for _, c := range list {
			e, _ := c.Check().(*Error)
			if e == nil || e.Field != field || !strings.HasSuffix(e.Text, ".") {
				t.Errorf("%+v: %v, want %s", c, e, field)
			}
		}
	}
}

func TestRuleChecks(t *testing.T) {
	late := Condition{Subject: UnreadFor, Op: OpFor, For: 60}
	vip := Condition{Subject: OnTags, Op: OpIs, Values: []string{"vip"}}
	good := func(change func(*Rule)) Rule {
		r := Rule{Name: "Late", Trigger: OnTime, All: []Condition{late}, Actions: []Action{{Kind: DoResolve}}}
		change(&r)
		return r
	}
	do := func(a Action) Rule { return good(func(r *Rule) { r.Actions = []Action{{Kind: DoResolve}, a} }) }
	for field, list := range map[string][]Rule{
		"":               {good(func(*Rule) {}), good(func(r *Rule) { r.All, r.Any = []Condition{vip}, []Condition{late, late} }), do(Action{Kind: DoQueue}), do(Action{Kind: DoWebhook, URL: "https://example.com/x"})},
		"name":           {good(func(r *Rule) { r.Name = " " }), good(func(r *Rule) { r.Name = strings.Repeat("x", 81) })},
		"trigger":        {good(func(r *Rule) { r.Trigger = "dawn" })},
		"all":            {good(func(r *Rule) { r.All = []Condition{vip} }), good(func(r *Rule) { r.All, r.Any = nil, []Condition{late, vip} }), good(func(r *Rule) { r.All = make([]Condition, 21) })},
		"all.0.subject":  {good(func(r *Rule) { r.Trigger = OnUpdate }), good(func(r *Rule) { r.All = []Condition{{Subject: OnAnswer, Key: "x", Op: OpSet}} })},
		"any.0.values":   {good(func(r *Rule) { r.Any = []Condition{{Subject: OnTags, Op: OpIs}} })},
		"actions":        {good(func(r *Rule) { r.Actions = nil }), good(func(r *Rule) { r.Actions = make([]Action, 21) })},
		"actions.1.kind": {do(Action{Kind: "dance"})}, "actions.1.bot_id": {do(Action{Kind: DoStartBot})}, "actions.1.field": {do(Action{Kind: DoSetField, Field: "no no"})},
		"actions.1.tags": {do(Action{Kind: DoAddTags}), do(Action{Kind: DoAddTags, Tags: []string{"a", "a"}}), do(Action{Kind: DoRemoveTags, Tags: []string{" a"}})},
		"actions.1.text": {do(Action{Kind: DoMessage}), do(Action{Kind: DoMessage, Text: &LocalText{Text: " ", In: map[string]string{"de": "Hallo"}}}),
			do(Action{Kind: DoMessage, Text: &LocalText{Text: "Hi", In: map[string]string{"xx": "Hallo"}}}), do(Action{Kind: DoMessage, Text: &LocalText{Text: strings.Repeat("x", MaxBody+1)}})},
		"actions.1.agent_id": {do(Action{Kind: DoAssign, AgentID: "a\x00"})}, "actions.1.queue_id": {do(Action{Kind: DoQueue, QueueID: strings.Repeat("q", 101)})},
		"actions.1.note": {do(Action{Kind: DoNote})}, "actions.1.url": {do(Action{Kind: DoWebhook, URL: "ftp://example.com"}), do(Action{Kind: DoWebhook, URL: "https://a b.example/"})},
	} {
		for _, r := range list {
			_, err := r.Check()
			if e, _ := err.(*Error); field == "" && err != nil || field != "" && (e == nil || e.Field != field) {
				t.Errorf("%+v: %v, want %q", r, err, field)
			}
		}
	}
}

func TestRuleKeepsWhatActionsTake(t *testing.T) {
	text := &LocalText{Text: "Hi"}
	all := Action{AgentID: "a", QueueID: "q", BotID: "b", Tags: []string{"t"}, Field: "f", Value: "v", Text: text, Note: "n", URL: "https://example.com/\x00"}
	r := Rule{Name: "All", Trigger: OnUpdate}
	want := []Action{{Kind: DoAssign, AgentID: "a"}, {Kind: DoQueue, QueueID: "q"}, {Kind: DoStartBot, BotID: "b"}, {Kind: DoRemoveTags, Tags: []string{"t"}},
		{Kind: DoSetField, Field: "f", Value: "v"}, {Kind: DoMessage, Text: text}, {Kind: DoNote, Note: "n"}, {Kind: DoReject}}
	for _, a := range want {
		all.Kind = a.Kind
		r.Actions = append(r.Actions, all)
	}
	kept, err := r.Check()
	if err != nil || !reflect.DeepEqual(kept.Actions, want) || r.Actions[0].QueueID == "" {
		t.Errorf("kept %+v of %+v, %v", kept.Actions, r.Actions, err)
	}
}
