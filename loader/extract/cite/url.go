package cite

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"whence/graph"
)

// maxURL bounds an address, in bytes.
const maxURL = 2048

// addresses finds the web addresses that are written out in the text (rule U1).
// "[words](address)", as Markdown writes a link, gives the words as the title.
func (r *reader) addresses() {
	t, i := 0, 0
	for _, part := range r.in.reach() {
		for i = max(i, part.Start); i < part.End; {
			end := addressEnd(r.in.Text, i)
			if end == 0 {
				i++
				continue
			}
			t = r.address(graph.Span{Start: i, End: end}, t)
			i = end
		}
	}
}

// address records the address at a span, and returns the first token after it.
func (r *reader) address(span graph.Span, t int) int {
	for t < len(r.tokens) && r.tokens[t].End <= span.Start {
		t++
	}
	first := t
	for t < len(r.tokens) && r.tokens[t].Start < span.End {
		r.tokens[t].taken = true
		t++
	}
	m := mention{first: first, Citation: Citation{
		Spans: []graph.Span{span}, Kind: graph.SourceURL, URL: canonicalURL(span.Of(r.in.Text)), Rule: "U1", Confidence: 980,
	}}
	if label, ok := markdownLabel(r.in.Text, span); ok {
		m.Title = linkTitle(label.Of(r.in.Text))
		m.Spans = []graph.Span{{Start: label.Start, End: span.End}}
	}
	r.urls = append(r.urls, len(r.found))
	r.found = append(r.found, m)
	return t
}

// addressEnd returns where the address that begins at i ends, or 0.
func addressEnd(text string, i int) int {
	rest := text[i:]
	host := 0
	switch {
	case rest[0] != 'h' && rest[0] != 'H' && rest[0] != 'w' && rest[0] != 'W':
		return 0
	case hasPrefixFold(rest, "http://"):
		host = len("http://")
	case hasPrefixFold(rest, "https://"):
		host = len("https://")
	case hasPrefixFold(rest, "www.") && !afterWord(text, i):
	default:
		return 0
	}
	end := host
	for end < len(rest) && end < maxURL {
		c, size := utf8.DecodeRuneInString(rest[end:])
		if unicode.IsSpace(c) || unicode.IsControl(c) || strings.ContainsRune("<>\"“”‘’«»{}|\\^`…", c) || c == utf8.RuneError {
			break
		}
		// Two addresses that ran together: the second begins its own, unless it is
		// a part of the first, as in an archive's.
		if end > host && c == 'h' && !strings.ContainsRune("/=&", rune(rest[end-1])) &&
			(hasPrefixFold(rest[end:], "http://") || hasPrefixFold(rest[end:], "https://")) {
			break
		}
		end += size
	}
	end = trimAddress(rest[:end])
	domain, _, _ := strings.Cut(rest[host:max(host, end)], "/")
	if dot := strings.IndexByte(domain, '.'); dot <= 0 || dot == len(domain)-1 {
		return 0
	}
	return i + end
}

