package dgraphstore

import (
	"fmt"
	"strings"
)

// format is the version of the schema, kept with what it describes. A store of a newer one is not opened.
const format = 1

// A schema names the predicates of a store. See the package comment.
type schema struct {
	// Of the one node that stands for the store.
	format, head, quads, texts string
	// Of the node of a quad.
	subject, predicate, object, label, quad string
	// Of the node of a text.
	textID, hash, text string
	// Of the node of an entry.
	number, entry string
}

func newSchema(name string) schema {
	p := func(s string) string { return name + "." + s }
	return schema{
		format: p("format"), head: p("head"), quads: p("quads"), texts: p("texts"),
		subject: p("subject"), predicate: p("predicate"), object: p("object"), label: p("label"), quad: p("quad"),
		textID: p("text_id"), hash: p("hash"), text: p("text"),
		number: p("number"), entry: p("entry"),
	}
}

// quadPredicates are those of the node of a quad, textPredicates those of a text.
func (s schema) quadPredicates() []string {
	return []string{s.subject, s.predicate, s.object, s.label, s.quad}
}

func (s schema) textPredicates() []string { return []string{s.textID, s.hash, s.text} }

// String returns the schema as Dgraph takes it. Every Apply writes the counts, and with an entry the head,
// so that of two at one time Dgraph aborts one: all else is kept out of its search for conflicts.
func (s schema) String() string {
	var b strings.Builder
	for _, p := range []string{s.subject, s.predicate, s.object, s.label, s.textID} {
		fmt.Fprintf(&b, "%s: int @index(int) @noconflict .\n", p)
	}
	for _, p := range []string{s.quad, s.hash, s.text, s.entry} {
		fmt.Fprintf(&b, "%s: string @noconflict .\n", p)
	}
	for _, p := range []string{s.format, s.number} {
		fmt.Fprintf(&b, "%s: int @index(int) @upsert .\n", p)
	}
	for _, p := range []string{s.head, s.quads, s.texts} {
		fmt.Fprintf(&b, "%s: int .\n", p)
	}
	return b.String()
}
