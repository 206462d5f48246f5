package planted

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"whence/graph"
)

// A teller tells one story. Its methods are what plots are written in.
type teller struct {
	*rand.Rand
	cast   *cast
	number int
	story  *Story
	subject
	first   time.Time // day 0 of the story
	papers  []int     // publishers in the order in which they enter
	entered map[string]int
}

// begin chooses what the story is about. No two of some 27,000 stories have the
// place, the people and what they did in common: the lists are of lengths that
// come round together only then.
func (t *teller) begin() {
	t.entered = map[string]int{}
	n := t.number
	t.subject = subject{
		did: doings[n%len(doings)][0], events: doings[n%len(doings)][1], people: populations[n/len(doings)%len(populations)],
		place: t.cast.towns[n%len(t.cast.towns)], year: 2010 + t.IntN(12),
		thing: t.of(things), act: t.of(acts),
	}
	t.until = t.filled(t.of(untils) + " the {town} {noun} {did} {adj} {noun}s")
	t.why = t.filled(t.of(becauses) + " {adj} {noun}s {did} {where} the {noun}")
	t.first = time.Date(t.year+1, time.Month(2+t.IntN(4)), 1+t.IntN(28), 0, 0, 0, 0, time.UTC)
	t.papers = t.Perm(papersInCast)
}

func (t *teller) of(list []string) string { return list[t.IntN(len(list))] }

// day is the date so many days after the story began.
func (t *teller) day(n int) graph.Date {
	return graph.Date(t.first.AddDate(0, 0, n).Format(time.DateOnly))
}

// enter returns the next of a list that has not entered the story yet.
func (t *teller) enter(list []graph.Agent) *graph.Agent {
	key := string(list[0].ID)
	i := t.papers[t.entered[key]%len(t.papers)] % len(list)
	t.entered[key]++
	return &list[i]
}

func (t *teller) person() *graph.Agent  { return t.enter(t.cast.people) }
func (t *teller) body() *graph.Agent    { return t.enter(t.cast.bodies) }
func (t *teller) charity() *graph.Agent { return t.enter(t.cast.charities) }

// document begins a document of a kind. Whose it is follows from the kind, unless by says it.
func (t *teller) document(kind graph.DocumentKind, day int, by *graph.Agent) *Document {
	if by == nil {
		switch kind {
		case graph.KindBlog, graph.KindSocial:
			by = t.enter(t.cast.blogs)
		case graph.KindStatement, graph.KindPressRelease:
			by = t.charity()
		case graph.KindWrittenAnswer, graph.KindSpeech:
			by = &t.cast.parliament
		case graph.KindDataset, graph.KindReport:
			by = t.body()
		default:
			by = t.enter(t.cast.newspapers)
		}
	}
	title := strings.NewReplacer("{thing}", t.thing, "{place}", t.place).Replace(t.of(titles))
	host := strings.ToLower(strings.Map(func(r rune) rune {
		if r == ' ' || r == '’' {
			return '-'
		}
		return r
	}, strings.TrimPrefix(by.Name, "The ")))
	d := &Document{
		Address: graph.ID(fmt.Sprintf("https://%s.example/%05d/%d", host, t.number, len(t.story.Documents)+1)), Title: capital(title), Kind: kind,
		Publisher: by, Published: t.day(day), frame: t.IntN(1 << 20),
		asides: t.asides(3 + t.IntN(4)),
	}
	t.story.Documents = append(t.story.Documents, d)
	return d
}

// asides are so many sentences that nobody would check.
func (t *teller) asides(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = capital(t.filled(t.of(asides))) + "."
	}
	return out
}

// filled draws the words of a pattern by lot.
func (t *teller) filled(pattern string) string {
	var b strings.Builder
	for {
		before, rest, open := strings.Cut(pattern, "{")
		b.WriteString(before)
		if !open {
			return b.String()
		}
		var slot string
		slot, pattern, _ = strings.Cut(rest, "}")
		switch slot {
		case "adj":
			b.WriteString(t.of(adjectives))
		case "noun":
			b.WriteString(t.of(nouns))
		case "did":
			b.WriteString(t.of(verbs))
		case "how":
			b.WriteString(t.of(adverbs))
		case "where":
			b.WriteString(t.of(wheres))
		case "town":
			b.WriteString(t.of(townStarts) + t.of(townEnds))
		default:
			panic("no such slot: " + slot)
		}
	}
}

// chatter lets people say in every document, after what the story is about, what has
// nothing to do with it and is worth no check. Pages that were captured twice stay as they are.
func (t *teller) chatter() {
	captured := map[graph.ID]int{}
	for _, d := range t.story.Documents {
		captured[d.Address]++
	}
	for _, d := range t.story.Documents {
		if captured[d.Address] > 1 {
			continue
		}
		for range 2 + t.IntN(4) {
			u := utterance{words: t.filled(t.of(asides))}
			who := t.cast.people[t.IntN(len(t.cast.people))]
			s := &statement{utterance: u, speaker: &who, named: who.Name, mode: graph.ModeIndirect}
			if t.IntN(3) == 0 {
				s.mode = graph.ModeDirect
			}
			d.add(s).worth = 150
		}
	}
}

