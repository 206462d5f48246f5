package source

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// A File is one that [Walk] would read.
type File struct {
	Path string // as Walk opens it
	Size int64  // in bytes
	// Stamp changes when the file does, or what sidecars and manifests say of it: it is made of sizes and
	// times, and nothing is opened for it.
	Stamp string
}

// Scan lists the files that [Walk] would read, in its order, without opening one. What stands in
// the way is in problems; Walk reports it too.
func Scan(ctx context.Context, paths []string, o Options) (files []File, problems []error) {
	w := newWalker(ctx, o, func(_ Item, err error) bool {
		problems = append(problems, err)
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
		files = append(files, File{name, info.Size(), stamp.String()})
	}
	w.walk(paths)
	return files, problems
}

func stampOf(info fs.FileInfo) string {
	return fmt.Sprintf("%d:%d;", info.Size(), info.ModTime().UnixNano())
}

// stamped is the manifest of a folder with nothing but its stamp.
func stamped(folder string) *manifest {
	m := &manifest{folder: folder}
	if info, err := os.Stat(filepath.Join(folder, manifestName)); err == nil {
		m.stamp = stampOf(info)
	}
	return m
}