// trimAddress returns the length without the marks that end a sentence and without brackets that it does not open.
func trimAddress(s string) int {
	open := strings.Count(s, "(") - strings.Count(s, ")")
	square := strings.Count(s, "[") - strings.Count(s, "]")
	for s != "" {
		switch last := s[len(s)-1]; {
		case strings.IndexByte(".,;:!?'*_~", last) >= 0:
		case last == ')' && open < 0:
			open++
		case last == ']' && square < 0:
			square++
		case last == '(' || last == '[':
		default:
			return len(s)
		}
		s = s[:len(s)-1]
	}
	return 0
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

func afterWord(text string, i int) bool {
	c, _ := utf8.DecodeLastRuneInString(text[:i])
	return i > 0 && (unicode.IsLetter(c) || unicode.IsDigit(c) || c == '.' || c == '@')
}

// markdownLabel returns the words in square brackets before an address in round ones.
func markdownLabel(text string, url graph.Span) (graph.Span, bool) {
	if url.Start < 3 || text[url.Start-2:url.Start] != "](" {
		return graph.Span{}, false
	}
	for i, floor := url.Start-3, max(0, url.Start-300); i >= floor; i-- {
		switch text[i] {
		case '[':
			return graph.Span{Start: i + 1, End: url.Start - 2}, i+1 < url.Start-2
		case '\n', ']':
			return graph.Span{}, false
		}
	}
	return graph.Span{}, false
}

// canonicalURL gives an address without a scheme one.
func canonicalURL(s string) string {
	if hasPrefixFold(s, "www.") {
		return "http://" + s
	}
	return s
}

var emptyLinks = set(`here this link article read more full story source website site page click continue see online report via pdf
	blog post the a an our on at to of in and download view find out reading`)

// linkTitle returns the words of a link if they can be a title: more than "here", "read more" or the address itself.
func linkTitle(words string) string {
	words = strings.Join(strings.Fields(words), " ")
	fields := strings.Fields(strings.ToLower(words))
	own := 0
	for _, f := range fields {
		if !emptyLinks[strings.Trim(f, ".,:;!?()“”\"'’…>»")] {
			own++
		}
	}
	if own < 2 || len(fields) < 3 || len(words) > 300 || strings.Contains(words, "://") || strings.HasPrefix(fields[0], "www.") {
		return ""
	}
	return strings.Trim(words, " .,:;")
}

// webURL checks that a link leads to a page, and returns its address.
func webURL(s string) (string, bool) {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return "", false
	}
	return u.String(), true
}

// links gives the citations whose words the markup links their address, and makes
// one of every other link (rule U2). It runs last.
func (r *reader) links() {
	if len(r.in.Links) == 0 {
		return
	}
	byToken := map[int]int{} // token → citation that uses it
	last := map[int]int{}    // sentence → the one citation of it that has no address, -1 if several
	t := 0
	tokensOf := func(s graph.Span) (first, end int) {
		first = r.tokenAt(s.Start)
		for end = first; end < len(r.tokens) && r.tokens[end].Start < s.End; end++ {
		}
		return first, end
	}
	for k := range r.found {
		first, end := tokensOf(r.found[k].Spans[0])
		for t = first; t < end; t++ {
			byToken[t] = k
		}
		if s := r.found[k].first; s < len(r.tokens) && r.found[k].URL == "" && r.found[k].Kind == graph.SourceDocument {
			if _, several := last[r.tokens[s].sentence]; several {
				last[r.tokens[s].sentence] = -1
			} else {
				last[r.tokens[s].sentence] = k
			}
		}
	}
	for _, l := range r.in.Links {
		address, ok := webURL(l.URL)
		if !ok || l.Span.Check(r.in.Text) != nil {
			continue
		}
		title := linkTitle(l.Span.Of(r.in.Text))
		first, end := tokensOf(l.Span)
		on := -1
		for t := first; t < end && on < 0; t++ {
			if k, ok := byToken[t]; ok && (r.found[k].URL == "" || r.found[k].URL == address) {
				on = k
			}
		}
		if on < 0 && title == "" && first < len(r.tokens) {
			if k, ok := last[r.tokens[first].sentence]; ok && k >= 0 && r.found[k].URL == "" {
				on = k
			}
		}
		if on >= 0 {
			r.found[on].URL = address
			continue
		}
		r.found = append(r.found, mention{first: first, Citation: Citation{
			Spans: []graph.Span{l.Span}, Kind: graph.SourceURL, URL: address, Title: title, Rule: "U2", Confidence: 980,
		}})
	}
}

// tokenAt returns the first token that ends after a byte offset.
func (r *reader) tokenAt(at int) int {
	lo, hi := 0, len(r.tokens)
	for lo < hi {
		if mid := (lo + hi) / 2; r.tokens[mid].End <= at {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}
