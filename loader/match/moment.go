package match

import (
	"math"
	"strings"
	"time"

	"whence/graph"
	"whence/loader/extract/date"
)

// A stretch is a time that a claim speaks of, in days since 1970, both ends in it.
type stretch struct {
	from, to int32
	relative bool // to the day on which it was stated: "last year"
}

const (
	longAgo  = math.MinInt32
	farAhead = math.MaxInt32
)

// stretchOf returns the days of an interval.
func stretchOf(i graph.Interval, relative bool) (s stretch, ok bool) {
	from, to, cut := strings.Cut(string(i), "/")
	if !cut {
		return s, false
	}
	s = stretch{longAgo, farAhead, relative}
	if from != ".." {
		start := graph.Date(from).Start()
		if start.IsZero() {
			return s, false
		}
		s.from = daysTo(start)
	}
	if to != ".." {
		end := graph.Date(to).End()
		if end.IsZero() {
			return s, false
		}
		s.to = daysTo(end) - 1
	}
	return s, s.from <= s.to
}

func daysTo(t time.Time) int32 { return int32(t.Unix() / (24 * 60 * 60)) }

// agrees reports whether two stretches may be one time: they have half of the shorter one in
// common, and one with an open end is open to that side on both.
func (s stretch) agrees(t stretch) bool {
	if (s.from == longAgo) != (t.from == longAgo) || (s.to == farAhead) != (t.to == farAhead) {
		return s.holds(t) || t.holds(s)
	}
	switch {
	case s.from == longAgo && s.to == farAhead:
		return true
	case s.from == longAgo:
		return s.to == t.to
	case s.to == farAhead:
		return s.from == t.from
	}
	both := min(s.to, t.to) - max(s.from, t.from) + 1
	return 2*both >= min(s.to-s.from, t.to-t.from)+1
}

func (s stretch) holds(t stretch) bool { return s.from <= t.from && t.to <= s.to }

// timesOf returns the times that a claim speaks of, and where: what its words say, else
// the period of its figures. dated tells that its words name a time that hangs on no other.
func (p *preparing) timesOf(c *graph.Claim) (out []stretch, at []graph.Span, dated bool) {
	said := c.SaidOn
	if said == "" {
		said = c.StatedOn
	}
	for _, q := range c.Content {
		if q.Start < 0 || q.End > len(p.Reading.Text) || q.Start > q.End {
			continue
		}
		span := graph.Span{Start: q.Start, End: min(q.End, q.Start+maxBytes)}
		for _, e := range date.Find(p.Reading.Text, span, said) {
			if e.Kind == date.Age || e.Kind == date.Day && e.Relative && anyOne(p.Reading.Text[q.Start:e.Span.Start]) {
				continue
			}
			at = append(at, e.Span)
			dated = dated || !e.Relative
			if s, ok := stretchOf(e.Interval, e.Relative); ok && len(out) < maxFigures {
				out = append(out, s)
			}
		}
	}
	if len(at) > 0 {
		return out, at, dated
	}
	for _, st := range p.stats[c.ID] {
		if s, ok := stretchOf(st.Period, false); ok && len(out) < maxFigures {
			out = append(out, s)
		}
	}
	return out, at, dated
}

// otherTime reports whether each of two claims speaks of a time that the other does not
// speak of.
func otherTime(a, b []stretch) bool {
	lacks := func(xs, ys []stretch) bool {
		for _, x := range xs {
			met := false
			for _, y := range ys {
				met = met || x.agrees(y)
			}
			if !met {
				return true
			}
		}
		return false
	}
	return len(a) > 0 && len(b) > 0 && lacks(a, b) && lacks(b, a)
}

// anyOne reports whether a text ends in a word that makes the day behind it any such day:
// "on a Sunday".
func anyOne(before string) bool {
	words := fold(before)
	return len(words) > 0 && each[words[len(words)-1]]
}
