package loader_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"whence/graph"
	"whence/graph/codec"
	"whence/loader/extract"
	"whence/loader/resolve"
	"whence/loader/source"
)

// FuzzEncode holds that whatever is read from a text can be stored: nothing the
// extractor and the resolver give is refused by the codec.
func FuzzEncode(f *testing.F) {
	docs, err := filepath.Glob(seedDocs + "/*.txt")
	if err != nil || len(docs) == 0 {
		f.Fatalf("no seeds: %v", err)
	}
	for _, d := range docs {
		b, err := os.ReadFile(d)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(b))
	}
	f.Add("Data from United and Zim show 5% of X.\n\nComments\n\nBob says:\n“No,” said K. (Zim, 2001) https://example.org/a")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 20_000 {
			return
		}
		items, err := source.Read("f.txt", []byte(text), source.Options{Format: "text"})
		if err != nil {
			return
		}
		for _, item := range items {
			r, names := extract.Read(item)
			res := resolve.Resolve(&r, names, nil)
			if _, err := codec.EncodeReading(r); err != nil {
				t.Fatalf("reading: %v", err)
			}
			if _, err := codec.EncodeResolution(res, r.Text); err != nil {
				t.Fatalf("resolution: %v", err)
			}
			subjects := map[graph.ID]int{}
			for _, x := range res.Resolved {
				if x.Predicate == graph.AssertedBy {
					subjects[x.Subject]++
				}
			}
			for _, c := range r.Claims {
				if subjects[c.ID] != 1 {
					t.Fatalf("claim %q has %d answers to who says it", strings.ToValidUTF8(c.Words(), "?"), subjects[c.ID])
				}
			}
		}
	})
}
