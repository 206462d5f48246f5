package resolve

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"whence/graph"
	"whence/loader/extract/name"
)

// Resolver is the build of this resolver: part of a resolution's label.
const Resolver = "resolve/3"

// The roles of a mention.
const (
	roleSpeaker   = "speaker"
	roleSource    = "source"
	rolePublisher = "publisher"
	roleAuthor    = "author"
	roleMentioned = "mentioned"
)

// Resolve says who asserts each claim, to whom each source is attributed, and
// who published and wrote the document and its comments. names are those of the
// whole text, in order, as [name.Find] gives them; a may be nil. There is one
// Resolved for each claim; for each source one, or one for each of its authors.
// Agents are in order of ID, Resolved of Subject, Predicate and Agent.
func Resolve(r *graph.Reading, names []name.Name, a *Authority) graph.Resolution {
	out := graph.Resolution{Reading: r.Label, Document: r.Document.ID, Version: r.Version.ID}
	if a != nil {
		out.Authority = a.Label
	}
	out.Label = graph.NewResolutionLabel(out.Reading, out.Authority, Resolver)
	x := &resolver{
		r: r, text: r.Text, names: names, cast: newCast(r.Document.ID, r.Text, a), meant: make([]match, len(names)),
		sources: map[graph.ID]*graph.Source{}, attributed: map[graph.ID]answer{}, said: map[graph.ID]answer{}, claims: map[graph.ID]*graph.Claim{},
	}
	x.prepare()
	x.metadata()
	x.introductions()
	x.shortForms()
	x.roles()
	for i := range r.Sources {
		x.source(&r.Sources[i])
	}
	x.speakers()
	x.commenters()
	x.finish(&out)
	return out
}

// A resolver works on one reading.
type resolver struct {
	r      *graph.Reading
	text   string
	names  []name.Name
	cast   *cast
	meant  []match // of names
	quoted spanSet // what stands in quotation marks as somebody's words
	quotes []quote // the same, with whose, in order of place
	heard  []event // who spoke so far, in order of place

	sources    map[graph.ID]*graph.Source
	claims     map[graph.ID]*graph.Claim
	attributed map[graph.ID]answer // of sources, the first
	said       map[graph.ID]answer // of claims
	resolved   []pending
	publisher  *member
	authors    []*member
	crediting  bool // the name at hand is an author's: a person's, if it does not tell
}

// A quote is a part of what a claim quotes.
type quote struct {
	graph.Span
	claim *graph.Claim
}

// An event is a place where somebody speaks, or is named.
type event struct {
	at     int
	member *member
	spokes bool // the member speaks through an unnamed person
	nobody bool // an unnamed person speaks
}

// An answer is who is meant, or why nobody can be said to be.
type answer struct {
	member   *member
	reason   string
	rejected []*member
	holders  []graph.ID // rejected holders of an office, known by the authority file only
	spokes   bool       // the member speaks through an unnamed person
	nobody   bool       // an unnamed person speaks
}

// A pending answer waits for its agents' final names.
type pending struct {
	subject   graph.ID
	predicate graph.Predicate
	answer
}

func (x *resolver) add(subject graph.ID, predicate graph.Predicate, a answer, role string) {
	x.resolved = append(x.resolved, pending{subject, predicate, a})
	if a.member != nil {
		a.member.addRole(role)
	}
}

func (x *resolver) prepare() {
	var direct []graph.Span
	for i := range x.r.Claims {
		c := &x.r.Claims[i]
		x.claims[c.ID] = c
		if c.Mode == graph.ModeDirect {
			for _, p := range c.Content {
				direct = append(direct, p.Span)
				x.quotes = append(x.quotes, quote{p.Span, c})
			}
		}
	}
	x.quoted = newSpanSet(direct)
	slices.SortStableFunc(x.quotes, func(a, b quote) int { return cmp.Or(a.Start-b.Start, b.End-a.End) })
	for i := range x.r.Sources {
		x.sources[x.r.Sources[i].ID] = &x.r.Sources[i]
	}
}

