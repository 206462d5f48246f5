package report

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"whence/graph"
)

// negations are the words that turn a statement round. "Without" does not: what it
// takes away is a condition.
var negations = set("not no never none nor neither nothing nobody nowhere")

// A wordMark says what a token of a quotation is.
type wordMark int

const (
	plainWord wordMark = iota
	gapMark            // "…": words are left out
	editMark           // "[the minister]": other words are put in
)

// A token is one word of a quotation, or a mark of what was done to it.
type token struct {
	word string // folded; the words in brackets, joined by spaces, of an edit
	mark wordMark
	ends bool // a sentence ends after it
}

// maxTokens bounds what is compared of one quotation.
const maxTokens = 400

// contractions are told as the words that they stand for, so that "won't" and
// "will not" are one.
var contractions = map[string]string{
	"won't": "will not", "can't": "can not", "cannot": "can not", "shan't": "shall not", "ain't": "is not",
}

var clitics = []struct{ from, to string }{{"n't", " not"}, {"'ll", " will"}, {"'re", " are"}, {"'ve", " have"}, {"'m", " am"}}

// quoteMarks writes apostrophes and omissions in one way.
var quoteMarks = strings.NewReplacer("’", "'", "[…]", "…", "[...]", "…", "(…)", "…", "(...)", "…", "....", "…", "...", "…", ". . .", "…")

// tokensOf reads the words of a quotation. Case, dashes, quotation marks and white
// space do not count.
func tokensOf(text string) []token {
	var out []token
	text = quoteMarks.Replace(text)
	add := func(word string) {
		word = strings.ToLower(strings.Trim(word, "'"))
		if full := contractions[word]; full != "" {
			word = full
		}
		for _, c := range clitics {
			if cut, ok := strings.CutSuffix(word, c.from); ok && cut != "" {
				word = cut + c.to
				break
			}
		}
		for _, part := range strings.Fields(word) {
			if w := strings.Join(graph.FoldWords(part), ""); w != "" && len(out) < maxTokens {
				out = append(out, token{word: w})
			}
		}
	}
	start, prev := -1, ' '
	flush := func(end int) {
		if start >= 0 {
			add(text[start:end])
			start = -1
		}
	}
	for i := 0; i < len(text) && len(out) < maxTokens; {
		r, size := utf8.DecodeRuneInString(text[i:])
		next, _ := utf8.DecodeRuneInString(text[i+size:])
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r):
			if start < 0 {
				start = i
			}
		case start >= 0 && (r == '\'' && unicode.IsLetter(next) || (r == ',' || r == '.') && unicode.IsDigit(prev) && unicode.IsDigit(next)):
		default:
			flush(i)
			switch {
			case r == '…' && len(out) < maxTokens:
				out = append(out, token{mark: gapMark})
			case strings.ContainsRune(".!?", r) && len(out) > 0:
				out[len(out)-1].ends = true
			case r == '[':
				if n := strings.IndexByte(text[i:min(len(text), i+maxInserted)], ']'); n > 0 && len(out) < maxTokens {
					out = append(out, token{word: strings.Join(graph.FoldWords(text[i:i+n]), " "), mark: editMark})
					size = n + 1
				}
			}
		}
		prev = r
		i += size
	}
	flush(len(text))
	return out
}

// words counts the words among tokens.
func words(ts []token) int {
	n := 0
	for _, t := range ts {
		if t.mark == plainWord {
			n++
		}
	}
	return n
}

// negated counts the words that turn a statement round.
func negated(ts []token) int {
	n := 0
	for _, t := range ts {
		for _, w := range strings.Fields(t.word) {
			if negations[w] {
				n++
			}
		}
	}
	return n
}

// An alignment is how the words of a retold text stand to those of the text that
// it is from, from its first word that is met there to its last.
type alignment struct {
	from, to    int // the words met in the text it is from: [from, to)
	matched     int
	substituted int // words put for others
	inserted    int // words that are not there
	dropped     int // words left out inside with no mark
	runs        int // places where they are left out with no mark
	gaps, edits int // places where a mark says so
	lost        []token
}

// errors returns the share, in thousandths, of the retold words that are wrong: the word
// error rate of what it covers.
func (a alignment) errors() int {
	n := a.matched + a.substituted + a.inserted
	if n == 0 {
		return 1000
	}
	return 1000 * (a.substituted + a.inserted + a.dropped) / n
}

