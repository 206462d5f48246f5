package graph

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"
)

// A Survey is all that one view of the graph holds of claims, read once: what
// reports are computed from. It does not change after it is made.
type Survey struct {
	At        At
	Claims    []TracedClaim // every claim, readers' too, in order of ID; Root, Origin and Within are not set
	Documents []*Document   // in order of ID
	Figures   []StatisticView
	Relations []*Relation      // of every kind, rejected ones too, in order of ID
	Editions  map[ID][]Edition // the texts of each document that has more than one, oldest first
	Orphans   []Orphan         // evidence whose words are not where it says, in order of node
	Undecided []Applied        // decisions whose words are not found any more
	Held      map[ID]ID        // which held document a source is
	Places    map[ID]ID        // of sources: the smallest of the sources and documents that same-source links make one
	Who       map[ID]*Agent    // publisher of a document, or whom a source is attributed to
	Cited     map[ID][]*Source // what a document cites and links to, in order of ID
	Warnings  []string

	nodes     map[ID]Node
	claims    map[ID]int
	documents map[ID]*Document
	families  map[ID][]ID
	stated    map[ID][]ID   // claims by document
	texts     map[ID]string // see Text
}

// An Edition is one text of a document, as it was read when it was captured.
type Edition struct {
	Reading Reading
	Capture Capture
	Taken   []Relation // what claims of other documents take from its claims, in order of ID
}

// An Orphan is a passage whose words do not stand in the text that it is of.
type Orphan struct {
	Node     ID // claim, figure, source or relation
	Document ID
	Passage  Passage
}

// SurveyOptions bounds a survey. The zero value follows what is declared and what
// was computed from [FamilyThreshold] on.
type SurveyOptions struct {
	MinConfidence Confidence
	Declared      bool
}

// surveyBatch is how many nodes a survey reads at a time.
const surveyBatch = 2048

// NewSurvey reads everything that a store holds at a time.
func NewSurvey(ctx context.Context, store Store, at At, o SurveyOptions) (*Survey, error) {
	s := emptySurvey(at)
	if err := s.editions(ctx, store, at); err != nil {
		return nil, err
	}
	return s, store.View(ctx, at, func(r Reader) error { return s.read(ctx, r, o) })
}

func emptySurvey(at At) *Survey {
	return &Survey{
		At: at, Editions: map[ID][]Edition{}, Held: map[ID]ID{}, Places: map[ID]ID{}, Who: map[ID]*Agent{}, Cited: map[ID][]*Source{},
		claims: map[ID]int{}, documents: map[ID]*Document{}, families: map[ID][]ID{}, stated: map[ID][]ID{}, texts: map[ID]string{},
	}
}

// SurveyFamily reads the families of some claims and what is around them, and nothing
// else: relations and documents of others, editions, orphans and texts are not in it. o bounds the family as in a trace.
// ErrNotFound if a root is not held or the clocks leave out every one of them.
func SurveyFamily(ctx context.Context, r Reader, roots []ID, o TraceOptions) (*Survey, error) {
	t, err := newTracer(r, o)
	if err != nil {
		return nil, err
	}
	defer t.beside.Wait()
	claims, err := t.roots(ctx, roots)
	if err != nil {
		return nil, err
	}
	if err := t.gather(ctx, claims); err != nil {
		return nil, err
	}
	s := emptySurvey(r.At())
	if err := s.fill(ctx, t); err != nil {
		return nil, err
	}
	s.nodes = t.nodes
	for _, id := range keysOf(t.nodes) {
		if d := on[*Document](t.shelf, id); d != nil && s.At.sees(d.Published) {
			s.Documents = append(s.Documents, d)
			s.documents[id] = d
		}
	}
	if err := s.around(ctx, t); err != nil {
		return nil, err
	}
	s.Warnings = merged(r.Warnings(), t.left.warnings("claim"), t.cuts)
	return s, nil
}

// Claim returns a claim of the survey, or nil.
func (s *Survey) Claim(id ID) *TracedClaim {
	i, ok := s.claims[id]
	if !ok {
		return nil
	}
	return &s.Claims[i]
}

// Node returns any node of the survey, or nil: what is dated later than the survey's
// AsOf, and so told of in no list, too.
func (s *Survey) Node(id ID) Node { return s.nodes[id] }

