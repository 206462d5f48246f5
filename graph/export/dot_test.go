package export_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	gdot "gonum.org/v1/gonum/graph/formats/dot"
	"gonum.org/v1/gonum/graph/formats/dot/ast"
	"pgregory.net/rapid"

	"whence/graph"
	"whence/graph/export"
)

var update = flag.Bool("update", false, "write the golden files anew")

func words(s string) []graph.Passage { return []graph.Passage{{Exact: s}} }

// story is a small graph with every type of node and every way to draw.
func story() graph.Subgraph {
	value := 12.0
	const (
		item, answer = graph.ID("https://example.org/item"), graph.ID("https://example.org/answer")
		reed         = graph.ID("urn:whence:agent:reed")
	)
	return graph.Subgraph{
		Nodes: []graph.Node{
			&graph.Document{ID: item, Title: "Ward visits “helped”, minister says", Publisher: "The Courier", Published: "2024-10-16", Kind: graph.KindNews},
			&graph.Document{ID: answer, URL: answer2url, Title: "Answer on ward visits", Published: "2024-10-22", Kind: graph.KindWrittenAnswer},
			&graph.Version{ID: "urn:whence:version:1", Document: item, Runes: 900, MediaType: "text/html"},
			&graph.Segment{ID: "urn:whence:segment:1", Document: item, Type: graph.SegmentComment, Author: "gull7", Age: "1 month ago", Passage: graph.Passage{Exact: "Nobody asked us."}},
			&graph.Claim{ID: "urn:whence:claim:1", Document: item, Content: words("the visits have helped twelve people in Leeds, and will be offered to many more before the winter is out"), Mode: graph.ModeDirect, SaidOn: "2024-10-15", StatedOn: "2024-10-16"},
			&graph.Claim{ID: "urn:whence:claim:2", Document: answer, Content: words("there are no plans to extend the visits"), Mode: graph.ModeIndirect, Polarity: graph.Negative, StatedOn: "2024-10-22"},
			&graph.Agent{ID: reed, Type: graph.Person, Name: "Dana Reed", Identified: true},
			&graph.Agent{ID: "urn:whence:agent:gull", Type: graph.Anonymous, Name: "gull7", Document: item},
			&graph.Agent{ID: "urn:whence:agent:courier", Type: graph.Publication, Name: "The Courier"},
			&graph.Statistic{ID: "urn:whence:statistic:1", Document: item, Claim: "urn:whence:claim:1", Figure: graph.Passage{Exact: "twelve people"}, Value: &value, Period: "2024-01/2024-09"},
			&graph.Statistic{ID: "urn:whence:statistic:2", Document: item, Figure: graph.Passage{Exact: "£6,000"}, Measure: "cost per patient"},
			&graph.Source{ID: "urn:whence:source:1", Document: item, Kind: graph.SourceData, Publisher: "NHS Leeds", Date: "2024"},
			&graph.Source{ID: "urn:whence:source:2", Document: item, Kind: graph.SourceURL, URL: "https://example.org/a?b=1&copy=2"},
			&graph.Relation{ID: "urn:whence:relation:1", Kind: graph.ClarifiedBy, From: "urn:whence:claim:1", To: "urn:whence:claim:2", Basis: graph.BasisStated, Evidence: words("the minister was asked")},
			&graph.Relation{ID: "urn:whence:relation:2", Kind: graph.Matches, From: "urn:whence:claim:1", To: "urn:whence:claim:2", Basis: graph.BasisInferred, Score: 640, Reasons: []string{"same words", "same speaker"}},
			&graph.Relation{ID: "urn:whence:relation:3", Kind: graph.DisputedBy, From: "urn:whence:claim:2", To: "urn:whence:claim:far", Status: graph.StatusRejected},
			&graph.Review{ID: "urn:whence:review:1", Reviewer: "Check It", Verdict: "half true", Published: "2024-11-01"},
		},
		Edges: []graph.Edge{
			{From: "urn:whence:claim:1", Kind: graph.AssertedBy, To: reed, Label: "a"},
			{From: "urn:whence:claim:1", Kind: graph.AssertedBy, To: reed, Label: "b"},
			{From: "urn:whence:claim:1", Kind: graph.StatedIn, To: item},
			{From: "urn:whence:claim:1", Kind: graph.HasFigure, To: "urn:whence:statistic:1"},
			{From: "urn:whence:claim:1", Kind: graph.ClarifiedBy, To: "urn:whence:claim:2"},
			{From: "urn:whence:claim:1", Kind: graph.ReviewedBy, To: "urn:whence:review:1"},
			{From: "urn:whence:claim:2", Kind: graph.AssertedBy, To: "urn:whence:agent:elsewhere"},
			{From: "urn:whence:statistic:1", Kind: graph.SourcedFrom, To: "urn:whence:source:1"},
			{From: "urn:whence:relation:1", Kind: graph.RelatedFrom, To: "urn:whence:claim:1"},
			{From: "urn:whence:relation:1", Kind: graph.RelatedTo, To: "urn:whence:claim:2"},
			{From: item, Kind: graph.PublishedBy, To: "urn:whence:agent:courier"},
			{From: item, Kind: graph.LinksTo, To: "urn:whence:source:2"},
			{From: "urn:whence:segment:1", Kind: graph.WrittenBy, To: "urn:whence:agent:gull"},
		},
		Cut: []string{"40 more claims of The Courier"},
	}
}

