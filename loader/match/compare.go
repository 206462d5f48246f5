package match

import (
	"cmp"
	"fmt"
	"slices"

	"whence/graph"
)

// A verdict says how two statements belong together.
type verdict struct {
	kind    string // graph.SameClaim, graph.SameClaimOther, graph.SameTopic; "" for nothing
	score   graph.Confidence
	rule    string   // match/V, P, L, F, S or M
	why     []string // after the kind, in a fixed order
	speaker string   // "same", "other" or "unknown"
	reuse   int      // runs of five words in common
	own     int      // those of them that are both writers' own words
	figure  string   // one that both have and that says something, "" for none
	// alike is the score before anything was held against it: two claims that differ in a
	// figure may still be one taken from the other.
	alike graph.Confidence
}

// An argument is one reason to hold two statements for the same.
type argument struct {
	rule  string
	score int
	why   string
}

const (
	threshold = int(graph.FamilyThreshold)
	topMost   = threshold - 1 // of what is not held for the same
	worth     = 450           // from which a same topic of one speaker is told
	worthAny  = 520           // and one of any two
)

// compare says how two statements belong together: a is of the side that comes first, so that it
// does not matter which was given first.
func compare(a, b *statement) verdict {
	v := verdict{speaker: "unknown"}
	switch {
	case a.speaker != "" && a.speaker == b.speaker:
		v.speaker = "same"
	case a.speaker != "" && b.speaker != "":
		v.speaker = "other"
	}
	v.own = inCommon(a.own, b.own)
	for _, f := range shared(a.figures, b.figures) {
		if f.telling() {
			v.figure = f.String()
		}
	}
	var best argument
	for _, arg := range []argument{verbatim(a, b, &v), quoted(a, b, v.speaker), figured(a, b, v.speaker), paraphrased(a, b, v.speaker)} {
		if arg.score > best.score {
			best = arg
		}
	}
	if best.score < threshold { // it costs more than the others
		if arg := reworded(a, b, v.speaker); arg.score > best.score {
			best = arg
		}
	}
	if best.score < worth || v.speaker != "same" && best.score < worthAny {
		return verdict{}
	}
	v.score, v.rule, v.why = graph.Confidence(best.score), "match/"+best.rule, []string{best.why}
	v.alike = v.score
	against := ""
	if best.score >= threshold {
		against = objection(a, b, best.rule, &v)
	}
	switch {
	case best.score < threshold:
		v.kind = graph.SameTopic
	case against != "":
		v.score, v.kind, v.why = graph.Confidence(topMost), graph.SameTopic, append(v.why, against)
	case v.speaker == "same":
		v.kind, v.why = graph.SameClaim, append(v.why, "the same speaker")
	case v.speaker == "other":
		v.kind, v.why = graph.SameClaimOther, append(v.why, "another speaker")
	default:
		v.kind, v.why = graph.SameClaimOther, append(v.why, "the speaker of one is not known")
	}
	if v.kind == graph.SameTopic && v.figure != "" && best.rule != "F" {
		v.why = append(v.why, "both have the figure "+v.figure)
	}
	return v
}

// has reports whether a statement has a concept.
func (s *statement) has(c concept) bool {
	_, ok := slices.BinarySearch(s.concepts, c)
	return ok
}

// verbatim (V) weighs runs of words that both have.
func verbatim(a, b *statement, v *verdict) argument {
	if slices.Equal(a.words, b.words) {
		v.reuse = len(a.shingles)
		switch {
		case len(a.concepts) >= 4:
			return argument{"V", 970, "the same words"}
		case v.speaker == "same":
			return argument{"V", 800, "the same few words"}
		}
		return argument{"V", 500, "the same few words"}
	}
	v.reuse = inCommon(a.shingles, b.shingles)
	if v.reuse < 3 {
		return argument{}
	}
	short := min(len(a.shingles), len(b.shingles))
	why := fmt.Sprintf("%d runs of five words in common", v.reuse)
	if 2*v.reuse < short && v.reuse < 12 {
		return argument{"V", 500, why}
	}
	score := 640 + 300*v.reuse/short
	if v.reuse >= 8 {
		score += 40
	}
	return argument{"V", min(score, 960), why}
}

