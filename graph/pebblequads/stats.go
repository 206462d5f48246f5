package pebblequads

import (
	"context"
	"errors"
	"fmt"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/vfs"
)

// Stats are what a folder holds and what it takes.
type Stats struct {
	Quads, Texts int64
	Entries      int64 // the number of the last entry of the log
	Commits      int64 // batches that were ever applied
	Lost         int64 // commits that are gone (see [DB.Lost])

	Parts  []Part
	Levels []Level // from the newest, which is what the last reads overlap in, to the last
	// Log is the bytes of the engine's own log, which holds what is in no file of a level yet.
	Log int64
	// Memory is the bytes of the tables that are written to and of the cache.
	Memory int64
	// Owed is set while what was removed may still lie in older files, because a snapshot
	// shows it or because they could not be written anew.
	Owed bool
	// Failed is why nothing can be written until the folder is opened again; nil if it can.
	Failed error
}

// A Part is what one kind of keys takes in the files of all levels, in bytes.
type Part struct {
	Name  string
	Bytes int64
}

// A Level is one level of the engine's files.
type Level struct{ Files, Bytes int64 }

// parts are the kinds of keys and what they are called.
var parts = []struct {
	key  byte
	name string
}{
	{keySubjects, "quads by subject"},
	{keyObjects, "quads by object"},
	{keyLabels, "quads by label"},
	{keyValues, "long values"},
	{keyTexts, "texts"},
	{keyOffsets, "offsets in texts"},
	{keyEntries, "log"},
}

// Stats returns what the folder holds and what it takes.
func (d *DB) Stats(ctx context.Context) (stats Stats, err error) {
	if err := ctx.Err(); err != nil {
		return stats, err
	}
	defer caught(&err)
	s := d.acquire()
	defer func() { err = errors.Join(err, d.release(s)) }()
	have, want := d.Lost()
	d.mu.Lock()
	owed := d.owed
	d.mu.Unlock()
	m := d.engine.Metrics()
	stats = Stats{
		Quads: s.counts.quads, Texts: s.counts.texts, Entries: s.counts.entries, Commits: s.counts.commits,
		Lost: want - have, Log: int64(m.WAL.Size), Memory: m.BlockCache.Size + int64(m.MemTable.Size),
		Owed: owed, Failed: d.failed.get(),
	}
	for _, l := range m.Levels {
		stats.Levels = append(stats.Levels, Level{l.TablesCount, l.TablesSize})
	}
	for _, p := range parts {
		n, err := d.engine.EstimateDiskUsage([]byte{p.key}, []byte{p.key + 1})
		if err != nil {
			return stats, damage(err)
		}
		stats.Parts = append(stats.Parts, Part{p.name, int64(n)})
	}
	return stats, nil
}

// Checkpoint makes a copy of what is held now in a folder that must not exist, on the
// same file system. Files that do not change are linked, not copied. It waits for a
// writer and holds up the next one; reads go on. What is not durable yet is not in it.
func (d *DB) Checkpoint(ctx context.Context, dir string) error {
	if d.readOnly {
		return errReadOnly
	}
	if err := d.writer.Acquire(ctx, 1); err != nil {
		return err
	}
	defer d.writer.Release(1)
	if err := d.failed.get(); err != nil {
		return err
	}
	if err := d.within(func() error { return d.engine.Checkpoint(dir, pebble.WithFlushedWAL()) }); err != nil {
		return fmt.Errorf("%s: %w", dir, err)
	}
	h, err := makeHead(d.files, dir, d.last.counts.commits+d.lost.Load())
	if err != nil {
		return err
	}
	return h.Close(true)
}

// syncFolder makes the names of the files in a folder durable.
func syncFolder(files vfs.FS, dir string) error {
	f, err := files.OpenDir(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
