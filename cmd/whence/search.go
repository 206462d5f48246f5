package main

import (
	"fmt"
	"strings"
)

type searchCmd struct {
	Words      []string `arg:"" help:"Words that must all stand in the passage, in any inflection; phrases in double quotation marks, exactly."`
	Any        bool     `help:"One of the words or phrases is enough; passages with more of them come first."`
	Document   string   `help:"ID of the document." placeholder:"ID"`
	Publisher  string   `help:"Name of the publisher."`
	From       string   `help:"Published on this date or later." placeholder:"DATE"`
	To         string   `help:"Published on this date or earlier." placeholder:"DATE"`
	Commenters bool     `help:"Also what readers say in comments."`
	pageFlags
	clockFlags
}

// passageView is what the text output shows of a passage that was found.
type passageView struct {
	Passage  placed    `json:"passage"`
	Found    []placed  `json:"found"`
	Document *document `json:"document"`
	Segment  *segment  `json:"segment"`
	StatedOn string    `json:"stated_on"`
}

// placed is words with their place in the text, in code points.
type placed struct {
	Span  *[2]int `json:"span"`
	Exact string  `json:"exact"`
}

// Run lists passages of the texts themselves.
func (c *searchCmd) Run(a *app) error {
	q := question{path: "/api/v1/search"}
	q.add("q", strings.Join(c.Words, " "))
	if c.Any {
		q.add("any", "true")
	}
	q.add("document", c.Document)
	q.add("publisher", c.Publisher)
	q.add("from", c.From)
	q.add("to", c.To)
	if c.Commenters {
		q.add("commenters", "true")
	}
	c.pageFlags.to(&q)
	c.clockFlags.to(&q)
	return list(a, q, func(x passageView) {
		where := claim{Document: x.Document, Segment: x.Segment, StatedOn: x.StatedOn}.where()
		fmt.Fprintf(a.stdout, "%s\n  %s\n", clean(where), folded(x.marked()))
		if x.Document != nil {
			fmt.Fprintf(a.stdout, "  %s\n", clean(short(x.Document.ID)))
		}
	})
}

// marked is the passage with the words that were asked for in ⟦⟧, as in a trace.
func (x passageView) marked() string {
	words := []rune(x.Passage.Exact)
	if x.Passage.Span == nil {
		return x.Passage.Exact
	}
	var b strings.Builder
	at := 0
	for _, f := range x.Found {
		if f.Span == nil {
			continue
		}
		from, to := f.Span[0]-x.Passage.Span[0], f.Span[1]-x.Passage.Span[0]
		if from < at || to > len(words) {
			continue
		}
		b.WriteString(string(words[at:from]) + "⟦" + string(words[from:to]) + "⟧")
		at = to
	}
	return b.String() + string(words[at:])
}
