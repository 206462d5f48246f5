package seeds

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"whence/graph"
)

// pairSide is one of the two claims of a pair with the text it stands in.
type pairSide struct {
	speaker   string
	kind      graph.DocumentKind
	published string
	text      string
	claim     string
}

func newPairSide(columns []string) pairSide {
	return pairSide{columns[0], graph.DocumentKind(columns[1]), columns[2], columns[3], columns[4]}
}

// check holds a side to its form: all of it said, and the claim's words once in the text.
func (s pairSide) check(t *testing.T, id string) {
	t.Helper()
	for _, column := range []string{s.speaker, s.text, s.claim} {
		if column == "" || column != strings.TrimSpace(column) {
			t.Errorf("%s: %q is empty or has white space at an end", id, column)
		}
	}
	if !slices.Contains(graph.DocumentKinds, s.kind) {
		t.Errorf("%s: kind %q is not one of %v", id, s.kind, graph.DocumentKinds)
	}
	if _, err := graph.ParseDate(s.published); err != nil {
		t.Errorf("%s: %v", id, err)
	}
	if n := strings.Count(s.text, s.claim); n != 1 {
		t.Errorf("%s: the claim stands %d times in its text: %q", id, n, s.claim)
	}
}

// Every pair has its form, its type allows its verdict, and each type is shared out evenly between the halves.
func TestPairs_AreMarked(t *testing.T) {
	// A type starting with “hard-” is a negative that looks like a match.
	verdicts := map[string][]string{
		"verbatim": {"same", "same-other"}, "near-verbatim": {"same", "same-other"}, "part-quoted": {"same", "same-other"},
		"paraphrase": {"same", "same-other"}, "paraphrase-figure": {"same", "same-other"},
		"hard-figure": {"topic", "none"}, "hard-polarity": {"topic", "none"}, "hard-period": {"topic", "none"},
		"hard-population": {"topic", "none"}, "hard-unit": {"topic", "none"}, "hard-role": {"topic", "none"},
		"hard-direction": {"topic", "none"}, "hard-bound": {"topic", "none"},
		"topic": {"topic"}, "none": {"none"},
	}
	lines := strings.Split(strings.TrimSuffix(read(t, "gold/pairs.tsv"), "\n"), "\n")
	header := []string{
		"id", "split", "type", "verdict",
		"a.speaker", "a.kind", "a.published", "a.text", "a.claim",
		"b.speaker", "b.kind", "b.published", "b.text", "b.claim",
	}
	if d := cmp.Diff(header, strings.Split(lines[0], "\t")); d != "" {
		t.Fatalf("columns (-want +got):\n%s", d)
	}
	seen := map[string]bool{}
	halves := map[string]map[string]int{"dev": {}, "test": {}} // half to type to pairs
	pairs, hard := 0, 0
	for n, line := range lines[1:] {
		row := strings.Split(line, "\t")
		if len(row) != len(header) {
			t.Errorf("line %d has %d columns: %q", n+2, len(row), line)
			continue
		}
		id, half, kind, verdict := row[0], row[1], row[2], row[3]
		if seen[id] || !strings.HasPrefix(id, kind+"-") {
			t.Errorf("line %d: id %q of type %q is there twice or of another type", n+2, id, kind)
		}
		seen[id] = true
		if !slices.Contains(verdicts[kind], verdict) {
			t.Errorf("%s: verdict %q, type %q", id, verdict, kind)
		}
		if halves[half] == nil {
			t.Errorf("%s: half %q", id, half)
			continue
		}
		a, b := newPairSide(row[4:9]), newPairSide(row[9:])
		a.check(t, id)
		b.check(t, id)
		if a == b {
			t.Errorf("%s: both sides are one", id)
		}
		// A claimant has one name throughout a pair, so that the verdict and the names must agree.
		if verdict == "same" && a.speaker != b.speaker || verdict == "same-other" && a.speaker == b.speaker {
			t.Errorf("%s: verdict %q, claimants %q and %q", id, verdict, a.speaker, b.speaker)
		}
		pairs++
		halves[half][kind]++
		if strings.HasPrefix(kind, "hard-") {
			hard++
		}
	}
	if pairs < 320 || 2*hard < pairs {
		t.Errorf("%d pairs, %d hard negatives", pairs, hard)
	}
	for kind := range verdicts {
		dev, test := halves["dev"][kind], halves["test"][kind]
		if test < 10 || dev-test > 1 || test > dev {
			t.Errorf("%s: %d pairs in dev, %d in test", kind, dev, test)
		}
	}
}
