package source

import (
	"archive/tar"
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"whence/graph"
)

// maxMembers bounds the members of an archive.
const maxMembers = 1_000_000

// isArchive reports whether a name is that of a tar file, compressed or not.
func isArchive(name string) bool {
	name = strings.ToLower(name)
	return strings.HasSuffix(name, ".tar") || strings.HasSuffix(name, ".tar"+gzipSuffix) || strings.HasSuffix(name, ".tgz")
}

// An archive is a tar file that is read as a folder. It is read twice: what describes its documents may stand
// behind them.
type archive struct {
	name  string // slash-separated
	size  int64
	o     Options
	ctx   context.Context
	outer given                // what is known of the archive as a whole
	notes map[string][]byte    // its sidecars and manifests
	read  map[string]*manifest // those of notes, by folder
	inner *walker              // whose files are the members
	yield func(Item, error) bool
}

// archive reads the members of a tar file, of which f is the start.
func (w *walker) archive(name string, f io.Reader, size int64, outer given) bool {
	a := &archive{
		name: filepath.ToSlash(name), size: size, o: w.o, ctx: w.ctx, outer: outer, yield: w.yield,
		notes: map[string][]byte{}, read: map[string]*manifest{},
	}
	a.inner = newWalker(w.ctx, w.o, a.member)
	a.inner.open = a.note
	// What cannot be read meets the second reading again, and is told then.
	if first, err := w.open(name); err == nil {
		ok := a.gather(first)
		_ = first.Close() // it was only read
		if !ok {
			return false
		}
	}
	n, ok, err := a.each(w.counted(f), a.file)
	switch {
	case !ok:
		return false
	case n == 0 && errors.Is(err, tar.ErrHeader):
		err = errNotTar
		fallthrough
	case errors.Is(err, errNotGzip), errors.Is(err, errTooShort):
		return w.yield(Item{}, &Error{Path: a.name, Stage: StageOpen, Offset: -1, Hint: damage(err), Err: err})
	case err != nil:
		return w.yield(Item{}, &Error{
			Path: a.name, Stage: StageParse, Offset: -1, Hint: damage(err),
			Err: fmt.Errorf("the archive breaks off after %s: %w", count(n, "member"), err),
		})
	}
	return a.unused()
}

// member passes on what was found in the archive, under a name that tells where.
func (a *archive) member(item Item, err error) bool {
	var (
		e *Error
		s *Skip
	)
	switch {
	case errors.As(err, &e):
		named := *e
		named.Path = a.name + "#" + e.Path
		err = &named
	case errors.As(err, &s):
		named := *s
		named.Path = a.name + "#" + s.Path
		err = &named
	default:
		item.Capture.Path = a.name + "#" + item.Capture.Path
	}
	return a.ctx.Err() == nil && a.yield(item, err)
}

// note opens a sidecar or manifest of the archive.
func (a *archive) note(name string) (io.ReadCloser, error) {
	b, ok := a.notes[filepath.ToSlash(name)]
	if !ok {
		return nil, fs.ErrNotExist
	}
	return io.NopCloser(bytes.NewReader(b)), nil
}

// errUnclosed is what reading ends with when the mark is missing that closes an archive.
var errUnclosed = fmt.Errorf("the mark that closes it is missing: %w", io.ErrUnexpectedEOF)

// errNotTar is what a file is refused with that only its name says to be an archive.
var errNotTar = fmt.Errorf("it is not a tar archive, which its name says: %w", graph.ErrInvalid)

// tarBlock is how many bytes any tar archive begins with: a header, or the mark that closes it.
const tarBlock = 512

// errTooShort is what a file is refused with of which that cannot be told: it ends before it.
var errTooShort = fmt.Errorf("it is too short for a tar archive, which its name says: %w", graph.ErrInvalid)

// each calls f with every member until it returns false; n counts them. The error is why the archive could not be read to
// its end.
func (a *archive) each(r io.Reader, f func(*tar.Header, io.Reader) bool) (n int, ok bool, err error) {
	if !strings.HasSuffix(strings.ToLower(a.name), ".tar") {
		if r, err = a.o.inflate(r, a.size); err != nil {
			return 0, true, err
		}
	}
	buffered := bufio.NewReaderSize(r, sniffBytes)
	if _, err := buffered.Peek(tarBlock); errors.Is(err, io.EOF) { // any other error meets the reader again
		return 0, true, errTooShort
	}
	end := &ending{r: buffered}
	t := tar.NewReader(end)
	for ; ; n++ {
		if a.ctx.Err() != nil {
			return n, false, nil //nolint:nilerr // the walk stops, and who ended it knows why
		}
		header, err := t.Next()
		switch {
		case errors.Is(err, io.EOF):
			if end.zeros < tarBlock {
				return n, true, errUnclosed
			}
			_, err = io.Copy(io.Discard, end.r) // the checksum stands at the end
			return n, true, err
		case err != nil && !errors.Is(err, tar.ErrInsecurePath):
			return n, true, err
		case n >= maxMembers:
			return n, true, fmt.Errorf("more than %d members: %w", maxMembers, graph.ErrInvalid)
		}
		if !f(header, t) {
			return n, false, nil
		}
	}
}

