package resolve

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"whence/graph"
	"whence/loader/extract/name"
)

const authorityText = `
agents:
  - key: uk-government
    name: UK Government
    type: government
    aliases: [Government]
  - key: dfr
    name: Department for Rivers
    type: government
    acronym: DFR
  - key: jane-poole
    name: Jane Poole
    type: person
    gender: female
    aliases: [Janet Poole]
    offices:
      - {title: Secretary of State for Rivers and Water, aliases: [Water Secretary], body: Department for Rivers, from: 2024-07-05}
  - key: chris-vale
    name: Chris Vale
    type: person
    offices:
      - {title: Prime Minister, aliases: [UK Prime Minister], from: 2022-10-25}
  - key: ada-firth
    name: Ada Firth
    type: person
    offices:
      - {title: Prime Minister, aliases: [UK Prime Minister], from: 2016-07-13, until: 2022-10-25}
  - key: ministry-of-ponds
    name: Ministry of Ponds
    type: government
  - key: sam-hill
    name: Sam Tarn
    type: person
    gender: male
    offices:
      - {title: Secretary of State for Rivers and Water, body: Department for Rivers, from: 2022-10-25, until: 2024-07-05}
programmes:
  - key: river-support
    name: River Support Scheme
    aliases: [RSS]
`

// A said is a claim for a test: its content and source are found in the text, the n-th
// time they stand there after the claim before.
type said struct {
	source  string // "" for none; "dying, |Brandt" is the Brandt after "dying, "
	content string
	mode    graph.Mode // "" is indirect
	cue     string     // "" for none
	within  int        // 1 is the first claim; 0 none
	in      int        // index of a source, from 1; 0 none
}

// A page is a document for a test. A segment begins where its marker stands in the text:
// "[comment by NAME] ", "[comment] ", "[furniture] ", "[body] " at the start of a line.
type page struct {
	text      string
	publisher string
	authors   []string
	published graph.Date
	kind      graph.DocumentKind
	claims    []said
	sources   []graph.Source
}

func (p page) reading(t testing.TB) (*graph.Reading, []name.Name) {
	t.Helper()
	r := &graph.Reading{Label: "urn:whence:reading:test", Text: p.text}
	r.Document = graph.Document{ID: "https://example.org/a", Publisher: p.publisher, Authors: p.authors, Published: p.published, Kind: p.kind}
	r.Version.ID = "urn:whence:version:test"
	for at := 0; at < len(p.text); {
		end := len(p.text)
		if i := strings.Index(p.text[at+1:], "\n["); i >= 0 {
			end = at + 1 + i + 1
		}
		seg := graph.Segment{ID: graph.ID(fmt.Sprintf("urn:whence:segment:%d", len(r.Segments))), Type: graph.SegmentBody, Passage: graph.NewPassage(p.text, graph.Span{Start: at, End: end})}
		line := p.text[at:end]
		if strings.HasPrefix(line, "[comment") {
			seg.Type = graph.SegmentComment
			if by, ok := strings.CutPrefix(line, "[comment by "); ok {
				seg.Author, _, _ = strings.Cut(by, "]")
			}
		} else if strings.HasPrefix(line, "[furniture]") {
			seg.Type = graph.SegmentFurniture
		}
		r.Segments = append(r.Segments, seg)
		at = end
	}
	for i, s := range p.sources {
		s.ID = graph.ID(fmt.Sprintf("urn:whence:source:%d", i+1))
		r.Sources = append(r.Sources, s)
	}
	after := 0
	find := func(words string, from int) graph.Passage {
		i := strings.Index(p.text[from:], words)
		if i < 0 {
			t.Fatalf("%q does not stand in the text after byte %d", words, from)
		}
		return graph.NewPassage(p.text, graph.Span{Start: from + i, End: from + i + len(words)})
	}
	for i, s := range p.claims {
		c := graph.Claim{ID: graph.ID(fmt.Sprintf("urn:whence:claim:%02d", i+1)), Document: r.Document.ID, Mode: s.mode, StatedOn: p.published}
		if c.Mode == "" {
			c.Mode = graph.ModeIndirect
		}
		if s.within > 0 {
			after = r.Claims[s.within-1].Content[0].Start
		}
		end := after
		if s.source != "" {
			before, source, ok := strings.Cut(s.source, "|")
			if !ok {
				before, source = "", s.source
			}
			p := find(before+source, after)
			c.Source = []graph.Passage{graph.NewPassage(r.Text, graph.Span{Start: p.Start + len(before), End: p.End})}
			end = c.Source[0].End
		}
		if s.cue != "" {
			c.Cue = []graph.Passage{find(s.cue, end)}
		}
		content := find(s.content, after)
		c.Content = []graph.Passage{content}
		if s.within > 0 {
			c.Within = r.Claims[s.within-1].ID
		}
		after = max(end, content.End)
		if s.in > 0 {
			c.SaidIn = r.Sources[s.in-1].ID
		}
		for _, seg := range r.Segments {
			if seg.Passage.Contains(content.Span) {
				c.Segment = seg.ID
			}
		}
		r.Claims = append(r.Claims, c)
	}
	return r, name.Find(p.text, sentences(p.text))
}

