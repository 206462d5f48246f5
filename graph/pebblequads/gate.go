package pebblequads

import (
	"strings"
	"sync/atomic"

	"github.com/cockroachdb/pebble/v2/vfs"
)

// A gate is the file system as the engine of one DB sees it. It shuts when a write to the
// folder fails: nothing is changed there after that, so that an engine in a state which
// nobody foresaw can do no harm, not even after the DB was closed and the folder opened by
// another. What the engine tries again waits until the DB is closed, as it would try for ever.
//
// What is done to the engine's log, and to the folder when it makes a new one, must not fail while
// it is running, as it would end the process. Who does that waits for good; see [DB.within].
type gate struct {
	vfs.FS
	dir     string
	failed  *failure
	running atomic.Bool   // what fails while the folder is opened is told to who opens it
	closing chan struct{} // closed when the DB is being closed
}

func newGate(files vfs.FS, dir string, failed *failure) *gate {
	return &gate{FS: files, dir: dir, failed: failed, closing: make(chan struct{})}
}

// Unwrap implements vfs.FS.
func (g *gate) Unwrap() vfs.FS { return g.FS }

// pass does something to a file, unless the gate is shut.
func (g *gate) pass(name string, do func() error) error {
	if !g.running.Load() || !strings.HasPrefix(name, g.dir) {
		return do()
	}
	if g.failed.get() != nil {
		<-g.closing
		return g.failed.err
	}
	err := do()
	if err != nil {
		g.failed.fail(err)
	}
	return err
}

// must is pass for what must not fail.
func (g *gate) must(name string, do func() error) error {
	if err := g.pass(name, do); err == nil || !g.running.Load() {
		return err
	}
	select {}
}

// file is pass, or must for the log.
func (g *gate) file(name string, do func() error) error {
	if strings.HasSuffix(name, ".log") {
		return g.must(name, do)
	}
	return g.pass(name, do)
}

// opened returns a file behind the gate.
func (g *gate) opened(name string, f vfs.File) vfs.File {
	if f == nil {
		return nil
	}
	return gatedFile{f, g, name}
}

// Create implements vfs.FS.
func (g *gate) Create(name string, c vfs.DiskWriteCategory) (f vfs.File, err error) {
	err = g.file(name, func() error {
		f, err = g.FS.Create(name, c)
		return err
	})
	return g.opened(name, f), err
}

// OpenReadWrite implements vfs.FS.
func (g *gate) OpenReadWrite(name string, c vfs.DiskWriteCategory, opts ...vfs.OpenOption) (f vfs.File, err error) {
	err = g.pass(name, func() error {
		f, err = g.FS.OpenReadWrite(name, c, opts...)
		return err
	})
	return g.opened(name, f), err
}

// OpenDir implements vfs.FS.
func (g *gate) OpenDir(name string) (vfs.File, error) {
	f, err := g.FS.OpenDir(name)
	if err != nil {
		return nil, err
	}
	return gatedFolder{gatedFile{f, g, name}}, nil
}

// Link implements vfs.FS.
func (g *gate) Link(from, to string) error {
	return g.pass(to, func() error { return g.FS.Link(from, to) })
}

// Rename implements vfs.FS.
func (g *gate) Rename(from, to string) error {
	return g.pass(to, func() error { return g.FS.Rename(from, to) })
}

// ReuseForWrite implements vfs.FS.
func (g *gate) ReuseForWrite(from, to string, c vfs.DiskWriteCategory) (f vfs.File, err error) {
	err = g.file(to, func() error {
		f, err = g.FS.ReuseForWrite(from, to, c)
		return err
	})
	return g.opened(to, f), err
}

// Remove implements vfs.FS. A file that stays is no failure.
func (g *gate) Remove(name string) error {
	if err := g.failed.get(); err != nil {
		return err
	}
	return g.FS.Remove(name)
}

// A gatedFile is a file behind a gate.
type gatedFile struct {
	vfs.File
	gate *gate
	name string
}

// Write implements vfs.File.
func (f gatedFile) Write(b []byte) (n int, err error) {
	err = f.gate.file(f.name, func() error {
		n, err = f.File.Write(b)
		return err
	})
	return n, err
}

// WriteAt implements vfs.File.
func (f gatedFile) WriteAt(b []byte, at int64) (n int, err error) {
	err = f.gate.file(f.name, func() error {
		n, err = f.File.WriteAt(b, at)
		return err
	})
	return n, err
}

// Preallocate implements vfs.File.
func (f gatedFile) Preallocate(offset, length int64) error {
	return f.gate.file(f.name, func() error { return f.File.Preallocate(offset, length) })
}

// Close implements vfs.File.
func (f gatedFile) Close() error {
	if f.gate.failed.get() != nil {
		return f.File.Close()
	}
	return f.gate.file(f.name, f.File.Close)
}

// Sync implements vfs.File.
func (f gatedFile) Sync() error { return f.gate.file(f.name, f.File.Sync) }

// SyncData implements vfs.File.
func (f gatedFile) SyncData() error { return f.gate.file(f.name, f.File.SyncData) }

// SyncTo implements vfs.File.
func (f gatedFile) SyncTo(length int64) (full bool, err error) {
	err = f.gate.file(f.name, func() error {
		full, err = f.File.SyncTo(length)
		return err
	})
	return full, err
}

// A gatedFolder is a folder behind a gate.
type gatedFolder struct{ gatedFile }

// Sync implements vfs.File.
func (f gatedFolder) Sync() error { return f.gate.must(f.name, f.File.Sync) }
