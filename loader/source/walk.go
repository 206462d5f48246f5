package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"

	"whence/graph"
)

// Walk reads files and folders and calls yield for each document or problem, in a
// stable order: paths as given, the entries of a folder by name. The error is nil, an
// [*Error] or a [*Skip]; a problem never ends the walk. It stops when yield returns
// false or ctx ends.
//
// Hidden files and folders, sidecars and manifests are passed over without a word.
// Links are followed; a folder is read once.
//
// A tar file is read as the folder it holds, each member named "file#member"; see archive.go.
func Walk(ctx context.Context, paths []string, o Options, yield func(Item, error) bool) {
	newWalker(ctx, o, yield).walk(paths)
}

func newWalker(ctx context.Context, o Options, yield func(Item, error) bool) *walker {
	return &walker{ctx: ctx, o: o, yield: yield, open: func(name string) (io.ReadCloser, error) { return os.Open(name) }, seen: map[string]string{}}
}

func (w *walker) walk(paths []string) {
	if w.o.URL != "" && !oneFile(paths) {
		w.fail(strings.Join(paths, " "), StageOptions, fmt.Errorf("one address for several documents: %w", graph.ErrInvalid), "load that document by itself, or give addresses in a manifest.jsonl")
		return
	}
	for _, p := range paths {
		if !w.root(p) {
			return
		}
	}
}

func oneFile(paths []string) bool {
	if len(paths) != 1 {
		return false
	}
	info, err := os.Stat(paths[0])
	return !isArchive(paths[0]) && (err != nil || !info.IsDir())
}

type walker struct {
	ctx   context.Context
	o     Options
	yield func(Item, error) bool
	open  func(name string) (io.ReadCloser, error)
	seen  map[string]string // folders read, by resolved name, with the name they were read under
	// scan, if not nil, is told of each file, and no file is opened.
	scan func(name string, info fs.FileInfo, manifests []*manifest)
}

// fail yields an error. It and all methods below return false when the walk is to stop.
func (w *walker) fail(name string, stage Stage, err error, hint string) bool {
	return w.yield(Item{}, &Error{Path: filepath.ToSlash(name), Stage: stage, Offset: -1, Hint: hint, Err: plainCause(err)})
}

func (w *walker) skip(name string, reason Reason, detail string) bool {
	return w.yield(Item{}, &Skip{Path: filepath.ToSlash(name), Reason: reason, Detail: detail})
}

// plainCause drops the path that os puts into its errors: ours has one already.
func plainCause(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

func (w *walker) root(name string) bool {
	if w.ctx.Err() != nil {
		return false
	}
	name = filepath.Clean(name)
	info, err := os.Stat(name)
	if err != nil {
		return w.fail(name, StageOpen, err, openHint(err))
	}
	if info.IsDir() {
		return w.folder(name, nil, nil)
	}
	if base := filepath.Base(name); isSidecar(base) || base == manifestName {
		return w.skip(name, ReasonSidecar, "")
	}
	m, ok := w.manifest(filepath.Dir(name))
	return ok && w.file(name, info, []*manifest{m}, true)
}

func openHint(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "check the name"
	case errors.Is(err, fs.ErrPermission):
		return "make it readable for you"
	}
	return ""
}

// folder reads the entries of a folder. within are the resolved names of the folders
// it lies in, above the manifests that may speak of its files, nearest last.
func (w *walker) folder(name string, within []string, above []*manifest) bool {
	resolved, err := filepath.EvalSymlinks(name)
	if err == nil {
		resolved, err = filepath.Abs(resolved)
	}
	if err != nil {
		return w.fail(name, StageOpen, err, openHint(err))
	}
	if slices.Contains(w.o.Except, resolved) {
		return true
	}
	for _, r := range within {
		if r == resolved {
			return w.fail(name, StageOpen, fmt.Errorf("links back to a folder it lies in: %w", graph.ErrInvalid), "remove the link")
		}
	}
	if first, ok := w.seen[resolved]; ok {
		return w.skip(name, ReasonTwice, filepath.ToSlash(first))
	}
	w.seen[resolved] = name
	entries, err := os.ReadDir(name) // in order of name
	if err != nil {
		return w.fail(name, StageOpen, err, openHint(err))
	}
	m, ok := w.manifest(name)
	if !ok {
		return false
	}
	within, above = append(within[:len(within):len(within)], resolved), append(above[:len(above):len(above)], m)
	for _, e := range entries {
		if w.ctx.Err() != nil {
			return false
		}
		if strings.HasPrefix(e.Name(), ".") || e.Name() == manifestName || isSidecar(e.Name()) {
			continue
		}
		child := filepath.Join(name, e.Name())
		info, err := os.Stat(child)
		switch {
		case err != nil:
			ok = w.fail(child, StageOpen, err, openHint(err))
		case info.IsDir():
			ok = w.folder(child, within, above)
		default:
			ok = w.file(child, info, above, false)
		}
		if !ok {
			return false
		}
	}
	return w.unused(name, m)
}

// unused reports the lines of a manifest that name no file.
func (w *walker) unused(name string, m *manifest) bool {
	var missing []string
	for p := range m.lines {
		if _, err := os.Stat(filepath.Join(name, filepath.FromSlash(p))); err != nil {
			missing = append(missing, p)
		}
	}
	return m.missing(missing, w.yield)
}

// file reads one file. named says that it was given on the command line, and not met in a folder.
func (w *walker) file(name string, info fs.FileInfo, manifests []*manifest, named bool) bool {
	slash := filepath.ToSlash(name)
	if w.o.Only != nil && !w.o.Only(name) {
		return true
	}
	if !info.Mode().IsRegular() {
		return w.skip(name, ReasonSpecial, "")
	}
	if !w.readable(slash) && !named && !isArchive(slash) {
		return w.skip(name, ReasonType, "")
	}
	if info.Size() > w.o.maxBytes() && !isArchive(slash) && !w.streamed(slash) {
		return w.yield(Item{}, tooLarge(slash, info.Size(), w.o))
	}
	if info.Size() == 0 {
		return w.skip(name, ReasonEmpty, "")
	}
	if w.scan != nil {
		w.scan(name, info, manifests)
		return true
	}
	f, err := w.open(name)
	if err != nil {
		return w.fail(name, StageOpen, err, openHint(err))
	}
	defer f.Close()
	g, err := w.given(name, manifests)
	if err != nil {
		return w.yield(Item{}, err)
	}
	if isArchive(slash) {
		return w.archive(name, f, info.Size(), g)
	}
	return w.document(slash, w.counted(f), info.Size(), g, func(item Item, err error) bool {
		return w.ctx.Err() == nil && w.yield(item, err)
	})
}

// readable reports whether the name of a file is that of a document, or any is taken for one.
func (w *walker) readable(name string) bool {
	_, known := formatByExtension(name)
	return known || path.Ext(name) == "" || w.o.Format != ""
}

// bytes reads a file up to one byte more than a limit.
func (w *walker) bytes(name string, limit int64) ([]byte, error) {
	f, err := w.open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, limit+1))
}

// counted adds to [Options.Consumed] what is read.
func (w *walker) counted(r io.Reader) io.Reader {
	if w.o.Consumed == nil {
		return r
	}
	return &counter{r, w.o.Consumed}
}

type counter struct {
	r io.Reader
	n *atomic.Int64
}

func (c *counter) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	c.n.Add(int64(n))
	return n, err
}
