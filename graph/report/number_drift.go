package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"whence/graph"
)

// numberDrift lists figures that changed when they were retold, or that are told
// of two different things.
//
// A claim that takes its content from another is compared with it; one that takes
// it from none, with the first of its family. Figures are paired by value, unit
// and what they measure. Of a pair the retold figure is the same, or a rounding to
// two digits that count or more (no finding), or it is coarse (rounded to one),
// hedge-wrong-side ("over 8 million" of 7.6), bound-lost ("up to 3" becomes "3"),
// denominator-lost, direction-flipped, a unit-switch (people and cases, per cent
// and percentage points), period-switch, population-switch or measure-switch
// (people who get advice and people who find work), or changed, with the ratio.
// The definition knows no measure-switch; it is here because the figure is right
// and what is said to be counted is not. "Over 7.5 million" is a rounding of
// 7,597,000 although 7.5 is none: the words say that it is cut. A more exact value
// than the one it is of is no drift. A loss of "about" is certainty-inflation's.
// Another value of another period, place or unit is another figure, not a drift.
//
// A claim that takes from several has drifted only when it agrees with none of
// them, nor with any that its family has from before it: who copied a wrong figure did not make it wrong. Nor has
// one whose document tells the other value too: it sets it right. The finding is of the
// claim where the figure changed, and shows every hop from there to the first.
//
// Figures of equal value in one document, or on one topic, that nothing joins are
// compared too, but only for what they are said to count: see twins.
//
// Severity: what the figure is of (900 to 1000 direction and unit, 800 to 850
// measure, people and period, 700 "of every 1,000") above its hedges (300 to 600) above coarse (100); a
// changed value has 990 − 590/ratio, so that 1.04 times is 423 and twice 695.
// For twins, 200 less.
func numberDrift(s *graph.Survey, _ Filter) Report {
	figures := map[graph.ID][]figure{} // by claim
	for i := range s.Claims {
		if fs := figuresOf(&s.Claims[i]); len(fs) > 0 {
			figures[s.Claims[i].Claim.ID] = fs
		}
	}
	pairs, undated := retellings(s, func(c *graph.TracedClaim) bool { return len(figures[c.Claim.ID]) > 0 })
	links := figureLinks(figures, pairs)
	passedOn(s, figures, links)
	setRight(s, figures, links)
	r := Report{Undated: undated, Unseen: []string{
		"Figures that are ranges, lengths of time or bare counts of a few are not compared.",
	}}
	for _, id := range sortedKeys(links) {
		if l := links[id]; len(l.drifts) > 0 {
			r.Findings = append(r.Findings, chainFinding(s, links, l))
		}
	}
	more, left := twins(s, figures, links)
	r.Findings = append(r.Findings, more...)
	if left > 0 {
		r.Unseen = append(r.Unseen, fmt.Sprintf("%d figures stand in a document with too many of the same value to compare them all.", left))
	}
	return r
}

// A figureLink says which figure a figure retells.
type figureLink struct {
	pair
	figure, of figure
	drifts     []drift
}

// figureLinks finds, for every figure that retells others, the one that it agrees
// with best: one that it did not drift from, else the one that its claim most
// surely comes from.
func figureLinks(figures map[graph.ID][]figure, pairs []pair) map[graph.ID]figureLink {
	links := map[graph.ID]figureLink{}
	for _, p := range pairs {
		fs, gs := figures[p.later.Claim.ID], figures[p.earlier.Claim.ID]
		for i, j := range align(fs, gs, p.later.Family == p.earlier.Family) {
			if j < 0 {
				continue
			}
			drifts, ok := fs[i].drifts(gs[j])
			if !ok {
				continue
			}
			l, id := figureLink{p, fs[i], gs[j], drifts}, fs[i].Statistic.ID
			had, ok := links[id]
			if !ok || cmp.Or(cmp.Compare(min(1, len(l.drifts)), min(1, len(had.drifts))), compareParents(l.pair, had.pair)) < 0 {
				links[id] = l
			}
		}
	}
	return links
}

