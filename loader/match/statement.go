package match

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"whence/graph"
)

// Bounds on what is read of one claim, so that a hostile text costs no more than a long one.
const (
	maxWords     = 400     // of one claim
	maxBytes     = 8 << 10 // of one passage of a claim
	maxConcepts  = 64      // of one claim
	maxPhrases   = 16      // in quotation marks, of one claim
	maxFigures   = 32      // of one claim, and so many times
	contextBytes = 400     // on either side of a claim, for its topic
	shingle      = 5       // words in a run
)

// A statement is what a claim says, made ready to compare. Claims of one side
// with the same words and speaker are one statement.
type statement struct {
	claims   []*claim // in order of ID
	speaker  graph.ID // "" when not known
	words    []word
	places   []concept // of each word, 0 for a stop word
	concepts []concept // sorted, each once
	weight   int
	shingles []uint32 // runs of five words, sorted, each once
	own      []uint32 // those of them that are the writer's: no word of them in quotation marks
	quotes   []phrase
	figures  []figure
	times    []stretch
	dated    bool // it names a time that hangs on no other
	terms    []term
	passive  bool
	setting  []concept // of the words that set the scene for it: "At the law school,"
	topic    []concept // of the words around it too, sorted; what the speaker is called is left out
}

// A phrase is words in quotation marks.
type phrase struct {
	text     string // folded
	words    []word
	concepts []concept // sorted, each once
	name     bool      // every word that counts is capitalised: a name, not words of a speaker
}

// heaviest returns a concept that tells most of what the phrase is about, 0 if none tells much.
func (p *phrase) heaviest() concept {
	for _, c := range p.concepts {
		if c.heavy() {
			return c
		}
	}
	return 0
}

// first returns the claim that stands for the statement.
func (s *statement) first() *claim { return s.claims[0] }

// statement makes a claim ready to compare. folded are its words, marked tells which of
// them stand in quotation marks, and quotes is what the marks hold.
func (p *preparing) statement(c *graph.Claim, folded []string, marked []bool, quotes []string) *statement {
	st := &statement{speaker: p.speaker[c.ID]}
	st.words, st.places = make([]word, len(folded)), make([]concept, len(folded))
	for i, w := range folded {
		st.words[i], st.places[i] = wordOf(w), p.lexicon.concept(w)
	}
	st.concepts = p.lexicon.concepts(folded, maxConcepts)
	st.weight = weigh(st.concepts)
	st.shingles, st.own = shinglesOf(st.words, marked)
	st.setting = p.settingOf(c)
	var dates []graph.Span
	st.times, dates, st.dated = p.timesOf(c)
	st.figures = p.figuresOf(c, dates)
	// The speaker's name stands near all that the speaker says, whatever it is about.
	names := p.names[st.speaker]
	for _, s := range c.Source {
		names += "\n" + s.Exact
	}
	called := p.lexicon.concepts(fold(names), maxConcepts)
	st.terms, st.passive = p.terms(c, folded, called), passive(folded)
	st.topic = slices.DeleteFunc(p.lexicon.concepts(fold(p.around(c)), 4*maxConcepts), func(x concept) bool { return slices.Contains(called, x) })
	for _, q := range quotes {
		words := fold(q)
		words = words[:min(len(words), maxWords)]
		concepts := p.lexicon.concepts(words, maxConcepts)
		if len(words) < 2 || len(concepts) == 0 || len(st.quotes) == maxPhrases {
			continue
		}
		ph := phrase{text: strings.Join(words, " "), concepts: concepts, name: isName(q)}
		for _, w := range words {
			ph.words = append(ph.words, wordOf(w))
		}
		st.quotes = append(st.quotes, ph)
	}
	return st
}

// around returns the text that stands around a claim in its segment, and the title.
func (p *preparing) around(c *graph.Claim) string {
	text, title, segment := p.Reading.Text, p.Reading.Document.Title, p.segments[c.Segment]
	from, to := c.Content[0].Start, c.Content[0].End
	for _, q := range c.Content {
		from, to = min(from, q.Start), max(to, q.End)
	}
	to = min(to, from+4*contextBytes)
	from, to = max(from-contextBytes, segment.Start, 0), min(to+contextBytes, len(text))
	if segment.End > 0 {
		to = min(to, segment.End)
	}
	if from >= to {
		return title
	}
	for from > 0 && from < to && !utf8.RuneStart(text[from]) {
		from++
	}
	return title + "\n" + text[from:to]
}

// settingBytes bounds how far before a claim the words may stand that set its scene.
const settingBytes = 120

// settingOf returns the concepts of the words that open a claim, its sentence or the
// sentence before, and say where, when or of whom it is told: "At the law school,". Days and the
// names of writings set no scene: they say when and in what it was said.
func (p *preparing) settingOf(c *graph.Claim) []concept {
	if out := p.scene(clip(c.Content[0].Exact)); len(out) > 0 {
		return out
	}
	text, segment := p.Reading.Text, p.segments[c.Segment]
	at := c.Content[0].Start
	if at > len(text) || at <= segment.Start {
		return nil
	}
	before := text[max(segment.Start, at-settingBytes):at]
	if i := strings.LastIndexByte(before, '\n'); i >= 0 {
		before = before[i+1:]
	}
	for _, sentence := range strings.FieldsFunc(before, func(r rune) bool { return strings.ContainsRune(".!?;", r) }) {
		if out := p.scene(strings.TrimSpace(sentence)); len(out) > 0 {
			return out
		}
	}
	return nil
}

