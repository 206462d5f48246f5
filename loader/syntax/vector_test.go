package syntax_test

import (
	"testing"

	"whence/loader/syntax"
)

func TestModel_Alike(t *testing.T) {
	m := syntax.English()
	alike := func(a, b string) int { return m.Alike(m.Row(a), m.Row(b)) }
	if got := alike("kidney", "kidney"); got < 999 || got > 1000 {
		t.Errorf("a word and itself: %d", got)
	}
	if near, far := alike("kidney", "renal"), alike("kidney", "harbour"); near < 600 || far > 400 || near != alike("renal", "kidney") {
		t.Errorf("of like meaning %d, of another %d", near, far)
	}
	if got := alike("kidney", "qzxwvk"); got != 0 || m.Row("qzxwvk") != 0 {
		t.Errorf("a word without a vector: %d", got)
	}
}