// passedOn finds, for figures that drifted from the first of their family by date
// alone, an earlier one that tells the same: they may be from there, and it is that one that drifted.
func passedOn(s *graph.Survey, figures map[graph.ID][]figure, links map[graph.ID]figureLink) {
	for _, id := range sortedKeys(links) {
		l := links[id]
		if l.taken || len(l.drifts) == 0 {
			continue
		}
		for _, r := range l.later.Matches[:min(len(l.later.Matches), maxPassers)] {
			o := s.Claim(otherEnd(r, l.later.Claim.ID))
			if o == nil || byReader(o) || o.Claim.Document == l.later.Claim.Document || !l.later.Claim.StatedOn.After(o.Claim.StatedOn) {
				continue
			}
			gs := figures[o.Claim.ID]
			i := slices.IndexFunc(gs, func(g figure) bool {
				drifts, ok := l.figure.drifts(g)
				return ok && len(drifts) == 0
			})
			if i >= 0 {
				links[id] = figureLink{pair{l.later, o, []*graph.Relation{r}, false}, l.figure, gs[i], nil}
				break
			}
		}
	}
}

// setRight takes the changed values from figures whose document tells the value it is changed from as well:
// it sets one against the other, as a correction does, and passes nothing on.
func setRight(s *graph.Survey, figures map[graph.ID][]figure, links map[graph.ID]figureLink) {
	for _, id := range sortedKeys(links) {
		l := links[id]
		if !slices.ContainsFunc(l.drifts, func(d drift) bool { return d.kind == changed }) {
			continue
		}
		both := slices.ContainsFunc(s.Stated(l.later.Claim.Document), func(told graph.ID) bool {
			return slices.ContainsFunc(figures[told], func(f figure) bool {
				return near(f.value, l.of.value) && (f.head == "" || f.unit == l.of.unit && f.head == l.of.head)
			})
		})
		if both {
			l.drifts = nil
			links[id] = l
		}
	}
}

// maxPassers bounds how many claims of a family are looked at for one that tells the same.
const maxPassers = 64

// maxChain bounds how many hops of a chain are shown.
const maxChain = 20

// chainFinding tells of a link where a figure drifted, with all hops from there on.
func chainFinding(s *graph.Survey, links map[graph.ID]figureLink, l figureLink) Finding {
	worst := l.drifts[0]
	f := Finding{
		Type: worst.kind, Severity: worst.severity, Subject: l.later.Claim.ID, Date: l.later.Claim.StatedOn,
		Hops:   l.hops(s, shown(l.figure), shown(l.of)),
		Values: []Value{{"here", l.figure.words()}, {"from", l.of.words()}},
	}
	if l.figure.close(l.of) == apart {
		f.Values = append(f.Values, Value{"ratio", fmt.Sprintf("%.3f", ratio(l.figure.value, l.of.value))})
	}
	f.Values = append(f.Values, alsoDrifts(l.drifts)...)
	verb := "has it from"
	if !l.taken {
		verb = "says the same later than"
	}
	f.Why = fmt.Sprintf("%s%s tells “%s” and %s %s%s, which tells “%s”: %s.",
		title(l.later.ClaimView.Document), on(l.later.Claim.StatedOn), l.figure.words(), verb,
		title(l.earlier.ClaimView.Document), on(l.earlier.Claim.StatedOn), l.of.words(), worst.why)
	// On to the first that told it.
	first, left := l, l
	for i, next := range chainFrom(links, l.of.Statistic.ID) {
		first = next
		if len(next.drifts) > 0 {
			left = next
		}
		f.Hops = append(f.Hops, next.hops(s, nil, shown(next.of))[1:]...)
		f.Values = append(f.Values, Value{fmt.Sprintf("hop %d", i+2), next.of.words()})
	}
	f.Values = append(f.Values, Value{"first told as", first.of.words()}, Value{"left it at", title(left.later.ClaimView.Document)})
	return f
}

// chainFrom returns the links on from a figure, to the first that told it.
func chainFrom(links map[graph.ID]figureLink, id graph.ID) []figureLink {
	var out []figureLink
	for len(out) < maxChain {
		next, ok := links[id]
		if !ok || slices.ContainsFunc(out, func(had figureLink) bool { return had.figure.Statistic.ID == id }) {
			break
		}
		out = append(out, next)
		id = next.of.Statistic.ID
	}
	return out
}

// firstTold returns the figure that a figure comes from in the end: itself when it retells none.
func firstTold(links map[graph.ID]figureLink, id graph.ID) graph.ID {
	if chain := chainFrom(links, id); len(chain) > 0 {
		return chain[len(chain)-1].of.Statistic.ID
	}
	return id
}

// alsoDrifts lists the drifts beside the worst.
func alsoDrifts(drifts []drift) []Value {
	var out []Value
	for _, d := range drifts[1:] {
		out = append(out, Value{"also " + d.kind, d.why})
	}
	return out
}

