package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"whence/graph"
)

// contradiction lists claims that cannot hold together.
//
// Two figures contradict each other when they are of one unit and rate, measure
// the same of the same people and place, in periods that are known and overlap,
// and no value is a rounding of both: each stands for all values that are rounded
// to it, and "over" and "up to" for all on their side. Figures that give no period
// are compared only when one speaker gives them within a month. Two claims
// contradict each other also when a matcher holds them to be of one content, and one of
// them denies it: when three fifths of the words of the shorter are the other's too, and
// one of them is reported speech or stands in a record.
//
// Of one speaker it is own-record, of two disagreement. Nothing else: another
// period, place or people is another figure. Two reports of one
// utterance that differ are a drift, not a contradiction: claims of one family,
// taken from one another, said on one day or in one place, or whose ways end at one record are not compared. Nor are figures of one
// document, which may be there to be set against each other. Of several repeats of two
// statements only the first two are told. A clarification between the two is shown with
// its date; when the speaker corrected himself, to say otherwise after it is right, and weighs less.
//
// Severity: own-record 900 when both stand on the speaker's own channel or record, 700 as others report
// it, less 200 without periods, 300 after the speaker's own correction; disagreement 400.
func contradiction(s *graph.Survey, _ Filter) Report {
	m := &contradictions{s: s, found: map[[3]string]conflict{}}
	left := m.figures()
	m.denials()
	r := Report{Unseen: []string{
		"Figures without a period are compared only when one speaker gives them within a month.",
	}}
	if left > 0 {
		r.Unseen = append(r.Unseen, fmt.Sprintf("%d figures have too many like them to compare them all.", left))
	}
	for _, key := range m.keys {
		r.Findings = append(r.Findings, m.found[key].finding())
	}
	return r
}

// The types of contradiction.
const (
	ownRecord    = "own-record"
	disagreement = "disagreement"
)

// A conflict is two claims that cannot both hold: as far as dates tell, the later one is later.
type conflict struct {
	earlier, later *graph.TracedClaim
	words          [2][]graph.Passage // of each
	values         []Value
	why            string
	by             *graph.Relation // what joins the two; nil when only their figures do
	unperiodic     bool
}

type contradictions struct {
	s     *graph.Survey
	found map[[3]string]conflict // by type and families
	keys  [][3]string
}

// A measured is a figure with whose claim it is and which values it can be told of.
type measured struct {
	figure
	claim     *graph.TracedClaim
	low, high float64
}

// maxMeasured bounds how many figures that share a word of what they measure are compared.
const maxMeasured = 32

// figures compares figures of one speaker that measure alike, and of any two who
// measure the very same.
func (m *contradictions) figures() (left int) {
	byClaim := map[graph.ID][]measured{}
	often := map[string]int{} // stems of what is measured
	for i := range m.s.Claims {
		c := &m.s.Claims[i]
		if c.Speaker == nil || c.Speaker.Type == graph.Anonymous || byReader(c) {
			continue
		}
		for _, f := range figuresOf(c) {
			x := measured{figure: f, claim: c}
			x.low, x.high = f.bounds()
			byClaim[c.Claim.ID] = append(byClaim[c.Claim.ID], x)
			for _, w := range f.trait().measure {
				often[w]++
			}
		}
	}
	groups := map[string][]measured{}
	add := func(key string, x measured) {
		if len(groups[key]) == maxMeasured {
			left++
			return
		}
		groups[key] = append(groups[key], x)
	}
	for _, id := range sortedKeys(byClaim) {
		for _, x := range byClaim[id] {
			t := x.trait()
			unit := fmt.Sprintf("%d|%s|%s|", x.unit, x.head, x.rate)
			for _, w := range telltale(t.measure, often) {
				add(string(x.claim.Speaker.ID)+"|"+unit+w, x)
			}
			if len(t.measure)+len(t.population) >= 3 && x.Statistic.Period != "" {
				add(unit+strings.Join(t.measure, " ")+"|"+strings.Join(t.population, " "), x)
			}
		}
	}
	for _, key := range sortedKeys(groups) {
		g := groups[key]
		for i, x := range g {
			for _, y := range g[i+1:] {
				m.compare(x, y, nil)
			}
		}
	}
	for _, r := range m.s.Relations {
		if r.Kind != graph.Matches || r.Status == graph.StatusRejected {
			continue
		}
		for _, x := range byClaim[r.From] {
			for _, y := range byClaim[r.To] {
				m.compare(x, y, r)
			}
		}
	}
	return left
}

