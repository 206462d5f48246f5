package main

import (
	"bufio"
	"errors"
	"io"
	"os"
	"path/filepath"

	"whence/graph"
)

// openCopy opens the store for a command that reads much more than one answer. When another process has it open, that
// one is asked for all it holds, and the copy is read: it goes when it is closed.
func (a *app) openCopy() (graph.Store, error) {
	s, locked := a.openToRead()
	if !errors.Is(locked, graph.ErrLocked) {
		return s, locked
	}
	dir, err := os.MkdirTemp("", "whence-copy-*")
	if err != nil {
		return nil, err
	}
	if s, err = a.copyInto(dir, locked); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return copied{s, dir}, nil
}

func (a *app) copyInto(dir string, locked error) (graph.Store, error) {
	f, err := os.Create(filepath.Join(dir, "archive"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	w := bufio.NewWriterSize(f, 1<<20)
	if err := errors.Join(a.fetchBackup(locked, w), w.Flush()); err != nil {
		return nil, err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	of := *a
	of.store = filepath.Join(dir, "db")
	if _, err := of.restoreFolder(f); err != nil {
		return nil, err
	}
	return of.open(false)
}

// copied is a store in a folder of its own.
type copied struct {
	graph.Store
	dir string
}

// Close implements [graph.Store].
func (c copied) Close() error { return errors.Join(c.Store.Close(), os.RemoveAll(c.dir)) }
