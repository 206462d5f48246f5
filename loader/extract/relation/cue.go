package relation

import (
	"strings"

	"whence/graph"
)

// A cue is a phrase that says how one claim stands to another.
type cue struct {
	kind        *cueKind
	first, last int // tokens
}

// A cueKind is a sort of cue. Phrases are of words parted by spaces; "a|b" is a
// choice, "a?" may be missing.
type cueKind struct {
	rule       string
	predicate  graph.Predicate
	confidence graph.Confidence
	phrases    []string
	// inside: the phrase is a part of the qualifying claim ("there are no plans
	// to"); else it is what reports the claim ("clarified that").
	inside bool
	// planned: only a claim that something is planned can be meant.
	planned bool
	// other: somebody else than who is qualified must be speaking.
	other bool
	// needs are words of which one must follow the phrase at once, if any are given.
	needs map[string]bool
	// contrast: "not" or "rather than" must follow in the sentence.
	contrast bool
	// score is how much the topics must share, see [topic.shared]. Words that point
	// back ("rejects the criticism") need share nothing: see [reader.referred].
	score int
	// back: the phrase itself points back to what the text said just before.
	back bool
}

var cueKinds = []cueKind{
	{ // C1 fires on "a spokesman clarified that"; not on "so, to clarify", "the picture clarified".
		rule: "C1", predicate: graph.ClarifiedBy, confidence: 850, score: 4,
		phrases: []string{"clarified|clarifies"},
		needs:   words("that the this these those its his her their what whether why how only by in it : ,"),
	},
	{
		rule: "C1", predicate: graph.ClarifiedBy, confidence: 850, score: 4,
		phrases: []string{"in|issued|published|offered|as|by a|the clarification", "clarification :"},
	},
	{ // C2 fires on "X was actually referring to", "had meant to say"; not on "she was talking to us".
		rule: "C2", predicate: graph.ClarifiedBy, confidence: 900, inside: true, score: 4,
		phrases: []string{
			"was|were|is|had|been actually|really|instead|only|simply|merely|in referring|alluding|talking|speaking|pointing",
			"was|were|is in fact referring|alluding|talking|speaking", "had|has actually|really? been? meant|intended to?",
			"meant to say", "misspoke", "was|were|been|being misquoted|misreported|misunderstood|misinterpreted", "taken out of context",
		},
	},
	{ // C3 fires on "he was talking about the ferry, not the bridge"; not on "he was talking about the ferry".
		rule: "C3", predicate: graph.ClarifiedBy, confidence: 800, inside: true, contrast: true, score: 4,
		phrases: []string{"was|were|is|had|been referring|alluding|talking|speaking to|about|of"},
	},
	{ // N1 fires on "there are no plans to"; not on "she has no plans for tonight".
		rule: "N1", predicate: graph.ContradictedBy, confidence: 800, inside: true, planned: true, other: true, score: 4,
		phrases: []string{
			"there? is|are|were|was|be|had|has|have no current|immediate|firm|formal|further? plan|plans|intention|intentions|proposal|proposals to|for|of",
			"not|n't planning|intending|proposing|going to", "ruled|rules|ruling out", "will|would not be going? ahead|introduced|introducing",
		},
	},
	{ // D1 fires on "denied that", "rejected the claims"; not on "was denied access".
		rule: "D1", predicate: graph.DisputedBy, confidence: 800, other: true, score: 4,
		phrases: []string{"denied|denies|denying", "disputed|disputes|disputing"},
		needs:   words("that the this these those any it having being all claims claim allegations reports accusations suggestions wrongdoing"),
	},
	{
		rule: "D1", predicate: graph.DisputedBy, confidence: 800, other: true, score: 4,
		phrases: []string{
			"rejected|rejects|dismissed|dismisses that|the|this|these|any|all? claim|claims|allegation|allegations|suggestion|suggestions|accusation|accusations|reports|idea|notion|criticism|criticisms|charge|charges|finding|findings|figure|figures|analysis",
			"rejected|rejects|dismissed|dismisses it|this|that|them as",
		},
	},
	{ // D2 fires on "does not recognise the figure"; not on "does not recognise the court".
		rule: "D2", predicate: graph.DisputedBy, confidence: 750, other: true, back: true, score: 4,
		phrases: []string{"not|n't recognise|recognize|accept the|this|that|these|those claim|claims|figure|figures|number|numbers|estimate|analysis|criticism|allegation|allegations|characterisation|finding|findings"},
	},
	{ // K1 fires on "corrected the figure", "Correction:"; not on "correctly".
		rule: "K1", predicate: graph.CorrectedBy, confidence: 750, score: 4,
		phrases: []string{"corrected|corrects", "correction :", "in|issued|published a|the correction", "was|were|been amended"},
	},
	{ // K2 fires on "the correct figure is 12".
		rule: "K2", predicate: graph.CorrectedBy, confidence: 800, inside: true, back: true, score: 4,
		phrases: []string{"the correct|right figure|figures|number|total|amount|percentage|date|sum is|was|are|were|should"},
	},
	{ // R1 fires on "debunked the claim", "was found to be false".
		rule: "R1", predicate: graph.RefutedBy, confidence: 750, other: true, score: 4,
		phrases: []string{"refuted|refutes|debunked|debunks|disproved|disproves|disproven|discredited", "found|proved|proven|shown to be false|untrue|wrong|incorrect|misleading|inaccurate"},
	},
	{ // X1 fires on "this contradicts what".
		rule: "X1", predicate: graph.ContradictedBy, confidence: 700, other: true, score: 4,
		phrases: []string{"contradicted|contradicts|contradicting", "at odds with"},
	},
	{ // S1 fires on "confirmed that", "borne out by"; not on "has not been confirmed".
		rule: "S1", predicate: graph.SupportedBy, confidence: 650, other: true, score: 6,
		phrases: []string{"confirmed|confirms", "backed|backs up", "borne|bears|bear out", "bore out", "corroborated|corroborates", "vindicated|vindicates"},
	},
	{ // U1 fires on "has since updated".
		rule: "U1", predicate: graph.UpdatedBy, confidence: 700, score: 4,
		phrases: []string{"has|have|had since|now|subsequently been? updated|revised", "since|later updated|revised", "updated|revised its|their|the|this figure|figures|estimate|estimates|guidance|statement|forecast"},
	},
	{ // A1 fires on "responding to her comments, he said", "replied:"; not on "responded to two questions".
		rule: "A1", predicate: graph.RepliesTo, confidence: 650, other: true, score: 2,
		phrases: []string{"responded|responds|responding|replied|replies|replying", "in response|reply", "hit|hits back"},
	},
}

