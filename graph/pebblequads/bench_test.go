package pebblequads_test

import (
	"context"
	"fmt"
	"io/fs"
	"path/filepath"
	"testing"

	"github.com/cayleygraph/cayley/graph/path"
	"github.com/cayleygraph/quad"

	"whence/graph"
	"whence/graph/pebblequads"
	"whence/graph/store"
	"whence/graph/vocab"
)

// benchDocuments is how many documents the benchmarks read from, of about 1,100 quads each.
const benchDocuments = 50

func benchClaim(document, claim int) quad.IRI {
	return quad.IRI(graph.NewClaimID(graph.ID(fmt.Sprint("urn:document:", document)), fmt.Sprint("What was said ", claim), 0))
}

// document makes the batch of one document: claims with their words, speakers and places.
func document(n int) store.Batch {
	label := quad.IRI(fmt.Sprintf("urn:whence:reading:%032x", n))
	text := fmt.Sprintf("The whole text of document %d.", n)
	b := store.Batch{
		Texts: []store.Text{{Hash: graph.TextHash(text), Text: text}},
		Entry: &store.Entry{Number: int64(n), Data: []byte(label)},
	}
	add := func(s quad.Value, p string, o quad.Value) {
		b.Add = append(b.Add, quad.Quad{Subject: s, Predicate: quad.IRI(vocab.Namespace + p), Object: o, Label: label})
	}
	for i := range 100 {
		claim := benchClaim(n, i)
		add(claim, "type", quad.IRI(vocab.Namespace+"Claim"))
		add(claim, "stated-in", quad.IRI(fmt.Sprintf("https://example.org/news/2024/a-headline-of-some-length-%d", n)))
		add(claim, "asserted-by", quad.IRI(fmt.Sprintf("urn:whence:agent:%032x", (n*7+i)%500)))
		add(claim, "content", quad.String(fmt.Sprintf("Claim %d of document %d says that the figure rose by %d per cent in a year.", i, n, i*n%97)))
		add(claim, "confidence", quad.Int(i*10))
		words := claim + "#content-0"
		add(words, "type", quad.IRI(vocab.Namespace+"Passage"))
		add(words, "exact", quad.String(fmt.Sprintf("the figure rose by %d per cent in a year", i*n%97)))
		add(words, "prefix", quad.String(fmt.Sprintf("Claim %d of document %d says that ", i, n)))
		add(words, "start", quad.Int(i*90))
		add(words, "end", quad.Int(i*90+41))
	}
	for i := range 100 {
		add(quad.IRI(fmt.Sprintf("urn:whence:agent:%032x", (n*7+i)%500)), "name", quad.String(fmt.Sprint("Agent ", (n*7+i)%500)))
	}
	return b
}

// benchDB returns a DB with documents, as it is some time after they were loaded.
func benchDB(b *testing.B) *pebblequads.DB {
	b.Helper()
	db := open(b)
	bulk, err := db.Bulk(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	for n := 1; n <= benchDocuments; n++ {
		if err := bulk.Apply(b.Context(), document(n)); err != nil {
			b.Fatal(err)
		}
	}
	if err := bulk.Commit(b.Context()); err != nil {
		b.Fatal(err)
	}
	return db
}

func BenchmarkOut(b *testing.B) {
	db := benchDB(b)
	s, err := db.Snapshot(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	var nodes []quad.Value // in no order
	for i := range 100 {
		for n := range benchDocuments {
			nodes = append(nodes, benchClaim(1+n, i))
		}
	}
	for _, many := range []int{1, 20} {
		b.Run(fmt.Sprintf("nodes=%d", many), func(b *testing.B) {
			quads := 0
			for i := 0; b.Loop(); i++ {
				at := i * many % len(nodes)
				got, err := s.Out(b.Context(), nodes[at:at+many], nil)
				if err != nil {
					b.Fatal(err)
				}
				quads += len(got)
			}
			b.ReportMetric(float64(quads)/float64(b.N), "quads/op")
		})
	}
}

func BenchmarkTwoHops(b *testing.B) {
	db := benchDB(b)
	speaker, name := quad.IRI(vocab.Namespace+"asserted-by"), quad.IRI(vocab.Namespace+"name")
	b.Run("direct", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			s, err := db.Snapshot(b.Context())
			if err != nil {
				b.Fatal(err)
			}
			near, err := s.Out(b.Context(), []quad.Value{benchClaim(1+i%benchDocuments, i%100)}, []quad.IRI{speaker})
			if err != nil {
				b.Fatal(err)
			}
			far, err := s.Out(b.Context(), []quad.Value{near[0].Object}, []quad.IRI{name})
			if err != nil || len(far) == 0 {
				b.Fatal(err, far)
			}
			if err := s.Close(); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("cayley", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			qs := db.QuadStore()
			got, err := path.StartPath(qs, benchClaim(1+i%benchDocuments, i%100)).Out(speaker).Out(name).Iterate(b.Context()).AllValues(nil)
			if err != nil || qs.Err() != nil || len(got) == 0 {
				b.Fatal(err, qs.Err(), got)
			}
		}
	})
}

// BenchmarkApply writes documents, each synced.
func BenchmarkApply(b *testing.B) {
	db := open(b)
	quads := 0
	for n := 1; b.Loop(); n++ {
		batch := document(n)
		quads += len(batch.Add)
		if err := db.Apply(b.Context(), batch); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(quads)/b.Elapsed().Seconds(), "quads/s")
}

func BenchmarkBulk(b *testing.B) {
	db := open(b)
	bulk, err := db.Bulk(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	quads := 0
	for n := 1; b.Loop(); n++ {
		batch := document(n)
		quads += len(batch.Add)
		if err := bulk.Apply(b.Context(), batch); err != nil {
			b.Fatal(err)
		}
	}
	if err := bulk.Commit(b.Context()); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(quads)/b.Elapsed().Seconds(), "quads/s")
}

// BenchmarkOpen opens a folder and answers a first question; it reports what the folder takes.
func BenchmarkOpen(b *testing.B) {
	dir := b.TempDir()
	db, err := pebblequads.Open(dir, nil)
	if err != nil {
		b.Fatal(err)
	}
	quads := 0
	for n := 1; n <= benchDocuments; n++ {
		batch := document(n)
		quads += len(batch.Add)
		if err := db.Apply(b.Context(), batch); err != nil {
			b.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		db, err := pebblequads.Open(dir, nil)
		if err != nil {
			b.Fatal(err)
		}
		s, err := db.Snapshot(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		if got, err := s.Out(context.Background(), []quad.Value{benchClaim(1, 1)}, nil); err != nil || len(got) != 5 {
			b.Fatal(err, got)
		}
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
		if err := db.Close(); err != nil {
			b.Fatal(err)
		}
	}
	var size int64
	_ = filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			if info, err := e.Info(); err == nil {
				size += info.Size()
			}
		}
		return err
	})
	b.ReportMetric(float64(size)/float64(quads), "B/quad")
}
