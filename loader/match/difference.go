package match

import (
	"fmt"
	"slices"
)

// A difference is what two claims do not have in common, as far as it may change
// whether they are true.
type difference struct {
	// alike is how much of the two is the same words, in thousandths; ordered counts only those
	// that stand in the same order.
	alike, ordered int
	// changed are the runs of words that stand in one claim where others stand in the other.
	changed int
	// narrowed is set when one claim says, between words that both have, of whom or of which it is told,
	// and the other does not.
	narrowed bool
	// swapped is set when words that both have stand in another order than a part
	// moved to another place explains: "the bank sued the town" and "the town sued the bank".
	swapped bool
	denies  bool // one has one denial more
	doubts  bool // one only says that it may be so
	degrees bool // each says how much, or which way, and not alike
	hangs   bool // one says that it hangs on something
	paced   bool // one is for a time of another length: "a year"
}

// differ aligns two claims, word by word.
func differ(a, b *statement) difference {
	var d difference
	matchedA, matchedB := align(a.terms, b.terms)
	if total := len(a.terms) + len(b.terms); total > 0 {
		d.alike = 2000 * inBoth(a.terms, b.terms) / total
		d.ordered = 1000 * (total - len(rest(a.terms, matchedA)) - len(rest(b.terms, matchedB))) / total
	}
	d.denies = count(a.terms, negation)%2 != count(b.terms, negation)%2
	d.doubts = (count(a.terms, doubt) > 0) != (count(b.terms, doubt) > 0)
	d.hangs = (count(a.terms, proviso) > 0) != (count(b.terms, proviso) > 0)
	d.paced = !slices.EqualFunc(of(a.terms, rate), of(b.terms, rate), term.same)
	restA, restB := rest(a.terms, matchedA), rest(b.terms, matchedB)
	lone := func(rest, others []term) []term {
		return slices.DeleteFunc(slices.Clone(rest), func(t term) bool { return slices.ContainsFunc(others, t.same) })
	}
	d.swapped = swapped(a.terms, b.terms, matchedA, matchedB)
	// Words between the same neighbours that are not to be found elsewhere in the other claim.
	loneA, loneB := lone(restA, b.terms), lone(restB, a.terms)
	d.degrees = count(loneA, degree) > 0 && count(loneB, degree) > 0 || limits(loneA) || limits(loneB)
	begun := false
	for i, j := 0, 0; i < len(a.terms) || j < len(b.terms); {
		x, y, narrowing := 0, 0, false
		for ; i < len(a.terms) && !matchedA[i]; i++ {
			if tells(a.terms[i]) && slices.ContainsFunc(loneA, a.terms[i].same) {
				x++
				narrowing = narrowing || a.terms[i].narrows()
			}
		}
		for ; j < len(b.terms) && !matchedB[j]; j++ {
			if tells(b.terms[j]) && slices.ContainsFunc(loneB, b.terms[j].same) {
				y++
				narrowing = narrowing || b.terms[j].narrows()
			}
		}
		switch inside := i < len(a.terms) && j < len(b.terms) && begun; {
		case x > 0 && y > 0:
			d.changed++
		case x+y > 0 && inside && narrowing:
			d.narrowed = true
		}
		i, j, begun = i+1, j+1, true
	}
	return d
}

// inBoth counts the terms that both have, in whatever order.
func inBoth(a, b []term) int {
	left := slices.Clone(b)
	n := 0
	for _, t := range a {
		if i := slices.IndexFunc(left, t.same); i >= 0 {
			left = slices.Delete(left, i, i+1)
			n++
		}
	}
	return n
}

// limits reports whether terms say that something holds of a part: "some", "most", "nearly".
func limits(ts []term) bool {
	return slices.ContainsFunc(ts, func(t term) bool {
		for w := range partly {
			if t.same(particles[w]) {
				return true
			}
		}
		return false
	})
}

// tells reports whether another word in the place of a term makes another claim, beside what
// is compared otherwise, and beside the speaker's name, which one writer puts for "I".
func tells(t term) bool { return t.class == content && !t.name || t.class == degree }

func count(ts []term, c class) int { return len(of(ts, c)) }

// of returns the terms of a class, in order.
func of(ts []term, c class) (out []term) {
	for _, t := range ts {
		if t.class == c {
			out = append(out, t)
		}
	}
	return out
}

// align finds the longest list of terms that both have in order, and marks it on both sides.
func align(a, b []term) (matchedA, matchedB []bool) {
	matchedA, matchedB = make([]bool, len(a)), make([]bool, len(b))
	width := len(b) + 1
	longest := make([]uint8, (len(a)+1)*width) // from i and j on; maxTerms fits
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i].same(b[j]) {
				longest[i*width+j] = longest[(i+1)*width+j+1] + 1
			} else {
				longest[i*width+j] = max(longest[(i+1)*width+j], longest[i*width+j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i].same(b[j]):
			matchedA[i], matchedB[j] = true, true
			i++
			j++
		case longest[(i+1)*width+j] >= longest[i*width+j+1]:
			i++
		default:
			j++
		}
	}
	return matchedA, matchedB
}

