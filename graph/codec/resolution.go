package codec

import (
	"cmp"
	"slices"

	"github.com/cayleygraph/quad"

	"whence/graph"
	"whence/graph/vocab"
)

// resolved is the form of a [graph.Resolved] in a literal on its subject.
type resolved struct {
	Predicate graph.Predicate `json:"predicate"`
	Agent     graph.ID        `json:"agent,omitempty"`
	Reason    string          `json:"reason,omitempty"`
	Rejected  []graph.ID      `json:"rejected,omitempty"`
}

// EncodeResolution returns the quads of a resolution in canonical order; text is
// that of its version, whose passages the mentions are. A name that was resolved
// is a plain edge to the agent, and beside it the reason, which is there also
// where nobody can be meant. Errors are as for [EncodeReading].
func EncodeResolution(r graph.Resolution, text string) ([]quad.Quad, error) {
	e := newEncoder(r.Label, text)
	e.begin(graph.ID(r.Label), vocab.Resolution)
	visitResolution(e, &r)
	for i := range r.Agents {
		e.node(&r.Agents[i])
	}
	for _, x := range r.Resolved {
		p := vocab.IRI(x.Predicate)
		e.subject = SafeIRI(x.Subject)
		switch {
		case x.Subject == "":
			e.fail("what is resolved has no subject")
		case p == "":
			e.fail("%q is no relation", x.Predicate)
		case e.valid(vocab.Resolved, x.Reason):
			e.json(vocab.Resolved, resolved{x.Predicate, x.Agent, x.Reason, x.Rejected})
			e.edge(x.Subject, p, x.Agent)
		}
	}
	for i := range r.Mentions {
		m := &r.Mentions[i]
		e.begin(mentionID(r.Label, m.Agent), vocab.Mention)
		e.id(vocab.OfDocument, &r.Document)
		e.id(vocab.OfVersion, &r.Version)
		visitMention(e, m)
		e.edge(r.Document, vocab.Mentions, m.Agent)
	}
	return e.finish()
}

func visitResolution(f fields, r *graph.Resolution) {
	label(f, vocab.OfReading, &r.Reading)
	label(f, vocab.ByAuthority, &r.Authority)
	f.id(vocab.OfDocument, &r.Document)
	f.id(vocab.OfVersion, &r.Version)
}

func visitMention(f fields, m *graph.Mention) {
	f.id(vocab.MentionOf, &m.Agent)
	f.passages(vocab.Words, &m.Passages)
	f.set(vocab.Role, &m.Roles)
}

// mentionID names the mention of an agent in a resolution.
func mentionID(l graph.Label, agent graph.ID) graph.ID {
	return graph.ID(graph.Namespace + "mention:" + graph.HashParts(string(l), string(agent))[:32])
}

// DecodeResolution is the inverse of [EncodeResolution]. Agents come in order of
// ID, mentions in order of their agent, Resolved as from [DecodeResolved].
func DecodeResolution(quads []quad.Quad, text string) (graph.Resolution, error) {
	d, own, err := describe(quads, vocab.Resolution, text)
	if err != nil {
		return graph.Resolution{}, err
	}
	r := graph.Resolution{Label: d.label}
	visitResolution(own, &r)
	if own.err != nil {
		return graph.Resolution{}, own.err
	}
	if r.Agents, err = d.agents(); err != nil {
		return graph.Resolution{}, err
	}
	var all []quad.Quad
	for _, s := range d.subjects {
		all = append(all, d.bySubj[s]...)
		dec := d.decoder(s)
		var mention bool
		if dec.class(vocab.Mention, &mention); !mention {
			continue
		}
		var m graph.Mention
		if visitMention(dec, &m); dec.err != nil {
			return graph.Resolution{}, dec.err
		}
		r.Mentions = append(r.Mentions, m)
	}
	inOrder(r.Mentions, func(m graph.Mention) graph.ID { return m.Agent })
	r.Resolved, err = DecodeResolved(all)
	return r, err
}

// DecodeResolved reads who is meant at the subjects of quads; those of other
// predicates than vocab.Resolved are passed over. They come in order of Subject,
// Predicate, Agent, Reason; what two labels say alike stands once.
func DecodeResolved(quads []quad.Quad) ([]graph.Resolved, error) {
	var out []graph.Resolved
	for _, q := range quads {
		subject, ok := q.Subject.(quad.IRI)
		if !ok || q.Predicate != vocab.Resolved {
			continue
		}
		x, ok := scanResolved(jsonOf(q.Object))
		if !ok {
			x = resolved{}
			d := decoder{subject: subject}
			if d.fail(vocab.Resolved, parseJSON(q.Object, &x)); d.err != nil {
				return nil, d.err
			}
		}
		out = append(out, graph.Resolved{Subject: IDOf(subject), Predicate: x.Predicate, Agent: x.Agent, Reason: x.Reason, Rejected: x.Rejected})
	}
	slices.SortFunc(out, compareResolved)
	return slices.CompactFunc(out, func(a, b graph.Resolved) bool { return compareResolved(a, b) == 0 }), nil
}

func compareResolved(a, b graph.Resolved) int {
	return cmp.Or(cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.Predicate, b.Predicate), cmp.Compare(a.Agent, b.Agent),
		cmp.Compare(a.Reason, b.Reason), slices.Compare(a.Rejected, b.Rejected))
}
