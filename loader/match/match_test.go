package match_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"whence/graph"
	"whence/loader/match"
)

// paper is a document written for a test.
type paper struct {
	graph.Reading
	who graph.Resolution
}

func newPaper(uri, publisher string, kind graph.DocumentKind, date graph.Date, text string) *paper {
	p := &paper{}
	p.Text = text
	p.Document = graph.Document{ID: graph.ID(uri), URL: uri, Publisher: publisher, Kind: kind, Published: date}
	p.Version = graph.Version{ID: graph.NewVersionID(p.Document.ID, text), Document: p.Document.ID, TextHash: graph.TextHash(text)}
	p.Label = graph.NewReadingLabel(p.Version, p.Document, "test")
	p.who.Label = graph.NewResolutionLabel(p.Label, "", "test")
	p.Segments = []graph.Segment{{ID: graph.NewSegmentID(p.Document.ID, graph.SegmentBody, text, 0), Type: graph.SegmentBody, Passage: graph.Passage{Span: graph.Span{End: len(text)}}}}
	if publisher != "" {
		p.name(p.Document.ID, graph.PublishedBy, publisher)
	}
	return p
}

func (p *paper) name(subject graph.ID, kind graph.Predicate, who string) {
	p.who.Resolved = append(p.who.Resolved, graph.Resolved{Subject: subject, Predicate: kind, Agent: graph.NewAgentID(who)})
	p.who.Agents = append(p.who.Agents, graph.Agent{ID: graph.NewAgentID(who), Name: who})
}

func (p *paper) side() match.Side { return match.Side{Reading: &p.Reading, Resolution: &p.who} }

// claim adds a claim with the n-th occurrence, from 0, of the words.
func (p *paper) claim(words, speaker string, mode graph.Mode, saidIn graph.ID) graph.ID {
	return p.claimAt(strings.Index(p.Text, words), words, speaker, mode, saidIn)
}

func (p *paper) claimAt(at int, words, speaker string, mode graph.Mode, saidIn graph.ID) graph.ID {
	if at < 0 {
		panic("the text has no " + words)
	}
	ordinal := 0
	for _, c := range p.Claims {
		if c.Words() == words {
			ordinal++
		}
	}
	c := graph.Claim{
		ID: graph.NewClaimID(p.Document.ID, words, ordinal), Document: p.Document.ID, Version: p.Version.ID, Segment: p.Segments[0].ID,
		Content: []graph.Passage{graph.NewPassage(p.Text, graph.Span{Start: at, End: at + len(words)})},
		Mode:    mode, Polarity: graph.Positive, SaidIn: saidIn, StatedOn: p.Document.Published,
	}
	p.Claims = append(p.Claims, c)
	if speaker != "" {
		p.name(c.ID, graph.AssertedBy, speaker)
	}
	return c.ID
}

func (p *paper) source(kind graph.SourceKind, url, title, publisher string, date graph.Date) graph.ID {
	s := graph.Source{Document: p.Document.ID, Kind: kind, URL: url, Title: title, Publisher: publisher, Date: date}
	s.ID = graph.NewSourceID(url, p.Document.ID, s.Description())
	p.Sources = append(p.Sources, s)
	if publisher != "" {
		p.name(s.ID, graph.AttributedTo, publisher)
	}
	return s.ID
}

// sourceAt adds a link that stands at a place of the text.
func (p *paper) sourceAt(at int, url string) {
	p.source(graph.SourceURL, url, "", "", "")
	s := &p.Sources[len(p.Sources)-1]
	s.Segment, s.Passages = p.Segments[0].ID, []graph.Passage{graph.NewPassage(p.Text, graph.Span{Start: at, End: at + len(url)})}
}

// between returns the relation that joins two nodes, whichever way, or a zero one.
func between(l graph.Link, kind graph.Predicate, a, b graph.ID) graph.Relation {
	for _, r := range l.Relations {
		if r.Kind == kind && (r.From == a && r.To == b || r.From == b && r.To == a) {
			return r
		}
	}
	return graph.Relation{}
}

// typed returns how the matcher types a relation, and whether it makes a family.
func typed(r graph.Relation) string {
	if len(r.Reasons) == 0 {
		return "nothing"
	}
	if r.Reasons[0] != graph.SameTopic && r.Score < graph.FamilyThreshold {
		return "a " + r.Reasons[0] + " below the threshold"
	}
	return r.Reasons[0]
}