// telltale returns the rarest of the stems: so many that of two lists that have
// three fifths of the longer in common one of them is in both.
func telltale(stems []string, often map[string]int) []string {
	out := slices.Clone(stems)
	slices.SortStableFunc(out, func(a, b string) int { return cmp.Compare(often[a], often[b]) })
	return out[:min(len(out), len(out)-(3*len(out)+4)/5+1)]
}

// month is how far apart figures without periods may be given.
const month = 31 * 24 * time.Hour

// compare notes a conflict of two figures.
func (m *contradictions) compare(x, y measured, by *graph.Relation) {
	if apart := x.high < y.low || y.high < x.low; !apart || !comparable(x.claim, y.claim) || !x.measured(y.figure) || x.rate != y.rate || x.every != y.every ||
		!x.alike(y, by != nil) {
		return
	}
	own := sameSpeaker(x.claim, y.claim)
	unperiodic := x.Statistic.Period == "" && y.Statistic.Period == ""
	switch {
	case unperiodic:
		a, b := said(x.claim).Start(), said(y.claim).Start()
		if !own || a.IsZero() || b.IsZero() || a.Sub(b).Abs() > month {
			return
		}
	case !x.sameWhen(y.figure):
		return
	}
	if y.before(x) {
		x, y = y, x
	}
	m.note(conflict{
		earlier: x.claim, later: y.claim, words: [2][]graph.Passage{shown(x.figure), shown(y.figure)}, by: by, unperiodic: unperiodic,
		values: []Value{{"here", y.words()}, {"there", x.words()}},
		why:    fmt.Sprintf("“%s”%s and “%s”%s", x.words(), x.telling(), y.words(), y.telling()),
	})
}

// before orders two figures by when they were said.
func (x measured) before(y measured) bool { return sooner(x.claim, y.claim) }

// sooner puts, where no date tells, the one nearer to the record first.
func sooner(a, b *graph.TracedClaim) bool {
	da, db := said(a), said(b)
	switch {
	case da.After(db):
		return false
	case db.After(da):
		return true
	}
	ta, _ := tierOf(a)
	tb, _ := tierOf(b)
	return cmp.Or(cmp.Compare(tb, ta), cmp.Compare(a.Claim.ID, b.Claim.ID)) < 0
}

// said returns the day of an utterance, else that of the document.
func said(c *graph.TracedClaim) graph.Date {
	if c.Claim.SaidOn != "" {
		return c.Claim.SaidOn
	}
	return c.Claim.StatedOn
}

// alike reports whether two figures certainly measure the same of the same people
// and place. Those of claims that a matcher joins may tell it in fewer words in common.
func (x measured) alike(y measured, joined bool) bool {
	a, b := x.trait(), y.trait()
	n, people := common(a.measure, b.measure), common(a.population, b.population)
	switch {
	case joined && (n == 0 || 2*n < min(len(a.measure), len(b.measure))), !joined && (n+people < 3 || 5*n < 3*max(len(a.measure), len(b.measure))):
		return false
	case !slices.Equal(a.places, b.places), x.others(y.figure), a.direction != b.direction:
		return false
	case a.stage != stageUnknown && b.stage != stageUnknown && a.stage != b.stage:
		return false
	}
	plain := func(people []string) bool { return len(people) == 0 || slices.Equal(people, []string{"person"}) }
	return plain(a.population) == plain(b.population) && (plain(a.population) || 2*people >= max(len(a.population), len(b.population)))
}

// comparable reports whether two claims are two statements, not two reports of one.
func comparable(a, b *graph.TracedClaim) bool {
	if a.Claim.Document == b.Claim.Document || a.Family == b.Family || byReader(a) || byReader(b) || a.Speaker == nil || b.Speaker == nil ||
		a.Speaker.Type == graph.Anonymous || b.Speaker.Type == graph.Anonymous {
		return false
	}
	if a.Claim.SaidOn != "" && a.Claim.SaidOn == b.Claim.SaidOn || a.Claim.SaidIn != "" && a.Claim.SaidIn == b.Claim.SaidIn {
		return false
	}
	takes := func(x, y *graph.TracedClaim) bool {
		return slices.ContainsFunc(x.Takes, func(t graph.Take) bool { return t.To == y.Claim.ID })
	}
	return !takes(a, b) && !takes(b, a) && !nested(a, b) && !ofOneUtterance(a, b)
}

