package report

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"whence/graph"
)

// attributionDrift lists claims that say otherwise who spoke than what they come from.
//
// A claim is compared with each claim that it is taken from; one that names nobody
// is passed over, and what it is taken from is looked at in its place. Words of
// eight or more that two documents quote alike are compared too, though nothing
// says that one is taken from the other. The later one is
//
//   - reassigned: another person, or another body, is said to have spoken. Speakers are the
//     resolved ones, not the words for them: "Kendall" and "the Work and Pensions Secretary" are one.
//     A person and a body, two parts of one government, a claim inside the other's, and
//     names that may be one person's are not compared; nor is a pronoun, nor words that name the other speaker themselves;
//   - anonymised: a named speaker has become "ministers", "sources", "officials";
//   - elevated: a person who speaks for a body, or its spokesperson, has become the body itself, or
//     a study has become "experts". A minister speaks for the government;
//   - role-anachronism: a claim calls its speaker by an office that the office table says was
//     held by that person, but not on the day of the utterance. It needs no other claim. When the text gives
//     no day for the words, that of the document stands for it, which weighs less: it may look back.
//     "Former", "then" and the like are no error.
//
// What a document says in its own voice names no speaker, and what a publication
// reports is not its own words: neither is compared.
//
// Severity: 900 reassigned (700 when a speaker is only a name), 600
// role-anachronism (300 by the date of the document), 500 anonymised, 400 elevated.
func attributionDrift(s *graph.Survey, _ Filter) Report {
	r := Report{Unseen: []string{
		"Offices are known only of the people in the authority file, and only those that it lists.",
		"A body and a person are compared only when the office table or the text joins them.",
	}}
	families := map[graph.ID][]*graph.TracedClaim{}
	reassigned := map[graph.ID]bool{}
	for i := range s.Claims {
		c := &s.Claims[i]
		if f, ok := roleAnachronism(c); ok {
			r.Findings = append(r.Findings, f)
		}
		if c.Claim.Mode == graph.ModeDirect && c.Speaker != nil {
			families[c.Family] = append(families[c.Family], c)
		}
		if f, ok := attributed(s, c); ok {
			r.Findings = append(r.Findings, f)
			reassigned[c.Claim.ID] = true
		}
	}
	for _, family := range sortedKeys(families) {
		for _, f := range misquoted(families[family]) {
			if !reassigned[f.Subject] {
				r.Findings = append(r.Findings, f)
			}
		}
	}
	return r
}

// attributed compares a claim with what it is taken from: the worst that is found,
// unless one of them names the same speaker.
func attributed(s *graph.Survey, c *graph.TracedClaim) (worst Finding, ok bool) {
	if c.Claim.Mode == graph.ModeVoice || isPronoun(c) {
		return worst, false
	}
	for _, t := range c.Takes {
		from, way := namedSource(s, t)
		if from == nil {
			continue
		}
		if sameSpeaker(c, from) && !isSpokesperson(from) {
			return Finding{}, false
		}
		if f := reattributed(s, c, from, way); f.Severity > worst.Severity {
			worst, ok = f, true
		}
	}
	return worst, ok
}

// maxUnnamed bounds how many claims that name nobody are passed over.
const maxUnnamed = 5

// namedSource follows a take to a claim that says who spoke.
func namedSource(s *graph.Survey, t graph.Take) (*graph.TracedClaim, []*graph.Relation) {
	way := []*graph.Relation{t.Relation}
	for range maxUnnamed {
		c := s.Claim(t.To)
		switch {
		case c == nil:
			return nil, nil
		case c.Speaker != nil || len(c.Claim.Source) > 0:
			return c, way
		case len(c.Takes) == 0:
			return nil, nil
		}
		t = c.Takes[0]
		way = append(way, t.Relation)
	}
	return nil, nil
}

