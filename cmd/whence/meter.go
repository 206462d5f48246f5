package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"whence/loader"
)

// A meter shows on a terminal how far a load is, or what is done, in one line that is written over.
type meter struct {
	w     io.Writer
	now   func() time.Time
	began time.Time
	shown time.Time
	width int // of what is shown, in characters
	// seen is what was done at some moments of the last while, oldest first: the rate is taken over it, so
	// that what was skipped an hour ago does not count.
	seen []mark
}

type mark struct {
	at        time.Time
	documents int
	read      int64
}

const (
	meterEvery = 200 * time.Millisecond
	meterOver  = 20 * time.Second
)

func newMeter(w io.Writer, now func() time.Time) *meter {
	return &meter{w: w, now: now, began: now(), seen: []mark{{at: now()}}}
}

// show shows where a load is, at most every meterEvery.
func (m *meter) show(p loader.Progress) {
	now := m.now()
	if now.Sub(m.shown) < meterEvery {
		return
	}
	m.shown = now
	m.seen = append(m.seen, mark{now, p.Documents, p.Read})
	for len(m.seen) > 2 && now.Sub(m.seen[0].at) > meterOver {
		m.seen = m.seen[1:]
	}
	m.write(m.line(p))
}

// line tells documents, share, rate and remaining time.
func (m *meter) line(p loader.Progress) string {
	var b strings.Builder
	fmt.Fprintf(&b, "loading: %s", plural(p.Documents, "document"))
	if p.Known > 0 {
		fmt.Fprintf(&b, ", %d of them held already", p.Known)
	}
	if p.Retracted > 0 {
		fmt.Fprintf(&b, ", %d left out as retracted", p.Retracted)
	}
	if p.Failed > 0 {
		fmt.Fprintf(&b, ", %d failed", p.Failed)
	}
	first, last := m.seen[0], m.seen[len(m.seen)-1]
	took := last.at.Sub(first.at).Seconds()
	if p.Total > 0 {
		fmt.Fprintf(&b, " · %d%%", min(100, 100*p.Read/p.Total))
	}
	if took > 0 {
		fmt.Fprintf(&b, " · %.0f/s", float64(last.documents-first.documents)/took)
	}
	if read := last.read - first.read; p.Total > p.Read && took > 0 && read > 0 {
		left := time.Duration(float64(p.Total-p.Read) / float64(read) * took * float64(time.Second))
		fmt.Fprintf(&b, " · %s left", left.Round(time.Second))
	}
	return b.String()
}

// write puts a line in the place of the last.
func (m *meter) write(s string) {
	width := len([]rune(s))
	_, _ = fmt.Fprintf(m.w, "\r%s%s", s, strings.Repeat(" ", max(0, m.width-width)))
	m.width = width
}

// clear takes the line away.
func (m *meter) clear() {
	if m.width > 0 {
		_, _ = fmt.Fprintf(m.w, "\r%s\r", strings.Repeat(" ", m.width))
	}
	m.width = 0
}