// What steps of an alignment cost, in hundredths of a word. Leaving out a run of
// words is one act, however long.
const (
	costWrong = 100
	costLeave = 90
	costEach  = 2
)

// alignWords finds the cheapest way in which a retold text comes from another.
// What stands before and after in the other costs nothing. The time is in
// proportion to the product of the lengths, which [maxTokens] bounds.
func alignWords(retold, of []token) alignment {
	n, m := len(retold), len(of)
	const far = 1 << 29
	const (
		stop = iota
		pairUp
		insert
		leave // on from a word left out
		skip  // a mark goes over a word
		enter // from skipping or leaving back to words
	)
	width := m + 1
	cost := make([]int, width)
	back := make([]uint8, (n+1)*width)
	backGone := make([]uint8, (n+1)*width)
	for i := 1; i <= n; i++ {
		t := retold[i-1]
		row, rowGone := make([]int, width), make([]int, width) // in words; in a run left out
		for j := 0; j <= m; j++ {
			at := i*width + j
			row[j], rowGone[j] = far, far
			if t.mark != plainWord {
				row[j], back[at] = cost[j], insert
				if j > 0 && row[j-1]+costEach < row[j] {
					row[j], back[at] = row[j-1]+costEach, skip
				}
				continue
			}
			row[j], back[at] = cost[j]+costWrong, insert
			if j == 0 {
				continue
			}
			wrong := costWrong
			if t.word == of[j-1].word {
				wrong = 0
			}
			if c := cost[j-1] + wrong; c <= row[j] {
				row[j], back[at] = c, pairUp
			}
			rowGone[j], backGone[at] = row[j-1]+costLeave+costEach, enter
			if c := rowGone[j-1] + costEach; c < rowGone[j] {
				rowGone[j], backGone[at] = c, leave
			}
			if rowGone[j] < row[j] && i < n { // nothing is left out after the last word
				row[j], back[at] = rowGone[j], enter
			}
		}
		cost = row
	}
	best := 0
	for j := range cost {
		if cost[j] < cost[best] {
			best = j
		}
	}
	a := alignment{from: best, to: best}
	i, j, inGone := n, best, false
	for i > 0 {
		at := i*width + j
		switch {
		case inGone:
			a.dropped++
			a.lost = append(a.lost, of[j-1])
			inGone = backGone[at] == leave
			j--
		case back[at] == enter:
			inGone = true
			a.runs++
		case back[at] == skip:
			a.lost = append(a.lost, of[j-1])
			j--
		case back[at] == pairUp:
			if retold[i-1].word == of[j-1].word {
				a.matched++
			} else {
				a.substituted++
				a.lost = append(a.lost, of[j-1])
			}
			i, j = i-1, j-1
		case retold[i-1].mark == gapMark:
			a.gaps++
			i--
		case retold[i-1].mark == editMark:
			a.edits++
			i--
		default:
			a.inserted++
			i--
		}
		a.from = j
	}
	slices.Reverse(a.lost)
	return a
}

// quoted returns what a claim has in quotation marks, as passages of the document:
// all of it when it is direct, else what marks stand around.
func quoted(c *graph.Claim) []graph.Passage {
	switch c.Mode {
	case graph.ModeDirect:
		return c.Content
	case graph.ModeMixed:
	default:
		return nil
	}
	var out []graph.Passage
	for _, p := range c.Content {
		for _, s := range marked(p.Exact) {
			if s.Len() > 0 {
				q := graph.NewPassage(p.Exact, s)
				q.Start, q.End = p.Start+s.Start, p.Start+s.End
				out = append(out, q)
			}
		}
	}
	return out
}

var closingMarks = map[rune]string{'“': "”", '‘': "’", '"': "\"", '\'': "'", '«': "»", '„': "“”"}

// marked returns what stands between quotation marks, the marks left out. A mark
// between two letters is an apostrophe; one that is never closed quotes nothing.
func marked(text string) []graph.Span {
	var out []graph.Span
	open, start, prev := "", 0, ' '
	inWord := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	for i, r := range text {
		_, size := utf8.DecodeRuneInString(text[i:])
		next, _ := utf8.DecodeRuneInString(text[min(len(text), i+size):])
		switch {
		case open != "" && strings.ContainsRune(open, r) && (!inWord(prev) || !inWord(next)):
			if i > start {
				out = append(out, graph.Span{Start: start, End: i})
			}
			open = ""
		case open == "" && closingMarks[r] != "" && !inWord(prev):
			open, start = closingMarks[r], i+size
		}
		prev = r
	}
	return out
}
