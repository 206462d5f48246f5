package codec_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"
	"github.com/google/go-cmp/cmp"
	"github.com/knakk/rdf"
	"pgregory.net/rapid"

	"whence/graph"
	"whence/graph/codec"
	"whence/graph/vocab"
)

const (
	doc     graph.ID    = "https://example.org/wards"
	version graph.ID    = "urn:whence:version:1"
	body    graph.ID    = "urn:whence:segment:body"
	comment graph.ID    = "urn:whence:segment:comment"
	claim   graph.ID    = "urn:whence:claim:1"
	reading graph.Label = "urn:whence:reading:1"
)

// A face takes four bytes and one code point: everything behind it counts differently.
const wards = "😀 Dana Reed said visits “helped” 12 people. A reader: see example.org"

func small() graph.Reading {
	at := func(words string) graph.Passage {
		i := strings.Index(wards, words)
		return graph.NewPassage(wards, graph.Span{Start: i, End: i + len(words)})
	}
	value := 12.0
	return graph.Reading{
		Label: reading, Extractor: "x1", Text: wards,
		Document: graph.Document{ID: doc, Title: "Visits", Authors: []string{"Zoe", "Adam"}},
		Version:  graph.Version{ID: version, Document: doc, TextHash: graph.TextHash(wards)},
		Segments: []graph.Segment{
			{ID: body, Document: doc, Version: version, Type: graph.SegmentBody, Passage: at("Dana Reed said visits “helped” 12 people.")},
			{ID: comment, Document: doc, Version: version, Type: graph.SegmentComment, Passage: at("A reader: see example.org")},
		},
		Claims: []graph.Claim{{ID: claim, Document: doc, Version: version, Segment: body, Content: []graph.Passage{at("visits “helped” 12 people")}, Source: []graph.Passage{at("Dana Reed")}, Cue: []graph.Passage{at("said")}, Mode: graph.ModeMixed}},
		Statistics: []graph.Statistic{{
			ID: "urn:whence:statistic:1", Document: doc, Version: version, Segment: body, Claim: claim, Figure: at("12 people"), Value: &value, SourceID: "urn:whence:source:body",
		}},
		Sources: []graph.Source{
			{ID: "urn:whence:source:body", Document: doc, Version: version, Segment: body, URL: "https://example.org/data"},
			{ID: "urn:whence:source:reader", Document: doc, Version: version, Segment: comment, URL: "https://example.org", Passages: []graph.Passage{at("example.org")}},
		},
		Relations: []graph.Relation{
			{ID: "urn:whence:relation:stated", Kind: graph.ClarifiedBy, From: claim, To: "urn:whence:source:body", Basis: graph.BasisStated, Version: version, Evidence: []graph.Passage{at("said")}},
			{ID: "urn:whence:relation:guessed", Kind: graph.DisputedBy, From: claim, To: "urn:whence:source:body", Basis: graph.BasisInferred},
		},
	}
}

func encode(t *testing.T, r graph.Reading) []quad.Quad {
	t.Helper()
	quads, err := codec.EncodeReading(r)
	if err != nil {
		t.Fatal(err)
	}
	return quads
}

func offsets(text string) func(graph.ID) (*graph.Offsets, error) {
	return func(graph.ID) (*graph.Offsets, error) { return graph.NewOffsets(text), nil }
}

func TestQuadsCountCodePoints(t *testing.T) {
	want := quad.TypedString{
		Value: `[{"start":2,"end":11,"exact":"Dana Reed","prefix":"😀 ","suffix":" said visits “helped” 12 people."}]`, Type: vocab.JSON,
	}
	for _, q := range encode(t, small()) {
		if q.Subject == codec.SafeIRI(claim) && q.Predicate == vocab.SourceWords {
			if diff := cmp.Diff(want, q.Object); diff != "" {
				t.Error(diff)
			}
			return
		}
	}
	t.Error("the claim has no source words")
}