func TestMatch_Claims(t *testing.T) {
	type told struct {
		text, words, speaker string
		mode                 graph.Mode
	}
	const direct, indirect, mixed, voice = graph.ModeDirect, graph.ModeIndirect, graph.ModeMixed, graph.ModeVoice
	for name, tc := range map[string]struct {
		a, b told
		want string
	}{
		"the same sentence of one speaker": {
			told{"“The ferry will sail every hour from Monday,” said Ada Brook.", "The ferry will sail every hour from Monday", "Ada Brook", direct},
			told{"Ada Brook told us: ‘The ferry will sail every hour from Monday’.", "The ferry will sail every hour from Monday", "Ada Brook", direct},
			graph.SameClaim,
		},
		"the same sentence of nobody known": {
			told{"“The ferry will sail every hour from Monday,” it was said.", "The ferry will sail every hour from Monday", "", direct},
			told{"Ada Brook told us: ‘The ferry will sail every hour from Monday’.", "The ferry will sail every hour from Monday", "Ada Brook", direct},
			graph.SameClaimOther,
		},
		"two quoted words of one speaker on one topic": {
			told{"Dredging the harbour had “startling effects” on shipping, Ada Brook told Radio Nine as ports struggled.", "Dredging the harbour had “startling effects” on shipping", "Ada Brook", mixed},
			told{"The minister pointed to dredgers to say that deeper water could have ‘startling effects’ for ports and shipping.", "deeper water could have ‘startling effects’ for ports and shipping", "Ada Brook", mixed},
			graph.SameClaim,
		},
		"two quoted words told in another order": {
			told{"Dredging the harbour had “startling effects” on shipping, Ada Brook told Radio Nine as ports struggled.", "Dredging the harbour had “startling effects” on shipping", "Ada Brook", mixed},
			told{"On harbour dredging and shipping she said: “The effects on ports of going deeper have been startling, and the record shows it.”", "The effects on ports of going deeper have been startling, and the record shows it", "Ada Brook", direct},
			graph.SameClaim,
		},
		"two quoted words of two speakers": {
			told{"Dredging the harbour had “startling effects” on shipping, Ada Brook said.", "Dredging the harbour had “startling effects” on shipping", "Ada Brook", mixed},
			told{"The new tram had “startling effects” on the town's shops, Cal Dunn said.", "The new tram had “startling effects” on the town's shops", "Cal Dunn", mixed},
			"nothing",
		},
		"two quoted words of one speaker on two topics": {
			told{"Dredging the harbour had “startling effects” on shipping, Ada Brook said.", "Dredging the harbour had “startling effects” on shipping", "Ada Brook", mixed},
			told{"Free violin lessons had “startling effects” in nurseries, Ada Brook said.", "Free violin lessons had “startling effects” in nurseries", "Ada Brook", mixed},
			"nothing",
		},
		"a name in quotation marks": {
			told{"The play “Blue Lantern” moved the harbour town to tears, said Ada Brook.", "The play “Blue Lantern” moved the harbour town to tears", "Ada Brook", mixed},
			told{"The cast of “Blue Lantern” sails from the harbour town tonight, said Ada Brook.", "The cast of “Blue Lantern” sails from the harbour town tonight", "Ada Brook", mixed},
			graph.SameTopic,
		},
		"a paraphrase by one speaker": {
			told{"Ada Brook said dredging the harbour would bring larger cargo ships to Port Linnet.", "dredging the harbour would bring larger cargo ships to Port Linnet", "Ada Brook", indirect},
			told{"According to Ada Brook, larger cargo ships will come to Port Linnet once the harbour is dredged.", "larger cargo ships will come to Port Linnet once the harbour is dredged", "Ada Brook", indirect},
			graph.SameClaim,
		},
		"a paraphrase that denies it": {
			told{"Ada Brook said dredging the harbour would bring larger cargo ships to Port Linnet.", "dredging the harbour would bring larger cargo ships to Port Linnet", "Ada Brook", indirect},
			told{"Ada Brook said that dredging the harbour would not bring larger cargo ships to Port Linnet.", "dredging the harbour would not bring larger ships for cargo to Port Linnet", "Ada Brook", indirect},
			graph.SameTopic,
		},
		"one topic, other things said": {
			told{"Ada Brook said dredging the harbour would bring larger cargo ships to Port Linnet.", "dredging the harbour would bring larger cargo ships to Port Linnet", "Ada Brook", indirect},
			told{"Ada Brook said fishermen at Port Linnet feared for their nets when the harbour ice breaks.", "fishermen at Port Linnet feared for their nets when the harbour ice breaks", "Ada Brook", indirect},
			graph.SameTopic,
		},
		"one long sentence with another figure": {
			told{"The harbour board says 2,300 sailors found a berth within a year of the new quay.", "2,300 sailors found a berth within a year of the new quay", "The board", indirect},
			told{"The harbour board says 23,000 sailors found a berth within a year of the new quay.", "23,000 sailors found a berth within a year of the new quay", "The board", indirect},
			graph.SameTopic,
		},
		"one rare figure of the same thing": {
			told{"The harbour board estimates that in 2020 41,317 sailors slept ashore in Port Linnet.", "in 2020 41,317 sailors slept ashore in Port Linnet", "The board", indirect},
			told{"Some 41,317 sailors slept in the hostels of Port Linnet that year.", "Some 41,317 sailors slept in the hostels of Port Linnet that year", "Evening Paper", voice},
			graph.SameClaimOther,
		},
		"another year": {
			told{"Ada Brook said the harbour at Port Linnet froze over in 1963.", "the harbour at Port Linnet froze over in 1963", "Ada Brook", indirect},
			told{"Ada Brook said the harbour at Port Linnet froze over in 1981.", "the harbour at Port Linnet froze over in 1981", "Ada Brook", indirect},
			graph.SameTopic,
		},
		"another place": {
			told{"Ada Brook said every ferry from Port Linnet carries a lifeboat.", "every ferry from Port Linnet carries a lifeboat", "Ada Brook", indirect},
			told{"Ada Brook said every ferry from Port Wren carries a lifeboat.", "every ferry from Port Wren carries a lifeboat", "Ada Brook", indirect},
			graph.SameTopic,
		},
		"of some and of all": {
			told{"Ada Brook said that sailors with a pension may berth at Port Linnet for nothing.", "sailors with a pension may berth at Port Linnet for nothing", "Ada Brook", indirect},
			told{"Ada Brook said that sailors may berth at Port Linnet for nothing.", "sailors may berth at Port Linnet for nothing", "Ada Brook", indirect},
			graph.SameTopic,
		},
		"who did it to whom": {
			told{"Ada Brook said the pilots sued the harbour board over the wreck.", "the pilots sued the harbour board over the wreck", "Ada Brook", indirect},
			told{"Ada Brook said the harbour board sued the pilots over the wreck.", "the harbour board sued the pilots over the wreck", "Ada Brook", indirect},
			graph.SameTopic,
		},
		"who did it, told of the other": {
			told{"Ada Brook said the pilots sued the harbour board over the wreck.", "the pilots sued the harbour board over the wreck", "Ada Brook", indirect},
			told{"Ada Brook said the harbour board was sued by the pilots over the wreck.", "the harbour board was sued by the pilots over the wreck", "Ada Brook", indirect},
			graph.SameClaim,
		},
		"what may be and what is": {
			told{"Ada Brook said the new quay could double the catch at Port Linnet.", "the new quay could double the catch at Port Linnet", "Ada Brook", indirect},
			told{"Ada Brook said the new quay doubles the catch at Port Linnet.", "the new quay doubles the catch at Port Linnet", "Ada Brook", indirect},
			graph.SameTopic,
		},
		"up to so many": {
			told{"The board says the new quay at Port Linnet holds 40 trawlers.", "the new quay at Port Linnet holds 40 trawlers", "The board", indirect},
			told{"The board says the new quay at Port Linnet holds up to 40 trawlers.", "the new quay at Port Linnet holds up to 40 trawlers", "The board", indirect},
			graph.SameTopic,
		},
		"one figure, of ships and of crews": {
			told{"The board says 2,300 trawlers found shelter at Port Linnet.", "2,300 trawlers found shelter at Port Linnet", "The board", indirect},
			told{"The board says 2,300 crews found shelter at Port Linnet.", "2,300 crews found shelter at Port Linnet", "The board", indirect},
			graph.SameTopic,
		},
		"one part quoted": {
			told{"“We lost the light at midnight and the pumps simply gave up on us,” said Ada Brook.", "We lost the light at midnight and the pumps simply gave up on us", "Ada Brook", direct},
			told{"Ada Brook said that the light was lost at midnight and that their pumps “simply gave up on us”.", "the light was lost at midnight and that their pumps “simply gave up on us”", "Ada Brook", mixed},
			graph.SameClaim,
		},
		"other words of like meaning": {
			told{"Ada Brook said the barges had poisoned the oysters in the harbour.", "the barges had poisoned the oysters in the harbour", "Ada Brook", indirect},
			told{"Ada Brook said ships contaminated oysters across the harbour.", "ships contaminated oysters across the harbour", "Ada Brook", indirect},
			graph.SameClaim,
		},
		"rising and falling": {
			told{"Ada Brook said fares on the harbour ferry to Port Linnet rose again.", "fares on the harbour ferry to Port Linnet rose again", "Ada Brook", indirect},
			told{"Ada Brook said fares on the harbour ferry to Port Linnet fell again.", "fares on the Port Linnet harbour ferry fell", "Ada Brook", indirect},
			graph.SameTopic,
		},
	} {
		t.Run(name, func(t *testing.T) {
			if !strings.Contains(tc.b.text, tc.b.words) {
				tc.b.text = tc.b.words + "."
			}
			a := newPaper("https://a.example/1", "A", graph.KindNews, "2021-01-01", tc.a.text)
			b := newPaper("https://b.example/1", "B", graph.KindNews, "2021-01-02", tc.b.text)
			ca, cb := a.claim(tc.a.words, tc.a.speaker, tc.a.mode, ""), b.claim(tc.b.words, tc.b.speaker, tc.b.mode, "")
			link, _ := match.Match(a.side(), b.side())
			r := between(link, graph.Matches, ca, cb)
			if got := typed(r); got != tc.want {
				t.Errorf("%s (%d %v), want %s", got, r.Score, r.Reasons, tc.want)
			}
			back, _ := match.Match(b.side(), a.side())
			if d := cmp.Diff(link, back); d != "" {
				t.Errorf("not symmetric: %s", d)
			}
		})
	}
}

