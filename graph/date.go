package graph

import (
	"fmt"
	"strings"
	"time"
)

// A Date is a calendar date of reduced precision in ISO 8601: "2024",
// "2024-10" or "2024-10-16". The empty Date is unknown. Dates of equal
// precision order as strings.
type Date string

// ParseDate checks the form and the calendar.
func ParseDate(s string) (Date, error) {
	if s == "" {
		return "", nil
	}
	for _, layout := range []string{"2006", "2006-01", "2006-01-02"} {
		if _, err := time.Parse(layout, s); err == nil && len(s) == len(layout) {
			return Date(s), nil
		}
	}
	return "", fmt.Errorf("date %q: want YYYY, YYYY-MM or YYYY-MM-DD: %w", s, ErrInvalid)
}

// Start returns the first instant of the date in UTC, or the zero time if it is
// unknown or malformed.
func (d Date) Start() time.Time {
	t, _ := d.interval()
	return t
}

// End returns the first instant after the date in UTC, or the zero time.
func (d Date) End() time.Time {
	_, t := d.interval()
	return t
}

func (d Date) interval() (from, to time.Time) {
	switch len(d) {
	case 4:
		if t, err := time.Parse("2006", string(d)); err == nil {
			return t, t.AddDate(1, 0, 0)
		}
	case 7:
		if t, err := time.Parse("2006-01", string(d)); err == nil {
			return t, t.AddDate(0, 1, 0)
		}
	case 10:
		if t, err := time.Parse("2006-01-02", string(d)); err == nil {
			return t, t.AddDate(0, 0, 1)
		}
	}
	return time.Time{}, time.Time{}
}

// After reports whether d certainly lies wholly after e. It is false when either
// is unknown: what is undated is never said to be late.
func (d Date) After(e Date) bool {
	if d == "" || e == "" {
		return false
	}
	return !d.Start().Before(e.End())
}

// An Interval is a closed range of dates in ISO 8601, "2023-04-01/2024-03-31",
// either end of reduced precision or ".." where it is open. The empty Interval
// is unknown.
type Interval string

// Bounds returns the first instant of the interval and the first one after it, in
// UTC. An end that is open, unknown or malformed is the zero time.
func (i Interval) Bounds() (from, to time.Time) {
	first, last, _ := strings.Cut(string(i), "/")
	return Date(first).Start(), Date(last).End()
}

// Apart reports whether two intervals certainly have no instant in common. It is
// false when either is unknown.
func (i Interval) Apart(j Interval) bool {
	before := func(a, b Interval) bool {
		_, end := a.Bounds()
		start, _ := b.Bounds()
		return !end.IsZero() && !start.IsZero() && !end.After(start)
	}
	return before(i, j) || before(j, i)
}
