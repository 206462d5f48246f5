package pebblequads

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/vfs"
	"golang.org/x/sync/semaphore"

	"whence/graph"
	"whence/graph/store"
)

// format is what is kept under the key of the format. A folder in the one before is taken as it is: it has none of what
// covers relations and words, and gets it with what is written from now on. Any other is refused.
const (
	format       = "whence pebblequads 2"
	formatBefore = "whence pebblequads 1"
)

// A DB keeps quads, texts and a log of entries in a folder. It is a
// [store.Backend], and [DB.QuadStore] is Cayley's view of it. It is safe for
// concurrent use; one process at a time may have a folder open for writing.
type DB struct {
	dir      string
	files    vfs.FS
	guard    *guard // files, for the engine
	readOnly bool
	engine   *pebble.DB
	options  *pebble.Options
	lock     io.Closer // nil when the folder is only read and cannot be locked
	failed   *failure
	patience time.Duration
	settling func() (done func())
	names    names

	writer *semaphore.Weighted // held by one that writes
	head   *head               // guarded by writer
	lost   atomic.Int64        // commits that are gone; changed by a writer only
	doubt  string              // why it cannot be said that none is; guarded by mu
	began  int64               // commits when it was opened

	mu      sync.Mutex
	last    *state // what is held now
	open    int    // states that are not closed
	owed    bool   // what was removed may lie in older files until only last is open
	purging sync.WaitGroup
}

var _ store.Backend = (*DB)(nil)

// Open opens a folder, and makes it unless o says otherwise; o may be nil. The error
// wraps [graph.ErrLocked] when another process has it, [graph.ErrVersion] when it was
// written in another format, [graph.ErrDamaged] when it does not read back, and is
// what the system says otherwise.
//
// A folder that has lost its last commits is opened, so that it can be looked at and
// backed up; see [DB.Lost].
func Open(dir string, o *Options) (db *DB, err error) {
	opts := Options{}
	if o != nil {
		opts = *o
	}
	if opts.FS == nil {
		opts.FS = vfs.Default
	}
	if opts.CacheBytes == 0 {
		opts.CacheBytes = defaultCache
	}
	if opts.MemTableBytes == 0 {
		opts.MemTableBytes = defaultMemTable
	}
	if opts.patience == 0 {
		opts.patience = defaultPatience
	}
	if opts.Settling == nil {
		opts.Settling = func() func() { return func() {} }
	}
	d := &DB{
		dir: dir, files: opts.FS, readOnly: opts.ReadOnly,
		failed: newFailure(), patience: opts.patience, settling: opts.Settling, writer: semaphore.NewWeighted(1),
	}
	d.guard = &guard{FS: opts.FS, dir: dir, failed: d.failed, spare: spare{warn: opts.Warn}}
	if err := d.begin(&opts); err != nil {
		return nil, d.openError(errors.Join(err, d.end()))
	}
	return d, nil
}

// begin opens everything. What it has opened when it fails, end closes.
func (d *DB) begin(o *Options) (err error) {
	defer caught(&err)
	if _, err := d.files.Stat(d.dir); errors.Is(err, fs.ErrNotExist) && !o.ReadOnly && !o.MustExist {
		if err := d.files.MkdirAll(d.dir, 0o755); err != nil {
			return err
		}
	} else if err != nil {
		return err
	}
	if err := d.takeLock(); err != nil {
		return err
	}
	// The file of the count is made after the engine's own.
	_, err = d.files.Stat(d.files.PathJoin(d.dir, headFile))
	old := err == nil
	// A folder that was made has it. In one that a process began to make nothing was committed.
	made := old || o.MustExist || o.ReadOnly
	o.MustExist = o.MustExist || old
	if err := d.openEngine(o); err != nil {
		return d.engineError(err, old)
	}
	if err := d.checkFormat(); err != nil {
		return err
	}
	s, err := d.newState()
	if err != nil {
		return err
	}
	d.last, d.began = s, s.counts.commits
	if err := d.beginHead(made); err != nil {
		return err
	}
	if d.readOnly {
		return nil
	}
	d.owed, err = s.has(owedKey)
	if err != nil {
		return err
	}
	d.purge()
	return d.files.RemoveAll(d.files.PathJoin(d.dir, bulkFolder))
}

// openEngine opens the engine.
func (d *DB) openEngine(o *Options) error {
	d.options = o.engineOptions(d)
	d.guard.spare.check = func(content string) error { return d.options.CheckCompatibility(d.dir, content) }
	opened := make(chan *pebble.DB, 1)
	if err := d.within(func() error {
		engine, err := pebble.Open(d.dir, d.options)
		opened <- engine
		return err
	}); err != nil {
		d.guard.left.Store(true)
		return err
	}
	d.engine = <-opened
	d.guard.opened.Store(true)
	return nil
}