// told makes two papers that tell of one interview, with claims that match.
func told(aDate, bDate graph.Date, aTitle, bTitle string) (a, b *paper, sa, sb graph.ID) {
	a = newPaper("https://a.example/1", "A", graph.KindStatement, "", "Ada Brook told Radio Nine that dredging the harbour had “startling effects” on shipping.")
	b = newPaper("https://b.example/1", "B", graph.KindNews, "2021-03-05", "In an interview with Radio Nine she said dredging the harbour had “startling effects” on shipping.")
	sa, sb = a.source(graph.SourceDocument, "", aTitle, "Radio Nine", aDate), b.source(graph.SourceDocument, "", bTitle, "Radio Nine", bDate)
	a.claim("dredging the harbour had “startling effects” on shipping", "Ada Brook", graph.ModeMixed, sa)
	b.claim("dredging the harbour had “startling effects” on shipping", "Ada Brook", graph.ModeMixed, sb)
	return a, b, sa, sb
}

func TestMatch_SameSource(t *testing.T) {
	for name, tc := range map[string]struct {
		aDate, bDate   graph.Date
		aTitle, bTitle string
		want           bool
	}{
		"undated on both sides":      {"", "", "", "interview", true},
		"dated on one side":          {"2021-03-02", "", "", "interview", true},
		"the same day":               {"2021-03-02", "2021-03-02", "", "", true},
		"a month and a day in it":    {"2021-03", "2021-03-02", "", "", true},
		"two days":                   {"2021-03-02", "2021-03-03", "", "", false},
		"a report and an interview":  {"", "", "report", "interview", false},
		"two titles":                 {"", "", "Harbours of the north", "Fishing for beginners", false},
		"one title, told otherwise":  {"", "", "Harbours of the North", "The harbours of the north", true},
		"an article and a broadcast": {"", "", "article", "", true},
	} {
		t.Run(name, func(t *testing.T) {
			a, b, sa, sb := told(tc.aDate, tc.bDate, tc.aTitle, tc.bTitle)
			link, _ := match.Match(a.side(), b.side())
			r := between(link, graph.SameSource, sa, sb)
			if got := r.Score >= graph.FamilyThreshold; got != tc.want {
				t.Errorf("score %d %v, want the same: %t", r.Score, r.Reasons, tc.want)
			}
		})
	}

	t.Run("without a claim in common", func(t *testing.T) {
		a, b, sa, sb := told("", "", "", "")
		a.Claims = nil
		link, _ := match.Match(a.side(), b.side())
		if r := between(link, graph.SameSource, sa, sb); r.Score != 0 {
			t.Errorf("a publisher alone makes one source: %+v", r)
		}
	})
	t.Run("addresses that differ in what does not matter", func(t *testing.T) {
		a, b, _, _ := told("", "", "", "")
		x := a.source(graph.SourceURL, "http://www.radio.example/brook/", "", "", "")
		y := b.source(graph.SourceURL, "https://radio.example/brook?utm_source=x", "", "", "")
		z := b.source(graph.SourceURL, "https://radio.example/brook?page=2", "", "", "")
		link, _ := match.Match(a.side(), b.side())
		if r := between(link, graph.SameSource, x, y); r.Basis != graph.BasisDeclared {
			t.Errorf("%+v", r)
		}
		if r := between(link, graph.SameSource, x, z); r.Score != 0 {
			t.Errorf("another page: %+v", r)
		}
	})
}

