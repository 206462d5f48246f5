package codec_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"pgregory.net/rapid"

	"whence/graph"
)

// Strings that break careless encodings: marks of quads and of JSON, line ends of
// every kind, right-to-left and combining marks, characters beyond 16 bits, and
// words that look like other values.
var awkward = rapid.OneOf(
	rapid.SampledFrom([]string{
		"", " ", `"`, `\`, `\"`, "\n", "\r\n", "\t", "\x00", "\x01", "\x7f", "\u0085", "\u2028", "\ufeff", "\ufffd", "\uffff", "😀", "👩‍👩‍👧", "שלום", "\u202eabc\u202c", "é",
		"𝒳", "<script>", "<urn:x>", `"a"@en`, `"1"^^<x>`, "_:b", "# no comment", "a .", "null", "{}", "[]", "%20", "&amp;", "plain words", `\u0041`, "\\N",
	}),
	rapid.String(),
	rapid.StringOf(rapid.SampledFrom([]rune{'a', 'b', ' ', '\n', '"', '\\', '😀', 'é', 'ש', '‘'})),
)

var someDate = rapid.SampledFrom([]graph.Date{"", "2024", "2024-10", "2024-10-16", "0000", "last week", "2024-13-40"})

// someInstant is any time that a ledger can hold, to the nanosecond.
var someInstant = rapid.Custom(func(t *rapid.T) time.Time {
	if rapid.Bool().Draw(t, "zero") {
		return time.Time{}
	}
	return time.Unix(rapid.Int64Range(-1e9, 4e9).Draw(t, "s"), rapid.Int64Range(0, 999999999).Draw(t, "ns")).UTC()
})

func someID(kind string) *rapid.Generator[graph.ID] {
	return rapid.Custom(func(t *rapid.T) graph.ID {
		return graph.ID(fmt.Sprintf("%s%s:%d", graph.Namespace, kind, rapid.IntRange(0, 5).Draw(t, kind)))
	})
}

func maybeID(kind string) *rapid.Generator[graph.ID] {
	return rapid.OneOf(rapid.Just(graph.ID("")), someID(kind))
}

// worldID is an ID as the outside world gives it.
var worldID = rapid.OneOf(
	rapid.Map(awkward, func(s string) graph.ID { return graph.ID("https://example.org/" + s) }),
	rapid.Map(rapid.StringN(1, 20, -1), func(s string) graph.ID { return graph.ID(s) }),
)

func someText(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(awkward, 0, 8).Draw(t, "text"), " ")
}

// somePassage cuts any span out of a text: often behind characters of several bytes.
func somePassage(text string) *rapid.Generator[graph.Passage] {
	bounds := []int{len(text)}
	for i := range text {
		bounds = append(bounds, i)
	}
	return rapid.Custom(func(t *rapid.T) graph.Passage {
		a, b := rapid.SampledFrom(bounds).Draw(t, "start"), rapid.SampledFrom(bounds).Draw(t, "end")
		p := graph.NewPassage(text, graph.Span{Start: min(a, b), End: max(a, b)})
		if rapid.Bool().Draw(t, "cut") {
			p.Exact = awkward.Draw(t, "exact") // a segment keeps only its first words
		}
		return p
	})
}

func somePassages(t *rapid.T, text string) []graph.Passage {
	return rapid.SliceOfN(somePassage(text), 0, 3).Draw(t, "passages")
}

func maybePassage(t *rapid.T, text string) graph.Passage {
	if rapid.Bool().Draw(t, "none") {
		return graph.Passage{}
	}
	return somePassage(text).Draw(t, "passage")
}

func draw[T ~string](t *rapid.T, name string) T { return T(awkward.Draw(t, name)) }

func drawList(t *rapid.T, name string) []string { return rapid.SliceOfN(awkward, 0, 4).Draw(t, name) }

// drawSet returns sorted strings without doubles.
func drawSet(t *rapid.T, name string) []string {
	s := drawList(t, name)
	slices.Sort(s)
	return slices.Compact(s)
}

func drawFloat(t *rapid.T, name string) *float64 {
	if rapid.Bool().Draw(t, name+" is nil") {
		return nil
	}
	f := rapid.Float64().Draw(t, name)
	return &f
}

func someConfidence(t *rapid.T) graph.Confidence {
	return graph.Confidence(rapid.IntRange(0, 1000).Draw(t, "confidence"))
}

