package export

import (
	"strconv"
	"strings"

	"whence/graph"
)

// label returns the lines that a node shows: its words, then what is known of it.
func (p *picture) label(n graph.Node) []string {
	words := func(s string) []string { return wrap(s, p.o.Width, p.o.Lines) }
	var out []string
	fact := func(parts ...string) {
		out = append(out, wrap(joined(", ", parts...), p.o.Width, 2)...)
	}
	switch x := n.(type) {
	case *graph.Document:
		out = words(x.Title)
		fact(x.Publisher, string(x.Published))
		fact(string(x.Kind))
	case *graph.Version:
		out = words("text of " + strconv.Itoa(x.Runes) + " characters")
		fact(x.MediaType)
	case *graph.Segment:
		out = words(x.Passage.Exact)
		fact(string(x.Type), x.Author, string(x.Date), x.Age)
	case *graph.Claim:
		out = words(marked(x))
		for _, s := range p.figures[x.ID] {
			fact(figure(s))
		}
		if x.Polarity == graph.Negative {
			fact("denied or doubted")
		}
		fact(dates(x))
	case *graph.Agent:
		out = words(x.Name)
		if !x.Identified && x.Type != graph.Anonymous {
			fact(string(x.Type), "a name only")
		} else {
			fact(string(x.Type))
		}
	case *graph.Statistic:
		out = words(figure(x))
		fact(string(x.StatedOn))
	case *graph.Source:
		out = words(joined(", ", append(append([]string{}, x.Authors...), x.Title)...))
		fact(x.Publisher, string(x.Date))
		if len(out) == 0 {
			out = words(x.URL)
		}
		if len(out) == 0 {
			out = words(graph.ExactOf(x.Passages))
		}
		if !x.Located() {
			fact("no address given")
		}
	case *graph.Relation:
		out = words(string(x.Kind))
		fact(relationNote(x))
	case *graph.Review:
		out = words(joined(": ", x.Reviewer, x.Verdict))
		fact(x.Rating, string(x.Published))
	}
	if len(out) == 0 {
		out = words(n.NodeID().Short())
	}
	return out
}

// marked returns a claim's words with quotation marks when they are quoted, since
// the marks themselves stand outside the content.
func marked(c *graph.Claim) string {
	if c.Mode == graph.ModeDirect {
		return "“" + c.Words() + "”"
	}
	return c.Words()
}

func dates(c *graph.Claim) string {
	said, stated := "", ""
	if c.SaidOn != "" {
		said = "said " + string(c.SaidOn)
	}
	if c.StatedOn != "" && c.StatedOn != c.SaidOn {
		stated = "published " + string(c.StatedOn)
	}
	return joined(", ", said, stated)
}

// figure returns a figure as the text has it, and what is known of it.
func figure(s *graph.Statistic) string {
	figure := s.Figure.Exact
	if figure == "" && s.Value != nil {
		figure = strconv.FormatFloat(*s.Value, 'f', -1, 64) + " " + s.Unit
	}
	return joined(", ", figure, s.Measure, s.Population, s.Place, string(s.Period))
}

func (p *picture) clusterLabel(document graph.ID) []string {
	d, ok := p.nodes[document].(*graph.Document)
	if !ok || d.Title == "" {
		return wrap(document.Short(), 2*p.o.Width, 2)
	}
	return append(wrap(d.Title, 2*p.o.Width, 2), wrap(joined(", ", d.Publisher, string(d.Published)), 2*p.o.Width, 1)...)
}

// joined joins the parts that are not empty.
func joined(sep string, parts ...string) string {
	var out []string
	for _, s := range parts {
		if strings.TrimSpace(s) != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, sep)
}
