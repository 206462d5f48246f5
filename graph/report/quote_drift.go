package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"whence/graph"
)

// quoteDrift lists words in quotation marks that are not those which an earlier
// document has of the same speaker.
//
// Each passage in quotation marks is aligned, word by word, with what the claims
// that its own is taken from have in marks and, with those of its family that were
// stated before it, the oldest first. Case, dashes, marks and white space do not
// count, and "won't" is "will not". It is compared with the one that it agrees with
// best: who copied a wrong quotation did not make it wrong. What is verbatim in any of them is no
// finding. Else it is, the worst first:
//
//   - negation-changed: a "not", "no" or "never" more or less, marked or not, inside
//     the words that are covered or right before them;
//   - promotion: what was only told in indirect speech stands in quotation marks;
//   - substituted: words are changed or put in; the word error rate is given. A
//     third or more of them is another utterance, and no finding;
//   - spliced: words inside are left out with no mark;
//   - truncated: with a mark, or cut off with none before the sentence ends. That
//     is worse when a condition follows ("but", "unless", "only if"). Part of a
//     sentence that is quoted inside the writer's own is plainly part of one, and
//     whole sentences may be left out at either end: neither is a finding;
//   - bracketed: an edit is declared in brackets.
//
// Short passages, of less than three words, or four that are not all met, are not
// compared: anybody may say two words.
//
// Severity: 1000 for negation, 700 promotion, 400 + the word error rate to 730
// substituted, 500 spliced (600 with a condition lost), 150 truncated (400 with a condition
// lost, 50 with a mark), 50 bracketed.
func quoteDrift(s *graph.Survey, _ Filter) Report {
	r := Report{Unseen: []string{
		"Words that were spoken are known only as far as a document held quotes them.",
		"Quotations of less than three words are not compared.",
	}}
	utterances, speech := map[graph.ID][]utterance{}, map[graph.ID][]utterance{}
	families := map[graph.ID][]*graph.TracedClaim{} // in which something is quoted
	for i := range s.Claims {
		c := &s.Claims[i]
		if us := utterancesOf(c); len(us) > 0 {
			utterances[c.Claim.ID], speech[c.Claim.ID] = us, speechOf(c, us)
			families[c.Family] = append(families[c.Family], c)
		}
	}
	for _, family := range sortedKeys(families) {
		quoting := families[family]
		olds := oldest(quoting)
		for _, c := range quoting {
			earlier, way := earlierThan(s, c, olds)
			if len(earlier) == 0 && len(s.Family(family)) > 1 && c.Claim.StatedOn == "" {
				r.Undated = append(r.Undated, c.Claim.ID)
			}
			for _, u := range utterances[c.Claim.ID] {
				f, met := quoteFinding(s, c, u, earlier, way, speech)
				if !met {
					f = promotion(s, c, u, utterances)
				}
				if f.Type != "" {
					r.Findings = append(r.Findings, f)
				}
			}
		}
	}
	return r
}

// An utterance is one passage in quotation marks.
type utterance struct {
	graph.Passage
	tokens []token
	after  []token // what the claim quotes after it
	direct bool    // the whole claim is direct speech: its sentences are meant to be whole
	denied bool    // the writer says that it is not so
}

func utterancesOf(c *graph.TracedClaim) []utterance {
	var out []utterance
	for _, p := range quoted(c.Claim) {
		if len(out) == maxFigures {
			break
		}
		u := utterance{Passage: p, tokens: tokensOf(p.Exact), direct: c.Claim.Mode == graph.ModeDirect}
		u.denied = c.Claim.Polarity == graph.Negative || negated(tokensOf(lastWords(p.Prefix))) > 0
		if len(out) > 0 && len(out[len(out)-1].after) == 0 {
			out[len(out)-1].after = u.tokens
		}
		out = append(out, u)
	}
	return slices.DeleteFunc(out, func(u utterance) bool { return words(u.tokens) < leastQuote })
}

