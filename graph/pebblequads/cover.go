package pebblequads

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/cayleygraph/quad"

	"whence/graph"
	"whence/graph/vocab"
)

// The index of objects covers relations: a key of it that says what a relation hangs on has, as its value, a cover: all
// that the key's label says of its subject. A claim has dozens of relations, each under a hash of its own, and who asks
// which there are wants to know what they say: here that lies together.
//
// A cover is predicate and object, as terms, of each of the quads in the order of those; a hashed literal is followed by the
// length of its long form (varint) and that. A key may have none: the folder was written by a program that
// made none, or it would be too large.

// The index of labels covers words: a key of it that says in which words of the label's text something is has, as its
// value, the long form of the object, if that is a hashed literal. A page that a thousand texts cite has a thousand
// such quads, and who reads one text wants to know its own.

// words is the predicate that leads to them.
var words = appendIRI(nil, string(vocab.Words))

// wordsOf returns what is kept under the key in the index of labels of a quad with a predicate, the object of which is
// a hashed literal with a long form, or has none.
func wordsOf(predicate, text []byte) []byte {
	if bytes.Equal(predicate, words) {
		return text
	}
	return nil
}

// covering are the predicates that lead from a relation to what it hangs on.
var covering = func() map[string]bool {
	terms := map[string]bool{}
	for _, p := range []quad.IRI{vocab.RelatedFrom, vocab.RelatedTo} {
		terms[string(appendIRI(nil, string(p)))] = true
	}
	return terms
}()

// maxCover is up to how many bytes a cover is worth keeping twice.
const maxCover = 4 << 10

// appendCover appends the part of a cover that one quad makes.
func appendCover(dst []byte, c change) []byte {
	ts := splitQuad(c.terms)
	dst = append(append(dst, ts[1]...), ts[2]...)
	if ts[2][0] == tagLiteralHash {
		dst = append(binary.AppendUvarint(dst, uint64(len(c.text))), c.text...)
	}
	return dst
}

// newCover returns the cover that quads make, which are all that a label says of a subject, in order; nil when no relation
// is among them, or they are too large.
func newCover(quads []change) (cover []byte) {
	if !slices.ContainsFunc(quads, change.covers) {
		return nil
	}
	for _, c := range quads {
		cover = appendCover(cover, c)
	}
	if len(cover) > maxCover {
		return nil
	}
	return cover
}

// covers reports whether the key of a quad in the index of objects has a cover.
func (c change) covers() bool { return covering[string(splitQuad(c.terms)[1])] }

// eachCovered calls f with predicate and object of each quad of a cover, and the long form of an object that is a
// hashed literal.
func eachCovered(cover []byte, f func(predicate, object, text []byte) error) error {
	for rest := cover; len(rest) > 0; {
		var ts [2][]byte
		for i := range ts {
			n := termLen(rest)
			if n < 0 {
				return fmt.Errorf("%w: cover %x", graph.ErrDamaged, cover)
			}
			ts[i], rest = rest[:n], rest[n:]
		}
		var text []byte
		if ts[1][0] == tagLiteralHash {
			size, n := binary.Uvarint(rest)
			if n <= 0 || size > uint64(len(rest)-n) {
				return fmt.Errorf("%w: cover %x", graph.ErrDamaged, cover)
			}
			text, rest = rest[n:n+int(size)], rest[n+int(size):]
		}
		if err := f(ts[0], ts[1], text); err != nil {
			return err
		}
	}
	return nil
}

// said names what a label says of a subject.
func said(subject, label []byte) string { return string(subject) + string(label) }

// cover works out what covers a write makes: w.covers, and in w.covered the quads that are held already whose
// covers change.
func (w *write) cover(ctx context.Context, held *lookup) error {
	w.covers, w.covered = map[string][]byte{}, nil
	known, err := held.relations()
	if err != nil || !known && !slices.ContainsFunc(w.add, change.covers) {
		return err
	}
	// What a label that is new says is here whole. Of one that is held, the rest has to be read.
	partly := map[string][2][]byte{}
	for some := range subjects(w.add) {
		covers := slices.ContainsFunc(some, change.covers)
		for _, c := range some {
			ts := splitQuad(c.terms)
			old, err := held.label(ts[3])
			switch {
			case err != nil:
				return err
			case old:
				partly[said(ts[0], ts[3])] = [2][]byte{ts[0], ts[3]}
			case covers && c.covers():
				if key := said(ts[0], ts[3]); w.covers[key] == nil {
					w.covers[key] = newCover(under(some, ts[3]))
				}
			}
		}
	}
	for _, c := range w.remove {
		ts := splitQuad(c.terms)
		partly[said(ts[0], ts[3])] = [2][]byte{ts[0], ts[3]}
	}
	for n, key := range slices.Sorted(maps.Keys(partly)) {
		if n%checkEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if err := w.coverAgain(held, partly[key][0], partly[key][1]); err != nil {
			return err
		}
	}
	return nil
}

// coverOver is cover where nothing else is looked up.
func (w *write) coverOver(ctx context.Context, base *state) (err error) {
	held, err := base.lookup()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, held.close()) }()
	return w.cover(ctx, held)
}

// coverAgain works out the cover of what a label that is held says of a subject after the write.
func (w *write) coverAgain(held *lookup, subject, label []byte) error {
	from, _ := slices.BinarySearchFunc(w.add, change{terms: subject}, compareChanges)
	var added []change
	for _, c := range w.add[from:] {
		ts := splitQuad(c.terms)
		if !bytes.Equal(ts[0], subject) {
			break
		}
		if bytes.Equal(ts[3], label) {
			added = append(added, c)
		}
	}
	covers := slices.ContainsFunc(added, change.covers)
	for p := range covering {
		there, err := held.edge(subject, []byte(p), label)
		if err != nil {
			return err
		}
		covers = covers || there
	}
	if !covers {
		return nil
	}
	quads, err := held.under(subject, label)
	if err != nil {
		return err
	}
	quads = slices.DeleteFunc(quads, func(c change) bool {
		_, gone := slices.BinarySearchFunc(w.remove, c, compareChanges)
		return gone
	})
	for _, c := range quads {
		if c.covers() {
			w.covered = append(w.covered, c)
		}
	}
	quads = append(quads, added...)
	slices.SortFunc(quads, compareChanges)
	quads = slices.CompactFunc(quads, sameQuad)
	w.covers[said(subject, label)] = newCover(quads)
	return nil
}

// coverOf returns the cover of the key of a quad in the index of objects, nil when it has none.
func (w *write) coverOf(c change) []byte {
	if len(w.covers) == 0 || !c.covers() {
		return nil
	}
	ts := splitQuad(c.terms)
	return w.covers[said(ts[0], ts[3])]
}

// subjects gives the runs of changes, which are in order, that have one subject.
func subjects(changes []change) func(func([]change) bool) {
	return func(yield func([]change) bool) {
		for len(changes) > 0 {
			n, s := 1, splitQuad(changes[0].terms)[0]
			for n < len(changes) && bytes.Equal(splitQuad(changes[n].terms)[0], s) {
				n++
			}
			if !yield(changes[:n]) {
				return
			}
			changes = changes[n:]
		}
	}
}

// under returns those of changes that have a label.
func under(changes []change, label []byte) (some []change) {
	for _, c := range changes {
		if bytes.Equal(splitQuad(c.terms)[3], label) {
			some = append(some, c)
		}
	}
	return some
}