// inCommon counts what two sorted lists have in common.
func inCommon[T cmp.Ordered](a, b []T) int {
	n := 0
	bothHave(a, b, func(T) { n++ })
	return n
}

// bothHave yields what two sorted lists have in common, in order.
func bothHave[T cmp.Ordered](a, b []T, yield func(T)) {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			yield(a[i])
			i++
			j++
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
}

// Words within which the concepts of a quoted phrase must stand to be its retelling.
const retellingWindow = 12

// quoted (P, L) weighs phrases in quotation marks. A short one counts only for
// one speaker and one topic: anybody may put two words in marks.
func quoted(a, b *statement, speaker string) argument {
	best := argument{}
	for _, pair := range [][2]*statement{{a, b}, {b, a}} {
		x, y := pair[0], pair[1]
		for i := range x.quotes {
			p := &x.quotes[i]
			n, marked := len(p.concepts), false
			if n < 2 || n > 12 || p.name {
				continue // long ones are V's
			}
			run := holdsRun(y.words, p.words)
			for _, q := range y.quotes {
				marked = marked || holdsRun(q.words, p.words)
			}
			topic := topicShared(x, y, p.concepts)
			arg := argument{}
			switch {
			case run && marked && speaker == "same" && (n >= 4 || topic >= 6):
				arg = argument{"P", 580 + 50*min(n, 5), "both quote “" + p.text + "”"}
			case run && marked && speaker == "unknown" && n >= 4 && topic >= 6:
				arg = argument{"P", 500 + 30*min(n, 8), "both quote “" + p.text + "”"}
			case run && marked && speaker == "other" && n >= 6 && topic >= 6:
				arg = argument{"P", 480 + 30*min(n, 8), "both quote “" + p.text + "”"}
			case run && speaker == "same" && topic >= 6 && weigh(p.concepts) > n:
				arg = argument{"P", 560 + 40*min(n, 5), "one quotes “" + p.text + "” and the other has it"}
			case !run && speaker == "same" && topic >= 6 && weigh(p.concepts) > n && holdsNear(y, p):
				arg = argument{"L", 560 + 40*min(n, 5), "one quotes “" + p.text + "” and the other tells it"}
			}
			if arg.score > best.score || arg.score == best.score && arg.why < best.why {
				best = arg
			}
		}
	}
	return best
}

// holdsNear reports whether all concepts of a phrase stand close together in a statement.
func holdsNear(s *statement, p *phrase) bool {
	if inCommon(s.concepts, p.concepts) < len(p.concepts) {
		return false
	}
	last := map[concept]int{}
	for i, c := range s.places {
		if c == 0 || !slices.Contains(p.concepts, c) {
			continue
		}
		last[c] = i
		if len(last) < len(p.concepts) {
			continue
		}
		first := i
		for _, at := range last {
			first = min(first, at)
		}
		if i-first < retellingWindow {
			return true
		}
	}
	return false
}

// topicShared weighs what the surroundings of two statements have in common beside some concepts.
func topicShared(a, b *statement, beside []concept) int {
	sum := 0
	bothHave(a.topic, b.topic, func(c concept) {
		if !slices.Contains(beside, c) {
			sum += c.weight()
		}
	})
	return sum
}

// figured (F) weighs figures that are equal.
func figured(a, b *statement, speaker string) argument {
	both := shared(a.figures, b.figures)
	if len(both) == 0 {
		return argument{}
	}
	rare, first := 0, ""
	for _, f := range both {
		if first == "" || f.distinctive() && rare == 0 || f.telling() && rare == 0 {
			first = f.String()
		}
		if f.distinctive() {
			rare++
		}
	}
	sum, part := overlap(a, b)
	why := "both have the figure " + first
	switch {
	case first == "":
		return argument{}
	case rare > 0 && sum >= 4 && part >= 200:
		return argument{"F", min(640+60*(rare-1)+part/5+bonus(speaker), 950), why}
	case sum >= 6 && part >= 500 && (speaker == "same" || sum >= 9):
		return argument{"F", min(540+part/5+bonus(speaker), 900), why}
	case sum >= 4 && slices.ContainsFunc(both, figure.telling) && topicShared(a, b, nil) >= sameSubject:
		return argument{"F", 540, why}
	case rare > 0 || sum >= 6 && part >= 300:
		return argument{"F", 500, why}
	}
	return argument{}
}

