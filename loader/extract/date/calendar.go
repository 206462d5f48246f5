package date

import (
	"fmt"
	"time"

	"whence/graph"
)

// Years that a bare number can mean.
const (
	firstYear = 1500
	lastYear  = 2099
)

// day returns a date, or "" if the calendar has no such day.
func day(y, m, d int) graph.Date {
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if y < 1 || y > 9999 || m < 1 || m > 12 || d < 1 || t.Day() != d {
		return ""
	}
	return graph.Date(t.Format(time.DateOnly))
}

func month(y, m int) graph.Date { return graph.Date(fmt.Sprintf("%04d-%02d", y, m)) }

func year(y int) graph.Date { return graph.Date(fmt.Sprintf("%04d", y)) }

// previous returns the date of the same precision that ends where d begins.
func previous(d graph.Date) graph.Date { return shift(d, -1) }

// following returns the date of the same precision that begins where d ends.
func following(d graph.Date) graph.Date { return shift(d, 1) }

// shift moves a date by n of its own units.
func shift(d graph.Date, n int) graph.Date {
	t := d.Start()
	switch len(d) {
	case 4:
		return cut(t.AddDate(n, 0, 0), 4)
	case 7:
		return cut(t.AddDate(0, n, 0), 7)
	case 10:
		return cut(t.AddDate(0, 0, n), 10)
	}
	return ""
}

// cut writes an instant at a precision of 4, 7 or 10 characters; "" outside the
// years that a Date can hold.
func cut(t time.Time, precision int) graph.Date {
	if t.Year() < 1 || t.Year() > 9999 {
		return ""
	}
	return graph.Date(t.Format(time.DateOnly)[:precision])
}

// A unit of time is so many months or days.
type unit struct {
	months, days int
	precision    int // of a date counted in it
}

// units are the lengths by which people reckon, in the singular.
var units = map[string]unit{
	"day": {days: 1, precision: 10}, "week": {days: 7, precision: 10}, "fortnight": {days: 14, precision: 10},
	"month": {months: 1, precision: 7}, "quarter": {months: 3, precision: 7}, "year": {months: 12, precision: 4}, "decade": {months: 120, precision: 4},
	// What is shorter than a day has no dates, but is still no figure.
	"hour": {}, "minute": {}, "second": {}, "hr": {}, "min": {}, "yr": {months: 12, precision: 4}, "mth": {months: 1, precision: 7}, "wk": {days: 7, precision: 10},
	"century": {months: 1200, precision: 4}, "weekend": {}, "night": {}, "morning": {}, "afternoon": {}, "evening": {},
	// A parliament's or a school's year is not the calendar's.
	"term": {}, "generation": {}, "session": {},
}

// add moves t by n units. A number of units that no calendar holds gives the
// zero time.
func (u unit) add(t time.Time, n int) time.Time {
	if n > 10000 || n < -10000 {
		return time.Time{}
	}
	return t.AddDate(0, n*u.months, n*u.days)
}

var months = map[string]int{
	"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9,
	"october": 10, "november": 11, "december": 12,
}

// shortMonths count only beside a day or a year.
var shortMonths = map[string]int{
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}

var weekdays = map[string]time.Weekday{
	"sunday": time.Sunday, "monday": time.Monday, "tuesday": time.Tuesday, "wednesday": time.Wednesday,
	"thursday": time.Thursday, "friday": time.Friday, "saturday": time.Saturday,
}

// seasons gives the first month of each; winter runs into the next year.
var seasons = map[string]int{"spring": 3, "summer": 6, "autumn": 9, "winter": 12}

var ordinals = map[string]int{"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
