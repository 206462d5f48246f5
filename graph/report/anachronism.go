package report

import (
	"fmt"
	"strconv"
	"time"

	"whence/graph"
)

// anachronism lists claims that are taken from what was published later: more
// than a day after them, by dates that leave no doubt ("2024-05" is not before
// "2024-05-03"). One of the dates is wrong, or the document was changed without
// saying so, or the two were wrongly matched. A document of which an edition is
// held that was fetched when its source was out already may have taken it up then: it is
// no finding. (That somebody is given an office that he did not hold yet is
// attribution drift.)
//
// What counts is the date of the claim, an update's or a comment's where it stands in
// one. Each claim has one finding for each document that it has it from.
//
// Severity is the score of the link, since a wrong match explains much: 1000 for a citation.
func anachronism(s *graph.Survey, _ Filter) Report {
	c := newChains(s)
	var r Report
	for i := range s.Claims {
		claim := &s.Claims[i]
		told := map[graph.ID]bool{}
		for _, k := range c.links[i] {
			to := &s.Claims[k.to]
			if to.Claim.Document == claim.Claim.Document || told[to.Claim.Document] {
				continue
			}
			r.Undated = append(r.Undated, undatedOf(claim, to)...)
			if x, ok := tooEarly(s, claim, to.Claim.StatedOn, to.Document, int(k.score()), c.linkHop(k)); ok {
				told[to.Claim.Document] = true
				r.Findings = append(r.Findings, x)
			}
		}
		for _, src := range sourcesOf(s, claim) {
			d := s.Document(s.Held[src.ID])
			if d == nil || d.ID == claim.Claim.Document || told[d.ID] {
				continue
			}
			by := relationOf(s, src.ID, graph.SameSource, d.ID)
			score := 1000
			if by != nil {
				score = int(by.Score)
			}
			hops := []Hop{sourceHop(claim, src, nil, "the source that is given"), {Node: d.ID, Document: d.ID, By: by, Why: "what the source is"}}
			if x, ok := tooEarly(s, claim, d.Published, d, score, hops...); ok {
				told[d.ID] = true
				r.Findings = append(r.Findings, x)
			}
		}
	}
	r.Unseen = append(r.Unseen, "Whether a document was changed before it was first fetched is not seen.")
	return r
}

// undatedOf returns those of two claims that have no date.
func undatedOf(claims ...*graph.TracedClaim) []graph.ID {
	var out []graph.ID
	for _, c := range claims {
		if c.Claim.StatedOn == "" {
			out = append(out, c.Claim.ID)
		}
	}
	return out
}

// tooEarly tells of a claim that has its content from a document published later.
func tooEarly(s *graph.Survey, c *graph.TracedClaim, published graph.Date, of *graph.Document, score int, hops ...Hop) (Finding, bool) {
	days := daysAfter(published, c.Claim.StatedOn)
	if days <= maxDaysAhead || refetched(s, c.Claim.Document, published) {
		return Finding{}, false
	}
	return Finding{
		Type: "anachronism", Severity: Severity(score), Subject: c.Claim.ID, Date: c.Claim.StatedOn,
		Why: fmt.Sprintf("%s, of %s, has this from %s, which is of %s: a date is wrong, the text was changed without saying so, or the two do not belong together.",
			title(c.Document), c.Claim.StatedOn, title(of), published),
		Hops:   append([]Hop{claimHop(c, nil, "what came before its source")}, hops...),
		Values: []Value{{"days", strconv.Itoa(days)}},
	}, true
}

// maxDaysAhead is how many days something may be dated before its source: time
// zones and embargoes.
const maxDaysAhead = 1

// daysAfter returns how many days a date certainly lies after another: the least
// that the two allow. It is 0 when it need not be after it.
func daysAfter(late, early graph.Date) int {
	if !late.After(early) {
		return 0
	}
	return int(late.Start().Sub(early.End())/(24*time.Hour)) + 1
}

// refetched reports whether a later edition of a document was, or may have been,
// fetched when something was published already.
func refetched(s *graph.Survey, document graph.ID, published graph.Date) bool {
	editions := s.Editions[document]
	if len(editions) < 2 {
		return false
	}
	fetched := editions[len(editions)-1].Capture.Retrieved
	return fetched.IsZero() || !fetched.Before(published.Start())
}
