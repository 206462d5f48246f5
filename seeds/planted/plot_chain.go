package planted

import (
	"fmt"

	"whence/graph"
)

// Depth to the primary source (3.1): how many documents lie between a claim and the
// record of who counted, or why there is no such way.
var chainPlots = []plot{
	{"depth-to-primary/three documents", func(t *teller) { t.chain(3, ending{kind: "primary"}) }},
	{"depth-to-primary/five documents", func(t *teller) { t.chain(5, ending{kind: "primary"}) }},
	{"depth-to-primary/a shorter way", func(t *teller) {
		// The last links to the release too: the shortest way counts.
		all := t.chain(3, ending{kind: "primary", plain: true})
		last := all[len(all)-1]
		short := t.document(graph.KindBlog, 30, nil)
		s := short.reports(last.speaker, t.again(all[0], 3)).from(all[0])
		s.has(last, graph.BasisDeclared)
		short.references = append(short.references, &citation{of: last.document})
		s.is(all...)
		t.depth("primary", 1, s)
	}},
	{"depth-to-primary/a quotation and its record", func(t *teller) {
		who := t.person()
		all := []*statement{t.document(graph.KindSpeech, 0, nil).quotes(who, t.promised())}
		for i := range 2 {
			all = append(all, t.document(graph.KindNews, 3+i, nil).quotes(who, t.promised()).from(all[i]))
			t.expect("depth-to-primary", "said primary", all[i+1], nil).value = fmt.Sprint(i + 1)
		}
		family(all...)
	}},
	{"depth-to-primary/a body named, no release", func(t *teller) { t.chain(2, ending{kind: "unlocated"}) }},
	{"depth-to-primary/a release that is not held", func(t *teller) { t.chain(2, ending{kind: "unknown"}) }},
	{"depth-to-primary/nothing cited", func(t *teller) { t.chain(2, ending{kind: "dead-end"}) }},
}

// An ending is how a chain begins, seen from its last document.
type ending struct {
	kind  string
	plain bool // nothing is expected of the chain itself
}

// chain tells of so many documents, each of which has a figure from the one before
// and the first from a release. It returns them from the release on.
func (t *teller) chain(length int, end ending) []*statement {
	n, _, _, _ := t.digits(true)
	body := t.body()
	var all []*statement
	if end.kind == "primary" {
		all = append(all, t.document(graph.KindDataset, 0, body).voice(t.counted(exactly(n), 0)))
	} else {
		first := t.document(graph.KindNews, 0, nil)
		var s *statement
		switch end.kind {
		case "unlocated":
			s = first.reports(body, t.counted(exactly(n), 0))
			s.cites = &citation{body: body}
		case "unknown":
			s = first.reports(body, t.counted(exactly(n), 0))
			s.cites = &citation{url: "https://" + t.place + ".example/release"}
		default:
			s = first.voice(t.counted(exactly(n), 0))
		}
		all = append(all, s)
	}
	kinds := []graph.DocumentKind{graph.KindStatement, graph.KindNews, graph.KindBlog, graph.KindNews, graph.KindBlog}
	for i := range length {
		before := all[len(all)-1]
		d := t.document(kinds[i%len(kinds)], 4*(i+1), nil)
		all = append(all, d.reports(before.speaker, t.counted(exactly(n), i+1)).from(before))
	}
	family(all...)
	if !end.plain {
		for i, s := range all {
			t.depth(end.kind, i, s)
		}
	}
	return all
}

// again is what a statement says, said another way.
func (t *teller) again(s *statement, way int) utterance {
	f := s.figures[0]
	return t.counted(number{f.words, f.value, f.bound}, way)
}

// depth plants how far a figure is from where it comes from: on both clocks of proof
// when it is a body's own, and on that of the fact alone when nothing leads there.
func (t *teller) depth(kind string, hops int, s *statement) {
	const report = "depth-to-primary"
	switch {
	case kind != "primary":
		t.expect(report, "fact "+kind, s, nil)
		t.may(report, "", s, nil)
	case hops > 0:
		t.expect(report, "fact primary", s, nil).value = fmt.Sprint(hops)
		t.expect(report, "said primary", s, nil).value = fmt.Sprint(hops)
	default:
		t.expect(report, None, s, nil)
	}
}