// segmentAt returns the segment that holds a byte, or nil.
func (x *resolver) segmentAt(at int) *graph.Segment {
	segs := x.r.Segments
	i := sort.Search(len(segs), func(i int) bool { return segs[i].Passage.End > at })
	if i < len(segs) && segs[i].Passage.Start <= at {
		return &segs[i]
	}
	return nil
}

func isFurniture(s *graph.Segment) bool { return s != nil && s.Type == graph.SegmentFurniture }

// scopeOf returns the segment to which a name introduced there is confined: its own
// for a reader's comment, "" for the document's text.
func scopeOf(s *graph.Segment) graph.ID {
	if s != nil && s.Type.IsReader() {
		return s.ID
	}
	return ""
}

// introductions makes a member of everything that is named by more than a short form.
func (x *resolver) introductions() {
	for i, n := range x.names {
		seg := x.segmentAt(n.Span.Start)
		words := n.Span.Of(x.text)
		if n.Office || n.Nominal || isFurniture(seg) || !isFull(n, words) || n.Type == graph.Place && !strings.Contains(words, " ") {
			continue // a place of one word may be a surname: see shortForms
		}
		if n.Type == "" && x.indefinite(n.Span.Start) {
			continue
		}
		if n.Type == graph.Person {
			words = withoutNickname(words)
		}
		m := x.cast.introduce(words, n.Type, n.Gender)
		if n.Acronym.Len() > 0 {
			short := n.Acronym.Of(x.text)
			m.addForm(short)
			x.cast.byForm[name.Fold(short)] = m
		}
		m.full = append(m.full, n.Span.Start)
		x.meet(i, m, seg, "named in full")
	}
}

// withoutNickname cuts what stands in quotation marks or brackets out of a person's name.
func withoutNickname(form string) string {
	first := strings.IndexAny(form, "\"“‘(")
	last := strings.LastIndexAny(form, "\"”’)")
	if first < 0 || last <= first {
		return form
	}
	_, size := utf8.DecodeRuneInString(form[last:])
	return graph.FoldSpace(form[:first] + form[last+size:])
}

// indefinite reports whether an article before a name makes it one of many: "an Ohio Democrat".
func (x *resolver) indefinite(at int) bool {
	before := words(x.text[max(0, at-10):at])
	return len(before) > 0 && isIndefinite(before[len(before)-1])
}

// isFull reports whether a name tells by itself who is meant: a person's of two
// words, a body's, a listed one. Of one word, only what is known not to be a
// person's: an unlisted one may be a surname.
func isFull(n name.Name, words string) bool {
	if strings.ContainsAny(strings.TrimSpace(words), " \t\n\u00a0") {
		return true
	}
	if _, ok := name.Listed(words); ok && n.Type != graph.Person {
		return true
	}
	return n.Type != "" && n.Type != graph.Person && !isCapitals(words) || n.Acronym.Len() > 0
}

// meet records that name i means a member.
func (x *resolver) meet(i int, m *member, seg *graph.Segment, reason string) {
	n := x.names[i]
	x.meant[i] = match{member: m, reason: reason}
	if len(m.passages) == 0 || n.Span.Start < m.first {
		m.first = n.Span.Start
	}
	m.passages = append(m.passages, n.Span)
	if n.Acronym.Len() > 0 {
		m.passages = append(m.passages, n.Acronym)
	}
	if scope := scopeOf(seg); !slices.Contains(m.segments, scope) {
		m.segments = append(m.segments, scope)
	}
	m.learnGender(n.Gender)
}

func (m *member) learnGender(g string) {
	if m.gender == "" && m.known == nil {
		m.gender = g
	}
}

