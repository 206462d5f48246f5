package store

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/cayleygraph/quad"

	"whence/graph"
	"whence/graph/codec"
	"whence/graph/vocab"
)

// errEnded is what a reader answers that was kept after its View.
var errEnded = errors.New("the reader's view has ended")

// A reader sees the labels of one selection, without decisions.
type reader struct {
	state
	at    graph.At
	sight sight
	ended bool
	memo  memo
}

// At implements [graph.Reader].
func (r *reader) At() graph.At { return r.at }

// Warnings implements [graph.Reader].
func (r *reader) Warnings() []string { return r.sight.warnings() }

// Out implements [graph.Reader].
func (r *reader) Out(ctx context.Context, from []graph.ID, kinds ...graph.Predicate) ([]graph.Edge, error) {
	quads, err := r.read(ctx, r.out, from, kinds)
	if err != nil {
		return nil, err
	}
	edges := edgesOf(quads)
	graph.SortEdges(edges)
	return edges, nil
}

// In implements [graph.Reader].
func (r *reader) In(ctx context.Context, to []graph.ID, kinds ...graph.Predicate) ([]graph.Edge, error) {
	quads, err := r.read(ctx, r.in, to, kinds)
	if err != nil {
		return nil, err
	}
	edges := edgesOf(quads)
	graph.SortIncoming(edges)
	return edges, nil
}

// read returns the live quads at some nodes, of some kinds or of all relations.
func (r *reader) read(
	ctx context.Context, batch func(context.Context, []quad.IRI, []quad.IRI) ([]quad.Quad, error),
	ids []graph.ID, kinds []graph.Predicate,
) ([]quad.Quad, error) {
	predicates := make([]quad.IRI, 0, len(kinds))
	for _, k := range kinds {
		iri := vocab.IRI(k)
		if iri == "" {
			return nil, fmt.Errorf("relation %q: %w", k, graph.ErrInvalid)
		}
		predicates = append(predicates, iri)
	}
	if err := r.usable(ctx); err != nil || len(ids) == 0 {
		return nil, err
	}
	return batch(ctx, irisOf(ids), predicates)
}

// in is [Snapshot.In] of the quads that the reader sees. Who asks what relations a node has goes on to ask what they say, which
// a Gatherer tells at once: a label that describes a relation says what it hangs on.
func (r *reader) in(ctx context.Context, iris []quad.IRI, predicates []quad.IRI) ([]quad.Quad, error) {
	objects := valuesOf(iris)
	gatherer, can := r.Snapshot.(Gatherer)
	if !can {
		quads, err := r.Snapshot.In(ctx, objects, predicates)
		return r.sight.keep(quads), err
	}
	sieve := description
	sieve.Label = r.sight.sees
	edges, described, err := gatherer.Gather(ctx, objects, predicates, sieve)
	if err != nil {
		return nil, err
	}
	r.memo.learn(described)
	return edges, nil
}

func (r *reader) usable(ctx context.Context) error {
	if r.ended {
		return errEnded
	}
	return ctx.Err()
}

// Nodes implements [graph.Reader].
func (r *reader) Nodes(ctx context.Context, ids []graph.ID) ([]graph.Node, error) {
	if err := r.usable(ctx); err != nil || len(ids) == 0 {
		return nil, err
	}
	quads, err := r.describe(ctx, irisOf(ids))
	if err != nil {
		return nil, err
	}
	text, err := r.texts(ctx, versionsOf(quads))
	if err != nil {
		return nil, err
	}
	return codec.DecodeNodes(ids, quads, text)
}

