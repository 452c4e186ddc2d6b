package restapi

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"rejoin"
	"rejoin/core"
	"rejoin/web"
	"rejoin/webhook"
)

// IssueAnalytics is what can be counted of an issue. Moments and durations are in milliseconds; what has not happened, and what we do not measure, is null.
type IssueAnalytics struct {
	RowID        string              `json:"row_id"` // our own id of the issue
	ID           int64               `json:"id"`
	CreatedAt    rejoin.Millis       `json:"created_at"`
	UpdatedAt    rejoin.Millis       `json:"updated_at"`
	AppID        string              `json:"app_id"`
	AppName      string              `json:"app_name"`
	PlatformType rejoin.PlatformKind `json:"platform_type"`
	Email        *string             `json:"email"`
	ExternalUser *string             `json:"external_user_id"`
	Language     *string             `json:"language"`
	State        rejoin.IssueState   `json:"state"`
	Tags         []string            `json:"tags"`
	AssigneeID   *string             `json:"assignee_id"`
	IssueTimes
	IssueCounts
	IssueQueues
	IssueFeedback
	Fields map[string]webhook.APIField `json:"cifs,omitempty"` // with includes=cifs
}

// IssueTimes is how long things took, from the issue's beginning, and when they happened.
type IssueTimes struct {
	TTFA             *int64         `json:"ttfa"` // to the first assignment
	TTFR             *int64         `json:"ttfr"` // to the first response of anybody but Identity Bot
	TTR              *int64         `json:"ttr"`  // to the newest resolution
	TTERSum          *int64         `json:"tter_sum"`
	TTERCount        int            `json:"tter_count"` // agents' responses to what the user had written
	AverageTTER      *int64         `json:"avg_tter"`   // from the first message that waited to the response
	FirstAssignedAt  *rejoin.Millis `json:"first_assigned_at"`
	FirstRespondedAt *rejoin.Millis `json:"first_responded_at"`
	LastResolvedAt   *rejoin.Millis `json:"last_resolved_at"`
	HoldingTime      *int64         `json:"holding_time"`  // not measured: null
	HandlingTime     *int64         `json:"handling_time"` // not measured: null

	HumanTTFR      *int64  `json:"human_ttfr,omitempty"`               // with includes=human_ttfr: to an agent's first response
	HumanResponder *string `json:"first_human_responder_id,omitempty"` // with includes=first_human_responder_id
}

// IssueCounts is how often things happened.
type IssueCounts struct {
	Inbound           int `json:"inbound_messages"`
	Outbound          int `json:"outbound_messages"`
	AgentOutbound     int `json:"agent_outbound_messages"`
	CustomBotOutbound int `json:"custombot_outbound_messages"`
	OtherOutbound     int `json:"other_outbound_messages"` // of automations, programs and Identity Bot
	Accepted          int `json:"accepted_resolutions"`
	Rejected          int `json:"rejected_resolutions"`
	Reopens           int `json:"reopens"`
}

// IssueQueues is in which queues the issue was first, and is now.
type IssueQueues struct {
	InitialID       *string `json:"initial_queue_id"`
	InitialName     *string `json:"initial_queue_name"`
	CurrentID       *string `json:"current_queue_id"`
	CurrentName     *string `json:"current_queue_name"`
	OriginalIssueID *int64  `json:"original_issue_id"` // always null: an issue is not split
}

// IssueFeedback is the newest rating.
type IssueFeedback struct {
	Rating  *int           `json:"feedback_rating"` // 1 to 5
	Comment *string        `json:"feedback_comment"`
	At      *rejoin.Millis `json:"feedback_at"`
}

// AnalyticsPage is a page of issues.
type AnalyticsPage struct {
	Results []IssueAnalytics `json:"results"`
	NextKey *string          `json:"next_key"` // of the next page; null at the end
	Until   rejoin.Millis    `json:"until"`    // the end of what the pages cover, at most to: from of the next period
}

func (a directory) analyticsRoutes() []route {
	return []route{{web.Operation{Pattern: "GET /v1/{domain}/analytics/issue", Name: "issueAnalytics", Group: "Analytics", Out: AnalyticsPage{},
		Says: "What can be counted of the issues that changed in a period, in the order in which they changed. An issue that changes again comes again.", Query: []web.Parameter{
			{Name: "from", Required: true, Says: "The beginning: YYYY-MM-DDTHH:MM:SS, or milliseconds since 1970.", Example: "2026-11-01T00:00:00"},
			{Name: "to", Says: "The end, which is not included; now if it is left out. A period has at most 180 days."},
			{Name: "timezone", Says: "Of from and to: an IANA name such as Europe/Berlin; UTC if it is left out."},
			{Name: "sort-by", Values: []string{"update-time", "creation-time"}, Says: "Whether the period and the order go by when issues changed last, which is the default, or by when they began."},
			{Name: "limit", Kind: web.Number, Says: "Issues of a page, 1 to 2,000; 1,000 if it is left out."},
			{Name: "next_key", Says: "From the page before. Everything else stays as it was."},
			{Name: "id", Says: "Only this issue."},
			{Name: "app_id", Says: "Only issues of this app: id or publish_id."},
			{Name: "includes", Kind: web.List, Says: "What comes along: human_ttfr, first_human_responder_id, cifs. Others are ignored.", Example: "human_ttfr"},
		}}, a.issueAnalytics}}
}

