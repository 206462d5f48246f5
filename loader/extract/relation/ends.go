package relation

import (
	"slices"
	"sort"
	"strings"

	"whence/graph"
)

const (
	// maxBack is how many claims before a cue are looked at.
	maxBack = 400
	// maxFrom is how many claims one cue can qualify.
	maxFrom = 8
)

// planned are words of a claim that something is going to happen.
var planned = words(`plan plans planned planning will would to introduce introduced introducing trial trialled launch launched roll rolled rollout
	intend intends intended propose proposes proposed considering consider considers going set send sent`)

// relations reads the cues of one sentence.
func (r *reader) relations(cues []cue) []Relation {
	var out []Relation
	sentence := r.tokens[cues[0].first].sentence
	here := r.claimsIn(sentence)
	for n, c := range cues {
		to := r.qualifiers(c, here)
		citations := r.citations(c, sentence, to, here)
		if c.kind.predicate == graph.RepliesTo {
			out = append(out, r.replies(c, sentence, to)...)
			continue
		}
		if len(to) == 0 && len(citations) == 0 {
			continue
		}
		meant, points := r.referred(c, sentence, to)
		if !points {
			meant = r.qualified(c, sentence, to, r.topicAt(n, cues, to))
		}
		if len(meant) == 0 && misheard[r.low(c.last)] {
			meant = r.ownLast(c, sentence, to)
		}
		for _, f := range meant {
			from := &r.claims[f.claim]
			confidence := c.kind.confidence
			if f.score < c.kind.score+2 {
				confidence -= 100
			}
			evidence := r.evidence(c, to)
			for _, t := range to {
				out = append(out, Relation{Kind: c.kind.predicate, From: from.Index, To: r.claims[t].Index, ToCitation: -1, Evidence: evidence, Rule: c.kind.rule, Confidence: confidence})
			}
			for _, t := range citations {
				out = append(out, Relation{Kind: c.kind.predicate, From: from.Index, To: -1, ToCitation: t, Evidence: evidence, Rule: c.kind.rule, Confidence: confidence})
			}
		}
	}
	return out
}

// claimsIn returns the claims of which the content, cue or source touches a sentence.
func (r *reader) claimsIn(sentence int) []int {
	s := r.in.Sentences[sentence]
	end := sort.Search(len(r.claims), func(i int) bool { return r.claims[i].hull.Start >= s.End })
	var out []int
	for i := end - 1; i >= 0 && end-i <= 40; i-- {
		c := &r.claims[i]
		touches := c.hull.Overlaps(s)
		for _, x := range c.Cue {
			touches = touches || x.Overlaps(s)
		}
		if touches {
			out = append(out, i)
		}
	}
	slices.Reverse(out)
	return out
}