// sentences cuts a test's text after full stops and line breaks.
func sentences(text string) []graph.Span {
	var out []graph.Span
	start := 0
	for i := 1; i < len(text); i++ {
		if start < i && (text[i-1] == '\n' || text[i] == ' ' && text[i-1] == '.' && !abbreviates(text[start:i-1])) {
			out = append(out, graph.Span{Start: start, End: i})
			start = i
		}
	}
	return append(out, graph.Span{Start: start, End: len(text)})
}

// speakers returns for each claim "name" or "? reason (rejected names)".
func speakers(out graph.Resolution) []string {
	names := map[graph.ID]string{}
	for _, a := range out.Agents {
		names[a.ID] = a.Name
	}
	var got []string
	for _, r := range out.Resolved {
		if r.Predicate != graph.AssertedBy {
			continue
		}
		line := names[r.Agent]
		if r.Agent == "" {
			line = "?"
		}
		for _, id := range r.Rejected {
			line += " not " + names[id]
		}
		got = append(got, line)
	}
	return got
}

func authority(t testing.TB) *Authority {
	t.Helper()
	a, err := LoadAuthority([]byte(authorityText))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestResolve_Speakers(t *testing.T) {
	for _, c := range []struct {
		name string
		page page
		want []string
	}{
		{"surname of a person named in full", page{
			text:   "Water campaigner Olga Brandt met us. The river is dying, Brandt said.",
			claims: []said{{source: "dying, |Brandt", content: "The river is dying"}},
		}, []string{"Olga Brandt"}},
		{"title and surname", page{
			text:   "Dr Olga Brandt met us. The river is dying, Dr Brandt said.",
			claims: []said{{source: "Dr Brandt", content: "The river is dying"}},
		}, []string{"Olga Brandt"}},
		{"surname of two persons is nobody's", page{
			text:   "Olga Brandt met Peter Brandt. The river is dying, Brandt said.",
			claims: []said{{source: "dying, |Brandt", content: "The river is dying"}},
		}, []string{"? not Peter Brandt not Olga Brandt"}},
		{"title tells two persons of one surname apart", page{
			text:   "Olga Brandt met Peter Brandt. The river is dying, Mr Brandt said.",
			claims: []said{{source: "Mr Brandt", content: "The river is dying"}},
		}, []string{"Peter Brandt"}},
		{"apposition is a role, not another speaker", page{
			text:   "Olga Brandt, NHS England national rivers director, said: the river is dying.",
			claims: []said{{source: "Olga Brandt, NHS England national rivers director,", content: "the river is dying"}},
		}, []string{"Olga Brandt"}},
		{"relative named after a possessive", page{
			text:   "Peter Holm fell ill. Peter’s grieving daughter, Abbie, said it was a disgrace.",
			claims: []said{{source: "Peter’s grieving daughter, Abbie", content: "it was a disgrace"}},
		}, []string{"Abbie"}},
		{"who our director is stands right after", page{
			text:   "Our director, Dr Olga Brandt, said: the river is dying.",
			claims: []said{{source: "Our director", content: "the river is dying"}},
		}, []string{"Olga Brandt"}},
		{"a name of no known kind right after a role is a person's", page{
			text:   "Our director, Tigra Bekka, says: the river is dying.",
			claims: []said{{source: "Our director", content: "the river is dying"}},
		}, []string{"Tigra Bekka"}},
		{"a spokesman speaks for the body that spoke right before, not the last named", page{
			text:   "The Otter Foundation said that it works with NHS England. A spokesman said the river was dying.",
			claims: []said{{source: "The Otter Foundation", content: "it works with NHS England"}, {source: "A spokesman", content: "the river was dying"}},
		}, []string{"Otter Foundation", "Otter Foundation"}},
		{"an adverb after a body is no head", page{
			text:   "The Rivers Committee likewise said the river was dying.",
			claims: []said{{source: "The Rivers Committee likewise", content: "the river was dying"}},
		}, []string{"Rivers Committee"}},
		{"the force is the police named before", page{
			text:   "Otterham Police met Otter Foundation. The river was dying, the force said.",
			claims: []said{{source: "the force", content: "The river was dying"}},
		}, []string{"Otterham Police"}},
		{"a company is not the trade body when another name may be it", page{
			text:   "Water UK wants more. Tigra Water asked too. The river was dying, the company said.",
			claims: []said{{source: "the company", content: "The river was dying"}},
		}, []string{"? not Water UK"}},
		{"nor because the trade body spoke", page{
			text:   "Water UK said bills would rise. Tigra Water asked too. The river was dying, the company said.",
			claims: []said{{source: "Water UK", content: "bills would rise"}, {source: "the company", content: "The river was dying"}},
		}, []string{"Water UK", "? not Water UK"}},
		{"whose founder a name after another comma is stays open", page{
			text:   "The river is dying, said its founder, and Olga Brandt left.",
			claims: []said{{source: "its founder", content: "The river is dying"}},
		}, []string{"?"}},
		{"adviser of a person is not the person", page{
			text:   "Olga Brandt left. Brandt’s adviser said it was a disgrace.",
			claims: []said{{source: "Brandt’s adviser", content: "it was a disgrace"}},
		}, []string{"?"}},
		{"critics of a person are not the person", page{
			text:   "Olga Brandt left. Critics of Olga Brandt said it was a disgrace.",
			claims: []said{{source: "Critics of Olga Brandt", content: "it was a disgrace"}},
		}, []string{"?"}},
		{"letter of a person is the person's", page{
			text:   "Olga Brandt left. Brandt’s letter said it was a disgrace.",
			claims: []said{{source: "Brandt’s letter", content: "it was a disgrace"}},
		}, []string{"Olga Brandt"}},
		{"manager at a body is not the body", page{
			text:   "A manager at Leeds City Council said it was a disgrace.",
			claims: []said{{source: "A manager at Leeds City Council", content: "it was a disgrace"}},
		}, []string{"?"}},
		{"staff of a body are not the body", page{
			text:   "NHS England staff said it was a disgrace.",
			claims: []said{{source: "NHS England staff", content: "it was a disgrace"}},
		}, []string{"?"}},
		{"figures of a body are the body's", page{
			text:   "NHS England figures show that beds fell.",
			claims: []said{{source: "NHS England figures", content: "beds fell"}},
		}, []string{"NHS England"}},
		{"report by a body is the body's", page{
			text:   "A report by the Institute for Fiscal Studies found that beds fell.",
			claims: []said{{source: "A report by the Institute for Fiscal Studies", content: "beds fell"}},
		}, []string{"Institute for Fiscal Studies"}},
		{"spokesperson for a body", page{
			text:   "A spokesperson for the Department for Rivers said that beds fell. She added that more would.",
			claims: []said{{source: "A spokesperson for the Department for Rivers", content: "beds fell"}, {source: "She", content: "more would"}},
		}, []string{"Department for Rivers", "Department for Rivers"}},
		{"spokesperson for nobody", page{
			text:   "A spokesperson said that beds fell.",
			claims: []said{{source: "A spokesperson", content: "beds fell"}},
		}, []string{"?"}},
		{"acronym that the text defines", page{
			text:   "The Royal Society of Otters (RSO) met. The RSO said that beds fell.",
			claims: []said{{source: "The RSO", content: "beds fell"}},
		}, []string{"Royal Society of Otters"}},
		{"common noun in a body's name", page{
			text:   "The Royal Society of Otters met. The Society said that beds fell.",
			claims: []said{{source: "The Society", content: "beds fell"}},
		}, []string{"Royal Society of Otters"}},
		{"the charity, when one body is named", page{
			text:   "Otter Alliance UK met the BBC. The charity said that beds fell.",
			claims: []said{{source: "The charity", content: "beds fell"}},
		}, []string{"?"}},
		{"the charity named by its word", page{
			text:   "The Otter Foundation met the BBC. The charity said that beds fell.",
			claims: []said{{source: "The charity", content: "beds fell"}},
		}, []string{"Otter Foundation"}},
		{"the charity, when two are named", page{
			text:   "The Otter Foundation met the Beaver Foundation. The charity said that beds fell.",
			claims: []said{{source: "The charity", content: "beds fell"}},
		}, []string{"? not Beaver Foundation not Otter Foundation"}},
		{"she is the woman of the sentence before", page{
			text:   "Dr Olga Brandt did not see Peter Holm’s records. She said it would have helped.",
			claims: []said{{source: "She", content: "it would have helped"}},
		}, []string{"Olga Brandt"}},
		{"he is not a woman", page{
			text:   "Olga Brandt left. He said it would have helped.",
			claims: []said{{source: "He", content: "it would have helped"}},
		}, []string{"?"}},
		{"she prefers who spoke to who was named", page{
			text:   "Olga Brandt told Anna Lund that beds fell. She said it would end.",
			claims: []said{{source: "Olga Brandt", content: "beds fell"}, {source: "She", content: "it would end"}},
		}, []string{"Olga Brandt", "Olga Brandt"}},
		{"she is the nearest woman, not the last speaker", page{
			text:   "Olga Brandt said that beds fell. Anna Lund was there. She said it would end.",
			claims: []said{{source: "Olga Brandt", content: "beds fell"}, {source: "She", content: "it would end"}},
		}, []string{"Olga Brandt", "Anna Lund"}},
		{"she that fits two is nobody", page{
			text:   "Yesterday in Leeds Olga Brandt met Anna Lund. She said it would end.",
			claims: []said{{source: "She", content: "it would end"}},
		}, []string{"? not Anna Lund not Olga Brandt"}},
		{"she is not somebody named inside a quotation", page{
			text:   "Olga Brandt left. “Anna Lund is kind.” She said it would end.",
			claims: []said{{content: "“Anna Lund is kind.”", mode: graph.ModeDirect}, {source: "She", content: "it would end"}},
		}, []string{"?", "Olga Brandt"}},
		{"an unnamed person who spoke stands in the way", page{
			text:   "Olga Brandt left. A nurse said that beds fell. She said it would end.",
			claims: []said{{source: "A nurse", content: "beds fell"}, {source: "She", content: "it would end"}},
		}, []string{"?", "?"}},
		{"a pronoun does not look into another segment", page{
			text:   "Olga Brandt left.\n[comment] She said it would end.",
			claims: []said{{source: "She", content: "it would end"}},
		}, []string{"?"}},
		{"they is the body that spoke", page{
			text:   "The Otter Foundation said that beds fell. They warned it would end.",
			claims: []said{{source: "The Otter Foundation", content: "beds fell"}, {source: "They", content: "it would end"}},
		}, []string{"Otter Foundation", "Otter Foundation"}},
		{"it is not a person", page{
			text:   "Olga Brandt said that beds fell. It warned it would end.",
			claims: []said{{source: "Olga Brandt", content: "beds fell"}, {source: "It", content: "it would end"}},
		}, []string{"Olga Brandt", "?"}},
		{"the minister titled before", page{
			text:   "Health Secretary Olga Brandt spoke. The Secretary said that beds fell.",
			claims: []said{{source: "The Secretary", content: "beds fell"}},
		}, []string{"Olga Brandt"}},
		{"the minister may be a secretary of state", page{
			text:   "Health Secretary Olga Brandt spoke. The minister said that beds fell.",
			claims: []said{{source: "The minister", content: "beds fell"}},
		}, []string{"Olga Brandt"}},
		{"the secretary of two titled persons", page{
			text:   "Health Secretary Olga Brandt met Home Secretary Anna Lund. The Secretary said that beds fell.",
			claims: []said{{source: "The Secretary", content: "beds fell"}},
		}, []string{"? not Anna Lund not Olga Brandt"}},
		{"the titles differ, so the remit decides", page{
			text:   "Health Secretary Olga Brandt met Home Secretary Anna Lund. The Home Secretary said that beds fell.",
			claims: []said{{source: "The Home Secretary", content: "beds fell"}},
		}, []string{"Anna Lund"}},
		{"words that describe the person before the name", page{
			text:   "The plan is dead, House staff director Olga Brandt said. It lives, singer and pub owner Peter Holm said.",
			claims: []said{{source: "House staff director Olga Brandt", content: "The plan is dead"}, {source: "singer and pub owner Peter Holm", content: "It lives"}},
		}, []string{"Olga Brandt", "Peter Holm"}},
		{"a person behind another speaker is not the first", page{
			text:   "The council and its leader Olga Brandt said that beds fell.",
			claims: []said{{source: "The council and its leader Olga Brandt", content: "beds fell"}},
		}, []string{"?"}},
		{"one surname: who alone is named in full before", page{
			text:   "Olga Brandt came. Brandt said that beds fell. Her husband, Peter Brandt, agreed.",
			claims: []said{{source: "came. |Brandt", content: "beds fell"}},
		}, []string{"Olga Brandt not Peter Brandt"}},
		{"one surname: who is so called until here", page{
			text: "Olga Brandt came.\nBrandt said that beds fell.\nHer husband, Peter Brandt, waited outside.\nIt rained all day.\nThen a bus came.\n" +
				"Brandt said that beds rose.",
			claims: []said{{source: "came.\n|Brandt", content: "beds fell"}, {source: "bus came.\n|Brandt", content: "beds rose"}},
		}, []string{"Olga Brandt not Peter Brandt", "Olga Brandt not Peter Brandt"}},
		{"one surname: the other was named just before", page{
			text:   "Olga Brandt came.\nBrandt said that beds fell.\nHer husband, Peter Brandt, waited outside.\nBrandt said that beds rose.",
			claims: []said{{source: "came.\n|Brandt", content: "beds fell"}, {source: "outside.\n|Brandt", content: "beds rose"}},
		}, []string{"Olga Brandt not Peter Brandt", "? not Peter Brandt not Olga Brandt"}},
		{"one surname: both named together", page{
			text:   "Olga Brandt and Peter Brandt came. Brandt said that beds fell.",
			claims: []said{{source: "came. |Brandt", content: "beds fell"}},
		}, []string{"? not Peter Brandt not Olga Brandt"}},
		{"a post by its short title", page{
			text:   "Gov. Olga Brandt met Rep. Peter Holm. The governor said that beds fell. The congressman said that beds rose.",
			claims: []said{{source: "The governor", content: "beds fell"}, {source: "The congressman", content: "beds rose"}},
		}, []string{"Olga Brandt", "Peter Holm"}},
		{"the kind of a body named before", page{
			text:   "The Church of the Otter met Lund Ltd. The church said that beds fell.",
			claims: []said{{source: "The church", content: "beds fell"}},
		}, []string{"Church of the Otter"}},
		{"the kind of two bodies named before", page{
			text:   "The Church of the Otter met the Church of the Heron. The church said that beds fell.",
			claims: []said{{source: "The church", content: "beds fell"}},
		}, []string{"? not Church of the Heron not Church of the Otter"}},
		{"an acronym that \"or\" defines", page{
			text:   "The Institute for Port Studies, or IPS, is new. IPS said that beds fell.",
			claims: []said{{source: "new. |IPS", content: "beds fell"}},
		}, []string{"Institute for Port Studies"}},
		{"it, after a sentence about one body", page{
			text:   "The Institute for Port Studies published a leaflet. It said that beds fell.",
			claims: []said{{source: "It", content: "beds fell"}},
		}, []string{"Institute for Port Studies"}},
		{"it, after a sentence about two bodies", page{
			text:   "The Institute for Port Studies met the Otter Foundation. It said that beds fell.",
			claims: []said{{source: "It", content: "beds fell"}},
		}, []string{"?"}},
		{"he, after an opening phrase and its subject", page{
			text:   "In his letter about Sam Quill, Peter Holm was plain. Beds fell, he said.",
			claims: []said{{source: "he", content: "Beds fell"}},
		}, []string{"Peter Holm not Sam Quill"}},
		{"several unnamed persons do not stand before she", page{
			text:   "Olga Brandt came. The beds fell, she said. Two ministers said that beds rose. The beds fell, she said.",
			claims: []said{{source: "she", content: "The beds fell"}, {source: "Two ministers", content: "beds rose"}, {source: "she", content: "The beds fell"}},
		}, []string{"Olga Brandt", "?", "Olga Brandt"}},
		{"the report of a body named before", page{
			text:   "A report by the Otter Foundation is out. The report says that beds fell. The report's authors said that beds rose.",
			claims: []said{{source: "The report", content: "beds fell"}, {source: "The report's authors", content: "beds rose"}},
		}, []string{"Otter Foundation", "Otter Foundation"}},
		{"the report of a person named before", page{
			text:   "Olga Brandt's new report met a letter from Peter Holm. The report says that beds fell. The letter says that beds rose.",
			claims: []said{{source: "The report", content: "beds fell"}, {source: "The letter", content: "beds rose"}},
		}, []string{"Olga Brandt", "Peter Holm"}},
		{"the report, of two", page{
			text:   "A report by the Otter Foundation contradicts Olga Brandt's report. The report says that beds fell.",
			claims: []said{{source: "The report", content: "beds fell"}},
		}, []string{"? not Otter Foundation not Olga Brandt"}},
		{"a report is not one named before", page{
			text:   "A report by the Otter Foundation is out. A report says that beds fell.",
			claims: []said{{source: "A report", content: "beds fell"}},
		}, []string{"?"}},
		{"a pronoun tells the gender of its person", page{
			text: "Vanja Crook, who was late, came. The beds fell, she said. Peter Holm met Vanja Crook. Beds rose, he said.",
			claims: []said{
				{source: "she", content: "The beds fell"}, {source: "he", content: "Beds rose"},
			},
		}, []string{"Vanja Crook", "Peter Holm"}},
		{"a nickname in quotation marks is no other person", page{
			text:   "Peter “Bones” Holm came. The beds fell, Holm said.",
			claims: []said{{source: "fell, |Holm", content: "The beds fell"}},
		}, []string{"Peter Holm"}},
		{"a noble title alone", page{
			text:   "Viscountess Harrow asked. The noble Viscountess said that beds fell.",
			claims: []said{{source: "The noble Viscountess", content: "beds fell"}},
		}, []string{"Viscountess Harrow"}},
		{"one of many is nobody", page{
			text:   "An Ohio Democrat and a Texas Democrat came. The bus was late, a Texas Democrat said.",
			claims: []said{{source: "late, |a Texas Democrat", content: "The bus was late"}},
		}, []string{"?"}},
		{"a former holder is not the holder", page{
			text:   "Former Health Secretary Olga Brandt spoke. The Health Secretary said that beds fell.",
			claims: []said{{source: "The Health Secretary", content: "beds fell"}},
		}, []string{"?"}},
		{"office by the authority file on the date", page{
			text: "The Rivers Secretary said that beds fell.", published: "2024-10-16",
			claims: []said{{source: "The Rivers Secretary", content: "beds fell"}},
		}, []string{"Jane Poole not Sam Tarn"}},
		{"office by the authority file on an earlier date", page{
			text: "The Water Secretary said that beds fell. The Secretary of State for Rivers and Water agreed it was bad.", published: "2023-05",
			claims: []said{{source: "The Secretary of State for Rivers and Water", content: "it was bad"}},
		}, []string{"Sam Tarn not Jane Poole"}},
		{"office on no date is nobody's", page{
			text:   "The Rivers Secretary said that beds fell.",
			claims: []said{{source: "The Rivers Secretary", content: "beds fell"}},
		}, []string{"? not Jane Poole not Sam Tarn"}},
		{"office in the year of a change is nobody's", page{
			text: "The Rivers Secretary said that beds fell.", published: "2024",
			claims: []said{{source: "The Rivers Secretary", content: "beds fell"}},
		}, []string{"? not Jane Poole not Sam Tarn"}},
		{"a bare secretary is no one's office", page{
			text: "The Secretary said that beds fell.", published: "2024-10-16",
			claims: []said{{source: "The Secretary", content: "beds fell"}},
		}, []string{"?"}},
		{"a title with a country, a party or a body is not the country's own", page{
			text: "The French Prime Minister said it rains. Israel’s Prime Minister said it snows. The Prime Minister of Canada said it hails. " +
				"The Prime Minister in Ottawa said it thaws. The Labour Prime Minister said it blows. Scotland’s Rivers Secretary said it pours.",
			published: "2024-10-16",
			claims: []said{
				{source: "The French Prime Minister", content: "it rains"},
				{source: "Israel’s Prime Minister", content: "it snows"},
				{source: "The Prime Minister of Canada", content: "it hails"},
				{source: "The Prime Minister in Ottawa", content: "it thaws"},
				{source: "The Labour Prime Minister", content: "it blows"},
				{source: "Scotland’s Rivers Secretary", content: "it pours"},
			},
		}, []string{"?", "?", "?", "?", "?", "?"}},
		{"a title of another time is not today's holder's", page{
			text: "The next Prime Minister said it rains. The then Prime Minister said it snows. The shadow Prime Minister said it hails.", published: "2024-10-16",
			claims: []said{
				{source: "The next Prime Minister", content: "it rains"},
				{source: "The then Prime Minister", content: "it snows"},
				{source: "The shadow Prime Minister", content: "it hails"},
			},
		}, []string{"?", "?", "?"}},
		{"a title with the country's own name is its holder's", page{
			text:      "The British Prime Minister said it rains. Britain’s Prime Minister said it snows. The Prime Minister of the United Kingdom said it hails. The new Prime Minister said it thaws.",
			published: "2024-10-16",
			claims: []said{
				{source: "The British Prime Minister", content: "it rains"},
				{source: "Britain’s Prime Minister", content: "it snows"},
				{source: "The Prime Minister of the United Kingdom", content: "it hails"},
				{source: "The new Prime Minister", content: "it thaws"},
			},
		}, []string{"Chris Vale not Ada Firth", "Chris Vale not Ada Firth", "Chris Vale not Ada Firth", "Chris Vale not Ada Firth"}},
		{"a title of another country is not a holder's whom the text titles", page{
			text: "Prime Minister Chris Vale came. The Danish Prime Minister said it rains. The Prime Minister said it snows.", published: "2024-10-16",
			claims: []said{{source: "The Danish Prime Minister", content: "it rains"}, {source: "The Prime Minister", content: "it snows"}},
		}, []string{"?", "Chris Vale"}},
		{"a ministry of another place", page{
			text:   "The Ministry of Ponds in Ottawa said it rains. The Ministry of Ponds in London said it snows.",
			claims: []said{{source: "The Ministry of Ponds in Ottawa", content: "it rains"}, {source: "The Ministry of Ponds in London", content: "it snows"}},
		}, []string{"?", "Ministry of Ponds"}},
		{"office on the date that the sentence gives", page{
			text:      "On 3 May 2017 the Prime Minister said it rains. In 2019, the Prime Minister said it snows. The Prime Minister said in 2018 that it hails.",
			published: "2024-10-16",
			claims: []said{
				{source: "the Prime Minister", content: "it rains"},
				{source: "the Prime Minister", content: "it snows"},
				{source: "The Prime Minister", content: "it hails"},
			},
		}, []string{"Ada Firth not Chris Vale", "Ada Firth not Chris Vale", "Ada Firth not Chris Vale"}},
		{"office on a date before any holder that is known, or on none told", page{
			text: "In 2009 the Prime Minister said it rains. Two years ago the Prime Minister said it snows. Some years ago, the Prime Minister said it hails.", published: "2024-10-16",
			claims: []said{
				{source: "the Prime Minister", content: "it rains"},
				{source: "the Prime Minister", content: "it snows"},
				{source: "the Prime Minister", content: "it hails"},
			},
		}, []string{"? not Ada Firth not Chris Vale", "? not Ada Firth not Chris Vale", "? not Ada Firth not Chris Vale"}},
		{"a past statement is not the holder's whom the text titles", page{
			text: "Prime Minister Chris Vale came. In 2018 the Prime Minister said it rains.", published: "2024-10-16",
			claims: []said{{source: "the Prime Minister", content: "it rains"}},
		}, []string{"Ada Firth not Chris Vale"}},
		{"a date in the words said, or of what went before them, does not date them", page{
			text: "The Prime Minister said in 2018 it rained. After the flood of 2018 the Prime Minister said it snows. Last week the Prime Minister said it hails.", published: "2024-10-16",
			claims: []said{
				{source: "The Prime Minister", content: "in 2018 it rained"},
				{source: "the Prime Minister", content: "it snows"},
				{source: "the Prime Minister", content: "it hails"},
			},
		}, []string{"Chris Vale not Ada Firth", "Chris Vale not Ada Firth", "Chris Vale not Ada Firth"}},
		{"a surname that is a common noun, with what the person is", page{
			text:   "Hugh Hill, a doctor, said:\n\n“The bypass will kill people.” Anna Lund met Sue Park.",
			claims: []said{{source: "Hugh Hill, a doctor,", content: "The bypass will kill people.", mode: graph.ModeDirect}},
		}, []string{"Hugh Hill"}},
		{"who is parodied, faked or forged says nothing", page{
			text: "Olga Brandt left. A parody account of Olga Brandt said it rains. A deepfake video shows Olga Brandt saying it snows. " +
				"A fake Olga Brandt account said it hails. A forged letter from Olga Brandt said it thaws. A study of fake letters by Olga Brandt said it blows.",
			claims: []said{
				{source: "A parody account of Olga Brandt", content: "it rains"},
				{source: "A deepfake video shows Olga Brandt", content: "it snows"},
				{source: "A fake Olga Brandt account", content: "it hails"},
				{source: "A forged letter from Olga Brandt", content: "it thaws"},
				{source: "A study of fake letters by Olga Brandt", content: "it blows"},
			},
		}, []string{"?", "?", "?", "?", "Olga Brandt"}},
		{"she who replies is whom the speaker told", page{
			text:   "Olga Brandt told Anna Lund that it rains, and she replied that it snows.",
			claims: []said{{source: "Olga Brandt", content: "it rains"}, {source: "she", content: "it snows", cue: "replied"}},
		}, []string{"Olga Brandt", "Anna Lund not Olga Brandt"}},
		{"he who replies is not a woman who was told", page{
			text:   "Peter Holm told Anna Lund that it rains, and he replied that it snows.",
			claims: []said{{source: "Peter Holm", content: "it rains"}, {source: "he", content: "it snows", cue: "replied"}},
		}, []string{"Peter Holm", "Peter Holm"}},
		{"she who goes on is who spoke", page{
			text:   "Olga Brandt told Anna Lund that it rains, and she added that it snows.",
			claims: []said{{source: "Olga Brandt", content: "it rains"}, {source: "she", content: "it snows", cue: "added"}},
		}, []string{"Olga Brandt", "Olga Brandt"}},
		{"she is neither of two who met", page{
			text:   "Olga Brandt met Anna Lund. She said it rains. Olga Brandt met Peter Holm. She said it snows.",
			claims: []said{{source: "She", content: "it rains"}, {source: "She", content: "it snows"}},
		}, []string{"? not Anna Lund not Olga Brandt", "Olga Brandt"}},
		{"alias of the authority file", page{
			text:   "Janet Poole spoke. Poole’s letter said that beds fell. The DFR said no.",
			claims: []said{{source: "Poole’s letter", content: "beds fell"}, {source: "The DFR", content: "no"}},
		}, []string{"Jane Poole", "Department for Rivers"}},
		{"a surname of the authority file alone is nobody", page{
			text:   "Tarn said that beds fell.",
			claims: []said{{source: "Tarn", content: "beds fell"}},
		}, []string{"Tarn"}},
		{"the government", page{
			text:   "Beds fell, the government has said.",
			claims: []said{{source: "the government", content: "Beds fell"}},
		}, []string{"UK Government"}},
		{"a government of another place", page{
			text:   "Beds fell, the French government said.",
			claims: []said{{source: "the French government", content: "Beds fell"}},
		}, []string{"French government"}},
		{"ministers are unnamed", page{
			text:   "Beds fell, ministers said.",
			claims: []said{{source: "ministers", content: "Beds fell"}},
		}, []string{"?"}},
		{"a programme says nothing", page{
			text:   "The River Support Scheme says beds fell.",
			claims: []said{{source: "The River Support Scheme", content: "beds fell"}},
		}, []string{"?"}},
		{"a quotation goes on in the next paragraph", page{
			text:   "“Beds fell,” Olga Brandt said.\n“It was bad.”",
			claims: []said{{source: "Olga Brandt", content: "“Beds fell,”", mode: graph.ModeDirect}, {content: "“It was bad.”", mode: graph.ModeDirect}},
		}, []string{"Olga Brandt", "?"}},
		{"a quotation whose speaker is named after its second paragraph", page{
			text:   "It aims at: “Beds for all.”\n“It was bad.” Source: Peter Holm’s conference speech",
			claims: []said{{content: "“Beds for all.”", mode: graph.ModeDirect}, {source: "Peter Holm’s conference speech", content: "“It was bad.”", mode: graph.ModeDirect}},
		}, []string{"Peter Holm", "Peter Holm"}},
		{"the author's voice", page{
			text: "Beds fell.", publisher: "Otter Foundation", authors: []string{"By Olga Brandt"},
			claims: []said{{content: "Beds fell", mode: graph.ModeVoice}},
		}, []string{"Olga Brandt"}},
		{"the publisher's voice, without an author", page{
			text: "Beds fell. We say it was bad.", publisher: "Otter Foundation",
			claims: []said{{content: "Beds fell", mode: graph.ModeVoice}, {source: "We", content: "it was bad"}},
		}, []string{"Otter Foundation", "Otter Foundation"}},
		{"nobody's voice", page{
			text:   "Beds fell.",
			claims: []said{{content: "Beds fell", mode: graph.ModeVoice}},
		}, []string{"?"}},
		{"a comment is its commenter's, never the author's", page{
			text: "Beds fell.\n[comment by Bee] I was there. Beds rose.", authors: []string{"Olga Brandt"},
			claims: []said{{content: "Beds fell", mode: graph.ModeVoice}, {source: "I", content: "was there"}, {content: "Beds rose", mode: graph.ModeVoice}},
		}, []string{"Olga Brandt", "Bee", "Bee"}},
		{"a commenter introduces nobody to the document", page{
			text:   "Olga Brandt left. Beds fell, Brandt said.\n[comment] Peter Brandt is worse.",
			claims: []said{{source: "fell, |Brandt", content: "Beds fell"}},
		}, []string{"Olga Brandt"}},
		{"I inside a quotation is who is quoted", page{
			text:   "Olga Brandt said: “I think that beds fell.”",
			claims: []said{{source: "Olga Brandt", content: "“I think that beds fell.”", mode: graph.ModeDirect}, {source: "I", content: "beds fell", within: 1}},
		}, []string{"Olga Brandt", "Olga Brandt"}},
		{"a relayed claim keeps its own speaker", page{
			text:   "The Otter Foundation reports that Olga Brandt told the BBC that beds fell.",
			claims: []said{{source: "The Otter Foundation", content: "Olga Brandt told the BBC that beds fell"}, {source: "Olga Brandt", content: "beds fell", within: 1}},
		}, []string{"Otter Foundation", "Olga Brandt"}},
		{"a document's words are its publisher's", page{
			text:    "The Department for Rivers research was published. The document says beds fell.",
			sources: []graph.Source{{Kind: graph.SourceDocument, Publisher: "Department for Rivers"}},
			claims:  []said{{source: "The document", content: "beds fell", in: 1}},
		}, []string{"Department for Rivers"}},
		{"a document of nobody", page{
			text:   "The document says beds fell.",
			claims: []said{{source: "The document", content: "beds fell"}},
		}, []string{"?"}},
		{"spokeswoman of a person is not the person", page{
			text:   "Olga Brandt left. Brandt spokeswoman Anna Lund said that beds fell.",
			claims: []said{{source: "Brandt spokeswoman Anna Lund", content: "beds fell"}},
		}, []string{"Anna Lund"}},
		{"camp of a person is not the person", page{
			text:   "Olga Brandt left. The Brandt camp said that beds fell.",
			claims: []said{{source: "The Brandt camp", content: "beds fell"}},
		}, []string{"?"}},
		{"a possessive that is all of the source", page{
			text:   "Olga Brandt left. Brandt’s claim was that beds fell.",
			claims: []said{{source: "Brandt’s", content: "beds fell"}},
		}, []string{"Olga Brandt"}},
		{"several that include a body are not the body", page{
			text:   "Many papers, including the Guardian, said that beds fell.",
			claims: []said{{source: "Many papers, including the Guardian,", content: "beds fell"}},
		}, []string{"?"}},
		{"people of a calling are nobody", page{
			text:   "Campaigners said that beds fell.",
			claims: []said{{source: "Campaigners", content: "beds fell"}},
		}, []string{"?"}},
		{"a place that is a surname", page{
			text:   "Valeska Paris lives in Paris. Paris said that beds fell.",
			claims: []said{{source: "Paris said", content: "beds fell"}},
		}, []string{"?"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, names := c.page.reading(t)
			got := speakers(Resolve(r, names, authority(t)))
			if diff := cmp.Diff(c.want, got); diff != "" {
				out := Resolve(r, names, authority(t))
				t.Errorf("speakers (-want +got):\n%s%+v\nnames %+v", diff, out.Resolved, names)
			}
		})
	}
}