// reattributed compares who is said to have spoken here and where it is from; the
// finding has no type when nothing is wrong.
func reattributed(s *graph.Survey, c, from *graph.TracedClaim, way []*graph.Relation) Finding {
	here, there := graph.ExactOf(c.Claim.Source), graph.ExactOf(from.Claim.Source)
	kind, severity, why := "", Severity(0), ""
	named := from.Speaker != nil && from.Speaker.Type.Asserts() && from.Speaker.Type != graph.Anonymous && from.Speaker.Type != graph.Publication
	switch {
	case studyWords.MatchString(there) && expertWords.MatchString(here):
		kind, severity, why = elevated, 400, fmt.Sprintf("“%s” has become “%s”", clip(there), clip(here))
	case named && (c.Speaker == nil || c.Speaker.Type == graph.Anonymous):
		if from.Speaker.Type != graph.Government && vagueWords.MatchString(here) && !namesAgent(here, from.Speaker) {
			kind, severity, why = anonymised, 500, fmt.Sprintf("%s has become “%s”", speaker(from), clip(here))
		}
	case !named || c.Speaker == nil || c.Speaker.Type == graph.Publication:
	case mayBeBody(c.Speaker, from) && isSpokesperson(from) && !isSpokesperson(c) && (sameSpeaker(c, from) || speaksFor(from, c.Speaker)):
		kind, severity, why = elevated, 400, fmt.Sprintf("“%s” has become %s", clip(there), speaker(c))
	case sameSpeaker(c, from):
	case mayBeBody(c.Speaker, from) && from.Speaker.Type == graph.Person && speaksFor(from, c.Speaker) && !isMinister(from):
		kind, severity, why = elevated, 400, fmt.Sprintf("%s has become %s", speaker(from), speaker(c))
	case namesAgent(c.Claim.Words(), from.Speaker): // "asked how many there were, as Field told the paper"
	case differ(c.Speaker, from.Speaker) && !isPronoun(from) && !nested(c, from):
		kind, severity = reassignedTo, 900
		if !c.Speaker.Identified || !from.Speaker.Identified {
			severity = 700
		}
		why = fmt.Sprintf("the words of %s are given to %s", speaker(from), speaker(c))
	}
	if kind == "" {
		return Finding{}
	}
	return Finding{
		Type: kind, Severity: severity, Subject: c.Claim.ID, Date: c.Claim.StatedOn,
		Values: []Value{{"here", attributedTo(c)}, {"there", attributedTo(from)}},
		Hops:   relationHops(s, c, way, saying(c), saying(from)),
		Why: fmt.Sprintf("%s%s takes it from %s%s: %s.", title(c.ClaimView.Document), on(c.Claim.StatedOn),
			title(from.ClaimView.Document), on(from.Claim.StatedOn), why),
	}
}

// The ways in which an attribution drifts.
const (
	reassignedTo    = "reassigned"
	anonymised      = "anonymised"
	elevated        = "elevated"
	anachronousRole = "role-anachronism"
)

var (
	vagueWords = regexp.MustCompile(`(?i)\b(?:sources?|insiders?|officials|ministers|aides|experts|campaigners|critics|observers|commentators|some|many|people (?:familiar|close)|those close|scientists|researchers|charities|politicians|unnamed|anonymous)\b`)
	studyWords = regexp.MustCompile(`(?i)\b(?:an?|the|one|this|new|recent) (?:[a-z-]+ )?(?:study|survey|paper|poll|trial|analysis|preprint)\b`)
	// expertWords are many people who agree.
	expertWords  = regexp.MustCompile(`(?i)\b(?:experts|scientists|researchers|doctors|academics|economists|scholars)\b`)
	spokesWords  = regexp.MustCompile(`(?i)\b(?:spokes(?:man|woman|person|people)|press officer|(?:policy|charity|campaigns?|information|communications) (?:officer|manager|adviser|advisor)|volunteer)\b`)
	ministerWord = regexp.MustCompile(`(?i)\b(?:minister|secretary|chancellor)\b`)
	// notNow are words by which a text says that an office is not held on the day.
	notNow = regexp.MustCompile(`(?i)\b(?:former|formerly|then|ex|previous|previously|late|later|future|incoming|outgoing|shadow|acting|deputy|now|past|who was|at the time)\b`)
)

var pronouns = set("he she they it him her them his their who we i you this that these those")

// isPronoun reports whether a claim names its speaker by a pronoun alone.
func isPronoun(c *graph.TracedClaim) bool {
	ws := graph.FoldWords(graph.ExactOf(c.Claim.Source))
	return len(ws) == 1 && pronouns[ws[0]]
}

func isSpokesperson(c *graph.TracedClaim) bool {
	return spokesWords.MatchString(graph.ExactOf(c.Claim.Source))
}

