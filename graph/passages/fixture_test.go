package passages

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"whence/graph"
	"whence/graph/cayleystore"
)

// paper is a reading of a text made of paragraphs; those that begin with "> " are readers' comments.
func paper(uri, publisher string, published graph.Date, paragraphs ...string) graph.Captured {
	id := graph.ID(uri)
	text := strings.Join(paragraphs, "\n\n")
	r := graph.Captured{Reading: graph.Reading{
		Extractor: "test", Text: text,
		Document: graph.Document{ID: id, URL: uri, Title: uri, Publisher: publisher, Published: published, Language: "en"},
		Version: graph.Version{
			ID: graph.NewVersionID(id, text), Document: id, TextHash: graph.TextHash(text), BytesHash: graph.TextHash(text),
			MediaType: "text/plain", Runes: len([]rune(text)),
		},
	}, Capture: graph.Capture{Path: uri, Trusted: true}}
	r.Label = graph.NewReadingLabel(r.Version, r.Document, "test")
	at := 0
	for i, p := range paragraphs {
		typ := graph.SegmentBody
		if strings.HasPrefix(p, "> ") {
			typ = graph.SegmentComment
		}
		span := graph.Span{Start: at, End: at + len(p)}
		if typ == graph.SegmentBody && len(r.Segments) > 0 && r.Segments[len(r.Segments)-1].Type == typ {
			r.Segments[len(r.Segments)-1].Passage.End = span.End
		} else {
			r.Segments = append(r.Segments, graph.Segment{
				ID: graph.NewSegmentID(id, typ, p, i), Document: id, Version: r.Version.ID, Type: typ, Passage: graph.NewPassage(text, span), Language: "en",
			})
		}
		at = span.End + 2
	}
	for i := range r.Segments {
		s := &r.Segments[i]
		s.Passage = graph.NewPassage(text, s.Passage.Span)
		if words := []rune(s.Passage.Exact); len(words) > graph.SegmentExactRunes {
			s.Passage.Exact = string(words[:graph.SegmentExactRunes])
		}
	}
	return r
}

func day(n int) time.Time { return time.Date(2024, 6, n, 12, 0, 0, 0, time.UTC) }

// harbour is a few papers about one thing.
func harbour() []graph.Captured {
	return []graph.Captured{
		paper("https://coast.example/1", "Coast Times", "2024-05-02",
			"The harbour tunnel will cut journeys by half, the minister said. Lorries wait for hours on the pier.",
			"Nobody has counted the lorries since. The tunnel was dug for trams, and the pier was built for fishing; the harbour came later.",
			"> I counted 900 lorries in the tunnel myself."),
		paper("https://blog.example/2", "A Blog", "2024-05-21",
			"Tunnel, tunnel, tunnel: they speak of nothing else. Not one lorry was counted.",
			"“Journeys cut by half” is what the papers made of it. It cost £92,119 – says who?"),
		paper("https://port.example/3", "Port Authority", "", "The café on the pier is full. Le tunnel est presque vide."),
	}
}

// kept returns a store in memory with papers in it, one commit each.
func kept(t testing.TB, papers ...graph.Captured) *Store {
	t.Helper()
	s := InMemory(cayleystore.Memory())
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	for i, p := range papers {
		load(t, s, day(i+1), p)
	}
	return s
}

func load(t testing.TB, s graph.Store, at time.Time, papers ...graph.Captured) {
	t.Helper()
	if _, err := s.Commit(t.Context(), graph.Change{Time: at, Readings: papers}); err != nil {
		t.Fatal(err)
	}
}

// ask answers a query as the API does.
func ask(s *Store, at graph.At, q graph.PassageQuery) (graph.Page[graph.PassageView], error) {
	ctx := context.Background()
	for {
		var page graph.Page[graph.PassageView]
		err := s.View(ctx, at, func(r graph.Reader) (err error) {
			page, err = graph.Passages(ctx, r, s, q)
			return err
		})
		if !errors.Is(err, ErrBehind) {
			return page, err
		}
		if err := s.Update(ctx); err != nil {
			return page, err
		}
	}
}

// lines shows a page: where each passage stands, and its words with what was found in ⟦⟧.
func lines(t testing.TB, page graph.Page[graph.PassageView]) []string {
	t.Helper()
	out := []string{}
	for _, v := range page.Items {
		var b strings.Builder
		at := v.Passage.Start
		text := func(from, to int) string { return v.Passage.Exact[from-v.Passage.Start : to-v.Passage.Start] }
		for _, f := range v.Found {
			if text(f.Start, f.End) != f.Exact {
				t.Fatalf("%q does not stand at %v", f.Exact, f.Span)
			}
			b.WriteString(text(at, f.Start) + "⟦" + f.Exact + "⟧")
			at = f.End
		}
		out = append(out, strings.TrimPrefix(string(v.Document.ID), "https://")+": "+b.String()+text(at, v.Passage.End))
	}
	return out
}

// answer asks and shows.
func answer(t testing.TB, s *Store, at graph.At, q graph.PassageQuery) []string {
	t.Helper()
	page, err := ask(s, at, q)
	if err != nil {
		t.Fatalf("%+v: %v", q, err)
	}
	return lines(t, page)
}