func (a directory) issueAnalytics(c call) (any, error) {
	in := core.AnalyticsSearch{App: c.text("app_id"), Issue: c.text("id"), Next: c.text("next_key")}
	zone, err := c.zone("timezone")
	if err != nil {
		return nil, err
	}
	if in.From, err = c.moment("from", zone, 0); err != nil {
		return nil, err
	}
	if in.To, err = c.moment("to", zone, a.Clock.Now()); err != nil {
		return nil, err
	}
	limit, err := c.number("limit", 1000, 1, 2000)
	if err != nil {
		return nil, err
	}
	switch c.text("sort-by") {
	case "", "update-time":
	case "creation-time":
		in.ByCreated = true
	default:
		return nil, rejoin.InvalidField("sort-by", "sort-by is update-time or creation-time.")
	}
	includes, err := c.list("includes")
	if err != nil {
		return nil, err
	}
	in.Limit = int(limit)
	page, err := a.Core.Directory.Analytics(c.r.Context(), c.agent, in)
	if err != nil {
		return nil, err
	}
	return AnalyticsPage{Results: mapped(page.Rows, func(r core.IssueAnalytics) IssueAnalytics { return analyticsOf(r, includes) }), NextKey: orNull(page.Next), Until: page.Until}, nil
}

// zone is a time zone; UTC if none is given.
func (p params) zone(name string) (*time.Location, error) {
	text := strings.TrimSpace(p.text(name))
	zone, err := time.LoadLocation(text)
	if err != nil || text == "Local" || len(text) > 64 {
		return nil, rejoin.InvalidField(name, "%s is an IANA time zone such as Europe/Berlin.", name)
	}
	return zone, nil
}

// moment is a moment by the clock on the wall, or in milliseconds since 1970; def, if that is not zero, where none is given.
func (p params) moment(name string, zone *time.Location, def rejoin.Millis) (rejoin.Millis, error) {
	text := strings.TrimSpace(p.text(name))
	if text == "" && def > 0 {
		return def, nil
	}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil && n > 0 && n < 253402300800000 {
		return rejoin.Millis(n), nil
	}
	for _, layout := range []string{"2006-01-02T15:04:05", time.RFC3339, time.DateOnly} {
		if at, err := time.ParseInLocation(layout, text, zone); err == nil && at.UnixMilli() > 0 && at.Year() < 10000 {
			return rejoin.Millis(at.UnixMilli()), nil
		}
	}
	return 0, rejoin.InvalidField(name, "%s is a moment such as 2026-11-01T00:00:00.", name)
}

func analyticsOf(r core.IssueAnalytics, includes []string) IssueAnalytics {
	out := IssueAnalytics{RowID: r.ID, ID: r.Number, CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt, AppID: r.AppID, AppName: r.AppName, PlatformType: r.Platform,
		Email: orNull(r.Email), ExternalUser: orNull(r.ExternalID), Language: orNull(r.Language), State: r.State, Tags: append([]string{}, r.Tags...),
		AssigneeID: orNull(r.AssigneeID), IssueTimes: timesOf(r, includes),
		IssueCounts: IssueCounts{Inbound: r.Inbound, Outbound: r.ByAgents + r.ByCustomBots + r.ByOthers, AgentOutbound: r.ByAgents, CustomBotOutbound: r.ByCustomBots,
			OtherOutbound: r.ByOthers, Accepted: r.Accepted, Rejected: r.Declined, Reopens: r.Reopens},
		IssueQueues: IssueQueues{InitialID: orNull(r.InitialQueue.ID), InitialName: orNull(r.InitialQueue.Name), CurrentID: orNull(r.Queue.ID),
			CurrentName: orNull(r.Queue.Name)},
		IssueFeedback: IssueFeedback{Rating: orNull(r.Ending.Rating), Comment: orNull(r.Ending.Comment), At: orNull(r.Ending.RatedAt)}}
	if slices.Contains(includes, "cifs") {
		out.Fields = webhook.APIFieldsOf(r.Fields)
	}
	return out
}

func timesOf(r core.IssueAnalytics, includes []string) IssueTimes {
	since := func(at rejoin.Millis) *int64 {
		if at == 0 {
			return nil
		}
		return new(at.Sub(r.CreatedAt).Milliseconds())
	}
	out := IssueTimes{TTFA: since(r.FirstAssignedAt), TTFR: since(r.FirstRespondedAt), TTR: since(r.LastResolvedAt), TTERCount: r.Responses,
		FirstAssignedAt: orNull(r.FirstAssignedAt), FirstRespondedAt: orNull(r.FirstRespondedAt), LastResolvedAt: orNull(r.LastResolvedAt)}
	if r.Responses > 0 {
		out.TTERSum, out.AverageTTER = new(r.ResponseTime.Milliseconds()), new(r.ResponseTime.Milliseconds()/int64(r.Responses))
	}
	if slices.Contains(includes, "human_ttfr") {
		out.HumanTTFR = since(r.FirstHumanResponseAt)
	}
	if slices.Contains(includes, "first_human_responder_id") {
		out.HumanResponder = orNull(r.FirstHumanResponderID)
	}
	return out
}
