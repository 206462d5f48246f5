package main

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"whence/graph"
	"whence/loader/extract/name"
	"whence/loader/syntax"
	"whence/loader/syntax/entity"
	"whence/loader/syntax/treebank"
)

// A document is one of a treebank that marks names: its sentences as they are learnt
// from, and with the tokens that a program finds.
type document struct {
	examples []entity.Example
	found    []syntax.Sentence
}

// documentsOf makes documents of a treebank's sentences. Names that the rules take for
// offices are left out: they are none here ("the President").
func documentsOf(examples []syntax.Example) []document {
	var out []document
	for _, text := range syntax.Texts(examples) {
		var d document
		var spans []graph.Span
		for _, s := range text.Sentences {
			e := examples[0]
			examples = examples[1:]
			by := s[0].Span.Start - e.Tokens[0].Span.Start
			span := graph.Span{Start: by, End: by + len(e.Text)}
			x := entity.Example{Text: text.Text, Sentence: s}
			for _, n := range entity.Marked(e) {
				n.Span.Start += by
				n.Span.End += by
				x.Names = append(x.Names, n)
			}
			d.examples = append(d.examples, x)
			d.found = append(d.found, syntax.Tokens(text.Text, span))
			spans = append(spans, span)
		}
		hints := name.Hints(text.Text, spans)
		for i, s := range spans {
			x := &d.examples[i]
			x.Hints, hints = cut(hints, s.End)
			x.Names = slices.DeleteFunc(x.Names, func(n entity.Name) bool {
				return slices.ContainsFunc(x.Hints, func(h entity.Name) bool { return h.Type == name.Office && h.Span.Overlaps(n.Span) })
			})
		}
		out = append(out, d)
	}
	return out
}

//go:embed own.txt
var own string

// marks are the types in own.txt.
var marks = map[byte]graph.AgentType{'p': graph.Person, 'o': graph.Organisation, 'l': graph.Place, 't': entity.Thing}

// ownDocument reads own.txt, the sentences of which make one document.
func ownDocument() document {
	var text strings.Builder
	var names []entity.Name
	var spans []graph.Span
	for line := range strings.Lines(own) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		start := text.Len()
		for {
			before, rest, ok := strings.Cut(line, "[")
			text.WriteString(before)
			if !ok {
				break
			}
			words, after, _ := strings.Cut(rest, "]")
			at := text.Len()
			text.WriteString(words[2:])
			names = append(names, entity.Name{Span: graph.Span{Start: at, End: text.Len()}, Type: marks[words[0]]})
			line = after
		}
		spans = append(spans, graph.Span{Start: start, End: text.Len() - 1})
	}
	var d document
	hints := name.Hints(text.String(), spans)
	for _, s := range spans {
		x := entity.Example{Text: text.String(), Sentence: syntax.Tokens(text.String(), s)}
		x.Names, names = cut(names, s.End)
		x.Hints, hints = cut(hints, s.End)
		d.examples = append(d.examples, x)
	}
	return d
}

// cut returns the names that begin before a place, and the others.
func cut(names []entity.Name, end int) (before, rest []entity.Name) {
	i := 0
	for i < len(names) && names[i].Span.Start < end {
		i++
	}
	return names[:i], names[i:]
}

func allExamples(documents []document) []entity.Example {
	var out []entity.Example
	for _, d := range documents {
		out = append(out, d.examples...)
	}
	return out
}

// A finder is a way to find the names of a document, in order, by sentence.
type finder struct {
	name string
	find func(t, unaided *entity.Tagger, d document) [][]entity.Name
}

// finders are those that cross compares.
var finders = []finder{
	{"rules", func(_, _ *entity.Tagger, d document) [][]entity.Name { return named(d) }},
	{"tagger alone", func(_, t *entity.Tagger, d document) [][]entity.Name { return tagged(t, d, false) }},
	{"tagger with hints", func(t, _ *entity.Tagger, d document) [][]entity.Name { return tagged(t, d, true) }},
	{"rules, and tagger for what they leave open", func(t, _ *entity.Tagger, d document) [][]entity.Name {
		return judged(d, tagged(t, d, true), 0)
	}},
	{"the same, where it is sure", func(t, _ *entity.Tagger, d document) [][]entity.Name {
		return judged(d, tagged(t, d, true), entity.Sure)
	}},
	{"the same, and names that the rules miss", func(t, _ *entity.Tagger, d document) [][]entity.Name {
		by := tagged(t, d, true)
		return missed(d, judged(d, by, entity.Sure), by, entity.Sure)
	}},
}

// named are the hints with types as the tagger has them.
func named(d document) [][]entity.Name {
	out := make([][]entity.Name, len(d.examples))
	for i, e := range d.examples {
		for _, n := range e.Hints {
			switch n.Type {
			case graph.Government, graph.Publication:
				n.Type = graph.Organisation
			case graph.Programme:
				n.Type = entity.Thing
			case name.Office:
				continue
			}
			out[i] = append(out[i], n)
		}
	}
	return out
}

