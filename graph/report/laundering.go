package report

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"whence/graph"
)

// laundering lists documents that pass on what comes from a place of lower
// standing without saying so. Standing is the tier of a claim: 3 the record, 2 press
// and charities, 1 blogs and social media, 0 what readers write in comments. A
// finding needs that
//
//   - every way of the claim begins below it: where one of them begins at its own tier
//     or above, at the primary source, at something that is named but not held, or at a
//     document whose kind is not known, and so has no tier, nothing is said;
//   - none of the ways is declared from hop to hop, by a link, a citation or a name;
//   - no claim on the way names another source, or somebody else as who says so.
//
// What lies between does not count: a paper that has a release by way of a reader's
// comment has the release as its origin. Of several origins the highest counts.
// The sub-type "below-the-line" is for origins in readers' comments.
//
// The type "uncredited" is not about standing: two blogs, or documents of no known
// kind, share a long run of words that are each one's own, and neither names the other.
// (What newspapers share they mostly have from an agency that both pay.) Without dates,
// which of them had the words first is not told, and both may have them from a third.
//
// Severity: 300 for each tier between the claim and its origin, 100 for words
// without credit when it is known who came later, else 50.
func laundering(s *graph.Survey, _ Filter) Report {
	l := newWash(newChains(s))
	var r Report
	unknown := 0
	shared := map[[2]graph.ID]bool{} // documents of which it has been told
	for i := range s.Claims {
		c := &s.Claims[i]
		tier, ok := tierOf(c)
		if !ok {
			unknown++
		}
		origin := l.best[i]
		if ok && origin >= 0 && origin < tier && !l.open[i] {
			r.Findings = append(r.Findings, l.finding(i, tier-origin))
			continue
		}
		if b, ok := l.borrows(i); ok {
			if pair := b.documents(); !shared[pair] {
				shared[pair] = true
				r.Findings = append(r.Findings, b.finding(s))
			}
		}
		if c.Claim.StatedOn == "" && len(s.Family(c.Family)) > 1 {
			r.Undated = append(r.Undated, c.Claim.ID)
		}
	}
	if unknown > 0 {
		r.Unseen = append(r.Unseen, several(unknown, "claim has", "claims have")+" no tier, since the kind of the document is not known: whether something of lower standing is passed on there is not told.")
	}
	r.Unseen = append(r.Unseen, "What was taken from documents that are not held is not seen.")
	return r
}

// A wash knows where the ways of every claim begin.
type wash struct {
	*chains
	best []int  // the highest tier at which a way begins; aboveAll when nothing can be said of it, unreached in a circle
	next []link // the first step on the way there
	has  []bool // whether there is a next step
	open []bool // whether a way is declared from hop to hop

	alike [][]*graph.Relation // by which each claim matches others, one topic or one claim, the best first
}

const (
	unreached = -1
	aboveAll  = 4 // the primary source, what is named but not held, a kind that is not known
)

func newWash(c *chains) *wash {
	n := len(c.links)
	l := &wash{chains: c, best: make([]int, n), next: make([]link, n), has: make([]bool, n), open: make([]bool, n)}
	type edge struct {
		from int
		link
	}
	into := make([][]edge, n)
	roots := make([][]int, aboveAll+1)
	for i, links := range c.links {
		l.best[i] = unreached
		for _, k := range links {
			into[k.to] = append(into[k.to], edge{i, k})
		}
		if tier, ok := l.begins(i); ok {
			roots[tier] = append(roots[tier], i)
		}
	}
	// From the highest beginnings down, so that each claim is reached from its highest, by the shortest way.
	for tier := aboveAll; tier >= 0; tier-- {
		for _, i := range roots[tier] {
			if l.best[i] == unreached {
				l.best[i] = tier
			}
		}
		for todo := roots[tier]; len(todo) > 0; {
			var reached []int
			for _, i := range todo {
				for _, e := range into[i] {
					if l.best[e.from] == unreached {
						l.best[e.from], l.next[e.from], l.has[e.from] = tier, e.link, true
						reached = append(reached, e.from)
					}
				}
			}
			todo = reached
		}
	}
	var todo []int
	for _, is := range roots {
		todo = append(todo, is...)
	}
	declared := make([]bool, n)
	for _, i := range todo {
		declared[i] = true
	}
	for len(todo) > 0 {
		i := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for _, e := range into[i] {
			if !declared[e.from] && l.credits(e.from, e.link) {
				declared[e.from], l.open[e.from] = true, true
				todo = append(todo, e.from)
			}
		}
	}
	l.match()
	return l
}