// speechOf returns what a claim has in quotation marks as others are compared with
// it: direct speech as a whole, though "she said" stands in the middle of it.
func speechOf(c *graph.TracedClaim, us []utterance) []utterance {
	if c.Claim.Mode != graph.ModeDirect || len(us) < 2 {
		return us
	}
	whole := us[0]
	whole.Exact, whole.tokens = c.Claim.Words(), slices.Clone(us[0].tokens)
	for _, u := range us[1:] {
		if first, _ := utf8.DecodeRuneInString(strings.TrimLeft(u.Exact, " “‘\"'«")); unicode.IsUpper(first) {
			whole.tokens[len(whole.tokens)-1].ends = true
		}
		whole.tokens = append(whole.tokens, u.tokens[:min(len(u.tokens), maxTokens-len(whole.tokens))]...)
	}
	return []utterance{whole}
}

// Bounds on what is taken for one utterance.
const (
	leastQuote   = 3   // words
	maxErrors    = 334 // thousandths of the words: above it is another utterance
	maxEarlier   = 6   // quotations of a family that one is compared with
	promotedLess = 5   // words that must be met in indirect speech
	maxPromoted  = 200 // thousandths of the words
	maxPromoters = 64  // claims of a family looked at
)

// lastWords cuts what may be half a word, and what belongs to a sentence before.
func lastWords(prefix string) string {
	if i := strings.LastIndexAny(prefix, ".!?"); i >= 0 {
		prefix = prefix[i+1:]
	}
	return prefix
}

// oldest returns the claims with a date, the oldest first, one for each wording
// and at most as many as are compared.
func oldest(claims []*graph.TracedClaim) []*graph.TracedClaim {
	var out []*graph.TracedClaim
	for _, c := range claims {
		if c.Claim.StatedOn != "" && !byReader(c) {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b *graph.TracedClaim) int {
		return cmp.Or(a.Claim.StatedOn.End().Compare(b.Claim.StatedOn.End()), cmp.Compare(a.Claim.ID, b.Claim.ID))
	})
	seen := map[string]bool{}
	out = slices.DeleteFunc(out, func(c *graph.TracedClaim) bool {
		key := strings.Join(graph.FoldWords(c.Claim.Words()), " ")
		had := seen[key]
		seen[key] = true
		return had
	})
	return out[:min(len(out), 4*maxEarlier)]
}

// earlierThan returns the claims that a claim's quotations are compared with, with
// the relation that leads to each: what it takes from, then the oldest of its family by the
// same speaker.
func earlierThan(s *graph.Survey, c *graph.TracedClaim, olds []*graph.TracedClaim) ([]*graph.TracedClaim, map[graph.ID]*graph.Relation) {
	var out []*graph.TracedClaim
	way := map[graph.ID]*graph.Relation{}
	for _, t := range c.Takes {
		if to := s.Claim(t.To); to != nil && way[t.To] == nil && to != c && len(out) < 4*maxEarlier {
			out = append(out, to)
			way[t.To] = t.Relation
		}
	}
	taken := len(out)
	for _, o := range olds {
		if len(out)-taken == maxEarlier {
			break
		}
		if o != c && way[o.Claim.ID] == nil && o.Claim.Document != c.Claim.Document && sameSpeaker(c, o) && c.Claim.StatedOn.After(o.Claim.StatedOn) {
			out = append(out, o)
			way[o.Claim.ID] = matchBetween(c, o.Claim.ID)
		}
	}
	return out, way
}

func sameSpeaker(a, b *graph.TracedClaim) bool {
	return a.Speaker != nil && b.Speaker != nil && a.Speaker.ID == b.Speaker.ID
}

// A wording is how a quotation stands to an earlier one.
type wording struct {
	kind     string
	severity Severity
	why      string
	of       *graph.TracedClaim
	from     utterance
	errors   int
}

// The ways in which quotations drift.
const (
	negationChanged = "negation-changed"
	promoted        = "promotion"
	substituted     = "substituted"
	spliced         = "spliced"
	truncated       = "truncated"
	bracketed       = "bracketed"
)

