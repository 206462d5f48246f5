package dgraphstore

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/cayleygraph/quad"
	"github.com/dgraph-io/dgo/v240"
	"github.com/dgraph-io/dgo/v240/protos/api"

	"whence/graph/store"
)

// Apply implements [store.Backend]. It is one transaction of two requests: what the batch names is looked up;
// then what is missing is added, what is held is removed, and the transaction committed.
//
// One that is aborted, because another process wrote at the same time, or interrupted, because an alpha was lost, is
// tried again for a minute. Whether an interrupted one was committed is found out first.
func (b *backend) Apply(ctx context.Context, batch store.Batch) error {
	w, err := b.newWrite(batch)
	if err != nil {
		return err
	}
	for p := b.cluster.patient(); ; {
		err := w.try(ctx)
		if err == nil {
			return nil
		}
		if err := p.again(ctx, err); err != nil {
			return err
		}
	}
}

// A write is a batch on its way into the cluster.
type write struct {
	*backend
	add, remove []encodedQuad
	texts       []store.Text
	drop        []string
	entry       *store.Entry
}

type encodedQuad struct {
	bytes                             []byte
	subject, predicate, object, label key
}

func (b *backend) newWrite(batch store.Batch) (*write, error) {
	w := &write{backend: b, entry: batch.Entry, drop: batch.DropTexts}
	var err error
	if w.add, err = encodeQuads(batch.Add); err != nil {
		return nil, err
	}
	if w.remove, err = encodeQuads(batch.Remove); err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, t := range batch.Texts {
		if !seen[t.Hash] {
			seen[t.Hash] = true
			w.texts = append(w.texts, t)
		}
	}
	return w, nil
}

// encodeQuads returns quads, each once.
func encodeQuads(quads []quad.Quad) ([]encodedQuad, error) {
	seen := make(map[string]bool, len(quads))
	out := make([]encodedQuad, 0, len(quads))
	for _, q := range quads {
		b, err := encodeQuad(q)
		if err != nil {
			return nil, err
		}
		if seen[string(b)] {
			continue
		}
		seen[string(b)] = true
		e := encodedQuad{bytes: b}
		for _, v := range []struct {
			key   *key
			value quad.Value
		}{{&e.subject, q.Subject}, {&e.predicate, q.Predicate}, {&e.object, q.Object}, {&e.label, q.Label}} {
			b, err := encodeValue(v.value)
			if err != nil {
				return nil, err
			}
			*v.key = keyOf(b)
		}
		out = append(out, e)
	}
	return out, nil
}

// try makes one attempt.
func (w *write) try(ctx context.Context) error {
	held, start, err := w.lookUp(ctx)
	if err != nil {
		return err
	}
	if w.entry != nil && w.entry.Number != held.root.Head+1 {
		return fmt.Errorf("entry %d after %d: %w", w.entry.Number, held.root.Head, store.ErrBehind)
	}
	m := w.mutations(held)
	if len(m) == 0 {
		return nil
	}
	err = w.commit(ctx, start, m)
	if err == nil || errors.Is(err, dgo.ErrAborted) {
		return err
	}
	// Where it was interrupted it may have been committed.
	done, lookErr := w.done(context.WithoutCancel(ctx))
	switch {
	case done:
		return nil
	case lookErr != nil:
		return fmt.Errorf("%w: %w; %w", errUnknown, err, lookErr)
	}
	return err
}

// done tells whether the batch was written: by its entry, or, without one, by there being nothing left to do.
func (w *write) done(ctx context.Context) (bool, error) {
	if w.entry == nil {
		held, _, err := w.lookUp(ctx)
		if err != nil {
			return false, err
		}
		return len(w.mutations(held)) == 0, nil
	}
	s, err := w.Snapshot(ctx)
	if err != nil || s.Head() < w.entry.Number {
		return false, err
	}
	defer s.Close()
	var first *store.Entry
	stop := errors.New("it is the first")
	err = s.Entries(ctx, w.entry.Number-1, func(e store.Entry) error { first = &e; return stop })
	if !errors.Is(err, stop) {
		return false, err
	}
	return bytes.Equal(first.Data, w.entry.Data), nil
}

// A holding is what a store held of a batch.
type holding struct {
	root  root
	quads map[string]string // node by the bytes of the quad
	texts map[string]string // node by hash
}