func TestMatch_HeldDocument(t *testing.T) {
	radio := func(date graph.Date) *paper {
		p := newPaper("https://radio.example/brook", "Radio Nine", graph.KindInterview, date, "Dredging the harbour had “startling effects” on shipping, Ada Brook says.")
		p.claim("Dredging the harbour had “startling effects” on shipping", "Ada Brook", graph.ModeMixed, "")
		return p
	}
	for name, tc := range map[string]struct {
		cited, published graph.Date
		carries          bool
		want             bool
	}{
		"the claim and the day":    {"2021-03-02", "2021-03-02", true, true},
		"the claim, undated":       {"", "2021-03-02", true, true},
		"the claim, another day":   {"2021-03-01", "2021-03-02", true, false},
		"the day, another claim":   {"2021-03-02", "2021-03-02", false, false},
		"undated, another claim":   {"", "2021-03-02", false, false},
		"the claim, month and day": {"2021-03", "2021-03-02", true, true},
	} {
		t.Run(name, func(t *testing.T) {
			a, _, sa, _ := told(tc.cited, "", "", "")
			if !tc.carries {
				a.Claims = nil
			}
			b := radio(tc.published)
			link, _ := match.Match(a.side(), b.side())
			r := between(link, graph.SameSource, sa, b.Document.ID)
			if got := r.Score >= graph.FamilyThreshold; got != tc.want {
				t.Fatalf("score %d %v, want the document: %t", r.Score, r.Reasons, tc.want)
			}
			if r.Score > 0 && r.From != sa {
				t.Error("it leads from the document to the source")
			}
			if taken := between(link, graph.TakesFrom, "", ""); tc.want && tc.carries {
				taken = between(link, graph.TakesFrom, a.Claims[0].ID, b.Claims[0].ID)
				if taken.From != a.Claims[0].ID {
					t.Errorf("the claim is not taken from the held one: %+v", taken)
				}
			}
		})
	}
	t.Run("an answer by its author, day and kind", func(t *testing.T) {
		a, _, _, _ := told("", "", "", "")
		cited := a.source(graph.SourceDocument, "", "written answer", "Cal Dunn", "2021-03-09")
		other := a.source(graph.SourceDocument, "", "written answer", "Cal Dunn", "2021-03-11")
		answer := newPaper("https://records.example/77", "The Assembly", graph.KindWrittenAnswer, "2021-03-09", "No dredging is planned.")
		answer.name(answer.Document.ID, graph.WrittenBy, "Cal Dunn")
		link, _ := match.Match(a.side(), answer.side())
		if r := between(link, graph.SameSource, cited, answer.Document.ID); r.Score < graph.FamilyThreshold {
			t.Errorf("%+v", link.Relations)
		}
		if r := between(link, graph.SameSource, other, answer.Document.ID); r.Score != 0 {
			t.Errorf("the answer of another day: %+v", r)
		}
	})
}