// shortForms finds who is meant by surnames, given names and acronyms, once all
// full names are known.
func (x *resolver) shortForms() {
	for i, n := range x.names {
		seg := x.segmentAt(n.Span.Start)
		if n.Office || n.Nominal || isFurniture(seg) || x.meant[i].member != nil {
			continue
		}
		words := n.Span.Of(x.text)
		if n.Type == graph.Place && (len(x.cast.bySurname[name.Fold(words)]) == 0 || x.afterPreposition(n.Span.Start)) {
			x.meet(i, x.cast.introduce(words, n.Type, ""), seg, "named")
			continue
		}
		got := x.cast.short(n, words, seg)
		if got.member == nil {
			x.meant[i] = got
			if len(got.rejected) == 0 && (n.Type != "" || n.Honorific != "") {
				m := x.lone(words, n, seg)
				x.meet(i, m, seg, "named")
			}
			continue
		}
		if got.member.typ == "" && strings.HasPrefix(got.reason, "surname") {
			got.member.typ = graph.Person
		}
		got.member.addForm(words)
		x.meet(i, got.member, seg, got.reason)
		x.meant[i].rejected = got.rejected
	}
}

// afterPreposition reports whether the word before a place leads to a place.
func (x *resolver) afterPreposition(at int) bool {
	before := words(x.text[max(0, at-10):at])
	return len(before) > 0 && slices.Contains([]string{"in", "to", "from", "near", "at", "across", "around", "outside", "of", "for"}, before[len(before)-1])
}

// lone makes a member of a name that is no full one and means nobody named
// elsewhere. A person's belongs to this document: another's Abbie is another Abbie.
func (x *resolver) lone(words string, n name.Name, seg *graph.Segment) *member {
	key := name.Fold(words)
	if n.Type == graph.Person && n.Honorific != "" {
		// "Mr Harrison" beside "James Harrison" and a Mrs Harrison are told apart by title.
		key = strings.ToLower(n.Honorific) + " " + key
	}
	if scope := scopeOf(seg); scope != "" {
		key += "\x00" + string(scope)
	}
	m := x.cast.byForm[key]
	if m == nil {
		m = &member{typ: n.Type, gender: n.Gender, scoped: n.Type == graph.Person || n.Type == ""}
		x.cast.members = append(x.cast.members, m)
		x.cast.byForm[key] = m
		if m.typ == graph.Person {
			x.cast.bySurname[name.Fold(words)] = append(x.cast.bySurname[name.Fold(words)], m)
		}
	}
	if n.Honorific != "" && m.typ == graph.Person {
		m.addForm(n.Honorific + " " + words)
	}
	m.addForm(words)
	return m
}

// roles gives each person the posts that stand beside the name.
func (x *resolver) roles() {
	for i, n := range x.names {
		m := x.meant[i].member
		if m == nil || m.typ != graph.Person && m.typ != "" {
			continue
		}
		for _, title := range []string{n.Role.Of(x.text), n.Honorific} {
			if p, ok := name.ParsePost(title); ok {
				m.posts = append(m.posts, post{Post: p, title: graph.FoldSpace(title), at: n.Span.Start})
				if m.typ == "" {
					m.typ = graph.Person
				}
			}
		}
	}
}

