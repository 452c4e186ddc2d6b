package main

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// report is everything that was measured.
type report struct {
	machine string
	rows    []row
}

// row is one figure.
type row struct{ part, engine, what, value string }

// add notes a figure.
func (b *bench) add(what, format string, args ...any) {
	b.report.rows = append(b.report.rows, row{b.part.title, b.engine, what, fmt.Sprintf(format, args...)})
}

// print shows the figures from a row on, aligned.
func (r *report) print(from int) {
	for i, row := range r.rows[from:] {
		if i == 0 {
			fmt.Printf("\n%s (%s)\n", strings.ToUpper(row.part[:1])+row.part[1:], row.engine)
		}
		fmt.Printf("  %s%s  %s\n", row.what, strings.Repeat(" ", max(0, 52-utf8.RuneCountInString(row.what))), row.value)
	}
}

func (r *report) markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n| | | | |\n|---|---|---|---|\n", r.machine)
	for _, row := range r.rows {
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", row.part, row.engine, row.what, row.value)
	}
	return b.String()
}

// percentile is the value below which the share p of the sorted times lies.
func percentile(sorted []time.Duration, p float64) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(len(sorted)-1, int(p*float64(len(sorted))))]
}

// spread describes times; it sorts them.
func spread(times []time.Duration) string {
	slices.Sort(times)
	return fmt.Sprintf("p50 %s, p99 %s, max %s", short(percentile(times, 0.5)), short(percentile(times, 0.99)), short(percentile(times, 1)))
}

// short is a time with about three digits.
func short(d time.Duration) string {
	switch {
	case d >= 10*time.Second:
		return d.Round(100 * time.Millisecond).String()
	case d >= time.Second:
		return d.Round(10 * time.Millisecond).String()
	case d >= 10*time.Millisecond:
		return d.Round(100 * time.Microsecond).String()
	}
	return d.Round(10 * time.Microsecond).String()
}

func mib(bytes int64) string { return fmt.Sprintf("%.1f MiB", float64(bytes)/(1<<20)) }
