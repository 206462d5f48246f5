package name

import (
	"slices"
	"strings"

	"whence/graph"
)

// A Post is the normal form of the title of an office, so that "Work and
// Pensions Secretary" and "Secretary of State for Work and Pensions" are equal.
type Post struct {
	Rank   string   // the noun, with what ranks it: "secretary", "prime minister"
	Of     []string // what it is for: topics, places and bodies, in lower case, sorted
	Shadow bool
	Former bool
}

// ranks are the modifiers that make another post, not another remit.
var ranks = wordSet{
	"prime": {}, "first": {}, "deputy": {}, "chief": {}, "vice": {}, "permanent": {}, "assistant": {}, "associate": {},
	"under": {}, "attorney": {}, "solicitor": {}, "managing": {}, "general": {}, "lord": {},
	"next": {}, "future": {}, "incoming": {},
}

// ParsePost reads the title of a post. ok is false when no noun of it names one.
func ParsePost(words string) (p Post, ok bool) {
	toks := tokenise(words, graph.Span{End: len(words)})
	head := -1
	for i, t := range toks {
		if head >= 0 && (t.low == "of" || t.low == "for" || t.low == "at" || t.low == "(") {
			break
		}
		if (isOffice(t) || spelled(t.low) != t.low) && !(t.low == "general" && head >= 0) {
			head = i
		}
	}
	if head < 0 {
		return Post{}, false
	}
	var rank []string
	for i, t := range toks {
		switch {
		case t.mark:
		case i == head:
			rank = append(rank, spelled(singularOffice(t.low)))
		case t.low == "shadow":
			p.Shadow = true
		case t.low == "former", t.low == "ex", t.low == "then", t.low == "previous", t.low == "late":
			p.Former = true
		case i < head && ranks.has(t.low), i < head && isOffice(t):
			rank = append(rank, t.low)
		case slices.Contains(unspecific, t.low):
		default:
			p.Of = append(p.Of, t.low)
		}
	}
	p.Rank = strings.Join(rank, " ")
	slices.Sort(p.Of)
	p.Of = slices.Compact(p.Of)
	return p, true
}

// unspecific words say nothing about which post of its rank is meant.
var unspecific = []string{
	"the", "a", "an", "of", "for", "and", "at", "in", "to", "on", "by", "state", "department", "ministry", "office", "exchequer", "&",
	"current", "new", "his", "her", "their", "our", "its", "this", "that", "uk", "uk's", "united", "kingdom", "great", "britain", "britain's", "british", "government",
	"senior", "junior", "cabinet", "acting", "interim",
}

// Same reports whether two titles can name one post: equal rank, and the remit of one within the
// other's. A title without a remit names any post of its rank.
func (p Post) Same(q Post) bool {
	return p.Rank == q.Rank && p.Shadow == q.Shadow && p.Former == q.Former && (within(p.Of, q.Of) || within(q.Of, p.Of))
}

// Fits reports whether the title p can mean the post q of which the whole remit is known:
// p then says nothing of another country, party or body, as "French Prime Minister" does.
func (p Post) Fits(q Post) bool { return p.Same(q) && within(p.Of, q.Of) }

// within reports whether every word of a is in b.
func within(a, b []string) bool {
	for _, w := range a {
		if !slices.Contains(b, w) {
			return false
		}
	}
	return true
}

func isOffice(t token) bool { return officeNouns.has(t.low) || officeNouns.has(singularOffice(t.low)) }

func singularOffice(low string) string {
	if cut, ok := strings.CutSuffix(low, "s"); ok && officeNouns.has(cut) {
		return cut
	}
	return low
}

// spelled returns what a short title before a name stands for: "governor" for "gov".
func spelled(low string) string {
	switch low {
	case "gov":
		return "governor"
	case "sen":
		return "senator"
	case "rep", "congressman", "congresswoman":
		return "representative"
	case "cllr":
		return "councillor"
	case "prof":
		return "professor"
	case "rev", "revd":
		return "reverend"
	case "col":
		return "colonel"
	case "capt":
		return "captain"
	case "lt":
		return "lieutenant"
	case "sgt":
		return "sergeant"
	}
	return low
}

// IsOffice reports whether the word names a post or calling: "minister", "curator".
func IsOffice(word string) bool { return isOffice(token{low: strings.ToLower(word)}) }

// IsSpokesperson reports whether the word means one who speaks for another.
func IsSpokesperson(word string) bool {
	switch strings.ToLower(word) {
	case "spokesperson", "spokesman", "spokeswoman":
		return true
	}
	return false
}