// ending counts the zero bytes that were read last: blocks of them close an archive.
type ending struct {
	r     io.Reader
	zeros int
}

func (e *ending) Read(b []byte) (int, error) {
	n, err := e.r.Read(b)
	zeros := n - len(bytes.TrimRight(b[:n], "\x00"))
	if zeros == n {
		zeros += e.zeros
	}
	e.zeros = min(zeros, 1<<20)
	return n, err
}

// gather keeps the sidecars and manifests.
func (a *archive) gather(r io.Reader) bool {
	kept := int64(0)
	_, ok, _ := a.each(r, func(h *tar.Header, r io.Reader) bool {
		name, inside := memberName(h.Name)
		limit := int64(maxYAML)
		switch base := path.Base(name); {
		case !inside || !isFile(h) || isHidden(name):
			return true
		case base == manifestName:
			limit = a.o.maxBytes()
		case !isSidecar(base):
			return true
		}
		b, err := io.ReadAll(io.LimitReader(r, limit+1))
		if err != nil {
			return true // each meets it too
		}
		if kept += int64(len(b)); kept > a.o.maxBytes() {
			return a.yield(Item{}, &Error{
				Path: a.name, Stage: StageMetadata, Offset: -1, Hint: "raise the size limit, or put what is known into the documents",
				Err: fmt.Errorf("its sidecars and manifests take more than %d bytes, and the rest of them was left aside: %w", a.o.maxBytes(), graph.ErrInvalid),
			}) && false
		}
		a.notes[name] = b
		return true
	})
	return ok || a.ctx.Err() == nil && kept > a.o.maxBytes()
}

// memberName returns the name of a member as a path from the archive's own folder; false when it leads out of it.
func memberName(name string) (string, bool) {
	clean := path.Clean(strings.TrimSuffix(name, "/"))
	if name == "" || path.IsAbs(clean) || strings.Contains(name, "\x00") || slices.Contains(strings.Split(name, "/"), "..") {
		return "", false
	}
	return clean, true
}

func isFile(h *tar.Header) bool { return h.Typeflag == tar.TypeReg || h.Typeflag == tar.TypeGNUSparse }

func isHidden(name string) bool {
	return slices.ContainsFunc(strings.Split(name, "/"), func(part string) bool { return strings.HasPrefix(part, ".") && part != "." })
}

// file reads one member, by its name, as a file in a folder is.
func (a *archive) file(h *tar.Header, r io.Reader) bool {
	skip := func(name string, reason Reason, detail string) bool {
		return a.member(Item{}, &Skip{Path: name, Reason: reason, Detail: detail})
	}
	name, inside := memberName(h.Name)
	switch base := path.Base(name); {
	case h.Typeflag == tar.TypeDir || h.Typeflag == tar.TypeXGlobalHeader:
		return true
	case !inside:
		return skip(h.Name, ReasonOutside, "")
	case isHidden(name) || isFile(h) && (base == manifestName || isSidecar(base)):
		return true
	case h.Typeflag == tar.TypeSymlink || h.Typeflag == tar.TypeLink:
		return skip(name, ReasonLink, h.Linkname)
	case !isFile(h):
		return skip(name, ReasonSpecial, "")
	case isArchive(name):
		return skip(name, ReasonNested, "")
	case !a.inner.readable(name):
		return skip(name, ReasonType, "")
	case h.Size > a.o.maxBytes() && !a.inner.streamed(name):
		return a.member(Item{}, tooLarge(name, h.Size, a.o))
	case h.Size == 0:
		return skip(name, ReasonEmpty, "")
	}
	manifests, ok := a.manifests(name)
	if !ok {
		return false
	}
	g, err := a.inner.given(name, manifests)
	if err != nil {
		return a.member(Item{}, err)
	}
	for _, m := range []metadata{a.outer.sidecar, a.outer.manifest} {
		m.url, m.title = "", "" // they cannot be those of every member
		g.manifest.fill(m)
	}
	return a.inner.document(name, r, h.Size, g, a.member)
}

// manifests returns the manifests that may speak of a member, nearest last.
func (a *archive) manifests(name string) (out []*manifest, ok bool) {
	for dir := path.Dir(name); ; dir = path.Dir(dir) {
		if _, held := a.notes[path.Join(dir, manifestName)]; held {
			if a.read[dir] == nil {
				if a.read[dir], ok = a.inner.manifest(dir); !ok {
					return nil, false
				}
			}
			out = append(out, a.read[dir])
		}
		if dir == "." {
			slices.Reverse(out)
			return out, true
		}
	}
}

// unused reports the lines of manifests that name no member.
func (a *archive) unused() bool {
	var names []string
	for name := range a.notes {
		if path.Base(name) == manifestName {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		if _, ok := a.manifests(name); !ok {
			return false
		}
		m := a.read[path.Dir(name)]
		var missing []string
		for p := range m.lines {
			if !m.used[p] {
				missing = append(missing, p)
			}
		}
		if !m.missing(missing, a.member) {
			return false
		}
	}
	return true
}