// scene returns the concepts of the words that open a sentence and set its scene.
func (p *preparing) scene(sentence string) []concept {
	first, rest, _ := strings.Cut(sentence, " ")
	if !opensScene[first] {
		return nil
	}
	if i := strings.IndexAny(rest, ",:–—"); i >= 0 {
		rest = rest[:i]
	}
	words := fold(rest)
	words = words[:min(len(words), 4)]
	if slices.ContainsFunc(words, func(w string) bool { return setsNone[w] || isNumber(w) }) {
		return nil
	}
	return p.lexicon.concepts(words, maxConcepts)
}

var (
	opensScene = set("In At On Across For Among Of")
	setsNone   = set(`monday tuesday wednesday thursday friday saturday sunday statement interview speech letter report debate email answer question
article post tweet message response reply meeting conference briefing blog paper book court hearing parliament commons lords press`)
)

// wordsOf folds the words of a claim, at most maxWords, and tells which of them stand in
// quotation marks: all of it when it is direct or when marks stand right around it.
func wordsOf(c *graph.Claim) (folded []string, marked []bool, quotes []string) {
	add := func(text string, quoted bool) {
		if quoted {
			quotes = append(quotes, text)
		}
		for _, w := range fold(text) {
			if len(folded) < maxWords {
				folded, marked = append(folded, w), append(marked, quoted)
			}
		}
	}
	for _, p := range c.Content {
		p.Exact = clip(p.Exact)
		before, _ := utf8.DecodeLastRuneInString(p.Prefix)
		after, _ := utf8.DecodeRuneInString(p.Suffix)
		if c.Mode == graph.ModeDirect || strings.ContainsRune(opening, before) && strings.ContainsRune(closing, after) {
			add(p.Exact, true)
			continue
		}
		at := 0
		for _, q := range quotedIn(p.Exact) {
			add(p.Exact[at:q.Start], false)
			add(q.Of(p.Exact), true)
			at = q.End
		}
		add(p.Exact[at:], false)
	}
	return folded, marked, quotes
}

var address = regexp.MustCompile(`(?:\w+://|\bwww\.)\S+`)

// clip returns the first maxBytes of a text, at a rune boundary, with spaces for
// addresses: their words and digits tell nothing of what is claimed.
func clip(s string) string {
	if len(s) > maxBytes {
		end := maxBytes
		for end > 0 && !utf8.RuneStart(s[end]) {
			end--
		}
		s = s[:end]
	}
	if !strings.Contains(s, "://") && !strings.Contains(s, "www.") {
		return s
	}
	return address.ReplaceAllStringFunc(s, func(a string) string { return strings.Repeat(" ", len(a)) })
}

const (
	opening = "“‘\"'«„"
	closing = "”’\"'»“"
)

// quotedIn returns what stands between quotation marks in a text, in order. A mark between
// two letters is an apostrophe; a mark that is never closed quotes nothing.
func quotedIn(text string) []graph.Span {
	var out []graph.Span
	open := map[rune]int{} // closing mark → start of what it would close
	closes := map[rune]rune{'“': '”', '‘': '’', '"': '"', '\'': '\'', '«': '»'}
	prev := ' '
	for i, r := range text {
		_, size := utf8.DecodeRuneInString(text[i:])
		next, _ := utf8.DecodeRuneInString(text[i+size:])
		inWord := (unicode.IsLetter(prev) || unicode.IsDigit(prev)) && (unicode.IsLetter(next) || unicode.IsDigit(next))
		if start, ok := open[r]; ok && !inWord {
			out = append(out, graph.Span{Start: start, End: i})
			clear(open)
		} else if c, ok := closes[r]; ok && !unicode.IsLetter(prev) && !unicode.IsDigit(prev) {
			open[c] = i + size
		}
		prev = r
	}
	return out
}

// isName reports whether all words but the little ones are capitalised.
func isName(s string) bool {
	words := strings.Fields(s)
	capitals := 0
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		if unicode.IsUpper(r) {
			capitals++
		} else if utf8.RuneCountInString(w) > 3 {
			return false
		}
	}
	return capitals >= 2
}

// shinglesOf returns hashes of the runs of five words, sorted, each once: of all,
// and of those that hold no marked word.
func shinglesOf(words []word, marked []bool) (all, unmarked []uint32) {
	for i := 0; i+shingle <= len(words); i++ {
		h := uint32(newKey(keyRun, words[i:i+shingle]...))
		all = append(all, h)
		if !slices.Contains(marked[i:i+shingle], true) {
			unmarked = append(unmarked, h)
		}
	}
	plain := len(all) == len(unmarked)
	slices.Sort(all)
	all = slices.Clip(slices.Compact(all))
	if plain {
		return all, all
	}
	slices.Sort(unmarked)
	return all, slices.Clip(slices.Compact(unmarked))
}