// takeLock makes this process the only one. A folder that cannot be written to is not
// locked when it is only read.
func (d *DB) takeLock() (err error) {
	d.lock, err = d.files.Lock(d.files.PathJoin(d.dir, "LOCK"))
	switch {
	case err == nil:
		return nil
	case d.readOnly && (errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS)):
		d.lock = nil
		return nil
	case isHeld(err):
		return fmt.Errorf("%w: %w", graph.ErrLocked, err)
	}
	return err
}

// isHeld reports whether an error says that a lock is held, in this process or in another.
func isHeld(err error) bool {
	var path *fs.PathError // of making the file, not of locking it
	return !errors.As(err, &path) && (errors.Is(err, syscall.EAGAIN) || errors.Is(err, syscall.EACCES) ||
		strings.Contains(err.Error(), "lock held by current process"))
}

// checkFormat refuses a folder in another format, and marks one that is new.
func (d *DB) checkFormat() error {
	got, closer, err := d.engine.Get(formatKey)
	if err == nil {
		defer closer.Close()
		switch string(got) {
		case format:
			return nil
		case formatBefore: // whose programs would write quads and leave their covers as they were
			if d.readOnly {
				return nil
			}
			return d.markFormat()
		default:
			return fmt.Errorf("%w: the format is %.40q, this program reads %q", graph.ErrVersion, got, format)
		}
	}
	if !errors.Is(err, pebble.ErrNotFound) {
		return damage(err)
	}
	it, err := d.engine.NewIter(nil)
	if err != nil {
		return damage(err)
	}
	used := it.First()
	if err := errors.Join(it.Error(), it.Close()); err != nil {
		return damage(err)
	}
	if used || d.readOnly {
		return &damagedError{path: d.dir, what: fmt.Sprintf("the key that names the format is missing, or %s lists other files than it did", d.guard.spare.list())}
	}
	return d.markFormat()
}

func (d *DB) markFormat() error {
	return d.within(func() error { return d.engine.Set(formatKey, []byte(format), pebble.Sync) })
}

// beginHead opens the count of commits, and compares it with what is held. What is wrong with it stays so: see
// [DB.AcceptLoss].
func (d *DB) beginHead(made bool) (err error) {
	commits := d.last.counts.commits
	if d.head, err = openHead(d.files, d.dir, d.readOnly); err != nil {
		return err
	}
	if commits == 0 && !d.readOnly && (d.head.state == headGone && !made || d.head.state == headBroken && d.head.empty) {
		// The process died while it made the folder, or makes it now.
		if err := d.head.Close(false); err != nil {
			return err
		}
		d.head, err = makeHead(d.files, d.dir, 0)
		return err
	}
	d.doubt = d.head.doubt(commits)
	d.lost.Store(max(0, d.head.count-commits))
	if d.readOnly || d.doubt != "" {
		return nil
	}
	if d.head.count < commits {
		// The process died between a commit and its count, or the count was not on the disk yet.
		if err := d.head.reset(commits); err != nil {
			return err
		}
	}
	// It must outlive a power cut.
	return errors.Join(d.head.file.Sync(), syncFolder(d.files, d.dir))
}

// newState returns what is held now, and counts it as open.
func (d *DB) newState() (*state, error) {
	s := &state{db: d, snap: d.engine.NewSnapshot(), refs: 1}
	if err := s.load(); err != nil {
		return nil, errors.Join(err, s.snap.Close())
	}
	d.mu.Lock()
	d.open++
	d.mu.Unlock()
	return s, nil
}

// load reads the counts.
func (s *state) load() (err error) {
	if s.counts.quads, err = s.count(quadsKey); err != nil {
		return err
	}
	if s.counts.texts, err = s.count(textsKey); err != nil {
		return err
	}
	if s.counts.commits, err = s.count(commitsKey); err != nil {
		return err
	}
	s.counts.entries, err = s.lastEntry()
	return err
}

// acquire returns the state that is held now, to be given back with release.
func (d *DB) acquire() *state {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.last.refs++
	return d.last
}

// release gives a state back.
func (d *DB) release(s *state) error {
	d.mu.Lock()
	s.refs--
	done := s.refs == 0
	d.mu.Unlock()
	if !done {
		return nil
	}
	// What an engine that failed says to it is the failure again.
	err := d.within(func() error { return errors.Join(s.closeIdle(), s.snap.Close()) })
	if d.failed.is() {
		err = nil
	}
	d.mu.Lock()
	d.open--
	due := d.owed && d.open == 1
	if due {
		d.purging.Add(1)
	}
	d.mu.Unlock()
	if due {
		// Whoever closes a view does not wait for it.
		go func() {
			defer d.purging.Done()
			_ = d.writer.Acquire(context.Background(), 1) // it does not fail
			defer d.writer.Release(1)
			d.purge()
		}()
	}
	return damage(err)
}