const answer2url = "https://example.org/answers/22"

func dot(t testing.TB, g graph.Subgraph, o export.DOTOptions) string {
	t.Helper()
	var b bytes.Buffer
	if err := export.DOT(&b, g, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-update writes it anew); -want +got:\n%s", path, diff)
	}
}

func TestDOT_Golden(t *testing.T) {
	golden(t, "story.dot", dot(t, story(), export.DOTOptions{Title: "Where does “helped twelve people” come from?", Roots: []graph.ID{"urn:whence:claim:1"}}))
	golden(t, "figures.dot", dot(t, story(), export.DOTOptions{Figures: true, Plain: true, Width: 20, Lines: 2}))
	golden(t, "empty.dot", dot(t, graph.Subgraph{}, export.DOTOptions{}))
}

// drawn is what another reader of DOT sees: names of nodes, and edges by their ends.
type drawn struct {
	nodes map[string]map[string]string // name → attributes
	edges map[string]int               // "from -> to label" → how many
}

func parse(t testing.TB, src string) drawn {
	t.Helper()
	file, err := gdot.ParseString(src)
	if err != nil {
		t.Fatalf("not DOT: %v\n%s", err, src)
	}
	d := drawn{map[string]map[string]string{}, map[string]int{}}
	var walk func([]ast.Stmt)
	walk = func(stmts []ast.Stmt) {
		for _, s := range stmts {
			switch x := s.(type) {
			case *ast.Subgraph:
				walk(x.Stmts)
			case *ast.NodeStmt:
				attrs := map[string]string{}
				for _, a := range x.Attrs {
					attrs[a.Key] = a.Val
				}
				if _, twice := d.nodes[x.Node.ID]; twice {
					t.Errorf("node %s is stated twice", x.Node.ID)
				}
				d.nodes[x.Node.ID] = attrs
			case *ast.EdgeStmt:
				label := ""
				for _, a := range x.Attrs {
					if a.Key == "label" {
						label = a.Val
					}
				}
				d.edges[fmt.Sprintf("%s -> %s %s", x.From, x.To.Vertex, label)]++
			}
		}
	}
	for _, g := range file.Graphs {
		walk(g.Stmts)
	}
	return d
}

