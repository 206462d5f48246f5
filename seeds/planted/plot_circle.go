package planted

import "whence/graph"

// Circular citation (3.2): claims that have each other as their source.
var circlePlots = []plot{
	{"circular/a later text of the first cites the last", func(t *teller) {
		n, _, _, _ := t.digits(true)
		who := t.person()
		c := t.document(graph.KindNews, 0, nil)
		first := c.reports(who, t.counted(exactly(n), 0))
		b := t.document(graph.KindNews, 5, nil).reports(who, t.counted(exactly(n), 1)).from(first)
		a := t.document(graph.KindNews, 10, nil).reports(who, t.counted(exactly(n), 2)).from(b)
		later := t.capture(c, 20)
		closing := later.reports(who, t.counted(exactly(n), 0)).from(a)
		closing.is(a, b)
		family(first, b, a)
		t.circle(closing, a, b)
	}},
	{"circular/two documents of one day", func(t *teller) { t.ring(2, false) }},
	{"circular/four documents of one day", func(t *teller) { t.ring(4, false) }},
	{"circular/with a chord", func(t *teller) { t.ring(4, true) }},
	{"circular/a page that cites itself", func(t *teller) {
		n, _, _, _ := t.digits(true)
		s := t.document(graph.KindBlog, 0, nil).reports(t.person(), t.counted(exactly(n), 0))
		t.circle(s.from(s))
	}},
	{"circular/documents that cite each other for different claims", func(t *teller) {
		n, _, _, _ := t.digits(true)
		m, _, _, _ := t.digits(false)
		who := t.person()
		a, b, c := t.document(graph.KindNews, 0, nil), t.document(graph.KindNews, 0, nil), t.document(graph.KindNews, 1, nil)
		say := func(d *Document, n int, way int) *statement { return d.reports(who, t.counted(exactly(n), way)) }
		other := t.share(7 + t.IntN(80))
		also := func(d *Document) *statement {
			return d.reports(who, other.told("the budget for the "+t.thing+" in "+t.place+" grew by "+other.words))
		}
		a1 := say(a, n, 0)
		b1 := say(b, n, 1).from(a1)
		t.year-- // what is said of another year contradicts nothing
		b2 := say(b, m, 2)
		c2 := say(c, m, 3).from(b2)
		c3 := also(c)
		a3 := also(a).from(c3)
		b1.is(a1)
		c2.is(b2)
		a3.is(c3)
	}},
	{"circular/two ways to one source", func(t *teller) {
		n, _, _, _ := t.digits(true)
		from := t.document(graph.KindDataset, 0, nil).voice(t.counted(exactly(n), 0))
		b := t.document(graph.KindNews, 2, nil).reports(from.speaker, t.counted(exactly(n), 1)).from(from)
		c := t.document(graph.KindNews, 3, nil).reports(from.speaker, t.counted(exactly(n), 2)).from(from)
		d := t.document(graph.KindBlog, 8, nil)
		a := d.reports(from.speaker, t.counted(exactly(n), 3)).from(b).has(c, graph.BasisDeclared)
		d.references = append(d.references, &citation{of: c.document})
		family(from, b, c, a)
	}},
}

// ring tells of documents of one day of which each cites the next and the last the first.
func (t *teller) ring(length int, chord bool) {
	n, _, _, _ := t.digits(true)
	who := t.person()
	var all []*statement
	for i := range length {
		all = append(all, t.document(graph.KindNews, 0, nil).reports(who, t.counted(exactly(n), i)))
	}
	for i, s := range all {
		s.from(all[(i+1)%length])
	}
	if chord {
		all[2].has(all[1], graph.BasisDeclared)
		all[2].document.references = append(all[2].document.references, &citation{of: all[1].document})
	}
	family(all...)
	t.circle(all...)
}

// circle plants a circle; of those that lie on it any may be the subject but, when
// they are not of one day, the first, which closes it.
func (t *teller) circle(on ...*statement) {
	p := t.expect("circular", "", on[0], nil)
	p.or = on[1:]
}
