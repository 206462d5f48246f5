package figure

import (
	"slices"
	"strings"

	"whence/graph"
	"whence/loader/extract/date/word"
)

// A phrase bounds the number beside it.
type phrase struct {
	words []string
	bound graph.Bound
}

func phrases(bound graph.Bound, all ...string) []phrase {
	out := make([]phrase, len(all))
	for i, words := range all {
		out[i] = phrase{strings.Fields(words), bound}
	}
	return out
}

// before lists the words that bound the number after them.
var before = slices.Concat(
	phrases(graph.BoundOver,
		"in excess of", "upwards of", "north of", "more than", "greater than", "higher than", "over than", "over", "above", "exceeding", "exceeds",
		"exceeded", ">",
	),
	phrases(graph.BoundUnder,
		"less than", "fewer than", "lower than", "under", "below", "<",
	),
	phrases(graph.BoundAtLeast,
		"no fewer than", "no less than", "not less than", "a minimum of", "minimum of", "at least", "as low as", "as little as", "as few as", "≥",
	),
	phrases(graph.BoundUpTo,
		"no more than", "not more than", "no higher than", "as much as", "as many as", "as high as", "a maximum of", "maximum of", "at most", "up to", "≤",
	),
	phrases(graph.BoundAbout,
		"in the region of", "in the order of", "close to", "something like", "an estimated", "about", "around", "approximately", "approx", "approx .",
		"roughly", "some", "nearly", "almost", "circa", "estimated", "virtually", "~", "≈", "c .",
	),
)

// after lists the words that bound the number before them.
var after = slices.Concat(
	phrases(graph.BoundAtLeast,
		"or more", "or above", "or over", "and above", "and over", "or higher", "- plus",
	),
	phrases(graph.BoundUpTo,
		"or less", "or fewer", "or under", "or below", "at most",
	),
	phrases(graph.BoundAbout,
		"or so", "- odd", "or thereabouts",
	),
)

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

// throughout reports whether the "over" before a length of time says in the course of which
// ("an increase over five years") and is no bound ("it took over five years").
func (s *sentence) throughout(h hit) bool {
	if h.rule != ruleDuration || !s.at(h.start).Is("over") || h.start != h.first-1 || h.start == 0 {
		return false
	}
	w := s.at(h.start - 1)
	return w.Kind == word.Letters && !closed(w.Lower) && !pasts[w.Lower] && !w.Is("took", "takes", "take", "taking", "lasted", "lasts", "waiting", "waited", "wait", "spend", "lasting", "aged")
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
	if ok && best == 1 && s.at(k-1).Is("over", "above", "below", "under") && s.at(k-2).Is("spread", "went", "go", "handed", "took", "see", "left") && !durations[s.at(k+1).Lower] {
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

// bounded reports whether a bound stands before word i.
func (s *sentence) bounded(i int) bool {
	_, b := s.boundBefore(i)
	return b != graph.BoundExact
}