// rest returns the terms that are not marked.
func rest(ts []term, marked []bool) []term {
	var out []term
	for i, t := range ts {
		if !marked[i] {
			out = append(out, t)
		}
	}
	return out
}

// swapped reports whether words and figures that both have, but not in one order, changed
// places with each other.
func swapped(a, b []term, matchedA, matchedB []bool) bool {
	leftA, leftB := rest(a, matchedA), rest(b, matchedB)
	movedA, movedB := moved(leftA, leftB), moved(leftB, leftA)
	return len(movedA) > 1 && len(movedA) == len(movedB) && !slices.EqualFunc(movedA, movedB, term.same)
}

// moved returns the terms that stand elsewhere in the other claim.
func moved(ts, others []term) []term {
	return slices.DeleteFunc(slices.Clone(ts), func(t term) bool {
		return t.class != content && t.class != number || !slices.ContainsFunc(others, t.same)
	})
}

// objection says what stands against two claims being the same, "" for nothing. rule is
// the one that holds them for the same.
func objection(a, b *statement, rule string, v *verdict) string {
	d := differ(a, b)
	close := d.alike >= closeAlike
	// One who quotes a speaker in part tells the rest in other words, and another leaves out other parts.
	quoted := v.speaker == "same" && (a.quotesPart(b) || b.quotesPart(a) || v.reuse-v.own >= longQuote)
	// Many words in a row, or a figure of many digits, are of one thing though the rest differs.
	short := min(len(a.shingles), len(b.shingles))
	many := slices.ContainsFunc(shared(a.figures, b.figures), func(f figure) bool { return f.digits() >= manyDigits })
	exact := many || v.reuse >= longRun || short >= wholeRun && 10*v.reuse >= 9*short
	told := !quoted && (rule == "S" || rule == "F" || rule == "M" || close)
	doubted := !quoted && v.reuse < longRun && (rule == "M" || close)
	switch x, y, clash := clash(a.figures, b.figures, close); {
	case clash:
		return fmt.Sprintf("figures differ: %s and %s", x, y)
	case a.first().polarity != "" && b.first().polarity != "" && a.first().polarity != b.first().polarity:
		return "one speaker is for it and one against"
	case told && otherTime(a.times, b.times):
		return "they tell of different times"
	case d.ordered >= orderedAlike && !many && v.reuse < longRun && a.dated != b.dated:
		return "one of them says when"
	case told && otherScene(a, b):
		return "they are told of different scenes"
	case told && d.denies:
		return "one of them denies it"
	case told && opposite(a, b):
		return "they tell of opposite things"
	case doubted && d.doubts:
		return "one of them says that it may be so"
	case doubted && d.hangs:
		return "one of them says that it hangs on something"
	case close && !quoted && d.degrees:
		return "they tell of other degrees"
	case close && !quoted && d.paced:
		return "one is for a time of another length"
	case d.alike >= swappedAlike && !quoted && rule != "L" && d.swapped && a.passive == b.passive:
		return "the same words are said of each other"
	case (close || rule == "F" || rule == "M") && !quoted && otherThing(a, b):
		return "one figure, of different things"
	case d.ordered >= orderedAlike && !quoted && !exact && d.changed > 0:
		return "they differ in what they tell of"
	case d.ordered >= orderedAlike && !quoted && !exact && d.narrowed:
		return "one tells of a part"
	}
	return ""
}

const (
	longQuote = 10 // runs of five words that both quote
	longRun   = 12 // runs of five words that both have
	wholeRun  = 4  // runs of five words of a claim, of which the other has nearly all
)

// closeAlike is the likeness, in thousandths, from which two claims are one sentence with a
// few words changed: then each changed word counts.
const closeAlike = 600

// swappedAlike is the same for words that changed places.
const swappedAlike = 500

// orderedAlike is the same when the order counts.
const orderedAlike = 650

// otherScene reports whether two short claims stand behind words that set different scenes.
func otherScene(a, b *statement) bool {
	n := inCommon(a.setting, b.setting)
	return n < len(a.setting) && n < len(b.setting) && max(len(a.concepts), len(b.concepts)) <= shortClaim
}

// manyDigits are so many that no two counts have them by chance.
const manyDigits = 5

// shortClaim is the number of concepts up to which a claim is not clear without what stands before it.
const shortClaim = 6

// quotesPart reports whether a statement has a phrase in quotation marks, and more, and the
// other has the phrase.
func (s *statement) quotesPart(of *statement) bool {
	return slices.ContainsFunc(s.quotes, func(p phrase) bool {
		return !p.name && len(p.words) < len(s.words) && holdsRun(of.words, p.words)
	})
}

// opposite reports whether the one tells of a thing what the other tells the contrary of.
func opposite(a, b *statement) bool {
	for _, o := range opposites {
		ax, ay := a.has(o[0]), a.has(o[1])
		bx, by := b.has(o[0]), b.has(o[1])
		if ax && by && !ay && !bx || ay && bx && !ax && !by {
			return true
		}
	}
	return false
}