func TestExpandedPassageCanBeQueried(t *testing.T) {
	wide, err := codec.Expand(encode(t, small()))
	if err != nil {
		t.Fatal(err)
	}
	node := codec.SafeIRI(claim) + "#content-0"
	got := map[quad.Value]quad.Value{}
	linked := false
	for _, q := range wide {
		if q.Subject == node {
			got[q.Predicate] = q.Object
		}
		linked = linked || q.Subject == codec.SafeIRI(claim) && q.Predicate == vocab.HasPassage && q.Object == node
	}
	want := map[quad.Value]quad.Value{
		vocab.Type: vocab.Passage, vocab.OfVersion: codec.SafeIRI(version), vocab.Start: quad.Int(17), vocab.End: quad.Int(42),
		vocab.Exact: quad.String("visits “helped” 12 people"), vocab.Prefix: quad.String("😀 Dana Reed said "), vocab.Suffix: quad.String(". A reader: see example.org"),
	}
	if diff := cmp.Diff(want, got); diff != "" || !linked {
		t.Errorf("linked %v\n%s", linked, diff)
	}
}

func edges(quads []quad.Quad) []graph.Edge {
	var out []graph.Edge
	for _, q := range quads {
		if e, ok := codec.EdgeOf(q); ok {
			out = append(out, e)
		}
	}
	graph.SortEdges(out)
	return out
}

func TestEdgesOfAReading(t *testing.T) {
	want := []graph.Edge{
		{From: doc, Kind: graph.Cites, To: "urn:whence:source:body"},
		{From: doc, Kind: graph.LinksTo, To: "urn:whence:source:body"},
		{From: claim, Kind: graph.ClarifiedBy, To: "urn:whence:source:body"},
		{From: claim, Kind: graph.HasFigure, To: "urn:whence:statistic:1"},
		{From: claim, Kind: graph.InSegment, To: body},
		{From: claim, Kind: graph.StatedIn, To: doc},
		{From: "urn:whence:relation:guessed", Kind: graph.RelatedFrom, To: claim},
		{From: "urn:whence:relation:guessed", Kind: graph.RelatedTo, To: "urn:whence:source:body"},
		{From: "urn:whence:relation:stated", Kind: graph.RelatedFrom, To: claim},
		{From: "urn:whence:relation:stated", Kind: graph.RelatedTo, To: "urn:whence:source:body"},
		{From: body, Kind: graph.SegmentOf, To: version},
		{From: comment, Kind: graph.SegmentOf, To: version},
		{From: "urn:whence:source:body", Kind: graph.InSegment, To: body},
		{From: "urn:whence:source:reader", Kind: graph.InSegment, To: comment},
		{From: "urn:whence:statistic:1", Kind: graph.InSegment, To: body},
		{From: "urn:whence:statistic:1", Kind: graph.SourcedFrom, To: "urn:whence:source:body"},
		{From: "urn:whence:statistic:1", Kind: graph.StatedIn, To: doc},
		{From: version, Kind: graph.VersionOf, To: doc},
	}
	for i := range want {
		want[i].Label = reading
	}
	if diff := cmp.Diff(want, edges(encode(t, small()))); diff != "" {
		t.Errorf("what a reader cites is not the document's, and a guess is no plain edge; -want +got:\n%s", diff)
	}
}

