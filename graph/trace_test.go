package graph

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// harbour is a small story of our own: a minister tells a broadcaster of a
// harbour; a charity and a paper retell it; an answer in writing qualifies it.
type harbour struct {
	charity, paper, answer              *paper
	charityClaim, paperClaim, rateClaim ID
	charitySource, paperSource, written ID
	tons                                ID
}

func newHarbour() harbour {
	var h harbour
	h.charity = newPaper("https://charity.example/statement", "Harbour Trust", KindStatement, "2021-03-04",
		"Ada Brook told Radio Nine that the dredging had “startling effects” on trade. The harbour moved 41,300 tons in 2020. "+
			"Update: a written answer of 9 March says she was speaking of a pilot.")
	h.charitySource = h.charity.source("told Radio Nine", "", "Radio Nine", SourceDocument, "")
	h.charityClaim = h.charity.claim("the dredging had “startling effects” on trade", "Ada Brook", ModeMixed, h.charitySource)
	h.rateClaim = h.charity.claim("The harbour moved 41,300 tons in 2020", "Harbour Trust", ModeVoice, "")
	h.tons = h.charity.figure("41,300 tons", h.rateClaim, "")
	h.written = h.charity.source("a written answer of 9 March", "", "", SourceDocument, "2021-03-09")
	h.charity.resolve(h.written, AttributedTo, "Cal Dunn")
	h.charity.state(h.charityClaim, ClarifiedBy, h.written, "she was speaking of a pilot")

	h.paper = newPaper("https://paper.example/news", "Evening Paper", KindNews, "2021-03-03",
		"In an interview with Radio Nine, minister Ada Brook praised the dredging. “Startling effects for trade,” she said.")
	h.paperSource = h.paper.source("an interview with Radio Nine", "", "Radio Nine", SourceDocument, "2021-03-02")
	h.paperClaim = h.paper.claim("Startling effects for trade", "Ada Brook", ModeDirect, h.paperSource)
	return h
}

func (h harbour) reader(more ...any) *fake {
	parts := []any{h.charity, h.paper, linked(h.paperClaim, Matches, h.charityClaim, 720, SameClaim)}
	if h.answer != nil {
		parts = append(parts, h.answer)
	}
	return newFake(append(parts, more...)...)
}

func traceOf(t *testing.T, r Reader, o TraceOptions, roots ...ID) *Trace {
	t.Helper()
	trace, err := TraceClaims(t.Context(), r, "", roots, o)
	if err != nil {
		t.Fatal(err)
	}
	return trace
}

func (t *Trace) claim(id ID) TracedClaim {
	for _, c := range t.Claims {
		if c.Claim.ID == id {
			return c
		}
	}
	return TracedClaim{}
}

func claimIDs(t *Trace) []ID {
	var ids []ID
	for _, c := range t.Claims {
		ids = append(ids, c.Claim.ID)
	}
	return ids
}

func TestTraceClaims_ReachesTheFamilyAndOneOrigin(t *testing.T) {
	h := newHarbour()
	r := h.reader(linked(h.paperSource, SameSource, h.charitySource, 700, "same publisher"))
	trace := traceOf(t, r, TraceOptions{}, h.charityClaim)

	if got, want := claimIDs(trace), []ID{h.charityClaim, h.paperClaim}; !slices.Equal(got, want) {
		t.Fatalf("claims %v, want %v", got, want)
	}
	if !trace.Claims[0].Root || trace.Claims[1].Root {
		t.Error("only the claim asked about is a root")
	}
	if len(trace.Origins) != 1 || trace.Origins[0].ID != min(h.charitySource, h.paperSource) {
		t.Fatalf("origins %v, want one: the smaller of the two sources", trace.Origins)
	}
	for _, c := range trace.Claims {
		if c.Origin != trace.Origins[0].ID {
			t.Errorf("claim %s has the origin %q", c.Claim.ID, c.Origin)
		}
		if c.End.Kind != EndUnlocated || !strings.Contains(c.End.Why, "Radio Nine") {
			t.Errorf("the way ends %q: %s", c.End.Kind, c.End.Why)
		}
		if c.Speaker == nil || c.Speaker.Name != "Ada Brook" {
			t.Errorf("speaker %v", c.Speaker)
		}
	}
	own, retold := trace.claim(h.charityClaim).Qualifiers, trace.claim(h.paperClaim).Qualifiers
	if len(own) != 1 || own[0].Inferred || own[0].Target.NodeID() != h.written || own[0].Speaker.Name != "Cal Dunn" {
		t.Fatalf("the charity's claim is clarified by %+v", own)
	}
	if len(retold) != 1 || !retold[0].Inferred || len(retold[0].Via) != 1 || retold[0].Via[0].From != h.paperClaim {
		t.Fatalf("the paper's claim is clarified by %+v, want it inferred over the match", retold)
	}
	for _, e := range trace.Subgraph.Edges {
		if !slices.ContainsFunc(trace.Subgraph.Nodes, func(n Node) bool { return n.NodeID() == e.From }) ||
			!slices.ContainsFunc(trace.Subgraph.Nodes, func(n Node) bool { return n.NodeID() == e.To }) {
			t.Errorf("the edge %v dangles", e)
		}
	}
}