// ofOneUtterance reports whether two claims tell what was said in one place: that
// of which one of them is not true was told wrongly, and its speaker said only one.
func ofOneUtterance(a, b *graph.TracedClaim) bool {
	x, y := a.Said.End, b.Said.End
	return x.Kind == graph.EndPrimary && y.Kind == graph.EndPrimary && x.Node != "" && x.Node == y.Node
}

// bounds returns the least and the largest value that a figure may be told of.
func (f figure) bounds() (low, high float64) {
	slack := 0.0
	if f.value != 0 {
		digits := len(strings.Trim(strings.Replace(strings.TrimLeft(number(math.Abs(f.value)), "0."), ".", "", 1), "0"))
		slack = math.Pow(10, math.Floor(math.Log10(math.Abs(f.value)))-float64(max(digits, 1))+1) / 2
	}
	if f.side == sideAbout {
		slack = max(2*slack, math.Abs(f.value)/10)
	}
	switch f.side {
	case sideOver, sideAtLeast:
		return f.value - slack, math.Inf(1)
	case sideUpTo:
		return math.Inf(-1), f.value + slack
	case sideUnder:
		if nearlyWords.MatchString(f.Statistic.Figure.Exact) {
			return f.value - max(2*slack, math.Abs(f.value)/10), f.value
		}
		return math.Inf(-1), f.value + slack
	}
	return f.value - slack, f.value + slack
}

// Reasons of a matcher by which one of two claims denies what the other says.
var denials = []string{"one speaker is for it and one against", "one of them denies it"}

// denials notes claims of one content of which one denies it.
func (m *contradictions) denials() {
	for _, r := range m.s.Relations {
		if r.Kind != graph.Matches || r.Status == graph.StatusRejected || r.Status != graph.StatusConfirmed && r.Score < leastDenied {
			continue
		}
		a, b := m.s.Claim(r.From), m.s.Claim(r.To)
		if a == nil || b == nil || !comparable(a, b) {
			continue
		}
		denied := slices.ContainsFunc(r.Reasons, func(why string) bool { return slices.Contains(denials, why) })
		if !denied && (a.Claim.Polarity == b.Claim.Polarity || a.Claim.Polarity == "" || b.Claim.Polarity == "") {
			continue
		}
		if !ofOneThing(a, b) || m.passesOn(a) || m.passesOn(b) {
			continue
		}
		if sooner(b, a) {
			a, b = b, a
		}
		m.note(conflict{
			earlier: a, later: b, words: [2][]graph.Passage{a.Claim.Content, b.Claim.Content}, by: r,
			values: []Value{{"here", clip(b.Claim.Words())}, {"there", clip(a.Claim.Words())}},
			why:    fmt.Sprintf("“%s” and “%s”, of which one denies the other", clip(a.Claim.Words()), clip(b.Claim.Words())),
		})
	}
}

// passesOn reports whether what somebody says is that somebody else says so: the denial is that other's.
func (m *contradictions) passesOn(c *graph.TracedClaim) bool {
	return slices.ContainsFunc(m.s.Stated(c.Claim.Document), func(id graph.ID) bool {
		o := m.s.Claim(id)
		if o == nil || o == c || o.Speaker == nil || c.Speaker == nil || o.Speaker.ID == c.Speaker.ID {
			return false
		}
		x, y := c.Claim.Content, o.Claim.Content
		return len(x) > 0 && len(y) > 0 && x[0].Start < y[0].Start && y[len(y)-1].End <= x[len(x)-1].End
	})
}

// ofOneThing reports whether two claims share enough words for a denial to be of
// what the other says, and are not both what a writer tells in passing: one of them
// is what somebody is reported to have said, or stands in a record.
func ofOneThing(a, b *graph.TracedClaim) bool {
	if told := a.Claim.Mode == graph.ModeVoice && b.Claim.Mode == graph.ModeVoice; told {
		ta, _ := tierOf(a)
		tb, _ := tierOf(b)
		if max(ta, tb) < recordTier {
			return false
		}
	}
	// Who tells the beginning of what another tells has denied nothing.
	ta, tb := tokensOf(a.Claim.Words()), tokensOf(b.Claim.Words())
	if len(ta) > len(tb) {
		ta, tb = tb, ta
	}
	if begun := alignWords(ta, tb); begun.errors() == 0 && begun.from == 0 && a.Claim.Polarity == b.Claim.Polarity {
		return false
	}
	x, y := stems(a.Claim.Words()), stems(b.Claim.Words())
	n := common(x, y)
	return n >= leastDeniedWords && 5*n >= 3*min(len(x), len(y))
}

