package codec

import (
	"slices"

	"github.com/cayleygraph/quad"

	"whence/graph"
	"whence/graph/vocab"
)

// target is the form of a [graph.Target] in a literal. A decision outlives every
// text, so its span keeps the bytes of the text that it was made on.
type target struct {
	Node      graph.ID `json:"node,omitempty"`
	Exact     string   `json:"exact,omitempty"`
	Prefix    string   `json:"prefix,omitempty"`
	Suffix    string   `json:"suffix,omitempty"`
	FirstByte int      `json:"firstByte,omitempty"`
	EndByte   int      `json:"endByte,omitempty"`
}

// EncodeDecision returns the quads of a decision, whose label is its ID, in
// canonical order. The plain edges that follow from it are laid over on read:
// they are not stored.
func EncodeDecision(d graph.Decision) ([]quad.Quad, error) {
	e := newEncoder(graph.Label(d.ID), "")
	e.begin(d.ID, vocab.Decision)
	visitDecision(e, &d)
	e.time(vocab.At, d.At)
	if len(d.Targets) > 0 {
		out := make([]target, len(d.Targets))
		for i, t := range d.Targets {
			p := t.Passage
			if slices.ContainsFunc([]string{string(t.Node), p.Exact, p.Prefix, p.Suffix}, func(s string) bool { return !e.valid(vocab.Target, s) }) {
				break
			}
			out[i] = target{t.Node, p.Exact, p.Prefix, p.Suffix, p.Start, p.End}
		}
		e.json(vocab.Target, out)
	}
	return e.finish()
}

// DecodeDecision is the inverse of [EncodeDecision]. At is in UTC.
func DecodeDecision(quads []quad.Quad) (graph.Decision, error) {
	in, own, err := describe(quads, vocab.Decision, "")
	if err != nil {
		return graph.Decision{}, err
	}
	d := graph.Decision{ID: graph.ID(in.label)}
	visitDecision(own, &d)
	own.time(vocab.At, &d.At)
	var targets []target
	own.json(vocab.Target, &targets)
	for _, t := range targets {
		d.Targets = append(d.Targets, graph.Target{Node: t.Node, Passage: graph.Passage{
			Span: graph.Span{Start: t.FirstByte, End: t.EndByte}, Exact: t.Exact, Prefix: t.Prefix, Suffix: t.Suffix,
		}})
	}
	return d, own.err
}

func visitDecision(f fields, d *graph.Decision) {
	text(f, vocab.Act, &d.Act)
	f.str(vocab.Field, &d.Field)
	f.str(vocab.Before, &d.Before)
	f.str(vocab.After, &d.After)
	f.str(vocab.By, &d.By)
	f.str(vocab.Reason, &d.Reason)
}
