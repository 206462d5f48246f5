package codec_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/cayleygraph/quad"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"whence/graph"
	"whence/graph/codec"
)

// Nil and empty lists are the same content.
var content = cmp.Options{cmpopts.EquateEmpty()}

// travel sends quads the longest way that a store or an export can: shuffled,
// expanded, through N-Quads and back. What arrives must be the same set.
func travel(t *rapid.T, quads []quad.Quad) []quad.Quad {
	t.Helper()
	if !slices.Equal(quads, codec.Sort(slices.Clone(quads))) {
		t.Fatalf("the quads are not in canonical order")
	}
	wide, err := codec.Expand(quads)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range wide {
		for _, v := range []quad.Value{q.Subject, q.Predicate, q.Object, q.Label} {
			if iri, ok := v.(quad.IRI); ok && codec.SafeIRI(codec.IDOf(iri)) != iri {
				t.Fatalf("%q is no IRI", iri)
			}
		}
	}
	var b bytes.Buffer
	if err := codec.WriteNQuads(&b, wide); err != nil {
		t.Fatal(err)
	}
	back, err := codec.ReadNQuads(&b)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(wide, back); diff != "" {
		t.Fatalf("N-Quads do not come back as they were written:\n%s", diff)
	}
	narrow := codec.Contract(back)
	if !slices.Equal(narrow, quads) {
		t.Fatalf("contracting does not undo expanding:\n%s", cmp.Diff(quads, narrow))
	}
	seed := rapid.Uint64().Draw(t, "shuffle")
	rand.New(rand.NewPCG(seed, 1)).Shuffle(len(narrow), func(i, j int) { narrow[i], narrow[j] = narrow[j], narrow[i] })
	return narrow
}

func TestReadingComesBackAsItWas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := someReading.Draw(t, "reading")
		quads, err := codec.EncodeReading(want)
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range quads {
			if codec.LabelOf(q) != want.Label {
				t.Fatalf("%v has the label %v, want %s", q, q.Label, want.Label)
			}
		}
		got, err := codec.DecodeReading(travel(t, quads), want.Text)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got, content); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestResolutionComesBackAsItWas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := someResolution.Draw(t, "resolution")
		quads, err := codec.EncodeResolution(want.Resolution, want.text)
		if err != nil {
			t.Fatal(err)
		}
		got, err := codec.DecodeResolution(travel(t, quads), want.text)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want.Resolution, got, content); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestLinkComesBackAsItWas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := someLink.Draw(t, "link")
		quads, err := codec.EncodeLink(want)
		if err != nil {
			t.Fatal(err)
		}
		got, err := codec.DecodeLink(travel(t, quads))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got, content); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestAuthorityComesBackAsItWas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := graph.Authority{Label: graph.NewAuthorityLabel(nil), Agents: agents(t)}
		quads, err := codec.EncodeAuthority(want)
		if err != nil {
			t.Fatal(err)
		}
		got, err := codec.DecodeAuthority(travel(t, quads))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got, content); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestDecisionComesBackAsItWas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := someDecision.Draw(t, "decision")
		quads, err := codec.EncodeDecision(want)
		if err != nil {
			t.Fatal(err)
		}
		got, err := codec.DecodeDecision(travel(t, quads))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got, content); diff != "" {
			t.Fatal(diff)
		}
		if id := graph.NewDecisionID(got); id != want.ID {
			t.Fatalf("the decision read back is named %s, want %s", id, want.ID)
		}
	})
}

func TestLedgerComesBackAsItWas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SliceOfNDistinct(someCommit, 0, 3, func(c graph.Commit) int64 { return c.Number }).Draw(t, "ledger")
		slices.SortFunc(want, func(a, b graph.Commit) int { return int(a.Number - b.Number) })
		var quads []quad.Quad
		for _, c := range want {
			more, err := codec.EncodeCommit(c)
			if err != nil {
				t.Fatal(err)
			}
			quads = append(quads, more...)
		}
		got, err := codec.DecodeCommits(travel(t, codec.Sort(quads)))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got, content); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestEntryComesBackAsItWas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := someCommit.Draw(t, "commit")
		data := codec.EncodeEntry(want)
		got, err := codec.DecodeEntry(string(data))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got, content); diff != "" {
			t.Fatal(diff)
		}
		if _, err := codec.DecodeEntry(string(data[:rapid.IntRange(0, len(data)-1).Draw(t, "cut")])); !errors.Is(err, graph.ErrDamaged) {
			t.Fatalf("an entry cut short: %v", err)
		}
		bit := rapid.IntRange(0, 8*len(data)-1).Draw(t, "bit")
		data[bit/8] ^= 1 << (bit % 8)
		if _, err := codec.DecodeEntry(string(data)); !errors.Is(err, graph.ErrDamaged) {
			t.Fatalf("an entry with bit %d flipped: %v", bit, err)
		}
	})
}

