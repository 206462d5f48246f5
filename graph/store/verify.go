package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"whence/graph"
	"whence/graph/codec"
	"whence/graph/vocab"
)

// What to do about a problem. Nothing is repaired by itself.
const (
	toRestore = "restore a backup that was made before"
	toCopy    = "a backup leaves it out: make one, and restore it into a new store"
)

// Verify implements [graph.Store]. Problems are sentences that name the thing and what to do about it, sorted. Writers go
// on beside it: it tells of the moment when it began. It takes memory for each label and, of each node, for
// eight bytes, and reads everything twice.
func (s *store) Verify(ctx context.Context) (problems []string, err error) {
	err = s.reading(ctx, func(now state) error {
		frozen, err := now.freeze(ctx)
		if err != nil {
			return err
		}
		problems, err = frozen.verify(ctx)
		return err
	})
	if errors.Is(err, graph.ErrDamaged) { // the backend may say more
		problems, err = append(problems, fmt.Sprintf("%v: %s", err, toRestore)), nil
	}
	if checker, ok := s.backend.(Checker); ok && err == nil {
		var more []string
		more, err = checker.Check(ctx)
		problems = append(problems, more...)
	}
	if err != nil {
		return nil, err
	}
	slices.Sort(problems)
	return slices.Compact(problems), nil
}

func (f *Frozen) verify(ctx context.Context) ([]string, error) {
	v := verifier{
		Frozen: f, live: graph.Select(f.commits, graph.At{}).Live,
		digests: map[graph.Label]*digest{}, sealed: map[graph.Label]string{}, texts: map[string]bool{},
	}
	if err := f.Each(ctx, v.scan); err != nil {
		return v.problems, err
	}
	v.labels()
	if err := f.Each(ctx, v.edges); err != nil {
		return v.problems, err
	}
	for label, info := range f.held {
		if info.Layer != graph.LayerReading {
			continue
		}
		if err := v.reading(ctx, label); err != nil {
			return v.problems, err
		}
	}
	return v.problems, v.unnamed(ctx)
}

type verifier struct {
	*Frozen
	live     map[graph.Label]graph.LabelInfo
	nodes    tally // that a live label describes
	digests  map[graph.Label]*digest
	sealed   map[graph.Label]string
	texts    map[string]bool // the hashes that some version names
	problems []string
}

func (v *verifier) problem(do, format string, args ...any) {
	v.problems = append(v.problems, fmt.Sprintf(format, args...)+": "+do)
}

// known reports whether the log has a label, also one that was committed since.
func (v *verifier) known(label graph.Label) bool {
	if _, held := v.held[label]; held {
		return true
	}
	_, held := v.ledger.info(label)
	return held
}

// scan gathers what the labels hold.
func (v *verifier) scan(q quad.Quad) error {
	if q.Label == sealLabel {
		iri, _ := q.Subject.(quad.IRI)
		value, _ := q.Object.(quad.String)
		label := graph.Label(codec.IDOf(iri))
		if _, twice := v.sealed[label]; twice {
			value = "" // it fits nothing
		}
		v.sealed[label] = string(value)
		return nil
	}
	if hash := Named(q); hash != "" {
		v.texts[hash] = true
	}
	label := codec.LabelOf(q)
	if v.digests[label] == nil {
		v.digests[label] = &digest{}
	}
	v.digests[label].add(q)
	if _, live := v.live[label]; live && q.Predicate == vocab.Type {
		v.nodes.add(q.Subject)
	}
	return nil
}

// labels compares what was found with the log and the seals.
func (v *verifier) labels() {
	for label := range v.digests {
		if !v.known(label) {
			v.problem(toCopy, "%s is in the graph, but not in the ledger", label)
		}
	}
	for label := range v.held {
		found, want := v.digests[label], v.sealed[label]
		if found == nil {
			found = &digest{}
		}
		if found.String() != want {
			count, _, _ := strings.Cut(want, ":")
			v.problem(toRestore, "%s does not hold what was written under it: %d quads are found, %s were written", label, found.count, cmp.Or(count, "it is not known how many"))
		}
	}
	for label := range v.sealed {
		if !v.known(label) {
			v.problem(toCopy, "%s is sealed, but not in the ledger", label)
		}
	}
}

// unnamed finds the texts that nothing names.
func (v *verifier) unnamed(ctx context.Context) error {
	var strange []string
	err := v.EachHash(ctx, func(hash string) error {
		if !v.texts[hash] {
			strange = append(strange, hash)
		}
		return nil
	})
	if err != nil || len(strange) == 0 {
		return err
	}
	// One may have come with what was committed since.
	now, err := v.state.store.state(ctx)
	if err != nil {
		return err
	}
	strange, err = now.unnamed(ctx, strange, nil)
	for _, hash := range strange {
		v.problem(toCopy, "the text %s is kept, but no version names it", hash)
	}
	return errors.Join(err, now.Close())
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
	if !v.nodes.has(q.Subject) {
		v.problem(toRestore, "%s %s %s: the first is not held", e.From, e.Kind, e.To)
	}
	if !v.nodes.has(q.Object) {
		v.problem(toRestore, "%s %s %s: the last is not held", e.From, e.Kind, e.To)
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
			texts[id], err = v.state.text(ctx, string(hash))
			if err == nil && graph.TextHash(texts[id]) != string(hash) {
				err = fmt.Errorf("the text %s does not read back as it was written", hash)
			}
			if err != nil {
				v.problem(toRestore, "%s: %v", label, err)
				return ctx.Err() // nothing more can be said of it
			}
		}
	}
	slices.Sort(ids)
	nodes, err := codec.DecodeNodes(slices.Compact(ids), codec.BySubject(quads), func(version graph.ID) (*graph.Offsets, error) {
		text, ok := texts[version]
		if !ok {
			return nil, fmt.Errorf("version %q is not held", version)
		}
		return graph.NewOffsets(text), nil
	})
	if err != nil {
		v.problem(toRestore, "%s: %v", label, err)
		return ctx.Err()
	}
	held := map[graph.ID]graph.NodeType{}
	for _, n := range nodes {
		held[n.NodeID()] = n.NodeType()
	}
	for _, n := range nodes {
		document, version, passages := evidence(n)
		if document != "" && held[document] != graph.TypeDocument {
			v.problem(toRestore, "%s %s: its document %s is not held", n.NodeType(), n.NodeID(), document)
		}
		if len(passages) == 0 {
			continue
		}
		text, ok := texts[version]
		if !ok {
			v.problem(toRestore, "%s %s: its version %q is not held", n.NodeType(), n.NodeID(), version)
			continue
		}
		for _, p := range passages {
			if p == (graph.Passage{}) {
				continue
			}
			if span, ok := p.Locate(text); !ok || span != p.Span {
				v.problem(toRestore, "%s %s: %q does not stand at %d to %d of %s", n.NodeType(), n.NodeID(), p.Exact, p.Start, p.End, version)
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
