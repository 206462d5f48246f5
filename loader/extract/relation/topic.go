package relation

import (
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kljensen/snowball/english"

	"whence/graph"
)

type token struct {
	graph.Span
	low      string
	stem     int // of a word that carries content, else -1
	head     bool
	cap      bool
	sentence int // -1 outside every sentence
}

// A reader holds one text while its relations are sought.
type reader struct {
	in         Input
	tokens     []token
	background map[int]bool // stems that tell little apart: in many sentences, or names
	claims     []claim      // in order of their first span
	cited      []mention    // in order of span
}

// A mention is one place where a citation is made.
type mention struct {
	graph.Span
	citation int
}

// A claim is a Claim with its words read.
type claim struct {
	Claim
	hull     graph.Span // of the content
	sentence int
	topic    topic
	who      speaker
}

// stop are words that carry no topic: function words, and the verbs and nouns of reporting. The list is frozen: scores depend on it.
var stop = words(`
	a about above actually after again against all also am an and any are aren't as at be because been before being below between both
	but by can can't cannot could couldn't did didn't do does doesn't doing don't down during each either even ever every few for from
	further get gets getting give given go goes going got had has have having he her here hers herself him himself his how however i if
	in instead into is isn't it it's its itself just later let like made make makes making many may me might more most much must my myself
	neither no nor not now of off often on once one only onto or other others our ours out over own perhaps per quite rather really same
	say says said she should since so some still such than that the their theirs them themselves then there these they this those though
	through to too under until up upon us very via was wasn't we were weren't what when where whether which while who whom whose why will
	with within without won't would yes yet you your yours
	'd 'll 'm 're 's 've n't s t
	add added claim claimed claims comment comments confirm confirmed deny denied denies clarify clarified clarifies correct corrected
	correction clarification respond responded response reply replied refer referred referring report reported reports state stated
	statement suggest suggested suggests tell told answer answers question questions written way thing things
	people person minister ministers secretary government department spokesman spokeswoman spokesperson mr mrs ms dr
	plan plans planned planning proposal proposals intention intentions rule ruled new year years
	january february march april june july august september october november december monday tuesday wednesday thursday friday saturday sunday`)

// maxSentencesShare is the share of sentences, in per cent, above which a stem is background.
const maxSentencesShare = 40

func newReader(in Input) *reader {
	r := &reader{in: in}
	r.tokenize()
	for _, c := range in.Claims {
		if k, ok := r.read(c); ok {
			r.claims = append(r.claims, k)
		}
	}
	for i, c := range in.Citations {
		if c.Kind == graph.SourceLegislation || c.Kind == graph.SourceBook {
			continue // a law or a book answers nothing
		}
		for _, s := range c.Spans {
			r.cited = append(r.cited, mention{s, i})
		}
	}
	sort.SliceStable(r.cited, func(i, j int) bool { return r.cited[i].Start < r.cited[j].Start })
	sort.SliceStable(r.claims, func(i, j int) bool { return r.claims[i].hull.Start < r.claims[j].hull.Start })
	return r
}

// tokenize splits the text, stems it, and finds what is background in it.
func (r *reader) tokenize() {
	text := r.in.Text
	stems := map[string]int{} // by word, then by "\x00" and stem
	in, seen := map[int]int{}, map[int]int{}
	s, used := 0, 0
	for i := 0; i < len(text); {
		c, size := utf8.DecodeRuneInString(text[i:])
		if unicode.IsSpace(c) {
			i += size
			continue
		}
		end := i + size
		letter := unicode.IsLetter(c) || unicode.IsDigit(c)
		for letter && end < len(text) {
			d, n := utf8.DecodeRuneInString(text[end:])
			next, _ := utf8.DecodeRuneInString(text[end+n:])
			if !unicode.IsLetter(d) && !unicode.IsDigit(d) && !((d == '\'' || d == '’' || d == ',' && unicode.IsDigit(next)) && (unicode.IsLetter(next) || unicode.IsDigit(next))) {
				break
			}
			end += n
		}
		t := token{Span: graph.Span{Start: i, End: end}, stem: -1, sentence: -1, cap: unicode.IsUpper(c)}
		t.low = strings.ReplaceAll(strings.ToLower(text[i:end]), "’", "'")
		for s < len(r.in.Sentences) && r.in.Sentences[s].End <= i {
			s++
		}
		if s < len(r.in.Sentences) && r.in.Sentences[s].Start <= i {
			t.sentence = s
		}
		if word := strings.TrimSuffix(t.low, "'s"); letter && !stop[word] && len(word) > 1 {
			id, ok := stems[word]
			if !ok {
				key := "\x00" + word
				if len(word) < 40 {
					key = "\x00" + english.Stem(word, false)
				}
				if id, ok = stems[key]; !ok {
					id = used
					used++
					stems[key] = id
				}
				stems[word] = id
			}
			t.stem = id
			if at, ok := seen[id]; t.sentence >= 0 && (!ok || at != t.sentence) {
				seen[id] = t.sentence
				in[id]++
			}
		}
		if strings.HasSuffix(t.low, "n't") && t.low != "n't" {
			// "hasn't planned" is read as "has n't planned".
			cut := end - len("n't")
			if strings.HasSuffix(text[i:end], "n’t") || strings.HasSuffix(text[i:end], "N’T") {
				cut = end - len("n’t")
			}
			first, second := t, t
			first.End, first.low = cut, strings.TrimSuffix(t.low, "n't")
			second.Start, second.low, second.cap = cut, "n't", false
			first.stem, second.stem = -1, -1
			if cut > i {
				r.tokens = append(r.tokens, first)
			}
			t = second
		}
		r.tokens = append(r.tokens, t)
		i = end
	}
	for i := range r.tokens {
		// A head ends its phrase: what follows carries no topic.
		r.tokens[i].head = r.tokens[i].stem >= 0 && (i+1 == len(r.tokens) || r.tokens[i+1].stem < 0)
	}
	// Two claims that name the same person need not be about the same thing.
	r.background = map[int]bool{}
	small := map[int]bool{}
	for i, t := range r.tokens {
		if t.stem < 0 || i == 0 || r.tokens[i-1].sentence != t.sentence {
			continue
		}
		if !t.cap {
			small[t.stem] = true
		}
		r.background[t.stem] = !small[t.stem] && (t.cap || r.background[t.stem])
	}
	if n := len(r.in.Sentences); n >= 8 {
		for id, count := range in {
			if count*100 > n*maxSentencesShare {
				r.background[id] = true
			}
		}
	}
}

