package passages

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"sync"
	"syscall"
	"time"

	"whence/graph"
)

// ErrBehind is what [Store.Find] answers while the index has not followed the
// store: call [Store.Update], outside of any view, and ask again.
var ErrBehind = errors.New("the passage index is behind the store")

// A Store is a [graph.Store] with an index of the passages of its texts. It is
// safe for concurrent use.
type Store struct {
	graph.Store
	dir string // "" when nothing is kept on disk

	ctx    context.Context // of runs; done when the store closes
	cancel context.CancelFunc
	runs   sync.WaitGroup

	writing sync.Mutex // held while the index is written or taken away; taken before mu

	mu     sync.Mutex // guards what follows
	engine *engine    // nil until it is needed
	state  state
	memory bool // the folder cannot be written: the index is in memory
	run    *run // that is under way
}

// A run brings the index up to date.
type run struct {
	done chan struct{} // closed at its end
	err  error         // then
}

// Keep returns the store with an index that is kept in a folder of its own. Nothing
// is read or made before it is needed. The folder is for this store alone; what is in it is made anew whenever it does not
// fit the store. From then on the store must be closed, and erased from, through
// what is returned.
func Keep(store graph.Store, dir string) (*Store, error) {
	s := InMemory(store)
	s.dir = dir
	if _, err := os.Stat(s.aside()); err == nil { // an erasure did not end
		if err := os.RemoveAll(s.aside()); err != nil {
			return nil, fmt.Errorf("passage index: %w", err)
		}
	}
	return s, nil
}

// InMemory returns the store with an index that lives as long as it is open.
func InMemory(store graph.Store) *Store {
	s := &Store{Store: store}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	return s
}

// Unwrap returns the store without its index.
func (s *Store) Unwrap() graph.Store { return s.Store }

// aside is where the index waits for the end of an erasure.
func (s *Store) aside() string { return s.dir + ".erasing" }

// Close implements [graph.Store].
func (s *Store) Close() error {
	s.cancel()
	s.runs.Wait()
	s.writing.Lock()
	defer s.writing.Unlock()
	return errors.Join(s.close(), s.Store.Close())
}

// close closes the index. writing is held.
func (s *Store) close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.engine
	s.engine, s.state = nil, state{}
	if e == nil {
		return nil
	}
	return e.Close()
}

// Erase implements [graph.Store]. The words of what is erased must not stay in
// the index, nor in the files it leaves behind: it goes as a whole, and the next
// [Store.Update] makes it anew.
func (s *Store) Erase(ctx context.Context, document graph.ID, by, reason string, at time.Time) (graph.Commit, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	if err := s.close(); err != nil {
		return graph.Commit{}, err
	}
	moved := false
	if s.dir != "" {
		err := os.Rename(s.dir, s.aside())
		if moved = err == nil; !moved && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR) {
			return graph.Commit{}, fmt.Errorf("passage index: %w", err)
		}
	}
	c, err := s.Store.Erase(ctx, document, by, reason, at)
	switch {
	case moved && c.Number == 0: // nothing was erased
		err = errors.Join(err, os.Rename(s.aside(), s.dir))
	case moved:
		err = errors.Join(err, os.RemoveAll(s.aside()))
	}
	return c, err
}

