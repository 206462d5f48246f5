package seeds

import (
	"encoding/json"
	"errors"
	"io"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"whence/graph"
	"whence/loader/source"
)

type goldDocument struct {
	ID, License, Text string
	Attributions      []goldAttribution
}

type goldAttribution struct {
	Content, Source, Cue [][2]int
	Words                map[string][]string
	Type, Speaker, Mood  string
	Polarity             graph.Polarity
	Optional             bool
	Within               *int
}

// readGold returns the documents of a file, which has no fields beyond these.
func readGold(t *testing.T, p string) []goldDocument {
	t.Helper()
	dec := json.NewDecoder(strings.NewReader(read(t, p)))
	dec.DisallowUnknownFields()
	var docs []goldDocument
	for {
		var g goldDocument
		err := dec.Decode(&g)
		if errors.Is(err, io.EOF) {
			return docs
		}
		if err != nil {
			t.Fatalf("%s, document %d: %v", p, len(docs), err)
		}
		docs = append(docs, g)
	}
}

func isQuoted(words []string) bool {
	all := strings.Join(words, " ")
	return strings.ContainsAny(all, "“‘\"«„") || strings.Contains(" "+all, " '")
}

// checkSpans holds the spans to the text and to the words stored beside them, and each field to its values.
func (g *goldDocument) checkSpans(t *testing.T) {
	t.Helper()
	offsets := graph.NewOffsets(g.Text)
	for i, a := range g.Attributions {
		got := map[string][]string{}
		held := map[int]string{} // code point to the role that has it
		for _, role := range []struct {
			name  string
			spans [][2]int
		}{{"content", a.Content}, {"source", a.Source}, {"cue", a.Cue}} {
			end := 0
			for _, s := range role.spans {
				b, err := offsets.Bytes(graph.Span{Start: s[0], End: s[1]})
				if err != nil {
					t.Fatalf("%s, attribution %d: %v", g.ID, i, err)
				}
				if s[0] < end || s[0] == s[1] {
					t.Errorf("%s, attribution %d: %s span %v is empty or out of order", g.ID, i, role.name, s)
				}
				end = s[1]
				words := b.Of(g.Text)
				if words != strings.TrimSpace(words) {
					t.Errorf("%s, attribution %d: %s %q has white space at an end", g.ID, i, role.name, words)
				}
				for at := s[0]; at < s[1]; at++ {
					if other := held[at]; other != "" {
						t.Fatalf("%s, attribution %d: %q is %s and %s", g.ID, i, words, other, role.name)
					}
					held[at] = role.name
				}
				got[role.name] = append(got[role.name], words)
			}
		}
		if d := cmp.Diff(a.Words, got); d != "" {
			t.Errorf("%s, attribution %d: words stored (-) and found (+):\n%s", g.ID, i, d)
		}
		if len(a.Content) == 0 || !slices.Contains([]string{"direct", "indirect", "mixed"}, a.Type) {
			t.Errorf("%s, attribution %d: type %q, %d contents", g.ID, i, a.Type, len(a.Content))
		}
		if a.Type == "mixed" && !isQuoted(a.Words["content"]) {
			t.Errorf("%s, attribution %d: mixed without quotation marks: %q", g.ID, i, a.Words["content"])
		}
		if a.Polarity != graph.Positive && a.Polarity != graph.Negative {
			t.Errorf("%s, attribution %d: polarity %q", g.ID, i, a.Polarity)
		}
	}
}

// The marked documents are those of docs/, word for word as the reader gives them.
func TestGold_MarksTheDocuments(t *testing.T) {
	files := slices.DeleteFunc(paths(t, "gold"), func(p string) bool {
		return path.Dir(p) != "gold" || path.Ext(p) != ".jsonl"
	})
	if len(files) < 4 {
		t.Fatalf("%d gold files", len(files))
	}
	for _, p := range files {
		t.Run(path.Base(p), func(t *testing.T) {
			docs := readGold(t, p)
			if len(docs) != 1 {
				t.Fatalf("%d documents", len(docs))
			}
			g := docs[0]
			items, err := source.Read(g.ID, []byte(read(t, "docs/"+g.ID)), source.Options{})
			if err != nil || len(items) != 1 {
				t.Fatalf("%d documents: %v", len(items), err)
			}
			if d := cmp.Diff(items[0].Text, g.Text); d != "" {
				t.Errorf("the marked text is not the document's (-document +gold):\n%s", d)
			}
			if len(g.Attributions) == 0 {
				t.Error("no attribution")
			}
			g.checkSpans(t)
			for i, a := range g.Attributions {
				if quoted := isQuoted(a.Words["content"]); quoted != (a.Type != "indirect") {
					t.Errorf("attribution %d: type %q, quotation marks %v", i, a.Type, quoted)
				}
			}
		})
	}
}

// The texts written for this project follow their marking guide where a program can tell.
func TestGold_MarksTheTexts(t *testing.T) {
	seen := map[string]bool{}
	attributions := map[string]int{}
	texts := map[string]int{}
	silent := 0
	for _, split := range []string{"dev", "test"} {
		for _, p := range paths(t, "gold/"+split) {
			genre := strings.TrimSuffix(path.Base(p), ".jsonl")
			for _, g := range readGold(t, p) {
				if seen[g.ID] || !strings.HasPrefix(g.ID, genre+"-") || g.License != "CC0-1.0" {
					t.Errorf("%s: id %q, licence %q", p, g.ID, g.License)
				}
				seen[g.ID] = true
				texts[split]++
				attributions[split] += len(g.Attributions)
				if len(g.Attributions) == 0 {
					silent++
				}
				g.checkSpans(t)
				for i, a := range g.Attributions {
					if !slices.Contains([]string{"", "question", "conditional", "future", "unsaid"}, a.Mood) {
						t.Errorf("%s, attribution %d: mood %q", g.ID, i, a.Mood)
					}
					if a.Mood != "" && a.Type != "direct" && !a.Optional {
						t.Errorf("%s, attribution %d asserts nothing (%s) and is not optional", g.ID, i, a.Mood)
					}
					if a.Within != nil && !inside(g.Attributions[*a.Within], a) {
						t.Errorf("%s, attribution %d does not lie in attribution %d", g.ID, i, *a.Within)
					}
				}
			}
		}
	}
	dev, test := attributions["dev"], attributions["test"]
	if texts["dev"]+texts["test"] < 100 || dev+test < 450 || silent < 8 || dev > test*3/2 || test > dev*3/2 {
		t.Errorf("texts %v, attributions %v, without any %d", texts, attributions, silent)
	}
}

// inside reports whether all content of inner lies in content of outer.
func inside(outer, inner goldAttribution) bool {
	for _, s := range inner.Content {
		if !slices.ContainsFunc(outer.Content, func(o [2]int) bool { return o[0] <= s[0] && s[1] <= o[1] }) {
			return false
		}
	}
	return true
}