func TestDOT_DrawsWhatIsThere(t *testing.T) {
	d := parse(t, dot(t, story(), export.DOTOptions{Plain: true}))
	shapes := map[string]string{}
	for name, attrs := range d.nodes {
		shapes[strings.Trim(name, `"`)] = attrs["shape"]
	}
	want := map[string]string{
		"https://example.org/item": "folder", "https://example.org/answer": "folder", "urn:whence:version:1": "box3d", "urn:whence:segment:1": "tab",
		"urn:whence:claim:1": "box", "urn:whence:claim:2": "box", "urn:whence:agent:reed": "ellipse", "urn:whence:agent:gull": "ellipse", "urn:whence:agent:courier": "ellipse",
		"urn:whence:statistic:2": "hexagon", "urn:whence:source:1": "note", "urn:whence:source:2": "note", "urn:whence:relation:3": "diamond", "urn:whence:review:1": "octagon",
		"urn:whence:agent:elsewhere": "box", "left out": "plaintext",
	}
	if diff := cmp.Diff(want, shapes); diff != "" {
		t.Errorf("nodes, -want +got:\n%s", diff)
	}
	wantEdges := map[string]int{
		`"urn:whence:claim:1" -> "urn:whence:agent:reed" "asserted-by"`:                 1,
		`"urn:whence:claim:1" -> "urn:whence:claim:2" "clarified-by"`:                   1,
		`"urn:whence:claim:1" -> "urn:whence:claim:2" "matches\l0.64 inferred\l"`:       1,
		`"urn:whence:claim:1" -> "urn:whence:review:1" "reviewed-by"`:                   1,
		`"urn:whence:claim:1" -> "urn:whence:source:1" "sourced-from\ltwelve people\l"`: 1,
		`"urn:whence:claim:2" -> "urn:whence:agent:elsewhere" "asserted-by"`:            1,
		`"https://example.org/item" -> "urn:whence:agent:courier" "published-by"`:       1,
		`"https://example.org/item" -> "urn:whence:source:2" "links-to"`:                1,
		`"urn:whence:segment:1" -> "urn:whence:agent:gull" "written-by"`:                1,
	}
	if diff := cmp.Diff(wantEdges, d.edges); diff != "" {
		t.Errorf("edges, -want +got:\n%s", diff)
	}
	if label := d.nodes[`"urn:whence:claim:1"`]["label"]; !strings.Contains(label, `“the visits`) || !strings.Contains(label, `twelve people, 2024-01/2024-09\l`) || !strings.Contains(label, `said 2024-10-15`) {
		t.Errorf("words, figure and dates are not in the label %s", label)
	}
}

func TestDOT_EveryRelationHasItsColour(t *testing.T) {
	kinds := append([]graph.Predicate{
		graph.AssertedBy, graph.StatedIn, graph.InSegment, graph.Within, graph.SaidIn, graph.HasFigure, graph.SourcedFrom, graph.AttributedTo, graph.Cites, graph.LinksTo,
		graph.Mentions, graph.TakesFrom, graph.QuotesFrom, graph.Matches, graph.Contradicts, graph.SameSource, graph.RepliesTo, graph.RevisionOf, graph.ReviewedBy,
		graph.PublishedBy, graph.WrittenBy, graph.HoldsOffice, graph.VersionOf, graph.SegmentOf, graph.RelatedFrom, graph.RelatedTo,
	}, graph.Clarifications...)
	by := map[string]graph.Predicate{}
	for _, k := range kinds {
		src := dot(t, graph.Subgraph{Edges: []graph.Edge{{From: "a", Kind: k, To: "b"}}}, export.DOTOptions{Plain: true})
		_, rest, ok := strings.Cut(src, `-> "b" [color="`)
		if !ok || len(rest) < 7 {
			t.Fatalf("%s has no edge:\n%s", k, src)
		}
		c := rest[:7]
		if other, twice := by[c]; twice || c == "#000000" {
			t.Errorf("%s has the colour %s, as %q has", k, c, other)
		}
		by[c] = k
	}
}

func TestDOT_DoesNotDependOnOrderNorChangeItsInput(t *testing.T) {
	want := dot(t, story(), export.DOTOptions{})
	for seed := range uint64(20) {
		g := story()
		r := rand.New(rand.NewPCG(seed, 2))
		r.Shuffle(len(g.Nodes), func(i, j int) { g.Nodes[i], g.Nodes[j] = g.Nodes[j], g.Nodes[i] })
		r.Shuffle(len(g.Edges), func(i, j int) { g.Edges[i], g.Edges[j] = g.Edges[j], g.Edges[i] })
		first, edge := g.Nodes[0], g.Edges[0]
		if got := dot(t, g, export.DOTOptions{}); got != want {
			t.Fatalf("another order gives another picture:\n%s", cmp.Diff(want, got))
		}
		if g.Nodes[0] != first || g.Edges[0] != edge || len(g.Nodes) != len(story().Nodes) {
			t.Fatal("the subgraph was changed")
		}
	}
}

