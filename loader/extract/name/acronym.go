package name

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"whence/graph"
)

// A definition is a long form with its acronym: "Employment and Support Allowance (ESA)".
type definition struct {
	long  graph.Span
	short graph.Span
	typ   graph.AgentType
	name  bool // the long form is capitalised: else it names a thing of a kind ("severe mental illness (SMI)")
}

// define finds the acronyms that a sentence defines. The letters must be the
// initials of the words before the bracket, in order; small words may be passed
// over, and one common noun may stand last ("Individual Placement and Support
// services (IPS)").
func (f *finder) define(toks []token) {
	for i := 1; i+2 < len(toks); i++ {
		if toks[i].low != "(" || toks[i+2].low != ")" || !isAcronym(toks[i+1].word) {
			continue
		}
		first, last, ok := alignInitials(toks[:i], strings.TrimSuffix(toks[i+1].word, "s"))
		if !ok {
			continue
		}
		d := definition{
			long:  graph.Span{Start: toks[first].Start, End: toks[last].End},
			short: toks[i+1].Span,
			name:  toks[first].cap && toks[last].cap && !(toks[first].first && !capsAfter(toks[first+1:last+1])),
		}
		if d.name {
			d.typ = typeOfRun(toks[first : last+1])
			if d.typ == "" && last+1 < i && progHeads.has(toks[last+1].low) || i+3 < len(toks) && progHeads.has(toks[i+3].low) {
				d.typ = graph.Programme
			}
			f.defs = append(f.defs, d)
		}
		f.short[toks[i+1].word] = d.typ
		if !d.name {
			f.short[toks[i+1].word] = kindOfThing
		}
	}
}

// kindOfThing marks an acronym of something that is no name.
const kindOfThing graph.AgentType = "-"

func capsAfter(toks []token) bool {
	for _, t := range toks {
		if t.cap {
			return true
		}
	}
	return false
}

// isAcronym reports whether a word looks like one: 2 to 10 letters, of which two
// are capitals and the first is.
func isAcronym(word string) bool {
	capitals, n := 0, 0
	for i, r := range word {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '.' && r != '-' || i == 0 && !unicode.IsUpper(r) {
			return false
		}
		if unicode.IsUpper(r) {
			capitals++
		}
		n++
	}
	return capitals >= 2 && n >= 2 && n <= 10
}

// alignInitials finds the words, ending at the last of toks or one before, of
// which the letters of short are the initials.
func alignInitials(toks []token, short string) (first, last int, ok bool) {
	letters := []rune(strings.ToLower(strings.NewReplacer(".", "", "-", "").Replace(short)))
	for _, last = range []int{len(toks) - 1, len(toks) - 2} {
		if last < 0 || last < len(toks)-1 && (toks[len(toks)-1].cap || toks[len(toks)-1].mark) {
			break
		}
		at := len(letters) - 1
		for i := last; i >= 0; i-- {
			t := toks[i]
			if t.mark && t.low != "," && t.low != "&" {
				break
			}
			if initial, _ := utf8.DecodeRuneInString(t.low); initial == letters[at] && !t.mark {
				if at == 0 {
					return i, last, true
				}
				at--
			} else if i == last || !isConnective(t.low) && t.low != "," {
				break
			}
			if t.newline {
				break
			}
		}
	}
	return 0, 0, false
}

// isConnective reports whether a small word may stand inside a name.
func isConnective(low string) bool {
	switch low {
	case "of", "for", "and", "the", "in", "on", "to", "&", "de", "with", "at":
		return true
	}
	return false
}
