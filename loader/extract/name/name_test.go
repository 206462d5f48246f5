package name

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"whence/graph"
)

// show writes names as "type words [honorific] {role} =acronym #office @body", without what is empty.
func show(text string, names []Name) []string {
	var out []string
	for _, n := range names {
		line := strings.TrimSpace(string(n.Type) + " " + n.Span.Of(text))
		if n.Honorific != "" {
			line += " [" + n.Honorific + "]"
		}
		if n.Role.Len() > 0 {
			line += " {" + n.Role.Of(text) + "}"
		}
		if n.Acronym.Len() > 0 {
			line += " =" + n.Acronym.Of(text)
		}
		if n.Office {
			line += " #office"
		}
		if n.Nominal {
			line += " #nominal"
		}
		if n.Body.Len() > 0 {
			line += " @" + n.Body.Of(text)
		}
		out = append(out, line)
	}
	return out
}

// lines cuts a test's text into sentences at line breaks.
func lines(text string) []graph.Span {
	var out []graph.Span
	at := 0
	for l := range strings.Lines(text) {
		out = append(out, graph.Span{Start: at, End: at + len(l)})
		at += len(l)
	}
	return out
}

// The rules alone: what they leave untold is the tagger's, see TestFind_AsksTheTagger.
func TestFind_Rules(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{
			"a person who is called as a place or body may be", "Hugh Hill, a doctor, spoke. We met Sue Park.\nJack Lake, who farms, wept.\nThe road is by Hugh Hill.",
			[]string{"person Hugh Hill {doctor}", "person Sue Park", "person Jack Lake"},
		},
		{
			"small words inside a department", "It went to the Department for Work and Pensions and NHS England.",
			[]string{"government Department for Work and Pensions", "organisation NHS England"},
		},
		{
			"\"and the\" inside a body", "It is by the Centre for Health and the Public Interest.",
			[]string{"organisation Centre for Health and the Public Interest"},
		},
		{
			"a list of topics inside a department", "The Department for Environment, Food and Rural Affairs met Leeds.",
			[]string{"government Department for Environment, Food and Rural Affairs", "place Leeds"},
		},
		{
			"two departments are two", "The Department of Health and the Treasury met.",
			[]string{"government Department of Health", "government Treasury"},
		},
		{"a minister for something unlisted", "Then Floods Minister Olga Brandt spoke.", []string{"person Olga Brandt {Floods Minister}"}},
		{"a minister for something unlisted, first", "Farming Minister Olga Brandt spoke.", []string{"person Olga Brandt {Farming Minister}"}},
		{"members joined by \"and\" inside a body", "It is by the Association of School and College Leaders.", []string{"organisation Association of School and College Leaders"}},
		{"two bodies are two", "The Association of School Leaders and Otter Foundation met.", []string{"organisation Association of School Leaders", "organisation Otter Foundation"}},
		{"a nickname inside a name", "Then Otto \"Bones\" Lund met Anna (Nan) Moss.", []string{"person Otto \"Bones\" Lund", "person Anna (Nan) Moss"}},
		{"an age makes a person", "So said Lund, 84, of Leeds.", []string{"person Lund", "place Leeds"}},
		{"a year after a comma makes none", "It was in Lund, 1998, that it rained.", []string{"Lund"}},
		{"two words and \"who\"", "Vanja Crook, who is late, waits.", []string{"person Vanja Crook"}},
		{"a pronoun and its verb are no name", "I said: You've lost, and You’ve won.", nil},
		{"friends of a thing are a body", "We met the Friends of Ashby Lido.", []string{"organisation Friends of Ashby Lido"}},
		{"a particle is no given name", "Irini Le Moss spoke. \nThe bus was late, Le Moss said.", []string{"Irini Le Moss", "person Le Moss"}},
		{"a party before a person", "Then Democrat Olga Brandt spoke.", []string{"person Olga Brandt"}},
		{"what only stands before a surname", "Olga Brandt spoke. \nFormer Brandt aides left.", []string{"person Olga Brandt", "person Brandt"}},
		{"a given name that is a word, first", "Bill Lund spoke.", []string{"person Bill Lund"}},
		{"a verb first is no given name", "Will Lund speak?", []string{"Lund"}},
		{"a surname that is a word", "Olga Young met us. \nThe bus was late, Young said.", []string{"person Olga Young", "person Young"}},
		{"a word that is a surname elsewhere, first", "Olga Young met us. \nYoung people left.", []string{"person Olga Young"}},
		{"a body of initials with stops", "So the F.B.I. said, but Olga B. did not.", []string{"government F.B.I", "person Olga B"}},
		{"party and state", "Then Olga Brandt, R-Ohio, and Peter Holm (D-Ind.) spoke.", []string{"person Olga Brandt", "person Peter Holm"}},
		{"a headline with a stop", "Brandt Said What Nobody In Her Party Would Ever Say.\nOlga Brandt met us.", []string{"person Brandt", "person Olga Brandt"}},
		{"a sentence of names is no headline", "We read Pulse Today, Sky News and Otter Post.", []string{"publication Pulse Today", "publication Sky News", "publication Otter Post"}},
		{"a typewriter's mark opens", "It says ''Did Lund, Olga Lund, pay?''", []string{"person Lund", "person Olga Lund"}},
		{"a capital article inside a sentence", "As The Hill says, the hill is high.", []string{"The Hill"}},
		{"state and short title", "Former Ohio Gov. Olga Brandt spoke.", []string{"Former Ohio", "person Olga Brandt [Gov.]"}},
		{"a day inside a listed name", "So wrote the Sunday Times on Sunday.", []string{"publication Sunday Times"}},
		{"a trade body of the UK", "That is what Water UK calls a bill.", []string{"organisation Water UK"}},
		{"who makes a person", "So said Zuhal, who lives here.", []string{"person Zuhal"}},
		{"surnames in a list are three", "So wrote Vance, Quill, and Moss in that year.", []string{"Vance", "Quill", "Moss"}},
		{"role before a person", "Then Work and Pensions Secretary Olga Brandt spoke.", []string{"person Olga Brandt {Work and Pensions Secretary}"}},
		{"role in lower case", "Then the former health minister Olga Brandt spoke.", []string{"person Olga Brandt {former health minister}"}},
		{
			"role in apposition", "Olga Brandt, chief executive of the Otter Foundation, spoke.",
			[]string{"person Olga Brandt {chief executive of the Otter Foundation}", "organisation Otter Foundation"},
		},
		{"office, then its holder between commas", "The Prime Minister, Peter Holm, said so.", []string{"person Peter Holm {Prime Minister}"}},
		{
			"office with its body in brackets", "Minister of State (Department of Health) Olga Brandt replied.",
			[]string{"government Department of Health", "person Olga Brandt {Minister of State (Department of Health)}"},
		},
		{
			"office alone", "Then the Secretary of State for Work and Pensions spoke, and the minister left.",
			[]string{"Secretary of State for Work and Pensions #office", "minister #office"},
		},
		{
			"spokesperson and body", "A spokesperson for the Home Office said no, and a DWP spokesman said yes.",
			[]string{"spokesperson #office @Home Office", "government Home Office", "government DWP", "spokesman #office @DWP"},
		},
		{
			"titles", "Dr Brandt met Rt Hon Peter Holm MP, Baroness Quill and Prof. Anna Lund.",
			[]string{"person Brandt [Dr]", "person Peter Holm [Rt Hon]", "person Quill [Baroness]", "person Anna Lund [Prof.]"},
		},
		{"initials", "Then J. K. Moss and K.C. Vance, curator, said so.", []string{"person J. K. Moss", "person K.C. Vance {curator}"}},
		{"possessive ends a name", "We read Brandt’s letter to Peter Holm's wife.", []string{"Brandt", "person Peter Holm"}},
		{"possessive inside a name", "They met the Children’s Society and Women’s Aid.", []string{"organisation Children’s Society", "organisation Women’s Aid"}},
		{
			"acronym with small words passed over", "It is the Employment and Support Allowance (ESA). The ESA is low.",
			[]string{"programme Employment and Support Allowance =ESA", "programme ESA"},
		},
		{
			"acronym after a common noun", "These are Individual Placement and Support services (IPS). And IPS is new.",
			[]string{"programme Individual Placement and Support =IPS", "programme IPS"},
		},
		{
			"acronym after \"or\"", "It is the Institute for Port Studies, or IPS, that it hit. Then the IPS left.",
			[]string{"organisation Institute for Port Studies =IPS", "organisation IPS"},
		},
		{
			"acronym before its words", "The IPS (Institute for Port Studies) says so.",
			[]string{"organisation IPS", "organisation Institute for Port Studies =IPS"},
		},
		{"a bracket that explains no acronym", "The IPS (Port of Leeds) says so.", []string{"IPS", "place Leeds"}},
		{
			"a body before what a definition names", "In NHS Otter Support Allowance (OSA) offices it rains.",
			[]string{"organisation NHS", "programme Otter Support Allowance =OSA"},
		},
		{"acronym whose letters do not match defines nothing", "It is the Otter Foundation (BBC).", []string{"organisation Otter Foundation", "publication BBC"}},
		{"acronym of a thing of a kind is no name", "It is severe mental illness (SMI). We see SMI often.", nil},
		{"shouted words are no names", "WOW this is NOT good and IT WILL NOT HAPPEN at the BBC.", []string{"publication BBC"}},
		{
			"a headline is not one long name", "Response to Plans to Offer Otter Visits in Leeds Hospitals\nThey met in Leeds.",
			[]string{"place Leeds", "place Leeds"},
		},
		{
			"a headline knows who the text names", "Brandt Says Otters Need More Support From Leeds\nThen Olga Brandt left.",
			[]string{"person Brandt", "place Leeds", "person Olga Brandt"},
		},
		{"first word of a sentence", "Otters are shy. Gimmicks do not help.", nil},
		{"first word after a when", "When Brandt speaks, Olga Brandt listens.", []string{"person Brandt", "person Olga Brandt"}},
		{
			"government of a place", "The UK government, the Scottish Government and the government agree.",
			[]string{"government UK government", "government Scottish Government", "government government #nominal"},
		},
		{"common noun for a body", "Then the charity and the department met.", []string{"organisation charity #nominal", "government department #nominal"}},
		{"an ordinary word after its kind", "It was the charity Mind.", []string{"organisation Mind"}},
		{
			"publications", "As The Guardian, Pulse Today, Sky News and the Otter Post reported.",
			[]string{"publication The Guardian", "publication Pulse Today", "publication Sky News", "publication Otter Post"},
		},
		{"programmes", "They get Universal Credit and the River Support Scheme.", []string{"programme Universal Credit", "programme River Support Scheme"}},
		{"a law is nobody", "They cite the Equality Act 2010 and the Human Rights Act.", nil},
		{"a nickname is nobody's name", "@Barry you are wrong about Leeds.", []string{"place Leeds"}},
		{"days and months are no names", "It met on Monday in October.", nil},
		{"a person, not a hill", "He was praised by professor Peter Hill on Monday.", []string{"person Peter Hill {professor}"}},
		{"a hill, not a person", "They walked over Primrose Hill.", nil},
		{
			"surname that is also a place", "Valeska Paris, a singer, left for Paris, and Paris wept.",
			[]string{"person Valeska Paris {singer}", "place Paris", "person Paris"},
		},
		{"Arabic article", "General Omar al-Amr said so.", []string{"person Omar al-Amr {General}"}},
		{"place before a name", "Yesterday in Leeds Olga Brandt spoke.", []string{"place Leeds", "person Olga Brandt"}},
		{"who and us in lower case", "It is they who told us.", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, show(c.text, find(c.text, lines(c.text)))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestFind_AsksTheTagger(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"surnames of speakers", "“No,” Maeve Trescothick said. “Never,” Zygmuntowicz said.", []string{"person Maeve Trescothick", "person Zygmuntowicz"}},
		{"a place after a preposition", "They live in Harwickstown, near Ponterwyd.", []string{"place Harwickstown", "place Ponterwyd"}},
		{"what the rules tell stays", "Water UK and the Department for Rivers met Olga Brandt.", []string{"organisation Water UK", "government Department for Rivers", "person Olga Brandt"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, show(c.text, Find(c.text, lines(c.text)))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestFind_Gender(t *testing.T) {
	text := "Olga Brandt, Sir Alex Moss, Mrs Quill, spokeswoman Robin Vance and Sam Lund met."
	want := map[string]string{"Olga Brandt": "female", "Alex Moss": "male", "Quill": "female", "Robin Vance": "female", "Sam Lund": ""}
	got := map[string]string{}
	for _, n := range Find(text, nil) {
		if n.Type == graph.Person {
			got[n.Span.Of(text)] = n.Gender
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestParsePost(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"Work and Pensions Secretary", "Secretary of State for Work and Pensions", true},
		{"the Secretary", "Work and Pensions Secretary", true},
		{"Health Secretary", "Secretary of State for Health and Social Care", true},
		{"Minister of State (Department for Work and Pensions)", "Minister of State for Work and Pensions", true},
		{"Health Secretary", "Home Secretary", false},
		{"Shadow Health Secretary", "Health Secretary", false},
		{"former Health Secretary", "Health Secretary", false},
		{"Prime Minister", "Deputy Prime Minister", false},
		{"Health Minister", "Health Secretary", false},
		{"Chief Executive of NHS England", "chief executive", true},
		{"Malaysia's prime minister", "Prime Minister of France", false},
	} {
		p, ok := ParsePost(c.a)
		q, also := ParsePost(c.b)
		if !ok || !also || p.Same(q) != c.same {
			t.Errorf("%q is the same post as %q: %v, want %v (%+v, %+v)", c.a, c.b, p.Same(q), c.same, p, q)
		}
	}
	if p, ok := ParsePost("River Support"); ok {
		t.Errorf("River Support is the post %+v", p)
	}
}

func TestFold(t *testing.T) {
	for form, want := range map[string]string{
		"The  Guardian": "guardian", "NHS England’s": "nhs england", "U.N.": "un", "Marks & Spencer": "marks and spencer", "James’": "james", "The": "the",
	} {
		if got := Fold(form); got != want {
			t.Errorf("Fold(%q) = %q, want %q", form, got, want)
		}
	}
}

// check returns what is wrong with names: their order, their spans, or their parts.
func check(text string, names []Name) error {
	end := 0
	for _, n := range names {
		if err := n.Span.Check(text); err != nil {
			return err
		}
		if n.Span.Start < end {
			return fmt.Errorf("%q overlaps the name before", n.Span.Of(text))
		}
		end = n.Span.End
		for _, part := range []graph.Span{n.Acronym, n.Role, n.Body} {
			if part.Len() != 0 {
				if err := part.Check(text); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func TestFind_SpansHoldTogether(t *testing.T) {
	word := rapid.SampledFrom(strings.Fields("Olga Brandt Dr Mr. Rt Hon Secretary of State for Work and Pensions Department the The ( ) , . : “ ” ‘ ’ 's ’s & NHS DWP (DWP) BBC " +
		"Minister spokesperson government UK King's College Leeds Head IT WILL é Ü al-Amr J. K. 2010 Act @ — \n charity Chief Executive who said"))
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(word, 0, 80).Draw(t, "words"), " ")
		names := Find(text, lines(text))
		if err := check(text, names); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(names, Find(text, lines(text))); diff != "" {
			t.Fatalf("two answers for one text:\n%s", diff)
		}
	})
}

func TestFind_LongLinesTakeLinearTime(t *testing.T) {
	size := 1 << 18
	if testing.Short() {
		size = 1 << 17
	}
	for _, c := range []struct{ name, piece string }{
		{"one capitalised run", "Abc "},
		{"connectives", "Department of the and for "},
		{"topics", "Work and Health, "},
		{"brackets", "Otter Alliance (OA "},
		{"definitions", "of of of (AB) "},
		{"possessives", "Anna's Anna’s "},
		{"titles", "Dr. Mr. Rt Hon "},
		{"offices", "the Minister of State for "},
		{"spokespersons", "a spokesperson for "},
		{"commas after a person", "Olga Brandt, director of , "},
		{"no spaces", "AbcDef."},
		{"apostrophes", "’’’"},
		{"shouts", "NHS DWP IT "},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Repeat(c.piece, size/len(c.piece))
			start := time.Now()
			if err := check(text, Find(text, nil)); err != nil {
				t.Fatal(err)
			}
			if took := time.Since(start); took > 5*time.Second {
				t.Errorf("%d bytes took %v", size, took)
			}
		})
	}
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{
		"Then Work and Pensions Secretary Olga Brandt spoke.", "Minister of State (Department of Health) Olga Brandt replied.",
		"It is the Employment and Support Allowance (ESA).", "“Peter’s daughter, Abbie’s", "J. K. Moss, K.C. Vance & Co.", "\xff Dr. \xe2\x80 A", "@A B\u00a0C",
		"A spokesperson for the Home Office, the UK government and 'Olga",
		"000000000 EmploYment And",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "\uFFFD")
		if err := check(text, Find(text, lines(text))); err != nil {
			t.Fatal(err)
		}
	})
}

func ExampleFind() {
	text := "Health Secretary Olga Brandt wrote to the Otter Foundation (OF)."
	for _, n := range Find(text, nil) {
		fmt.Println(n.Type, n.Span.Of(text))
	}
	// Output:
	// person Olga Brandt
	// organisation Otter Foundation
}
