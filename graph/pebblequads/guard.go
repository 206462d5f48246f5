package pebblequads

import (
	"io"
	"strings"
	"sync/atomic"

	"github.com/cockroachdb/pebble/v2/vfs"
)

// A guard stands between the engine and the file system.
//
// The engine does not live through everything that a disk does. When it cannot end one write-ahead
// log and begin the next, or sync its folder, it panics where nobody can catch it: in a goroutine
// of its own, or without a lock that it is about to give back. When it cannot be opened, it frees memory
// that its goroutines still write to. What cannot be flushed it tries again and again, at once.
// So a change of a file that fails never returns to the engine: the failure is noted, and the goroutine
// stays where it is. What is on the disk is then what a process that died there would have left;
// see [DB.within].
//
// An engine that is left behind so changes no file any more, as somebody else may have the folder by
// then. The lock of the folder is not the engine's, for the same reason.
type guard struct {
	vfs.FS
	dir    string // what lies elsewhere, a copy for one, may fail
	failed *failure
	opened atomic.Bool // the engine is open
	left   atomic.Bool // the engine is closed, or was left behind
	spare  spare
}

// has reports whether a file lies in the folder.
func (g *guard) has(name string) bool { return g.PathDir(name) == g.PathDir(g.PathJoin(g.dir, "x")) }

// change does what changes files.
func (g *guard) change(f func() error) error {
	if g.left.Load() {
		select {}
	}
	if err := f(); err != nil {
		g.failed.stick(err)
		select {}
	}
	return nil
}

// file wraps a file.
func (g *guard) file(name string, open func() (vfs.File, error)) (vfs.File, error) {
	if !g.has(name) {
		return open()
	}
	var f vfs.File
	err := g.change(func() (err error) { f, err = open(); return err })
	return &guardedFile{f, g}, err
}

// Create implements [vfs.FS]. A marker names another file: the name of that one is on the disk first, whatever the
// file system keeps of a folder in a power cut.
func (g *guard) Create(name string, c vfs.DiskWriteCategory) (vfs.File, error) {
	return g.file(name, func() (vfs.File, error) {
		if strings.HasPrefix(g.PathBase(name), "marker.") {
			if err := syncFolder(g.FS, g.dir); err != nil {
				return nil, err
			}
		}
		return g.FS.Create(name, c)
	})
}

// ReuseForWrite implements [vfs.FS].
func (g *guard) ReuseForWrite(from, to string, c vfs.DiskWriteCategory) (vfs.File, error) {
	return g.file(to, func() (vfs.File, error) { return g.FS.ReuseForWrite(from, to, c) })
}

// OpenDir implements [vfs.FS].
func (g *guard) OpenDir(name string) (vfs.File, error) {
	f, err := g.FS.OpenDir(name)
	if err != nil || name != g.dir {
		return f, err
	}
	return &guardedFile{f, g}, nil
}

// Rename implements [vfs.FS].
func (g *guard) Rename(from, to string) error {
	if !g.has(to) {
		return g.FS.Rename(from, to)
	}
	return g.change(func() error { return g.FS.Rename(from, to) })
}

// Remove implements [vfs.FS]. What cannot be removed does no harm.
func (g *guard) Remove(name string) error {
	if g.left.Load() {
		select {}
	}
	return g.FS.Remove(name)
}

// List implements [vfs.FS]. It is how opening ends.
func (g *guard) List(dir string) (names []string, err error) {
	if g.opened.Load() || dir != g.dir {
		return g.FS.List(dir)
	}
	err = g.change(func() (err error) { names, err = g.FS.List(dir); return err })
	return g.spare.hide(g.FS, g.dir, names), err
}

// Open implements [vfs.FS].
func (g *guard) Open(name string, o ...vfs.OpenOption) (vfs.File, error) {
	if g.opened.Load() || !g.has(name) {
		return g.FS.Open(name, o...)
	}
	return g.spare.open(g.FS, name, o)
}

// Lock implements [vfs.FS].
func (g *guard) Lock(string) (io.Closer, error) { return noLock{}, nil }

type noLock struct{}

func (noLock) Close() error { return nil }

// Unwrap implements [vfs.FS].
func (g *guard) Unwrap() vfs.FS { return g.FS }

// A guardedFile is a file that is written through a guard.
type guardedFile struct {
	vfs.File
	guard *guard
}

func (f *guardedFile) Write(p []byte) (n int, err error) {
	err = f.guard.change(func() (err error) { n, err = f.File.Write(p); return err })
	return n, err
}

func (f *guardedFile) WriteAt(p []byte, at int64) (n int, err error) {
	err = f.guard.change(func() (err error) { n, err = f.File.WriteAt(p, at); return err })
	return n, err
}

// Preallocate takes no room ahead: the engine would have that of a full memtable for each log, and a small disk be
// full with a store that holds nothing.
func (f *guardedFile) Preallocate(_, _ int64) error { return nil }

func (f *guardedFile) Sync() error { return f.guard.change(f.File.Sync) }

func (f *guardedFile) SyncData() error { return f.guard.change(f.File.SyncData) }

func (f *guardedFile) SyncTo(length int64) (full bool, err error) {
	err = f.guard.change(func() (err error) { full, err = f.File.SyncTo(length); return err })
	return full, err
}

func (f *guardedFile) Close() error { return f.guard.change(f.File.Close) }
