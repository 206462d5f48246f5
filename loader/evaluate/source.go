package evaluate

import (
	"strings"
	"unicode/utf8"
)

// sourceAgrees reports whether two attributions have the same source: the last word of a name or of
// the head of a phrase is the same, by the words of the text or by who they are said to mean. No source on both sides agrees
// too. A pronoun that nobody resolved agrees by its place.
func (p *page) sourceAgrees(gold, found *Attribution, silver bool) bool {
	if !gold.namesSource() || !found.namesSource() {
		return gold.namesSource() == found.namesSource()
	}
	keys := p.sourceKeys(found)
	wanted := p.sourceKeys(gold)
	if silver {
		wanted = append(wanted, head(gold.SpeakerSilver))
	}
	for _, w := range wanted {
		for _, k := range keys {
			if w == k && w != "" {
				return true
			}
		}
	}
	return gold.Speaker == "" && len(gold.Source) > 0 && isPronoun(p.at(gold.Source)) && touch(gold.Source, found.Source)
}

func (a *Attribution) namesSource() bool { return len(a.Source) > 0 || a.Speaker != "" }

// sourceKeys returns the words by which a source is compared.
func (p *page) sourceKeys(a *Attribution) []string {
	keys := []string{head(a.Speaker)}
	if words := p.at(a.Source); !isPronoun(words) {
		keys = append(keys, head(words))
	}
	return keys
}

// head returns the head word of a name or noun phrase in lower case: "sessions" for "Sen. Jeff
// Sessions, an ally", "officials" for "two senior officials who …". It is "" when there is no word.
func head(phrase string) string {
	words := bareWords(core(phrase))
	for len(words) > 1 && nameSuffixes[strings.TrimRight(strings.ToLower(words[len(words)-1]), ".")] {
		words = words[:len(words)-1]
	}
	if len(words) == 0 {
		return ""
	}
	return strings.ToLower(words[len(words)-1])
}

var nameSuffixes = set("jr sr ii iii iv")

// core cuts what follows the first noun phrase: appositions, brackets, and what a preposition, a
// relative pronoun or the cue begins.
func core(phrase string) string {
	phrase = strings.TrimFunc(phrase, isSpace)
	runes := []rune(strings.TrimLeft(phrase, "“\"‘'`([-–—:;,. "))
	for i, r := range runes {
		if r == ',' || r == '(' || r == '—' || isSpace(r) && (dashAt(runes, i+1) || modifierStarts[wordAt(runes, i+1)]) {
			if before := strings.TrimFunc(string(runes[:i]), isSpace); before != "" {
				return before
			}
			break
		}
	}
	return strings.TrimFunc(string(runes), isSpace)
}

var modifierStarts = set("who which that whose of for from in at on with to by as during after before about against among near speaking told said")

// dashAt reports whether one or two dashes and a space begin at i.
func dashAt(runes []rune, i int) bool {
	n := 0
	for n < 2 && i+n < len(runes) && (runes[i+n] == '-' || runes[i+n] == '–' || runes[i+n] == '—') {
		n++
	}
	return n > 0 && i+n < len(runes) && isSpace(runes[i+n])
}

// wordAt returns the word that begins at i, "" for none.
func wordAt(runes []rune, i int) string {
	end := i
	for end < len(runes) && isWord(runes[end]) {
		end++
	}
	return string(runes[i:end])
}

// bareWords splits at white space and takes punctuation and a possessive off each word.
func bareWords(s string) []string {
	var words []string
	for _, w := range strings.FieldsFunc(s, isSpace) {
		w = strings.Trim(w, "“”\"‘’'`.,;:!?()[]{}*")
		if rest, ok := strings.CutSuffix(w, "s"); ok {
			if mark, size := utf8.DecodeLastRuneInString(rest); mark == '\'' || mark == '’' {
				w = rest[:len(rest)-size]
			}
		}
		if w != "" {
			words = append(words, w)
		}
	}
	return words
}

// isPronoun reports whether a source is a single pronoun, which names nobody by itself.
func isPronoun(source string) bool {
	words := bareWords(source)
	return len(words) == 1 && pronouns[strings.ToLower(words[0])]
}

var pronouns = set("he she they it we i you his her their its our my your him them us me who whom whose which that")

func touch(as, bs []Span) bool {
	for _, a := range as {
		for _, b := range bs {
			if a.overlaps(b) {
				return true
			}
		}
	}
	return false
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}
