package resolve

import (
	"strings"

	"whence/graph"
	"whence/loader/extract/name"
)

// documentNoun returns the noun of a phrase that means a document or those who wrote
// it: "report" in "the report of 2014", "the report's authors"; "" for another phrase.
func documentNoun(ws []string) string {
	if head := headOf(ws); isDocumentWord(head) {
		return head
	}
	if len(ws) == 3 && isWriter(ws[2]) {
		if noun, owned := strings.CutSuffix(ws[1], "'s"); owned && isDocumentWord(noun) {
			return noun
		}
	}
	if len(ws) == 5 && isWriter(ws[1]) && ws[2] == "of" && isDocumentWord(ws[4]) {
		return ws[4]
	}
	return ""
}

func isWriter(w string) bool {
	switch strings.TrimSuffix(w, "s") {
	case "author", "writer", "researcher", "editor":
		return true
	}
	return false
}

// pointsBack reports whether a phrase means a document of which was told before: "the
// report", not "the new report".
func pointsBack(ws []string) bool {
	if len(ws) == 0 {
		return false
	}
	switch ws[0] {
	case "the", "this", "that":
		return len(ws) == 2 || len(ws) == 3 && (ws[1] == "same" || isWriter(ws[2])) || len(ws) == 5 && isWriter(ws[1])
	}
	return false
}

// ownerOf says whose document "the report" is that stands at a place: of the one so
// called that is named before, within reach and in the same segment, with who made it:
// "a report by the Otter Foundation". Where two made one each it is nobody's.
func (x *resolver) ownerOf(noun string, at int, seg *graph.Segment) answer {
	low := max(0, at-reach)
	if seg != nil {
		low = max(low, seg.Passage.Start)
	}
	var owners []*member
	for i := x.nameFrom(at) - 1; i >= 0 && x.names[i].Span.Start >= low; i-- {
		m := x.meant[i].member
		if m == nil || m.typ == "" || !asserts(m) || containsMember(owners, m) || !sameDocument(noun, x.madeBy(i)) {
			continue
		}
		owners = append(owners, m)
	}
	switch len(owners) {
	case 0:
		return answer{reason: reasonDocument}
	case 1:
		return answer{member: owners[0], reason: "the " + noun + " of " + owners[0].canonical() + ", named before"}
	}
	return answer{reason: "several have a " + noun + " named before", rejected: owners}
}

// madeBy returns the noun of the document that a name stands beside as its maker's:
// "Brandt's letter", "the Otter Foundation poll", "a report published by the Otter
// Foundation"; "" for none.
func (x *resolver) madeBy(i int) string {
	const near = 60 // bytes
	s := x.names[i].Span
	after := x.text[s.End:min(len(x.text), s.End+near)]
	if k := strings.IndexAny(after, ".,;:(\n“\""); k >= 0 {
		after = after[:k]
	}
	rest, owned := cutPossessive(after)
	if owned || x.meant[i].member.typ != graph.Person {
		noun := ""
		for _, w := range words(rest) {
			if isDocumentWord(w) {
				noun = w
			} else if noun != "" || !plainLead([]string{w}) || isDeterminer(w) || name.IsVerb(w) || w == "and" {
				break
			}
		}
		if noun != "" && (owned || !isMessage(noun)) {
			return noun
		}
	}
	if owned || isModifier(after) {
		return "" // "a letter from the Brandt camp"
	}
	before := x.text[max(0, s.Start-near):s.Start]
	ws := words(before[strings.LastIndexAny(before, ".,;:)\n”\"")+1:])
	for len(ws) > 0 && isDeterminer(ws[len(ws)-1]) {
		ws = ws[:len(ws)-1]
	}
	k := len(ws) - 2
	if k < 0 || ws[k+1] != "by" && ws[k+1] != "from" {
		return ""
	}
	if k > 0 && (strings.HasSuffix(ws[k], "ed") || ws[k] == "written") {
		k--
	}
	if isDocumentWord(ws[k]) {
		return ws[k]
	}
	return ""
}

// isMessage reports whether a noun means what anybody writes by way of a service, of which
// the name before it may be the service's: "a Facebook post".
func isMessage(noun string) bool {
	switch strings.TrimSuffix(noun, "s") {
	case "post", "tweet", "page", "email", "message", "account", "blog", "website":
		return true
	}
	return false
}

// sameDocument reports whether one noun can mean what another named. "Document" means any.
func sameDocument(noun, named string) bool {
	return named != "" && (noun == named || noun == "document" || noun == "study" && named == "research")
}