// qualifiers returns the claims that a cue reports, or that it is a part of.
func (r *reader) qualifiers(c cue, here []int) []int {
	at := graph.Span{Start: r.tokens[c.first].Start, End: r.tokens[c.last].End}
	var by, around, after []int
	for _, i := range here {
		k := &r.claims[i]
		for _, s := range k.Cue {
			if s.Overlaps(at) {
				by = append(by, i)
				break
			}
		}
		for _, s := range k.Content {
			switch {
			case s.Overlaps(at):
				around = append(around, i)
			case s.Start >= at.End && s.Start-at.End < 40 && k.hull.Start >= at.End:
				after = append(after, i)
			}
		}
		// "contradicted by the company's accounts, which show that …".
		if len(k.Source) > 0 && r.low(c.last+1) == "by" && r.tokens[c.last+1].sentence == k.sentence {
			if gap := k.Source[0].Start - r.tokens[c.last+1].End; gap >= 0 && gap < 8 {
				after = append(after, i)
			}
		}
	}
	by, around, after = slices.Compact(by), slices.Compact(around), slices.Compact(after)
	// Of claims that enclose each other the innermost says it.
	sort.SliceStable(around, func(i, j int) bool { return r.claims[around[i]].hull.Len() < r.claims[around[j]].hull.Len() })
	if len(around) > 1 {
		around = around[:1]
	}
	if len(after) > 1 {
		after = after[:1]
	}
	if len(by) > 2 {
		by = by[:2]
	}
	order := [][]int{by, after, around}
	if c.kind.inside {
		order = [][]int{around, by, after}
	}
	for _, found := range order {
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

// citations returns what the sentence names as the place of the answer: a
// document or data outside the reported words, that is not where another claim of the sentence was made.
func (r *reader) citations(c cue, sentence int, to, here []int) []int {
	var out []int
	for _, m := range r.citedIn(r.in.Sentences[sentence]) {
		if r.outside(m.Span, c, to, here) && !slices.Contains(out, m.citation) {
			out = append(out, m.citation)
		}
	}
	if len(out) == 0 && sentence > 0 && r.goesOn(c, to) {
		// "In a written answer on 3 March … . She clarified that …"
		for _, m := range r.citedIn(r.in.Sentences[sentence-1]) {
			if strings.HasPrefix(r.in.Citations[m.citation].Title, "written ") && !slices.Contains(out, m.citation) {
				out = append(out, m.citation)
			}
		}
	}
	return out
}

// maxCited is how many citations of one sentence count.
const maxCited = 20

// citedIn returns where a sentence cites something.
func (r *reader) citedIn(s graph.Span) []mention {
	first := sort.Search(len(r.cited), func(i int) bool { return r.cited[i].Start >= s.Start })
	end := sort.Search(len(r.cited), func(i int) bool { return r.cited[i].Start >= s.End })
	return r.cited[first:min(max(first, end), first+maxCited)]
}

// goesOn reports whether the speaker at a cue is a pronoun, so that the sentence before still counts.
func (r *reader) goesOn(c cue, to []int) bool {
	who, at := r.subjectBefore(c.first)
	if at == c.first && (r.low(at-1) == "also" || r.low(at-1) == "then" || r.low(at-1) == "has") {
		who, _ = r.subjectBefore(at - 1)
	}
	if len(to) > 0 && !r.claims[to[0]].who.none {
		who = r.claims[to[0]].who
		return len(who.names) == 0
	}
	return !who.none && len(who.names) == 0
}

func (r *reader) outside(span graph.Span, c cue, to, here []int) bool {
	at := graph.Span{Start: r.tokens[c.first].Start, End: r.tokens[c.last].End}
	for _, t := range to {
		for _, s := range r.claims[t].Content {
			if s.Contains(span) && !s.Contains(at) {
				return false
			}
		}
	}
	for _, i := range here {
		k := &r.claims[i]
		if slices.Contains(to, i) || k.hull.Contains(at) || k.hull.Overlaps(at) {
			continue
		}
		contained := false
		for _, t := range to {
			contained = contained || r.claims[t].hull.Overlaps(k.hull)
		}
		if contained {
			continue
		}
		for _, s := range slices.Concat(k.Source, k.Cue) {
			if s.Overlaps(span) {
				return false
			}
		}
	}
	return true
}

// topicAt returns what the cue n of a sentence is about: the claims it reports; of
// a cue inside a claim, its own clause; of "X was actually referring to", which
// names another thing than X did, what the sentence denies, else the sentence.
func (r *reader) topicAt(n int, cues []cue, to []int) topic {
	c := cues[n]
	whole := r.in.Sentences[r.tokens[c.first].sentence]
	if c.kind.referral() {
		var denied []graph.Span
		for k := range cues {
			if cues[k].kind.rule == "N1" {
				denied = append(denied, r.clause(k, cues))
			}
		}
		if denied == nil {
			denied = []graph.Span{whole}
		}
		return r.topicOf(denied...)
	}
	if c.kind.inside {
		return r.topicOf(r.clause(n, cues))
	}
	var spans []graph.Span
	for _, t := range to {
		spans = append(spans, r.claims[t].Content...)
	}
	if len(spans) == 0 {
		spans = []graph.Span{whole}
	}
	return r.topicOf(spans...)
}

// clause returns the words from just after the cue n to the end of its clause: the
// next cue, a semicolon, or "and that", "but" and the like after a comma.
func (r *reader) clause(n int, cues []cue) graph.Span {
	c := cues[n]
	end := c.last + 1
	for end < len(r.tokens) && r.tokens[end].sentence == r.tokens[c.first].sentence {
		if n+1 < len(cues) && end >= cues[n+1].first || r.low(end) == ";" ||
			(r.low(end) == "and" || r.low(end) == "but") && (r.low(end+1) == "that" || r.low(end-1) == ",") {
			break
		}
		end++
	}
	return graph.Span{Start: r.tokens[c.last].End, End: r.tokens[end-1].End}
}

type found struct{ claim, score int }

// qualified returns the earlier claims that a cue can mean, best first.
func (r *reader) qualified(c cue, sentence int, to []int, about topic) []found {
	s := r.in.Sentences[sentence]
	at := r.tokens[c.first].Start
	var speakers speaker
	for _, t := range to {
		speakers.names = append(speakers.names, r.claims[t].who.names...)
	}
	voice := len(to) > 0
	for _, t := range to {
		voice = voice && r.claims[t].who.none
	}
	subject := speaker{none: true}
	if c.kind.referral() {
		subject, _ = r.subjectBefore(c.first)
	}
	end := sort.Search(len(r.claims), func(i int) bool { return r.claims[i].hull.Start >= s.End })
	var out, loose []found
	for i := end - 1; i >= 0 && end-i <= maxBack; i-- {
		k := &r.claims[i]
		if slices.Contains(to, i) || k.hull.End > at && !r.objected(c, k) {
			continue
		}
		apart := true
		for _, t := range to {
			apart = apart && !r.claims[t].hull.Overlaps(k.hull)
		}
		if !apart {
			continue
		}
		if c.kind.other && (speakers.same(k.who) || voice && k.who.none) {
			continue
		}
		if c.kind.referral() && !subject.none && !subject.could(k.who) {
			continue
		}
		if c.kind.planned && !r.isPlanned(k) {
			continue
		}
		score := r.shared(about, k.topic)
		if score < 2 && c.kind.referral() && subject.same(k.who) {
			// Who is clarified is named: failing a claim on the topic, a word in common will do.
			if score = r.overlap(about, k.topic); score >= 2 {
				loose = append(loose, found{i, score})
			}
			continue
		}
		if score >= c.kind.score || score >= 2 && len(about.stems) <= 2 {
			out = append(out, found{i, score})
		}
	}
	if len(out) == 0 {
		out = loose
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].score > out[j].score })
	if len(out) > maxFrom {
		out = out[:maxFrom]
	}
	return out
}

