package checkworthy

import (
	"strings"

	"whence/graph"
	"whence/loader/extract/date/word"
)

// kinds is a set of classes of words.
type kinds uint64

const (
	person  = 1<<first | 1<<we
	done    = 1<<past | 1<<base
	willDo  = 1<<modal | 1<<duty | 1<<intend
	unsure  = 1<<believe | 1<<may
	anyVerb = done | willDo | unsure | 1<<be | 1<<was | 1<<have
)

// A vector holds the value of each feature, its count as a share of its limit, and 1 at its end, for
// the constant.
type vector [size + 1]float64

// A sentence is a sentence, or a clause of one, in words.
type sentence struct {
	text  string
	words []word.Word
	kinds []kinds // by word
}

// maxBytes bounds what is read of a sentence: beyond it a text is no prose.
const maxBytes = 4000

// sentenceOf cuts a span into words and looks them up.
func sentenceOf(text string, s graph.Span) sentence {
	s.End = min(s.End, s.Start+maxBytes)
	out := sentence{text: text, words: word.Split(text, s)}
	for len(out.words) > 0 && opening(out.words[0]) {
		out.words = out.words[1:]
	}
	out.kinds = make([]kinds, len(out.words))
	for i, w := range out.words {
		lower := strings.ReplaceAll(w.Lower, "’", "'")
		k := classesOf[lower]
		if regularPast(lower) {
			k |= 1 << past
		}
		if w.Kind == word.Clitic && i > 0 && out.kinds[i-1]&(1<<third|1<<this|1<<asking) != 0 {
			k |= 1 << be // "she's"
		}
		out.kinds[i] = k
	}
	return out
}

// opening reports whether a word before a statement is no part of it: a quotation mark, a dash, the
// "that" of what is reported.
func opening(w word.Word) bool {
	if w.Kind == word.Mark {
		return !w.Is("$", "£", "€")
	}
	return w.Is("that") && !w.Upper
}

// regularPast guesses past forms and participles by their ending.
func regularPast(w string) bool {
	return len(w) > 4 && strings.HasSuffix(w, "ed") && !strings.HasSuffix(w, "eed") && w != "hundred" && w != "united"
}

// clauses cuts a sentence at its marks into parts of five words or more, as far as that goes. It
// returns none when there are no two of them.
func (s sentence) clauses() []sentence {
	var out []sentence
	start, n := 0, 0
	for i, w := range s.words {
		switch {
		case w.Kind != word.Mark:
			n++
		case n >= 5 && w.Is(",", ";", ":", "-", "–", "—", "(", ")") && !(w.Glued && i+1 < len(s.words) && s.words[i+1].Glued):
			out = append(out, sentence{s.text, s.words[start:i], s.kinds[start:i]})
			start, n = i+1, 0
		}
	}
	if n >= 5 {
		out = append(out, sentence{s.text, s.words[start:], s.kinds[start:]})
	}
	if len(out) == 1 && n >= 5 {
		return nil
	}
	return out
}

