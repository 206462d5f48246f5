package source

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"whence/graph"
)

const (
	sidecarSuffix = ".meta.yaml"
	manifestName  = "manifest.jsonl"
)

// isSidecar reports whether a file only describes another.
func isSidecar(name string) bool { return strings.HasSuffix(strings.ToLower(name), sidecarSuffix) }

// sidecarsOf are the names under which a file's sidecar is looked for, in order.
func sidecarsOf(name string) []string {
	return []string{name + sidecarSuffix, strings.TrimSuffix(name, filepath.Ext(name)) + sidecarSuffix}
}

// given gathers what sidecar and manifests say about a file.
func (w *walker) given(name string, manifests []*manifest) (given, error) {
	var g given
	for _, sidecar := range sidecarsOf(name) {
		b, err := w.bytes(sidecar, maxYAML)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		fail := func(err error) (given, error) {
			e := &Error{
				Path: filepath.ToSlash(sidecar), Stage: StageMetadata, Offset: -1, Err: plainCause(err),
				Hint: "correct the sidecar there; a value that holds a colon stands in quotation marks, a date is YYYY, YYYY-MM or YYYY-MM-DD",
			}
			if at := (*lineError)(nil); errors.As(err, &at) {
				e.Line = at.line
			}
			return given{}, e
		}
		if err != nil {
			return fail(err)
		}
		text, _ := decode(b, false)
		m, notes, err := parseYAML(text, 0)
		if err != nil {
			return fail(err)
		}
		g.sidecar, g.notes = m, append(g.notes, prefixed("sidecar: ", notes)...)
		break
	}
	for i := len(manifests) - 1; i >= 0; i-- {
		rel, err := filepath.Rel(manifests[i].folder, name)
		if err != nil {
			continue
		}
		if line, ok := manifests[i].lines[filepath.ToSlash(rel)]; ok {
			manifests[i].used[filepath.ToSlash(rel)] = true
			g.manifest.fill(line.metadata)
			g.notes = append(g.notes, prefixed("manifest: ", line.notes)...)
		}
	}
	return g, nil
}

func prefixed(prefix string, notes []string) []string {
	out := make([]string, len(notes))
	for i, n := range notes {
		out[i] = prefix + n
	}
	return out
}

// A manifest says what is known of the files in and below its folder.
type manifest struct {
	folder string
	lines  map[string]manifestLine // by slash-separated path from the folder
	used   map[string]bool         // of lines, those that a file was read with
	stamp  string                  // of a scan, which reads no lines; see [File]
}

type manifestLine struct {
	metadata
	line  int
	notes []string
}

// manifest reads the manifest of a folder. A bad line is an error, and the rest goes
// on. Without the file it is empty. ok is false when the walk is to stop.
func (w *walker) manifest(folder string) (m *manifest, ok bool) {
	if w.scan != nil {
		return stamped(folder), true
	}
	m = &manifest{folder: folder, lines: map[string]manifestLine{}, used: map[string]bool{}}
	name := filepath.Join(folder, manifestName)
	b, err := w.bytes(name, w.o.maxBytes())
	if errors.Is(err, fs.ErrNotExist) {
		return m, true
	}
	if err != nil {
		return m, w.fail(name, StageMetadata, err, openHint(err))
	}
	if int64(len(b)) > w.o.maxBytes() {
		return m, w.yield(Item{}, tooLarge(filepath.ToSlash(name), int64(len(b)), w.o))
	}
	text, _ := decode(b, false)
	number := 0
	for line := range strings.Lines(text) {
		number++
		if strings.TrimSpace(line) == "" {
			continue
		}
		p, l, err := parseManifestLine(line)
		if _, twice := m.lines[p]; err == nil && twice {
			err = fmt.Errorf("%q stands twice: %w", p, graph.ErrInvalid)
		}
		if err != nil {
			e := &Error{
				Path: filepath.ToSlash(name), Stage: StageMetadata, Line: number, Offset: -1, Err: err,
				Hint: `want one object a line with "path", from the folder of the manifest, and what is known`,
			}
			if !w.yield(Item{}, e) {
				return m, false
			}
			continue
		}
		l.line = number
		m.lines[p] = l
	}
	return m, true
}

// missing reports lines that name no file.
func (m *manifest) missing(paths []string, yield func(Item, error) bool) bool {
	slices.Sort(paths)
	for _, p := range paths {
		e := &Error{
			Path: filepath.ToSlash(filepath.Join(m.folder, manifestName)), Stage: StageMetadata, Line: m.lines[p].line, Offset: -1,
			Err: fmt.Errorf("%q: %w", p, fs.ErrNotExist), Hint: "a path counts from the folder of the manifest",
		}
		if !yield(Item{}, e) {
			return false
		}
	}
	return true
}

func parseManifestLine(line string) (name string, l manifestLine, err error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(bytes.TrimSpace([]byte(line)), &fields); err != nil {
		return "", l, fmt.Errorf("not JSON: %w: %w", err, graph.ErrInvalid)
	}
	for _, key := range sortedKeys(fields) {
		values, err := jsonValues(fields[key])
		if err == nil && key == "path" {
			if len(values) == 1 {
				name = path.Clean(filepath.ToSlash(values[0]))
			}
			continue
		}
		var note string
		if err == nil {
			note, err = l.set(key, values)
		} else if err = fmt.Errorf("%s: %w: %w", key, err, graph.ErrInvalid); !knownField(strings.ToLower(key)) {
			note, err = fmt.Sprintf("unknown field %q left aside", key), nil
		}
		if err != nil {
			return "", l, err
		}
		if note != "" {
			l.notes = append(l.notes, note)
		}
	}
	if name == "" || name == "." || path.IsAbs(name) || strings.HasPrefix(name, "../") {
		return "", l, fmt.Errorf("no path inside the folder: %w", graph.ErrInvalid)
	}
	return name, l, nil
}
