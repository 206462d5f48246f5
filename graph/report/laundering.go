package report

import (
	"fmt"
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
	for i := range s.Claims {
		c := &s.Claims[i]
		tier, ok := tierOf(c)
		if !ok {
			unknown++
		}
		origin := l.best[i]
		if ok && origin >= 0 && origin < tier && !l.open[i] {
			r.Findings = append(r.Findings, l.finding(i, tier-origin))
		} else if x, ok := l.uncredited(i); ok {
			r.Findings = append(r.Findings, x)
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
	return l
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

// namesOther reports whether a claim names a source that none of its links lead to,
// or somebody else as who says so: it may have it from there.
func (l *wash) namesOther(i int) bool {
	c := &l.s.Claims[i]
	if c.Claim.Mode != graph.ModeVoice && (c.Speaker != nil || len(c.Claim.Source) > 0) && !ownChannel(l.s, c) {
		return true
	}
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
	from := "a " + standing(origin)
	if byReader(origin) {
		x.Type = "below-the-line"
		from = "a reader's comment on " + title(origin.Document)
	} else {
		from += ", " + title(origin.Document)
	}
	x.Why = fmt.Sprintf("%s, a %s, passes on what comes from %s", title(c.Document), standing(c), from)
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

// sharedWords is how many words in a row two documents have in common that are no chance.
const sharedWords = 12

// uncredited finds a document with which a claim's document shares words that are
// each one's own, without either naming the other: the one that it is inferred to
// have them from, else, when the two have no order in time, a claim that matches.
// Of two without order, the larger ID is the subject, so that the pair is told once.
func (l *wash) uncredited(i int) (Finding, bool) {
	c := &l.s.Claims[i]
	if byReader(c) || l.namesOther(i) {
		return Finding{}, false
	}
	try := func(to *graph.TracedClaim, by *graph.Relation, later bool) (Finding, bool) {
		j := l.index[to.Claim.ID]
		if byReader(to) || to.Claim.Document == c.Claim.Document || l.credits(i, link{to: j, by: by}) || !later && (l.credits(j, link{to: i, by: by}) || l.namesOther(j)) ||
			to.Fact.End.Kind == graph.EndPrimary && to.Fact.Depth == 0 {
			return Finding{}, false
		}
		tier, known := tierOf(c)
		other, otherKnown := tierOf(to)
		if known != otherKnown || tier != other || tier > 1 {
			return Finding{}, false
		}
		run := sharedRun(ownWords(c.Claim), ownWords(to.Claim))
		if len(run) < sharedWords {
			return Finding{}, false
		}
		x := Finding{
			Type: "uncredited", Severity: 50, Subject: c.Claim.ID, Date: c.Claim.StatedOn,
			Hops:   []Hop{claimHop(c, nil, "has the words"), claimHop(to, by, "has the same words")},
			Values: []Value{{"words", strconv.Itoa(len(run))}},
			Why:    fmt.Sprintf("%s and %s share %d words in a row, and neither names the other. Which of them had them first is not told; both may have them from a third.", title(c.Document), title(to.Document), len(run)),
		}
		if later {
			x.Severity = 100
			x.Why = fmt.Sprintf("%s repeats %d words in a row of %s, which came before, and does not name it; both may have them from a third.", title(c.Document), len(run), title(to.Document))
		}
		return x, true
	}
	for _, k := range l.links[i] {
		if to := &l.s.Claims[k.to]; k.by != nil && c.Claim.StatedOn.After(to.Claim.StatedOn) {
			if x, ok := try(to, k.by, true); ok {
				return x, true
			}
		}
	}
	tried := 0
	for _, r := range c.Matches {
		to := l.s.Claim(r.From)
		if r.From == c.Claim.ID {
			to = l.s.Claim(r.To)
		}
		if to == nil || to.Claim.ID > c.Claim.ID || c.Claim.StatedOn.After(to.Claim.StatedOn) || to.Claim.StatedOn.After(c.Claim.StatedOn) {
			continue
		}
		if tried++; tried > maxTried {
			break
		}
		if x, ok := try(to, r, false); ok {
			return x, true
		}
	}
	return Finding{}, false
}

// maxTried bounds with how many claims that match it a claim is compared word by word.
const maxTried = 8

// ownWords returns the words of a claim that are the document's own, folded; ""
// stands where words in quotation marks were.
func ownWords(c *graph.Claim) []string {
	var out []string
	if c.Mode == graph.ModeDirect {
		return nil
	}
	for _, p := range c.Content {
		out = append(out, "")
		at := 0
		for _, q := range quotedSpans(p.Exact, false) {
			out = append(append(out, graph.FoldWords(p.Exact[at:q.Start])...), "")
			at = q.End
		}
		out = append(out, graph.FoldWords(p.Exact[at:])...)
	}
	return out
}

// sharedRun returns the longest run of words that two lists have in common, the first of them in a.
func sharedRun(a, b []string) []string {
	a, b = a[:min(len(a), maxCompared)], b[:min(len(b), maxCompared)]
	var best []string
	before, now := make([]int, len(b)+1), make([]int, len(b)+1)
	for i, w := range a {
		for j, v := range b {
			now[j+1] = 0
			if w == v && w != "" {
				if now[j+1] = before[j] + 1; now[j+1] > len(best) {
					best = a[i+1-now[j+1] : i+1]
				}
			}
		}
		before, now = now, before
	}
	return best
}

// maxCompared bounds, in words, how much of two claims is compared.
const maxCompared = 400