// Update brings the index up to date with the store as it is when Update is
// called. What it has begun goes on when ctx is done, until the store is closed,
// and the next Update waits for it. It must not be called inside a view.
func (s *Store) Update(ctx context.Context) error {
	last, err := s.Last(ctx)
	if err != nil {
		return err
	}
	for {
		s.mu.Lock()
		if s.engine != nil && (s.state.follows(last) || s.state.Commit > last.Number) {
			s.mu.Unlock()
			return nil
		}
		if err := s.ctx.Err(); err != nil {
			s.mu.Unlock()
			return fmt.Errorf("the store is closed: %w", err)
		}
		r := s.run
		if r == nil {
			r = &run{done: make(chan struct{})}
			s.run = r
			s.runs.Add(1)
			go s.follow(r)
		}
		s.mu.Unlock()
		select {
		case <-r.done:
			if r.err != nil && !errors.Is(r.err, ErrBehind) {
				return r.err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// follow is the goroutine of a run.
func (s *Store) follow(r *run) {
	defer s.runs.Done()
	err := s.catchUp()
	if errors.Is(err, errDamaged) {
		_ = s.drop(nil)
		err = s.catchUp()
	}
	if errors.Is(err, errIndex) {
		// A full disk, or one that is read only. What it cannot keep is made again by the next process.
		_ = s.drop(nil)
		s.mu.Lock()
		s.memory = true
		s.mu.Unlock()
		err = s.catchUp()
	}
	s.mu.Lock()
	r.err, s.run = err, nil
	s.mu.Unlock()
	close(r.done)
}

// drop takes the index away: what it holds is in the store. Given an engine, it does so only if
// that one is still in use.
func (s *Store) drop(e *engine) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	s.mu.Lock()
	other := e != nil && e != s.engine
	s.mu.Unlock()
	if other {
		return nil
	}
	_ = s.close() // it is damaged
	if s.dir == "" {
		return nil
	}
	return os.RemoveAll(s.dir)
}

// batchBytes is how many bytes of text are indexed in one go, and what the last commit of it has beyond that. The engine
// takes about a hundred times as much memory meanwhile.
const batchBytes = 256 << 10

// catchUp indexes what was committed since the index was last written.
func (s *Store) catchUp() error {
	commits, err := s.begin()
	for err == nil && len(commits) > 0 {
		commits, err = s.step(commits)
	}
	return err
}

// begin opens the index if it is not open and returns the commits that it does not hold, in order. An index of
// another ledger, or one that holds what was erased since, goes.
func (s *Store) begin() ([]graph.Commit, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	for range 2 {
		s.mu.Lock()
		var err error
		if s.engine == nil {
			dir := s.dir
			if s.memory {
				dir = ""
			}
			s.engine, s.state, err = openEngine(dir)
		}
		at := s.state
		s.mu.Unlock()
		if err != nil {
			return nil, err
		}
		// From the last that it holds, to see whether that is the one of this ledger.
		commits, err := s.Ledger(s.ctx, max(at.Commit-1, 0))
		if err != nil {
			return nil, err
		}
		if at.Commit == 0 {
			return commits, nil
		}
		if len(commits) > 0 && at.follows(commits[0]) &&
			!slices.ContainsFunc(commits[1:], func(c graph.Commit) bool { return len(c.Erased) > 0 }) {
			return commits[1:], nil
		}
		if err := s.close(); err != nil {
			return nil, err
		}
		if err := os.RemoveAll(s.dir); err != nil {
			return nil, fmt.Errorf("%w: %w", errIndex, err)
		}
	}
	return nil, fmt.Errorf("%w: it does not begin empty", errDamaged)
}

// step indexes the first of some commits, and returns the rest.
func (s *Store) step(commits []graph.Commit) (rest []graph.Commit, err error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	s.mu.Lock()
	e := s.engine
	s.mu.Unlock()
	if err := s.ctx.Err(); err != nil {
		return nil, err
	}
	if e == nil {
		return nil, ErrBehind // an erasure came between
	}
	var readings []graph.Captured
	at := 0
	for bytes := 0; at < len(commits) && bytes < batchBytes; at++ {
		for _, info := range commits[at].Added {
			if info.Layer != graph.LayerReading {
				continue
			}
			// What was retracted and brought back is in the index.
			if has, err := e.has(info.Label); err != nil || has {
				if err != nil {
					return nil, err
				}
				continue
			}
			c, err := s.Content(s.ctx, info.Label)
			if errors.Is(err, graph.ErrNotFound) {
				continue // erased since
			} else if err != nil {
				return nil, err
			}
			for _, r := range c.Readings {
				readings = append(readings, r)
				bytes += len(r.Text)
			}
		}
	}
	to := state{build, commits[at-1].Number, markOf(commits[at-1])}
	if err := e.write(readings, to); err != nil {
		return nil, err
	}
	s.mu.Lock()
	s.state = to
	s.mu.Unlock()
	return commits[at:], nil
}
