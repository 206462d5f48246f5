package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/cayleygraph/quad"

	"whence/graph"
	"whence/graph/codec"
	"whence/graph/vocab"
)

// A state is what a backend held at one moment, with the ledger to tell what it means.
type state struct {
	Snapshot
	*store
}

// state returns what is held now, of which the ledger knows every commit. The caller closes it.
func (s *store) state(ctx context.Context) (state, error) {
	snap, err := s.backend.Snapshot(ctx)
	if err != nil {
		return state{}, err
	}
	if err := s.ledger.follow(ctx, snap); err != nil {
		return state{}, errors.Join(err, snap.Close())
	}
	return state{snap, s}, nil
}

// follow takes in what other processes have committed.
func (s *store) follow(ctx context.Context) error {
	now, err := s.state(ctx)
	if err != nil {
		return err
	}
	return now.Close()
}

// Close releases the snapshot, not the store.
func (s state) Close() error { return s.Snapshot.Close() }

// text returns the canonical text under a hash.
func (s state) text(ctx context.Context, hash string) (string, error) {
	texts, err := s.Texts(ctx, []string{hash})
	if err != nil {
		return "", err
	}
	text, ok := texts[hash]
	switch {
	case ok:
		return text, nil
	case s.ledger.tombstoned(hash):
		return "", fmt.Errorf("text %s: %w", hash, graph.ErrSuppressed)
	}
	return "", fmt.Errorf("text %s: %w", hash, graph.ErrNotFound)
}

// hashes returns under which hashes the texts of versions are kept.
func (s state) hashes(ctx context.Context, versions []graph.ID) (map[graph.ID]string, error) {
	if len(versions) == 0 {
		return nil, nil
	}
	quads, err := s.Out(ctx, valuesOf(irisOf(versions)), []quad.IRI{vocab.HasText})
	if err != nil {
		return nil, err
	}
	out := map[graph.ID]string{}
	for _, q := range quads { // a version is a hash of its text: they all say the same
		iri, _ := q.Subject.(quad.IRI)
		if hash, ok := q.Object.(quad.String); ok {
			out[codec.IDOf(iri)] = string(hash)
		}
	}
	return out, nil
}

// textOf returns the text of a version.
func (s state) textOf(ctx context.Context, version graph.ID) (string, error) {
	hashes, err := s.hashes(ctx, []graph.ID{version})
	if err != nil {
		return "", err
	}
	hash, ok := hashes[version]
	if !ok {
		return "", fmt.Errorf("version %s: %w", version, graph.ErrNotFound)
	}
	return s.text(ctx, hash)
}

// unnamed returns the hashes that no version names once some quads are gone, in order.
func (s state) unnamed(ctx context.Context, hashes []string, gone []quad.Quad) ([]string, error) {
	if len(hashes) == 0 {
		return nil, nil
	}
	objects := make([]quad.Value, len(hashes))
	for i, h := range hashes {
		objects[i] = quad.String(h)
	}
	quads, err := s.In(ctx, objects, []quad.IRI{vocab.HasText})
	if err != nil {
		return nil, err
	}
	named := map[string]bool{}
	for _, q := range without(quads, gone) {
		named[string(q.Object.(quad.String))] = true // it equals one of objects
	}
	return slices.DeleteFunc(slices.Clone(hashes), func(h string) bool { return named[h] }), nil
}

// offsets returns what converts the spans of versions, in at most two round trips.
func (s state) offsets(ctx context.Context, versions []graph.ID) (map[graph.ID]*graph.Offsets, error) {
	out := make(map[graph.ID]*graph.Offsets, len(versions))
	cache := &s.store.offsets
	unknown := cache.get(versions, out)
	hashes, err := s.hashes(ctx, unknown)
	if err != nil || len(hashes) == 0 {
		return out, err
	}
	offsets, err := s.measure(ctx, slices.Compact(slices.Sorted(maps.Values(hashes))))
	if err != nil {
		return nil, err
	}
	for _, version := range unknown {
		hash, ok := hashes[version]
		if !ok {
			continue
		}
		o := offsets[hash]
		if o == nil { // the graph names it
			return nil, fmt.Errorf("the text %s of %s is gone: %w", hash, version.Short(), graph.ErrDamaged)
		}
		out[version] = o
		cache.put(version, hash, o)
	}
	return out, nil
}

// measure returns what converts offsets in the texts under hashes, those that are held.
func (s state) measure(ctx context.Context, hashes []string) (out map[string]*graph.Offsets, err error) {
	if m, can := s.Snapshot.(Measurer); can {
		if out, err = m.Offsets(ctx, hashes); err != nil {
			return nil, err
		}
	}
	rest := slices.DeleteFunc(hashes, func(h string) bool { return out[h] != nil })
	if len(rest) == 0 {
		return out, nil
	}
	texts, err := s.Texts(ctx, rest)
	if err != nil {
		return nil, err
	}
	if out == nil {
		out = make(map[string]*graph.Offsets, len(texts))
	}
	for hash, text := range texts {
		out[hash] = graph.NewOffsets(text)
	}
	return out, nil
}

// offsetsCacheBytes bounds what an offsetsCache keeps, in bytes of memory: what converts offsets in five to
// six times as many bytes of text.
const offsetsCacheBytes = 8 << 20

// An offsetsCache keeps what converts offsets in the texts that reads of nodes needed last, so that
// the texts need not be read again. It forgets all when it is full: the next reads fill it again.
type offsetsCache struct {
	mu        sync.Mutex
	byVersion map[graph.ID]cachedOffsets
	bytes     int // that they take
}

type cachedOffsets struct {
	hash    string
	offsets *graph.Offsets
}

// get fills in the versions that are there, and returns those that are not.
func (c *offsetsCache) get(versions []graph.ID, out map[graph.ID]*graph.Offsets) (missing []graph.ID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, v := range versions {
		if o, ok := c.byVersion[v]; ok {
			out[v] = o.offsets
		} else {
			missing = append(missing, v)
		}
	}
	return missing
}

// put keeps the offsets of a version's text.
func (c *offsetsCache) put(version graph.ID, hash string, o *graph.Offsets) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.byVersion == nil || c.bytes+o.Footprint() > offsetsCacheBytes {
		c.byVersion, c.bytes = map[graph.ID]cachedOffsets{}, 0
	}
	c.byVersion[version] = cachedOffsets{hash, o}
	c.bytes += o.Footprint()
}

// drop forgets a text.
func (c *offsetsCache) drop(hash string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	maps.DeleteFunc(c.byVersion, func(_ graph.ID, o cachedOffsets) bool { return o.hash == hash }) // bytes is an upper bound
}