// finish turns members into agents and pending answers into resolved ones.
func (x *resolver) finish(out *graph.Resolution) {
	ids := map[*member]graph.ID{}
	byID := map[graph.ID][]*member{}
	for _, m := range x.cast.members {
		if len(m.roles) == 0 {
			if m.typ == "" || len(m.passages) == 0 {
				continue
			}
			m.addRole(roleMentioned)
		}
		if m.typ == "" {
			m.typ = graph.Organisation
		}
		id := m.id(x.r.Document.ID)
		ids[m] = id
		byID[id] = append(byID[id], m)
	}
	for _, p := range x.resolved {
		got := graph.Resolved{Subject: p.subject, Predicate: p.predicate, Reason: p.reason}
		if p.member != nil {
			got.Agent = ids[p.member]
		}
		for _, m := range p.rejected {
			if id, ok := ids[m]; ok && id != got.Agent {
				got.Rejected = append(got.Rejected, id)
			}
		}
		for _, id := range p.holders {
			if id != got.Agent {
				got.Rejected = append(got.Rejected, id)
			}
			if _, ok := byID[id]; !ok {
				byID[id] = nil // a candidate that the document does not name is an agent too
			}
		}
		slices.Sort(got.Rejected)
		got.Rejected = slices.Compact(got.Rejected)
		out.Resolved = append(out.Resolved, got)
	}
	sortResolved(out)
	all := make([]graph.ID, 0, len(byID))
	for id := range byID {
		all = append(all, id)
	}
	slices.Sort(all)
	for _, id := range all {
		out.Agents = append(out.Agents, x.agent(id, byID[id]))
		if mention, ok := x.mention(id, byID[id]); ok {
			out.Mentions = append(out.Mentions, mention)
		}
	}
}

func sortResolved(out *graph.Resolution) {
	slices.SortStableFunc(out.Resolved, func(a, b graph.Resolved) int {
		if c := strings.Compare(string(a.Subject), string(b.Subject)); c != 0 {
			return c
		}
		if c := strings.Compare(string(a.Predicate), string(b.Predicate)); c != 0 {
			return c
		}
		return strings.Compare(string(a.Agent), string(b.Agent))
	})
	out.Resolved = slices.CompactFunc(out.Resolved, func(a, b graph.Resolved) bool {
		return a.Subject == b.Subject && a.Predicate == b.Predicate && a.Agent == b.Agent
	})
}

// agent describes the members that turned out to be one.
func (x *resolver) agent(id graph.ID, ms []*member) graph.Agent {
	var g graph.Agent
	if x.cast.authority != nil {
		if i, ok := x.cast.authority.byID[id]; ok {
			g = x.cast.authority.Agents[i]
			g.Aliases, g.Offices = slices.Clone(g.Aliases), slices.Clone(g.Offices)
		}
	}
	for _, m := range ms {
		if g.ID == "" {
			g = graph.Agent{ID: id, Type: m.typ, Name: m.canonical(), Gender: m.gender}
			if g.Type == "" { // a name with nothing to tell what bears it: never a person
				g.Type = graph.Organisation
			}
			if m.scoped || m.anonymous != "" {
				g.Document = x.r.Document.ID
			}
		}
		g.Aliases = append(g.Aliases, m.forms...)
		if g.Identified {
			continue
		}
		for _, p := range m.posts {
			if !p.Former && strings.Contains(p.title, " ") && !slices.ContainsFunc(g.Offices, func(o graph.Office) bool { return o.Title == p.title }) {
				g.Offices = append(g.Offices, graph.Office{Title: p.title})
			}
		}
	}
	if !g.Identified {
		slices.SortFunc(g.Offices, func(a, b graph.Office) int { return strings.Compare(a.Title, b.Title) })
	}
	slices.Sort(g.Aliases)
	seen := map[string]bool{name.Fold(g.Name): true}
	g.Aliases = slices.DeleteFunc(g.Aliases, func(s string) bool {
		key := name.Fold(s)
		again := seen[key]
		seen[key] = true
		return again
	})
	return g
}

func (x *resolver) mention(id graph.ID, ms []*member) (graph.Mention, bool) {
	out := graph.Mention{Agent: id}
	var spans []graph.Span
	for _, m := range ms {
		spans = append(spans, m.passages...)
		out.Roles = append(out.Roles, m.roles...)
	}
	slices.SortFunc(spans, func(a, b graph.Span) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return a.End - b.End
	})
	for _, s := range slices.Compact(spans) {
		out.Passages = append(out.Passages, graph.NewPassage(x.text, s))
	}
	slices.Sort(out.Roles)
	out.Roles = slices.Compact(out.Roles)
	return out, len(out.Roles) > 0
}