// features counts.
func (s sentence) features() vector {
	var n [size]int
	var all kinds // of any word
	letters := 0
	verb, onClock, intended := false, false, false
	for i := 0; i < len(s.words); i++ {
		w, k := s.words[i], s.kinds[i]
		s.count(&n, i)
		all |= k
		if w.Kind == word.Letters || w.Kind == word.Mixed {
			letters++
			verb = verb || k&anyVerb != 0 || len(w.Lower) > 3 && strings.HasSuffix(w.Lower, "s")
			if i > 0 && w.Upper && k&(1<<first|1<<procedure) == 0 && s.words[i-1].Kind != word.Mark {
				n[name]++
			}
			n[acronym] += one(w.Upper && w.Len() > 1 && strings.ToUpper(w.Of(s.text)) == w.Of(s.text))
		}
		if w.Is("%", "percent") || w.Is("per") && s.is(i+1, "cent") {
			n[percent]++
		}
		if w.Is("$", "£", "€") || k&(1<<currency) != 0 {
			n[money]++
		}
		if length, big, isYear := s.number(i); isYear {
			n[year]++
		} else if length > 0 {
			n[number]++
			n[bigNumber] += one(big)
			n[boundedNumber] += one(s.is(i-1, "than", "over", "under", "nearly", "almost", "about", "least", "some", "by", "to"))
			n[oneIn] += one(s.is(i+length, "in", "out") && !s.is(i+length+1, "the", "a", "our", "this"))
			for ; length > 1; length-- { // the other words of the number
				i++
				all |= s.kinds[i]
				s.count(&n, i)
			}
			continue
		}
		if k&person != 0 && !w.Is("my", "our", "me", "us") {
			next := s.predicate(i)
			n[weDid] += one(next&done != 0)
			n[weWill] += one(next&willDo != 0)
			n[weThink] += one(next&unsure != 0)
			intended = intended || next&(willDo|unsure) != 0
		}
		if k&(1<<third|1<<rival|1<<body) != 0 {
			n[theyDid] += one(s.predicate(i)&done != 0)
		}
		if k&(1<<have) != 0 {
			n[perfect] += one((s.kind(i+1)|s.kind(i+2))&(done|1<<been) != 0)
		}
		if k&(1<<be) != 0 && k&(person|1<<second) == 0 {
			n[isTo] += one(s.is(i+1, "to"))
			n[theyAreDoing] += one(s.doing(i+1) || s.doing(i+2))
		}
		onClock = onClock || k&(1<<clock|1<<procedure) != 0
	}
	if len(s.words) > 0 {
		k := s.kinds[0]
		n[opensI], n[opensWe], n[opensThis] = one(k&(1<<first) != 0), one(k&(1<<we) != 0), one(k&(1<<this) != 0)
		n[opensCommand], n[opensAnd] = one(k&(1<<command) != 0), one(s.is(0, "and", "but", "so", "now"))
	}
	for i := len(s.words) - 1; i >= 0 && s.words[i].Kind == word.Mark; i-- {
		n[asks] += one(s.is(i, "?"))
		n[exclaims] += one(s.is(i, "!"))
	}
	n[asksOutright] = one(n[asks] > 0 && s.kind(0)&(1<<asking|anyVerb) != 0)
	public := all&(1<<subject|1<<vote) != 0
	told := n[past] > 0 || n[perfect] > 0 || all&(1<<was) != 0
	n[numberPast], n[numberIntended], n[numberOnClock] = one(n[number] > 0 && told), one(n[number] > 0 && intended), one(n[number] > 0 && onClock)
	n[numberSubject] = one(n[number] > 0 && (public || all&(1<<crowd) != 0))
	n[weDidSubject] = one(n[weDid] > 0 && (public || all&(1<<act) != 0))
	n[pastSubject] = one(told && (public || all&(1<<body) != 0))
	n[timelessSubject] = one(public && !told && n[number] == 0 && all&(1<<compare|1<<extreme|1<<part) == 0)
	n[pastName], n[neverPast] = one(told && n[name] > 0), one(told && all&(1<<negative) != 0)
	n[isMore] = one(all&(1<<be|1<<have) != 0 && all&(1<<compare|1<<extreme) != 0 && all&(1<<subject|1<<body) != 0)
	n[willSubject] = one(all&(1<<modal|1<<duty) != 0 && all&(1<<subject) != 0)
	n[ifYou] = one(all&(1<<condition) != 0 && all&(1<<second) != 0)
	n[over4], n[over9], n[over16], n[over25] = one(letters > 4), one(letters > 9), one(letters > 16), one(letters > 25)
	n[noVerb] = one(!verb)
	var v vector
	for f, n := range n {
		v[f] = float64(min(n, counted[f].limit)) / float64(counted[f].limit)
	}
	v[size] = 1
	return v
}

// count counts the classes of one word.
func (s sentence) count(n *[size]int, i int) {
	for c, k := feature(0), s.kinds[i]; k != 0; c, k = c+1, k>>1 {
		n[c] += int(k & 1)
	}
}

func (s sentence) is(i int, words ...string) bool {
	return i >= 0 && i < len(s.words) && s.words[i].Is(words...)
}

func (s sentence) kind(i int) kinds {
	if i < 0 || i >= len(s.kinds) {
		return 0
	}
	return s.kinds[i]
}

// predicate returns the classes of the first verb behind a subject at i, when no more than two words
// that are no verb stand between them.
func (s sentence) predicate(i int) kinds {
	if k := s.kind(i) & willDo; k != 0 { // "I'll"
		return k
	}
	for j := i + 1; j < i+4; j++ {
		if k := s.kind(j) & (done | willDo | unsure); k&unsure != 0 {
			return k & unsure
		} else if k&willDo != 0 {
			return k & willDo
		} else if k != 0 {
			return k
		}
	}
	return 0
}

// doing reports whether the word is a form in -ing that tells of no intention and no judgement.
func (s sentence) doing(i int) bool {
	return i < len(s.words) && len(s.words[i].Lower) > 5 && strings.HasSuffix(s.words[i].Lower, "ing") && s.kinds[i]&(1<<intend|1<<judge) == 0
}

// number reads a number that begins at i and tells how many words it takes, 0 if there is none,
// whether it has two digits or more, and whether it is a year.
func (s sentence) number(i int) (n int, big, isYear bool) {
	w := s.words[i]
	switch {
	case w.Kind == word.Digits:
		n = 1
		for s.is(i+n, ",", ".") && s.words[i+n].Glued && i+n+1 < len(s.words) && s.words[i+n+1].Kind == word.Digits && s.words[i+n+1].Glued {
			n += 2
		}
		isYear = n == 1 && w.Len() == 4 && (strings.HasPrefix(w.Lower, "19") || strings.HasPrefix(w.Lower, "20")) && !s.is(i-1, "$", "£", "€")
		return n, n > 1 || w.Len() > 1, isYear
	case w.Is("one", "second") && s.kind(i+1)&(1<<scale|1<<part) == 0 && !s.is(i+1, "in", "out"): // "one of us", "one day"
		return 0, false, false
	case word.IsCardinal(w.Lower), w.Is("a", "an") && s.kind(i+1)&(1<<scale) != 0:
		value, n := word.Cardinal(s.words, i)
		return n, value >= 10, false
	}
	return 0, false, false
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}