// Document returns a document of the survey, or nil.
func (s *Survey) Document(id ID) *Document { return s.documents[id] }

// Family returns the claims of a family, which is named by its smallest claim, in order of ID.
func (s *Survey) Family(name ID) []ID { return s.families[name] }

// Stated returns the claims of a document, readers' too, in order of ID.
func (s *Survey) Stated(document ID) []ID { return s.stated[document] }

// Text returns the newest text of a document that others take something from or
// name as a source, and of a blog, or a document whose kind is not known, that says
// what another says; ok is false for all else, whose text is not kept.
func (s *Survey) Text(document ID) (text string, ok bool) {
	text, ok = s.texts[document]
	return text, ok
}

// read fills a survey from a view.
func (s *Survey) read(ctx context.Context, r Reader, o SurveyOptions) error {
	t, err := newTracer(r, TraceOptions{MinConfidence: o.MinConfidence, Declared: o.Declared, Depth: MaxTraceDepth, Commenters: true})
	if err != nil {
		return err
	}
	defer t.beside.Wait()
	t.citations = math.MaxInt
	if err := s.readAll(ctx, t); err != nil {
		return err
	}
	if err := s.fill(ctx, t); err != nil {
		return err
	}
	if err := s.around(ctx, t); err != nil {
		return err
	}
	if err := s.evidence(ctx, t); err != nil {
		return err
	}
	s.Warnings = merged(r.Warnings(), t.left.warnings("claim"), t.cuts)
	return nil
}

// fill traces the claims that were gathered.
func (s *Survey) fill(ctx context.Context, t *tracer) (err error) {
	if s.Claims, err = t.traced(ctx, nil); err != nil {
		return err
	}
	slices.SortFunc(s.Claims, func(a, b TracedClaim) int { return cmp.Compare(a.Claim.ID, b.Claim.ID) })
	for i := range s.Claims {
		c := &s.Claims[i]
		s.claims[c.Claim.ID] = i
		s.families[c.Family] = append(s.families[c.Family], c.Claim.ID)
		s.stated[c.Claim.Document] = append(s.stated[c.Claim.Document], c.Claim.ID)
	}
	return nil
}

// readAll reads every claim, document, figure, source and relation of the view.
func (s *Survey) readAll(ctx context.Context, t *tracer) error {
	for _, typ := range []NodeType{TypeClaim, TypeDocument, TypeStatistic, TypeSource, TypeRelation, TypeSegment} {
		ids, err := t.r.List(ctx, typ, "", 0)
		if err != nil {
			return err
		}
		for batch := range slices.Chunk(ids, surveyBatch) {
			if err := t.read(ctx, batch...); err != nil {
				return err
			}
		}
	}
	s.nodes = t.nodes
	for _, id := range keysOf(t.nodes) {
		switch n := t.nodes[id].(type) {
		case *Claim:
			if t.left.dated(id, n.StatedOn) {
				t.family[id] = n
			}
		case *Document:
			if s.At.sees(n.Published) {
				s.Documents = append(s.Documents, n)
				s.documents[id] = n
			}
		case *Relation:
			s.Relations = append(s.Relations, n)
			t.touch(n)
		}
	}
	for id := range t.nodes {
		if _, ok := t.touching[id]; !ok {
			t.touching[id] = nil // all relations are known: none is to be asked for
		}
	}
	return nil
}

// touch notes a relation at its ends.
func (t *tracer) touch(r *Relation) {
	t.touching[r.From] = append(t.touching[r.From], r)
	if r.To != r.From {
		t.touching[r.To] = append(t.touching[r.To], r)
	}
}

