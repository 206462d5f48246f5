package figure

import (
	"strings"

	"whence/graph"
)

// before lists the words that bound the number after them, the longest first
// where one ends another.
var before = []struct {
	words []string
	bound graph.Bound
}{
	{strings.Fields("in excess of"), graph.BoundOver}, {strings.Fields("upwards of"), graph.BoundOver}, {strings.Fields("north of"), graph.BoundOver},
	{strings.Fields("no more than"), graph.BoundUpTo}, {strings.Fields("not more than"), graph.BoundUpTo}, {strings.Fields("no higher than"), graph.BoundUpTo},
	{strings.Fields("no fewer than"), graph.BoundAtLeast}, {strings.Fields("no less than"), graph.BoundAtLeast}, {strings.Fields("not less than"), graph.BoundAtLeast},
	{strings.Fields("more than"), graph.BoundOver}, {strings.Fields("greater than"), graph.BoundOver}, {strings.Fields("higher than"), graph.BoundOver}, {strings.Fields("over than"), graph.BoundOver},
	{strings.Fields("less than"), graph.BoundUnder}, {strings.Fields("fewer than"), graph.BoundUnder}, {strings.Fields("lower than"), graph.BoundUnder},
	{strings.Fields("as much as"), graph.BoundUpTo}, {strings.Fields("as many as"), graph.BoundUpTo}, {strings.Fields("as high as"), graph.BoundUpTo},
	{strings.Fields("a maximum of"), graph.BoundUpTo}, {strings.Fields("maximum of"), graph.BoundUpTo}, {strings.Fields("at most"), graph.BoundUpTo}, {strings.Fields("up to"), graph.BoundUpTo},
	{strings.Fields("a minimum of"), graph.BoundAtLeast}, {strings.Fields("minimum of"), graph.BoundAtLeast}, {strings.Fields("at least"), graph.BoundAtLeast}, {strings.Fields("as low as"), graph.BoundAtLeast}, {strings.Fields("as little as"), graph.BoundAtLeast}, {strings.Fields("as few as"), graph.BoundAtLeast},
	{strings.Fields("in the region of"), graph.BoundAbout}, {strings.Fields("in the order of"), graph.BoundAbout}, {strings.Fields("close to"), graph.BoundAbout}, {strings.Fields("something like"), graph.BoundAbout},
	{strings.Fields("an estimated"), graph.BoundAbout},
	{strings.Fields("over"), graph.BoundOver}, {strings.Fields("above"), graph.BoundOver}, {strings.Fields("exceeding"), graph.BoundOver}, {strings.Fields("exceeds"), graph.BoundOver}, {strings.Fields("exceeded"), graph.BoundOver}, {strings.Fields(">"), graph.BoundOver},
	{strings.Fields("under"), graph.BoundUnder}, {strings.Fields("below"), graph.BoundUnder}, {strings.Fields("<"), graph.BoundUnder},
	{strings.Fields("≥"), graph.BoundAtLeast}, {strings.Fields("≤"), graph.BoundUpTo},
	{strings.Fields("about"), graph.BoundAbout}, {strings.Fields("around"), graph.BoundAbout}, {strings.Fields("approximately"), graph.BoundAbout}, {strings.Fields("approx"), graph.BoundAbout}, {strings.Fields("approx ."), graph.BoundAbout},
	{strings.Fields("roughly"), graph.BoundAbout}, {strings.Fields("some"), graph.BoundAbout}, {strings.Fields("nearly"), graph.BoundAbout}, {strings.Fields("almost"), graph.BoundAbout}, {strings.Fields("circa"), graph.BoundAbout},
	{strings.Fields("estimated"), graph.BoundAbout}, {strings.Fields("virtually"), graph.BoundAbout}, {strings.Fields("~"), graph.BoundAbout}, {strings.Fields("≈"), graph.BoundAbout}, {strings.Fields("c ."), graph.BoundAbout},
}

// after lists the words that bound the number before them.
var after = []struct {
	words []string
	bound graph.Bound
}{
	{strings.Fields("or more"), graph.BoundAtLeast}, {strings.Fields("or above"), graph.BoundAtLeast}, {strings.Fields("or over"), graph.BoundAtLeast}, {strings.Fields("and above"), graph.BoundAtLeast}, {strings.Fields("and over"), graph.BoundAtLeast},
	{strings.Fields("or higher"), graph.BoundAtLeast}, {strings.Fields("- plus"), graph.BoundAtLeast},
	{strings.Fields("or less"), graph.BoundUpTo}, {strings.Fields("or fewer"), graph.BoundUpTo}, {strings.Fields("or under"), graph.BoundUpTo}, {strings.Fields("or below"), graph.BoundUpTo}, {strings.Fields("at most"), graph.BoundUpTo},
	{strings.Fields("or so"), graph.BoundAbout}, {strings.Fields("- odd"), graph.BoundAbout}, {strings.Fields("or thereabouts"), graph.BoundAbout},
}

// beforeEnding and afterStarting hold the phrases by the word nearest the number.
var beforeEnding, afterStarting = func() (ending, starting map[string][]int) {
	ending, starting = map[string][]int{}, map[string][]int{}
	for k, p := range before {
		last := p.words[len(p.words)-1]
		ending[last] = append(ending[last], k)
	}
	for k, p := range after {
		starting[p.words[0]] = append(starting[p.words[0]], k)
	}
	return ending, starting
}()

// between a bound and its number: "more than a further 300", "over the next 300".
var transparent = set("a an another further additional extra total of just well exactly only even")

// boundBefore reads the words that bound the number at word i. It returns where
// they begin; first is i when there are none.
func (s *sentence) boundBefore(i int) (first int, b graph.Bound) {
	b, first = graph.BoundExact, i
	for k := i; k > 0 && k > i-8; {
		if p, ok := s.boundEnding(k); ok {
			k -= len(before[p].words)
			if first = k; b == graph.BoundExact || b == graph.BoundAbout {
				b = before[p].bound
			}
			continue
		}
		if !transparent[s.at(k-1).Lower] {
			break
		}
		k--
	}
	// "just over", "well under"
	if first < i && s.at(first-1).Is("just", "well", "only", "slightly", "still", "far", "very") {
		first--
	}
	return first, b
}

// boundEnding returns the longest phrase of before that ends just before word k.
func (s *sentence) boundEnding(k int) (phrase int, ok bool) {
	best := 0
	for _, p := range beforeEnding[s.at(k-1).Lower] {
		words := before[p].words
		if len(words) > best && k >= len(words) && s.matches(k-len(words), words) {
			phrase, ok, best = p, true, len(words)
		}
	}
	if ok && best == 1 && s.at(k-1).Is("over", "above", "below", "under") && s.at(k-2).Is("spread", "went", "go", "handed", "took", "see", "left") {
		return 0, false // a particle of the verb
	}
	return phrase, ok
}

// boundAfter reads the words at word j that bound the number before them.
func (s *sentence) boundAfter(j int) (end int, b graph.Bound) {
	for _, p := range afterStarting[s.at(j).Lower] {
		if s.matches(j, after[p].words) {
			return j + len(after[p].words), after[p].bound
		}
	}
	return j, graph.BoundExact
}

func (s *sentence) matches(i int, words []string) bool {
	for k, w := range words {
		if s.at(i+k).Lower != w {
			return false
		}
	}
	return true
}