// lookUp begins a transaction with reading what is held of the batch.
func (w *write) lookUp(ctx context.Context) (holding, moment, error) {
	query, s := w.rootQuery(), w.schema
	subjects, labels := map[key]bool{}, map[key]bool{}
	for _, quads := range [][]encodedQuad{w.add, w.remove} {
		for _, q := range quads {
			subjects[q.subject], labels[q.label] = true, true
		}
	}
	if len(labels) > 0 {
		// A label that is new, as most are, has none; of another those of the subjects are more than enough.
		query += fmt.Sprintf("quads(func: %s) @filter(%s) { uid value: %s }\n",
			equal(s.label, slices.Collect(maps.Keys(labels))), equal(s.subject, slices.Collect(maps.Keys(subjects))), s.quad)
	}
	hashes := append([]string(nil), w.drop...)
	for _, t := range w.texts {
		hashes = append(hashes, t.Hash)
	}
	if len(hashes) > 0 {
		query += fmt.Sprintf("texts(func: %s) { uid hash: %s }\n", equal(s.textID, hashKeys(hashes)), s.hash)
	}
	var got struct {
		Root         []root
		Quads, Texts []node
	}
	start, err := w.read(ctx, moment{}, query, &got)
	if err != nil {
		return holding{}, moment{}, err
	}
	held := holding{quads: make(map[string]string, len(got.Quads)), texts: make(map[string]string, len(got.Texts))}
	held.root, err = w.sameRoot(got.Root)
	if err != nil {
		return holding{}, moment{}, err
	}
	for _, n := range got.Quads {
		b, err := unpack(n.Value)
		if err != nil {
			return holding{}, moment{}, fmt.Errorf("node %s: %w", n.UID, err)
		}
		held.quads[string(b)] = n.UID
	}
	for _, n := range got.Texts {
		held.texts[n.Hash] = n.UID
	}
	return held, start, nil
}

// mutations returns what is to be done where some is held; none when nothing is to be done.
func (w *write) mutations(held holding) []*api.Mutation {
	m, next, s := newMutations(w.chunk), held.root, w.schema
	for _, q := range w.add {
		if _, ok := held.quads[string(q.bytes)]; ok {
			continue
		}
		node := fmt.Sprint("_:quad", next.Quads)
		m.set([]*api.NQuad{
			integer(node, s.subject, int64(q.subject)), integer(node, s.predicate, int64(q.predicate)),
			integer(node, s.object, int64(q.object)), integer(node, s.label, int64(q.label)), text(node, s.quad, pack(q.bytes)),
		})
		next.Quads++
	}
	for _, q := range w.remove {
		if uid, ok := held.quads[string(q.bytes)]; ok {
			m.del(uid, s.quadPredicates())
			next.Quads--
		}
	}
	for _, t := range w.texts {
		if _, ok := held.texts[t.Hash]; !ok {
			node := fmt.Sprint("_:text", next.Texts)
			m.set([]*api.NQuad{
				integer(node, s.textID, int64(keyOf([]byte(t.Hash)))), text(node, s.hash, t.Hash), text(node, s.text, pack([]byte(t.Text))),
			})
			next.Texts++
		}
	}
	for _, h := range w.drop {
		if uid, ok := held.texts[h]; ok {
			m.del(uid, s.textPredicates())
			delete(held.texts, h)
			next.Texts--
		}
	}
	if e := w.entry; e != nil {
		m.set([]*api.NQuad{integer("_:entry", s.number, e.Number), text("_:entry", s.entry, pack(e.Data))})
		next.Head = e.Number
	}
	if len(m.list) > 0 {
		m.set(w.rootQuads(next))
	}
	return m.list
}

// mutations are requests of a bounded number of statements.
type mutations struct {
	list  []*api.Mutation
	chunk int
	size  int // statements in the last
}

func newMutations(chunk int) *mutations { return &mutations{chunk: chunk} }

// last returns the request that takes n more statements. Those of one node stay together: a node that is made has no
// name outside its request.
func (m *mutations) last(n int) *api.Mutation {
	if len(m.list) == 0 || m.size+n > m.chunk {
		m.list, m.size = append(m.list, &api.Mutation{}), 0
	}
	m.size += n
	return m.list[len(m.list)-1]
}

func (m *mutations) set(statements []*api.NQuad) {
	l := m.last(len(statements))
	l.Set = append(l.Set, statements...)
}

func (m *mutations) del(node string, predicates []string) {
	l := m.last(len(predicates))
	for _, p := range predicates {
		l.Del = append(l.Del, gone(node, p))
	}
}
