package match

import (
	"hash/fnv"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"whence/graph"
)

// Bounds on what is read of one claim, so that a hostile text costs no more than a long one.
const (
	maxWords     = 400 // of one claim
	maxConcepts  = 64  // of one claim
	maxPhrases   = 16  // in quotation marks, of one claim
	contextBytes = 400 // on either side of a claim, for its topic
	shingle      = 5   // words in a run
)

// A statement is what a claim says, made ready to compare. Claims of one side
// with the same words and speaker are one statement.
type statement struct {
	claims   []*graph.Claim // in order of ID
	speaker  graph.ID       // "" when not known
	words    []string
	places   []concept // of each word, "" for a stop word
	concepts []concept // each once
	weight   int
	shingles []uint64 // sorted, each once
	quotes   []phrase
	figures  []figure
	topic    map[concept]bool // of the words around it too
	denied   bool
}

// A phrase is words in quotation marks.
type phrase struct {
	words    []string
	concepts []concept
	name     bool // every word that counts is capitalised: a name, not words of a speaker
}

// first returns the claim that stands for the statement.
func (s *statement) first() *graph.Claim { return s.claims[0] }

// A side is a Side made ready to compare.
type side struct {
	Side
	lexicon    lexicon
	statements []*statement
	speaker    map[graph.ID]graph.ID // claim → agent
	credited   map[graph.ID]graph.ID // source → agent
	own        map[graph.ID]bool     // who publishes or wrote the document
	claim      map[graph.ID]*graph.Claim
	names      map[graph.ID]string   // agent → its name and aliases
	figures    map[graph.ID][]figure // source → what it is credited for
	only       map[graph.ID]graph.ID // speaker → the one source in which all is said that the document tells of them
}

func newSide(s Side) *side {
	out := &side{
		Side: s, lexicon: lexicon{}, speaker: map[graph.ID]graph.ID{}, credited: map[graph.ID]graph.ID{}, own: map[graph.ID]bool{},
		claim: map[graph.ID]*graph.Claim{}, only: map[graph.ID]graph.ID{}, figures: map[graph.ID][]figure{},
		names: map[graph.ID]string{},
	}
	for _, a := range s.Resolution.Agents {
		out.names[a.ID] = a.Name + "\n" + strings.Join(a.Aliases, "\n")
	}
	for _, r := range s.Resolution.Resolved {
		switch {
		case r.Agent == "":
		case r.Predicate == graph.AssertedBy:
			out.speaker[r.Subject] = r.Agent
		case r.Predicate == graph.AttributedTo:
			out.credited[r.Subject] = r.Agent
		case r.Subject == s.Reading.Document.ID:
			out.own[r.Agent] = true
		}
	}
	stats := map[graph.ID][]*graph.Statistic{}
	for i := range s.Reading.Statistics {
		st := &s.Reading.Statistics[i]
		stats[st.Claim] = append(stats[st.Claim], st)
		if st.SourceID != "" {
			out.figures[st.SourceID] = append(out.figures[st.SourceID], figuresOf("", []*graph.Statistic{st})...)
		}
	}
	segments := map[graph.ID]graph.Span{}
	for i := range s.Reading.Segments {
		segments[s.Reading.Segments[i].ID] = s.Reading.Segments[i].Passage.Span
	}
	claims := make([]*graph.Claim, 0, len(s.Reading.Claims))
	for i := range s.Reading.Claims {
		c := &s.Reading.Claims[i]
		out.claim[c.ID] = c
		if who := out.speaker[c.ID]; who != "" && c.SaidIn != "" {
			if had, ok := out.only[who]; ok && had != c.SaidIn {
				out.only[who] = "" // said in several
			} else {
				out.only[who] = c.SaidIn
			}
		}
		if len(c.Content) > 0 {
			claims = append(claims, c)
		}
	}
	slices.SortFunc(claims, func(a, b *graph.Claim) int { return strings.Compare(string(a.ID), string(b.ID)) })
	known := map[string]*statement{}
	for _, c := range claims {
		words := fold(c.Words())
		words = words[:min(len(words), maxWords)]
		key := string(out.speaker[c.ID]) + "\x00" + string(c.Polarity) + "\x00" + strings.Join(words, " ")
		if had := known[key]; had != nil {
			had.claims = append(had.claims, c)
			continue
		}
		st := out.statement(c, words, stats[c.ID], segments[c.Segment])
		if len(st.concepts) == 0 {
			continue
		}
		known[key] = st
		out.statements = append(out.statements, st)
	}
	return out
}