// hostile are texts that break careless writers of DOT, SVG or terminals.
var hostile = []string{
	"", `"`, `\`, `\"`, `"]; evil [label="x`, "a\nb\r\nc", `\N \G \E \l`, "<b>bold</b>", "<<table>>", "&lt;&amp;&#x41;", "a & b", "{a|b}", "\x00\x01\x1b[31m\x7f", "\u0085\u009b",
	"\xff\xfe\xc3", "\ufffe\uffff", "😀👩‍👩‍👧", "שלום עולם", "abc \u202eevil\u202c \u2067x", "مرحبا (test)", "e\u0301" + strings.Repeat("\u0301", 5000), strings.Repeat("x", 5000),
	strings.Repeat("w ", 3000), "-- -> digraph graph node edge strict subgraph", "/* c */ // d # e", "javascript:alert(1)", "\u2028\u2029", "%00%s%d%n", "---", "𝒳\u00ad\u200b",
}

func hostileGraph(s string) graph.Subgraph {
	d := graph.ID("https://example.org/" + s)
	c := graph.ID("urn:whence:claim:" + s)
	return graph.Subgraph{
		Nodes: []graph.Node{
			&graph.Document{ID: d, Title: s, Publisher: s, URL: s},
			&graph.Segment{ID: graph.ID("segment:" + s), Document: d, Author: s, Age: s, Passage: graph.Passage{Exact: s}},
			&graph.Claim{ID: c, Document: d, Content: words(s), Mode: graph.ModeDirect, StatedOn: graph.Date(s)},
			&graph.Agent{ID: graph.ID("agent:" + s), Name: s, Type: graph.AgentType(s)},
			&graph.Statistic{ID: graph.ID("statistic:" + s), Claim: c, Figure: graph.Passage{Exact: s}, Unit: s, Measure: s},
			&graph.Source{ID: graph.ID("source:" + s), Title: s, Authors: []string{s}, URL: "https://" + s},
			&graph.Relation{ID: graph.ID("relation:" + s), From: c, To: graph.ID("agent:" + s), Kind: graph.Predicate(s), Reasons: []string{s}, Basis: graph.Basis(s), Status: graph.Status(s), Score: 1},
			&graph.Review{ID: graph.ID("review:" + s), Verdict: s},
		},
		Edges: []graph.Edge{{From: c, Kind: graph.Predicate(s), To: graph.ID(s)}, {From: graph.ID(s), Kind: graph.AssertedBy, To: c}, {From: graph.ID("statistic:" + s), Kind: graph.SourcedFrom, To: graph.ID("source:" + s)}},
		Cut:   []string{s},
	}
}

func TestDOT_HostileTextStaysText(t *testing.T) {
	for _, s := range hostile {
		src := dot(t, hostileGraph(s), export.DOTOptions{Title: s, Roots: []graph.ID{graph.ID(s)}})
		d := parse(t, src)
		if !utf8.ValidString(src) {
			t.Errorf("%.40q: not UTF-8", s)
		}
		for name := range d.nodes {
			if strings.Contains(name, "evil") && !strings.Contains(name, "%") {
				t.Errorf("%.40q makes a node: %s", s, name)
			}
		}
		for _, r := range src {
			if r < ' ' && r != '\n' || r == 0x7f || r >= 0x202a && r <= 0x202e || r == 0x2066 || r == 0x2067 {
				t.Errorf("%.40q: the character %U is in the output", s, r)
				break
			}
		}
		for i, line := range strings.Split(src, "\n") {
			if len(line) > 40000 {
				t.Errorf("%.40q: line %d has %d bytes: words are not cut", s, i, len(line))
			}
		}
	}
}

func TestDOT_RightToLeftIsIsolated(t *testing.T) {
	g := graph.Subgraph{Nodes: []graph.Node{&graph.Agent{ID: "a", Name: "שלום 12", Type: graph.Person, Identified: true}}}
	if src := dot(t, g, export.DOTOptions{Plain: true}); !strings.Contains(src, "\u2068שלום 12\u2069") {
		t.Errorf("the name is not isolated:\n%s", src)
	}
}

