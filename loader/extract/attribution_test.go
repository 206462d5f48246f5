package extract

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"whence/graph"
	"whence/loader/source"
)

// said is an attribution as a person would write it down.
type said struct {
	Who, Cue, What string
	Mode           graph.Mode
	Rule           string
}

func read(t *testing.T, text string) graph.Reading {
	t.Helper()
	items, err := source.Read("test.txt", []byte(text), source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r, _ := Read(items[0])
	checkReading(t, &r)
	return r
}

// reported returns what a text is found to report, without its own voice.
func reported(t *testing.T, text string) []said {
	t.Helper()
	r := read(t, text)
	var out []said
	for _, c := range r.Claims {
		if c.Mode == graph.ModeVoice {
			continue
		}
		s := said{What: c.Words(), Mode: c.Mode, Rule: c.Rule}
		s.Who, s.Cue = graph.ExactOf(c.Source), graph.ExactOf(c.Cue)
		out = append(out, s)
	}
	return out
}

// checkReading holds a reading against its text: spans are valid, in order and say their words.
func checkReading(t *testing.T, r *graph.Reading) {
	t.Helper()
	check := func(what string, ps []graph.Passage) {
		for i, p := range ps {
			if err := p.Check(r.Text); err != nil {
				t.Fatalf("%s: %v", what, err)
			}
			if p.Of(r.Text) != p.Exact {
				t.Fatalf("%s: %q is not %q", what, p.Exact, p.Of(r.Text))
			}
			if i > 0 && ps[i-1].Start > p.Start {
				t.Fatalf("%s: passages out of order", what)
			}
		}
	}
	ids := map[graph.ID]bool{}
	once := func(id graph.ID) {
		if id == "" || ids[id] {
			t.Fatalf("ID %q is empty or stands twice", id)
		}
		ids[id] = true
	}
	for i, s := range r.Segments {
		once(s.ID)
		if err := s.Passage.Check(r.Text); err != nil {
			t.Fatal(err)
		}
		if i > 0 && r.Segments[i-1].Passage.End > s.Passage.Start {
			t.Fatalf("segments %d and %d overlap", i-1, i)
		}
	}
	for _, c := range r.Claims {
		once(c.ID)
		if len(c.Content) == 0 {
			t.Fatal("a claim without content")
		}
		check("content", c.Content)
		check("source", c.Source)
		check("cue", c.Cue)
		check("hedges", c.Hedges)
	}
	for _, s := range r.Statistics {
		once(s.ID)
		check("figure", []graph.Passage{s.Figure, s.Sentence}[:1])
		check("sentence", []graph.Passage{s.Sentence})
	}
	for _, s := range r.Sources {
		once(s.ID)
		check("source", s.Passages)
	}
	for _, x := range r.Relations {
		once(x.ID)
		check("evidence", x.Evidence)
		if !ids[x.From] || !ids[x.To] {
			t.Fatalf("relation %s dangles", x.Kind)
		}
	}
}

func TestAttributions(t *testing.T) {
	tests := []struct {
		name, text string
		want       []said
	}{
		{
			"quotation, inverted cue", `“The bridge will open in June,” said Dr Amira Okafor, the county engineer.`,
			[]said{{"Dr Amira Okafor, the county engineer", "said", "“The bridge will open in June,”", graph.ModeDirect, "Q1"}},
		},
		{
			"straight marks", `"The bridge will open in June," Mr. Okafor said on Monday.`,
			[]said{{"Mr. Okafor", "said", `"The bridge will open in June,"`, graph.ModeDirect, "Q1"}},
		},
		{
			"split by its cue, and again by a sentence", `“The bridge,” she said, “will open. We are sure.” It is the third this year.`,
			[]said{{"she", "said", "“The bridge,” “will open. We are sure.”", graph.ModeDirect, "Q2"}},
		},
		{
			"goes on as a sentence of its own", `“The bridge is safe,” Okafor said. “We tested every cable.”`,
			[]said{{"Okafor", "said", "“The bridge is safe,” “We tested every cable.”", graph.ModeDirect, "Q1"}},
		},
		{
			"goes on in the next paragraph", "“The bridge is safe,” Okafor said.\n\n“We tested every cable of it.”\n\nTraffic was light.",
			[]said{{"Okafor", "said", "“The bridge is safe,” “We tested every cable of it.”", graph.ModeDirect, "Q1"}},
		},
		{
			"paragraphs that reopen", "Okafor said: “The bridge is safe.\n\n“We tested every cable.\n\n“Nobody need worry.” Traffic was light.",
			[]said{{"Okafor", "said:", "“The bridge is safe. “We tested every cable. “Nobody need worry.”", graph.ModeDirect, "Q4"}},
		},
		{
			"paragraph that goes on without reopening", "Okafor said: “The bridge is safe.\n\nWe tested every cable and found none broken.” Traffic was light.",
			[]said{{"Okafor", "said:", "“The bridge is safe. We tested every cable and found none broken.”", graph.ModeDirect, "Q4"}},
		},
		{
			"a mark that never closes loses only its paragraph", "Okafor said: “The bridge is safe.\n\nTraffic was light. “It will rain,” the forecaster said.",
			[]said{{"Okafor", "said:", "“The bridge is safe.", graph.ModeDirect, "Q4"}, {"the forecaster", "said", "“It will rain,”", graph.ModeDirect, "Q1"}},
		},
		{
			"single marks and apostrophes", `The engineer’s deputy said: ‘It’s the patients’ choice, not ours.’`,
			[]said{{"The engineer’s deputy", "said:", "‘It’s the patients’ choice, not ours.’", graph.ModeDirect, "Q4"}},
		},
		{"doubled apostrophes", `Okafor added, ''The bridge is safe for everyone.''`, []said{{"Okafor", "added", "''The bridge is safe for everyone.''", graph.ModeDirect, "Q4"}}},
		{"guillemets", `Okafor said: «The bridge is safe.»`, []said{{"Okafor", "said:", "«The bridge is safe.»", graph.ModeDirect, "Q4"}}},
		{
			"mixed: the clause around a phrase", `Okafor said the bridge was “as safe as houses” after the repair.`,
			[]said{{"Okafor", "said", "the bridge was “as safe as houses” after the repair", graph.ModeMixed, "I6"}},
		},
		{"that-clause", `The ministry claims that trains run on time.`, []said{{"The ministry", "claims", "that trains run on time", graph.ModeIndirect, "I1"}}},
		{
			"hearer between cue and clause", `Okafor told the Daily Post on Monday that trains run late.`,
			[]said{{"Okafor", "told", "that trains run late", graph.ModeIndirect, "I1"}},
		},
		{"statement, then its cue", `Trains will run on Sundays, the council has said.`, []said{{"the council", "has said", "Trains will run on Sundays", graph.ModeIndirect, "I2"}}},
		{
			"statement, cue, hearer, adjunct", `Trials in Leeds produced “striking results”, Transport Secretary Ana Reyes told the Daily Post, in a bid to win support.`,
			[]said{{"Transport Secretary Ana Reyes", "told", "Trials in Leeds produced “striking results”", graph.ModeMixed, "Q1"}},
		},
		{"according to, first", `According to Network Rail, delays have doubled.`, []said{{"Network Rail", "According to", "delays have doubled", graph.ModeIndirect, "A1"}}},
		{"according to, last", `Delays have doubled, according to Network Rail.`, []said{{"Network Rail", "according to", "Delays have doubled", graph.ModeIndirect, "A1"}}},
		{
			"as X says", `As the Passenger Council report states very clearly, there is no monitoring of private lines.`,
			[]said{{"the Passenger Council report", "states", "there is no monitoring of private lines", graph.ModeIndirect, "A3"}},
		},
		{
			"passive with its agent", `It is estimated by the Centre for Rail and the Public Interest that 40 per cent of trains are late.`,
			[]said{{"the Centre for Rail and the Public Interest", "is estimated", "that 40 per cent of trains are late", graph.ModeIndirect, "I1"}},
		},
		{
			"concerns are against", `The Railway Society has expressed concerns about the idea that speed is safety.`,
			[]said{{"The Railway Society", "has expressed concerns about", "that speed is safety", graph.ModeIndirect, "C1"}},
		},
		{
			"infinitive cue takes the main subject", `The Secretary alluded to trials to claim that coaching could work, but no evidence was given.`,
			[]said{{"The Secretary", "claim", "that coaching could work", graph.ModeIndirect, "I1"}},
		},
		{
			"learnt from comments", `We learnt recently, from comments made by Transport Secretary Ana Reyes, that the line may close.`,
			[]said{{"Transport Secretary Ana Reyes", "from comments made by", "that the line may close", graph.ModeIndirect, "A4"}},
		},
		{"arguments are no reports", `Unsatisfactory service can result in fewer riders, indicating that it is fares that drive them off. An absurd title implies that riders choose.`, nil},
		{"verb inside the quotation", `The mayor said she “loved” working there.`, []said{{"The mayor", "said", "she “loved” working there", graph.ModeMixed, "I6"}}},
		{"cue inside a clause", `The rain, Okafor said, was the worst in years.`, []said{{"Okafor", "said", "The rain was the worst in years", graph.ModeIndirect, "I3"}}},
		{"adjunct before that", `Okafor said in a statement in May that the port is closed.`, []said{{"Okafor", "said", "that the port is closed", graph.ModeIndirect, "I1"}}},
		{"point out", `Okafor pointed out that it was open.`, []said{{"Okafor", "pointed out", "that it was open", graph.ModeIndirect, "I1"}}},
		{"as X has said", `Fares will rise, as Okafor has said.`, []said{{"Okafor", "has said", "Fares will rise", graph.ModeIndirect, "I2"}}},
		{"as reported by", `As reported by the Harbour Times, there are no trains.`, []said{{"the Harbour Times", "reported", "there are no trains", graph.ModeIndirect, "A3"}}},
		{"hearer with a determiner", `Lind told her supporters that the U.S. team is here.`, []said{{"Lind", "told", "that the U.S. team is here", graph.ModeIndirect, "I1"}}},
		{"urged", `Okafor urged voters to stay away.`, []said{{"Okafor", "urged", "to stay away", graph.ModeIndirect, "I5"}}},
		{"two of them", `Two of them said they would rather walk.`, []said{{"Two of them", "said", "they would rather walk", graph.ModeIndirect, "I6"}}},
		{"call on", `Okafor called on Lind to resign.`, []said{{"Okafor", "called", "to resign", graph.ModeIndirect, "I5"}}},
		{"call for", `Okafor has called for an end to the strike.`, []said{{"Okafor", "has called", "an end to the strike", graph.ModeIndirect, "T1"}}},
		{"aside before the cue", `Okafor, meanwhile, told the Post on Friday that the port is closed.`, []said{{"Okafor", "told", "that the port is closed", graph.ModeIndirect, "I1"}}},
		{"told a programme", `He told BBC Radio 4’s Today programme that the school was shut.`, []said{{"He", "told", "that the school was shut", graph.ModeIndirect, "I1"}}},
		{"two stances", `The Welsh government denies that it cut funding, and says spending rose.`, []said{{"The Welsh government", "denies", "that it cut funding", graph.ModeIndirect, "I1"}, {"The Welsh government", "says", "spending rose", graph.ModeIndirect, "I6"}}},
		{"age and aside", `Kelly, 43, who works in Stockport, said the school was shut.`, []said{{"Kelly, 43, who works in Stockport", "said", "the school was shut", graph.ModeIndirect, "I6"}}},
		{"according to a report by", `According to a report by the King’s Fund, 27% of dentists left.`, []said{{"a report by the King’s Fund", "According to", "27% of dentists left", graph.ModeIndirect, "A1"}}},
		{"according to a name, then a clause", `According to Nathwani, schools that close are poor.`, []said{{"Nathwani", "According to", "schools that close are poor", graph.ModeIndirect, "A1"}}},
		{"nobody says", `Nobody has said whether it will open.`, nil},
		{
			"in a way that suggests", `Minister Ana Reyes replied in a way that suggests that there are no plans to close the line.`,
			[]said{{"Minister Ana Reyes", "suggests", "that there are no plans to close the line", graph.ModeIndirect, "I1"}},
		},
		{
			"when-clause ends at the comma", `When Reyes laments that fares ‘have not gone back to where they were’, it is hard to listen.`,
			[]said{{"Reyes", "laments", "that fares ‘have not gone back to where they were’", graph.ModeMixed, "I1"}},
		},
		{
			"two cues are two", `Okafor said the bridge was safe and added that it would open in June.`,
			[]said{{"Okafor", "said", "the bridge was safe", graph.ModeIndirect, "I6"}, {"Okafor", "added", "that it would open in June", graph.ModeIndirect, "I1"}},
		},
		{
			"the next sentence goes on in the voice", `Fares, according to Reyes, will rise. Instead, riders will get “a more personal service” by phone.`,
			[]said{{"Reyes", "according to", "Fares will rise", graph.ModeIndirect, "A1"}, {"Reyes", "", "Instead, riders will get “a more personal service” by phone", graph.ModeMixed, "F2"}},
		},
		{
			"signed below", "“The line must stay open for those who need it.”\n\n– Ana Reyes, campaigner",
			[]said{{"Ana Reyes, campaigner", "–", "“The line must stay open for those who need it.”", graph.ModeDirect, "S2"}},
		},
		{
			"source line", `“These include guards in every carriage. They are now being tested.” Source: Ana Reyes’s conference speech: Rails Tomorrow`,
			[]said{{"Ana Reyes", "Source:", "“These include guards in every carriage. They are now being tested.”", graph.ModeDirect, "S1"}},
		},
		{"speaker's label", `Okafor: “The bridge is safe for everyone.”`, []said{{"Okafor", ":", "“The bridge is safe for everyone.”", graph.ModeDirect, "L1"}}},
		{
			"from the document", `From the report: “The belief that fares are fair also raised the number of riders.”`,
			[]said{{"the report", "From", "“The belief that fares are fair also raised the number of riders.”", graph.ModeDirect, "L2"}},
		},
		{
			"question mark before the cue", `“Is it safe?” Okafor asked. “Nobody knows that yet.”`,
			[]said{{"Okafor", "asked", "“Is it safe?” “Nobody knows that yet.”", graph.ModeDirect, "Q1"}},
		},
		{
			"apposition with who", `Dick Brewer, who runs the yard, told the Post, “Of the three, I like the first.”`,
			[]said{{"Dick Brewer, who runs the yard", "told", "“Of the three, I like the first.”", graph.ModeDirect, "Q4"}},
		},
		{
			"participle shares the source", `Okafor said the bridge was shut, adding that it would open in June.`,
			[]said{{"Okafor", "said", "the bridge was shut", graph.ModeIndirect, "I6"}, {"Okafor", "adding", "that it would open in June", graph.ModeIndirect, "I1"}},
		},
		{
			"possessor of a noun", `Okafor’s claim that the bridge is safe, which she repeated, is disputed.`,
			[]said{{"Okafor", "claim", "that the bridge is safe", graph.ModeIndirect, "N1"}},
		},
		{
			"unmarked paragraph under a colon", "A manager wrote to the driver. It said:\n\nWe have decided that you may drive from 10 January.\n\n“This means you need no more letters.”",
			[]said{{"It", "said:", "We have decided that you may drive from 10 January. “This means you need no more letters.”", graph.ModeMixed, "B1"}},
		},

		{"scare quotes quote nobody", `The plan is aimed at ‘supporting’ people to ‘hold down a job’ and to “manage” pain.`, nil},
		{"slogans told to the public quote nobody", `The public are told “work is the route out of poverty” and “work is good for you”.`, nil},
		{"titles of works quote nobody", `He is reading “The Mill on the Floss” in the garden.`, nil},
		{"what should be said was not said", `The minister should say that the line is safe.`, nil},
		{"what nobody in particular says", `When a doctor says a person is “unfit to drive”, they generally are.`, nil},
		{"what the writer argues", `We would argue that the line should stay.`, []said{{"We", "would argue", "that the line should stay", graph.ModeIndirect, "I1"}}},
		{"the writer's own thoughts", `We think that the line should stay.`, nil},
		{"nouns are not verbs", `Benefit claims rose and press reports about the line grew.`, nil},
		{"a question", `Did Okafor say that?`, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, reported(t, tt.text)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestPolarity(t *testing.T) {
	for text, want := range map[string]graph.Polarity{
		"The ministry denied that trains run late.":                     graph.Negative,
		"The ministry confirmed that trains run late.":                  graph.Positive,
		"Drivers have raised serious concerns about the new timetable.": graph.Negative,
	} {
		r := read(t, text)
		if len(r.Claims) != 1 || r.Claims[0].Polarity != want {
			t.Errorf("%q: %+v, want one claim, %s", text, r.Claims, want)
		}
	}
}

func TestVoice(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{
			"a figure", "Riders have gone. The line carried over 8 million people in England and Wales last year. It should stay.",
			[]string{"The line carried over 8 million people in England and Wales last year."},
		},
		{"opinion", "The line is absurd and we should close it. I think that is a disgrace!", nil},
		{"questions", "Why did 400 trains stop running?", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, c := range read(t, tt.text).Claims {
				if c.Mode == graph.ModeVoice {
					got = append(got, c.Words())
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestNested(t *testing.T) {
	r := read(t, "The union said that the minister told reporters that the line would close in June.")
	if len(r.Claims) != 2 || r.Claims[0].Within != "" || r.Claims[1].Within != r.Claims[0].ID {
		t.Fatalf("want the minister's claim inside the union's, got %+v", r.Claims)
	}
}

func TestSaidIn(t *testing.T) {
	r := read(t, "Ana Reyes’s comments were made to the BBC, in an article published on 3 May 2023. Reyes claimed that the line “could pay for itself”.")
	for _, c := range r.Claims {
		if c.Mode != graph.ModeMixed {
			continue
		}
		for _, s := range r.Sources {
			if s.ID == c.SaidIn && s.Publisher == "BBC" && s.Date == "2023-05-03" && c.SaidOn == "2023-05-03" {
				return
			}
		}
		t.Fatalf("said in %q on %q; sources %+v", c.SaidIn, c.SaidOn, r.Sources)
	}
	t.Fatalf("no claim: %+v", r.Claims)
}

func TestSaidIn_AddressBehindAQuotation(t *testing.T) {
	r := read(t, "Some words to begin with here.\n\n“In 2016/17, the service achieved approximately 2,300 job outcomes across the whole region.” https://example.org/release\n\nMore words.")
	for _, s := range r.Sources {
		if s.URL == "https://example.org/release" {
			for _, f := range r.Statistics {
				if f.Value != nil && *f.Value == 2300 && f.SourceID == s.ID {
					return
				}
			}
		}
	}
	t.Fatalf("the figure has no source: %+v %+v", r.Statistics, r.Sources)
}

// A source line stands behind the quotation's own unit: nothing beside its cue dates it.
func TestSaidOn_SourceLineBehindItsUnit(t *testing.T) {
	gap := strings.Repeat("\u00a0 ", 40)
	r := read(t, "Some words to begin with here.\n\n“These include guards in every carriage. They are being tested.”"+gap+"Source:"+gap+"Ana Reyes’s conference speech: Rails Tomorrow")
	for _, c := range r.Claims {
		if c.Rule == "S1" && c.SaidOn == "" {
			return
		}
	}
	t.Fatalf("no undated claim by the source line: %+v", r.Claims)
}

func TestRead_HostileText(t *testing.T) {
	for name, text := range map[string]string{
		"marks only":          strings.Repeat("“", 50_000),
		"marks both":          strings.Repeat("“‘\"'", 20_000),
		"cues only":           strings.Repeat("said ", 50_000),
		"commas":              strings.Repeat("a, ", 50_000) + "he said.",
		"brackets":            strings.Repeat("(", 50_000) + " said X.",
		"one word":            strings.Repeat("x", 1<<20),
		"colons and openings": strings.Repeat("He said: “", 20_000),
		"controls":            "\u202e\ufeff\u0000 said “\u0000x y z w.”",
		"invalid bytes":       "He said “caf\xe9 is open now.”",
	} {
		t.Run(name, func(t *testing.T) {
			r, _ := Read(source.Item{Document: graph.Document{ID: "urn:x:y"}, Text: strings.ToValidUTF8(text, "\ufffd")})
			checkReading(t, &r)
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add("“It works,” she said. “B.”\n\nComments\n\nBob says:\nNo, 59% do not.")
	f.Add("Okafor said: “A.\n\n“B\n\n‘C’ according to D")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 20_000 {
			return
		}
		text = strings.ToValidUTF8(text, "\ufffd")
		r, _ := Read(source.Item{Document: graph.Document{ID: graph.NewTextDocumentID(text)}, Text: text})
		checkReading(t, &r)
	})
}