// around reads who stands behind documents and sources, and which of the sources are held.
func (s *Survey) around(ctx context.Context, t *tracer) error {
	var sources, documents []ID
	var figures []*Statistic
	for _, id := range keysOf(t.nodes) {
		switch n := t.nodes[id].(type) {
		case *Source:
			sources = append(sources, id)
		case *Document:
			documents = append(documents, id)
		case *Statistic:
			if s.At.sees(n.StatedOn) {
				figures = append(figures, n)
			}
		}
	}
	if err := s.cited(ctx, t, documents); err != nil {
		return err
	}
	if err := t.resolve(ctx, sources, AttributedTo); err != nil {
		return err
	}
	if err := t.resolve(ctx, documents, PublishedBy, WrittenBy); err != nil {
		return err
	}
	views, err := t.statisticViews(ctx, figures)
	if err != nil {
		return err
	}
	s.Figures = views
	for _, id := range sources {
		if a := t.who(id, AttributedTo); a != nil {
			s.Who[id] = a
		}
	}
	for _, id := range documents {
		if a := t.who(id, PublishedBy); a != nil {
			s.Who[id] = a
		} else if a := t.who(id, WrittenBy); a != nil {
			s.Who[id] = a
		}
	}
	held, err := t.heldAs(ctx, sources)
	if err != nil {
		return err
	}
	for id, d := range held {
		if s.documents[d.ID] != nil {
			s.Held[id] = d.ID
		}
	}
	s.place(t, sources)
	return nil
}

// place joins the sources that same-source links make one.
func (s *Survey) place(t *tracer, sources []ID) {
	parent := map[ID]ID{}
	find := func(id ID) ID {
		for parent[id] != "" {
			if up := parent[parent[id]]; up != "" {
				parent[id] = up
			}
			id = parent[id]
		}
		return id
	}
	for _, id := range sources {
		for _, r := range t.touching[id] {
			if r.Kind != SameSource || !t.follows(r) {
				continue
			}
			if a, b := find(r.From), find(r.To); a != b {
				parent[max(a, b)] = min(a, b)
			}
		}
	}
	for _, id := range sources {
		s.Places[id] = find(id)
	}
}

// cited reads what documents cite. A source with an address is one node for all
// who cite it: the edges tell who does, not the node.
func (s *Survey) cited(ctx context.Context, t *tracer, documents []ID) error {
	edges, err := t.r.Out(ctx, documents, Cites, LinksTo)
	if err != nil {
		return err
	}
	for _, e := range edges {
		if n := on[*Source](t.shelf, e.To); n != nil {
			s.Cited[e.From] = append(s.Cited[e.From], n)
		}
	}
	for document, sources := range s.Cited {
		slices.SortFunc(sources, func(a, b *Source) int { return cmp.Compare(a.ID, b.ID) })
		s.Cited[document] = slices.Compact(sources) // cited and linked to
	}
	return nil
}

// editions reads the texts of documents that have more than one.
func (s *Survey) editions(ctx context.Context, store Store, at At) error {
	ledger, err := store.Ledger(ctx, 0)
	if err != nil {
		return err
	}
	byDocument := map[ID][]LabelInfo{}
	inputOf := map[Label][]Label{} // reading → resolutions → links
	for _, info := range Live(ledger, at.KnownBy) {
		if info.Layer == LayerReading {
			byDocument[info.Document] = append(byDocument[info.Document], info)
		}
		for _, in := range info.Inputs {
			inputOf[in] = append(inputOf[in], info.Label)
		}
	}
	for _, document := range keysOf(byDocument) {
		infos := byDocument[document]
		if len(infos) < 2 {
			continue
		}
		slices.SortFunc(infos, func(a, b LabelInfo) int {
			return cmp.Or(a.retrieved().Compare(b.retrieved()), cmp.Compare(a.Commit, b.Commit), strings.Compare(string(a.Label), string(b.Label)))
		})
		for _, info := range infos {
			if at.AsOf != "" && !info.retrieved().Before(at.AsOf.End()) {
				continue
			}
			content, err := store.Content(ctx, info.Label)
			if err != nil {
				return err
			}
			edition := Edition{Reading: content.Readings[0].Reading, Capture: info.Capture}
			for _, resolution := range inputOf[info.Label] {
				for _, link := range inputOf[resolution] {
					content, err := store.Content(ctx, link)
					if err != nil {
						return err
					}
					edition.take(content.Links)
				}
			}
			s.Editions[document] = append(s.Editions[document], edition)
		}
		if len(s.Editions[document]) < 2 {
			delete(s.Editions, document)
		}
	}
	return nil
}