// What one document has from another, on what basis, and how sure that is.
func TestMatch_Takings(t *testing.T) {
	const words = "The quay at Port Linnet was rebuilt by convicts in 14 winters, and every stone of it was carried down from the quarry by mule"
	const other = "The quay at Port Linnet was rebuilt by convicts in 19 winters, and every stone of it was carried down from the quarry by mule"
	const address = "https://a.example/1"
	const direct, indirect, mixed, voice = graph.ModeDirect, graph.ModeIndirect, graph.ModeMixed, graph.ModeVoice
	taken := func(kind graph.Predicate, basis graph.Basis) string { return string(kind) + " " + string(basis) }
	for name, tc := range map[string]struct {
		mode    graph.Mode
		speaker string
		text    string // of the later one, its claim between bars
		laterBy string
		later   graph.Mode
		from    graph.Date
		until   graph.Date
		cites   bool
		want    string
	}{
		"own words repeated as own": {
			voice, "A", "They say: |" + words + "|.", "B", voice, "2021-01-01", "2021-01-02", false, taken(graph.TakesFrom, graph.BasisInferred),
		},
		"own words repeated on the same day": {
			voice, "A", "They say: |" + words + "|.", "B", voice, "2021-01-01", "2021-01-01", false, "",
		},
		"own words repeated, undated": {
			voice, "A", "They say: |" + words + "|.", "B", voice, "", "2021-01-02", false, "",
		},
		"own words repeated with another figure": {
			voice, "A", "They say: |" + other + "|.", "B", voice, "2021-01-01", "2021-01-02", false, taken(graph.TakesFrom, graph.BasisInferred),
		},
		"own words around a quotation": {
			mixed, "A", "They say: |" + strings.Replace(words, "14 winters", "“14 winters”", 1) + "|.", "B", mixed, "2021-01-01", "2021-01-02", false, taken(graph.TakesFrom, graph.BasisInferred),
		},
		"the author quoted": {
			voice, "A", "A says: “|" + words + "|”.", "A", direct, "2021-01-01", "2021-01-02", false, taken(graph.QuotesFrom, graph.BasisQuoted),
		},
		"the author quoted, undated": {
			voice, "A", "A says: “|" + words + "|”.", "A", direct, "2021-01-01", "", false, taken(graph.QuotesFrom, graph.BasisQuoted),
		},
		"the author quoted before he wrote it": {
			voice, "A", "A says: “|" + words + "|”.", "A", direct, "2021-01-02", "2021-01-01", false, "",
		},
		"a third party quoted by both": {
			direct, "Ada Brook", "She says: “|" + words + "|”.", "Ada Brook", direct, "2021-01-01", "2021-01-02", false, "",
		},
		"a third party's words made its own": {
			direct, "Ada Brook", "It is so: |" + words + "|.", "B", voice, "2021-01-01", "2021-01-02", false, "",
		},
		"a link beside it": {
			direct, "Ada Brook", "She says: “|" + words + "|” " + address, "Ada Brook", direct, "", "", true, taken(graph.TakesFrom, graph.BasisDeclared) + " 900",
		},
		"a link beside another figure": {
			direct, "Ada Brook", "She says: “|" + other + "|” " + address, "Ada Brook", direct, "", "", true, taken(graph.TakesFrom, graph.BasisDeclared) + " 808",
		},
		"a link far from it": {
			direct, "Ada Brook", "She says: “|" + words + "|”. " + strings.Repeat("Nothing else. ", 20) + address, "Ada Brook", direct, "", "", true, taken(graph.TakesFrom, graph.BasisDeclared) + " 750",
		},
		"a link to what came later": {
			direct, "Ada Brook", "She says: “|" + words + "|”. " + strings.Repeat("Nothing else. ", 20) + address, "Ada Brook", direct, "2021-01-02", "2021-01-01", true, "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			a := newPaper(address, "A", graph.KindNews, tc.from, words+".")
			before, rest, _ := strings.Cut(tc.text, "|")
			repeated, after, _ := strings.Cut(rest, "|")
			b := newPaper("https://b.example/1", "B", graph.KindNews, tc.until, before+repeated+after)
			ca, cb := a.claim(words, tc.speaker, tc.mode, ""), b.claim(repeated, tc.laterBy, tc.later, "")
			if tc.cites {
				b.sourceAt(strings.Index(b.Text, address), address)
			}
			link, _ := match.Match(a.side(), b.side())
			got := ""
			for _, r := range link.Relations {
				if r.Kind != graph.TakesFrom && r.Kind != graph.QuotesFrom {
					continue
				}
				if r.From != cb || r.To != ca {
					t.Errorf("the earlier from the later: %+v", r)
				}
				got += taken(r.Kind, r.Basis)
				if r.Basis == graph.BasisDeclared {
					got += fmt.Sprint(" ", r.Score)
				}
			}
			if got != tc.want {
				t.Errorf("%q, want %q: %+v", got, tc.want, link.Relations)
			}
		})
	}
	t.Run("two that name each other", func(t *testing.T) {
		a := newPaper(address, "A", graph.KindNews, "2021-01-01", words+" https://b.example/1")
		b := newPaper("https://b.example/1", "B", graph.KindNews, "2021-01-02", words+" "+address)
		ca, cb := a.claim(words, "A", voice, ""), b.claim(words, "B", voice, "")
		a.sourceAt(len(words)+1, "https://b.example/1")
		b.sourceAt(len(words)+1, address)
		link, _ := match.Match(a.side(), b.side())
		ways := map[graph.ID]graph.Relation{}
		for _, r := range link.Relations {
			if r.Kind == graph.TakesFrom {
				ways[r.From] = r
			}
		}
		if ways[ca].To != cb || ways[cb].To != ca || ways[ca].Basis != graph.BasisDeclared {
			t.Errorf("%+v", link.Relations)
		}
	})
	t.Run("the source of a figure", func(t *testing.T) {
		a := newPaper(address, "A", graph.KindNews, "", "In 2020 41,317 sailors slept ashore in Port Linnet.")
		b := newPaper("https://b.example/1", "B", graph.KindNews, "", "Some 41,317 sailors slept ashore in Port Linnet that year.")
		ca, cb := a.claim("In 2020 41,317 sailors slept ashore in Port Linnet", "A", voice, ""), b.claim("Some 41,317 sailors slept ashore in Port Linnet that year", "B", voice, "")
		value := 41317.0
		b.Statistics = append(b.Statistics, graph.Statistic{ID: "urn:whence:statistic:1", Claim: cb, Value: &value, Unit: "people", SourceID: b.source(graph.SourceURL, address, "", "", "")})
		link, _ := match.Match(a.side(), b.side())
		if r := between(link, graph.TakesFrom, cb, ca); r.From != cb || r.Basis != graph.BasisDeclared || r.Score < 700 {
			t.Errorf("%+v", link.Relations)
		}
	})
}