// tagged are the names that a tagger finds.
func tagged(t *entity.Tagger, d document, hints bool) [][]entity.Name {
	out := make([][]entity.Name, len(d.examples))
	var all []entity.Name
	for i, e := range d.examples {
		if !hints {
			e.Hints = nil
		}
		out[i] = t.Find(e.Text, d.found[i], e.Hints)
		all = append(all, out[i]...)
	}
	if len(all) > 0 {
		entity.Agree(d.examples[0].Text, all)
	}
	for i := range out {
		out[i], all = all[:len(out[i])], all[len(out[i]):]
	}
	return out
}

// judged are the hints, with the type that a tagger gives the same words where the rules have none.
func judged(d document, by [][]entity.Name, least int) [][]entity.Name {
	out := named(d)
	for i := range out {
		for k := range out[i] {
			n := &out[i][k]
			if n.Type != name.Untold {
				continue
			}
			for _, m := range by[i] {
				if m.Span == n.Span && m.Lead >= least {
					n.Type = m.Type
				}
			}
		}
	}
	return out
}

// missed adds to what was found those names of a tagger that overlap no hint.
func missed(d document, found, by [][]entity.Name, least int) [][]entity.Name {
	for i := range found {
		for _, n := range by[i] {
			if n.Lead >= least && !slices.ContainsFunc(d.examples[i].Hints, func(h entity.Name) bool { return h.Span.Overlaps(n.Span) }) {
				found[i] = append(found[i], n)
			}
		}
	}
	return found
}

// A count is of names marked, found, and found rightly.
type count struct{ marked, found, right int }

func (c count) f1() float64 {
	if c.marked+c.found == 0 {
		return 0
	}
	return 2 * float64(c.right) / float64(c.marked+c.found)
}

// A score is the counts of each type, of the same borders whatever the type, and of all
// types but things, which a provenance graph has no use for.
type score struct {
	name          string
	types         [4]count
	spans, agents count
}

var types = [4]graph.AgentType{graph.Person, graph.Organisation, graph.Place, entity.Thing}

func (s *score) add(marked, found []entity.Name) {
	is := map[graph.Span]graph.AgentType{}
	each := func(t graph.AgentType, add func(c *count)) {
		if i := slices.Index(types[:], t); i >= 0 {
			add(&s.types[i])
		}
		if t != entity.Thing && t != name.Untold {
			add(&s.agents)
		}
	}
	for _, n := range marked {
		is[n.Span] = n.Type
		s.spans.marked++
		each(n.Type, func(c *count) { c.marked++ })
	}
	for _, n := range found {
		s.spans.found++
		each(n.Type, func(c *count) { c.found++ })
		if t, ok := is[n.Span]; ok {
			s.spans.right++
			if t == n.Type {
				each(t, func(c *count) { c.right++ })
			}
		}
	}
}

// cross learns from our own sentences and all documents but those of one fold, and scores on these, for each fold.
func cross(documents []document, own document, classes entity.Classes) []score {
	const folds = 5
	scores := make([]score, len(finders))
	for fold := range folds {
		learn := []document{own}
		for i, d := range documents {
			if i%folds != fold {
				learn = append(learn, d)
			}
		}
		all := allExamples(learn)
		t := entity.Learn(all, classes)
		for i := range all {
			all[i].Hints = nil
		}
		unaided := entity.Learn(all, classes)
		for i := fold; i < len(documents); i += folds {
			d := documents[i]
			for k, f := range finders {
				scores[k].name = f.name
				for j, found := range f.find(t, unaided, d) {
					scores[k].add(d.examples[j].Names, found)
				}
			}
		}
	}
	return scores
}

func (c count) precision() float64 { return float64(c.right) / float64(max(1, c.found)) }

func table(scores []score) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-44s%8s%8s%8s%8s%8s%8s%8s\n", "F1 in per cent", "person", "organ.", "place", "thing", "no thing", "prec.", "spans")
	for _, s := range scores {
		fmt.Fprintf(&b, "%-44s", s.name)
		for _, c := range append(s.types[:], s.agents) {
			fmt.Fprintf(&b, "%8.1f", 100*c.f1())
		}
		fmt.Fprintf(&b, "%8.1f%8.1f\n", 100*s.agents.precision(), 100*s.spans.f1())
	}
	return b.String()
}

// learnNames learns a tagger of names from the treebank at a path, and writes what it
// reaches in cross-validation.
func learnNames(path, vectors string) (*entity.Tagger, error) {
	examples, err := treebank.ReadFile(path)
	if err != nil {
		return nil, err
	}
	v, err := readVectors(vectors)
	if err != nil {
		return nil, err
	}
	classes := entity.NewClasses(v)
	documents, own := documentsOf(examples), ownDocument()
	fmt.Print(table(cross(documents, own, classes)))
	return entity.Learn(allExamples(append(documents, own)), classes), nil
}