// capture begins a later text of the same page.
func (t *teller) capture(of *Document, day int) *Document {
	d := *of
	d.statements, d.readers, d.references = nil, nil, nil
	of.Retrieved = of.Published.Start().Add(12 * time.Hour)
	d.Retrieved = t.first.AddDate(0, 0, day).Add(12 * time.Hour)
	t.story.Documents = append(t.story.Documents, &d)
	return &d
}

// voice adds a sentence of the document's own.
func (d *Document) voice(u utterance) *statement {
	return d.add(&statement{utterance: u, speaker: d.Publisher, mode: graph.ModeVoice})
}

// reports adds what somebody said, in the document's words.
func (d *Document) reports(who *graph.Agent, u utterance) *statement {
	return d.add(&statement{utterance: u, speaker: who, named: who.Name, mode: graph.ModeIndirect})
}

// quotes adds what somebody said, in quotation marks.
func (d *Document) quotes(who *graph.Agent, words string) *statement {
	return d.add(&statement{utterance: utterance{words: words}, speaker: who, named: who.Name, mode: graph.ModeDirect})
}

// comment adds what a reader writes below.
func (d *Document) comment(name string, day graph.Date, u utterance) *statement {
	r := &reader{name, day}
	d.readers = append(d.readers, r)
	return d.add(&statement{utterance: u, named: "", mode: graph.ModeVoice, reader: r})
}

func (d *Document) add(s *statement) *statement {
	s.document, s.worth = d, 700
	d.statements = append(d.statements, s)
	return s
}

// links says that a statement gives the address of a document that is held.
func (s *statement) links(to *Document) *statement {
	s.cites = &citation{of: to}
	return s
}

// from says that a statement was taken from another, by linking to it: the way that
// is no offence.
func (s *statement) from(o *statement) *statement {
	return s.links(o.document).has(o, graph.BasisDeclared)
}

// has says that a statement was taken from another.
func (s *statement) has(o *statement, basis graph.Basis) *statement {
	s.takes = append(s.takes, taking{o, basis})
	return s
}

// is says that two statements say the same thing; who says it need not be the same.
func (s *statement) is(others ...*statement) *statement {
	for _, o := range others {
		reason := graph.SameClaim
		if s.speaker == nil || o.speaker == nil || s.speaker.ID != o.speaker.ID {
			reason = graph.SameClaimOther
		}
		s.same = append(s.same, sameness{with: o, reason: reason})
	}
	return s
}

// like says that two statements are about the same thing, but do not say the same.
func (s *statement) like(o *statement) *statement {
	s.same = append(s.same, sameness{with: o, reason: graph.SameTopic})
	return s
}

// denies says that two statements have the same words, for and against.
func (s *statement) denies(o *statement) *statement {
	s.negative = true
	s.same = append(s.same, sameness{with: o, reason: graph.SameTopic, denied: true})
	return s
}

// family says that statements all say the same thing.
func family(statements ...*statement) {
	for i, s := range statements {
		s.is(statements[:i]...)
	}
}

// expect plants a finding.
func (t *teller) expect(report, kind string, subject, other *statement) *planted {
	p := &planted{report: report, kind: kind, subject: subject, other: other}
	t.story.planted = append(t.story.planted, p)
	return p
}

// may plants a finding that the definition neither asks for nor rules out.
func (t *teller) may(report, kind string, subject, other *statement) {
	t.expect(report, kind, subject, other).may = true
}

// digits draws a number of four significant digits, times a power of ten, that
// changes whether it is rounded to one, two or three of them. up says whether to
// one it is rounded up.
func (t *teller) digits(up bool) (n, one, two, three int) {
	second := 2 + t.IntN(3)
	if up {
		second += 4
	}
	scale := []int{1, 10, 100, 1000}[t.IntN(4)]
	a, c, d := 2+t.IntN(6), 1+t.IntN(8), 1+t.IntN(9)
	n = (1000*a + 100*second + 10*c + d) * scale
	return n, nearest(n, 1000*scale), nearest(n, 100*scale), nearest(n, 10*scale)
}

// nearest rounds to a multiple of a unit.
func nearest(n, unit int) int { return (n + unit/2) / unit * unit }

func exactly(n int) number { return number{words: thousands(n), value: float64(n)} }
func roughly(n int) number { return number{words: rounded(n), value: float64(n)} }
func over(n int) number    { return number{"over " + rounded(n), float64(n), graph.BoundOver} }
func nearly(n int) number  { return number{"nearly " + rounded(n), float64(n), graph.BoundAbout} }
func upTo(n int) number    { return number{"up to " + rounded(n), float64(n), graph.BoundUpTo} }