func TestInside(t *testing.T) {
	const words = "The quay at Port Linnet was rebuilt by convicts in four winters"
	p := newPaper("https://a.example/1", "A", graph.KindBlog, "2021-01-01", "“"+words+",” said Ada Brook. Bob: you wrote “"+words+"” but no. The quay is wet.")
	first := p.claim(words, "Ada Brook", graph.ModeDirect, "")
	second := p.claimAt(strings.LastIndex(p.Text, words), words, "", graph.ModeDirect, "")
	p.claim("The quay is wet", "A", graph.ModeVoice, "")
	link, ok := match.Inside(p.side())
	if !ok || len(link.Relations) != 1 || between(link, graph.Matches, first, second).Score < graph.FamilyThreshold {
		t.Fatalf("%+v", link.Relations)
	}
	if _, ok := match.Match(p.side(), p.side()); ok {
		t.Error("a document matches itself")
	}
}

// A figure that returns in a document is told of, though it counts something else there.
func TestInside_FigureThatDrifts(t *testing.T) {
	p := newPaper("https://a.example/1", "A", graph.KindBlog, "2021-01-01",
		"The harbour trial at Port Linnet gave 2,300 sailors a berth last winter. Bob: the harbour trial at Port Linnet made some 2,300 berths in 2019.")
	first := p.claim("2,300 sailors a berth last winter", "A", graph.ModeIndirect, "")
	second := p.claim("the harbour trial at Port Linnet made some 2,300 berths in 2019", "Bob", graph.ModeDirect, "")
	link, _ := match.Inside(p.side())
	r := between(link, graph.Matches, first, second)
	if typed(r) != graph.SameTopic || !slices.Contains(r.Reasons, "both have the figure 2300") {
		t.Errorf("%+v", link.Relations)
	}
}

