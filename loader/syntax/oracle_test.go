package syntax

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// anyTree draws heads without cycles and with one root; arcs may cross.
func anyTree(t *rapid.T) []int32 {
	n := rapid.IntRange(1, 14).Draw(t, "words")
	order := rapid.Permutation(indexes(n)).Draw(t, "order")
	heads := make([]int32, n)
	for k, w := range order {
		heads[w] = none
		if k > 0 {
			heads[w] = int32(order[rapid.IntRange(0, k-1).Draw(t, "head")])
		}
	}
	return heads
}

func indexes(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

func TestProjective_LeavesNoCrossingArcs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		heads := anyTree(t)
		roots := 0
		got := projective(append([]int32(nil), heads...))
		changed := false
		for d := range got {
			if got[d] < 0 {
				roots++
			} else if crosses(got, d) {
				t.Fatalf("word %d crosses in %v from %v", d, got, heads)
			}
			changed = changed || heads[d] >= 0 && crosses(heads, d)
		}
		if roots != 1 {
			t.Fatalf("%d roots in %v from %v", roots, got, heads)
		}
		if !changed && !cmp.Equal(heads, got) {
			t.Fatalf("%v became %v", heads, got)
		}
	})
}

func TestRightAction_LeadsToTheTree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := projective(anyTree(t))
		var s search
		s.start(make([]word, len(want)), make([]uint8, len(want)), make([]uint8, len(want)))
		at := int32(0)
		for range 2*len(want) - 1 {
			action := s.rightAction(&s.ways[at], want)
			if !s.can(&s.ways[at], action) {
				t.Fatalf("action %d is not possible on the way to %v", action, want)
			}
			s.take(at, action, 0)
			at = int32(len(s.ways) - 1)
		}
		got := make([]int32, len(want))
		s.heads(at, got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestEdit_MakesTheLemma(t *testing.T) {
	for _, c := range []struct{ form, lemma, edit string }{
		{"said", "say", "2y"},
		{"Cities", "city", "3y"},
		{"Kendall", "Kendall", "=0"},
		{"running", "run", "4"},
		{"the", "the", "0"},
		{"The", "the", "0"},
		{"Trusts", "Trust", "=1"},
		{"cafés", "café", "1"},
	} {
		edit, ok := editOf(c.form, c.lemma)
		if !ok || edit != c.edit {
			t.Errorf("%s to %s is %q, want %q", c.form, c.lemma, edit, c.edit)
		}
		if got := applyEdit(edit, c.form); got != c.lemma {
			t.Errorf("%q makes %q of %q, want %q", edit, got, c.form, c.lemma)
		}
	}
}

func FuzzEdit(f *testing.F) {
	f.Add("Went", "go")
	f.Add("İİ", "i\u0307")
	f.Add("\xff", "\xfe")
	f.Fuzz(func(t *testing.T, form, lemma string) {
		if edit, ok := editOf(form, lemma); ok {
			applyEdit(edit, form)
		}
	})
}