// sameSubject is the weight of what two claims and the words around them share, from which
// they are about one thing.
const sameSubject = 12

func bonus(speaker string) int {
	if speaker == "same" {
		return 40
	}
	return 0
}

// paraphrased (S) weighs the concepts that both have.
func paraphrased(a, b *statement, speaker string) argument {
	sum, part := overlap(a, b)
	n := inCommon(a.concepts, b.concepts)
	if n < 3 || sum < 7 {
		return argument{}
	}
	whole := 1000 * sum / (a.weight + b.weight - sum)
	score := (350*part + 450*whole) / 1000
	switch {
	case speaker == "same" && min(len(a.concepts), len(b.concepts)) >= 4:
		score += 200
	case speaker == "same" || n >= 5:
		score += 120
	default: // a few words in common are no sign that two speakers say one thing
		score = min(score+60, topMost)
	}
	if score < worth {
		return argument{}
	}
	return argument{"S", min(score, 900), fmt.Sprintf("%d words in common", n)}
}

// Bounds on what is held for the same in like words.
const (
	rewordedMean  = 640 // of what either tells, how much the other tells
	rewordedLeast = 560 // the same of the one that tells less of the other
	rewordedTerms = 14  // words that count: in more, there is something like most things
)

// reworded (M) weighs words of like meaning: one speaker says the same in other words. Two
// words that tell much must be the same, and no names: all that is said of a person has
// that. What a writer says in two texts is about one thing more often than the same.
func reworded(a, b *statement, speaker string) argument {
	if speaker != "same" || a.names() || b.names() || a.first().mode == graph.ModeVoice && b.first().mode == graph.ModeVoice {
		return argument{}
	}
	x, y := a.meaning(), b.meaning()
	if max(len(x), len(y)) > rewordedTerms || max(len(x), len(y)) > 2*min(len(x), len(y)) {
		return argument{}
	}
	heavy := 0
	for _, t := range x {
		if concept(t.id).heavy() && slices.ContainsFunc(y, t.same) {
			heavy++
		}
	}
	if heavy < 2 || slices.ContainsFunc(a.figures, figure.telling) != slices.ContainsFunc(b.figures, figure.telling) {
		return argument{}
	}
	of, back := told(x, y), told(y, x)
	if mean := (of + back) / 2; mean >= rewordedMean && min(of, back) >= rewordedLeast {
		return argument{"M", 600 + (mean-rewordedMean)/2, "the same in like words"}
	}
	return argument{}
}

// meaning returns the terms of a statement that tell something, but for names.
func (s *statement) meaning() []term {
	return slices.DeleteFunc(of(s.terms, content), func(t term) bool { return t.proper || t.name })
}

// names reports whether a statement has a name in quotation marks: all that is said of a thing
// shares its name.
func (s *statement) names() bool {
	return slices.ContainsFunc(s.quotes, func(p phrase) bool { return p.name })
}

// overlap returns the weight of the concepts that both have, and its share, in
// thousandths, of the lighter one.
func overlap(a, b *statement) (sum, part int) {
	bothHave(a.concepts, b.concepts, func(c concept) { sum += c.weight() })
	if least := min(a.weight, b.weight); least > 0 {
		part = 1000 * sum / least
	}
	return sum, part
}

func holdsRun(text, words []word) bool {
	for i := 0; i+len(words) <= len(text); i++ {
		if slices.Equal(text[i:i+len(words)], words) {
			return true
		}
	}
	return false
}
