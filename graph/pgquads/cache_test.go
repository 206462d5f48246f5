package pgquads

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"whence/graph"
	"whence/graph/store"
)

// A hop gives the same whatever is known of its values, and whichever way it asks.
func TestHopsWithAndWithoutTheCache(t *testing.T) {
	s := open(t, schema(t))
	var all []quad.Quad
	for n := range 3 {
		all = append(all, document(n)...)
		apply(t, s, store.Batch{Add: document(n)})
	}
	snap := snapshotOf(t, s)
	for _, n := range []int{1, fewEnds, fewEnds + 1, 3 * claims} {
		for _, predicates := range [][]quad.IRI{nil, {iri("stated-in"), iri("mode")}} {
			h := hop{predicates: predicates}
			wanted := map[quad.Value]bool{}
			for i := range n {
				claim := iri("claim/%d/%d", i/claims, i%claims)
				h.ends, wanted[claim] = append(h.ends, claim), true
			}
			var want []quad.Quad
			for _, q := range all {
				if wanted[q.Subject] && (predicates == nil || q.Predicate == predicates[0] || q.Predicate == predicates[1]) {
					want = append(want, q)
				}
			}
			s.values.forget()
			for _, warm := range []bool{false, true, true, false} {
				s.values.warm.Store(warm)
				t.Run(fmt.Sprintf("%d ends by %v, warm %v", n, predicates, warm), func(t *testing.T) {
					sameQuads(t, want, answer(t, snap, h))
				})
			}
			if !s.values.warm.Load() {
				t.Errorf("%d ends by %v: all values were known, and the cache is not warm", n, predicates)
			}
		}
	}
}

func TestHopOverDamage(t *testing.T) {
	u := schema(t)
	s := open(t, u)
	apply(t, s, store.Batch{Add: document(1)})
	execute(t, u, `DELETE FROM nodes WHERE value_string = 'direct'`)
	snap := snapshotOf(t, s)
	var many []quad.Value
	for i := range claims {
		many = append(many, iri("claim/1/%d", i))
	}
	for _, ends := range [][]quad.Value{many[:1], many} {
		for _, warm := range []bool{false, true} {
			s.values.warm.Store(warm)
			if got, err := snap.Out(t.Context(), ends, nil); !errors.Is(err, graph.ErrDamaged) {
				t.Errorf("%d ends, warm %v: %d quads, %v; want damage", len(ends), warm, len(got), err)
			}
		}
	}
	if got, err := snap.Label(t.Context(), iri("label/1")); !errors.Is(err, graph.ErrDamaged) {
		t.Errorf("the label: %d quads, %v; want damage", len(got), err)
	}
}

func TestValueCache(t *testing.T) {
	long := quad.String(strings.Repeat("long ", mostCached/50))
	var c valueCache
	asked := func(n int) *found {
		f := newFound()
		ends(f, []quad.Value{iri("number/%d", n)})
		f.values[0] = nil
		c.fill(f)
		return f
	}
	add := func(n int) (fresh int) {
		f := newFound()
		f.set(asked(n).nodes[0], long)
		return c.put(f)
	}
	if fresh := add(0) + add(1) + add(0); fresh != 2 {
		t.Errorf("%d values were new, want 2", fresh)
	}
	for n := 2; n < 100; n++ { // each half has room for some ten
		add(n)
		if asked(0).values[0] == nil {
			t.Fatalf("value 0, which is asked for all the time, is forgotten when %d were added", n)
		}
	}
	held := 0
	for n := range 100 {
		if asked(n).values[0] != nil {
			held++
		}
	}
	if held < 10 || held > 30 {
		t.Errorf("%d values of %d kB are kept, want what two times %d kB hold", held, len(long)/1000, mostCached/1000)
	}
	c.forget()
	if asked(0).values[0] != nil {
		t.Error("a value is kept that was to be forgotten")
	}
}

// What is removed does not stay in memory.
func TestRemovedValuesAreForgotten(t *testing.T) {
	s := open(t, schema(t))
	apply(t, s, store.Batch{Add: document(1)})
	snap := snapshotOf(t, s)
	answer(t, snap, hop{ends: []quad.Value{iri("claim/1/1")}})
	if len(s.values.newer) == 0 {
		t.Fatal("nothing is kept of what was read")
	}
	apply(t, s, store.Batch{Remove: document(1)})
	if n := len(s.values.newer) + len(s.values.older); n > 0 {
		t.Errorf("%d values are kept after their quads were removed", n)
	}
}

func TestSift(t *testing.T) {
	s := open(t, schema(t))
	apply(t, s, store.Batch{Add: append(document(1), document(2)...)})
	snap := snapshotOf(t, s)
	claim := iri("claim/1/1")
	without := map[quad.IRI]bool{iri("mode"): true, iri("stated-in"): false, iri("evidence"): true}
	for name, c := range map[string]struct {
		sieve      store.Sieve
		predicates []quad.IRI
		want       int
	}{
		"everything":           {store.Sieve{}, nil, 8},
		"but some predicates":  {store.Sieve{Without: without}, nil, 6},
		"of some predicates":   {store.Sieve{Without: without}, []quad.IRI{iri("mode"), iri("stated-in"), iri("type")}, 2},
		"of a label":           {store.Sieve{Label: func(l quad.Value) bool { return l == iri("label/1") }}, nil, 8},
		"of a label elsewhere": {store.Sieve{Label: func(l quad.Value) bool { return l == iri("label/2") }, Without: without}, nil, 0},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := snap.(store.Sifter).Sift(t.Context(), []quad.Value{claim}, c.predicates, c.sieve)
			if err != nil || len(got) != c.want {
				t.Errorf("%d quads, %v; want %d", len(got), err, c.want)
			}
			for _, q := range got {
				if p := q.Predicate.(quad.IRI); q.Subject != claim || c.sieve.Without[p] {
					t.Errorf("%v is not wanted", q)
				}
			}
		})
	}
}