func (s *side) statement(c *graph.Claim, words []string, stats []*graph.Statistic, segment graph.Span) *statement {
	st := &statement{claims: []*graph.Claim{c}, speaker: s.speaker[c.ID], words: words, denied: denied(words)}
	st.concepts = s.lexicon.concepts(words, maxConcepts)
	st.weight = weigh(st.concepts)
	for _, w := range words {
		st.places = append(st.places, s.lexicon.concept(w))
	}
	st.shingles = shinglesOf(words)
	st.figures = figuresOf(c.Words(), stats)
	st.topic = map[concept]bool{}
	for _, x := range s.lexicon.concepts(fold(s.around(c, segment)), 4*maxConcepts) {
		st.topic[x] = true
	}
	// The speaker's name stands near all that the speaker says, whatever it is about.
	names := s.names[st.speaker]
	for _, p := range c.Source {
		names += "\n" + p.Exact
	}
	for _, x := range s.lexicon.concepts(fold(names), maxConcepts) {
		delete(st.topic, x)
	}
	for _, q := range s.quotesOf(c) {
		folded := fold(q)
		p := phrase{words: folded[:min(len(folded), maxWords)], name: isName(q)}
		p.concepts = s.lexicon.concepts(p.words, maxConcepts)
		if len(p.words) >= 2 && len(p.concepts) >= 2 && len(st.quotes) < maxPhrases {
			st.quotes = append(st.quotes, p)
		}
	}
	return st
}

// around returns the text that stands around a claim in its segment, and the title.
func (s *side) around(c *graph.Claim, segment graph.Span) string {
	text := s.Reading.Text
	from, to := c.Content[0].Start, c.Content[0].End
	for _, p := range c.Content {
		from, to = min(from, p.Start), max(to, p.End)
	}
	to = min(to, from+4*contextBytes)
	from, to = max(from-contextBytes, segment.Start, 0), min(to+contextBytes, len(text))
	if segment.End > 0 {
		to = min(to, segment.End)
	}
	if from >= to {
		return s.Reading.Document.Title
	}
	for from > 0 && from < to && !utf8.RuneStart(text[from]) {
		from++
	}
	return s.Reading.Document.Title + "\n" + text[from:to]
}

// quotesOf returns the words of a claim that stand in quotation marks: all of it
// when it is direct or when marks stand right around it.
func (s *side) quotesOf(c *graph.Claim) []string {
	var out []string
	for _, p := range c.Content {
		before, _ := utf8.DecodeLastRuneInString(p.Prefix)
		after, _ := utf8.DecodeRuneInString(p.Suffix)
		if c.Mode == graph.ModeDirect || strings.ContainsRune(opening, before) && strings.ContainsRune(closing, after) {
			out = append(out, p.Exact)
			continue
		}
		out = append(out, quotedIn(p.Exact)...)
	}
	return out
}

const (
	opening = "“‘\"'«„"
	closing = "”’\"'»“"
)

// quotedIn returns what stands between quotation marks in a text. A mark between
// two letters is an apostrophe; a mark that is never closed quotes nothing.
func quotedIn(text string) []string {
	var out []string
	open := map[rune]int{} // closing mark → start of what it would close
	closes := map[rune]rune{'“': '”', '‘': '’', '"': '"', '\'': '\'', '«': '»'}
	prev := ' '
	for i, r := range text {
		_, size := utf8.DecodeRuneInString(text[i:])
		next, _ := utf8.DecodeRuneInString(text[i+size:])
		inWord := (unicode.IsLetter(prev) || unicode.IsDigit(prev)) && (unicode.IsLetter(next) || unicode.IsDigit(next))
		if start, ok := open[r]; ok && !inWord {
			out = append(out, text[start:i])
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

// shinglesOf returns hashes of the runs of five words, sorted, each once.
func shinglesOf(words []string) []uint64 {
	var out []uint64
	for i := 0; i+shingle <= len(words); i++ {
		h := fnv.New64a()
		for _, w := range words[i : i+shingle] {
			h.Write([]byte(w))
			h.Write([]byte{' '})
		}
		out = append(out, h.Sum64())
	}
	slices.Sort(out)
	return slices.Compact(out)
}
