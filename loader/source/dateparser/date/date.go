// Package date has the result of a parser.
package date

import "time"

// A Date is what a parser found.
type Date struct {
	Time time.Time
}
