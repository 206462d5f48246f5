package match_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"whence/graph"
	"whence/loader/extract/figure"
	"whence/loader/match"
	"whence/loader/syntax"
)

// A pair is two claims that a person judged.
type pair struct {
	id, split, kind, verdict string
	a, b                     half
}

// A half is one claim of a pair.
type half struct {
	speaker   string
	kind      graph.DocumentKind
	published graph.Date
	text      string
	claim     string
}

// pairs reads the judged pairs that ship.
func pairs(t *testing.T) []pair {
	t.Helper()
	text, err := os.ReadFile("../../seeds/gold/pairs.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var out []pair
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n")[1:] {
		row := strings.Split(line, "\t")
		side := func(c []string) half { return half{c[0], graph.DocumentKind(c[1]), graph.Date(c[2]), c[3], c[4]} }
		out = append(out, pair{row[0], row[1], row[2], row[3], side(row[4:9]), side(row[9:14])})
	}
	return out
}

// paper makes a document of one claim, as the text shows it: direct when marks stand
// around it, the writer's voice when the text is the speaker's own, else reported.
func (s half) paper(uri string) *paper {
	p := newPaper(uri, "", s.kind, s.published, s.text)
	at := strings.Index(s.text, s.claim)
	mode := graph.ModeIndirect
	if before := strings.TrimRight(s.text[:at], " "); strings.HasSuffix(before, "“") || strings.HasSuffix(before, "‘") || strings.HasSuffix(before, `"`) {
		mode = graph.ModeDirect
	} else if strings.ContainsAny(s.claim, "“\"") {
		mode = graph.ModeMixed
	}
	id := p.claimAt(at, s.claim, s.speaker, mode, "")
	span := p.Claims[0].Content[0].Span
	for i, f := range figure.Find(s.text, syntax.Sentences(s.text, graph.Span{End: len(s.text)}), s.published) {
		if f.Figure.Overlaps(span) {
			p.Statistics = append(p.Statistics, graph.Statistic{
				ID: graph.ID(fmt.Sprintf("urn:whence:statistic:%d", i)), Claim: id, Figure: graph.NewPassage(s.text, f.Figure), Value: f.Value, Min: f.Min, Max: f.Max,
				Bound: f.Bound, Unit: f.Unit, Measure: f.Measure, Population: f.Population, Place: f.Place, Period: f.Period,
			})
		}
	}
	return p
}

// A tally counts what came of pairs.
type tally struct{ right, wrong, missed int }

func (c tally) precision() float64 { return float64(c.right) / float64(max(c.right+c.wrong, 1)) }
func (c tally) recall() float64    { return float64(c.right) / float64(max(c.right+c.missed, 1)) }

// What a person says is one claim is joined to one family, and little else is. PAIRS=dev lists
// what came out otherwise in that split; rules are made with that one before one's eyes alone.
func TestMatch_JudgedPairs(t *testing.T) {
	all, near := tally{}, tally{}
	bySplit, byKind := map[string]tally{}, map[string]tally{}
	var kinds []string
	for _, p := range pairs(t) {
		a, b := p.a.paper("https://a.example/1"), p.b.paper("https://b.example/1")
		link, _ := match.Match(a.side(), b.side())
		r := between(link, graph.Matches, a.Claims[0].ID, b.Claims[0].ID)
		joined := r.Score >= graph.FamilyThreshold && (r.Reasons[0] == graph.SameClaim || r.Reasons[0] == graph.SameClaimOther)
		same := p.verdict == "same" || p.verdict == "same-other"
		count := func(c tally) tally {
			switch {
			case joined && same:
				c.right++
			case joined:
				c.wrong++
			case same:
				c.missed++
			}
			return c
		}
		all = count(all)
		bySplit[p.split], byKind[p.kind] = count(bySplit[p.split]), count(byKind[p.kind])
		if p.kind == "verbatim" || p.kind == "near-verbatim" {
			near = count(near)
		}
		if !slices.Contains(kinds, p.kind) {
			kinds = append(kinds, p.kind)
		}
		if joined != same && p.split == os.Getenv("PAIRS") {
			t.Logf("%s %d %v\n\t%s: %s\n\t%s: %s", p.id, r.Score, r.Reasons, p.a.speaker, p.a.claim, p.b.speaker, p.b.claim)
		}
	}
	for _, k := range kinds {
		c := byKind[k]
		t.Logf("%-18s %3d joined rightly, %3d wrongly, %3d missed", k, c.right, c.wrong, c.missed)
	}
	for _, s := range []string{"dev", "test"} {
		t.Logf("%s: precision %.3f, recall %.3f", s, bySplit[s].precision(), bySplit[s].recall())
	}
	t.Logf("all: precision %.3f, recall %.3f; verbatim and near-verbatim: recall %.3f", all.precision(), all.recall(), near.recall())
	if all.precision() < 0.90 || all.recall() < 0.60 || near.recall() < 0.95 {
		t.Error("want a precision of .90, a recall of .60, and one of .95 on what is verbatim or nearly so")
	}
}
