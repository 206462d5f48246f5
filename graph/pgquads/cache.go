package pgquads

import (
	"sync"
	"sync/atomic"

	"github.com/cayleygraph/quad"
)

// mostCached bounds the bytes of each half of a valueCache, as [sizeOf] reckons them.
const mostCached = 8 << 20

// A valueCache keeps values that were read, which never change: a hash is of one value. When its newer half is full
// the older one is forgotten; what is used moves to the newer. It is safe for concurrent use.
type valueCache struct {
	mu           sync.Mutex
	newer, older map[hash]quad.Value
	bytes        int // in newer

	// warm says that the last answer was of values that were here already, so that the next one is likely to be.
	warm atomic.Bool
}

// fill sets the values of an answer that are here and that it does not know.
func (c *valueCache) fill(f *found) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, v := range f.values {
		if v != nil {
			continue
		}
		h := f.nodes[i]
		v, ok := c.newer[h]
		if !ok {
			if v, ok = c.older[h]; ok {
				c.keep(h, v)
			}
		}
		f.values[i] = v
	}
}

// put keeps the values that an answer brought, and returns how many were not here.
func (c *valueCache) put(f *found) (fresh int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, i := range f.read {
		h := f.nodes[i]
		if _, ok := c.newer[h]; ok {
			continue
		}
		if _, ok := c.older[h]; !ok {
			fresh++
		}
		c.keep(h, f.values[i])
	}
	return fresh
}

// keep adds a value to the newer half.
func (c *valueCache) keep(h hash, v quad.Value) {
	if c.newer == nil || c.bytes > mostCached {
		c.older, c.newer, c.bytes = c.newer, map[hash]quad.Value{}, 0
	}
	c.newer[h] = v
	c.bytes += sizeOf(v)
}

// forget empties the cache: what is removed shall not stay in memory either.
func (c *valueCache) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.newer, c.older, c.bytes = nil, nil, 0
}

// sizeOf reckons how many bytes a value takes with its hash in a map.
func sizeOf(v quad.Value) int {
	const entry = 100
	switch v := v.(type) {
	case quad.IRI:
		return entry + len(v)
	case quad.BNode:
		return entry + len(v)
	case quad.String:
		return entry + len(v)
	case quad.TypedString:
		return entry + len(v.Value) + len(v.Type)
	case quad.LangString:
		return entry + len(v.Value) + len(v.Lang)
	}
	return entry
}