func TestResolvedStandsAlsoWhereNobodyIsMeant(t *testing.T) {
	r := graph.Resolution{Label: "urn:whence:resolution:1", Document: doc, Version: version, Resolved: []graph.Resolved{
		{Subject: claim, Predicate: graph.AssertedBy, Agent: "urn:whence:agent:reed", Reason: "named in full", Rejected: []graph.ID{"urn:whence:agent:a", "urn:whence:agent:b"}},
		{Subject: "urn:whence:claim:2", Predicate: graph.AssertedBy, Reason: "“they” has no antecedent"},
		{Subject: doc, Predicate: graph.WrittenBy, Agent: "urn:whence:agent:adam", Reason: "named in full"},
		{Subject: doc, Predicate: graph.WrittenBy, Agent: "urn:whence:agent:zoe", Reason: "named in full"},
	}}
	quads, err := codec.EncodeResolution(r, wards)
	if err != nil {
		t.Fatal(err)
	}
	want := []graph.Edge{
		{From: doc, Kind: graph.WrittenBy, To: "urn:whence:agent:adam", Label: r.Label},
		{From: doc, Kind: graph.WrittenBy, To: "urn:whence:agent:zoe", Label: r.Label},
		{From: claim, Kind: graph.AssertedBy, To: "urn:whence:agent:reed", Label: r.Label},
	}
	if diff := cmp.Diff(want, edges(quads)); diff != "" {
		t.Errorf("edges:\n%s", diff)
	}
	second := slices.Clone(quads)
	for i := range second {
		second[i].Label = quad.IRI("urn:whence:resolution:2")
	}
	got, err := codec.DecodeResolved(append(second, quads...))
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(r.Resolved, func(a, b graph.Resolved) int {
		return strings.Compare(string(a.Subject)+string(a.Agent), string(b.Subject)+string(b.Agent))
	})
	if diff := cmp.Diff(r.Resolved, got, content); diff != "" {
		t.Errorf("resolved, from two labels that say alike:\n%s", diff)
	}
}

func TestNodeOfSeveralLabels(t *testing.T) {
	agent := func(l graph.Label, a graph.Agent) []quad.Quad {
		a.ID = "urn:whence:agent:reed"
		quads, err := codec.EncodeAuthority(graph.Authority{Label: l, Agents: []graph.Agent{a}})
		if err != nil {
			t.Fatal(err)
		}
		return quads
	}
	quads := slices.Concat(
		agent("urn:whence:authority:b", graph.Agent{Type: graph.Organisation, Name: "D. Reed", Gender: "female", Aliases: []string{"A", "Reed"}, Offices: []graph.Office{{Title: "Minister", From: "2020"}}, Identified: true}),
		agent("urn:whence:authority:a", graph.Agent{Type: graph.Person, Name: "Dana Reed", Aliases: []string{"Reed", "Z"}, Offices: []graph.Office{{Title: "Member", From: "2024"}, {Title: "Councillor", From: "2011"}}}),
	)
	want := []graph.Node{&graph.Agent{
		ID: "urn:whence:agent:reed", Type: graph.Person, Name: "Dana Reed", Gender: "female", Aliases: []string{"A", "Reed", "Z"}, Identified: true, Label: "urn:whence:authority:a",
		Offices: []graph.Office{{Title: "Councillor", From: "2011"}, {Title: "Minister", From: "2020"}, {Title: "Member", From: "2024"}},
	}}
	got, err := codec.DecodeNodes([]graph.ID{"urn:whence:agent:reed"}, codec.BySubject(quads), offsets(""))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got, content); diff != "" {
		t.Error(diff)
	}
}