func someDocument(t *rapid.T) graph.Document {
	return graph.Document{
		ID: worldID.Draw(t, "document"), URL: draw[string](t, "url"), Title: draw[string](t, "title"), Publisher: draw[string](t, "publisher"),
		Authors: drawList(t, "authors"), Kind: draw[graph.DocumentKind](t, "kind"), Published: someDate.Draw(t, "published"), Language: draw[string](t, "language"),
	}
}

func someSegment(t *rapid.T, text string) graph.Segment {
	return graph.Segment{
		ID: someID("segment").Draw(t, "id"), Document: maybeID("text").Draw(t, "document"), Version: maybeID("version").Draw(t, "version"),
		Type:    rapid.SampledFrom([]graph.SegmentType{"", graph.SegmentBody, graph.SegmentComment, graph.SegmentReply}).Draw(t, "type"),
		Passage: maybePassage(t, text), Author: draw[string](t, "author"), Date: someDate.Draw(t, "date"), Age: draw[string](t, "age"),
		Parent: maybeID("segment").Draw(t, "parent"), Language: draw[string](t, "language"), Skipped: draw[string](t, "skipped"),
	}
}

func someClaim(t *rapid.T, text string) graph.Claim {
	return graph.Claim{
		ID: someID("claim").Draw(t, "id"), Document: maybeID("text").Draw(t, "document"), Version: maybeID("version").Draw(t, "version"), Segment: maybeID("segment").Draw(t, "segment"),
		Content: somePassages(t, text), Source: somePassages(t, text), Cue: somePassages(t, text), Hedges: somePassages(t, text),
		Mode: rapid.SampledFrom(graph.Modes).Draw(t, "mode"), Polarity: draw[graph.Polarity](t, "polarity"), SaidIn: maybeID("source").Draw(t, "said in"),
		SaidOn: someDate.Draw(t, "said on"), StatedOn: someDate.Draw(t, "stated on"), Within: maybeID("claim").Draw(t, "within"), Rule: draw[string](t, "rule"),
		Confidence: someConfidence(t), Worth: someConfidence(t),
	}
}

func someStatistic(t *rapid.T, text string) graph.Statistic {
	return graph.Statistic{
		ID: someID("statistic").Draw(t, "id"), Document: maybeID("text").Draw(t, "document"), Version: maybeID("version").Draw(t, "version"), Segment: maybeID("segment").Draw(t, "segment"),
		Claim: maybeID("claim").Draw(t, "claim"), Figure: maybePassage(t, text), Sentence: maybePassage(t, text),
		Value: drawFloat(t, "value"), Min: drawFloat(t, "min"), Max: drawFloat(t, "max"), Bound: draw[graph.Bound](t, "bound"), Unit: draw[string](t, "unit"),
		Measure: draw[string](t, "measure"), Population: draw[string](t, "population"), Place: draw[string](t, "place"), Period: draw[graph.Interval](t, "period"),
		SourceID: maybeID("source").Draw(t, "source"), Credit: draw[string](t, "credit"), StatedOn: someDate.Draw(t, "stated on"), Rule: draw[string](t, "rule"), Confidence: someConfidence(t),
	}
}

func someSource(t *rapid.T, text string) graph.Source {
	return graph.Source{
		ID: someID("source").Draw(t, "id"), Document: maybeID("text").Draw(t, "document"), Version: maybeID("version").Draw(t, "version"), Segment: maybeID("segment").Draw(t, "segment"),
		Kind: draw[graph.SourceKind](t, "kind"), URL: draw[string](t, "url"), Title: draw[string](t, "title"), Publisher: draw[string](t, "publisher"),
		Authors: drawList(t, "authors"), Date: someDate.Draw(t, "date"), Passages: somePassages(t, text), Rule: draw[string](t, "rule"), Confidence: someConfidence(t),
	}
}

func someRelation(t *rapid.T, text string) graph.Relation {
	return graph.Relation{
		ID: someID("relation").Draw(t, "id"), Kind: rapid.SampledFrom(graph.Clarifications).Draw(t, "kind"), From: someID("claim").Draw(t, "from"), To: worldID.Draw(t, "to"),
		Document: maybeID("text").Draw(t, "document"), Version: maybeID("version").Draw(t, "version"), Evidence: somePassages(t, text), Score: someConfidence(t),
		Reasons: drawList(t, "reasons"), Basis: rapid.SampledFrom([]graph.Basis{"", graph.BasisStated, graph.BasisDeclared, graph.BasisQuoted, graph.BasisInferred, graph.BasisPerson}).Draw(t, "basis"),
		Rule: draw[string](t, "rule"), StatedOn: someDate.Draw(t, "stated on"),
	}
}

