package entity

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"whence/graph"
	"whence/loader/syntax"
)

// Marked returns the names in a sentence of a treebank that marks mentions, as
// [Find] should: of each mention whose head is a proper noun the name proper,
// without articles, titles and what describes ("the late Dr Ada Lund of Leeds" is
// "Ada Lund"), and of names inside a name only the outermost. Times are no names.
func Marked(e syntax.Example) []Name {
	var found []held
	for _, m := range e.Mentions {
		if h, ok := namedIn(e, m); ok {
			found = append(found, h)
		}
	}
	slices.SortStableFunc(found, func(a, b held) int {
		if a.first != b.first {
			return a.first - b.first
		}
		return b.last - a.last
	})
	var out []Name
	end := -1
	for _, h := range found {
		if h.first > end {
			out = append(out, Name{Span: graph.Span{Start: e.Tokens[h.first].Span.Start, End: e.Tokens[h.last].Span.End}, Type: h.typ})
			end = h.last
		}
	}
	return out
}

// held is a name as its first and last token.
type held struct {
	first, last int
	typ         graph.AgentType
}

func namedIn(e syntax.Example, m syntax.Mention) (held, bool) {
	typ, ok := map[string]graph.AgentType{
		"person": graph.Person, "organization": graph.Organisation, "place": graph.Place,
		"abstract": Thing, "event": Thing, "object": Thing, "substance": Thing, "animal": Thing, "plant": Thing,
	}[m.Type]
	head := bearer(e.Tokens, m)
	if t := e.Tokens[head]; !ok || t.UPOS != "PROPN" || !capital(t.Span.Of(e.Text)) || typ == graph.Person && t.Tag == "NNPS" {
		return held{}, false // a web address, "figure 2", "Muslims"
	}
	h := held{head, head, typ}
	for h.first > m.First && goesOnLeft(e, h, typ) {
		h.first--
	}
	for {
		next := h.last + 1
		for next <= m.Last && joins(e, m, next, typ) {
			next++
		}
		if next > m.Last || !proper(e.Tokens[next]) || typ == graph.Person && separate(e, next, head) {
			break
		}
		h.last = next
	}
	return h, true
}

// bearer returns the head of the name in a mention: its own, or what a common noun
// that heads it is followed by: "the actor Otto Lund", "the city of Leeds".
func bearer(s syntax.Sentence, m syntax.Mention) int {
	head := headOf(s, m)
	if s[head].UPOS != "NOUN" {
		return head
	}
	for i := head + 1; i <= m.Last; i++ {
		t := s[i]
		if t.Head != head || t.UPOS != "PROPN" {
			continue
		}
		if i == head+1 && (t.Rel == "appos" || t.Rel == "flat") {
			return i
		}
		if i == head+2 && s[i-1].Lemma == "of" && slices.Contains([]string{"city", "town", "village", "island", "state", "county", "province", "district"}, s[head].Lemma) {
			return i
		}
	}
	return head
}

// headOf returns the token of a mention whose head is outside of it.
func headOf(s syntax.Sentence, m syntax.Mention) int {
	for i := m.First; i <= m.Last; i++ {
		if h := s[i].Head; h < m.First || h > m.Last {
			return i
		}
	}
	return m.Last
}

func capital(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r) || unicode.IsTitle(r)
}

func proper(t syntax.Token) bool { return t.Tag == "NNP" || t.Tag == "NNPS" || t.UPOS == "PROPN" }

// goesOnLeft reports whether the token before a name's belongs to the name.
func goesOnLeft(e syntax.Example, h held, typ graph.AgentType) bool {
	before := h.first - 1
	t := e.Tokens[before]
	if typ == graph.Person && t.Head >= h.first && t.Rel != "compound" && t.Rel != "flat" {
		return false // a title, a party, a country
	}
	switch {
	case proper(t):
		return true
	case before == 0 || !proper(e.Tokens[before-1]):
		return false
	case t.Tag == "HYPH" || t.Tag == "&":
		return true
	}
	// "People's Army" is one name, "Lund's Army" two.
	return t.Tag == "POS" && !endsMention(e, before) && typ != graph.Person
}

func endsMention(e syntax.Example, i int) bool {
	return slices.ContainsFunc(e.Mentions, func(m syntax.Mention) bool {
		return m.Last == i && m.Type != "" && proper(e.Tokens[headOf(e.Tokens, m)])
	})
}

// joins reports whether the token at i may stand between two words of a name.
func joins(e syntax.Example, m syntax.Mention, i int, typ graph.AgentType) bool {
	t := e.Tokens[i]
	form := strings.ToLower(t.Lemma)
	switch {
	case t.Tag == "HYPH":
		return true
	case typ == graph.Person:
		return false
	case t.Tag == "POS":
		return !endsMention(e, i)
	case form == "of" || form == "for" || form == "&":
		return true
	case form == "the":
		return i > m.First && e.Tokens[i-1].Tag == "IN"
	case form == "and":
		// Inside a name only if what it joins is not the name itself: "Work and Pensions".
		return t.Head >= 0 && t.Head <= m.Last && e.Tokens[t.Head].Head != headOf(e.Tokens, m)
	}
	return false
}

// separate reports whether a capitalised word after a person's name is not part of it.
func separate(e syntax.Example, i, head int) bool {
	t := e.Tokens[i]
	return t.Head == head && (t.Rel == "appos" || strings.HasPrefix(t.Rel, "nmod") || t.Rel == "conj")
}