// shown returns the words that a figure stands in, without those around it when
// they are long: the figure itself comes first.
func shown(f figure) []graph.Passage {
	return []graph.Passage{f.Statistic.Figure, f.Statistic.Sentence}
}

// Bounds on twins.
const (
	leastTwin  = 100 // smaller figures are equal by chance
	maxTwins   = 24  // of one value in one document
	twinTopic  = 3   // stems that the words around two figures must share
	roundTopic = 5   // and those of round ones
	twinLess   = 200 // severity
)

// twins compares figures of one value which nothing says are one: in one document,
// or in two claims that are held to be of one topic or one family but have no
// order. That a rare figure is told of two things is a drift somewhere; who was
// first is not known, so that only what they count is compared. The finding is
// about the figure that is further from a source: a link is nearer than a name, a
// name nearer than nothing. Figures that links join are not compared here, nor is one
// told of that drifted from, or retells, one that a finding is about already.
//
// Two sums of money or two shares are often equal by chance, and so are small and
// round numbers: the first two are left out, and round ones must agree in more of
// the words around them and in their unit.
func twins(s *graph.Survey, figures map[graph.ID][]figure, links map[graph.ID]figureLink) (findings []Finding, left int) {
	best := map[graph.ID]twin{} // by the figure that it is about
	firsts := map[graph.ID]graph.ID{}
	first := func(id graph.ID) graph.ID {
		if firsts[id] == "" {
			firsts[id] = firstTold(links, id)
		}
		return firsts[id]
	}
	consider := func(a, b figure, by *graph.Relation) {
		if first(a.Statistic.ID) == first(b.Statistic.ID) {
			return
		}
		t, ok := newTwin(s, a, b, by)
		if !ok {
			return
		}
		if had, ok := best[t.about.Statistic.ID]; !ok || t.compare(had) < 0 {
			best[t.about.Statistic.ID] = t
		}
	}
	type key struct {
		document graph.ID
		value    float64
	}
	groups := map[key][]figure{}
	var keys []key
	for i := range s.Claims {
		for _, f := range figures[s.Claims[i].Claim.ID] {
			if !f.isTwin() {
				continue
			}
			k := key{f.Statistic.Document, f.value}
			if len(groups[k]) == maxTwins {
				left++
				continue
			}
			if groups[k] == nil {
				keys = append(keys, k)
			}
			groups[k] = append(groups[k], f)
		}
	}
	for _, k := range keys {
		for i, a := range groups[k] {
			for _, b := range groups[k][i+1:] {
				if a.Statistic.Sentence.Span != b.Statistic.Sentence.Span && a.Statistic.Claim != b.Statistic.Claim {
					consider(a, b, nil)
				}
			}
		}
	}
	for _, r := range s.Relations {
		if r.Kind != graph.Matches || r.Status == graph.StatusRejected {
			continue
		}
		for _, a := range figures[r.From] {
			for _, b := range figures[r.To] {
				if a.isTwin() && b.isTwin() && near(a.value, b.value) {
					consider(a, b, r)
				}
			}
		}
	}
	for _, id := range sortedKeys(best) {
		known := slices.ContainsFunc(chainFrom(links, id), func(l figureLink) bool {
			_, twin := best[l.of.Statistic.ID]
			return twin || len(l.drifts) > 0
		})
		if !known {
			findings = append(findings, best[id].finding(s))
		}
	}
	return findings, left
}

// isTwin reports whether a figure may be compared as a twin at all.
func (f figure) isTwin() bool {
	return f.value >= leastTwin && (f.unit == unitPerson || f.unit == unitEvent)
}

// A twin is a figure with another of the same value that counts something else.
type twin struct {
	about, other figure
	by           *graph.Relation // nil in one document
	drifts       []drift
	rank         int // how near to a source the other is
}