// Reading nodes needs only the quads whose subject they are, and gives what
// reading the whole label gives.
func TestNodesAreReadFromTheirOwnQuads(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := someReading.Draw(t, "reading")
		quads, err := codec.EncodeReading(r)
		if err != nil {
			t.Fatal(err)
		}
		var want []graph.Node
		for i := range r.Claims {
			r.Claims[i].Label = r.Label
			want = append(want, &r.Claims[i])
		}
		for i := range r.Statistics {
			r.Statistics[i].Label = r.Label
			want = append(want, &r.Statistics[i])
		}
		for i := range r.Sources {
			r.Sources[i].Label = r.Label
			want = append(want, &r.Sources[i])
		}
		for i := range r.Relations {
			r.Relations[i].Label = r.Label
			want = append(want, &r.Relations[i])
		}
		for i := range r.Segments {
			want = append(want, &r.Segments[i])
		}
		want = append(want, &r.Document, &r.Version)
		want = rapid.Permutation(want).Draw(t, "order")
		var ids []graph.ID
		asked := map[quad.Value]bool{}
		for _, n := range want {
			ids = append(ids, n.NodeID(), "urn:whence:claim:not-held")
			asked[codec.SafeIRI(n.NodeID())] = true
		}
		own := slices.DeleteFunc(travel(t, quads), func(q quad.Quad) bool { return !asked[q.Subject] })
		got, err := codec.DecodeNodes(ids, codec.BySubject(own), func(graph.ID) (*graph.Offsets, error) { return graph.NewOffsets(r.Text), nil })
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got, content); diff != "" {
			t.Fatal(diff)
		}
	})
}

// No ID is lost or run together with another on its way through an IRI, and every
// IRI is one that N-Quads can hold.
func TestSafeIRIIsReversible(t *testing.T) {
	seen := map[quad.IRI]graph.ID{}
	rapid.Check(t, func(t *rapid.T) {
		id := rapid.OneOf(worldID,
			rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) graph.ID { return graph.ID(b) }),
			rapid.Map(awkward, func(s string) graph.ID { return graph.ID("urn:whence:iri:" + s) }),
			rapid.SampledFrom([]graph.ID{"http://x/a b", "http://x/a%20b", "http://x/a%2520b", "urn:whence:iri:http://x/a%20b", "relative", "1x:y", ":", "", "é:x", "http://x/\xff"}),
		).Draw(t, "id")
		iri := codec.SafeIRI(id)
		if back := codec.IDOf(iri); back != id {
			t.Fatalf("%q became %q and then %q", id, iri, back)
		}
		if other, ok := seen[iri]; ok && other != id {
			t.Fatalf("%q and %q share %q", id, other, iri)
		}
		seen[iri] = id
		if codec.SafeIRI(codec.IDOf(iri)) != iri {
			t.Fatalf("%q is not stable", iri)
		}
		q := quad.Quad{Subject: iri, Predicate: iri, Object: iri, Label: iri}
		var b bytes.Buffer
		if err := codec.WriteNQuads(&b, []quad.Quad{q}); err != nil {
			t.Fatal(err)
		}
		if back, err := codec.ReadNQuads(&b); err != nil || len(back) != 1 || back[0] != q {
			t.Fatalf("%q: read back %v, %v", iri, back, err)
		}
	})
}

func TestSafeIRILeavesTheWorldsNamesAlone(t *testing.T) {
	for id, want := range map[graph.ID]quad.IRI{
		"https://example.org/a?b=c&d=%20#e": "https://example.org/a?b=c&d=%20#e",
		"https://example.org/é":             "https://example.org/é",
		"urn:whence:claim:0123":             "urn:whence:claim:0123",
		"https://example.org/a b":           "urn:whence:iri:https://example.org/a%20b",
		"https://example.org/<a>%20":        "urn:whence:iri:https://example.org/%3Ca%3E%2520",
		"notes/today":                       "urn:whence:iri:notes/today",
	} {
		if got := codec.SafeIRI(id); got != want {
			t.Errorf("SafeIRI(%q) = %q, want %q", id, got, want)
		}
	}
}