// recordTier is the tier of documents that are themselves the record.
const recordTier = 3

// leastDeniedWords is how many stems a claim and its denial share at least.
const leastDeniedWords = 4

// leastDenied is the score from which a matcher's word that two claims have one
// content, but for the denial, is taken.
const leastDenied graph.Confidence = 590

// note keeps the first conflict of two families, or of two claims that stand alone.
func (m *contradictions) note(c conflict) {
	typ := disagreement
	if sameSpeaker(c.earlier, c.later) {
		typ = ownRecord
	}
	key := [3]string{typ, string(c.earlier.Family), string(c.later.Family)}
	if typ == disagreement && key[1] > key[2] {
		key[1], key[2] = key[2], key[1]
	}
	had, ok := m.found[key]
	switch {
	case !ok:
		m.keys = append(m.keys, key)
	case !sooner(c.later, had.later) && (c.later != had.later || !sooner(c.earlier, had.earlier)):
		return
	}
	m.found[key] = c
}

func (c conflict) finding() Finding {
	f := Finding{
		Type: disagreement, Severity: 400, Subject: c.later.Claim.ID, Date: c.later.Claim.StatedOn, Values: c.values,
		Hops: []Hop{
			{Node: c.later.Claim.ID, Document: c.later.Claim.Document, Evidence: c.words[1], Why: "what is said here"},
			{Node: c.earlier.Claim.ID, Document: c.earlier.Claim.Document, Evidence: c.words[0], By: c.by, Why: "what it cannot hold with"},
		},
	}
	who := fmt.Sprintf("%s (%s%s) and %s (%s%s)", speaker(c.earlier), title(c.earlier.ClaimView.Document), on(said(c.earlier)),
		speaker(c.later), title(c.later.ClaimView.Document), on(said(c.later)))
	if sameSpeaker(c.earlier, c.later) {
		f.Type, f.Severity = ownRecord, 700
		if c.earlier.Said.End.Kind == graph.EndPrimary && c.later.Said.End.Kind == graph.EndPrimary {
			f.Severity = 900
		}
		who = fmt.Sprintf("%s (%s%s and %s%s)", speaker(c.earlier), title(c.earlier.ClaimView.Document), on(said(c.earlier)),
			title(c.later.ClaimView.Document), on(said(c.later)))
	}
	if c.unperiodic {
		f.Severity -= 200
	}
	note := ""
	if q, day, ok := between(c); ok {
		f.Values = append(f.Values, Value{"clarified on", string(day)})
		hop := Hop{Node: q.Relation.To, Evidence: q.Relation.Evidence, By: q.Relation, Why: string(q.Relation.Kind)}
		if q.Document != nil {
			hop.Document = q.Document.ID
		}
		f.Hops = append(f.Hops, hop)
		note = fmt.Sprintf(" In between, on %s, it was clarified.", day)
		if corrects(q) && q.Speaker != nil && f.Type == ownRecord && q.Speaker.ID == c.later.Speaker.ID {
			f.Severity = min(f.Severity, 300)
			note = fmt.Sprintf(" In between, on %s, the speaker corrected it.", day)
		}
	}
	f.Why = fmt.Sprintf("%s: %s.%s", who, c.why, note)
	return f
}

// between returns the last clarification of the earlier claim from before the later one.
func between(c conflict) (q graph.Qualifier, day graph.Date, ok bool) {
	for _, x := range c.earlier.Qualifiers {
		d := x.Relation.StatedOn
		if d == "" && x.Document != nil {
			d = x.Document.Published
		}
		if d.After(said(c.earlier)) && said(c.later).After(d) && (!ok || d.After(day)) {
			q, day, ok = x, d, true
		}
	}
	return q, day, ok
}

// corrects reports whether a clarification puts another content in the place of the claim's.
func corrects(q graph.Qualifier) bool {
	return q.Relation.Kind == graph.CorrectedBy || q.Relation.Kind == graph.UpdatedBy
}