func someAgent(t *rapid.T) graph.Agent {
	return graph.Agent{
		ID:   someID("agent").Draw(t, "id"),
		Type: rapid.SampledFrom([]graph.AgentType{graph.Person, graph.Organisation, graph.Government, graph.Publication, graph.Anonymous, graph.Programme, graph.Place}).Draw(t, "type"),
		Name: draw[string](t, "name"), Aliases: drawSet(t, "aliases"), Gender: draw[string](t, "gender"), Identified: rapid.Bool().Draw(t, "identified"),
		Offices: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) graph.Office {
			return graph.Office{Title: draw[string](t, "title"), Body: draw[string](t, "body"), From: someDate.Draw(t, "from"), Until: someDate.Draw(t, "until")}
		}), 0, 3).Draw(t, "offices"),
		External: slices.DeleteFunc(drawSet(t, "external"), func(s string) bool { return s == "" }),
		Document: maybeID("text").Draw(t, "document"),
	}
}

// several draws nodes with different IDs, in the order in which they are read back.
func several[T any](t *rapid.T, name string, one func(*rapid.T) T, key func(T) (graph.ID, graph.Span)) []T {
	list := rapid.SliceOfNDistinct(rapid.Custom(one), 0, 4, func(x T) graph.ID { id, _ := key(x); return id }).Draw(t, name)
	slices.SortFunc(list, func(a, b T) int {
		idA, sa := key(a)
		idB, sb := key(b)
		return cmp.Or(cmp.Compare(sa.Start, sb.Start), cmp.Compare(sa.End, sb.End), cmp.Compare(idA, idB))
	})
	return list
}

func first(ps []graph.Passage) graph.Span {
	if len(ps) == 0 {
		return graph.Span{}
	}
	return ps[0].Span
}

var someReading = rapid.Custom(func(t *rapid.T) graph.Reading {
	text := someText(t)
	d := someDocument(t)
	v := graph.Version{
		ID: someID("version").Draw(t, "id"), Document: d.ID, TextHash: graph.TextHash(text), BytesHash: draw[string](t, "bytes"), MediaType: draw[string](t, "media"),
		Runes: graph.NewOffsets(text).Len(),
	}
	extractor := draw[string](t, "extractor")
	return graph.Reading{
		Label: graph.NewReadingLabel(v, d, extractor), Extractor: extractor, Document: d, Version: v, Text: text,
		Segments:   several(t, "segments", func(t *rapid.T) graph.Segment { return someSegment(t, text) }, func(s graph.Segment) (graph.ID, graph.Span) { return s.ID, s.Passage.Span }),
		Claims:     several(t, "claims", func(t *rapid.T) graph.Claim { return someClaim(t, text) }, func(c graph.Claim) (graph.ID, graph.Span) { return c.ID, first(c.Content) }),
		Statistics: several(t, "statistics", func(t *rapid.T) graph.Statistic { return someStatistic(t, text) }, func(s graph.Statistic) (graph.ID, graph.Span) { return s.ID, s.Figure.Span }),
		Sources:    several(t, "sources", func(t *rapid.T) graph.Source { return someSource(t, text) }, func(s graph.Source) (graph.ID, graph.Span) { return s.ID, first(s.Passages) }),
		Relations:  several(t, "relations", func(t *rapid.T) graph.Relation { return someRelation(t, text) }, func(r graph.Relation) (graph.ID, graph.Span) { return r.ID, graph.Span{} }),
	}
})

func agents(t *rapid.T) []graph.Agent {
	return several(t, "agents", someAgent, func(a graph.Agent) (graph.ID, graph.Span) { return a.ID, graph.Span{} })
}

// A resolution and the text that it counts.
type resolutionOf struct {
	graph.Resolution
	text string
}