// quoteFinding compares one quotation with the earlier ones. met reports whether
// it is in any of them; the finding has no type when it is verbatim there.
func quoteFinding(s *graph.Survey, c *graph.TracedClaim, u utterance, earlier []*graph.TracedClaim, way map[graph.ID]*graph.Relation, speech map[graph.ID][]utterance) (f Finding, met bool) {
	var best *wording
	for _, e := range earlier {
		for _, from := range speech[e.Claim.ID] {
			w, ok := compareQuotes(u, from)
			if !ok {
				continue
			}
			if w.kind == "" {
				return Finding{}, true
			}
			w.of, w.from = e, from
			if best == nil || w.severity < best.severity {
				best = &w
			}
		}
	}
	if best == nil {
		return Finding{}, false
	}
	f = Finding{
		Type: best.kind, Severity: best.severity, Subject: c.Claim.ID, Date: c.Claim.StatedOn,
		Values: []Value{{"here", clip(u.Exact)}, {"earlier", clip(best.from.Exact)}},
		Hops:   quoteHops(s, c, u.Passage, best.of, way[best.of.Claim.ID]),
	}
	if best.kind == substituted || best.kind == negationChanged {
		f.Values = append(f.Values, Value{"word error rate", fmt.Sprintf("%.3f", float64(best.errors)/1000)})
	}
	f.Why = fmt.Sprintf("%s%s quotes %s, whom %s%s quotes: %s.", title(c.ClaimView.Document), on(c.Claim.StatedOn), speaker(c),
		title(best.of.ClaimView.Document), on(best.of.Claim.StatedOn), best.why)
	return f, true
}

// quoteHops shows two claims of which a relation of the first leads towards the second.
func quoteHops(s *graph.Survey, c *graph.TracedClaim, words graph.Passage, of *graph.TracedClaim, by *graph.Relation) []Hop {
	if by != nil && otherEnd(by, c.Claim.ID) == of.Claim.ID {
		return relationHops(s, c, []*graph.Relation{by}, []graph.Passage{words}, of.Claim.Content)
	}
	return []Hop{
		{Node: c.Claim.ID, Document: c.Claim.Document, Evidence: []graph.Passage{words}, Why: "what is said here"},
		{Node: of.Claim.ID, Document: of.Claim.Document, Evidence: of.Claim.Content, Why: "of the same family, earlier"},
	}
}

// compareQuotes says how a quotation stands to an earlier one; ok is false when
// they are two utterances, and the kind is "" when it is verbatim.
func compareQuotes(u, from utterance) (wording, bool) {
	a := alignWords(u.tokens, from.tokens)
	n := words(u.tokens)
	if a.matched < leastQuote || a.matched < n && a.matched <= leastQuote || a.substituted+a.inserted > 0 && a.errors() >= maxErrors ||
		a.dropped > 2*a.matched || a.gaps+a.edits > 0 && a.to-a.from > 6*a.matched {
		return wording{}, false
	}
	covered := from.tokens[a.from:a.to]
	w := wording{errors: a.errors()}
	lost := conditional(a.lost)
	switch {
	case negated(u.tokens) != negated(covered):
		w.kind, w.severity = negationChanged, 1000
		w.why = fmt.Sprintf("the words have %d of “not”, “no” and the like here and %d there", negated(u.tokens), negated(covered))
	case !u.denied && negated(u.tokens) == 0 && negated(justBefore(from.tokens, a.from)) > 0:
		w.kind, w.severity, w.why = negationChanged, 1000, "the “not” right before the words is cut off"
	case a.substituted+a.inserted > 0:
		w.kind, w.severity = substituted, 400+Severity(a.errors())
		w.why = fmt.Sprintf("%d of the %d words in quotation marks are not those of the earlier one", a.substituted+a.inserted, n)
	case a.dropped > 0:
		w.kind, w.severity = spliced, 500
		w.why = fmt.Sprintf("%d words are left out inside with no mark: “%s”", a.dropped, clip(join(a.lost)))
		if lost {
			w.severity = 600
		}
	case a.edits > 0:
		w.kind, w.severity, w.why = bracketed, 50, "an edit is declared in brackets"
	case a.gaps > 0:
		w.kind, w.severity, w.why = truncated, 50, "words are left out, with a mark"
	case u.direct && cutOff(from.tokens, a.to) && !goesOn(u.after, from.tokens[a.to:]):
		w.kind, w.severity, w.why = truncated, 150, "the sentence goes on there, and nothing here says so"
		if rest := restOf(from.tokens, a.to); conditional(rest[:min(len(rest), 4)]) {
			w.severity = 400
			w.why = fmt.Sprintf("the sentence goes on there, “%s”, and nothing here says so", clip(join(rest)))
		}
	}
	return w, true
}

