package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/cayleygraph/quad"

	"whence/graph"
	"whence/graph/vocab"
)

// text returns the canonical text under a hash. One that was erased is
// suppressed even while its file is still being removed.
func (s *store) text(ctx context.Context, hash string) (string, error) {
	if s.ledger.tombstoned(hash) {
		named, err := s.named(ctx, []string{hash})
		if err != nil {
			return "", err
		}
		if !named[hash] {
			return "", fmt.Errorf("text %s: %w", hash, graph.ErrSuppressed)
		}
	}
	return s.backend.Text(ctx, hash)
}

// hashOf returns under which hash the text of a version is kept.
func (s *store) hashOf(ctx context.Context, version graph.ID) (string, error) {
	quads, err := s.backend.Out(ctx, values([]graph.ID{version}), []quad.IRI{vocab.HasText})
	if err != nil {
		return "", err
	}
	for _, q := range quads { // a version is a hash of its text: they all say the same
		if hash, ok := q.Object.(quad.String); ok {
			return string(hash), nil
		}
	}
	return "", fmt.Errorf("version %s: %w", version, graph.ErrNotFound)
}

// textOf returns the text of a version.
func (s *store) textOf(ctx context.Context, version graph.ID) (string, error) {
	hash, err := s.hashOf(ctx, version)
	if err != nil {
		return "", err
	}
	return s.text(ctx, hash)
}

// named returns which of the texts some version names.
func (s *store) named(ctx context.Context, hashes []string) (map[string]bool, error) {
	if len(hashes) == 0 {
		return nil, nil
	}
	objects := make([]quad.Value, len(hashes))
	for i, h := range hashes {
		objects[i] = quad.String(h)
	}
	quads, err := s.backend.In(ctx, objects, []quad.IRI{vocab.HasText})
	if err != nil {
		return nil, err
	}
	named := map[string]bool{}
	for _, q := range quads {
		named[string(q.Object.(quad.String))] = true // it equals one of objects
	}
	return named, nil
}

// dropTexts removes texts that no version names, after a commit failed or a
// document was erased. It goes on when the caller's context is done.
func (s *store) dropTexts(hashes []string) error {
	ctx := context.Background()
	named, err := s.named(ctx, hashes)
	if err != nil {
		return err
	}
	var failed error
	for _, h := range hashes {
		if !named[h] {
			failed = errors.Join(failed, s.backend.DeleteText(ctx, h))
			s.offsets.drop(h)
		}
	}
	return failed
}

// sweep removes erased texts that a process which died during an erasure left.
func (s *store) sweep(context.Context) error {
	var hashes []string
	for h := range s.ledger.erased {
		hashes = append(hashes, h)
	}
	slices.Sort(hashes)
	return s.dropTexts(hashes)
}

// offsetsCacheBytes bounds the texts that an offsetsCache keeps.
const offsetsCacheBytes = 64 << 20

// An offsetsCache keeps the texts that reads of nodes needed last, ready to
// convert offsets. It forgets all when it is full: the next reads fill it again.
type offsetsCache struct {
	mu     sync.Mutex
	byHash map[string]*graph.Offsets
	bytes  int
}

// get returns the offsets of a text, and reads it with text if need be.
func (c *offsetsCache) get(hash string, text func() (string, error)) (*graph.Offsets, error) {
	c.mu.Lock()
	o, ok := c.byHash[hash]
	c.mu.Unlock()
	if ok {
		return o, nil
	}
	t, err := text()
	if err != nil {
		return nil, err
	}
	o = graph.NewOffsets(t)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.byHash == nil || c.bytes+len(t) > offsetsCacheBytes {
		c.byHash, c.bytes = map[string]*graph.Offsets{}, 0
	}
	if c.byHash[hash] == nil {
		c.byHash[hash] = o
		c.bytes += len(t)
	}
	return o, nil
}

// drop forgets a text.
func (c *offsetsCache) drop(hash string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.byHash, hash) // bytes is an upper bound
}
