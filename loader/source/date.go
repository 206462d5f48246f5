package source

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"whence/graph"
)

// The written forms of dates. A day comes before its month, as in Britain, unless
// the month is a word.
var (
	monthWord = `(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?`

	isoDate      = regexp.MustCompile(`\b(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:\b|T)`)
	dayMonthYear = regexp.MustCompile(`(?i)\b(\d{1,2})(?:st|nd|rd|th|\.)?(?:\s+of)?\s+` + monthWord + `,?\s+(\d{4})\b`)
	monthDayYear = regexp.MustCompile(`(?i)\b` + monthWord + `\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b`)
	monthYear    = regexp.MustCompile(`(?i)\b` + monthWord + `,?\s+(\d{4})\b`)
	yearFirst    = regexp.MustCompile(`\b(\d{4})[/.](\d{1,2})[/.](\d{1,2})\b`)
	numericDate  = regexp.MustCompile(`\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b`)
	ago          = regexp.MustCompile(`(?i)\b(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|last)\s+(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|yrs?)(?:,?\s+\d+\s+(?:minutes?|hours?|days?|weeks?|months?))?\s+ago\b`)
)

// parseDate reads a date that somebody stated: the whole of s but for a weekday
// and a time of day must be the date.
func parseDate(s string) (graph.Date, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return "", nil
	}
	d, span := findDate(s)
	if d != "" && isTimeOfDay(s[span[1]:]) && isWeekday(s[:span[0]]) {
		return d, nil
	}
	return "", fmt.Errorf("date %q: want 2024-10-16, 16 October 2024 or 16/10/2024: %w", s, graph.ErrInvalid)
}

var (
	weekday   = regexp.MustCompile(`(?i)^\s*(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\.?,?\s*)?(?:the\s+)?$`)
	timeOfDay = regexp.MustCompile(`(?i)^(?:\s*(?:T|,|at|-|\|)?\s*\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?\s*(?:[ap]\.?m\.?)?\s*(?:Z|UTC|GMT|BST|[+-]\d{2}:?\d{2})?)?\s*$`)
)

func isWeekday(s string) bool   { return weekday.MatchString(s) }
func isTimeOfDay(s string) bool { return timeOfDay.MatchString(s) }

// findDate finds the first date in s and where it stands; "" if there is none. Of a
// date and time with a zone it is the date as written there.
func findDate(s string) (graph.Date, [2]int) {
	type form struct {
		re  *regexp.Regexp
		ymd [3]int // the groups of year, month and day; 0 when the form has none
	}
	best, at := graph.Date(""), [2]int{}
	for _, f := range []form{
		{re: dayMonthYear, ymd: [3]int{3, 2, 1}},
		{re: monthDayYear, ymd: [3]int{3, 1, 2}},
		{re: numericDate, ymd: [3]int{3, 2, 1}},
		{re: yearFirst, ymd: [3]int{1, 2, 3}},
		{re: isoDate, ymd: [3]int{1, 2, 3}},
		{re: monthYear, ymd: [3]int{2, 1, 0}},
	} {
		m := f.re.FindStringSubmatchIndex(s)
		if m == nil || (best != "" && m[0] >= at[0]) {
			continue
		}
		part := func(i int) string {
			if g := f.ymd[i]; g > 0 && m[2*g] >= 0 {
				return s[m[2*g]:m[2*g+1]]
			}
			return ""
		}
		if d, ok := makeDate(part(0), part(1), part(2)); ok {
			end := m[1]
			if strings.HasSuffix(s[:end], "T") {
				end--
			}
			best, at = d, [2]int{m[0], end}
		}
	}
	return best, at
}

// makeDate checks the calendar. month is a number or a word; month and day may be "".
func makeDate(year, month, day string) (graph.Date, bool) {
	out := year
	if month != "" {
		n, err := strconv.Atoi(month)
		if err != nil {
			n = strings.Index("janfebmaraprmayjunjulaugsepoctnovdec", strings.ToLower(month[:3]))/3 + 1
		}
		out += fmt.Sprintf("-%02d", n)
		if day != "" {
			n, _ := strconv.Atoi(day)
			out += fmt.Sprintf("-%02d", n)
		}
	}
	if y, _ := strconv.Atoi(year); y < 1000 {
		return "", false
	}
	d, err := graph.ParseDate(out)
	return d, err == nil
}

// parseTime reads when something was retrieved: RFC 3339, or a date, which is its
// first instant in UTC.
func parseTime(s string) (time.Time, error) {
	s = strings.TrimSpace(s)
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC(), nil
		}
	}
	d, err := parseDate(s)
	return d.Start(), err
}
