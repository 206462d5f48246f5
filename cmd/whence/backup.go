package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"whence/api"
	"whence/graph"
	"whence/graph/archive"
	"whence/graph/cayleystore"
	"whence/graph/folder"
	"whence/graph/store"
)

type backupCmd struct {
	File string `arg:"" help:"File to write; it appears, or is replaced, whole or not at all. - is stdout."`
}

// Run writes an archive of all that is held, and reads it again before it says so.
func (c *backupCmd) Run(a *app) error {
	if c.File == "-" {
		w := bufio.NewWriter(a.stdout)
		return errors.Join(a.backup(w), w.Flush())
	}
	var info archive.Info
	err := whole(c.File, 0o600, func(f *os.File) error {
		w := bufio.NewWriterSize(f, 1<<20)
		if err := errors.Join(a.backup(w), w.Flush()); err != nil {
			return err
		}
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return err
		}
		var err error
		info, err = archive.Check(a.ctx, bufio.NewReaderSize(f, 1<<20))
		return err
	})
	if err != nil {
		return err
	}
	return a.printArchive(c.File, info, "saved")
}

// backup writes an archive of the store, whoever has it open.
func (a *app) backup(w io.Writer) error {
	s, err := a.openToRead()
	if errors.Is(err, graph.ErrLocked) {
		return a.fetchBackup(err, w)
	} else if err != nil {
		return err
	}
	defer s.Close()
	step, clear := a.progress("saving quads and texts")
	defer clear()
	err = keeper{s}.backup(a.ctx, w, func(i archive.Info) { step(int(i.Quads+i.Texts), "") })
	return errors.Join(err, s.Close())
}

// fetchBackup has the process that has the store open write the archive.
func (a *app) fetchBackup(locked error, w io.Writer) error {
	response, err := a.fromHolder(a.ctx, locked, "/api/v1/backup", api.MediaArchive)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		body, err := io.ReadAll(io.LimitReader(response.Body, api.MaxBody))
		if err != nil {
			return err
		}
		_, err = answered(response.StatusCode, body)
		return err
	}
	step, clear := a.progress("receiving bytes")
	defer clear()
	done := 0
	_, err = io.Copy(w, io.TeeReader(response.Body, writerFunc(func(b []byte) { done += len(b); step(done, "") })))
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("the process that has the store open broke off the backup; its log says why: %w", err)
	}
	return err
}

// A writerFunc is shown what is written.
type writerFunc func([]byte)

func (f writerFunc) Write(b []byte) (int, error) { f(b); return len(b), nil }

func (a *app) printArchive(file string, i archive.Info, what string) error {
	if a.json {
		return jsonTo(a.stdout).Encode(i)
	}
	_, err := fmt.Fprintf(a.stdout, "%s: %s: %d quads, %d texts, %s, %d bytes; archive %s\n",
		what, clean(file), i.Quads, i.Texts, plural(int(i.Commits), "commit"), i.Bytes, cut(i.Digest, 12))
	return err
}

type restoreCmd struct {
	File  string `arg:"" help:"Archive that whence backup wrote; - is stdin."`
	Check bool   `help:"Only read the archive to its end and say whether it is whole."`
}

// Run restores an archive into the store, which must be empty.
func (c *restoreCmd) Run(a *app) error {
	f, err := a.archive(c.File)
	if err != nil {
		return err
	}
	defer f.Close()
	var info archive.Info
	what := "restored"
	if c.Check {
		what = "whole"
		info, err = archive.Check(a.ctx, bufio.NewReaderSize(f, 1<<20))
	} else {
		info, err = a.restore(f)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	return a.printArchive(c.File, info, what)
}

// archive opens an archive. It is read twice, so what comes from stdin is kept in a file meanwhile.
func (a *app) archive(path string) (*os.File, error) {
	if path != "-" {
		return os.Open(path)
	}
	f, err := os.CreateTemp("", "whence-restore-*")
	if err != nil {
		return nil, err
	}
	// Its name goes at once: whatever happens, nothing stays behind.
	if err := os.Remove(f.Name()); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	_, err = io.Copy(f, a.stdin)
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("standard input: %w", err), f.Close())
	}
	return f, nil
}

// restore restores an archive into the store that the command line names.
func (a *app) restore(f *os.File) (archive.Info, error) {
	switch {
	case a.store == "memory:":
		return a.restoreInto(f, cayleystore.MemoryBackend())
	case strings.Contains(a.store, "://"):
		b, err := a.serverBackend(true)
		if err != nil {
			return archive.Info{}, err
		}
		return a.restoreInto(f, b)
	}
	return a.restoreFolder(f)
}

// restoreInto restores into a backend and closes it.
func (a *app) restoreInto(f *os.File, b store.Backend) (archive.Info, error) {
	step, clear := a.progress("restoring quads, texts and commits")
	info, err := archive.Restore(a.ctx, f, b, archive.Options{
		Progress: func(i archive.Info) { step(int(i.Quads+i.Texts+i.Commits), "") },
		Settling: func() func() { clear(); return a.working(inOrder) },
	})
	clear()
	return info, errors.Join(err, b.Close())
}

// inOrder is what a terminal is told while a store is put in order.
const inOrder = "putting the store in order"

// restoreFolder restores into a folder, which appears when it is whole: until then it has another name beside it.
func (a *app) restoreFolder(f *os.File) (info archive.Info, err error) {
	if err := absent(a.store); err != nil {
		return info, err
	}
	dir, err := filepath.Abs(a.store)
	if err != nil {
		return info, err
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return info, err
	}
	tmp, err := os.MkdirTemp(filepath.Dir(dir), filepath.Base(dir)+".restoring-*")
	if err != nil {
		return info, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(tmp))
		}
	}()
	if err := os.Chmod(tmp, 0o755); err != nil { // as of any store; MkdirTemp is stricter
		return info, err
	}
	// Until it is whole, to end it loses what was done.
	b, err := folder.OpenBackend(tmp, folder.Options{Settling: func() func() { return a.working(inOrder) }})
	if err != nil {
		return info, err
	}
	if info, err = a.restoreInto(f, b); err != nil {
		return info, err
	}
	if err := os.Remove(dir); err != nil && !errors.Is(err, fs.ErrNotExist) { // it is empty
		return info, err
	}
	if err := os.Rename(tmp, dir); err != nil {
		return info, err
	}
	return info, syncFolder(filepath.Dir(dir))
}

// absent checks that nothing is at a path, or an empty folder.
func absent(path string) error {
	entries, err := os.ReadDir(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case len(entries) > 0:
		return fmt.Errorf("%s is not empty: restore into a new store, or move that one away: %w", path, graph.ErrConflict)
	}
	return nil
}
