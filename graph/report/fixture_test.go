package report_test

import (
	"cmp"
	"slices"
	"testing"
	"time"

	"whence/graph"
	"whence/graph/cayleystore"
	"whence/graph/graphtest"
	"whence/graph/report"
)

// A world is the documents of a fixture and what a matcher found between them,
// put into a store and surveyed.
type world struct {
	t         *testing.T
	documents []*graphtest.Document
	found     []graph.Relation
	of        map[graph.ID]*graphtest.Document // by claim, source and document
	authority *graph.Authority
	early     []graph.Link // with texts that have newer ones
}

func newWorld(t *testing.T) *world {
	t.Helper()
	return &world{t: t, of: map[graph.ID]*graphtest.Document{}}
}

// document adds a document. A second one of the same URI is another version of it.
func (w *world) document(uri string, kind graph.DocumentKind, published graph.Date, publisher, text string) *graphtest.Document {
	d := graphtest.NewDocument("https://"+uri, text)
	work := d.Work()
	work.Kind, work.Published, work.Publisher = kind, published, publisher
	w.documents = append(w.documents, d)
	w.of[d.ID()] = d
	return d
}

// claim adds a claim that is worth checking; the document's own when nobody is
// named as its speaker.
func (w *world) claim(d *graphtest.Document, words, speaker string) graph.ID {
	id := d.Claim(words, speaker)
	d.Stated(id).Worth = 800
	if publisher := d.Work().Publisher; speaker == "" && publisher != "" {
		d.Says(id, publisher)
	}
	w.of[id] = d
	return id
}

// source adds a citation of a document.
func (w *world) source(d *graphtest.Document, words, url, body string) graph.ID {
	id := d.Source(words, url, body)
	if url != "" {
		d.Cited(id).Kind = graph.SourceURL
	}
	w.of[id] = d
	return id
}

// comment gives a document one reader's comment, which is the end of its text.
func (w *world) comment(d *graphtest.Document, words string, date graph.Date) {
	d.Part(graph.SegmentComment, words, "", date)
}

// found says that a matcher found a relation.
func (w *world) find(from graph.ID, kind graph.Predicate, to graph.ID, score graph.Confidence, basis graph.Basis, reasons ...string) {
	w.found = append(w.found, graph.Relation{
		ID: graph.NewRelationID(from, kind, to), Kind: kind, From: from, To: to, Score: score, Reasons: reasons, Basis: basis, Rule: "M1",
	})
}

// same says that claims are one family.
func (w *world) same(claims ...graph.ID) {
	for i, id := range claims[1:] {
		w.find(claims[i], graph.Matches, id, 900, graph.BasisInferred, graph.SameClaimOther, "the same words")
	}
}

// takes says that one claim has its content from another, and that they are of one family.
func (w *world) takes(from, to graph.ID, basis graph.Basis) {
	w.same(from, to)
	w.find(from, graph.TakesFrom, to, 900, basis, "fixture")
}

// held says that a source is a document that is held.
func (w *world) held(source, document graph.ID) {
	w.find(source, graph.SameSource, document, 1000, graph.BasisDeclared, "the same address")
}

// survey loads everything and reads it back.
func (w *world) survey() *graph.Survey {
	w.t.Helper()
	store := cayleystore.Memory()
	w.t.Cleanup(func() { _ = store.Close() })
	newest := map[graph.ID]graph.Resolution{}
	for i, d := range w.documents {
		if _, err := store.Commit(w.t.Context(), d.Change(w.authority, graphtest.Day(1).Add(time.Duration(i)*time.Second))); err != nil {
			w.t.Fatal(err)
		}
		newest[d.ID()] = d.Resolution(w.authority)
	}
	links := map[graph.Label]*graph.Link{}
	for _, r := range w.found {
		a, b := newest[w.of[r.From].ID()], newest[w.of[r.To].ID()]
		l := graph.Link{Label: graph.NewLinkLabel(a.Label, b.Label, graphtest.Matcher), A: min(a.Label, b.Label), B: max(a.Label, b.Label), Matcher: graphtest.Matcher}
		if links[l.Label] == nil {
			links[l.Label] = &l
		}
		had := &links[l.Label].Relations
		if !slices.ContainsFunc(*had, func(x graph.Relation) bool { return x.ID == r.ID }) {
			*had = append(*had, r)
		}
	}
	change := graph.Change{Run: "match", Time: graphtest.Day(2)}
	for _, l := range links {
		change.Links = append(change.Links, *l)
	}
	change.Links = append(change.Links, w.early...)
	slices.SortFunc(change.Links, func(a, b graph.Link) int { return cmp.Compare(a.Label, b.Label) })
	if len(change.Links) > 0 {
		if _, err := store.Commit(w.t.Context(), change); err != nil {
			w.t.Fatal(err)
		}
	}
	s, err := graph.NewSurvey(w.t.Context(), store, graph.At{}, graph.SurveyOptions{})
	if err != nil {
		w.t.Fatal(err)
	}
	return s
}

// report makes a report of everything, readers' claims too.
func (w *world) report(kind report.Kind) *report.Report {
	w.t.Helper()
	return reportOf(w.t, w.survey(), kind)
}

func reportOf(t *testing.T, s *graph.Survey, kind report.Kind) *report.Report {
	t.Helper()
	r, err := report.New(s, kind, report.Filter{Commenters: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range r.Findings {
		if x.Why == "" || len(x.Hops) == 0 || x.Hops[0].Node != x.Subject || x.Severity < 0 || x.Severity > 1000 {
			t.Errorf("%s: a finding that does not show what it rests on: %+v", kind, x)
		}
	}
	return r
}

// A short is what a table test compares of a finding.
type short struct {
	Type     string
	Subject  graph.ID
	Severity report.Severity
}

// shorts cuts findings short.
func shorts(r *report.Report) []short {
	var out []short
	for _, x := range r.Findings {
		out = append(out, short{x.Type, x.Subject, x.Severity})
	}
	return out
}

// about returns the findings about one claim or document.
func about(r *report.Report, subject graph.ID) []report.Finding {
	var out []report.Finding
	for _, x := range r.Findings {
		if x.Subject == subject {
			out = append(out, x)
		}
	}
	return out
}

// types returns the types of what a report finds about one claim or document.
func types(r *report.Report, subject graph.ID) []string {
	var out []string
	for _, x := range about(r, subject) {
		out = append(out, x.Type)
	}
	return out
}

// value returns what a finding measured.
func value(x report.Finding, name string) string {
	for _, v := range x.Values {
		if v.Name == name {
			return v.Value
		}
	}
	return ""
}

// linkedBefore says that a claim took from one of a document's earlier text, when that was loaded.
func (w *world) linkedBefore(before, other *graphtest.Document, from, to graph.ID) {
	l := graphtest.NewLink(before.Resolution(w.authority), other.Resolution(w.authority), from, graph.TakesFrom, to, 900)
	w.early = append(w.early, l)
}