func TestTraceClaims_IsRepeatable(t *testing.T) {
	h := newHarbour()
	r := h.reader(linked(h.paperSource, SameSource, h.charitySource, 700, "same publisher"))
	once := traceOf(t, r, TraceOptions{}, h.charityClaim, h.paperClaim)
	again := traceOf(t, r, TraceOptions{}, h.charityClaim, h.paperClaim)
	if d := cmp.Diff(once, again); d != "" {
		t.Fatal(d)
	}
}

func TestTraceClaims_FamilyRules(t *testing.T) {
	h := newHarbour()
	for name, tc := range map[string]struct {
		link Relation
		o    TraceOptions
		want int
	}{
		"same claim at the threshold":      {linked(h.paperClaim, Matches, h.charityClaim, 600, SameClaim), TraceOptions{}, 2},
		"same claim below the threshold":   {linked(h.paperClaim, Matches, h.charityClaim, 599, SameClaim), TraceOptions{}, 1},
		"another claimant":                 {linked(h.paperClaim, Matches, h.charityClaim, 800, SameClaimOther), TraceOptions{}, 2},
		"the same topic never joins":       {linked(h.paperClaim, Matches, h.charityClaim, 990, SameTopic), TraceOptions{}, 1},
		"a higher confidence is asked for": {linked(h.paperClaim, Matches, h.charityClaim, 700, SameClaim), TraceOptions{MinConfidence: 800}, 1},
		"a lower confidence is asked for":  {linked(h.paperClaim, Matches, h.charityClaim, 400, SameClaim), TraceOptions{MinConfidence: 300}, 2},
		"a limit of one":                   {linked(h.paperClaim, Matches, h.charityClaim, 700, SameClaim), TraceOptions{Limit: 1}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			trace := traceOf(t, newFake(h.charity, h.paper, tc.link), tc.o, h.charityClaim)
			if len(trace.Claims) != tc.want {
				t.Fatalf("%d claims, want %d", len(trace.Claims), tc.want)
			}
			if tc.o.Limit == 1 && len(trace.Subgraph.Cut) == 0 {
				t.Error("the cut is not said")
			}
		})
	}
}

