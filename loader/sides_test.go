package loader

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"whence/graph"
	"whence/graph/cayleystore"
	"whence/graph/codec"
	"whence/seeds/planted"
)

// What is let go of and read again is matched as what was kept.
func TestSides_AreReadAgain(t *testing.T) {
	var records bytes.Buffer
	if err := (planted.Corpus{Seed: 11, Documents: 30}).WriteRecords(&records); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "planted.jsonl")
	if err := os.WriteFile(path, records.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	var dumps []string
	for _, most := range []int{heaviest, 15} {
		store := cayleystore.Memory()
		l := New(store, Options{})
		l.c.sides.most = most
		report, err := l.Load(t.Context(), []string{path})
		if err != nil || len(report.Problems) > 0 || report.Total.Links < 10 {
			t.Fatal(err, report.Problems, report.Total)
		}
		if kept := l.c.sides; kept.weight > most || len(kept.ready) != kept.used.Len() || most < heaviest && len(kept.ready) > most {
			t.Errorf("%d are ready, of weight %d: more than %d", len(kept.ready), kept.weight, most)
		}
		var b bytes.Buffer
		if err := codec.DumpNQuads(t.Context(), &b, store, graph.At{}, false); err != nil {
			t.Fatal(err)
		}
		dumps = append(dumps, b.String())
		if err := store.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(dumps[0], dumps[1]); diff != "" {
		t.Errorf("another graph (-kept +read again)\n%.2000s", diff)
	}
}