// List implements [graph.Reader].
func (r *reader) List(ctx context.Context, t graph.NodeType, after graph.ID, limit int) ([]graph.ID, error) {
	if err := r.usable(ctx); err != nil {
		return nil, err
	}
	classes := vocab.ClassesOf(t)
	if len(classes) == 0 {
		return nil, fmt.Errorf("node type %q: %w", t, graph.ErrInvalid)
	}
	var ids []graph.ID
	for _, class := range classes {
		members, err := r.members(ctx, class, after, limit)
		if err != nil {
			return nil, err
		}
		ids = append(ids, members...)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	if limit > 0 && len(ids) > limit {
		ids = ids[:limit]
	}
	return ids, nil
}

// members returns the IDs of nodes of a class after a given one: if limit is not 0, at least the first limit of them, in no order.
func (r *reader) members(ctx context.Context, class quad.IRI, after graph.ID, limit int) ([]graph.ID, error) {
	var ids []graph.ID
	if lister, can := r.Snapshot.(Lister); can && limit > 0 {
		subjects, err := lister.List(ctx, vocab.Type, class, string(after), limit, Listing{
			Label: r.sight.sees, Name: func(iri quad.IRI) string { return string(codec.IDOf(iri)) },
		})
		for _, iri := range subjects {
			ids = append(ids, codec.IDOf(iri))
		}
		return ids, err
	}
	quads, err := r.in(ctx, []quad.IRI{class}, []quad.IRI{vocab.Type})
	for _, q := range quads {
		iri, _ := q.Subject.(quad.IRI)
		if id := codec.IDOf(iri); id > after {
			ids = append(ids, id)
		}
	}
	return ids, err
}

// Text implements [graph.Reader].
func (r *reader) Text(ctx context.Context, hash string) (string, error) {
	if err := r.usable(ctx); err != nil {
		return "", err
	}
	return r.text(ctx, hash)
}

// Citing implements [graph.Reader].
func (r *reader) Citing(ctx context.Context, edges []graph.Edge) ([][]graph.Passage, error) {
	if err := r.usable(ctx); err != nil || len(edges) == 0 {
		return nil, err
	}
	var versions []graph.ID
	var said []Saying
	version := map[graph.Label]graph.ID{}
	for _, e := range edges {
		if _, known := version[e.Label]; !known {
			version[e.Label] = r.ledger.version(e.Label)
			versions = append(versions, version[e.Label]) // "" of a decision, which has no words
		}
		said = append(said, Saying{Label: codec.SafeIRI(graph.ID(e.Label)), Subject: codec.SafeIRI(e.To)})
	}
	quads, err := r.said(ctx, said, vocab.Words)
	if err != nil {
		return nil, err
	}
	text, err := r.texts(ctx, versions)
	if err != nil {
		return nil, err
	}
	return codec.DecodeCiting(edges, quads, func(label graph.Label) (*graph.Offsets, error) { return text(version[label]) })
}

// said is [Teller.Said] of the quads that the reader sees.
func (r *reader) said(ctx context.Context, of []Saying, predicate quad.IRI) ([]quad.Quad, error) {
	if teller, can := r.Snapshot.(Teller); can {
		quads, err := teller.Said(ctx, of, predicate)
		return r.sight.keep(quads), err
	}
	wanted := make(map[Saying]bool, len(of))
	labels := map[quad.Value]bool{}
	subjects := make([]quad.IRI, 0, len(of))
	for _, s := range of {
		if !wanted[s] {
			wanted[s], labels[s.Label] = true, true
			subjects = append(subjects, s.Subject)
		}
	}
	slices.Sort(subjects)
	quads, err := r.sift(ctx, slices.Compact(subjects), []quad.IRI{predicate}, Sieve{Label: func(label quad.Value) bool { return labels[label] }})
	return slices.DeleteFunc(quads, func(q quad.Quad) bool {
		label, _ := q.Label.(quad.IRI)
		subject, _ := q.Subject.(quad.IRI)
		return !wanted[Saying{label, subject}]
	}), err
}

// texts returns what gives the texts of versions, in which passages are counted.
func (r *reader) texts(ctx context.Context, versions []graph.ID) (func(graph.ID) (*graph.Offsets, error), error) {
	offsets, err := r.offsets(ctx, versions)
	return func(version graph.ID) (*graph.Offsets, error) {
		if o := offsets[version]; o != nil {
			return o, nil
		}
		return nil, fmt.Errorf("version %s: %w", version, graph.ErrNotFound)
	}, err
}

// versionsOf returns the versions in whose texts the passages of nodes are counted, in order.
func versionsOf(described map[quad.IRI][]quad.Quad) []graph.ID {
	var ids []graph.ID
	for _, quads := range described {
		for _, q := range quads {
			if iri, ok := q.Object.(quad.IRI); ok && (q.Predicate == vocab.OfVersion || q.Predicate == vocab.SegmentOf) {
				ids = append(ids, codec.IDOf(iri))
			}
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

func edgesOf(quads []quad.Quad) []graph.Edge {
	edges := make([]graph.Edge, 0, len(quads))
	for _, q := range quads {
		if e, ok := codec.EdgeOf(q); ok {
			edges = append(edges, e)
		}
	}
	return edges
}

func irisOf(ids []graph.ID) []quad.IRI {
	out := make([]quad.IRI, len(ids))
	for i, id := range ids {
		out[i] = codec.SafeIRI(id)
	}
	return out
}

func valuesOf(iris []quad.IRI) []quad.Value {
	out := make([]quad.Value, len(iris))
	for i, iri := range iris {
		out[i] = iri
	}
	return out
}

// Resolved implements [graph.Reader].
func (r *reader) Resolved(ctx context.Context, subjects []graph.ID, kinds ...graph.Predicate) ([]graph.Resolved, error) {
	if err := r.usable(ctx); err != nil || len(subjects) == 0 {
		return nil, err
	}
	quads, err := r.out(ctx, irisOf(subjects), []quad.IRI{vocab.Resolved})
	if err != nil {
		return nil, err
	}
	all, err := codec.DecodeResolved(quads)
	if err != nil {
		return nil, err
	}
	if len(kinds) > 0 {
		all = slices.DeleteFunc(all, func(x graph.Resolved) bool { return !slices.Contains(kinds, x.Predicate) })
	}
	return all, nil
}
