package match

import (
	"net/url"
	"slices"
	"strings"

	"whence/graph"
)

// sources relates what the two documents cite: to the same thing cited by the
// other, and to the other document itself.
func (m *matcher) sources() {
	m.tieAll()
	a, b := m.a.sources, m.b.sources
	for _, sa := range a {
		for _, sb := range b {
			if sa.ID != sb.ID {
				m.sameSource(sa, sb)
			}
		}
	}
	for _, sa := range a {
		m.held(m.a, sa, m.b)
	}
	for _, sb := range b {
		m.held(m.b, sb, m.a)
	}
}

// sameSource relates two sources that are one thing. A publisher alone does not
// make them one, since it publishes many: it takes a date, a title, or claims
// of one speaker that both carry.
func (m *matcher) sameSource(sa, sb *cited) {
	score, basis, rule, why := 0, graph.BasisInferred, "match/source", []string(nil)
	switch {
	case sa.URL != "" && sb.URL != "":
		if !sameURL(sa.URL, sb.URL) {
			return
		}
		score, basis, why = 990, graph.BasisDeclared, []string{"the same address"}
	case !kindsAgree(sa, sb) || datesClash(sa.Date, sb.Date) || titlesClash(sa, sb):
		return
	case sa.Kind == graph.SourceAuthorYear || sa.Kind == graph.SourceBook || sa.Kind == graph.SourceLegislation:
		score, why = sameWork(sa, sb)
	default:
		agent := m.a.credited[sa.ID]
		if agent == "" || agent != m.b.credited[sb.ID] {
			return
		}
		why = []string{"the same publisher"}
		tie := m.tie(sa, sb)
		day := sa.Date == sb.Date && len(sa.Date) == 10
		title := sa.title.shared(sb.title)
		switch {
		case tie != "" && day:
			score, why = 920, append(why, "the same day", tie)
		case tie != "":
			score, why = 700, append(why, tie)
		case day && (sa.Kind == graph.SourceData || isKindWord(sa.Title) && sa.Title == sb.Title):
			score, why = 800, append(why, "the same day", "the same kind")
		case day && m.ties[[2]graph.ID{}]:
			score, why = 720, append(why, "the same day", "the documents tell of one claim of one speaker")
		case title:
			score, why = 820, append(why, "the same title")
		case day:
			score, why = 560, append(why, "the same day")
		}
	}
	if score == 0 {
		return
	}
	from, to := sa.ID, sb.ID
	if to < from {
		from, to = to, from
	}
	m.relate(from, graph.SameSource, to, graph.Confidence(score), basis, rule, why...)
}

// tie says what holds two sources together beside their publisher: a claim of
// one speaker, matched, that was said in both, or a figure that both are credited for.
func (m *matcher) tie(sa, sb *cited) string {
	if m.ties[[2]graph.ID{sa.ID, sb.ID}] {
		return "claims of one speaker, matched, were said in both"
	}
	for _, f := range m.a.figures[sa.ID] {
		if f.distinctive() && slices.ContainsFunc(m.b.figures[sb.ID], f.same) {
			return "both are credited for the figure " + f.String()
		}
	}
	return ""
}

// tieAll notes, for every matched claim of one speaker, where it was said on
// either side: the pair of sources, each source with "", and "" twice for that
// there is such a claim at all.
func (m *matcher) tieAll() {
	m.ties = map[[2]graph.ID]bool{}
	for pair, j := range m.like {
		if j.kind == graph.SameClaim && j.speaker == "same" {
			sa, sb := m.a.saidIn(pair[0]), m.b.saidIn(pair[1])
			for _, key := range [][2]graph.ID{{sa, sb}, {sa, ""}, {"", sb}, {}} {
				m.ties[key] = true
			}
		}
	}
}

