package name

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"whence/graph"
)

// A token is a word, a number or one mark of punctuation. A word's possessive
// ending is not part of it.
type token struct {
	graph.Span
	word       string // as written, with a straight apostrophe
	low        string // in lower case
	mark       bool   // punctuation
	cap        bool   // begins with a capital
	shout      bool   // all capitals, two letters or more
	possessive bool
	glued      bool // no space before it
	newline    bool // a line break before it
	first      bool // opens a sentence or a quotation, or follows a colon: a capital tells nothing
	muted      bool // its capital tells nothing: shouted, or in a headline
}

// tokenise cuts the words out of text[s.Start:s.End].
func tokenise(text string, s graph.Span) []token {
	var to []token
	open := false // inside single quotation marks
	first := true
	for i := s.Start; i < s.End; {
		r, size := utf8.DecodeRuneInString(text[i:s.End])
		if unicode.IsSpace(r) {
			i += size
			continue
		}
		t := token{Span: graph.Span{Start: i, End: i + size}, first: first}
		if n := len(to); n > 0 && to[n-1].End <= i && to[n-1].End >= s.Start {
			gap := text[to[n-1].End:i]
			t.glued = gap == "" || gap == "'s" || gap == "’s"
			t.newline = strings.ContainsAny(gap, "\n\r")
		}
		t.first = t.first || t.newline
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			t.mark, t.word, t.low = true, text[i:i+size], text[i:i+size]
			switch r {
			case '‘':
				open, first = true, true
			case '’':
				open = false
			case '“', '"', '”', ':', '•', '…', '—', '–', '(', '[', '?', '!', '@':
				first = true
			case '\'', '`':
				// A typewriter's mark opens what follows when nothing stands before it.
				first = t.glued && to[len(to)-1].first && to[len(to)-1].mark || !t.glued
			case '.':
				// A stop after a lower-case word ends a sentence, also where the caller saw none.
				n := len(to)
				first = n > 0 && (to[n-1].mark || !to[n-1].cap && len(to[n-1].word) > 3)
			}
			to = append(to, t)
			i += size
			continue
		}
		end := wordEnd(text, i, s.End)
		next := end
		word := text[i:end]
		for _, ending := range []string{"'s", "’s", "'S", "’S"} {
			if cut, ok := strings.CutSuffix(word, ending); ok && cut != "" {
				word, t.possessive = cut, true
				end = i + len(cut)
			}
		}
		if !t.possessive && !open && strings.HasSuffix(word, "s") {
			if after, ok := cutApostrophe(text[end:s.End]); ok && (after == "" || after[0] == ' ') {
				t.possessive = true
				next = end + len(text[end:s.End]) - len(after)
			}
		}
		t.End = end
		t.word = strings.ReplaceAll(word, "’", "'")
		t.low = strings.ToLower(t.word)
		t.cap = (unicode.IsUpper(r) || capsAfterArticle(word)) && !isSeat(word)
		t.shout = isShout(word)
		to = append(to, t)
		first = false
		i = next
	}
	return to
}

func cutApostrophe(s string) (after string, ok bool) {
	if after, ok = strings.CutPrefix(s, "’"); ok {
		return after, true
	}
	return strings.CutPrefix(s, "'")
}

// wordEnd returns the end of the word that begins at i: letters and digits, and
// between two of them an apostrophe or a hyphen, or a full stop after a single letter
// ("U.S.", "J.K.") or a full stop or comma between digits.
func wordEnd(text string, i, limit int) int {
	run := 0 // letters since the last joint
	for i < limit {
		r, size := utf8.DecodeRuneInString(text[i:limit])
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.Is(unicode.Mn, r):
			run++
			i += size
			continue
		case r == '\'', r == '’', r == '-', r == '‑':
		case r == '.' && run == 1, r == ',' && i > 0 && isDigit(text[i-1]):
		default:
			return i
		}
		next, _ := utf8.DecodeRuneInString(text[i+size : limit])
		switch {
		case !unicode.IsLetter(next) && !unicode.IsDigit(next):
			return i
		case r == '.' && !unicode.IsUpper(next) && !unicode.IsDigit(next), r == ',' && !unicode.IsDigit(next):
			return i
		}
		run = 0
		i += size
	}
	return i
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

func isShout(word string) bool {
	letters := 0
	for _, r := range word {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			letters++
		}
	}
	return letters >= 2
}

// isInitial reports whether a word is one capital or several with stops: "J", "J.K".
func isInitial(word string) bool {
	for i, r := range word {
		if i%2 == 0 && !unicode.IsUpper(r) || i%2 == 1 && r != '.' {
			return false
		}
	}
	return word != ""
}

// capsAfterArticle reports whether a word is a surname with its Arabic article: "al-Amr".
func capsAfterArticle(word string) bool {
	if len(word) < 4 || word[2] != '-' {
		return false
	}
	switch word[:2] {
	case "al", "el", "as", "ar", "an":
		r, _ := utf8.DecodeRuneInString(word[3:])
		return unicode.IsUpper(r)
	}
	return false
}

// isSeat reports whether a word is the party and state of a member of Congress: the
// "R-Wis." of "Olga Brandt, R-Wis.", which names nobody.
func isSeat(word string) bool {
	if len(word) < 3 || word[1] != '-' || !strings.ContainsRune("RDI", rune(word[0])) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(word[2:])
	return unicode.IsUpper(r)
}
