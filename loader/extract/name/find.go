package name

import (
	"slices"
	"strings"

	"whence/graph"
)

// Find returns the names in the sentences, in order of Span.Start, none
// overlapping another. The sentences must be in order; none means that the whole text is
// one. The time it takes is proportional to the length of the text.
func Find(text string, sentences []graph.Span) []Name {
	names := find(text, sentences)
	judge(text, sentences, names)
	return names
}

// find returns the names that the rules find, with the types that words tell.
func find(text string, sentences []graph.Span) []Name {
	if len(sentences) == 0 {
		sentences = []graph.Span{{End: len(text)}}
	}
	f := &finder{text: text, lower: map[string]int{}, inside: map[string]int{}, short: map[string]graph.AgentType{}}
	lines := make([][]token, 0, len(sentences))
	for _, s := range sentences {
		if s.Start < 0 || s.End > len(text) || s.Start >= s.End {
			continue
		}
		toks := tokenise(text, s)
		mute(toks)
		f.count(toks)
		lines = append(lines, toks)
	}
	for _, toks := range lines {
		f.define(toks)
	}
	slices.SortStableFunc(f.defs, func(a, b definition) int { return a.long.Start - b.long.Start })
	for i, toks := range lines {
		lines[i] = nil
		f.scan(toks)
		if anyMuted(toks) {
			lines[i] = toks // once more, when the names of the running text are known
		}
	}
	f.learn()
	for _, toks := range lines {
		f.recall(toks)
	}
	return f.finish()
}

// A finder holds what is known of one text while its names are found.
type finder struct {
	text   string
	lower  map[string]int // how often a word stands in lower case
	inside map[string]int // how often it is capitalised where a capital tells something
	short  map[string]graph.AgentType
	defs   []definition
	names  []Name
	learnt map[string]graph.AgentType // names of the running text, in lower case
	people map[string]bool            // surnames of persons named in full
	passed []token                    // single ordinary words with a capital: surnames, if a person bears them
}

func (f *finder) count(toks []token) {
	for _, t := range toks {
		switch {
		case t.mark:
		case !t.cap:
			f.lower[t.low]++
		case !t.first && !t.muted:
			f.inside[t.low]++
		}
	}
}

func anyMuted(toks []token) bool {
	return slices.ContainsFunc(toks, func(t token) bool { return t.muted })
}

// mute marks the tokens whose capitals tell nothing: those of a headline in
// title case, and words shouted side by side ("IT WILL NOT HAPPEN").
func mute(toks []token) {
	for start := 0; start < len(toks); {
		end := start + 1
		for end < len(toks) && !toks[end].newline {
			end++
		}
		if isHeadline(toks[start:end]) {
			for i := start; i < end; i++ {
				toks[i].muted = true
			}
		}
		start = end
	}
	for i := 0; i < len(toks); {
		if !toks[i].shout {
			i++
			continue
		}
		j, plain := i, 0
		for j < len(toks) && (toks[j].shout || toks[j].low == "i" || toks[j].low == "a") {
			if ordinary.has(toks[j].low) && !isListedAcronym(toks[j]) {
				plain++
			}
			j++
		}
		if plain > 0 {
			for k := i; k < j; k++ {
				toks[k].muted = toks[k].muted || j-i > 1 || ordinary.has(toks[k].low)
			}
		}
		i = j
	}
}

// isHeadline reports whether nearly every long word of a line is capitalised. A short
// line is none, nor is one that ends as a sentence does, unless words have a
// capital that no name would give them, as in "Brandt Says She Will Never Go".
func isHeadline(line []token) bool {
	long, capital, plain := 0, 0, 0
	for i, t := range line {
		if t.mark || i == 0 {
			continue
		}
		if t.cap && (isGrammar(t.low) || IsVerb(t.low)) {
			plain++
		}
		if len(t.word) < 4 {
			continue
		}
		long++
		if t.cap {
			capital++
		}
	}
	if n := len(line); n > 0 && line[n-1].low == "." && (plain < 2 || long < 5) {
		return false
	}
	return long >= 3 && capital*10 >= long*8
}

// isGrammar reports whether a word only holds a clause together, so that inside a
// sentence it has a capital in titles alone.
func isGrammar(low string) bool {
	switch low {
	case "that", "what", "when", "where", "how", "why", "who", "she", "he", "they", "it", "his", "her", "their", "this", "these", "those", "with", "from", "into",
		"over", "about", "after", "before", "than", "because", "while", "just", "never", "not", "only", "if", "but", "we", "you", "your", "our", "been", "being", "be":
		return true
	}
	return false
}

// isListedAcronym reports whether a capitalised word is a listed name although
// it is also an ordinary word: "US", "WHO".
func isListedAcronym(t token) bool {
	_, ok := Listed(t.word)
	return ok && t.shout && len(t.word) <= 5
}

func (f *finder) add(n Name) { f.names = append(f.names, n) }

