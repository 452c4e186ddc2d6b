package agentapi

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"rejoin"
	"rejoin/core"
)

// table is what a file of values holds; the first row names the columns.
type table [][]string

// reportFile answers with one table of a report.
func (a reports) reportFile(c call) (any, error) {
	r, err := a.reportOf(c)
	if err != nil {
		return nil, err
	}
	name := c.r.URL.Query().Get("table")
	rows, ok := reportTables()[name]
	if !ok {
		return nil, rejoin.InvalidField("table", "The tables are journey, days, response, resolution, volume, ratings, agents and outcomes.")
	}
	return nil, c.file(name, r.Span, rows(r))
}

// mailsFile answers with what was mailed, and why not.
func (a reports) mailsFile(c call) (any, error) {
	in, err := a.mailSearch(c)
	if err != nil {
		return nil, err
	}
	in.Limit = 10000
	p, err := a.Core.Mails.Search(c.r.Context(), c.agent, in)
	if err != nil {
		return nil, err
	}
	t := table{{"conversation", "title", "name", "address", "state", "reason", "began", "sent", "opened", "returned", "answered", "server"}}
	at := clockOf(in.Span)
	for _, r := range p.Rows {
		f := r.FollowUp
		t = append(t, []string{number(r.Number), r.Title, r.User, firstOf(f.Address, r.Email), string(f.State), string(f.Reason), at(f.CreatedAt),
			at(f.SentAt), at(f.OpenedAt), at(f.ReturnedAt), at(f.RepliedAt), f.Response})
	}
	return nil, c.file("mails", in.Span, t)
}

// clockOf tells moments in the zone that was asked for.
func clockOf(s core.Span) func(rejoin.Millis) string {
	zone := s.Location()
	return func(m rejoin.Millis) string {
		if m == 0 {
			return ""
		}
		return m.Time().In(zone).Format(time.RFC3339)
	}
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// file sends a table as comma-separated values (RFC 4180), with the mark by which spreadsheets know UTF-8.
func (c call) file(name string, s core.Span, t table) error {
	zone := s.Location()
	day := func(m rejoin.Millis) string { return m.Time().In(zone).Format(time.DateOnly) }
	h := c.w.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", fmt.Sprintf(`attachment; filename="%s-%s-%s.csv"`, name, day(s.From), day(s.To-1)))
	h.Set("Cache-Control", "no-store")
	c.w.WriteHeader(http.StatusOK)
	_, _ = c.w.Write([]byte("\ufeff")) // as with all that follows, the client may be gone
	w := csv.NewWriter(c.w)
	w.UseCRLF = true
	for _, row := range t {
		cells := make([]string, len(row))
		for n, cell := range row {
			cells[n] = harmless(cell)
		}
		_ = w.Write(cells)
	}
	w.Flush()
	return nil
}

// harmless keeps spreadsheets from taking what a stranger wrote for a formula.
func harmless(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}

func number[N int | int64](n N) string { return strconv.FormatInt(int64(n), 10) }

func duration(d time.Duration) string { return number(inSeconds(d)) }

// reportTables are the tables of a report by name.
func reportTables() map[string]func(core.Report) table {
	return map[string]func(core.Report) table{
		"journey":    journeyTable,
		"days":       daysTable,
		"response":   func(r core.Report) table { return timingTable(r.FirstResponse) },
		"resolution": func(r core.Report) table { return timingTable(r.Resolution) },
		"volume":     volumeTable,
		"ratings":    ratingsTable,
		"agents":     agentsTable,
		"outcomes":   outcomesTable,
	}
}

func journeyTable(r core.Report) table {
	j := r.Journey
	return table{{"step", "spans"}, {"replied", number(j.Replied)}, {"unread", number(j.Unread)}, {"mailed", number(j.Mailed)}, {"opened", number(j.Opened)},
		{"returned", number(j.Returned)}, {"answered", number(j.Answered)}, {"resolved", number(j.Resolved)}}
}

func daysTable(r core.Report) table {
	t := table{{"day", "conversations_begun", "resolved", "mails"}}
	for _, d := range r.Days {
		t = append(t, []string{d.Day, number(d.Begun), number(d.Resolved), number(d.Mails)})
	}
	return t
}

func timingTable(v core.Timing) table {
	t := table{{"up_to_seconds", "conversations"}}
	for n, count := range v.Buckets {
		bound := "more"
		if n < len(core.TimingBounds) {
			bound = duration(core.TimingBounds[n])
		}
		t = append(t, []string{bound, number(count)})
	}
	return append(t, []string{"median_seconds", duration(v.Median)}, []string{"p90_seconds", duration(v.P90)})
}

func volumeTable(r core.Report) table {
	t := table{{"weekday", "hour", "conversations_begun"}}
	for day, hours := range r.Volume {
		for hour, n := range hours {
			t = append(t, []string{time.Weekday((day + 1) % 7).String(), number(hour), number(n)})
		}
	}
	return t
}

func ratingsTable(r core.Report) table {
	t := table{{"stars", "conversations"}}
	for stars := 5; stars >= 1; stars-- {
		t = append(t, []string{number(stars), number(r.Ratings[stars])})
	}
	return t
}

func agentsTable(r core.Report) table {
	t := table{{"agent", "messages", "conversations", "first_responses", "first_response_median_seconds", "first_response_p90_seconds", "resolved",
		"stars_1", "stars_2", "stars_3", "stars_4", "stars_5"}}
	for _, a := range r.Agents {
		row := []string{a.Name, number(a.Messages), number(a.Issues), number(a.FirstResponse.Count), duration(a.FirstResponse.Median),
			duration(a.FirstResponse.P90), number(a.Resolved)}
		for _, n := range a.Ratings[1:] {
			row = append(row, number(n))
		}
		t = append(t, row)
	}
	return t
}

func outcomesTable(r core.Report) table {
	t := table{{"state", "reason", "spans"}}
	for _, o := range r.Outcomes {
		t = append(t, []string{string(o.State), string(o.Reason), number(o.Count)})
	}
	return t
}
