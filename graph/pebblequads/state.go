package pebblequads

import (
	"errors"
	"sync"

	"github.com/cockroachdb/pebble/v2"
)

// A state is what was held after one commit. The last one is kept open: reads of it
// share its iterators, never see what is not durable yet, and are not touched by a
// commit that fails.
type state struct {
	db     *DB
	snap   *pebble.Snapshot
	refs   int // guarded by db.mu
	counts counts

	idleMu sync.Mutex
	idle   []*pebble.Iterator // that nobody uses
}

// counts are what a state holds of each.
type counts struct {
	quads   int64
	texts   int64
	commits int64 // batches that were ever applied
	entries int64 // the number of the last entry of the log
}

// maxIdle is how many iterators a state keeps for the next reads.
const maxIdle = 4

// iter returns an iterator over all keys, to be given back with put.
func (s *state) iter() (*pebble.Iterator, error) {
	s.idleMu.Lock()
	if n := len(s.idle); n > 0 {
		it := s.idle[n-1]
		s.idle = s.idle[:n-1]
		s.idleMu.Unlock()
		return it, nil
	}
	s.idleMu.Unlock()
	it, err := s.snap.NewIter(nil)
	return it, damage(err)
}

// put takes an iterator back, and returns the error that it met.
func (s *state) put(it *pebble.Iterator) error {
	if err := it.Error(); err != nil {
		return damage(errors.Join(err, it.Close()))
	}
	s.idleMu.Lock()
	if len(s.idle) < maxIdle {
		s.idle = append(s.idle, it)
		it = nil
	}
	s.idleMu.Unlock()
	if it != nil {
		return damage(it.Close())
	}
	return nil
}

// closeIdle closes the iterators that nobody uses, so that files which only they hold
// can go.
func (s *state) closeIdle() error {
	s.idleMu.Lock()
	defer s.idleMu.Unlock()
	var err error
	for _, it := range s.idle {
		err = errors.Join(err, it.Close())
	}
	s.idle = nil
	return err
}

// get returns a copy of what is under a key.
func (s *state) get(key []byte) (value []byte, found bool, err error) {
	defer caught(&err)
	v, closer, err := s.snap.Get(key)
	if errors.Is(err, pebble.ErrNotFound) {
		return nil, false, nil
	} else if err != nil {
		return nil, false, damage(err)
	}
	value = append([]byte{}, v...)
	return value, true, damage(closer.Close())
}

// has reports whether there is anything under a key.
func (s *state) has(key []byte) (bool, error) {
	_, found, err := s.get(key)
	return found, err
}

// count returns a counter.
func (s *state) count(key []byte) (int64, error) {
	b, found, err := s.get(key)
	if err != nil || !found {
		return 0, err
	}
	n, err := decodeCount(b)
	return n, damage(err)
}