func TestTraceClaims_Ends(t *testing.T) {
	h := newHarbour()
	voice := traceOf(t, h.reader(), TraceOptions{}, h.rateClaim).Claims[0]
	if voice.End.Kind != EndCitesNone || voice.End.Why != "Harbour Trust says so in its own voice and cites nothing for it." {
		t.Errorf("own voice: %+v", voice.End)
	}
	if len(voice.Figures) != 1 || voice.Figures[0].Statistic.ID != h.tons || voice.Figures[0].Source != nil {
		t.Errorf("figures %+v", voice.Figures)
	}

	radio := newPaper("https://radio.example/brook", "Radio Nine", KindInterview, "2021-03-02", "Ada Brook told Radio Nine that dredging had startling effects on trade.")
	told := radio.source("told Radio Nine", "", "Radio Nine", SourceDocument, "")
	first := radio.claim("dredging had startling effects on trade", "Ada Brook", ModeIndirect, told)
	held := []any{
		radio, linked(h.paperSource, SameSource, radio.Document.ID, 850, "same publisher and date"),
		linked(h.paperSource, SameSource, h.charitySource, 700, "same publisher"), linked(h.paperClaim, Matches, first, 800, SameClaim),
	}
	trace := traceOf(t, h.reader(held...), TraceOptions{}, h.charityClaim)
	got := trace.claim(h.charityClaim)
	if got.End.Kind != EndPrimary || got.End.Node != radio.Document.ID {
		t.Errorf("a held interview: %+v", got.End)
	}
	want := []Predicate{SaidIn, SameSource, SameSource}
	var kinds []Predicate
	for _, e := range got.Path {
		kinds = append(kinds, e.Kind)
	}
	if !slices.Equal(kinds, want) {
		t.Errorf("path %v, want %v", kinds, want)
	}
	if end := trace.claim(first).End; end.Kind != EndPrimary || !strings.Contains(end.Why, "Radio Nine") {
		t.Errorf("the interview's own claim: %+v", end)
	}
	if len(trace.Origins) != 1 {
		t.Errorf("%d origins, want the interview alone", len(trace.Origins))
	}

	located := newPaper("https://blog.example/post", "A Blog", KindBlog, "2021-04-01", "The council says trade doubled (https://council.example/trade).")
	page := located.source("https://council.example/trade", "https://council.example/trade", "", SourceURL, "")
	doubled := located.claim("trade doubled", "The council", ModeIndirect, "")
	end := traceOf(t, newFake(located), TraceOptions{}, doubled).Claims[0]
	if end.End.Kind != EndNotHeld || end.End.Node != page || len(end.Cites) != 1 {
		t.Errorf("a page cited right after the words: %+v, cites %v", end.End, end.Cites)
	}

	a := newPaper("https://a.example/1", "A", KindBlog, "", "B says the quay sank.")
	b := newPaper("https://b.example/1", "B", KindBlog, "", "A says the quay sank.")
	ca, cb := a.claim("the quay sank", "B", ModeIndirect, ""), b.claim("the quay sank", "A", ModeIndirect, "")
	circle := newFake(a, b, linked(ca, TakesFrom, cb, 900, "cited"), linked(cb, TakesFrom, ca, 900, "cited"))
	if end := traceOf(t, circle, TraceOptions{}, ca).Claims[0].End; end.Kind != EndCycle || end.Node != cb {
		t.Errorf("a circle: %+v", end)
	}
	if end := traceOf(t, circle, TraceOptions{Depth: 1}, ca).Claims[0].End; end.Kind != EndCycle {
		t.Errorf("a circle at its depth: %+v", end)
	}
}

func TestTraceClaims_DepthIsToldAndBounded(t *testing.T) {
	var parts []any
	var ids []ID
	for i := range 12 {
		p := newPaper(fmt.Sprintf("https://chain.example/%02d", i), "", KindBlog, "", "The pier is closed.")
		ids = append(ids, p.claim("The pier is closed", "Somebody", ModeIndirect, ""))
		parts = append(parts, p)
		if i > 0 {
			parts = append(parts, linked(ids[i-1], TakesFrom, ids[i], 900, "cited"))
		}
	}
	r := newFake(parts...)
	if end := traceOf(t, r, TraceOptions{Depth: 3}, ids[0]).Claims[0].End; end.Kind != EndUnknown || end.Node != ids[3] {
		t.Errorf("depth 3: %+v, want unknown at the fourth claim", end)
	}
	c := traceOf(t, r, TraceOptions{Depth: 20}, ids[0]).Claims[0]
	if c.End.Kind != EndCitesNone || c.End.Node != ids[11] || len(c.Path) != 11 {
		t.Errorf("depth 20: %+v over %d edges", c.End, len(c.Path))
	}
	for name, o := range map[string]TraceOptions{"depth": {Depth: 21}, "limit": {Limit: 1001}, "min confidence": {MinConfidence: 1001}} {
		if _, err := TraceClaims(t.Context(), r, "", ids[:1], o); !errors.Is(err, ErrInvalid) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s out of range: %v", name, err)
		}
	}
}

func TestTraceClaims_AsOf(t *testing.T) {
	h := newHarbour()
	undated := newPaper("https://undated.example/x", "X", KindBlog, "", "Startling effects for trade, said Ada Brook.")
	x := undated.claim("Startling effects for trade", "Ada Brook", ModeDirect, "")
	trace := traceOf(t, h.reader(At{AsOf: "2021-03-03"}, undated, linked(x, Matches, h.paperClaim, 900, SameClaim)), TraceOptions{}, h.paperClaim)
	if got := claimIDs(trace); !slices.Equal(got, []ID{h.paperClaim}) {
		t.Fatalf("claims %v, want the paper's alone", got)
	}
	want := []string{"1 claim is left out: stated after 2021-03-03.", "1 claim is left out: undated."}
	if d := cmp.Diff(want, trace.Warnings); d != "" {
		t.Error(d)
	}
	if len(trace.Claims[0].Qualifiers) != 0 {
		t.Error("the later clarification is told")
	}
	_, err := TraceClaims(t.Context(), h.reader(At{AsOf: "2021-03-01"}), "", []ID{h.paperClaim}, TraceOptions{})
	if !errors.Is(err, ErrNotFound) || !strings.Contains(err.Error(), "stated after 2021-03-01") {
		t.Errorf("a root stated later: %v", err)
	}
}