func isBody(a *graph.Agent) bool { return a.Type == graph.Organisation || a.Type == graph.Government }

// mayBeBody reports whether an agent is a body, or a name that may be one's: the words
// for another speaker hold the whole of it, as "a spokeswoman for Orrin Steel" do, and not as that speaker's name.
func mayBeBody(a *graph.Agent, from *graph.TracedClaim) bool {
	folded := func(s string) string { return " " + strings.Join(graph.FoldWords(s), " ") + " " }
	return isBody(a) || !a.Identified && !mayBeOne(a, from.Speaker) && contains(folded(graph.ExactOf(from.Claim.Source)), folded(a.Name))
}

func isMinister(c *graph.TracedClaim) bool {
	return ministerWord.MatchString(graph.ExactOf(c.Claim.Source)) ||
		slices.ContainsFunc(c.Speaker.Offices, func(o graph.Office) bool { return ministerWord.MatchString(o.Title) })
}

// speaksFor reports whether the speaker of a claim speaks for a body: holds an
// office of it, or is called so.
func speaksFor(c *graph.TracedClaim, body *graph.Agent) bool {
	if namesAgent(graph.ExactOf(c.Claim.Source), body) {
		return true
	}
	return c.Speaker != nil && slices.ContainsFunc(c.Speaker.Offices, func(o graph.Office) bool { return o.Body != "" && isCalled(body, o.Body) })
}

// isCalled reports whether a name is one of an agent's.
func isCalled(a *graph.Agent, name string) bool {
	return strings.EqualFold(a.Name, name) || slices.ContainsFunc(a.Aliases, func(n string) bool { return strings.EqualFold(n, name) })
}

// namesAgent reports whether words hold a name of an agent or, of a person, the surname.
func namesAgent(words string, a *graph.Agent) bool {
	text := " " + strings.Join(graph.FoldWords(words), " ") + " "
	for _, name := range append([]string{a.Name}, a.Aliases...) {
		folded := graph.FoldWords(name)
		if a.Type == graph.Person && len(folded) > 0 {
			folded = folded[len(folded)-1:]
		}
		if len(folded) > 0 && contains(text, " "+strings.Join(folded, " ")+" ") {
			return true
		}
	}
	return false
}

// differ reports whether two agents certainly are not one: two people, or two
// bodies of which not both are of government. Who is only a name may be somebody else's other name.
func differ(a, b *graph.Agent) bool {
	if a.ID == b.ID || a.Type == graph.Government && b.Type == graph.Government {
		return false
	}
	if !(a.Type == graph.Person && b.Type == graph.Person || isBody(a) && isBody(b)) {
		return false
	}
	return a.Identified && b.Identified || !mayBeOne(a, b)
}

// mayBeOne reports whether two names share a word that may be a surname or the
// name of a body.
func mayBeOne(a, b *graph.Agent) bool {
	names := func(x *graph.Agent) []string {
		return graph.FoldWords(x.Name + " " + strings.Join(x.Aliases, " "))
	}
	bs := names(b)
	return slices.ContainsFunc(names(a), func(w string) bool { return len(w) > 2 && slices.Contains(bs, w) })
}

// nested reports whether one claim stands inside what the other's speaker says.
func nested(a, b *graph.TracedClaim) bool {
	inside := func(x, y *graph.TracedClaim) bool {
		return x.Within != nil && x.Within.Speaker != nil && y.Speaker != nil && x.Within.Speaker.ID == y.Speaker.ID
	}
	return inside(a, b) || inside(b, a)
}

// attributedTo tells whom a claim names, as words and as the one who is meant.
func attributedTo(c *graph.TracedClaim) string {
	said := clip(graph.ExactOf(c.Claim.Source))
	switch {
	case c.Speaker == nil && said == "":
		return "nobody"
	case c.Speaker == nil:
		return "“" + said + "”"
	case said == "":
		return c.Speaker.Name
	}
	return c.Speaker.Name + " (“" + said + "”)"
}

// saying returns the words of a claim with those that name its speaker.
func saying(c *graph.TracedClaim) []graph.Passage {
	return slices.Concat(c.Claim.Source, c.Claim.Content)
}

// longQuote is how many words two people do not say alike, to the last one, by chance.
const longQuote = 8

