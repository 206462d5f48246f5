package folder_test

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"whence/graph"
	"whence/graph/archive"
	"whence/graph/cayleystore"
	"whence/graph/folder"
	"whence/graph/graphtest"
	"whence/graph/store"
)

const claimsEach = 3

// article returns a document of three claims.
func article(uri string) *graphtest.Document {
	var text strings.Builder
	for i := range claimsEach {
		fmt.Fprintf(&text, "Item %d of %s is so. ", i, uri)
	}
	d := graphtest.NewDocument(uri, text.String())
	for i := range claimsEach {
		d.Claim(fmt.Sprintf("Item %d of %s is so", i, uri), "")
	}
	return d
}

// whole checks that every document is seen with all its claims, and returns how many documents there are.
func whole(ctx context.Context, s graph.Store) (documents int, err error) {
	err = s.View(ctx, graph.At{}, func(r graph.Reader) error {
		ids, err := r.List(ctx, graph.TypeDocument, "", 0)
		if err != nil {
			return err
		}
		claims, err := r.List(ctx, graph.TypeClaim, "", 0)
		if err != nil {
			return err
		}
		nodes, err := r.Nodes(ctx, claims)
		if err != nil {
			return err
		}
		if documents = len(ids); len(nodes) != claimsEach*documents {
			return fmt.Errorf("%d documents are seen with %d claims", documents, len(nodes))
		}
		return nil
	})
	return documents, err
}

// Several load, retract, erase, read, verify and copy a store at the same time. It is for the race detector, and what each of
// them sees is whole.
func TestAllAtOnce(t *testing.T) {
	const writers, documents = 3, 12
	ctx := t.Context()
	s := openFolder(t, filepath.Join(t.TempDir(), "whence.db"))
	var loading, watching sync.WaitGroup
	var begun atomic.Int64
	for w := range writers {
		loading.Go(func() {
			for i := range documents {
				d := article(fmt.Sprintf("https://press.example/%d/%d", w, i))
				begun.Add(1)
				if _, err := s.Commit(ctx, d.Change(nil, graphtest.Day(1))); err != nil {
					t.Error(err)
				}
				var err error
				switch i % 4 {
				case 1: // out of sight
					_, err = s.Commit(ctx, graph.Change{Reason: "withdrawn", Time: graphtest.Day(1), Ends: []graph.Label{d.Reading().Label, d.Resolution(nil).Label}})
				case 3: // gone
					_, err = s.Erase(ctx, d.ID(), "clerk", "asked to", graphtest.Day(1))
				}
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	done := make(chan struct{})
	beside := func(do func() error) {
		watching.Go(func() {
			for {
				if err := do(); err != nil {
					t.Error(err)
					return
				}
				select {
				case <-done:
					return
				default:
				}
			}
		})
	}
	for range 2 {
		beside(func() error {
			n, err := whole(ctx, s)
			if most := begun.Load(); int64(n) > most {
				return fmt.Errorf("%d documents are seen, %d loads have begun", n, most)
			}
			return err
		})
	}
	beside(func() error { return copied(ctx, s) })
	beside(func() error {
		problems, err := s.Verify(ctx)
		if err == nil && len(problems) > 0 {
			err = fmt.Errorf("verify: %s", strings.Join(problems, "; "))
		}
		return err
	})
	loading.Wait()
	close(done)
	watching.Wait()
	n, err := whole(ctx, s)
	if want := writers * documents / 2; err != nil || n != want {
		t.Errorf("%d documents at the end, want %d: %v", n, want, err)
	}
	if err := copied(ctx, s); err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// copied backs a store up and checks what is restored from that.
func copied(ctx context.Context, s *folder.Folder) error {
	m, err := store.Maintain(s)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := m.Freeze(ctx, func(f *store.Frozen) error {
		_, err := archive.Write(ctx, &b, f, archive.Options{Program: "test"})
		return err
	}); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	backend := cayleystore.MemoryBackend()
	if _, err := archive.Restore(ctx, bytes.NewReader(b.Bytes()), backend, archive.Options{}); err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	restored, err := store.New(backend, store.Options{})
	if err != nil {
		return err
	}
	defer restored.Close()
	if _, err := whole(ctx, restored); err != nil {
		return fmt.Errorf("restored: %w", err)
	}
	problems, err := restored.Verify(ctx)
	if err == nil && len(problems) > 0 {
		err = fmt.Errorf("verify of what was restored: %s", strings.Join(problems, "; "))
	}
	return err
}
