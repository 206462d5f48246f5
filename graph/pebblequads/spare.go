package pebblequads

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/cockroachdb/pebble/v2/vfs"
)

// A spare keeps from the engine, while it is opened, what it would refuse the folder for though nothing
// hangs on it, and tells of it:
//
//   - An OPTIONS file that does not read back. It holds settings, which are written anew at each opening; what of them
//     must fit stands elsewhere too: the comparer in the list of files, and with it the merger
//     in the key of the format.
//   - A log too short to hold a record. It is the end that the engine writes to a log that it closes. One that was longer
//     is like one that is gone: the count of commits tells of it, or an entry that is missing.
type spare struct {
	warn  func(string)
	check func(content string) error // of an OPTIONS file

	mu     sync.Mutex
	told   map[string]bool
	newest string // the last log that was read and holds something
	lists  string // the list of files that was read
}

// logEnd is how many bytes the engine ends a log with: a header of a record that is none, with the
// number of the next log (record.LogWriter of Pebble).
const logEnd = 11

// log returns the name of the last log that was read and holds something, or a pattern when none does.
func (s *spare) log() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return cmp.Or(s.newest, "*.log")
}

// list returns the name of the engine's list of files.
func (s *spare) list() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return cmp.Or(s.lists, "MANIFEST-*")
}

// say warns of a file, once.
func (s *spare) say(path, what string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.warn == nil || s.told[path] {
		return
	}
	if s.told == nil {
		s.told = map[string]bool{}
	}
	s.told[path] = true
	s.warn(path + ": " + what)
}

// hide leaves an OPTIONS file out that does not read back. The engine reads the newest only.
func (s *spare) hide(files vfs.FS, dir string, names []string) []string {
	newest, highest := "", -1
	for _, name := range names {
		if digits, ok := strings.CutPrefix(name, "OPTIONS-"); ok {
			if n, err := strconv.Atoi(digits); err == nil && n > highest {
				newest, highest = name, n
			}
		}
	}
	if newest == "" {
		return names
	}
	path := files.PathJoin(dir, newest)
	content, err := readFile(files, path)
	if err != nil {
		return names // the engine meets it too
	}
	if err := s.check(string(content)); err == nil {
		return names
	} else {
		s.say(path, fmt.Sprintf("it does not read back (%s); only settings stand in it, which are written anew, so nothing is lost", plainly(err)))
	}
	return slices.DeleteFunc(names, func(name string) bool { return name == newest })
}

// open opens a file, and a log that is too short to hold anything as an empty one.
func (s *spare) open(files vfs.FS, path string, o []vfs.OpenOption) (vfs.File, error) {
	f, err := files.Open(path, o...)
	digits, isLog := strings.CutSuffix(files.PathBase(path), ".log")
	if strings.HasPrefix(files.PathBase(path), "MANIFEST-") {
		s.mu.Lock()
		s.lists = files.PathBase(path)
		s.mu.Unlock()
	}
	if err != nil || !isLog {
		return f, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	if info.Size() > logEnd {
		s.mu.Lock()
		s.newest = max(s.newest, files.PathBase(path))
		s.mu.Unlock()
		return f, nil
	}
	content, err := io.ReadAll(f)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	if n, err := strconv.ParseUint(digits, 10, 32); err == nil && len(content) > 0 && !isLogEnd(content, uint32(n)) {
		s.say(path, "it does not read back; it is too short to hold anything, so nothing is lost by it")
	}
	return emptyLog{f}, nil
}

func isLogEnd(b []byte, log uint32) bool {
	return len(b) == logEnd && binary.LittleEndian.Uint32(b) == 0 && binary.LittleEndian.Uint32(b[7:]) == log+1
}

// An emptyLog reads as empty.
type emptyLog struct{ vfs.File }

func (emptyLog) Read([]byte) (int, error)          { return 0, io.EOF }
func (emptyLog) ReadAt([]byte, int64) (int, error) { return 0, io.EOF }

func readFile(files vfs.FS, path string) ([]byte, error) {
	f, err := files.Open(path)
	if err != nil {
		return nil, err
	}
	b, err := io.ReadAll(f)
	return b, errors.Join(err, f.Close())
}