func TestDOT_LinksOnlyToTheWeb(t *testing.T) {
	for url, want := range map[string]bool{
		"https://example.org/a": true, "http://example.org": true, "javascript:alert(1)": false, "data:text/html,x": false, "file:///etc/passwd": false, "": false, "//example.org": false,
	} {
		g := graph.Subgraph{Nodes: []graph.Node{&graph.Source{ID: "a", URL: url}}}
		if got := parse(t, dot(t, g, export.DOTOptions{Plain: true})).nodes[`"a"`]["URL"] != ""; got != want {
			t.Errorf("%q is a link: %v, want %v", url, got, want)
		}
	}
}

func TestDOT_Names(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ids := rapid.SliceOfNDistinct(rapid.OneOf(rapid.String(), rapid.SampledFrom(append([]string{"%20", " ", "left out", "legend claim"}, hostile...))), 1, 6, rapid.ID).Draw(t, "ids")
		var g graph.Subgraph
		for _, id := range ids {
			g.Nodes = append(g.Nodes, &graph.Review{ID: graph.ID(id)})
		}
		var b bytes.Buffer
		if err := export.DOT(&b, g, export.DOTOptions{Plain: true}); err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(b.String(), "shape=octagon"); n != len(ids) {
			t.Fatalf("%d nodes of %d", n, len(ids))
		}
		file, err := gdot.Parse(&b)
		if err != nil {
			t.Fatal(err)
		}
		names := map[string]bool{}
		for _, s := range file.Graphs[0].Stmts {
			if n, ok := s.(*ast.NodeStmt); ok {
				names[n.Node.ID] = true
			}
		}
		if len(names) != len(ids) {
			t.Fatalf("%d names of %d IDs: %v", len(names), len(ids), names)
		}
	})
}

func TestDOT_MegabyteOfWords(t *testing.T) {
	for _, s := range []string{strings.Repeat("x", 1<<20), strings.Repeat("a ", 1<<19), strings.Repeat("\u0301", 1<<19), strings.Repeat(" ", 1<<20), strings.Repeat("\u200d", 1<<18)} {
		start := time.Now()
		g := graph.Subgraph{Nodes: []graph.Node{&graph.Claim{ID: "c", Content: words(s)}}}
		if src := dot(t, g, export.DOTOptions{}); len(src) > 10000 {
			t.Errorf("%.10q: %d bytes", s, len(src))
		}
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("%.10q: took %v", s, took)
		}
	}
}

type full struct{ left int }

func (w *full) Write(p []byte) (int, error) {
	if len(p) > w.left {
		return 0, errFull
	}
	w.left -= len(p)
	return len(p), nil
}

var errFull = errors.New("disk is full")

func TestDOT_TellsTheWritersError(t *testing.T) {
	if err := export.DOT(&full{100}, story(), export.DOTOptions{}); !errors.Is(err, errFull) {
		t.Errorf("got %v", err)
	}
}

// Graphviz itself renders all of it, where it is installed.
func TestDOT_Graphviz(t *testing.T) {
	graphviz, err := exec.LookPath("dot")
	if err != nil {
		t.Skip("Graphviz is not installed")
	}
	var all graph.Subgraph
	for _, s := range hostile {
		g := hostileGraph(s)
		all.Nodes = append(all.Nodes, g.Nodes...)
		all.Edges = append(all.Edges, g.Edges...)
		all.Cut = append(all.Cut, g.Cut...)
	}
	for name, g := range map[string]graph.Subgraph{"story": story(), "hostile": all, "empty": {}} {
		cmd := exec.CommandContext(t.Context(), graphviz, "-Tsvg")
		cmd.Stdin = strings.NewReader(dot(t, g, export.DOTOptions{Title: "a & <b>"}))
		var out, errs bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &errs
		if err := cmd.Run(); err != nil || errs.Len() > 0 {
			t.Errorf("%s: %v\n%s", name, err, errs.String())
		}
		if err := wellFormed(out.Bytes()); err != nil {
			t.Errorf("%s: the SVG is not XML: %v", name, err)
		}
		if bytes.Contains(out.Bytes(), []byte("javascript:")) && bytes.Contains(out.Bytes(), []byte(`href="javascript`)) {
			t.Errorf("%s: a script stands behind a node", name)
		}
	}
}

func FuzzDOT(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		g := hostileGraph(s)
		parse(t, dot(t, g, export.DOTOptions{Title: s}))
		if bytes.Contains([]byte(dot(t, g, export.DOTOptions{})), []byte{0}) {
			t.Error("NUL in the output")
		}
	})
}
