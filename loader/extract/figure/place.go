package figure

import (
	_ "embed"
	"strings"

	"whence/loader/extract/date/word"
)

// gazetteer lists one place a line: countries, the nations and regions of the
// United Kingdom, its cities and larger towns, and the world's large cities.
//
//go:embed data/places.txt
var gazetteer string

// places holds every name of the gazetteer by its first word, in lower case, as
// lists of words, the longest first.
var places = func() map[string][][]string {
	out := map[string][][]string{}
	for line := range strings.Lines(gazetteer) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		name := strings.Fields(strings.ToLower(separators.Replace(line)))
		out[name[0]] = append(out[name[0]], name)
	}
	return out
}()

// separators sets apart what is a word of its own in a split text.
var separators = strings.NewReplacer("-", " - ", ".", " . ", "'s", " 's")

// A place is a mention of where a figure holds: words [first, end), from the
// first name to the last of a list.
type place struct {
	prep, first, end int
	genitive         bool // "the UK’s": it holds for what follows
}

// findPlaces finds the places that a preposition or a genitive marks: "in England
// and Wales", "across Sussex, Kent and Surrey", "the UK’s". A place inside a name
// ("NHS England", "Leeds City Council", "University of Leeds") is none.
func (s *sentence) findPlaces() {
	for i := 0; i < len(s.w); i++ {
		n := s.placeAt(i)
		if n == 0 {
			continue
		}
		first := i
		end := i + n
		prep := first
		for prep > 0 && (s.at(prep-1).Is("the", "of", "parts", "all", "most", "north", "south", "east", "west", "central", "rural", "-", "northern", "southern", "eastern", "western", "greater", "whole", "city") && prep > first-4) && !(s.at(prep-1).Is("of") && s.at(prep-2).Upper) {
			prep--
		}
		before := s.at(prep - 1)
		genitive := s.at(end).Kind == word.Clitic
		marked := before.Is("in", "across", "throughout", "within", "around", "for", "from", "outside", "inside", "over", "covering", "including") || s.at(prep).Is("of") && prep < first && !s.at(prep-1).Upper
		adjective := s.at(end).Kind == word.Letters && s.at(end).Upper && !closed(s.at(end).Lower) || s.at(end).Is("&")
		if (marked || genitive || s.at(prep).Is("the") && s.at(first).Is("uk", "u", "us", "eu") && !adjective) && !adjective {
			end = s.placeList(end)
			s.places = append(s.places, place{prep: prep, first: first, end: end, genitive: genitive && !marked})
		}
		i = end - 1
	}
}

// placeAt returns how many words the place named at i takes, 0 if none.
func (s *sentence) placeAt(i int) int {
	w := s.at(i)
	if !w.Upper || w.Kind != word.Letters {
		return 0
	}
	best := 0
	for _, name := range places[w.Lower] {
		if len(name) > best && s.matches(i, name) && (len(name) > 1 || !upperOnly[w.Lower] || strings.ToUpper(w.Lower) == s.text[w.Start:w.End]) {
			best = len(name)
		}
	}
	return best
}

// upperOnly are names that are also words unless they are all capitals.
var upperOnly = set("us uk eu uae")

// placeList follows ", Kent and some London boroughs" after a place that ends at j.
func (s *sentence) placeList(j int) int {
	for range 12 {
		k := j
		for s.at(k).Is(",", "and", "or", "&", "some", "parts", "of", "the", "most") && k < j+4 {
			k++
		}
		n := s.placeAt(k)
		if k == j || n == 0 || !s.at(j).Is(",", "and", "or", "&") {
			break
		}
		if next := s.at(k + n); next.Upper && next.Kind == word.Letters {
			break
		}
		j = k + n
		if s.at(j).Is("boroughs", "councils", "region", "regions", "area", "areas") {
			j++
		}
	}
	if s.at(j).Is("boroughs", "region", "area") && s.at(j).Kind == word.Letters {
		j++
	}
	return j
}

// placed reports whether a place begins at word i.
func (s *sentence) placed(i int) bool {
	for _, p := range s.places {
		if p.first == i {
			return true
		}
	}
	return false
}

// placeEnding returns where the words of a place that ends at word end begin, with
// its preposition.
func (s *sentence) placeEnding(end int) (prep int, ok bool) {
	for _, p := range s.places {
		if p.end == end {
			return p.prep, true
		}
	}
	return 0, false
}

// placeFor returns the place that holds for the figure of words [first, end): the
// first after it and before the next figure, else the nearest before it.
func (s *sentence) placeFor(first, end, next int) string {
	var found *place
	for i := range s.places {
		p := &s.places[i]
		switch {
		case p.genitive && p.first >= end:
		case p.first >= end && p.first < next:
			return s.words(p.first, p.end)
		case p.end <= first:
			found = p
		}
	}
	if found == nil && len(s.places) > 0 && !s.places[0].genitive {
		found = &s.places[0]
	}
	if found == nil {
		return ""
	}
	return s.words(found.first, found.end)
}