// A text that says one thing over and over gets so many links and no more, always the same.
func TestMatch_Bounds(t *testing.T) {
	repeated := func(uri string) *paper {
		const words = "the quay at Port Linnet was rebuilt by convicts in four winters"
		p := newPaper(uri, "P"+uri, graph.KindNews, "2021-01-01", strings.Repeat(words+". ", 300))
		for i := range 300 {
			p.claimAt(i*(len(words)+2), words, fmt.Sprintf("Name%d", i%30), graph.ModeIndirect, "")
		}
		return p
	}
	a, b := repeated("https://a.example/1"), repeated("https://b.example/2")
	p, q := match.Prepare(a.side()), match.Prepare(b.side())
	across, left := p.Match(q)
	back, leftBack := q.Match(p)
	if diff := cmp.Diff(across, back); diff != "" || left == 0 || left != leftBack {
		t.Errorf("%d and %d left out: %s", left, leftBack, diff)
	}
	inside, left := p.Inside()
	if left == 0 {
		t.Error("nothing left out inside")
	}
	for _, link := range []graph.Link{across, inside} {
		matches, of := 0, map[graph.ID]int{}
		for _, r := range link.Relations {
			if r.Kind == graph.Matches {
				matches++
				of[r.From]++
				of[r.To]++
			}
		}
		if matches < 300 || matches > 2000 {
			t.Errorf("%d matches", matches)
		}
		for id, n := range of {
			if n > 64 {
				t.Errorf("%s has %d matches", id, n)
			}
		}
	}
}

