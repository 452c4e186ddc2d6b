package agentapi

import "rejoin"

// Report is GET /agent/v1/reports?app=&from=&to=&zone=, for supervisors and administrators: from and to are Unix milliseconds, at most 366 days apart, without
// them the last 28 days; app
// is empty for all of the domain's; zone is the IANA name of the zone that days and hours are of. docs/reports.md says what each figure means.
//
// GET /agent/v1/reports.csv?table= gives one of its tables as a file: journey, days, response, resolution, volume, ratings, agents or outcomes.
type Report struct {
	From          rejoin.Millis `json:"from"`
	To            rejoin.Millis `json:"to"`
	Begun         int           `json:"begun"`      // conversations
	Unanswered    int           `json:"unanswered"` // of these, without an answer so far
	Journey       Journey       `json:"journey"`
	FirstResponse Timing        `json:"first_response"`
	Resolution    Timing        `json:"resolution"`
	Bounds        []int64       `json:"bounds"`  // of the buckets of timings, in seconds
	Ratings       []int64       `json:"ratings"` // how often 1 to 5 stars were given
	Volume        [][]int64     `json:"volume"`  // conversations begun: seven days from Monday, 24 hours each
	Days          []ReportDay   `json:"days"`
	Agents        []AgentReport `json:"agents"`
	Outcomes      []Outcome     `json:"outcomes"` // the most frequent first
}

// Journey counts unread spans by how far they have come; each step is a part of the one before.
type Journey struct {
	Replied  int64 `json:"replied"`
	Unread   int64 `json:"unread"`
	Mailed   int64 `json:"mailed"`
	Opened   int64 `json:"opened"`
	Returned int64 `json:"returned"`
	Answered int64 `json:"answered"`
	Resolved int64 `json:"resolved"`
}

// Timing is how long something took, in seconds.
type Timing struct {
	Count   int   `json:"count"`
	Median  int64 `json:"median"`
	P90     int64 `json:"p90"`
	Buckets []int `json:"buckets"` // up to each of the bounds, and at last all above
}

// ReportDay is one day of the zone.
type ReportDay struct {
	Day      string `json:"day"` // 2026-11-23
	Begun    int    `json:"begun"`
	Resolved int    `json:"resolved"`
	Mails    int    `json:"mails"`
}

// AgentReport is an agent's part.
type AgentReport struct {
	ID            string  `json:"id"`
	Name          string  `json:"name"`
	Messages      int64   `json:"messages"`
	Conversations int64   `json:"conversations"` // in which they were written
	FirstResponse Timing  `json:"first_response"`
	Resolved      int     `json:"resolved"`
	Ratings       []int64 `json:"ratings"` // how often 1 to 5 stars
}

// Outcome is how often unread spans stand somewhere, for a reason.
type Outcome struct {
	State  rejoin.FollowUpState `json:"state"`
	Reason rejoin.Reason        `json:"reason"`
	Count  int64                `json:"count"`
}

// Mails is GET /agent/v1/mails?app=&from=&to=&state=&reason=&q=&cursor=, a page of what was mailed and why not, newest first, for supervisors and
// administrators. State is mailed, waiting, skipped, cancelled or failed; q is part of an address, or a conversation's number. GET /agent/v1/mails.csv, with
// a zone, gives the first 10,000 as a file.
type Mails struct {
	Mails []MailRow `json:"mails"`
	Next  string    `json:"next,omitempty"`
}

// MailRow is one unread span.
type MailRow struct {
	IssueID   string        `json:"issue_id"`
	Number    int64         `json:"number"`
	Title     string        `json:"title"`
	AppID     string        `json:"app_id"`
	UserName  string        `json:"user_name"`
	UserEmail string        `json:"user_email"`
	FollowUp  FollowUp      `json:"follow_up"`
	CreatedAt rejoin.Millis `json:"created_at"` // the span began
	UpdatedAt rejoin.Millis `json:"updated_at"`
}

// TryFollowUp is POST /agent/v1/apps/{app}/simulate, for administrators: the last days again with other settings. Nothing is stored or mailed.
type TryFollowUp struct {
	FollowUp rejoin.FollowUpSettings `json:"follow_up"`
	Days     int                     `json:"days"` // up to now; 1 to 92
	Zone     string                  `json:"zone"`
}

// Simulation is its answer.
type Simulation struct {
	From          rejoin.Millis  `json:"from"`
	To            rejoin.Millis  `json:"to"`
	Conversations int            `json:"conversations"` // that were looked at
	Older         int            `json:"older"`         // that were not: they began before histories were kept
	Left          int            `json:"left"`          // that were not: there are too many
	Mailed        int            `json:"mailed"`
	Would         int            `json:"would"`
	Days          []SimulatedDay `json:"days"`
	More          int            `json:"more"`  // conversations that would have got more e-mails
	Fewer         int            `json:"fewer"` // fewer
	Moved         int            `json:"moved"` // as many, at other times or about other messages
	Differences   []Difference   `json:"differences"`
}

// SimulatedDay is one day of the zone.
type SimulatedDay struct {
	Day    string `json:"day"` // 2026-11-23
	Mailed int    `json:"mailed"`
	Would  int    `json:"would"`
}

// Difference is a conversation about which other e-mails would have gone out; the newest 200 are told.
type Difference struct {
	IssueID string     `json:"issue_id"`
	Number  int64      `json:"number"`
	Title   string     `json:"title"`
	User    string     `json:"user"` // name or address
	Mailed  []PastMail `json:"mailed"`
	Would   []PastMail `json:"would"`
}

// PastMail is an e-mail that went out, or would have.
type PastMail struct {
	At      rejoin.Millis `json:"at"`
	FromSeq int64         `json:"from_seq"`
	ToSeq   int64         `json:"to_seq"`
	Reason  rejoin.Reason `json:"reason"`

	Postponed int `json:"postponed,omitempty"` // how often bots and automations had put it off
}

func wireOfReports() []any { return []any{Report{}, Mails{}, TryFollowUp{}, Simulation{}} }