// advance makes s what is held now.
func (d *DB) advance(s *state) error {
	d.mu.Lock()
	old := d.last
	d.last = s
	d.mu.Unlock()
	return d.release(old)
}

// Lost returns how many of the commits that were acknowledged are held, and how many there
// were, as far as that is known. They differ when the end of the engine's log is gone or does not read back.
// Nothing can be written then until [DB.AcceptLoss].
func (d *DB) Lost() (have, want int64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	have = d.last.counts.commits
	return have, have + d.lost.Load()
}

// Loss returns an error wrapping [graph.ErrDamaged] when commits are lost, or when it cannot be said that none is, as the
// count of them, which is kept beside the engine's files, is gone or does not read back; nil otherwise. Nothing
// can be written then until [DB.AcceptLoss], and what is held can be read.
func (d *DB) Loss() error {
	have, want := d.Lost()
	if have < want {
		return &damagedError{path: d.dir, what: fmt.Sprintf("the last %d of %d commits are lost: the end of the engine's log (%s) or of its list of files (%s) is gone or does not read back; %s",
			want-have, want, d.guard.spare.log(), d.guard.spare.list(), goOn)}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.doubt != "" {
		return &damagedError{path: d.files.PathJoin(d.dir, headFile), what: d.doubt}
	}
	return nil
}

// AcceptLoss goes on from what is held.
func (d *DB) AcceptLoss() error {
	_ = d.writer.Acquire(context.Background(), 1) // it does not fail
	defer d.writer.Release(1)
	if d.readOnly {
		return errReadOnly
	}
	if d.Loss() == nil {
		return nil
	}
	commits := d.last.counts.commits
	if d.head.file == nil {
		made, err := makeHead(d.files, d.dir, commits)
		if err != nil {
			return err
		}
		d.head = made
	} else if err := errors.Join(d.head.reset(commits), d.head.file.Sync()); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.lost.Store(0)
	d.doubt = ""
	return nil
}

// errReadOnly is what a writer is told.
var errReadOnly = fmt.Errorf("the store was opened for reading only: %w", fs.ErrPermission)

// Close implements [store.Backend].
func (d *DB) Close() error {
	d.purging.Wait()
	_ = d.writer.Acquire(context.Background(), 1) // it does not fail
	defer d.writer.Release(1)
	if err := d.end(); err != nil {
		return fmt.Errorf("%s: %w", d.dir, err)
	}
	return nil
}

// end closes what begin opened.
func (d *DB) end() error {
	var err error
	if d.last != nil {
		if d.last.counts.commits > d.began && !d.failed.is() {
			// So that there is nothing to read from the log when the folder is opened next, and few
			// files to look into. It is all there if this fails.
			if put := d.within(func() error { return errors.Join(d.engine.Flush(), d.settle()) }); errors.Is(put, graph.ErrDamaged) {
				err = put // but for this, which somebody has to know
			}
		}
		err = errors.Join(err, d.release(d.last))
		d.last = nil
	}
	if d.engine != nil {
		closed := d.within(d.engine.Close)
		if !d.failed.is() || d.failed.told.CompareAndSwap(false, true) {
			err = errors.Join(err, damage(closed))
		}
		d.guard.left.Store(true)
	}
	if d.head != nil {
		err = errors.Join(err, d.head.Close(!d.readOnly))
	}
	if d.lock != nil {
		err = errors.Join(err, d.lock.Close())
	}
	return err
}

// settleShare is how many times larger the last level may be than what lies over it when that is left as it is.
const settleShare = 8

// settle merges what was written into one level, so that a read looks into one file and not into many, when it is
// much beside what was there. A load leaves that to the end: it has less to do then, and those who read beside it
// do not wait for it.
func (d *DB) settle() error {
	m := d.engine.Metrics()
	runs, last := int64(m.Levels[0].Sublevels), m.Levels[len(m.Levels)-1]
	for _, l := range m.Levels[1:] {
		runs += min(1, l.TablesCount)
	}
	if above := m.Total().TablesSize - last.TablesSize; runs < 2 || above*settleShare < last.TablesSize {
		return nil
	}
	done := d.settling()
	defer done()
	return d.engine.Compact(context.Background(), firstKey, append(lastKey[:1:1], 0), true)
}
