package cayleystore

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	hkv "github.com/hidal-go/hidalgo/kv"
	"github.com/syndtr/goleveldb/leveldb/storage"
)

// A fullStorage has room for so many more files.
type fullStorage struct {
	storage.Storage
	room atomic.Int64
}

func (s *fullStorage) Create(fd storage.FileDesc) (storage.Writer, error) {
	if s.room.Add(-1) < 0 {
		return nil, errDiskFull
	}
	return s.Storage.Create(fd)
}

// write puts keys in a transaction of its own. They span those of all others, so that files are merged.
func write(e *engine, key string) error {
	return hkv.Update(context.Background(), e, func(tx hkv.Tx) error {
		var err error
		for _, k := range []string{"", key, "~"} {
			err = errors.Join(err, tx.Put(hkv.Key{[]byte("b"), []byte("k" + k)}, hkv.Value(key)))
		}
		return err
	})
}

// inTime fails the test when something does not end.
func inTime(t *testing.T, what string, f func() error) error {
	t.Helper()
	done := make(chan error, 1)
	go func() { done <- f() }()
	select {
	case err := <-done:
		return err
	case <-time.After(20 * time.Second):
		t.Fatalf("%s does not end", what)
		return nil
	}
}

// A disk that is full fails writes, and nothing waits for ever, whoever finds no room: a transaction,
// or a compaction, after which LevelDB opens no other.
func TestFullDiskEnds(t *testing.T) {
	for room := range int64(6) {
		t.Run(fmt.Sprintf("room for %d files", room), func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(t.TempDir(), "graph")
			files, err := storage.OpenFile(dir, false)
			if err != nil {
				t.Fatal(err)
			}
			full := &fullStorage{Storage: files}
			full.room.Store(1 << 30)
			o := options()
			o.CompactionL0Trigger, o.WriteL0PauseTrigger = 2, 2
			e, err := openEngine(full, o)
			if err != nil {
				t.Fatal(err)
			}
			full.room.Store(room)
			for n := 0; n < 20 && err == nil; n++ {
				err = inTime(t, "a write", func() error { return write(e, fmt.Sprint(n)) })
			}
			if !errors.Is(err, errDiskFull) {
				t.Fatalf("writes to a full disk: %v", err)
			}
			full.room.Store(1 << 30)
			if err := inTime(t, "the next write", func() error { return write(e, "later") }); !errors.Is(err, errDiskFull) {
				t.Errorf("the next write: %v", err)
			}
			if err := inTime(t, "Close", e.Close); err != nil {
				t.Errorf("Close: %v", err)
			}
			again, err := openFolder(dir, options())
			if err != nil {
				t.Fatalf("the folder does not open again: %v", err)
			}
			if err := errors.Join(write(again, "later"), again.Close()); err != nil {
				t.Error(err)
			}
		})
	}
}