// match notes which claims match.
func (l *wash) match() {
	l.alike = make([][]*graph.Relation, len(l.links))
	for _, r := range l.s.Relations {
		if r.Kind != graph.Matches || r.Status == graph.StatusRejected {
			continue
		}
		from, ok := l.index[r.From]
		to, both := l.index[r.To]
		if ok && both {
			l.alike[from], l.alike[to] = append(l.alike[from], r), append(l.alike[to], r)
		}
	}
	for _, rs := range l.alike {
		slices.SortStableFunc(rs, func(a, b *graph.Relation) int { return cmp.Compare(b.Score, a.Score) })
	}
}

// begins reports whether a way begins at a claim, and at which tier.
func (l *wash) begins(i int) (tier int, ok bool) {
	c := &l.s.Claims[i]
	if c.Fact.End.Kind == graph.EndPrimary && c.Fact.Depth == 0 || l.namesOther(i) {
		return aboveAll, true
	}
	if len(l.links[i]) > 0 {
		return 0, false
	}
	if tier, ok = tierOf(c); !ok {
		tier = aboveAll
	}
	return tier, true
}

// namesOther reports whether a claim names somebody else as who says so, or a source
// that none of its links lead to: it may have it from there.
func (l *wash) namesOther(i int) bool {
	c := &l.s.Claims[i]
	return c.Claim.Mode != graph.ModeVoice && (c.Speaker != nil || len(c.Claim.Source) > 0) && !ownChannel(l.s, c) || l.namesSource(i)
}

// namesSource reports whether a claim names a source that none of its links lead to.
func (l *wash) namesSource(i int) bool {
	c := &l.s.Claims[i]
	led := map[graph.ID]bool{}
	for _, k := range l.links[i] {
		led[l.s.Claims[k.to].Claim.Document] = true
	}
	for _, src := range sourcesOf(l.s, c) {
		if d := l.s.Held[src.ID]; d != c.Claim.Document && (d == "" || !led[d]) {
			return true
		}
	}
	return false
}

// ownChannel reports whether who speaks in a claim published or wrote its document.
func ownChannel(s *graph.Survey, c *graph.TracedClaim) bool {
	who := s.Who[c.Claim.Document]
	return !byReader(c) && c.Speaker != nil && who != nil && c.Speaker.ID == who.ID
}

// credits reports whether a document says, of a claim, that it has it from where a
// link leads: by the link itself, by naming the document anywhere, or by naming its
// author as who says so.
func (l *wash) credits(i int, k link) bool {
	c, to := &l.s.Claims[i], &l.s.Claims[k.to]
	if k.declared() || c.Claim.Document == to.Claim.Document {
		return true
	}
	author := l.s.Who[to.Claim.Document]
	if byReader(to) {
		author = to.Speaker
	}
	same := func(a *graph.Agent) bool { return a != nil && author != nil && a.ID == author.ID }
	if c.Claim.Mode != graph.ModeVoice && same(c.Speaker) || !byReader(c) && same(l.s.Who[c.Claim.Document]) {
		return true
	}
	for _, src := range l.s.Cited[c.Claim.Document] {
		if l.s.Held[src.ID] == to.Claim.Document || !byReader(to) && same(l.s.Who[src.ID]) {
			return true
		}
	}
	return false
}

func (l *wash) finding(i, tiers int) Finding {
	c := &l.s.Claims[i]
	hops := []Hop{claimHop(c, nil, "passes it on")}
	at, silent := i, -1
	for l.has[at] {
		k := l.next[at]
		if silent < 0 && !l.credits(at, k) {
			silent = at
		}
		hops = append(hops, l.linkHop(k))
		at = k.to
	}
	origin := &l.s.Claims[at]
	hops[len(hops)-1].Why += ": the origin"
	x := Finding{
		Type: "laundering", Severity: Severity(300 * tiers), Subject: c.Claim.ID, Date: c.Claim.StatedOn, Hops: hops,
		Values: []Value{{"tiers", strconv.Itoa(tiers)}, {"hops", strconv.Itoa(len(hops) - 1)}},
	}
	from := fmt.Sprintf("%s (%s)", title(origin.Document), standing(origin))
	if byReader(origin) {
		x.Type = "below-the-line"
		from = "a reader's comment on " + title(origin.Document)
	}
	x.Why = fmt.Sprintf("%s (%s) passes on what comes from %s", title(c.Document), standing(c), from)
	if silent == i || silent < 0 {
		x.Why += ", and does not say so."
	} else {
		x.Why += fmt.Sprintf("; %s, on the way, does not say so.", title(l.s.Claims[silent].Document))
	}
	return x
}

// standing names the kind of the document of a claim.
func standing(c *graph.TracedClaim) string {
	switch {
	case byReader(c):
		return "reader's comment"
	case c.Document == nil || c.Document.Kind == "":
		return "document"
	}
	return kindName(c.Document.Kind)
}
