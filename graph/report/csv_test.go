package report_test

import (
	"bytes"
	"strings"
	"testing"
	"unicode"

	"whence/graph"
	"whence/graph/report"
)

// What a document says neither runs in a spreadsheet nor moves a terminal.
func TestCSVIsInert(t *testing.T) {
	w := newWorld(t)
	const words = "=1+1 homes of 41,000 \x1b]0;taken\x07 were \u202ebuilt\u202c in 2023"
	d := w.document("one.example", graph.KindNews, "2024-01-05", "@Paper", words)
	w.claim(d, words, "")
	s := w.survey()
	r, err := report.New(s, "unsupported", report.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := report.CSV(&out, s, r); err != nil {
		t.Fatal(err)
	}
	if len(r.Findings) == 0 || !strings.Contains(out.String(), "'=1+1 homes") || !strings.Contains(out.String(), ",'@Paper,") {
		t.Errorf("%d findings: %s", len(r.Findings), out.String())
	}
	if i := strings.IndexFunc(out.String(), func(r rune) bool {
		return unicode.IsControl(r) && r != '\r' && r != '\n' || unicode.Is(unicode.Bidi_Control, r)
	}); i >= 0 {
		t.Errorf("%q", out.String()[i:])
	}
}