// Of fields that several labels give alike, the smallest label's are enough.
func TestNodeOfSeveralLabels_OnceIsEnough(t *testing.T) {
	few := rapid.SampledFrom([]string{"", "a", "b", "c"})
	rapid.Check(t, func(t *rapid.T) {
		var whole []quad.Quad
		for _, l := range []graph.Label{"urn:whence:authority:1", "urn:whence:authority:2", "urn:whence:authority:3", "urn:whence:authority:4"} {
			a := graph.Agent{
				ID: "urn:whence:agent:reed", Type: rapid.SampledFrom([]graph.AgentType{graph.Person, graph.Organisation}).Draw(t, "type"),
				Name: few.Draw(t, "name"), Gender: few.Draw(t, "gender"), Identified: rapid.Bool().Draw(t, "identified"),
				Aliases: rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"x", "y", "z"}), 0, 2, rapid.ID).Draw(t, "aliases"),
			}
			for _, title := range rapid.SliceOfN(few, 0, 2).Draw(t, "offices") {
				a.Offices = append(a.Offices, graph.Office{Title: title})
			}
			quads, err := codec.EncodeAuthority(graph.Authority{Label: l, Agents: []graph.Agent{a}})
			if err != nil {
				t.Fatal(err)
			}
			whole = append(whole, quads...)
		}
		said := map[[3]quad.Value]bool{}
		once := slices.DeleteFunc(slices.Clone(whole), func(q quad.Quad) bool { // whole is in order of the labels
			p, _ := q.Predicate.(quad.IRI)
			key := [3]quad.Value{q.Subject, q.Predicate, q.Object}
			twice := codec.Fields[p] && said[key]
			said[key] = true
			return twice && rapid.Bool().Draw(t, "is left out")
		})
		ids := []graph.ID{"urn:whence:agent:reed"}
		want, err := codec.DecodeNodes(ids, codec.BySubject(whole), offsets(""))
		if err != nil {
			t.Fatal(err)
		}
		got, err := codec.DecodeNodes(ids, codec.BySubject(once), offsets(""))
		if diff := cmp.Diff(want, got, content); diff != "" || err != nil {
			t.Fatalf("%v\n%s", err, diff)
		}
	})
}

// The words of a claim belong to one text: two readings of it never run together.
func TestClaimOfTwoReadingsIsThatOfTheSmallerLabel(t *testing.T) {
	a, b := small(), small()
	b.Label = "urn:whence:reading:0"
	b.Text = "Later: " + wards
	b.Version.ID = "urn:whence:version:0"
	for i := range b.Claims {
		c := &b.Claims[i]
		c.Version = b.Version.ID
		for _, ps := range [][]graph.Passage{c.Content, c.Source, c.Cue} {
			for j := range ps {
				ps[j].Start += len("Later: ")
				ps[j].End += len("Later: ")
			}
		}
	}
	want := b.Claims[0]
	want.Label = b.Label
	got, err := codec.DecodeNodes([]graph.ID{claim}, codec.BySubject(append(encode(t, a), encode(t, b)...)), func(v graph.ID) (*graph.Offsets, error) {
		if v == version {
			return graph.NewOffsets(a.Text), nil
		}
		return graph.NewOffsets(b.Text), nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]graph.Node{&want}, got, content); diff != "" {
		t.Error(diff)
	}
}

