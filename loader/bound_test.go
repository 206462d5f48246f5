package loader

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"whence/loader/extract"
	"whence/loader/source"
)

func TestBound(t *testing.T) {
	var text strings.Builder
	for i := range 40 {
		fmt.Fprintf(&text, "Ada Brook said that %d000 barges sank off quay %d. ", i+2, i+1)
	}
	items, err := source.Read("x.txt", []byte(text.String()), source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	whole, _ := extract.Read(items[0])
	if len(whole.Claims) < 30 || len(whole.Statistics) < 30 {
		t.Fatalf("%d claims, %d figures: too few to bound", len(whole.Claims), len(whole.Statistics))
	}
	r, _ := extract.Read(items[0])
	if note := bound(&r, len(r.Claims)+len(r.Statistics)); note != "" || !cmp.Equal(r, whole) {
		t.Errorf("a small reading was changed: %q", note)
	}
	const n = 10
	note := bound(&r, n)
	want := fmt.Sprintf("%d claims and %d figures", len(whole.Claims)-n, len(whole.Statistics)-len(r.Statistics))
	if len(r.Claims) != n || len(r.Statistics) == 0 || len(r.Statistics) > n || !strings.Contains(note, want) {
		t.Errorf("%d claims, %d figures, %q", len(r.Claims), len(r.Statistics), note)
	}
	held := map[string]bool{"": true}
	for _, c := range r.Claims {
		held[string(c.ID)] = true
		if !strings.Contains(text.String()[:len(text.String())/2], c.Words()) {
			t.Errorf("kept %q, which is not among the first", c.Words())
		}
	}
	for _, s := range r.Statistics {
		if !held[string(s.Claim)] {
			t.Errorf("figure %q of a claim that was left out", s.Figure.Exact)
		}
	}
}
