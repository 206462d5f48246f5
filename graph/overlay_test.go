package graph

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func onDay(n int) time.Time { return time.Date(2022, 1, n, 12, 0, 0, 0, time.UTC) }

func decided(t *testing.T, r Reader) []Applied {
	t.Helper()
	out, err := r.Decided(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func speakerOf(t *testing.T, r Reader, claim ID) ID {
	t.Helper()
	edges, err := r.Out(t.Context(), []ID{claim}, AssertedBy)
	if err != nil {
		t.Fatal(err)
	}
	found, err := r.Resolved(t.Context(), []ID{claim}, AssertedBy)
	if err != nil {
		t.Fatal(err)
	}
	var byEdge, byName ID
	if len(edges) > 0 {
		byEdge = edges[0].To
	}
	if len(found) > 0 {
		byName = found[0].Agent
	}
	if byEdge != byName || len(edges) > 1 || len(found) > 1 {
		t.Fatalf("edges %v and names %v disagree", edges, found)
	}
	return byEdge
}

func relationOf(t *testing.T, r Reader, id ID) *Relation {
	t.Helper()
	nodes, err := r.Nodes(t.Context(), []ID{id})
	if err != nil {
		t.Fatal(err)
	}
	if len(nodes) == 0 {
		return nil
	}
	return nodes[0].(*Relation)
}

func TestLay_Speakers(t *testing.T) {
	h := newHarbour()
	r := h.reader()
	brook, dunn, radio := NewAgentID("Ada Brook"), NewAgentID("Cal Dunn"), NewAgentID("Radio Nine")
	correct := func(day int, before, after string) Decision {
		return Decision{Act: ActCorrect, Field: string(AssertedBy), Targets: []Target{target(r, h.paperClaim)}, Before: before, After: after, By: "Eve", At: onDay(day)}
	}
	first := correct(1, string(brook), string(dunn))
	first.ID = NewDecisionID(first)
	for name, tc := range map[string]struct {
		decisions []Decision
		want      ID
		flagged   int // how many are flagged
		orphans   int
	}{
		"nothing decided":              {nil, brook, 0, 0},
		"corrected":                    {[]Decision{first}, dunn, 0, 0},
		"the short form of an ID":      {[]Decision{correct(1, brook.Short(), dunn.Short())}, dunn, 0, 0},
		"what was there has changed":   {[]Decision{correct(1, string(radio), string(dunn))}, dunn, 1, 0},
		"the later one wins":           {[]Decision{correct(2, string(dunn), string(radio)), first}, radio, 0, 0},
		"an ID that nobody knows":      {[]Decision{correct(1, string(brook), "urn:whence:agent:nobody")}, brook, 0, 1},
		"a name that is new":           {[]Decision{correct(1, string(brook), "Fay Grant")}, NewAgentID("Fay Grant"), 0, 0},
		"nobody can be known":          {[]Decision{correct(1, string(brook), "")}, "", 0, 0},
		"undone":                       {[]Decision{first, {Act: ActUndo, Before: string(first.ID), At: onDay(3)}}, brook, 0, 0},
		"an undo of what never was":    {[]Decision{{Act: ActUndo, Before: "urn:whence:decision:none", At: onDay(3)}}, brook, 0, 1},
		"merged":                       {[]Decision{{Act: ActMerge, Before: string(brook), After: string(dunn), At: onDay(1)}}, dunn, 0, 0},
		"merged there and back":        {[]Decision{{Act: ActMerge, Before: string(brook), After: string(dunn), At: onDay(1)}, {Act: ActMerge, Before: string(dunn), After: string(brook), At: onDay(2)}}, dunn, 0, 1},
		"merged, then corrected":       {[]Decision{{Act: ActMerge, Before: string(brook), After: string(dunn), At: onDay(1)}, correct(2, string(brook), string(radio))}, radio, 0, 0},
		"split from who it seemed":     {[]Decision{{Act: ActSplit, Targets: []Target{target(r, h.paperClaim)}, Before: string(brook), After: "Ada Brook (of Hull)", At: onDay(1)}}, NewAgentID("Ada Brook (of Hull)"), 0, 0},
		"a merge into nobody known":    {[]Decision{{Act: ActMerge, Before: string(brook), After: "urn:whence:agent:nobody", At: onDay(1)}}, brook, 0, 1},
		"a field that has no meaning":  {[]Decision{{Act: ActCorrect, Field: "colour", Targets: []Target{target(r, h.paperClaim)}, At: onDay(1)}}, brook, 0, 1},
		"an act that has no meaning":   {[]Decision{{Act: "burn", Targets: []Target{target(r, h.paperClaim)}, At: onDay(1)}}, brook, 0, 1},
		"a correction without targets": {[]Decision{{Act: ActCorrect, Field: string(AssertedBy), After: string(dunn), At: onDay(1)}}, brook, 0, 1},
	} {
		t.Run(name, func(t *testing.T) {
			laid := mustLay(t, r, tc.decisions...)
			if got := speakerOf(t, laid, h.paperClaim); got != tc.want {
				t.Errorf("speaker %q, want %q", got, tc.want)
			}
			if got := speakerOf(t, laid, h.rateClaim); got != NewAgentID("Harbour Trust") {
				t.Errorf("the speaker of another claim became %q", got)
			}
			flagged, orphans := 0, 0
			for _, a := range decided(t, laid) {
				if a.Flag != "" {
					flagged++
				}
				if a.Orphan != "" {
					orphans++
				}
			}
			if flagged != tc.flagged || orphans != tc.orphans {
				t.Errorf("%d flagged and %d orphans, want %d and %d: %+v", flagged, orphans, tc.flagged, tc.orphans, decided(t, laid))
			}
			if w := laid.Warnings(); (len(w) > 0) != (orphans > 0) {
				t.Errorf("warnings %v", w)
			}
			if _, err := TraceClaims(t.Context(), laid, "", []ID{h.paperClaim}, TraceOptions{}); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestLay_AMergedAgentIsOneInEveryQuestion(t *testing.T) {
	h := newHarbour()
	brook, dunn := NewAgentID("Ada Brook"), NewAgentID("Cal Dunn")
	laid := mustLay(t, h.reader(), Decision{Act: ActMerge, Before: string(dunn), After: string(brook), At: onDay(1)})
	agents, err := Agents(t.Context(), laid, AgentQuery{Words: "cal dunn"})
	if err != nil || len(agents.Items) != 1 || agents.Items[0].ID != brook {
		t.Fatalf("%+v %v", agents.Items, err)
	}
	for _, id := range []ID{brook, dunn} {
		in, err := laid.In(t.Context(), []ID{id})
		if err != nil || len(in) != 3 {
			t.Errorf("%s: %d edges, want the two claims and the answer: %v %v", id, len(in), in, err)
		}
		page, err := Claims(t.Context(), laid, ClaimQuery{Speaker: id})
		if err != nil || len(page.Items) != 2 {
			t.Errorf("claims of %s: %d %v", id, len(page.Items), err)
		}
	}
	ids, err := laid.List(t.Context(), TypeAgent, "", 2)
	if err != nil || len(ids) != 2 || slices.Contains(ids, dunn) {
		t.Errorf("list %v %v", ids, err)
	}
}

func TestLay_Relations(t *testing.T) {
	h := newHarbour()
	low := linked(h.paperClaim, Matches, h.charityClaim, 400, SameTopic)
	r := newFake(h.charity, h.paper, low)
	stated := NewRelationID(h.charityClaim, ClarifiedBy, h.written)
	ends := func(a, b ID) []Target { return []Target{target(r, a), target(r, b)} }
	plainEdges := func(r Reader, from ID, kind Predicate) int {
		out, err := r.Out(t.Context(), []ID{from}, kind)
		if err != nil {
			t.Fatal(err)
		}
		return len(out)
	}

	base := mustLay(t, r)
	if got := relationOf(t, base, stated).Status; got != StatusStated {
		t.Errorf("what a text says is %q", got)
	}
	if got := relationOf(t, base, low.ID).Status; got != StatusSuggested {
		t.Errorf("what a matcher says is %q", got)
	}

	confirmed := mustLay(t, r, Decision{Act: ActConfirm, Field: string(Matches), Targets: ends(h.charityClaim, h.paperClaim), By: "Eve", At: onDay(1)})
	if got := relationOf(t, confirmed, low.ID).Status; got != StatusConfirmed || plainEdges(confirmed, h.paperClaim, Matches) != 1 {
		t.Errorf("confirmed from the other end: %q", got)
	}
	if trace := traceOf(t, confirmed, TraceOptions{}, h.charityClaim); len(trace.Claims) != 2 {
		t.Error("a confirmed match below the threshold makes no family")
	}

	rejected := mustLay(t, r, Decision{Act: ActReject, Field: string(ClarifiedBy), Targets: ends(h.charityClaim, h.written), At: onDay(1)})
	if got := relationOf(t, rejected, stated).Status; got != StatusRejected || plainEdges(rejected, h.charityClaim, ClarifiedBy) != 0 {
		t.Errorf("rejected: %q", got)
	}
	if plainEdges(r, h.charityClaim, ClarifiedBy) != 1 {
		t.Fatal("the base has no plain edge: the test proves nothing")
	}
	if q := traceOf(t, rejected, TraceOptions{}, h.charityClaim).Claims[0].Qualifiers; len(q) != 0 {
		t.Error("a rejected clarification is told")
	}

	both := mustLay(t, r,
		Decision{Act: ActConfirm, Field: string(ClarifiedBy), Targets: ends(h.charityClaim, h.written), At: onDay(2)},
		Decision{Act: ActReject, Field: string(ClarifiedBy), Targets: ends(h.charityClaim, h.written), At: onDay(1)})
	if got := relationOf(t, both, stated).Status; got != StatusConfirmed {
		t.Errorf("the later decision does not win: %q", got)
	}

	added := mustLay(t, r, Decision{Act: ActAdd, Field: string(DisputedBy), Targets: ends(h.rateClaim, h.paperClaim), Reason: "it says so below", At: onDay(1)})
	id := NewRelationID(h.rateClaim, DisputedBy, h.paperClaim)
	rel := relationOf(t, added, id)
	if rel == nil || rel.Basis != BasisPerson || rel.Status != StatusConfirmed || plainEdges(added, h.rateClaim, DisputedBy) != 1 {
		t.Fatalf("added: %+v", rel)
	}
	if q := traceOf(t, added, TraceOptions{}, h.rateClaim).Claims[0].Qualifiers; len(q) != 1 || q[0].Target.NodeID() != h.paperClaim {
		t.Errorf("an added relation is not told: %+v", q)
	}
	if ids, err := added.List(t.Context(), TypeRelation, "", 0); err != nil || !slices.Contains(ids, id) {
		t.Errorf("an added relation is not listed: %v %v", ids, err)
	}

	gone := mustLay(t, newFake(h.charity, h.paper), Decision{Act: ActConfirm, Field: string(Matches), Targets: ends(h.charityClaim, h.paperClaim), At: onDay(1)})
	if a := decided(t, gone); a[0].Orphan != "" || a[0].Flag == "" || len(traceOf(t, gone, TraceOptions{}, h.charityClaim).Claims) != 2 {
		t.Errorf("a confirmed match that the matcher lost: %+v", a)
	}
}

func TestLay_ARejectedClaimIsLeftOut(t *testing.T) {
	h := newHarbour()
	r := h.reader()
	reject := Decision{Act: ActReject, Targets: []Target{target(r, h.paperClaim)}, At: onDay(1)}
	laid := mustLay(t, r, reject)
	if nodes, _ := laid.Nodes(t.Context(), []ID{h.paperClaim, NewRelationID(h.paperClaim, Matches, h.charityClaim)}); len(nodes) != 0 {
		t.Errorf("still there: %v", nodes)
	}
	ids, _ := laid.List(t.Context(), TypeClaim, "", 1)
	rest, _ := laid.List(t.Context(), TypeClaim, ids[0], 5)
	if got := append(ids, rest...); len(got) != 2 || slices.Contains(got, h.paperClaim) {
		t.Errorf("listed: %v", got)
	}
	for _, id := range []ID{h.charityClaim, h.paper.Document.ID, h.paperSource} {
		in, _ := laid.In(t.Context(), []ID{id})
		for _, e := range in {
			if e.From == h.paperClaim || e.Kind == RelatedTo && e.To == h.charityClaim && e.From == NewRelationID(h.paperClaim, Matches, h.charityClaim) {
				t.Errorf("an edge is left: %v", e)
			}
		}
	}
	if got := len(traceOf(t, laid, TraceOptions{}, h.charityClaim).Claims); got != 1 {
		t.Errorf("%d claims in the family", got)
	}
	reject.ID = NewDecisionID(reject)
	undone := mustLay(t, r, reject, Decision{Act: ActUndo, Before: string(reject.ID), At: onDay(2)})
	if nodes, _ := undone.Nodes(t.Context(), []ID{h.paperClaim}); len(nodes) != 1 {
		t.Error("an undone rejection still counts")
	}
}

// retold makes a document with one claim at every occurrence of the words.
func retold(text, words string) (*paper, []ID) {
	p := newPaper("https://a.example/1", "A", KindNews, "2021-01-01", text)
	var ids []ID
	for at := 0; ; {
		i := strings.Index(text[at:], words)
		if i < 0 {
			return p, ids
		}
		at += i
		ids = append(ids, p.claimAt(NewPassage(text, Span{at, at + len(words)}), len(ids), "Ada Brook", ModeDirect, ""))
		at += len(words)
	}
}

func TestLay_WhereWordsHaveMoved(t *testing.T) {
	const words, around = "The quay is safe", "We met at noon by the old customs house. “The quay is safe,” she said, and left for the station."
	for name, tc := range map[string]struct {
		now    string
		want   int // which of the claims there now is corrected; -1 for none
		orphan string
	}{
		"nothing changed":                      {around, 0, ""},
		"a word was added far above":           {"Updated. " + around, 0, ""},
		"a word was added right before":        {strings.Replace(around, "house. “", "house, today. “", 1), 0, ""},
		"the words were edited":                {strings.Replace(around, "is safe", "was safe", 1), -1, "is not in this view"},
		"the same words stand above too":       {"“The quay is safe,” said Bob. " + around, 1, ""},
		"a lookalike, and the surroundings go": {"“The quay is safe,” said Bob. And again: “The quay is safe,” she cried.", -1, "more than once"},
		"the passage went, a lookalike came":   {"“The quay is safe,” said Bob.", -1, "all that stood around"},
	} {
		t.Run(name, func(t *testing.T) {
			then, ids := retold(around, words)
			d := Decision{Act: ActCorrect, Field: string(AssertedBy), Targets: []Target{target(newFake(then), ids[0])}, Before: string(NewAgentID("Ada Brook")), After: "Fay Grant", At: onDay(1)}
			now, claims := retold(tc.now, words)
			r := newFake(now)
			laid := mustLay(t, r, d)
			for i, c := range claims {
				want := NewAgentID("Ada Brook")
				if i == tc.want {
					want = NewAgentID("Fay Grant")
				}
				if got := speakerOf(t, laid, c); got != want {
					t.Errorf("claim %d of %d: speaker %s, want %s", i, len(claims), got, want)
				}
			}
			if a := decided(t, laid); len(a) != 1 || !strings.Contains(a[0].Orphan, tc.orphan) || (a[0].Orphan == "") != (tc.orphan == "") {
				t.Errorf("%+v, want an orphan for %q", a, tc.orphan)
			}
		})
	}
}

// Property: no decision is lost, and the order in which decisions are given does not matter.
func TestLay_NothingIsLostAndOrderDoesNotMatter(t *testing.T) {
	h := newHarbour()
	r := h.reader()
	ids := []ID{h.charityClaim, h.paperClaim, h.rateClaim}
	agents := []string{string(NewAgentID("Ada Brook")), string(NewAgentID("Cal Dunn")), string(NewAgentID("Radio Nine")), "urn:whence:agent:no"}
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(0, 8).Draw(rt, "n")
		var ds []Decision
		for i := range n {
			d := Decision{At: onDay(rapid.IntRange(1, 3).Draw(rt, "day")), Reason: fmt.Sprint(i)}
			one, two := rapid.SampledFrom(ids).Draw(rt, "one"), rapid.SampledFrom(ids).Draw(rt, "two")
			switch d.Act = rapid.SampledFrom([]Act{ActCorrect, ActConfirm, ActReject, ActAdd, ActMerge, ActSplit, ActUndo}).Draw(rt, "act"); d.Act {
			case ActCorrect, ActSplit:
				d.Field, d.Targets = string(AssertedBy), []Target{target(r, one)}
				d.Before, d.After = rapid.SampledFrom(agents).Draw(rt, "before"), rapid.SampledFrom(agents).Draw(rt, "after")
			case ActConfirm, ActReject, ActAdd:
				d.Field, d.Targets = string(Matches), []Target{target(r, one), target(r, two)}
			case ActMerge:
				d.Before, d.After = rapid.SampledFrom(agents).Draw(rt, "before"), rapid.SampledFrom(agents).Draw(rt, "after")
			case ActUndo:
				if len(ds) > 0 {
					d.Before = string(rapid.SampledFrom(ds).Draw(rt, "undone").ID)
				}
			}
			d.ID = NewDecisionID(d)
			ds = append(ds, d)
		}
		dump := func(ds []Decision) string {
			laid, err := Lay(t.Context(), r, ds)
			if err != nil {
				rt.Fatal(err)
			}
			relations, _ := laid.List(t.Context(), TypeRelation, "", 0)
			all := append(relations, keysOf(r.nodes)...)
			out, _ := laid.Out(t.Context(), all)
			in, _ := laid.In(t.Context(), all)
			if len(out) != len(in) {
				rt.Fatalf("%d edges out and %d in", len(out), len(in))
			}
			applied, _ := laid.Decided(t.Context())
			if len(applied) != len(inForce(ds)) {
				rt.Fatalf("%d decided of %d in force", len(applied), len(inForce(ds)))
			}
			return fmt.Sprint(out, in, applied)
		}
		want := dump(ds)
		slices.Reverse(ds)
		if d := cmp.Diff(want, dump(ds)); d != "" {
			rt.Fatal(d)
		}
	})
}