func TestEdgesOfOtherLabelsDoNotDescribeANode(t *testing.T) {
	quads, err := codec.EncodeResolution(graph.Resolution{Label: "urn:whence:resolution:1", Document: doc, Version: version, Resolved: []graph.Resolved{
		{Subject: claim, Predicate: graph.AssertedBy, Agent: "urn:whence:agent:reed"},
	}}, "")
	if err != nil {
		t.Fatal(err)
	}
	got, err := codec.DecodeNodes([]graph.ID{claim, "urn:whence:resolution:1"}, codec.BySubject(quads), offsets(""))
	if err != nil || len(got) != 0 {
		t.Errorf("got %v, %v", got, err)
	}
	got, err = codec.DecodeNodes([]graph.ID{claim}, codec.BySubject(append(quads, encode(t, small())...)), offsets(wards))
	if err != nil || len(got) != 1 || got[0].(*graph.Claim).Label != reading {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestTextIsAskedOncePerVersionAndItsErrorTold(t *testing.T) {
	r := small()
	for i := range 5 {
		c := r.Claims[0]
		c.ID = graph.ID(fmt.Sprintf("urn:whence:claim:more-%d", i))
		r.Claims = append(r.Claims, c)
	}
	var ids []graph.ID
	for _, c := range r.Claims {
		ids = append(ids, c.ID)
	}
	asked := 0
	if _, err := codec.DecodeNodes(ids, codec.BySubject(encode(t, r)), func(v graph.ID) (*graph.Offsets, error) { asked++; return graph.NewOffsets(wards), nil }); err != nil || asked != 1 {
		t.Errorf("asked %d times, %v", asked, err)
	}
	_, err := codec.DecodeNodes(ids, codec.BySubject(encode(t, r)), func(graph.ID) (*graph.Offsets, error) { return nil, graph.ErrSuppressed })
	if !errors.Is(err, graph.ErrSuppressed) {
		t.Errorf("got %v, want the text's own error", err)
	}
	if nodes, err := codec.DecodeNodes([]graph.ID{doc, version}, codec.BySubject(encode(t, r)), func(graph.ID) (*graph.Offsets, error) { return nil, graph.ErrSuppressed }); err != nil || len(nodes) != 2 {
		t.Errorf("nodes without passages: %v, %v; no text is needed", nodes, err)
	}
}

func TestEncodeRefuses(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for name, spoil := range map[string]func(*graph.Reading){
		"a reading without a label":            func(r *graph.Reading) { r.Label = "" },
		"a document without an ID":             func(r *graph.Reading) { r.Document.ID = "" },
		"a claim without an ID":                func(r *graph.Reading) { r.Claims[0].ID = "" },
		"a claim that stands twice":            func(r *graph.Reading) { r.Claims = append(r.Claims, r.Claims[0]) },
		"two nodes of one ID":                  func(r *graph.Reading) { r.Sources[0].ID = claim },
		"a span beyond the text":               func(r *graph.Reading) { r.Claims[0].Content[0].End = len(wards) + 1 },
		"a span before the text":               func(r *graph.Reading) { r.Claims[0].Content[0].Start = -1 },
		"a span that ends before it begins":    func(r *graph.Reading) { r.Claims[0].Content[0].End = 0 },
		"a span that cuts a character":         func(r *graph.Reading) { r.Claims[0].Content[0].Start = 1 },
		"a title that is no text":              func(r *graph.Reading) { r.Document.Title = "\xff" },
		"an author that is no text":            func(r *graph.Reading) { r.Document.Authors[1] = "a\xff" },
		"words that are no text":               func(r *graph.Reading) { r.Claims[0].Content[0].Exact = "\xc3" },
		"a figure that is no number":           func(r *graph.Reading) { r.Statistics[0].Value = &nan },
		"a figure without end":                 func(r *graph.Reading) { r.Statistics[0].Max = &inf },
		"a relation of a kind that is unknown": func(r *graph.Reading) { r.Relations[0].Kind = "smells-like" },
	} {
		r := small()
		spoil(&r)
		if quads, err := codec.EncodeReading(r); !errors.Is(err, graph.ErrInvalid) || quads != nil {
			t.Errorf("%s: %d quads, %v", name, len(quads), err)
		}
	}
	for name, l := range map[string]graph.Link{
		"a link with words as evidence": {Label: "l", A: "a", B: "b", Relations: []graph.Relation{{ID: "r", Kind: graph.Matches, From: "a", To: "b", Evidence: []graph.Passage{{}}}}},
		"a link the wrong way round":    {Label: "l", A: "b", B: "a"},
	} {
		if _, err := codec.EncodeLink(l); !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := codec.EncodeAuthority(graph.Authority{Label: "a", Agents: []graph.Agent{{ID: "x", Type: "ghost"}}}); !errors.Is(err, graph.ErrInvalid) {
		t.Errorf("an agent of an unknown type: %v", err)
	}
}

// Quads that codec did not write are told apart from an empty graph, and never panic.
func TestDecodeTellsDamage(t *testing.T) {
	replace := func(p quad.IRI, o quad.Value) []quad.Quad {
		quads := encode(t, small())
		for i := range quads {
			if quads[i].Predicate == p {
				quads[i].Object = o
			}
		}
		return quads
	}
	for name, quads := range map[string][]quad.Quad{
		"passages that are no JSON":       replace(vocab.Content, quad.TypedString{Value: "[{", Type: vocab.JSON}),
		"passages of another shape":       replace(vocab.Content, quad.TypedString{Value: `{"start":"x"}`, Type: vocab.JSON}),
		"passages that are a string":      replace(vocab.Content, quad.String("words")),
		"a span beyond the text":          replace(vocab.Content, quad.TypedString{Value: `[{"start":1,"end":5000,"exact":""}]`, Type: vocab.JSON}),
		"a span that is negative":         replace(vocab.Content, quad.TypedString{Value: `[{"start":-1,"end":5,"exact":""}]`, Type: vocab.JSON}),
		"a mode that is an IRI":           replace(vocab.Mode, quad.IRI("direct")),
		"a segment that is a string":      replace(vocab.InSegment, quad.String("body")),
		"a value that is a string":        replace(vocab.Value, quad.String("12")),
		"a relation of a kind not known":  replace(vocab.RelationKind, quad.IRI("urn:x")),
		"a relation of a kind not an IRI": replace(vocab.RelationKind, quad.String("matches")),
	} {
		if _, err := codec.DecodeReading(quads, wards); !errors.Is(err, graph.ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := codec.DecodeReading(nil, wards); !errors.Is(err, graph.ErrNotFound) {
		t.Errorf("no quads: %v", err)
	}
	second := small()
	second.Label = "urn:whence:reading:2"
	if _, err := codec.DecodeReading(append(encode(t, small()), encode(t, second)...), wards); !errors.Is(err, graph.ErrInvalid) {
		t.Errorf("two readings at once: %v", err)
	}
	commit, err := codec.EncodeCommit(graph.Commit{Number: 1, Run: "a"})
	if err != nil {
		t.Fatal(err)
	}
	for i := range commit {
		commit[i].Subject = quad.IRI("urn:whence:commit:other")
	}
	first, err := codec.EncodeCommit(graph.Commit{Number: 1})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := codec.DecodeCommits(append(commit, first...)); !errors.Is(err, graph.ErrDamaged) {
		t.Errorf("a commit that stands twice: %v", err)
	}
}

func TestReadNQuadsSaysWhichLine(t *testing.T) {
	good := "<urn:a> <urn:p> <urn:b> <urn:l> .\n"
	for name, line := range map[string]string{
		"no quad":                   "hello\n",
		"a literal as subject":      "\"a\" <urn:p> <urn:b> <urn:l> .\n",
		"a literal as predicate":    "<urn:a> \"p\" <urn:b> <urn:l> .\n",
		"a literal as label":        "<urn:a> <urn:p> <urn:b> \"l\" .\n",
		"an empty IRI":              "<> <urn:p> <urn:b> <urn:l> .\n",
		"an escape that is no rune": "<urn:a> <urn:p> \"\\UFFFFFFFF\" <urn:l> .\n",
		"half a quad":               "<urn:a> <urn:p>",
	} {
		_, err := codec.ReadNQuads(strings.NewReader(good + "# a comment\n\n" + line))
		if !errors.Is(err, graph.ErrInvalid) || !strings.Contains(err.Error(), "line 4:") {
			t.Errorf("%s: %v", name, err)
		}
	}
	quads, err := codec.ReadNQuads(strings.NewReader("\n# a comment\r\n" + strings.TrimSuffix(good, "\n")))
	if err != nil || len(quads) != 1 {
		t.Errorf("the last line has no end: %v, %v", quads, err)
	}
}

// A megabyte of the worst in one line costs no more than its length.
func TestLongHostileLine(t *testing.T) {
	text := strings.Repeat("\"\\\n😀", 1<<20/7)
	r := small()
	r.Text = text
	p := graph.NewPassage(text, graph.Span{Start: 0, End: len(text)})
	r.Segments, r.Claims, r.Statistics, r.Sources, r.Relations = nil, []graph.Claim{{ID: claim, Version: version, Content: []graph.Passage{p}}}, nil, nil, nil
	var b bytes.Buffer
	if err := codec.WriteNQuads(&b, encode(t, r)); err != nil {
		t.Fatal(err)
	}
	quads, err := codec.ReadNQuads(&b)
	if err != nil {
		t.Fatal(err)
	}
	got, err := codec.DecodeReading(quads, text)
	if err != nil || len(got.Claims) != 1 || got.Claims[0].Content[0] != p {
		t.Errorf("the words do not come back: %v", err)
	}
}

func FuzzReadNQuads(f *testing.F) {
	var b bytes.Buffer
	quads, err := codec.EncodeReading(small())
	if err != nil {
		f.Fatal(err)
	}
	if err := codec.WriteNQuads(&b, quads); err != nil {
		f.Fatal(err)
	}
	f.Add(b.String())
	f.Add("<urn:a> <urn:p> \"\\UFFFFFFFF\" .")
	f.Add("<urn:a> <urn:p> \"a\"@en-GB <l> . # x")
	f.Fuzz(func(t *testing.T, s string) {
		quads, err := codec.ReadNQuads(strings.NewReader(s))
		if err != nil {
			return
		}
		// Whatever can be read can be decoded or refused.
		_, _ = codec.DecodeReading(quads, wards)
		_, _ = codec.DecodeResolved(quads)
		_, _ = codec.DecodeCommits(quads)
		_, _ = codec.Expand(quads)
		var ids []graph.ID
		for _, q := range quads {
			if e, ok := codec.EdgeOf(q); ok {
				ids = append(ids, e.From, e.To)
			}
		}
		_, _ = codec.DecodeNodes(ids, codec.BySubject(quads), offsets(wards))
	})
}

// Another reader of N-Quads sees as many quads, and the datatypes that it knows.
func TestNQuadsAreReadElsewhere(t *testing.T) {
	wide, err := codec.Expand(encode(t, small()))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := codec.WriteNQuads(&b, wide); err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(strings.TrimSuffix(b.String(), "\n"), "\n")
	if !slices.IsSorted(lines) {
		t.Error("the lines are not in order")
	}
	dec := rdf.NewQuadDecoder(&b, rdf.NQuads)
	quads, err := dec.DecodeAll()
	if err != nil || len(quads) != len(wide) {
		t.Fatalf("%d quads of %d: %v", len(quads), len(wide), err)
	}
	types := map[string]int{}
	for _, q := range quads {
		if lit, ok := q.Obj.(rdf.Literal); ok {
			types[lit.DataType.String()]++
		}
	}
	for _, want := range []quad.IRI{vocab.Integer, vocab.Double, vocab.JSON, vocab.String} {
		if types[string(want)] == 0 {
			t.Errorf("no literal of type %s; there are %v", want, types)
		}
		delete(types, string(want))
	}
	if len(types) > 0 {
		t.Errorf("literals of other types: %v", types)
	}
}

func FuzzDecodeEntry(f *testing.F) {
	f.Add(codec.EncodeEntry(graph.Commit{Number: 1, Run: "a", Added: []graph.LabelInfo{{Label: "urn:whence:reading:1", Layer: graph.LayerReading}}})[:20])
	f.Fuzz(func(t *testing.T, body []byte) {
		// The checksum is made to fit, so that what lies behind it is reached.
		data := binary.BigEndian.AppendUint32(slices.Clone(body), crc32.Checksum(body, crc32.MakeTable(crc32.Castagnoli)))
		c, err := codec.DecodeEntry(string(data))
		if err != nil {
			return
		}
		again, err := codec.DecodeEntry(string(codec.EncodeEntry(c)))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c, again); diff != "" {
			t.Fatal(diff)
		}
	})
}