// saidIn returns the source in which a claim was said: its own, that of the
// claim that reports it, or the one in which all else is said that the document
// tells of the speaker. "" if there is none.
func (s *side) saidIn(claim graph.ID) graph.ID {
	c := s.claims[claim]
	if c.saidIn != "" {
		return c.saidIn
	}
	if w := s.claims[c.within]; w != nil && w.saidIn != "" {
		return w.saidIn
	}
	return s.only[s.speaker[claim]]
}

// held relates a source of one side to the document of the other, when that is it.
func (m *matcher) held(from *side, s *cited, in *side) {
	d := &in.document
	relate := func(score graph.Confidence, basis graph.Basis, why ...string) {
		m.relate(s.ID, graph.SameSource, d.ID, score, basis, "match/held", why...)
	}
	if s.URL != "" {
		if sameURL(s.URL, d.URL) || sameURL(s.URL, string(d.ID)) {
			relate(1000, graph.BasisDeclared, "the same address")
		}
		return
	}
	if !kindFits(s, d) || datesClash(s.Date, d.Published) || s.Title != "" && !isKindWord(s.Title) && !s.title.shared(in.title) {
		return
	}
	agent := from.credited[s.ID]
	day := s.Date == d.Published && len(s.Date) == 10
	title := s.title.shared(in.title)
	if agent == "" || !in.own[agent] {
		if title && len(s.title.words) >= 4 {
			relate(750, graph.BasisInferred, "the same title")
		}
		return
	}
	tie := m.ties[[2]graph.ID{s.ID, ""}]
	if from == m.b {
		tie = m.ties[[2]graph.ID{"", s.ID}]
	}
	kind := isKindWord(s.Title) && d.Kind == kindWords[strings.ToLower(s.Title)]
	switch {
	case title:
		relate(880, graph.BasisInferred, "the same publisher", "the same title")
	case tie && day:
		relate(940, graph.BasisInferred, "the same publisher", "the same day", "it holds the claim, matched, of the same speaker")
	case day && kind:
		relate(850, graph.BasisInferred, "the same publisher or author", "the same day", "the same kind")
	case day && m.ties[[2]graph.ID{}]:
		relate(780, graph.BasisInferred, "the same publisher", "the same day", "the documents tell of one claim of one speaker")
	case tie:
		relate(750, graph.BasisInferred, "the same publisher", "it holds the claim, matched, of the same speaker")
	case day:
		relate(560, graph.BasisInferred, "the same publisher", "the same day")
	}
}

// kindWords are titles that only name the sort of thing, and the kind of document that is.
var kindWords = map[string]graph.DocumentKind{
	"interview": graph.KindInterview, "article": graph.KindNews, "report": graph.KindReport, "speech": graph.KindSpeech,
	"written answer": graph.KindWrittenAnswer, "written statement": graph.KindWrittenAnswer, "statement": graph.KindStatement, "answer": graph.KindWrittenAnswer,
	"press release": graph.KindPressRelease, "letter": "", "survey": graph.KindReport, "poll": graph.KindReport, "broadcast": graph.KindNews,
	"study": graph.KindPaper, "paper": graph.KindPaper, "research": graph.KindPaper, "blog": graph.KindBlog, "post": graph.KindBlog,
	"figures": graph.KindDataset, "data": graph.KindDataset, "statistics": graph.KindDataset, "story": graph.KindNews,
}

// isKindWord reports whether a title is none of its own.
func isKindWord(title string) bool {
	_, ok := kindWords[strings.ToLower(title)]
	return ok
}

// press are the kinds that "told the paper", "an article" and "an interview" may all mean.
func press(k graph.DocumentKind) bool {
	return k == graph.KindNews || k == graph.KindInterview || k == ""
}

// kindsAgree reports whether two citations may be of one thing.
func kindsAgree(a, b *cited) bool {
	document := func(k graph.SourceKind) bool { return k == graph.SourceDocument || k == graph.SourceURL }
	return a.Kind == b.Kind || document(a.Kind) && document(b.Kind)
}