// objected reports whether the claim is the object of the cue in the same
// sentence: "denied Smith's claim that …".
func (r *reader) objected(c cue, k *claim) bool {
	if k.hull.Start < r.tokens[c.last].End || c.kind.inside {
		return false
	}
	for _, s := range k.Cue {
		first, end := r.tokensOf(s)
		for i := first; i < end; i++ {
			switch r.tokens[i].low {
			case "claim", "claims", "allegation", "allegations", "suggestion", "suggestions", "accusation", "accusations", "assertion", "report", "reports":
				return r.tokens[i].Start >= r.tokens[c.first].Start
			}
		}
	}
	return false
}

// isPlanned reports whether a claim, or the words that report it, say that something is planned.
func (r *reader) isPlanned(k *claim) bool {
	for _, s := range slices.Concat(k.Content, k.Cue) {
		first, end := r.tokensOf(s)
		for i := first; i < end; i++ {
			w := r.tokens[i].low
			if planned[w] && r.low(i-1) != "no" && r.low(i-1) != "not" && (w != "to" || i > 0 && (passives[r.low(i-1)] || r.low(i-1) == "set")) {
				return true
			}
		}
	}
	return false
}

// questions are what is answered without a claim being meant.
var questions = words("question questions letter email query queries request requests call calls emergency inquiry enquiries survey consultation")

// replies joins an answer to the claim just before it that it answers.
func (r *reader) replies(c cue, sentence int, to []int) []Relation {
	if len(to) == 0 {
		return nil
	}
	for j := c.last + 1; j < len(r.tokens) && j <= c.last+5 && r.tokens[j].sentence == sentence; j++ {
		if questions[r.low(j)] {
			return nil
		}
	}
	answer := &r.claims[to[0]]
	end := sort.Search(len(r.claims), func(i int) bool { return r.claims[i].hull.Start >= r.in.Sentences[sentence].Start })
	for i := end - 1; i >= 0 && end-i <= 12; i-- {
		k := &r.claims[i]
		if k.Segment != answer.Segment || sentence-k.sentence > 4 {
			break
		}
		if k.who.same(answer.who) || k.who.none || k.hull.Overlaps(answer.hull) || r.shared(answer.topic, k.topic) < c.kind.score {
			continue
		}
		return []Relation{{Kind: c.kind.predicate, From: answer.Index, To: k.Index, ToCitation: -1, Evidence: r.evidence(c, to), Rule: c.kind.rule, Confidence: c.kind.confidence}}
	}
	return nil
}

// evidence returns the words that say so: the cue, with who it is said of, and what reports it.
func (r *reader) evidence(c cue, to []int) []graph.Span {
	first := c.first
	if c.kind.referral() {
		_, first = r.subjectBefore(c.first)
	}
	out := []graph.Span{{Start: r.tokens[first].Start, End: r.tokens[c.last].End}}
	for _, t := range to {
		out = append(out, r.claims[t].Cue...)
	}
	sort.Slice(out, func(i, j int) bool {
		return out[i].Start < out[j].Start || out[i].Start == out[j].Start && out[i].End < out[j].End
	})
	kept := out[:1]
	for _, s := range out[1:] {
		if last := &kept[len(kept)-1]; s.Start <= last.End {
			last.End = max(last.End, s.End)
		} else {
			kept = append(kept, s)
		}
	}
	return kept
}
