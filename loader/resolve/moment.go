package resolve

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"whence/graph"
	"whence/loader/extract/date"
)

// A moment is when something was said, as far as it is known.
type moment struct {
	day  graph.Date // of any precision; "" if not known
	told bool       // the sentence tells of a time of its own, be it vague
}

// momentOf returns the time by which an office holder is looked up: the one that the
// claim's own sentence gives, else that of the text.
func (x *resolver) momentOf(c *graph.Claim) moment {
	if c.SaidOn != "" {
		return moment{day: c.SaidOn, told: true}
	}
	stated := cmp.Or(c.StatedOn, x.r.Document.Published)
	if m, ok := x.opening(c, stated); ok {
		return m
	}
	if m, ok := x.beside(c, stated); ok {
		return m
	}
	return moment{day: stated}
}

// opening reads the time with which the sentence opens, right before its speaker: "In
// 2019 the Prime Minister said", "Two years ago, the Chancellor".
func (x *resolver) opening(c *graph.Claim, stated graph.Date) (moment, bool) {
	at := c.Source[0].Start
	lead := graph.Span{Start: sentenceStart(x.text, at), End: at}
	for _, p := range c.Content {
		if p.Start < at {
			lead.Start = max(lead.Start, min(p.End, at))
		}
	}
	ws := words(lead.Of(x.text))
	if len(ws) == 0 || len(ws) > 8 {
		return moment{}, false
	}
	for _, e := range date.Find(x.text, lead, stated) {
		before, after := words(x.text[lead.Start:e.Span.Start]), words(x.text[e.Span.End:lead.End])
		if len(after) > 1 || len(after) == 1 && !isDeterminer(after[0]) || slices.ContainsFunc(before, subordinates) {
			continue
		}
		return momentAt(e, stated), true
	}
	return moment{told: true}, isLongAgo(ws)
}

// beside reads the time that stands right after the cue and the speaker: "said in 2015 that".
func (x *resolver) beside(c *graph.Claim, stated graph.Date) (moment, bool) {
	from := c.Source[0].End
	if n := len(c.Cue); n > 0 {
		from = max(from, c.Cue[n-1].End)
	}
	rest := x.text[from:min(len(x.text), from+maxBeside)]
	for _, p := range c.Content {
		if p.Start >= from {
			rest = x.text[from:min(p.Start, from+len(rest))]
			break
		}
	}
	if i := strings.IndexAny(rest, ",.;:\n"); i >= 0 {
		rest = rest[:i]
	}
	s := graph.Span{Start: from, End: from + len(rest)}
	for _, e := range date.Find(x.text, s, stated) {
		lead := words(x.text[s.Start:e.Span.Start])
		if len(lead) > 0 && lead[len(lead)-1] != "in" && lead[len(lead)-1] != "on" && lead[len(lead)-1] != "back" || slices.ContainsFunc(lead, subordinates) {
			continue
		}
		return momentAt(e, stated), true
	}
	return moment{told: true}, isLongAgo(words(rest))
}

// maxBeside is how far behind the cue its date may stand, in bytes.
const maxBeside = 60

// momentAt returns the moment that an expression means. One that tells of the time of the
// text itself, or of a day or month close to it, tells nothing new.
func momentAt(e date.Expr, stated graph.Date) moment {
	switch {
	case e.Date != "":
		if e.Date.Start().Before(stated.End()) && stated.Start().Before(e.Date.End()) {
			return moment{day: stated}
		}
		return moment{day: e.Date, told: true}
	case e.Interval == "":
		if e.Kind == date.Age {
			return moment{told: true}
		}
		return moment{day: stated} // "in May", of no known year
	}
	from, to, _ := strings.Cut(string(e.Interval), "/")
	if end := graph.Date(to).End(); e.Relative && len(from) == 10 && len(to) == 10 && end.Sub(graph.Date(from).Start()) < 32*24*time.Hour {
		return moment{day: graph.Date(from[:7]), told: true} // "last week"
	}
	if from == to || len(from) >= 7 && len(to) >= 7 && from[:7] == to[:7] {
		return moment{day: graph.Date(from[:min(len(from), 7)]), told: true}
	}
	if len(from) >= 4 && len(to) >= 4 && from[:4] == to[:4] {
		return moment{day: graph.Date(from[:4]), told: true}
	}
	if e.Relative {
		return moment{day: stated}
	}
	return moment{told: true}
}

// isLongAgo reports whether words tell of a past that they do not date: "some years ago".
func isLongAgo(ws []string) bool {
	i := slices.Index(ws, "ago")
	if i < 1 {
		return false
	}
	switch strings.TrimSuffix(ws[i-1], "s") {
	case "year", "month", "decade", "generation", "long":
		return true
	}
	return false
}

// subordinates reports whether a word makes what follows it the time of something else
// than of the words that were said.
func subordinates(w string) bool {
	switch w {
	case "after", "since", "before", "when", "although", "while", "because", "despite", "until", "that", "if", "as", "from", "by", "for", "about":
		return true
	}
	return false
}
