package pebblequads

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"syscall"

	"github.com/cockroachdb/pebble/v2"

	"whence/graph"
)

// A damagedError says which file of a folder does not read back, and how. It wraps
// [graph.ErrDamaged] and what the engine says.
type damagedError struct {
	path string // of the file; of the folder when it is not known which, "" when that neither
	what string
	err  error // nil when the engine does not know
}

// Error implements error.
func (e *damagedError) Error() string {
	if e.path == "" {
		return fmt.Sprintf("%v: %s", graph.ErrDamaged, e.what)
	}
	return fmt.Sprintf("%v: %s: %s", graph.ErrDamaged, e.path, e.what)
}

// Unwrap implements [errors.Unwrap] for several.
func (e *damagedError) Unwrap() []error {
	if e.err == nil {
		return []error{graph.ErrDamaged}
	}
	return []error{graph.ErrDamaged, e.err}
}

// damage marks what the engine reports as corrupted, and names the file as far as it does.
func damage(err error) error {
	switch {
	case err == nil, errors.Is(err, graph.ErrDamaged):
		return err
	case pebble.IsCorruptionError(err), errors.Is(err, errCount):
		path := ""
		if info := pebble.ExtractDataCorruptionInfo(err); info != nil {
			path = info.Path
		}
		return &damagedError{path, plainly(err), err}
	}
	return err
}

// once returns, of an error in which several layers tell of one damage, what tells of it best: with the file, or
// at least with the folder.
func (d *DB) once(err error) error {
	if !errors.Is(err, graph.ErrDamaged) {
		return err
	}
	var known *damagedError
	if errors.As(err, &known) {
		if known.path == "" {
			return &damagedError{d.dir, known.what, known.err}
		}
		return known
	}
	what, _, _ := strings.Cut(err.Error(), "\n")
	return &damagedError{d.dir, strings.ReplaceAll(what, graph.ErrDamaged.Error()+": ", ""), err}
}

// noise is what the engine says that tells a reader nothing, or again what the name of the file tells.
var noise = regexp.MustCompile(`<corruption detail carrier>|pebble(/\w+)?: |backing file \d+ error: |invalid table \d+: |file \d+: | \(\S+\.sst\)|^L\d: (\d+: )?| for DB "[^"]*"| "MANIFEST-\d+"|^store is damaged: `)

// plainly returns what the engine says about damage in a line, without that.
func plainly(err error) string {
	first, _, _ := strings.Cut(err.Error(), "\n")
	return strings.TrimSpace(noise.ReplaceAllString(first, ""))
}

// What the engine calls files when it cannot be opened.
var (
	tableNumber  = regexp.MustCompile(`\b(?:file |table |L\d: )(\d{6,})\b`)
	tableUnknown = regexp.MustCompile(`file (\d{6,}) \(type sstable\) unknown`)
	fileName     = regexp.MustCompile(`\b((?:MANIFEST|OPTIONS)-\d{6,}|\d{6,}\.(?:sst|log|blob))\b`)
)

// engineError says which file keeps the engine from being opened. made says that there was a store.
func (d *DB) engineError(err error, made bool) error {
	path := func(name string) string { return d.files.PathJoin(d.dir, name) }
	var known *damagedError
	if errors.As(err, &known) && known.path == "" {
		err = known.err
	}
	says := err.Error()
	switch {
	case made && errors.Is(err, pebble.ErrDBDoesNotExist):
		return &damagedError{path("marker.manifest.*"), "it is missing, and names the engine's list of files", err}
	case made && strings.Contains(says, "written in format major version 1 "): // what it takes it for then
		return &damagedError{path("marker.format-version.*"), "it is missing, and tells in which format the other files are", err}
	case tableUnknown.MatchString(says):
		var missing []string
		for _, m := range tableUnknown.FindAllStringSubmatch(says, -1) {
			missing = append(missing, m[1]+".sst")
		}
		slices.Sort(missing)
		return &damagedError{path(strings.Join(slices.Compact(missing), ", ")), "missing, but listed in " + d.guard.spare.list(), err}
	case known == nil && (isSystem(err) || errors.Is(err, pebble.ErrDBDoesNotExist) || strings.Contains(says, "format major version")):
		return err
	}
	switch {
	case known != nil && known.path != "":
		return known
	case fileName.MatchString(says):
		name := fileName.FindString(says)
		what := plainly(err)
		if errors.Is(err, fs.ErrNotExist) {
			what = "it is missing"
		}
		return &damagedError{path(name), what, err}
	case strings.Contains(says, "WAL"), strings.Contains(says, " wal "):
		return &damagedError{path(d.guard.spare.log()), plainly(err), err}
	case tableNumber.MatchString(says):
		return &damagedError{path(tableNumber.FindStringSubmatch(says)[1] + ".sst"), plainly(err), err}
	}
	return &damagedError{d.dir, plainly(err), err}
}

// isSystem reports whether an error is one of the system: of a disk or of permissions. That a file is missing is none.
func isSystem(err error) bool {
	var sys syscall.Errno
	return errors.Is(err, fs.ErrPermission) || errors.As(err, &sys) && sys != syscall.ENOENT
}

// openError says why a folder could not be opened, in the words of [graph].
func (d *DB) openError(err error) error {
	switch {
	case errors.Is(err, graph.ErrDamaged):
		return d.once(err)
	case errors.Is(err, graph.ErrVersion), errors.Is(err, graph.ErrLocked):
	case errors.Is(err, pebble.ErrDBDoesNotExist):
		return fmt.Errorf("%s: %w", d.dir, fs.ErrNotExist)
	case strings.Contains(err.Error(), "format major version"):
		err = fmt.Errorf("%w: %w", graph.ErrVersion, err)
	case errors.Is(err, syscall.EISDIR):
		path := d.dir
		var known *fs.PathError
		if errors.As(err, &known) {
			path = known.Path
		}
		return &damagedError{path, "it is a folder, and should be a file: put the file back, or move the folder away, and try again", err}
	case isSystem(err):
		// It says what is the matter.
	default:
		// What the engine says of files that are missing, too short or not what they should be.
		return &damagedError{d.dir, plainly(err), err}
	}
	return fmt.Errorf("%s: %w", d.dir, err)
}
