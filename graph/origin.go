package graph

import (
	"slices"
	"strings"
)

// origins finds the distinct places where the family was first said, and tells
// each claim its own. Sources that same-source links join are one place, and so
// is a held document that they lead to.
func (t *tracer) origins(claims []TracedClaim) []*Source {
	parent := map[ID]ID{}
	find := func(id ID) ID {
		for parent[id] != "" && parent[id] != id {
			id = parent[id]
		}
		return id
	}
	join := func(a, b ID) {
		if a, b = find(a), find(b); a != b {
			parent[max(a, b)] = min(a, b)
		}
	}
	places := map[ID]bool{}
	for _, from := range keysOf(t.steps) {
		s := on[*Source](t.shelf, from)
		if s == nil {
			continue
		}
		places[from] = true
		for _, next := range t.steps[from] {
			if t.nodes[next.to] != nil {
				join(from, next.to)
				places[next.to] = true
			}
		}
	}
	for i := range claims {
		if place := t.firstSaid(claims[i].Claim, nil); place != "" {
			places[place] = true
			claims[i].Origin = place
			if s := on[*Source](t.shelf, place); s != nil {
				if d := on[*Document](t.shelf, s.Document); d != nil && t.isOf(s, d) {
					join(place, d.ID)
					places[d.ID] = true
				}
			}
		}
	}
	// Each place is shown as its smallest source, completed by what the others tell of
	// it, or as a source made of the document where none is named.
	shown := map[ID]*Source{}
	for _, id := range keysOf(places) {
		s := on[*Source](t.shelf, id)
		if s == nil {
			continue
		}
		if whole := shown[find(id)]; whole != nil {
			whole.complete(s)
			continue
		}
		own := *s
		shown[find(id)] = &own
	}
	for _, id := range keysOf(places) {
		if d := on[*Document](t.shelf, id); d != nil && shown[find(id)] == nil {
			shown[find(id)] = d.asSource()
		}
	}
	var out []*Source
	for i := range claims {
		if claims[i].Origin == "" {
			continue
		}
		s := shown[find(claims[i].Origin)]
		claims[i].Origin = s.ID
		if !slices.ContainsFunc(out, func(had *Source) bool { return had.ID == s.ID }) {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b *Source) int {
		if a.ID < b.ID {
			return -1
		}
		return 1
	})
	return out
}

// firstSaid returns the source or document where a claim was said: its own
// said-in, else that of the claim that reports it or that it is taken from, else
// the speaker's own data that its figures are credited to; else its own document when it is the
// speaker's own channel. "" when it is told nowhere.
func (t *tracer) firstSaid(c *Claim, seen []ID) ID {
	if slices.Contains(seen, c.ID) || len(seen) > t.depth {
		return ""
	}
	if on[*Source](t.shelf, c.SaidIn) != nil {
		return c.SaidIn
	}
	who := t.resolved[resolvedKey{c.ID, AssertedBy}].Agent
	for _, s := range t.steps[c.ID] {
		switch s.edges[0].Kind {
		case Within, TakesFrom, QuotesFrom:
		case HasFigure: // a body's own figures are where it said so
			if who == "" || who != t.resolved[resolvedKey{s.to, AttributedTo}].Agent {
				continue
			}
		default:
			continue
		}
		if on[*Source](t.shelf, s.to) != nil {
			return s.to
		}
		if from := on[*Claim](t.shelf, s.to); from != nil {
			if place := t.firstSaid(from, append(seen, c.ID)); place != "" {
				return place
			}
		}
	}
	if (c.Mode != ModeVoice && t.ownChannel(c) || t.ownRecord(t.claimView(c))) && on[*Document](t.shelf, c.Document) != nil {
		return c.Document
	}
	return ""
}

// asSource describes a held document as the source that it is for those who cite it.
func (d *Document) asSource() *Source {
	return &Source{
		ID: d.ID, Document: d.ID, Kind: SourceDocument, URL: d.URL, Title: d.Title, Publisher: d.Publisher,
		Authors: d.Authors, Date: d.Published, Confidence: 1000, Rule: "held document",
	}
}

// complete fills in what s leaves open from another description of the same thing.
func (s *Source) complete(other *Source) {
	if s.Title == "" {
		s.Title = other.Title
	}
	if s.Publisher == "" {
		s.Publisher = other.Publisher
	}
	if len(s.Date) < len(other.Date) && strings.HasPrefix(string(other.Date), string(s.Date)) {
		s.Date = other.Date
	}
	if s.URL == "" {
		s.URL = other.URL
	}
	if len(s.Authors) == 0 {
		s.Authors = other.Authors
	}
}