// titlesClash reports whether two citations name different things.
func titlesClash(a, b *cited) bool {
	ka, oka := kindWords[strings.ToLower(a.Title)]
	kb, okb := kindWords[strings.ToLower(b.Title)]
	switch {
	case a.Title == "" && b.Title == "", strings.EqualFold(a.Title, b.Title):
		return false
	case a.Title == "":
		return okb && !press(kb)
	case b.Title == "":
		return oka && !press(ka)
	case oka && okb:
		return ka != kb && (!press(ka) || !press(kb))
	case oka || okb:
		return false
	}
	return !a.title.shared(b.title)
}

// kindFits reports whether a document may be what a citation names.
func kindFits(s *cited, d *graph.Document) bool {
	switch s.Kind {
	case graph.SourceDocument, graph.SourceURL:
	case graph.SourceData:
		return d.Kind == graph.KindDataset || d.Kind == graph.KindReport
	case graph.SourceLegislation:
		return d.Kind == graph.KindLegislation
	default:
		return d.Kind == graph.KindPaper || d.Kind == graph.KindReport || d.Kind == ""
	}
	want, ok := kindWords[strings.ToLower(s.Title)]
	if !ok || d.Kind == "" || want == "" {
		return true
	}
	return want == d.Kind || press(want) && press(d.Kind)
}

// datesClash reports whether two dates certainly differ.
func datesClash(a, b graph.Date) bool { return a.After(b) || b.After(a) }

// A title is what a document or a citation is called, made ready to compare.
type title struct {
	words    []word
	concepts []concept // sorted, each once
}

// newTitle returns the title that s is, an empty one when it only names a kind of document.
func newTitle(s string, l lexicon) title {
	if s == "" || isKindWord(s) {
		return title{}
	}
	var t title
	folded := fold(s)
	folded = folded[:min(len(folded), maxWords)]
	for _, w := range folded {
		t.words = append(t.words, wordOf(w))
	}
	t.concepts = l.concepts(folded, maxConcepts)
	return t
}

// shared reports whether two titles of their own have most of their words in common.
func (t title) shared(u title) bool {
	if len(t.words) == 0 || len(u.words) == 0 {
		return false
	}
	n := inCommon(t.concepts, u.concepts)
	return n >= 2 && 10*n >= 8*min(len(t.concepts), len(u.concepts)) || n >= 1 && slices.Equal(t.words, u.words)
}

// sameWork compares works that are known by author and year, or by title.
func sameWork(a, b *cited) (score int, why []string) {
	if a.Kind != graph.SourceAuthorYear {
		if len(a.title.words) > 0 && slices.Equal(a.title.words, b.title.words) {
			return 900, []string{"the same title"}
		}
		return 0, nil
	}
	if len(a.Authors) == 0 || len(a.Authors) != len(b.Authors) || len(a.Date) < 4 || len(b.Date) < 4 || a.Date[:4] != b.Date[:4] {
		return 0, nil
	}
	for i := range a.Authors {
		if surname(a.Authors[i]) != surname(b.Authors[i]) {
			return 0, nil
		}
	}
	return 850, []string{"the same authors", "the same year"}
}

func surname(name string) string {
	if words := fold(name); len(words) > 0 {
		return words[len(words)-1]
	}
	return ""
}

// sameURL reports whether two addresses differ only in what does not matter:
// scheme, www, a slash at the end, fragment, and the marks of campaigns.
func sameURL(a, b string) bool {
	x, y := plainURL(a), plainURL(b)
	return x != "" && x == y
}

func plainURL(s string) string {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	q := u.Query()
	for key := range q {
		if strings.HasPrefix(key, "utm_") || key == "fbclid" || key == "gclid" {
			q.Del(key)
		}
	}
	out := strings.TrimPrefix(strings.ToLower(u.Host), "www.") + strings.TrimSuffix(u.EscapedPath(), "/")
	if len(q) > 0 {
		out += "?" + q.Encode()
	}
	return out
}