// learn gathers the names of the running text, so that headlines and surnames
// alone can be read by them.
func (f *finder) learn() {
	f.learnt, f.people = map[string]graph.AgentType{}, map[string]bool{}
	for _, n := range f.names {
		if n.Office || n.Nominal {
			continue
		}
		words := strings.Fields(n.Span.Of(f.text))
		if t, ok := f.learnt[Fold(n.Span.Of(f.text))]; !ok || t == "" {
			f.learnt[Fold(n.Span.Of(f.text))] = n.Type
		}
		if n.Type == graph.Person && len(words) > 1 {
			f.people[strings.ToLower(words[len(words)-1])] = true
		}
	}
	for i := range f.names {
		f.trim(&f.names[i])
	}
	for _, t := range f.passed {
		if f.people[t.low] {
			f.add(Name{Span: t.Span, Type: graph.Person})
		}
	}
	for i, n := range f.names {
		words := n.Span.Of(f.text)
		if !n.Office && !n.Nominal && (n.Type == "" || n.Type == graph.Place && !f.afterPreposition(n)) && f.people[Fold(words)] {
			f.names[i].Type = graph.Person
		}
	}
}

// trim takes off a name the words that only stand before a person whom the text names in
// full: "Former Brandt aides", "Farm Workers Brandt and Holm".
func (f *finder) trim(n *Name) {
	if n.Office || n.Nominal || n.Acronym.Len() > 0 || n.Type != "" && n.Type != graph.Person || !strings.ContainsAny(n.Span.Of(f.text), " \u00a0") {
		return
	}
	toks := tokenise(f.text, n.Span)
	plain := true
	for k := 1; k < len(toks) && !toks[k-1].mark && !(IsGiven(toks[k-1].word) && !ordinary.has(toks[k-1].low)); k++ {
		plain = plain && f.isPlain(toks[k-1])
		rest := graph.Span{Start: toks[k].Start, End: n.Span.End}
		full := k+1 < len(toks) && !isParticle(toks[k].low) && f.learnt[Fold(rest.Of(f.text))] == graph.Person
		if full || plain && k == len(toks)-1 && n.Type == "" && f.people[toks[k].low] && !orgHeads.has(toks[k].low) {
			n.Span, n.Type = rest, graph.Person
			return
		}
	}
}

// isPlain reports whether a capitalised word before a person's name is no part of it.
func (f *finder) isPlain(t token) bool {
	if t.mark || orgHeads.has(t.low) && len(t.low) > 2 || IsGiven(t.word) && !ordinary.has(t.low) {
		return false
	}
	if _, listed := Listed(t.word); listed || isCallings(t.low) {
		return true // "Republicans Brandt and Holm"
	}
	return orgHeads.has(t.low) || ordinary.has(t.low) || topics.has(t.low) || officeMods.has(t.low) || demonyms.has(t.low) || f.lower[t.low] > 0
}

// afterPreposition reports whether the name follows a word that leads to a place.
func (f *finder) afterPreposition(n Name) bool {
	before := strings.Fields(f.text[max(0, n.Span.Start-8):n.Span.Start])
	return len(before) > 0 && slices.Contains([]string{"in", "from", "to", "at", "of", "for", "near", "across", "around"}, strings.ToLower(before[len(before)-1]))
}

// recall finds, where capitals tell nothing, the names that the running text has.
func (f *finder) recall(toks []token) {
	for i := 0; i < len(toks); {
		if !toks[i].muted || !toks[i].cap {
			i++
			continue
		}
		n := min(8, len(toks)-i)
		for ; n > 0; n-- {
			s := graph.Span{Start: toks[i].Start, End: toks[i+n-1].End}
			t, ok := f.learnt[Fold(s.Of(f.text))]
			if n == 1 && !ok && f.people[toks[i].low] && !ordinary.has(toks[i].low) {
				t, ok = graph.Person, true
			}
			if ok && !(n == 1 && ordinary.has(toks[i].low)) {
				f.add(Name{Span: s, Type: t})
				break
			}
		}
		i += max(n, 1)
	}
}

// finish puts the names in order and drops what overlaps an earlier, longer one.
func (f *finder) finish() []Name {
	slices.SortStableFunc(f.names, func(a, b Name) int {
		if a.Span.Start != b.Span.Start {
			return a.Span.Start - b.Span.Start
		}
		return b.Span.End - a.Span.End
	})
	var roles []graph.Span
	for _, n := range f.names {
		if n.Role.Len() > 0 {
			roles = append(roles, n.Role)
		}
	}
	slices.SortFunc(roles, func(a, b graph.Span) int { return a.End - b.End })
	out := f.names[:0]
	end := 0
	for _, n := range f.names {
		if n.Span.Start >= end && n.Span.Len() > 0 && !(n.Office && inside(roles, n.Span)) {
			out = append(out, n)
			end = n.Span.End
		}
	}
	f.speakFor(out)
	return out
}

// inside reports whether a span lies in the first of some spans, in order of their
// ends, that does not end before it.
func inside(spans []graph.Span, s graph.Span) bool {
	i, _ := slices.BinarySearchFunc(spans, s.End, func(r graph.Span, end int) int { return r.End - end })
	return i < len(spans) && spans[i].Contains(s)
}

// Fold returns the form under which two spellings of a name are equal: lower
// case, straight apostrophes, single spaces, no leading article, no possessive
// ending, no full stops in abbreviations, "and" for "&".
func Fold(s string) string {
	s = strings.ToLower(strings.ReplaceAll(graph.FoldSpace(s), "’", "'"))
	s = strings.TrimSuffix(strings.TrimSuffix(s, "'s"), "'")
	s = strings.ReplaceAll(s, " & ", " and ")
	if strings.Contains(s, ".") {
		s = strings.ReplaceAll(strings.ReplaceAll(s, ". ", " "), ".", "")
	}
	if cut, ok := strings.CutPrefix(s, "the "); ok && cut != "" {
		s = cut
	}
	return s
}