// referral reports whether the cue says whom it clarifies: "X was actually referring to".
func (k *cueKind) referral() bool { return k.predicate == graph.ClarifiedBy && k.inside }

func words(s string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(s) {
		out[w] = true
	}
	return out
}

// A pattern is a compiled phrase.
type pattern struct {
	kind  *cueKind
	steps []step
}

type step struct {
	any      map[string]bool
	optional bool
}

// patterns holds the compiled phrases by the words that can begin them.
var patterns = compile()

func compile() map[string][]pattern {
	out := map[string][]pattern{}
	for k := range cueKinds {
		for _, phrase := range cueKinds[k].phrases {
			p := pattern{kind: &cueKinds[k]}
			for _, w := range strings.Fields(phrase) {
				optional := strings.HasSuffix(w, "?")
				p.steps = append(p.steps, step{words(strings.ReplaceAll(strings.TrimSuffix(w, "?"), "|", " ")), optional})
			}
			for i, s := range p.steps {
				for _, w := range strings.Split(strings.TrimSuffix(strings.Fields(phrase)[i], "?"), "|") {
					out[w] = append(out[w], pattern{p.kind, p.steps[i:]})
				}
				if !s.optional {
					break
				}
			}
		}
	}
	return out
}

// match returns how many tokens from i the steps take, 0 if they do not fit.
func (r *reader) match(steps []step, i int) int {
	n := 0
	for _, s := range steps {
		if i+n < len(r.tokens) && s.any[r.tokens[i+n].low] && r.tokens[i+n].sentence == r.tokens[i].sentence {
			n++
		} else if !s.optional {
			return 0
		}
	}
	return n
}

// maxCues is how many cues of one sentence count.
const maxCues = 8

// cues returns the cues of the text, those of one sentence together, in order.
func (r *reader) cues() [][]cue {
	var out [][]cue
	last := -1
	for i := range r.tokens {
		if r.tokens[i].sentence < 0 {
			continue
		}
		var best cue
		for _, p := range patterns[r.tokens[i].low] {
			n := r.match(p.steps, i)
			if n == 0 || best.kind != nil && n <= best.last-i+1 {
				continue
			}
			c := cue{p.kind, i, i + n - 1}
			if p.kind.needs != nil && !p.kind.needs[r.low(i+n)] || p.kind.contrast && !r.contrasted(c) || r.negated(c) {
				continue
			}
			best = c
		}
		if best.kind == nil {
			continue
		}
		if s := r.tokens[i].sentence; s != last {
			out, last = append(out, nil), s
		}
		k := len(out) - 1
		if n := len(out[k]); n < maxCues && (n == 0 || out[k][n-1].last < best.first) {
			out[k] = append(out[k], best)
		}
	}
	return out
}

var (
	negations = words("not n't never nor neither cannot without unless if whether yet failed refused declined refusing declining")
	passives  = words("was were been being be is are")
)

// negated reports whether the words before a cue take it back: "has not been
// confirmed", "if it is corrected", "was denied the chance".
func (r *reader) negated(c cue) bool {
	if !c.kind.inside {
		for j := c.first - 1; j >= 0 && c.first-j <= 4 && r.tokens[j].sentence == r.tokens[c.first].sentence && r.tokens[j].low != ","; j-- {
			if negations[r.tokens[j].low] {
				return true
			}
		}
	}
	if whole := r.in.Sentences[r.tokens[c.first].sentence]; strings.HasSuffix(strings.TrimRight(whole.Of(r.in.Text), " \t\r\n”’\"'"), "?") {
		return true
	}
	return c.kind.rule == "D1" && c.first > 0 && passives[r.tokens[c.first-1].low] && r.low(c.last+1) != "by"
}

// contrasted reports whether the sentence goes on, within 40 words, to what is not meant.
func (r *reader) contrasted(c cue) bool {
	for j := c.last + 1; j < len(r.tokens) && j <= c.last+40 && r.tokens[j].sentence == r.tokens[c.first].sentence; j++ {
		if r.tokens[j].low == "not" || r.tokens[j].low == "rather" && r.low(j+1) == "than" {
			return true
		}
	}
	return false
}
