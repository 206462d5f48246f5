package figure

import (
	"whence/graph"
)

// carried is what a sentence can take over from those before it.
type carried struct {
	period         graph.Interval
	credit, cue    graph.Span
	credited       string
	period0, cred0 int // the sentences they come from
}

// reach is how many sentences back a period or credit is taken over.
const reach = 3

// anaphora are phrases that take over the period of a figure before: "in that same
// period".
var anaphora = [][]string{
	{"same", "period"}, {"same", "year"}, {"same", "time"}, {"same", "timeframe"}, {"same", "month"}, {"same", "months"}, {"same", "years"}, {"same", "quarter"}, {"that", "period"}, {"this", "period"}, {"that", "time"},
}

// inherit fills in what the sentence takes over: a period and its credit by "in
// that same period" (same), a credit by "it also found" and by "the figures also show".
func (s *sentence) inherit(f *Figure, last carried, n int, same bool) {
	if f.Inherited {
		f.Inherited = false
		if last.credit == (graph.Span{}) || n-last.cred0 > reach {
			f.CreditCue = graph.Span{}
		} else {
			f.Credit, f.Credited, f.Inherited = last.credit, last.credited, true
		}
	}
	if f.Period == "" && n-last.period0 <= reach && same {
		f.Period, f.Inherited = last.period, f.Inherited || last.period != ""
		if f.Credit == (graph.Span{}) && n-last.cred0 <= reach && last.period0 == last.cred0 {
			f.Credit, f.Credited, f.CreditCue = last.credit, last.credited, last.cue
		}
	}
	// "The figures also show": which figures is said by the sentence before.
	if f.Credit != (graph.Span{}) && f.Credited == "" && last.credited != "" && n-last.cred0 <= reach && n > last.cred0 && s.pointsBack(f.Credit) {
		f.Credit, f.Credited, f.Inherited = last.credit, last.credited, true
	}
}

// pointsBack reports whether the words of a credit begin with "the", "these" or
// "its" and name a source that was spoken of before.
func (s *sentence) pointsBack(c graph.Span) bool {
	i := s.indexOf(c.Start)
	w, next := s.at(i), s.at(i+1)
	return i >= 0 && (w.Is("the", "these", "its", "this", "their") && evidence[next.Lower] || w.Is("the") && next.Is("same", "charity", "report"))
}

func (s *sentence) says(phrases [][]string) bool {
	for i := range s.w {
		for _, p := range phrases {
			if s.w[i].Lower == p[0] && s.matches(i, p) {
				return true
			}
		}
	}
	return false
}

// keep remembers the latest period and credit of a sentence's figures.
func (c *carried) keep(found []Figure, n int) {
	for _, f := range found {
		if f.Period != "" {
			c.period, c.period0 = f.Period, n
		}
		if f.Credit != (graph.Span{}) {
			c.credit, c.credited, c.cue, c.cred0 = f.Credit, f.Credited, f.CreditCue, n
		}
	}
}