// take keeps what is taken from the claims of an edition.
func (e *Edition) take(links []Link) {
	own := map[ID]bool{}
	for _, c := range e.Reading.Claims {
		own[c.ID] = true
	}
	for _, l := range links {
		for _, r := range l.Relations {
			if own[r.To] && (r.Kind == TakesFrom || r.Kind == QuotesFrom) {
				e.Taken = append(e.Taken, r)
			}
		}
	}
	slices.SortFunc(e.Taken, func(a, b Relation) int { return cmp.Compare(a.ID, b.ID) })
}

// evidence checks that the words of every passage stand where it says, and keeps
// the texts that others refer to.
func (s *Survey) evidence(ctx context.Context, t *tracer) error {
	wanted := map[ID]bool{}
	for _, c := range s.Claims {
		for _, take := range c.Takes {
			if to := on[*Claim](t.shelf, take.To); to != nil {
				wanted[to.Document] = true
			}
		}
		for _, q := range c.Qualifiers {
			if q.Document != nil {
				wanted[q.Document.ID] = true
			}
			if d, ok := q.Target.(*Document); ok {
				wanted[d.ID] = true
			}
		}
	}
	for _, d := range s.Held {
		wanted[d] = true
	}
	for _, r := range s.Relations {
		from, to := on[*Claim](t.shelf, r.From), on[*Claim](t.shelf, r.To)
		if from == nil || to == nil || from.Document == to.Document {
			continue
		}
		if a, b := s.documents[from.Document], s.documents[to.Document]; a != nil && b != nil && !a.Kind.isEdited() && !b.Kind.isEdited() {
			wanted[a.ID], wanted[b.ID] = true, true
		}
	}
	spoken := map[ID][]Node{} // by version
	for _, id := range keysOf(t.nodes) {
		switch n := t.nodes[id].(type) {
		case *Claim:
			spoken[n.Version] = append(spoken[n.Version], n)
		case *Statistic:
			spoken[n.Version] = append(spoken[n.Version], n)
		case *Source:
			spoken[n.Version] = append(spoken[n.Version], n)
		case *Relation:
			if n.Version != "" {
				spoken[n.Version] = append(spoken[n.Version], n)
			}
		}
	}
	edges, err := t.r.In(ctx, idsOfDocuments(s.Documents), VersionOf)
	if err != nil {
		return err
	}
	versions := sortedIDs(append(keysOf(spoken), fromOf(edges)...))
	if err := t.read(ctx, versions...); err != nil {
		return err
	}
	for _, id := range versions {
		v := on[*Version](t.shelf, id)
		if v == nil {
			continue
		}
		text, err := t.r.Text(ctx, v.TextHash)
		if err != nil {
			return err
		}
		if wanted[v.Document] {
			s.texts[v.Document] = text
		}
		for _, n := range spoken[id] {
			for _, p := range evidenceOf(n) {
				if !p.standsIn(text) {
					s.Orphans = append(s.Orphans, Orphan{n.NodeID(), v.Document, p})
				}
			}
		}
	}
	slices.SortStableFunc(s.Orphans, func(a, b Orphan) int {
		return cmp.Or(cmp.Compare(a.Node, b.Node), cmp.Compare(a.Passage.Start, b.Passage.Start))
	})
	decided, err := t.r.Decided(ctx)
	for _, d := range decided {
		if d.Orphan != "" {
			s.Undecided = append(s.Undecided, d)
		}
	}
	return err
}

// standsIn reports whether the words of a passage are in the text at its span.
func (p Passage) standsIn(text string) bool {
	return p.Start >= 0 && p.Start <= p.End && p.End <= len(text) && text[p.Start:p.End] == p.Exact
}

// evidenceOf returns every passage that a node rests on and that stands in its own version.
func evidenceOf(n Node) []Passage {
	switch n := n.(type) {
	case *Claim:
		return slices.Concat(n.Content, n.Source, n.Cue, n.Hedges)
	case *Statistic:
		return []Passage{n.Figure, n.Sentence}
	case *Relation:
		return n.Evidence
	}
	return nil // a source that several documents cite has passages of all of them
}

func idsOfDocuments(documents []*Document) []ID {
	ids := make([]ID, len(documents))
	for i, d := range documents {
		ids[i] = d.ID
	}
	return ids
}
