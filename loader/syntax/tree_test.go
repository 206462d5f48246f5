package syntax

import (
	"math"
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

// anyArcs draws scores of arcs and of roots.
func anyArcs(t *rapid.T, n int) arcs {
	rows := make([][]float32, n)
	for d := range rows {
		rows[d] = make([]float32, n+1)
		for h := range rows[d] {
			rows[d][h] = float32(rapid.IntRange(-9, 9).Draw(t, "score"))
		}
		rows[d][d] = float32(math.Inf(-1))
	}
	return func(d int) []float32 { return rows[d] }
}

func sum(score arcs, heads []int32) float32 {
	out := float32(0)
	for d, h := range heads {
		if h < 0 {
			h = int32(len(heads))
		}
		out += score(d)[h]
	}
	return out
}

// isTree reports whether heads make one projective tree, the slow way.
func isTree(heads []int32) bool {
	roots := 0
	for d := range heads {
		if heads[d] < 0 {
			roots++
		}
		steps := 0
		for h := int32(d); h >= 0; h = heads[h] {
			if steps++; steps > len(heads) {
				return false
			}
		}
	}
	for d := range heads {
		if heads[d] >= 0 && crosses(heads, d) {
			return false
		}
	}
	return roots == 1
}

func TestTree_FindsTheBestOfAllTrees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 5).Draw(t, "words")
		score := anyArcs(t, n)
		most := float32(math.Inf(-1))
		heads := make([]int32, n)
		var try func(d int)
		try = func(d int) {
			if d == n {
				if isTree(heads) {
					most = max(most, sum(score, heads))
				}
				return
			}
			for h := range n + 1 {
				if h != d {
					heads[d] = int32(h)
					if h == n {
						heads[d] = none
					}
					try(d + 1)
				}
			}
		}
		try(0)
		var found tree
		got := make([]int32, n)
		found.best(score, got)
		if !isTree(got) || sum(score, got) != most {
			t.Fatalf("%v scores %v, the best %v", got, sum(score, got), most)
		}
		found.heads(score, got)
		if !isTree(got) || sum(score, got) != most {
			t.Fatalf("%v scores %v, the best %v", got, sum(score, got), most)
		}
	})
}

func TestTree_KnowsATreeWhenItSeesOne(t *testing.T) {
	var found tree
	rapid.Check(t, func(t *rapid.T) {
		heads := anyTree(t)
		if rapid.Bool().Draw(t, "any heads") {
			for d := range heads {
				heads[d] = int32(rapid.IntRange(-1, len(heads)-1).Draw(t, "head"))
			}
		}
		if got, want := found.good(heads), isTree(heads); got != want {
			t.Fatalf("%v: %v, want %v", heads, got, want)
		}
	})
}