func (r *reader) low(i int) string {
	if i < 0 || i >= len(r.tokens) {
		return ""
	}
	return r.tokens[i].low
}

// tokensOf returns the range of tokens that begin inside a span.
func (r *reader) tokensOf(s graph.Span) (first, end int) {
	first = sort.Search(len(r.tokens), func(i int) bool { return r.tokens[i].Start >= s.Start })
	end = sort.Search(len(r.tokens), func(i int) bool { return r.tokens[i].Start >= s.End })
	return first, max(first, end)
}

// maxTopic is how many different stems a topic keeps.
const maxTopic = 60

// A topic is what words are about: the stems that carry content, and which of them are heads of phrases.
type topic struct {
	stems []int // sorted
	heads []int // sorted
}

func (r *reader) topicOf(spans ...graph.Span) topic {
	var t topic
	for _, s := range spans {
		first, end := r.tokensOf(s)
		for i := first; i < end && len(t.stems) < 4*maxTopic; i++ {
			if r.tokens[i].stem < 0 {
				continue
			}
			t.stems = append(t.stems, r.tokens[i].stem)
			if r.tokens[i].head || i+1 == end {
				t.heads = append(t.heads, r.tokens[i].stem)
			}
		}
	}
	for _, list := range []*[]int{&t.stems, &t.heads} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
		if len(*list) > maxTopic {
			*list = (*list)[:maxTopic]
		}
	}
	return t
}

// shared scores how much two topics have in common, in half points: two for a
// shared stem, one for a shared stem that is background: in many sentences, or a name. It is 0 unless a head of
// one, that is not background, stands in the other: "mental health" in both does
// not make "mental health wards" and "mental health charities" one topic.
func (r *reader) shared(a, b topic) int {
	head := false
	for _, pair := range [][2][]int{{a.heads, b.stems}, {b.heads, a.stems}} {
		common(pair[0], pair[1], func(id int) { head = head || !r.background[id] })
	}
	if !head {
		return 0
	}
	return r.overlap(a, b)
}

// overlap is [reader.shared] without the need for a head.
func (r *reader) overlap(a, b topic) int {
	score := 0
	common(a.stems, b.stems, func(id int) {
		score += 2
		if r.background[id] {
			score--
		}
	})
	return score
}

// common calls f with what two sorted lists share.
func common(a, b []int, f func(int)) {
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case a[0] > b[0]:
			b = b[1:]
		default:
			f(a[0])
			a, b = a[1:], b[1:]
		}
	}
}

func (r *reader) read(c Claim) (claim, bool) {
	k := claim{Claim: c, sentence: -1}
	for i, s := range c.Content {
		if s.Check(r.in.Text) != nil {
			return k, false
		}
		if i == 0 {
			k.hull = s
		}
		k.hull = graph.Span{Start: min(k.hull.Start, s.Start), End: max(k.hull.End, s.End)}
	}
	if len(c.Content) == 0 {
		return k, false
	}
	for _, s := range append(slices.Clone(c.Source), c.Cue...) {
		if s.Check(r.in.Text) != nil {
			return k, false
		}
	}
	if first, end := r.tokensOf(k.hull); first < end {
		k.sentence = r.tokens[first].sentence
	}
	k.topic = r.topicOf(c.Content...)
	k.who = r.speakerOf(c.Source)
	return k, true
}
