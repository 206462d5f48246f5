package extract

import (
	"strings"

	"whence/graph"
	"whence/loader/extract/name"
)

// describe completes what is known of the document by what its text says of itself.
func (x *extraction) describe() {
	d := x.item.Document
	if x.layout.Title != "" && (d.Title == "" || strings.Contains(firstPart(x.text), d.Title)) {
		d.Title = x.layout.Title
	}
	if len(d.Authors) == 0 && x.layout.Author != "" {
		d.Authors = []string{x.layout.Author}
	}
	if d.Published == "" {
		d.Published = x.layout.Published
	}
	if d.Publisher == "" {
		d.Publisher = x.ownPublisher()
	}
	x.r.Document = d
	x.r.Text = x.text
	x.r.Version = graph.Version{
		ID: graph.NewVersionID(d.ID, x.text), Document: d.ID, TextHash: graph.TextHash(x.text), BytesHash: x.item.BytesHash,
		MediaType: x.item.MediaType, Runes: graph.NewOffsets(x.text).Len(),
	}
}

func firstPart(s string) string {
	if len(s) > 1000 {
		return s[:1000]
	}
	return s
}

// ownPublisher is the body that a text shows to be its publisher: the site's name
// above the headline, or the body that responds in the headline and says "we".
func (x *extraction) ownPublisher() string {
	if s := x.layout.SiteName; s != "" {
		for _, n := range name.Find(s, []graph.Span{{Start: 0, End: len(s)}}) {
			if n.Type == graph.Organisation || n.Type == graph.Government || n.Type == graph.Publication {
				return s
			}
		}
	}
	title := x.layout.Title
	if title == "" || !x.saysWe() {
		return ""
	}
	for _, verb := range []string{" responds to ", " response to ", " statement on ", " comments on ", " reacts to ", " calls for ", " calls on ", " welcomes ", " condemns "} {
		if i := strings.Index(title, verb); i > 0 && i <= 80 && siteLike(title[:i]) && namesBody(title[:i]) {
			return title[:i]
		}
	}
	return ""
}

// namesBody tells a body's name from a common noun with the headline's capital.
func namesBody(s string) bool {
	for _, n := range name.Find(s, []graph.Span{{Start: 0, End: len(s)}}) {
		if !n.Nominal && !n.Office && (n.Type == graph.Organisation || n.Type == graph.Government || n.Type == graph.Publication) {
			return true
		}
	}
	return strings.ToUpper(s) == s && len(s) >= 3 || strings.Contains(s, " ")
}

func siteLike(s string) bool {
	for _, w := range strings.Fields(s) {
		if r := firstRune(w); r < 'A' || r > 'Z' {
			switch w {
			case "of", "for", "the", "and", "&", "in":
				continue
			}
			return false
		}
	}
	return true
}

func (x *extraction) saysWe() bool {
	for _, p := range x.layout.Paragraphs {
		if x.layout.Segments[p.Segment].Type != graph.SegmentBody {
			continue
		}
		for _, t := range tokenize(x.text, p.Span, nil) {
			if w := t.lower; w == "we" || w == "our" || w == "us" || w == "we're" || w == "we've" {
				return true
			}
		}
	}
	return false
}
