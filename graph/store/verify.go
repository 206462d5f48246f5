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

// Verify implements [graph.Store]. Problems are sentences, sorted.
func (s *store) Verify(ctx context.Context) (problems []string, err error) {
	// No commit may come between what is read of the graph and of the ledger.
	release, err := s.write(ctx)
	if err != nil {
		return nil, err
	}
	defer release()
	now, err := s.state(ctx)
	if err != nil {
		return nil, err
	}
	problems, err = now.verify(ctx)
	if err := errors.Join(err, now.Close()); err != nil {
		return nil, err
	}
	return problems, nil
}

func (s state) verify(ctx context.Context) ([]string, error) {
	// Every entry of the log is read again, and nothing that was committed since counts.
	commits, err := readLedger(ctx, s, 0)
	if err != nil {
		return nil, err
	}
	ledger := newLedger()
	ledger.add(commits...)
	v := verifier{
		state: s, held: ledger.held, live: graph.Select(commits, graph.At{}).Live,
		nodes: map[quad.Value]bool{}, digests: map[graph.Label]*digest{}, texts: map[string]bool{},
	}
	if err := s.Each(ctx, v.scan); err != nil {
		return nil, err
	}
	v.labels()
	if err := s.Each(ctx, v.edges); err != nil {
		return nil, err
	}
	if err := s.EachHash(ctx, v.text); err != nil {
		return nil, err
	}
	for label, info := range ledger.held {
		if info.Layer != graph.LayerReading {
			continue
		}
		if err := v.reading(ctx, label); err != nil {
			return nil, err
		}
	}
	slices.Sort(v.problems)
	return slices.Compact(v.problems), nil
}

type verifier struct {
	state
	held     map[graph.Label]graph.LabelInfo
	live     map[graph.Label]graph.LabelInfo
	nodes    map[quad.Value]bool // that a live label describes
	digests  map[graph.Label]*digest
	texts    map[string]bool // the hashes that some version names
	seals    []quad.Quad
	problems []string
}

func (v *verifier) problem(format string, args ...any) {
	v.problems = append(v.problems, fmt.Sprintf(format, args...))
}

// scan gathers what the labels hold.
func (v *verifier) scan(q quad.Quad) error {
	if q.Label == sealLabel {
		v.seals = append(v.seals, q)
		return nil
	}
	if hash, ok := q.Object.(quad.String); ok && q.Predicate == vocab.HasText {
		v.texts[string(hash)] = true
	}
	label := codec.LabelOf(q)
	if v.digests[label] == nil {
		v.digests[label] = &digest{}
	}
	v.digests[label].add(q)
	if _, live := v.live[label]; live && q.Predicate == vocab.Type {
		v.nodes[q.Subject] = true
	}
	return nil
}

// labels compares what was found with the ledger and the seals.
func (v *verifier) labels() {
	sealed := map[graph.Label]string{}
	for _, q := range v.seals {
		iri, _ := q.Subject.(quad.IRI)
		value, _ := q.Object.(quad.String)
		sealed[graph.Label(codec.IDOf(iri))] = string(value)
	}
	for label := range v.digests {
		if _, held := v.held[label]; !held {
			v.problem("%s is in the graph, but not in the ledger", label)
		}
	}
	for label := range v.held {
		found, want := v.digests[label], sealed[label]
		if found == nil {
			found = &digest{}
		}
		if found.String() != want {
			v.problem("%s does not hold what was written under it: %d quads are found", label, found.count)
		}
		delete(sealed, label)
	}
	for label := range sealed {
		v.problem("%s is sealed, but not in the ledger", label)
	}
}

// text finds the texts that nothing names.
func (v *verifier) text(hash string) error {
	if !v.texts[hash] {
		v.problem("the text %s is kept, but no version names it", hash)
	}
	return nil
}

// edges finds the live edges that lead from or to nothing.
func (v *verifier) edges(q quad.Quad) error {
	if _, live := v.live[codec.LabelOf(q)]; !live {
		return nil
	}
	e, ok := codec.EdgeOf(q)
	if !ok {
		return nil
	}
	if !v.nodes[q.Subject] {
		v.problem("%s %s %s: the first is not held", e.From, e.Kind, e.To)
	}
	if !v.nodes[q.Object] {
		v.problem("%s %s %s: the last is not held", e.From, e.Kind, e.To)
	}
	return nil
}

// reading checks the nodes of one reading against its text.
func (v *verifier) reading(ctx context.Context, label graph.Label) error {
	quads, err := v.Label(ctx, labelIRI(label))
	if err != nil {
		return err
	}
	texts := map[graph.ID]string{}
	var ids []graph.ID
	for _, q := range quads {
		iri, _ := q.Subject.(quad.IRI)
		id := codec.IDOf(iri)
		switch q.Predicate {
		case vocab.Type:
			ids = append(ids, id)
		case vocab.HasText:
			hash, _ := q.Object.(quad.String)
			if texts[id], err = v.state.text(ctx, string(hash)); err != nil {
				v.problem("%s: %v", label, err)
				return ctx.Err() // nothing more can be said of it
			}
		}
	}
	slices.Sort(ids)
	nodes, err := codec.DecodeNodes(slices.Compact(ids), quads, func(version graph.ID) (*graph.Offsets, error) {
		text, ok := texts[version]
		if !ok {
			return nil, fmt.Errorf("version %q is not held", version)
		}
		return graph.NewOffsets(text), nil
	})
	if err != nil {
		v.problem("%s: %v", label, err)
		return ctx.Err()
	}
	held := map[graph.ID]graph.NodeType{}
	for _, n := range nodes {
		held[n.NodeID()] = n.NodeType()
	}
	for _, n := range nodes {
		document, version, passages := evidence(n)
		if document != "" && held[document] != graph.TypeDocument {
			v.problem("%s %s: its document %s is not held", n.NodeType(), n.NodeID(), document)
		}
		if len(passages) == 0 {
			continue
		}
		text, ok := texts[version]
		if !ok {
			v.problem("%s %s: its version %q is not held", n.NodeType(), n.NodeID(), version)
			continue
		}
		for _, p := range passages {
			if p == (graph.Passage{}) {
				continue
			}
			if span, ok := p.Locate(text); !ok || span != p.Span {
				v.problem("%s %s: %q does not stand at %d to %d of %s", n.NodeType(), n.NodeID(), p.Exact, p.Start, p.End, version)
			}
		}
	}
	return nil
}

// evidence returns the document and version that a node of a reading belongs to,
// and the words it rests on.
func evidence(n graph.Node) (document, version graph.ID, passages []graph.Passage) {
	switch n := n.(type) {
	case *graph.Version:
		return n.Document, n.ID, nil
	case *graph.Segment:
		p := n.Passage
		p.End = p.Start + len(p.Exact) // Exact is cut short
		if p.Exact == "" {
			return n.Document, n.Version, nil
		}
		return n.Document, n.Version, []graph.Passage{p}
	case *graph.Claim:
		return n.Document, n.Version, slices.Concat(n.Content, n.Source, n.Cue, n.Hedges)
	case *graph.Statistic:
		return n.Document, n.Version, []graph.Passage{n.Figure, n.Sentence}
	case *graph.Source:
		return n.Document, n.Version, n.Passages
	case *graph.Relation:
		return n.Document, n.Version, n.Evidence
	}
	return "", "", nil
}
