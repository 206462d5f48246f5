package source

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// A File is one that [Walk] would read.
type File struct {
	Path    string // as Walk opens it
	Size    int64  // in bytes
	Changed time.Time
	// Stamp changes when the file does, or what sidecars and manifests say of it: it is made of sizes,
	// times and modes, and nothing is opened for it.
	Stamp string
}

// Scanned is what is there to be read.
type Scanned struct {
	Files    []File   // in the order of [Walk]
	Folders  []string // those that were looked into
	Problems []error  // [*Error] and [*Skip]; Walk reports them too
}

// Scan lists what [Walk] would read, without opening a file.
func Scan(ctx context.Context, paths []string, o Options) Scanned {
	var out Scanned
	w := newWalker(ctx, o, func(_ Item, err error) bool {
		out.Problems = append(out.Problems, err)
		return true
	})
	w.scan = func(name string, info fs.FileInfo, manifests []*manifest) {
		var stamp strings.Builder
		stamp.WriteString(stampOf(info))
		for _, sidecar := range sidecarsOf(name) {
			if info, err := os.Stat(sidecar); err == nil {
				stamp.WriteString(stampOf(info))
				break
			}
		}
		for _, m := range manifests {
			stamp.WriteString(m.stamp)
		}
		out.Files = append(out.Files, File{name, info.Size(), info.ModTime(), stamp.String()})
	}
	w.walk(paths)
	for _, name := range w.seen {
		out.Folders = append(out.Folders, name)
	}
	slices.Sort(out.Folders)
	return out
}

func stampOf(info fs.FileInfo) string {
	return fmt.Sprintf("%d:%d:%o;", info.Size(), info.ModTime().UnixNano(), info.Mode())
}

// stamped is the manifest of a folder with nothing but its stamp.
func stamped(folder string) *manifest {
	m := &manifest{folder: folder}
	if info, err := os.Stat(filepath.Join(folder, manifestName)); err == nil {
		m.stamp = stampOf(info)
	}
	return m
}
