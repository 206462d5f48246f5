package pebblequads

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/bloom"
	"github.com/cockroachdb/pebble/v2/vfs"
)

// Options are what [Open] may be told. The zero value is for use.
type Options struct {
	// FS is where the folder is; nil for the file system of the machine.
	FS vfs.FS
	// CacheBytes is how much memory blocks of files may take; 0 for 64 MB. The system keeps the files in
	// memory as well, so that what is not in it takes some microseconds to decompress.
	CacheBytes int64
	// MemTableBytes is how much may be written before it goes into a sorted file, and
	// about how much memory that takes, twice while it is written; 0 for 32 MB.
	MemTableBytes int64
	// ReadOnly opens a folder that must be there, and changes nothing in it.
	ReadOnly bool
	// MustExist fails with [io/fs.ErrNotExist] where nothing was ever kept.
	MustExist bool
	// Warn is told of damage that nothing hangs on, while the folder is opened: in a line, which names the file.
	// nil tells nobody.
	Warn func(string)
	// Settling is called when the folder is closed and files are going to be merged, which takes some tens of seconds after
	// a large load, and done when that has ended. A process that is killed meanwhile loses nothing. nil tells nobody.
	Settling func() (done func())

	plain    bool          // no compression, for tests that look into files
	patience time.Duration // 0 for defaultPatience
}

const (
	defaultCache    = 64 << 20
	defaultMemTable = 32 << 20
	// defaultPatience is how long an engine that failed is waited for, in a commit and when it
	// is closed: it may never come back, and nothing that it still does counts.
	defaultPatience = 2 * time.Second
	// blockSize is what one read from the disk brings, in bytes before compression.
	// Larger blocks are smaller on disk and slower to find one node in: with 32 KB and zstd a store
	// takes a fifth less room, and reading a node that is not in memory takes two to three times as long.
	blockSize = 8 << 10
)

// engineOptions returns the options that the engine is opened with.
func (o *Options) engineOptions(d *DB) *pebble.Options {
	e := &pebble.Options{
		FS:                          d.guard,
		CacheSize:                   o.CacheBytes,
		MemTableSize:                uint64(o.MemTableBytes),
		MemTableStopWritesThreshold: 3,
		FormatMajorVersion:          pebble.FormatValueSeparation,
		Comparer:                    comparer,
		Merger:                      sum,
		ReadOnly:                    o.ReadOnly,
		ErrorIfNotExists:            o.ReadOnly || o.MustExist,
		Cleaner:                     cleaner{},
		Logger:                      logger{d},
		EventListener:               d.listener(),
		// With twice the files before they are merged a load has a third less to do, and a read up to eight filters to ask.
		L0CompactionThreshold:      8,
		LBaseMaxBytes:              256 << 20,
		L0StopWritesThreshold:      40,
		MaxManifestFileSize:        1, // written anew with each change of the files, as it names keys
		MaxOpenFiles:               500,
		CompactionConcurrencyRange: func() (int, int) { return 1, 2 },
	}
	e.TargetFileSizes[0] = 4 << 20
	for i := range e.Levels {
		e.Levels[i].BlockSize = blockSize
		e.Levels[i].IndexBlockSize = blockSize
		e.Levels[i].FilterPolicy = bloom.FilterPolicy(10)
	}
	// Nearly all that is asked for is in the last level: a filter there tells little.
	e.Levels[len(e.Levels)-1].FilterPolicy = pebble.NoFilterPolicy
	compression := pebble.DBCompressionFastest
	if o.plain {
		compression = pebble.DBCompressionNone
	}
	e.Experimental.SpanPolicyFunc = spanPolicy
	e.ApplyCompressionSettings(func() pebble.DBCompressionSettings { return compression })
	e.EnsureDefaults()
	return e
}

// spanPolicy says how keys are kept. The engine takes keys with one prefix for versions of one thing, the first of which is
// the newest, and would keep the values of the others elsewhere in the file. Here they are fields of a node, and read together.
func spanPolicy([]byte) (policy pebble.SpanPolicy, end []byte, err error) {
	return pebble.SpanPolicy{DisableValueSeparationBySuffix: true}, nil, nil
}

// cleaner removes files. That it names itself as one that needs what files hold keeps
// the engine from using old write-ahead logs again, which would leave in the rest of
// them what was removed long ago.
type cleaner struct {
	pebble.DeleteCleaner // does the cleaning
	wantsContents
}

// wantsContents lies one deeper, so that how it cleans is not seen.
type wantsContents struct{ pebble.ArchiveCleaner }

// sum is how counters are kept: as numbers to add up, so that nothing is read to change
// one.
var sum = &pebble.Merger{
	Name: "whence.sum",
	Merge: func(_, value []byte) (pebble.ValueMerger, error) {
		n, err := decodeCount(value)
		return &summer{n}, err
	},
}

type summer struct{ n int64 }

func (s *summer) MergeNewer(value []byte) error {
	n, err := decodeCount(value)
	s.n += n
	return err
}

func (s *summer) MergeOlder(value []byte) error { return s.MergeNewer(value) }

func (s *summer) Finish(bool) ([]byte, io.Closer, error) { return encodeCount(s.n), nil, nil }

func encodeCount(n int64) []byte { return binary.AppendVarint(nil, n) }

var errCount = errors.New("a counter that is no number")

func decodeCount(b []byte) (int64, error) {
	n, size := binary.Varint(b)
	if size != len(b) || size <= 0 {
		return 0, fmt.Errorf("%w: %x", errCount, b)
	}
	return n, nil
}