// many makes a reading of n claims about things that partly return.
func many(uri string, n, seed int) *paper {
	subject := strings.Fields("quay ferry lighthouse harbour trawler mast anchor cargo pilot cable buoy crane hull rudder dock")
	verb := strings.Fields("carried lost mended painted counted sold hid found raised sank")
	things := strings.Split("barrels of herring|coils of rope|sacks of grain|chests of tea|bales of wool|casks of oil|tons of slate|crates of pears", "|")
	var text strings.Builder
	var at []int
	var words []string
	for i := range n {
		x := i*7919 + seed*104729
		w := fmt.Sprintf("the %s of captain Name%d %s %d %s near Isle%d in the winter gale", subject[x%len(subject)], x%211, verb[x/3%len(verb)], 100+x%9973, things[x/7%len(things)], x%97)
		at, words = append(at, text.Len()), append(words, w)
		text.WriteString(w + ". ")
	}
	p := newPaper(uri, "P"+uri, graph.KindNews, "2021-01-01", text.String())
	for i, w := range words {
		p.claimAt(at[i], w, fmt.Sprintf("Speaker %d", i%5), graph.ModeIndirect, "")
	}
	return p
}

func TestMatch_IsSymmetricAndRepeatable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := many("https://a.example/1", rapid.IntRange(0, 12).Draw(t, "a"), rapid.IntRange(0, 5).Draw(t, "seed a"))
		b := many("https://b.example/1", rapid.IntRange(0, 12).Draw(t, "b"), rapid.IntRange(0, 5).Draw(t, "seed b"))
		once, ok := match.Match(a.side(), b.side())
		slices.Reverse(a.Claims)
		again, okAgain := match.Match(b.side(), a.side())
		if d := cmp.Diff(once, again); d != "" || ok != okAgain {
			t.Fatal(d)
		}
		for i, r := range once.Relations {
			if r.Score < 0 || r.Score > 1000 || i > 0 && once.Relations[i-1].ID >= r.ID {
				t.Fatalf("relation %d: %+v", i, r)
			}
		}
	})
}

func TestMatch_HostileTextCostsNoMoreThanALongOne(t *testing.T) {
	for name, text := range map[string]string{
		"one word a million times":  strings.Repeat("harbour ", 1<<17),
		"quotation marks":           strings.Repeat("“a ‘b \"", 1<<17),
		"digits":                    strings.Repeat("1,2.", 1<<18),
		"bytes that are no letters": strings.Repeat("\xff“\xfe", 1<<18),
	} {
		t.Run(name, func(t *testing.T) {
			a := newPaper("https://a.example/1", "A", graph.KindNews, "", text)
			b := newPaper("https://b.example/1", "B", graph.KindNews, "", text+"!")
			a.claim(text, "X", graph.ModeMixed, "")
			b.claim(text, "X", graph.ModeMixed, "")
			for i := range 2000 {
				at := i * 8
				a.claimAt(at, text[at:at+40], "X", graph.ModeMixed, "")
				b.claimAt(at, text[at:at+40], "X", graph.ModeMixed, "")
			}
			start := time.Now()
			match.Match(a.side(), b.side())
			match.Inside(a.side())
			if took := time.Since(start); took > 5*time.Second {
				t.Errorf("it took %v", took)
			}
		})
	}
}

func BenchmarkMatch_500Claims(b *testing.B) {
	x, y := many("https://a.example/1", 500, 1), many("https://b.example/1", 500, 2)
	for b.Loop() {
		match.Match(x.side(), y.side())
	}
}

func BenchmarkPrepared_Match500Claims(b *testing.B) {
	x, y := many("https://a.example/1", 500, 1), many("https://b.example/1", 500, 2)
	p, q := match.Prepare(x.side()), match.Prepare(y.side())
	for b.Loop() {
		p.Match(q)
	}
}