var someResolution = rapid.Custom(func(t *rapid.T) resolutionOf {
	text := someText(t)
	r := graph.Resolution{
		Label: graph.NewResolutionLabel("urn:whence:reading:1", "", "r"), Reading: graph.Label(someID("reading").Draw(t, "reading")),
		Authority: graph.Label(maybeID("authority").Draw(t, "authority")), Document: worldID.Draw(t, "document"), Version: someID("version").Draw(t, "version"), Agents: agents(t),
		Resolved: rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) graph.Resolved {
			rejected := rapid.SliceOfNDistinct(someID("agent"), 0, 3, rapid.ID).Draw(t, "rejected")
			slices.Sort(rejected)
			return graph.Resolved{
				Subject: worldID.Draw(t, "subject"), Predicate: rapid.SampledFrom([]graph.Predicate{graph.AssertedBy, graph.AttributedTo, graph.PublishedBy, graph.WrittenBy}).Draw(t, "predicate"),
				Agent: maybeID("agent").Draw(t, "agent"), Reason: draw[string](t, "reason"), Rejected: rejected,
			}
		}), 0, 5, func(r graph.Resolved) string {
			return fmt.Sprintf("%q", []string{string(r.Subject), string(r.Predicate), string(r.Agent)})
		}).Draw(t, "resolved"),
		Mentions: several(t, "mentions", func(t *rapid.T) graph.Mention {
			return graph.Mention{Agent: someID("agent").Draw(t, "agent"), Passages: somePassages(t, text), Roles: drawSet(t, "roles")}
		}, func(m graph.Mention) (graph.ID, graph.Span) { return m.Agent, graph.Span{} }),
	}
	slices.SortFunc(r.Resolved, func(a, b graph.Resolved) int {
		return cmp.Or(cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.Predicate, b.Predicate), cmp.Compare(a.Agent, b.Agent))
	})
	return resolutionOf{r, text}
})

var someLink = rapid.Custom(func(t *rapid.T) graph.Link {
	a, b := graph.Label(someID("resolution").Draw(t, "a")), graph.Label(someID("resolution").Draw(t, "b"))
	a, b = min(a, b), max(a, b)
	l := graph.Link{Label: graph.NewLinkLabel(a, b, "m"), A: a, B: b, Matcher: draw[string](t, "matcher")}
	l.Relations = several(t, "relations", func(t *rapid.T) graph.Relation {
		r := someRelation(t, "")
		r.Evidence = nil
		return r
	}, func(r graph.Relation) (graph.ID, graph.Span) { return r.ID, graph.Span{} })
	return l
})

var someDecision = rapid.Custom(func(t *rapid.T) graph.Decision {
	d := graph.Decision{
		Act: draw[graph.Act](t, "act"), Field: draw[string](t, "field"), Before: draw[string](t, "before"), After: draw[string](t, "after"), By: draw[string](t, "by"),
		At: someInstant.Draw(t, "at"), Reason: draw[string](t, "reason"),
	}
	for range rapid.IntRange(0, 2).Draw(t, "targets") {
		d.Targets = append(d.Targets, graph.Target{Node: maybeID("claim").Draw(t, "node"), Passage: maybePassage(t, someText(t))})
	}
	d.ID = graph.NewDecisionID(d)
	return d
})

var someCommit = rapid.Custom(func(t *rapid.T) graph.Commit {
	c := graph.Commit{
		Number: rapid.Int64Range(1, 1<<40).Draw(t, "number"), Time: someInstant.Draw(t, "time"), Run: draw[string](t, "run"), By: draw[string](t, "by"), Reason: draw[string](t, "reason"),
	}
	c.Added = several(t, "added", func(t *rapid.T) graph.LabelInfo {
		info := graph.LabelInfo{
			Label: graph.Label(someID("reading").Draw(t, "label")), Layer: rapid.SampledFrom([]graph.Layer{graph.LayerReading, graph.LayerLink}).Draw(t, "layer"),
			Document: maybeID("text").Draw(t, "document"), Version: maybeID("version").Draw(t, "version"), Build: draw[string](t, "build"), Commit: c.Number, Recorded: c.Time,
			Capture: graph.Capture{Path: draw[string](t, "path"), Retrieved: someInstant.Draw(t, "retrieved"), Trusted: rapid.Bool().Draw(t, "trusted")},
		}
		for _, id := range rapid.SliceOfN(someID("resolution"), 0, 2).Draw(t, "inputs") {
			info.Inputs = append(info.Inputs, graph.Label(id))
		}
		return info
	}, func(i graph.LabelInfo) (graph.ID, graph.Span) { return graph.ID(i.Label), graph.Span{} })
	for _, id := range rapid.SliceOfNDistinct(someID("reading"), 0, 3, rapid.ID).Draw(t, "ended") {
		c.Ended = append(c.Ended, graph.Label(id))
	}
	slices.Sort(c.Ended)
	c.Erased = several(t, "erased", func(t *rapid.T) graph.Tombstone {
		return graph.Tombstone{Document: someID("text").Draw(t, "document"), TextHash: draw[string](t, "hash"), Reason: draw[string](t, "reason"), By: draw[string](t, "by"), At: someInstant.Draw(t, "at")}
	}, func(s graph.Tombstone) (graph.ID, graph.Span) { return s.Document, graph.Span{} })
	return c
})