func TestTraceClaims_ReadsInBatches(t *testing.T) {
	count := func(n int) int {
		var parts []any
		var root ID
		for i := range n {
			p := newPaper(fmt.Sprintf("https://many.example/%03d", i), "P", KindNews, "2020-01-01", "The mayor told Radio Nine that the bridge is safe.")
			s := p.source("told Radio Nine", "", "Radio Nine", SourceDocument, "")
			c := p.claim("the bridge is safe", "The mayor", ModeIndirect, s)
			if parts = append(parts, p); i == 0 {
				root = c
			} else {
				parts = append(parts, linked(root, Matches, c, 900, SameClaim))
			}
		}
		r := newFake(parts...)
		if got := len(traceOf(t, r, TraceOptions{}, root).Claims); got != n {
			t.Fatalf("%d claims, want %d", got, n)
		}
		return int(r.calls.Load())
	}
	few, many := count(3), count(60)
	if few != many || many > 40 {
		t.Errorf("%d reads for 3 documents and %d for 60: want the same, and few", few, many)
	}
}

func TestFindRoots(t *testing.T) {
	h := newHarbour()
	r := h.reader()
	for query, want := range map[string][]ID{
		"startling effects":          {h.paperClaim, h.charityClaim},
		"“STARTLING  effects”":       {h.paperClaim, h.charityClaim},
		"trade effects dredging":     {h.charityClaim},
		"41300 tons":                 {h.rateClaim},
		string(h.paperClaim):         {h.paperClaim},
		h.paperClaim.Short():         {h.paperClaim},
		" " + h.paperClaim.Short():   {h.paperClaim},
		"effects on trade, dredging": {h.charityClaim},
	} {
		got, err := FindRoots(t.Context(), r, query, TraceOptions{})
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%q: %v %v, want %v", query, got, err, want)
		}
	}
	for query, want := range map[string]error{
		"submarine": ErrNotFound, "claim:0000": ErrNotFound, "…": ErrInvalid, "": ErrInvalid, NewAgentID("Ada Brook").Short(): ErrInvalid,
	} {
		if _, err := FindRoots(t.Context(), r, query, TraceOptions{}); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", query, err, want)
		}
	}
	if _, err := FindRoots(t.Context(), newFake(), "submarine", TraceOptions{}); err == nil || !strings.Contains(err.Error(), "no documents are held") {
		t.Errorf("an empty store: %v", err)
	}
}

func TestFindRoots_SaysThatOnlyReadersSaidIt(t *testing.T) {
	p := newPaper("https://c.example/1", "P", KindBlog, "2020-01-01", "I saw the ferry burn, I tell you.")
	p.Segments[0].Type = SegmentComment
	c := p.claim("the ferry burn", "somebody", ModeVoice, "")
	if _, err := FindRoots(t.Context(), newFake(p), "ferry", TraceOptions{}); !errors.Is(err, ErrNotFound) || !strings.Contains(err.Error(), "of a reader in a comment") {
		t.Errorf("without commenters: %v", err)
	}
	if got, err := FindRoots(t.Context(), newFake(p), "ferry", TraceOptions{Commenters: true}); err != nil || !slices.Equal(got, []ID{c}) {
		t.Errorf("with commenters: %v %v", got, err)
	}
	end := traceOf(t, newFake(p), TraceOptions{}, c).Claims[0].End
	if end.Kind != EndCitesNone || !strings.Contains(end.Why, "in a comment") {
		t.Errorf("%+v", end)
	}
}

// Where a claim stands in one version of a page, another version may cite something.
func TestTrace_CitesWhatItsOwnVersionDoes(t *testing.T) {
	const page = "https://example.org/page"
	before := newPaper(page, "The Courier", KindNews, "2024-03-01", "Marsh said that dredging would double the trade of the harbour within a year.")
	claim := before.claim("dredging would double the trade of the harbour within a year", "Marsh", ModeIndirect, "")
	after := newPaper(page, "The Courier", KindNews, "2024-03-01", "There is more in the harbour survey, which the council published on Friday.")
	after.source("harbour survey", "https://figures.example/harbour", "", SourceData, "")
	got := traceOf(t, newFake(before, after), TraceOptions{}, claim).Claims[0]
	if len(got.Cites) > 0 || got.End.Kind != EndCitesNone {
		t.Errorf("cites %v, ends %s: %s", got.Cites, got.End.Kind, got.End.Why)
	}
}