// misquoted compares long direct quotations of one family by different speakers
// that nothing joins but their words: the first to have them is held to be right.
func misquoted(quoting []*graph.TracedClaim) []Finding {
	var out []Finding
	olds := oldest(quoting)
	speech := map[graph.ID][]token{}
	tokens := func(c *graph.TracedClaim) []token {
		ts, ok := speech[c.Claim.ID]
		if !ok {
			ts = tokensOf(c.Claim.Words())
			speech[c.Claim.ID] = ts
		}
		return ts
	}
	for _, c := range quoting {
		if len(c.Takes) > 0 || words(tokens(c)) < longQuote || byReader(c) {
			continue
		}
		var first *graph.TracedClaim
		agreed := false
		for _, o := range olds[:min(len(olds), maxEarlier)] {
			if o == c || o.Claim.Document == c.Claim.Document || !c.Claim.StatedOn.After(o.Claim.StatedOn) {
				continue
			}
			if a := alignWords(tokens(c), tokens(o)); a.matched < longQuote || a.errors() > 0 {
				continue
			}
			agreed = agreed || sameSpeaker(c, o)
			if first == nil && differ(c.Speaker, o.Speaker) && c.Speaker.Identified && o.Speaker.Identified && !isPronoun(c) && !isPronoun(o) && !nested(c, o) {
				first = o
			}
		}
		if first == nil || agreed {
			continue
		}
		out = append(out, Finding{
			Type: reassignedTo, Severity: 800, Subject: c.Claim.ID, Date: c.Claim.StatedOn,
			Values: []Value{{"here", attributedTo(c)}, {"there", attributedTo(first)}},
			Hops:   quoteHops(nil, c, c.Claim.Content[0], first, nil),
			Why: fmt.Sprintf("%s%s gives words to %s that %s%s gives to %s.", title(c.ClaimView.Document), on(c.Claim.StatedOn), c.Speaker.Name,
				title(first.ClaimView.Document), on(first.Claim.StatedOn), first.Speaker.Name),
		})
	}
	return out
}

// roleAnachronism finds a claim that calls its speaker by an office not held on
// the day of the utterance.
func roleAnachronism(c *graph.TracedClaim) (Finding, bool) {
	called := graph.ExactOf(c.Claim.Source)
	if c.Speaker == nil || !c.Speaker.Identified || called == "" || notNow.MatchString(called) {
		return Finding{}, false
	}
	day, of := c.Claim.SaidOn, "said"
	severity := Severity(600)
	if day == "" {
		day, of, severity = c.Claim.StatedOn, "published", 300
	}
	if day == "" {
		return Finding{}, false
	}
	said := officeWords(called)
	var wrong *graph.Office
	for i := range c.Speaker.Offices {
		o := &c.Speaker.Offices[i]
		title := officeWords(o.Title)
		if len(title) < 2 || common(title, said) < len(title) {
			continue
		}
		if o.HeldOn(day) {
			return Finding{}, false
		}
		if wrong == nil {
			wrong = o
		}
	}
	if wrong == nil {
		return Finding{}, false
	}
	held := "until " + string(wrong.Until)
	if wrong.From.After(day) {
		held = "only from " + string(wrong.From)
	}
	return Finding{
		Type: anachronousRole, Severity: severity, Subject: c.Claim.ID, Date: c.Claim.StatedOn,
		Values: []Value{{"called", clip(called)}, {"day", string(day)}, {"office", wrong.Title}, {"from", string(wrong.From)}, {"until", string(wrong.Until)}},
		Hops:   []Hop{{Node: c.Claim.ID, Document: c.Claim.Document, Evidence: saying(c), Why: "what is said here"}},
		Why: fmt.Sprintf("%s calls %s “%s” of words %s on %s, an office that %s held %s.", title(c.ClaimView.Document), c.Speaker.Name, clip(called),
			of, day, c.Speaker.Name, held),
	}, true
}

// officeWords returns the words that tell an office apart, sorted: "Secretary of
// State for Health" and "the Health Secretary" have the same.
func officeWords(s string) []string {
	var out []string
	for _, w := range graph.FoldWords(s) {
		if w != "state" && w != "his" && w != "her" && w != "majesty" && !stopWords[w] {
			out = append(out, w)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
