package planted

import "whence/graph"

// Evidence that is not where it says (3.16).
var orphanPlots = []plot{
	{"orphan-evidence/words one character on", func(t *teller) {
		s := t.document(graph.KindNews, 0, nil).reports(t.person(), t.counted(t.exact(), 0))
		s.astray = true
		t.expect("orphan-evidence", "", s, nil)
	}},
	{"orphan-evidence/words that stand twice", func(t *teller) {
		// The same words further on do not heal what is not at its place, nor are they hurt by it.
		d, who, n := t.document(graph.KindNews, 0, nil), t.person(), t.exact()
		s := d.reports(who, t.counted(n, 0))
		d.reports(who, t.counted(n, 0)).is(s)
		s.astray = true
		t.expect("orphan-evidence", "", s, nil)
	}},
}