// newTwin compares two figures of equal value; ok is false when they count one
// thing or do not belong together.
func newTwin(s *graph.Survey, a, b figure, by *graph.Relation) (twin, bool) {
	drifts := a.switches(b)
	if len(drifts) == 0 || drifts[0].kind == directionFlipped {
		return twin{}, false
	}
	least := twinTopic
	if isRound(a.value) {
		least = roundTopic
		if !a.measured(b) || drifts[0].kind != measureSwitch {
			return twin{}, false
		}
	}
	ca, cb := s.Claim(a.Statistic.Claim), s.Claim(b.Statistic.Claim)
	agree := common(topic(a, ca), topic(b, cb))
	if st := a.trait().stage; st != stageUnknown && st == b.trait().stage {
		agree += 2 // both served, or both done: one count under two names
	}
	if common(a.trait().population, b.trait().population) >= 2 {
		agree += 2
	}
	if agree < least {
		return twin{}, false
	}
	t := twin{a, b, by, drifts, nearness(s, b, cb)}
	other := nearness(s, a, ca)
	later := cmp.Compare(day(ca), day(cb))
	if byReader(ca) && !byReader(cb) {
		later = 1
	}
	if ca.Claim.Document == cb.Claim.Document {
		later = cmp.Or(later, cmp.Compare(b.Statistic.Figure.Start, a.Statistic.Figure.Start)) // notes stand at the end
	}
	if cmp.Or(cmp.Compare(t.rank, other), later, cmp.Compare(a.Statistic.ID, b.Statistic.ID)) < 0 {
		t.about, t.other, t.rank = b, a, other
		t.drifts = b.switches(a)
		ca, cb = cb, ca
	}
	return t, !byReader(ca) || byReader(cb) // who answers in a comment with what the figure is of has not drifted
}

// compare orders the twins of one figure: the other nearest to a source first, then the worst drift.
func (t twin) compare(u twin) int {
	return cmp.Or(cmp.Compare(u.rank, t.rank), cmp.Compare(u.drifts[0].severity, t.drifts[0].severity), cmp.Compare(t.other.Statistic.ID, u.other.Statistic.ID))
}

// day returns when a claim was stated as a string that orders; the undated first.
func day(c *graph.TracedClaim) string { return string(c.Claim.StatedOn) }

// isRound reports whether only the first digit of a number counts.
func isRound(v float64) bool { return len(strings.TrimRight(number(v), "0")) == 1 }

// topic returns what a figure's claim and sentence are about.
func topic(f figure, c *graph.TracedClaim) []string {
	return stems(f.Statistic.Sentence.Exact + " " + c.Claim.Words())
}

// nearness ranks how near a figure stands to where it comes from. What is told
// inside a claim was said where that claim was.
func nearness(s *graph.Survey, f figure, c *graph.TracedClaim) int {
	switch {
	case c.Fact.End.Kind == graph.EndPrimary:
		return 3
	case f.Source != nil && f.Source.Located(), c.SaidIn != nil && c.SaidIn.Located():
		return 2
	}
	outer := 0
	if w := s.Claim(c.Claim.Within); w != nil && w.Claim.Within != c.Claim.ID {
		outer = nearness(s, f, w)
	}
	if f.Source != nil {
		return max(outer, 1)
	}
	return outer
}

func (t twin) finding(s *graph.Survey) Finding {
	about, other := s.Claim(t.about.Statistic.Claim), s.Claim(t.other.Statistic.Claim)
	f := Finding{
		Type: t.drifts[0].kind, Severity: t.drifts[0].severity - twinLess, Subject: about.Claim.ID, Date: about.Claim.StatedOn,
		Values: slices.Concat([]Value{{"here", t.about.words()}, {"elsewhere", t.other.words()}}, alsoDrifts(t.drifts)),
		Hops: []Hop{
			{Node: about.Claim.ID, Document: about.Claim.Document, Evidence: shown(t.about), Why: "what is said here"},
			{Node: other.Claim.ID, Document: other.Claim.Document, Evidence: shown(t.other), By: t.by, Why: "the same figure of something else"},
		},
	}
	for _, p := range []Value{{"period here", t.about.period()}, {"period elsewhere", t.other.period()}} {
		if p.Value != "" {
			f.Values = append(f.Values, p)
		}
	}
	where := "the same document"
	if about.Claim.Document != other.Claim.Document {
		where = title(other.ClaimView.Document) + on(other.Claim.StatedOn)
	}
	f.Why = fmt.Sprintf("%s%s tells “%s”%s, and %s tells “%s”%s: %s. Nothing says that one is taken from the other.",
		title(about.ClaimView.Document), on(about.Claim.StatedOn), t.about.words(), t.about.telling(), where, t.other.words(), t.other.telling(), t.drifts[0].why)
	return f
}

// telling tells what a figure counts and when, for a sentence.
func (f figure) telling() string {
	out := ""
	if m := clip(f.counts()); m != "" {
		out += " (" + m + ")"
	}
	if p := f.period(); p != "" {
		out += " " + p
	}
	return out
}
