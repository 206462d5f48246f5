package match

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"whence/graph"
	"whence/loader/syntax"
)

// A class says what a term does in a claim.
type class uint8

const (
	content  class = iota // what it is about
	number                // a figure, which is compared by its value
	degree                // how many, how much, or which way: changed, it makes another claim
	negation              // turns it into its contrary
	doubt                 // says that it may be so
	proviso               // says that it is so only if something else is
	rate                  // "a year", after a figure
	year                  // which is compared as a time
)

// A term is one word of a claim that may change whether it is true. Words with one ID
// say the same.
type term struct {
	id    uint32
	class class
	row   int32 // of its vector, 0 for none
	// bound says that "who", "with" or the like stands before it: it may narrow what stands before that.
	bound bool
	// name says that the speaker is called by it, and proper that it is of some name.
	name, proper bool
}

// leadWords is how many words may lead to a claim.
const leadWords = 4

// maxTerms bounds the terms of one statement that are aligned with those of another.
const maxTerms = 96

// particles are the stop words that change whether a claim is true, each with the
// word that stands for those like it.
var particles = func() map[string]term {
	m := map[string]term{}
	for _, of := range []struct {
		class class
		words string // groups
	}{
		{negation, "no not never neither nor cannot without none nobody nothing against deny denied denies hardly barely scarcely seldom rarely unable fail fails failed refuse refuses refused lack lacks lacked false untrue"},
		{doubt, "may might could can possibly perhaps maybe likely potentially probably apparently allegedly alleged reportedly suspected seems seem appears appear suggests suggest"},
		{proviso, "if unless provided"},
		{degree, "all every each|some|any|few|many several|most|almost nearly|half|both|only|more|less fewer|least|before|after|since|until|above over|below under|up|down|must should|first|second|third"},
	} {
		for _, group := range strings.Split(of.words, "|") {
			words := strings.Fields(group)
			for _, w := range words {
				m[w] = term{id: hash(words[0]), class: of.class}
			}
		}
	}
	return m
}()

// terms returns the terms of folded words, in order, without what leads to the claim ("to show
// that"). called is what the speaker is called.
func (p *preparing) terms(c *graph.Claim, folded []string, called []concept) []term {
	var out []term
	proper := p.properIn(c)
	lead := slices.Index(folded[:min(len(folded), leadWords)], "that")
	add := func(t term) {
		if len(out) < maxTerms {
			out = append(out, t)
		}
	}
	bound := false
	for i, w := range folded {
		t, ok := particles[w]
		switch c := p.lexicon.concept(w); {
		case partly[w] && i+1 < len(folded) && isNumber(folded[i+1]): // "some 40", which is the figure's bound
			continue
		case ok:
		case w == "t" && i > 0 && strings.HasSuffix(folded[i-1], "n"): // "don't"
			t = particles["not"]
		case isYear(w):
			t = term{id: hash(w), class: year}
		case isNumber(w):
			t = term{id: hash(w), class: number}
			if unit := strings.TrimLeft(w, "0123456789."); unit != w && unit != "" && multiples[unit] == 0 && !ordinals[unit] { // "45mph"
				add(t)
				t = term{id: hash(unit), class: content, row: syntax.English().Row(unit)}
			}
		case spans[w] && i > 0 && each[folded[i-1]]:
			t = term{id: hash(w), class: rate}
		case c != 0 && i < lead:
			continue
		case c != 0:
			t = term{id: uint32(c), class: content, row: syntax.English().Row(w), name: slices.Contains(called, c), proper: proper[w] || p.proper[w]}
			if positive, row := contrary(w, t.row); positive != "" {
				add(particles["not"])
				t.id, t.row = uint32(p.lexicon.concept(positive)), row
			}
		default:
			bound = narrowing[w] || bound && determiners[w]
			continue
		}
		t.bound, bound = bound, false
		add(t)
	}
	return out
}

// isYear reports whether a folded word is a year as far as four digits tell.
func isYear(w string) bool {
	return len(w) == 4 && w >= "1500" && w < "2100" && strings.Trim(w, "0123456789") == ""
}

// properIn returns the words of a claim that are written with a capital though they do not open it.
func (p *preparing) properIn(c *graph.Claim) map[string]bool {
	out := map[string]bool{}
	for _, q := range c.Content {
		for i, w := range strings.Fields(clip(q.Exact)) {
			if r, _ := utf8.DecodeRuneInString(w); i > 0 && unicode.IsUpper(r) {
				for _, f := range fold(w) {
					out[f] = true
				}
			}
		}
	}
	return out
}

var (
	narrowing   = set("who whose whom with without which that in of for from at on among aged")
	determiners = set("a an the this that these those its his her their our my your own")
	spans       = set("hour day week fortnight month quarter year decade century")
	partly      = set("some few many several most almost nearly only")
	each        = set("a an per each every")
)

// passive reports whether words tell what is done to something: "is dredged", "was bought by".
func passive(folded []string) bool {
	for i, w := range folded {
		if !be[w] {
			continue
		}
		for _, next := range folded[i+1 : min(len(folded), i+3)] {
			if strings.HasSuffix(next, "ed") || strings.HasSuffix(next, "en") || participles[next] {
				return true
			}
		}
	}
	return false
}

var (
	be          = set("is are was were be been being get gets got")
	participles = set(`made told sold bought found held paid sent kept lost won built caught cut hit hurt left led let met put read said set shut spent
struck taught thought understood brought fought sought drawn grown known shown thrown torn worn born sworn begun done gone sung`)
)

// contraryAlike is the likeness of "unsafe" and "safe", and more than that of "union" and "ion".
const contraryAlike = 450

// contrary returns the word that a word denies by its first letters, and its row; "" if it denies none.
func contrary(w string, row int32) (positive string, of int32) {
	for _, prefix := range []string{"un", "in", "im", "il", "ir", "dis", "non"} {
		rest, ok := strings.CutPrefix(w, prefix)
		if !ok || len(rest) < 4 {
			continue
		}
		if of = syntax.English().Row(rest); syntax.English().Alike(row, of) >= contraryAlike {
			return rest, of
		}
	}
	return "", 0
}

// narrows reports whether a term may say of whom or of which something is told.
func (t term) narrows() bool { return t.bound || kinds[concept(t.id)] }

// kinds are concepts of groups of people and of what sets some of a kind apart.
var kinds = func() map[concept]bool {
	m := map[concept]bool{}
	for w := range set(`person adult child man woman boy girl pupil student worker patient pensioner household family voter teacher nurse
doctor driver owner tenant prisoner soldier veteran disabled young old elderly poor rich male female rural urban private public state new local
national foreign british english scottish welsh irish american european northern southern eastern western black white asian muslim christian
jewish pregnant single married retired unemployed homeless primary secondary`) {
		m[conceptOf(stemOf(w))] = true
	}
	return m
}()

// same reports whether two terms say the same.
func (t term) same(u term) bool { return t.id == u.id && t.class == u.class }
