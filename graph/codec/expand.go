package codec

import (
	"fmt"
	"strings"

	"github.com/cayleygraph/quad"

	"whence/graph/vocab"
)

// evidence lists the fields that hold passages.
var evidence = map[quad.Value]bool{
	vocab.Words: true, vocab.Content: true, vocab.SourceWords: true, vocab.Cue: true, vocab.Hedges: true,
	vocab.Figure: true, vocab.Sentence: true, vocab.Evidence: true,
}

// Expand adds to quads a node for every passage, with the words and the span as
// Web Annotation's selectors have them, for programs that query an export. Its
// IRI is that of its owner, the field and its place in it: "…#content-0". The
// result is in canonical order.
func Expand(quads []quad.Quad) ([]quad.Quad, error) {
	type owner struct{ subject, label quad.Value }
	versions := map[owner]quad.Value{}
	for _, q := range quads {
		if q.Predicate == vocab.OfVersion || q.Predicate == vocab.SegmentOf {
			versions[owner{q.Subject, q.Label}] = q.Object
		}
	}
	out := append([]quad.Quad(nil), quads...)
	for _, q := range quads {
		subject, ok := q.Subject.(quad.IRI)
		if !ok || !evidence[q.Predicate] {
			continue
		}
		var list []passage
		if err := parseJSON(q.Object, &list); err != nil {
			return nil, fmt.Errorf("expand %s: %w", subject, err)
		}
		field := strings.TrimPrefix(string(q.Predicate.(quad.IRI)), vocab.Namespace)
		for i, p := range list {
			node := quad.IRI(fmt.Sprintf("%s#%s-%d", string(subject), field, i))
			add := func(s quad.IRI, p quad.IRI, o quad.Value) {
				out = append(out, quad.Quad{Subject: s, Predicate: p, Object: o, Label: q.Label})
			}
			add(subject, vocab.HasPassage, node)
			add(node, vocab.Type, vocab.Passage)
			if v := versions[owner{q.Subject, q.Label}]; v != nil {
				add(node, vocab.OfVersion, v)
			}
			add(node, vocab.Start, quad.Int(p.Start))
			add(node, vocab.End, quad.Int(p.End))
			add(node, vocab.Exact, quad.String(p.Exact))
			if p.Prefix != "" {
				add(node, vocab.Prefix, quad.String(p.Prefix))
			}
			if p.Suffix != "" {
				add(node, vocab.Suffix, quad.String(p.Suffix))
			}
		}
	}
	return Sort(out), nil
}

// Contract takes away what [Expand] added, and keeps the order.
func Contract(quads []quad.Quad) []quad.Quad {
	passages := map[quad.Value]bool{}
	for _, q := range quads {
		if q.Predicate == vocab.HasPassage {
			passages[q.Object] = true
		}
	}
	var out []quad.Quad
	for _, q := range quads {
		if q.Predicate != vocab.HasPassage && !passages[q.Subject] {
			out = append(out, q)
		}
	}
	return out
}
