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
	short graph.Span // in brackets after the long form, or before it
	typ   graph.AgentType
	name  bool // the long form is capitalised: else it names a thing of a kind ("severe mental illness (SMI)")
}

// define finds the acronyms that a sentence defines: "Institute for Port Studies
// (IPS)", "Institute for Port Studies, or IPS,", "IPS (Institute for Port Studies)". The
// letters must be the initials of the words, in order; small words may be passed
// over, and one common noun may stand last ("Individual Placement and Support
// services (IPS)").
func (f *finder) define(toks []token) {
	for i := 1; i+2 < len(toks); i++ {
		switch {
		case toks[i].low == "(" && toks[i+2].low == ")":
			f.defineBefore(toks, i, i+1)
		case toks[i].low == "," && toks[i+1].low == "or" && toks[i+2].shout && (i+3 == len(toks) || toks[i+3].mark):
			f.defineBefore(toks, i, i+2)
		case toks[i].low == "(" && isAcronym(toks[i-1].word):
			f.defineAfter(toks, i)
		}
	}
}

// defineBefore takes the words before token i for what the acronym at token short stands for.
func (f *finder) defineBefore(toks []token, i, short int) {
	if !isAcronym(toks[short].word) {
		return
	}
	first, last, ok := alignInitials(toks[:i], strings.TrimSuffix(toks[short].word, "s"))
	if !ok {
		return
	}
	typ := typeOfRun(toks[first : last+1])
	if typ == "" && last+1 < i && progHeads.has(toks[last+1].low) || short+2 < len(toks) && progHeads.has(toks[short+2].low) {
		typ = graph.Programme
	}
	f.defined(toks, first, last, short, typ)
}

// defineAfter takes the words in the bracket at token i, all of them, for what the acronym before stands for.
func (f *finder) defineAfter(toks []token, i int) {
	end := i + 1
	for end < len(toks) && end < i+maxRun && toks[end].low != ")" {
		end++
	}
	if end == len(toks) || toks[end].low != ")" || end < i+3 || toks[i-1].low == toks[i+1].low {
		return
	}
	start := i + 1
	if isDeterminer(toks[start].low) {
		start++
	}
	if first, last, ok := alignInitials(toks[:end], toks[i-1].word); ok && first == start && last == end-1 {
		f.defined(toks, first, last, i-1, typeOfRun(toks[first:end]))
	}
}

// defined adds the definition of the acronym at a token by the words from first to last.
func (f *finder) defined(toks []token, first, last, short int, typ graph.AgentType) {
	d := definition{
		long:  graph.Span{Start: toks[first].Start, End: toks[last].End},
		short: toks[short].Span,
		name:  toks[first].cap && toks[last].cap && !(toks[first].first && short > first && !capsAfter(toks[first+1:last+1])),
	}
	f.short[toks[short].word] = kindOfThing
	if d.name {
		d.typ = typ
		f.defs = append(f.defs, d)
		f.short[toks[short].word] = typ
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
