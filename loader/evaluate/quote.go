package evaluate

import (
	"slices"
	"sort"
)

// quoted returns what stands in quotation marks, marks included, in order and apart. A mark that
// is not closed in its line quotes the rest of the line: so does a quotation of several
// paragraphs, which opens each and closes the last. Single marks count when curly and around
// two words or more: less may be an apostrophe or a word held at arm's length.
func quoted(text []rune) []Span {
	var regions []Span
	for start := 0; start < len(text); {
		end := start
		for end < len(text) && text[end] != '\n' {
			end++
		}
		regions = append(regions, doubleQuoted(text, start, end)...)
		regions = append(regions, singleQuoted(text, start, end)...)
		start = end + 1
	}
	slices.SortFunc(regions, func(a, b Span) int { return slices.Compare(a[:], b[:]) })
	apart := regions[:0]
	for _, s := range regions {
		if n := len(apart); n > 0 && s[0] <= apart[n-1][1] {
			apart[n-1][1] = max(apart[n-1][1], s[1])
		} else {
			apart = append(apart, s)
		}
	}
	return apart
}

// doubleQuoted reads the double marks of a line, straight, curly, angled, low-high and typed as
// two single ones.
func doubleQuoted(text []rune, from, to int) []Span {
	var regions []Span
	open := -1
	for i := from; i < to; i++ {
		twice := i+1 < to && text[i+1] == text[i]
		switch {
		case open < 0 && text[i] == '`' && twice:
			open = i
			i++
		case open < 0 && (isOpening(text[i]) || isClosing(text[i])): // news texts also open with the closing mark
			open = i
		case open >= 0 && text[i] == '\'' && twice:
			i++
			regions = append(regions, Span{open, i + 1})
			open = -1
		case open >= 0 && isClosing(text[i]):
			regions = append(regions, Span{open, i + 1})
			open = -1
		}
	}
	if open >= 0 {
		regions = append(regions, Span{open, to})
	}
	return regions
}

func isOpening(r rune) bool { return r == '“' || r == '‟' || r == '«' }

func isClosing(r rune) bool { return r == '"' || r == '”' || r == '»' }

// singleQuoted reads ‘two words or more’ in a line. A mark between letters is an apostrophe.
func singleQuoted(text []rune, from, to int) []Span {
	var regions []Span
	for i := from; i < to; i++ {
		if text[i] != '‘' || i > from && isWord(text[i-1]) {
			continue
		}
		end := i + 1
		for end < to && text[end] != '‘' && !(text[end] == '’' && (end == i+1 || end+1 == to || !isWord(text[end+1]))) {
			end++
		}
		if end == to || text[end] == '‘' || end == i+1 {
			continue
		}
		if len(fields(text[i+1:end])) >= 2 {
			regions = append(regions, Span{i, end + 1})
		}
		i = end
	}
	return regions
}

// fields splits at white space.
func fields(text []rune) [][]rune {
	var out [][]rune
	for i := 0; i < len(text); i++ {
		if isSpace(text[i]) {
			continue
		}
		start := i
		for i < len(text) && !isSpace(text[i]) {
			i++
		}
		out = append(out, text[start:i])
	}
	return out
}

// mostlyQuoted is the share of letters and digits in quotation marks from which a content is
// direct: an attribution may lose a stray word to a mark that does not pair.
const mostlyQuoted = 0.95

// typeOf tells a type from the share of a content's letters and digits that stand in quotation
// marks: "" when there are none at all.
func (p *page) typeOf(content []Span) string {
	all, in := 0, 0
	for _, s := range content {
		for i := max(s[0], 0); i < min(s[1], len(p.runes)); i++ {
			if !isAlnum(p.runes[i]) {
				continue
			}
			all++
			if p.isQuoted(i) {
				in++
			}
		}
	}
	switch {
	case all == 0:
		return ""
	case ratio(in, all) >= mostlyQuoted:
		return direct
	case in == 0:
		return indirect
	}
	return mixed
}

func (p *page) isQuoted(i int) bool {
	k := sort.Search(len(p.regions), func(k int) bool { return p.regions[k][1] > i })
	return k < len(p.regions) && p.regions[k][0] <= i
}