// justBefore returns the two words before a place, of the same sentence.
func justBefore(ts []token, at int) []token {
	from := at
	for from > 0 && at-from < 2 && !ts[from-1].ends {
		from--
	}
	return ts[from:at]
}

// cutOff reports whether a sentence goes on at a place.
func cutOff(ts []token, at int) bool { return at > 0 && at < len(ts) && !ts[at-1].ends }

// goesOn reports whether what is quoted next takes up the words that were left.
func goesOn(next, left []token) bool {
	n := min(len(next), len(left), 2)
	return n > 0 && slices.EqualFunc(next[:n], left[:n], func(a, b token) bool { return a.word == b.word })
}

// restOf returns the rest of the sentence from a place on.
func restOf(ts []token, at int) []token {
	end := at
	for end < len(ts) && !ts[end].ends {
		end++
	}
	return ts[at:min(len(ts), end+1)]
}

// conditions are words that bind what stands before them.
var conditions = set("but without only if unless except although though however until provided providing yet")

func conditional(ts []token) bool {
	return slices.ContainsFunc(ts, func(t token) bool { return conditions[t.word] })
}

func join(ts []token) string {
	var out []string
	for _, t := range ts {
		if t.mark == plainWord {
			out = append(out, t.word)
		}
	}
	return strings.Join(out, " ")
}

// promotion finds a quotation that nobody held has in marks before, but which a
// claim that it is taken from, or the oldest of its family, tells in indirect speech. A claim that
// says where else it was said is left alone: the words may be from there.
func promotion(s *graph.Survey, c *graph.TracedClaim, u utterance, all map[graph.ID][]utterance) (f Finding) {
	if words(u.tokens) < promotedLess || c.SaidIn != nil && len(c.Takes) == 0 {
		return f
	}
	var told *graph.TracedClaim
	var by *graph.Relation
	for _, t := range c.Takes {
		if to := s.Claim(t.To); to != nil && told == nil && tells(to, u) {
			told, by = to, t.Relation
		}
	}
	if told == nil {
		for _, r := range c.Matches[:min(len(c.Matches), maxPromoters)] {
			o := s.Claim(otherEnd(r, c.Claim.ID))
			if o != nil && sameSpeaker(c, o) && !byReader(o) && c.Claim.StatedOn.After(o.Claim.StatedOn) && tells(o, u) &&
				(told == nil || told.Claim.StatedOn.After(o.Claim.StatedOn)) {
				told, by = o, r
			}
		}
	}
	if told == nil || quotedBefore(s, c, u, all) {
		return f
	}
	f = Finding{
		Type: promoted, Severity: 700, Subject: c.Claim.ID, Date: c.Claim.StatedOn,
		Values: []Value{{"here", clip(u.Exact)}, {"earlier", clip(told.Claim.Words())}},
		Hops:   relationHops(s, c, []*graph.Relation{by}, []graph.Passage{u.Passage}, told.Claim.Content),
	}
	f.Why = fmt.Sprintf("%s%s has words of %s in quotation marks that %s%s only reports, and nothing held quotes them before.",
		title(c.ClaimView.Document), on(c.Claim.StatedOn), speaker(c), title(told.ClaimView.Document), on(told.Claim.StatedOn))
	return f
}

// tells reports whether a claim tells the words of a quotation in indirect speech.
func tells(o *graph.TracedClaim, u utterance) bool {
	if o.Claim.Mode != graph.ModeIndirect {
		return false
	}
	a := alignWords(u.tokens, tokensOf(o.Claim.Words()))
	return a.matched >= promotedLess && a.errors() <= maxPromoted
}

// quotedBefore reports whether a claim of the family, not stated later, has the words in marks.
func quotedBefore(s *graph.Survey, c *graph.TracedClaim, u utterance, all map[graph.ID][]utterance) bool {
	for _, id := range s.Family(c.Family) {
		o := s.Claim(id)
		if id == c.Claim.ID || o.Claim.StatedOn.After(c.Claim.StatedOn) {
			continue
		}
		for _, v := range all[id] {
			if a := alignWords(u.tokens, v.tokens); a.errors() <= maxPromoted {
				return true
			}
		}
	}
	return false
}
