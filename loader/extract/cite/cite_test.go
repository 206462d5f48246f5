package cite_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"whence/graph"
	"whence/loader/extract/cite"
	"whence/loader/extract/name"
)

var sentenceEnd = regexp.MustCompile(`[.!?]["”’)]*\s+|\n+`)

// sentences parts a test text well enough: after a full stop, and at a line end.
func sentences(text string) []graph.Span {
	var out []graph.Span
	start := 0
	for _, m := range sentenceEnd.FindAllStringIndex(text, -1) {
		out = append(out, graph.Span{Start: start, End: m[1]})
		start = m[1]
	}
	if start < len(text) {
		out = append(out, graph.Span{Start: start, End: len(text)})
	}
	return out
}

// show writes a citation as "kind title | publisher | authors | date | url [words][words]".
func show(text string, c cite.Citation) string {
	out := fmt.Sprintf("%s %s | %s | %s | %s |", c.Kind, c.Title, c.Publisher, strings.Join(c.Authors, "; "), c.Date)
	if c.URL != "" {
		out += " " + c.URL
	}
	for _, s := range c.Spans {
		out += " [" + s.Of(text) + "]"
	}
	return out
}

func find(in cite.Input) []string {
	if in.Sentences == nil {
		in.Sentences = sentences(in.Text)
	}
	var out []string
	for _, c := range cite.Find(in) {
		out = append(out, show(in.Text, c))
	}
	return out
}

func TestFind(t *testing.T) {
	tests := map[string]struct {
		text string
		want []string
	}{
		// Addresses.
		"address without its full stop":   {"Read https://example.org/a_(b).", []string{"url  |  |  |  | https://example.org/a_(b) [https://example.org/a_(b)]"}},
		"address in brackets":             {"They said so (www.example.org/x).", []string{"url  |  |  |  | http://www.example.org/x [www.example.org/x]"}},
		"markdown link":                   {"Read [the annual review of ferries](https://example.org/f) now", []string{"url the annual review of ferries |  |  |  | https://example.org/f [the annual review of ferries](https://example.org/f]"}},
		"two addresses that ran together": {"https://a.example/xhttps://b.example/y", []string{"url  |  |  |  | https://a.example/x [https://a.example/x]", "url  |  |  |  | https://b.example/y [https://b.example/y]"}},
		"archived address stays whole":    {"https://web.archive.org/web/2019/https://b.example/y", []string{"url  |  |  |  | https://web.archive.org/web/2019/https://b.example/y [https://web.archive.org/web/2019/https://b.example/y]"}},
		"one address twice":               {"See it at https://a.example/x and again at https://a.example/x!", []string{"url  |  |  |  | https://a.example/x [https://a.example/x] [https://a.example/x]"}},
		"no host is no address":           {"Type http:// or www. before it.", nil},

		"a possessive inside a body":  {"A 2023 report by the King’s Fund said so.", []string{"document report | King’s Fund |  | 2023 | [A 2023 report by the King’s Fund]"}},
		"a possessive outside a body": {"A 2023 report by Flint’s Trust said so.", []string{"document report |  | Flint | 2023 | [A 2023 report by Flint]"}},
		"an interview told before":    {"The remarks were made to the Guardian, in an interview published on the 3rd of March 2025.", []string{"document interview | Guardian |  | 2025-03-03 | [remarks were made to the Guardian] [an interview published on the 3rd of March 2025]"}},
		// Publications.
		"told a broadcaster":               {"Ferry fares will fall, the minister told the BBC.", []string{"document  | BBC |  |  | [told the BBC]"}},
		"a broadcaster revealed":           {"The line is to close, the BBC has revealed.", []string{"document  | BBC |  |  | [the BBC has revealed]"}},
		"trade paper reported":             {"Pulse reported that surgeries would close.", []string{"document  | Pulse |  |  | [Pulse reported]"}},
		"full article of a publication":    {"The full Guardian article is here.", []string{"document  | Guardian |  |  | [The full Guardian article]"}},
		"exclusive interview":              {"In an exclusive interview with the BBC, the mayor praised the trams.", []string{"document interview | BBC |  |  | [an exclusive interview with the BBC]"}},
		"interview is the piece revealed":  {"Fares will fall, the BBC has revealed.\nIn an interview with the BBC, Jo Marsh praised it.\nRead the full BBC article.", []string{"document interview | BBC |  |  | [the BBC has revealed] [an interview with the BBC] [the full BBC article]"}},
		"comments made and then the piece": {"Her remarks were made to the Guardian, in an article published on 3 May 2023.", []string{"document  | Guardian |  | 2023-05-03 | [remarks were made to the Guardian] [an article published on 3 May 2023]"}},
		"nothing tells two pieces apart":   {"Ann Lee told the BBC it was late.\nBob Ray told the BBC it was early.", []string{"document  | BBC |  |  | [told the BBC] [told the BBC]"}},
		"radio programme":                  {"She told BBC Radio 4's Today programme that it works.", []string{"document Today programme | BBC Radio 4 |  |  | [told BBC Radio 4's Today programme]"}},
		"what a broadcaster says itself":   {"The BBC said it employs 20,000 people and the BBC is paid by licence.", nil},
		"the sun is no newspaper":          {"He told the children about the Sun and it reported nothing.", nil},

		// Named documents.
		"report with its body before it":   {"As the Rural Transport Taskforce report shows, buses vanish.", []string{"document report | Rural Transport Taskforce |  |  | [the Rural Transport Taskforce report]"}},
		"report with topic and date":       {"It conforms to the recent UN report on the ferry trade (April 2024) in full.", []string{"document report | UN |  | 2024-04 | [the recent UN report on the ferry trade (April 2024)]"}},
		"report by a person":               {"All of it comes from a report by Alan Brook.", []string{"document report |  | Alan Brook |  | [a report by Alan Brook]"}},
		"report by a charity":              {"A report by the charity Shelter found damp.", []string{"document report | Shelter |  |  | [A report by the charity Shelter]"}},
		"report named after a person":      {"Ministers ignored the Chilcot report.", []string{"document Chilcot report |  |  |  | [the Chilcot report]"}},
		"report comes back":                {"The Marine Authority report is long.\nThe report says little.", []string{"document report | Marine Authority |  |  | [The Marine Authority report] [The report]"}},
		"two reports, so neither":          {"The Marine Authority report and the Harbour Board report differ.\nThe report says little.", []string{"document report | Marine Authority |  |  | [The Marine Authority report]", "document report | Harbour Board |  |  | [the Harbour Board report]"}},
		"survey of people by a pollster":   {"In a survey of 2,000 adults by YouGov, most agreed.", []string{"document survey | YouGov |  |  | [a survey of 2,000 adults by YouGov]"}},
		"research document between dashes": {"The Department for Rural Affairs and Ferries research document published back in 2009 – Islands and Isolation – said so.", []string{"document Islands and Isolation | Department for Rural Affairs and Ferries |  | 2009 | [The Department for Rural Affairs and Ferries research document published back in 2009 – Islands and Isolation –]"}},
		"green paper of the government":    {"It is in the government’s Ports, Piers and Ferries green paper.", []string{"document Ports, Piers and Ferries green paper | government |  |  | [Ports, Piers and Ferries green paper]"}},
		"letter to a body":                 {"In a letter to the Harbour Board, the crew complained.", []string{"document letter to Harbour Board |  |  |  | [a letter to the Harbour Board]"}},
		"titled report":                    {"The council published a report called \"Roads to Nowhere\" in June.", []string{"document Roads to Nowhere |  |  |  | [a report called \"Roads to Nowhere\"]"}},
		"a list after a colon is no title": {"All of it is from the report of Alan Brook:\n* Making The Piers Pay.", []string{"document report |  | Alan Brook |  | [the report of Alan Brook]"}},
		"statement of a campaign":          {"In a statement issued by the Brook campaign, he denied it.", []string{"document statement | Brook campaign |  |  | [a statement issued by the Brook campaign]"}},
		"words quoted are no title":        {"He sent an email from Shelter: “We like it.” Today’s speech and Brook’s judgment were short.", []string{"document email | Shelter |  |  | [an email from Shelter]"}},
		"letter of the law":                {"They kept to the letter of the law and told nobody.", nil},
		"the report alone":                 {"The report was long and the survey was short.", nil},
		"report as a verb":                 {"Passengers report that trains are late, and we survey them.", nil},
		"interview techniques":             {"Coaches teach interview techniques and letter writing.", nil},
		"article of a treaty":              {"It breaks article 5 of the treaty.", nil},
		"a government document in general": {"We need not wait for an official government document.", nil},

		// Answers in parliament.
		"two written questions, two dates": {"Minister of State (Department for Ferries) Moira Glenn has responded to two written questions (one on 02/11/2023 and one on 09/11/2023) about piers.", []string{
			"document written answer |  | Moira Glenn | 2023-11-02 | [two written questions (one on 02/11/2023]",
			"document written answer |  | Moira Glenn | 2023-11-09 | [09/11/2023]",
		}},
		"written answer on a day":      {"In a written answer on 3 March 2021, the ferries minister, Moira Glenn, said no.", []string{"document written answer |  | Moira Glenn | 2021-03-03 | [a written answer on 3 March 2021]"}},
		"answer of a minister":         {"Moira Glenn's written answer of 3 March 2021 was clear.", []string{"document written answer |  | Moira Glenn | 2021-03-03 | [written answer of 3 March 2021]"}},
		"Hansard with column":          {"He denied it (Hansard, 12 May 2020, col 34).", []string{"document Hansard |  |  | 2020-05-12 | [Hansard, 12 May 2020, col 34]"}},
		"a question that was answered": {"The answer to the question is that nobody knows.", nil},

		// Author and year.
		"author, year, page":           {"Illness is “deviance” (Parsons, 1964: 262).", []string{"author-year  |  | Parsons | 1964 | [Parsons, 1964: 262]"}},
		"several in one bracket":       {"It is social (Barnes, Mercer, and Shakespeare, 1999; see also Zola, 1982).", []string{"author-year  |  | Barnes; Mercer; Shakespeare | 1999 | [Barnes, Mercer, and Shakespeare, 1999]", "author-year  |  | Zola | 1982 | [Zola, 1982]"}},
		"et al. in the text":           {"As Smith et al. (2010) found, it rains.", []string{"author-year  |  | Smith | 2010 | [Smith et al. (2010)]"}},
		"one author in the text":       {"In this, Goffman (1963) was first.", []string{"author-year  |  | Goffman | 1963 | [Goffman (1963)]"}},
		"two years of one author":      {"It is known (Oliver, 1990, 1996).", []string{"author-year  |  | Oliver | 1990 | [Oliver, 1990]", "author-year  |  | Oliver | 1996 | [Oliver, 1990, 1996]"}},
		"body as author after a title": {"“Routes onto Benefits” (DWP, 2011) says so.", []string{"author-year Routes onto Benefits |  | DWP | 2011 | [DWP, 2011]"}},
		"month, place and life":        {"It began (April 2014) there (London, 2012) with Jan Hus (1369–1415).", nil},

		// Books.
		"book of a person with year":    {"It owes much to Talcott Parsons’ The Social System, 1951, and his friends.", []string{"book The Social System |  | Talcott Parsons | 1951 | [Talcott Parsons’ The Social System, 1951]"}},
		"new book with its publisher":   {"Nora Flint is a lecturer. She is working on her new book, Keeping Afloat: How to Run a Ferry(Gower 2016).", []string{"book Keeping Afloat: How to Run a Ferry | Gower | Nora Flint | 2016 | [book, Keeping Afloat: How to Run a Ferry(Gower 2016)]"}},
		"novel by an author":            {"It is from a novel by German writer Karl Weber, Die See ruht (1873), in which sailors rest.", []string{"book Die See ruht |  | Karl Weber | 1873 | [novel by German writer Karl Weber, Die See ruht (1873)]"}},
		"a book that is only mentioned": {"She read a book about London and booked a ferry.", nil},

		// Legislation.
		"acts with their years":     {"Under the Equality Act 2010 and the Human Rights Act 1998, they may.", []string{"legislation Equality Act 2010 |  |  | 2010 | [Equality Act 2010]", "legislation Human Rights Act 1998 |  |  | 1998 | [Human Rights Act 1998]"}},
		"act with a list and later": {"The Police, Crime, Sentencing and Courts Act 2022 passed. The Act is long.", []string{"legislation Police, Crime, Sentencing and Courts Act 2022 |  |  | 2022 | [Police, Crime, Sentencing and Courts Act 2022] [The Act]"}},
		"act first with its year":   {"The Equality Act 2010 applies. So the Equality Act decides.", []string{"legislation Equality Act 2010 |  |  | 2010 | [Equality Act 2010] [Equality Act]"}},
		"instrument with number":    {"The Ferry Fares Regulations 2013 (SI 2013/376) and SI 2014 No. 12 apply.", []string{"legislation Ferry Fares Regulations 2013 |  |  | 2013 | [Ferry Fares Regulations 2013]", "legislation SI 2014/12 |  |  | 2014 | [SI 2014 No. 12]"}},
		"Bill is a man":             {"Then Bill Clinton asked the children to act in Act 3.", nil},

		// References.
		"source line":                 {"“It floats.” Source: Moira Glenn’s conference speech: The Future of Ferries", []string{"document The Future of Ferries |  | Moira Glenn |  | [Source: Moira Glenn’s conference speech: The Future of Ferries]"}},
		"see a title in brackets":     {"He said so.” (See Ferry firm tells doctor to stop rowing and he drowned.)", []string{"document Ferry firm tells doctor to stop rowing and he drowned |  |  |  | [See Ferry firm tells doctor to stop rowing and he drowned]"}},
		"publication after quote":     {"“It floats.” (The Guardian, 3 May 2016)", []string{"document  | Guardian |  | 2016-05-03 | [The Guardian, 3 May 2016]"}},
		"see below and my emphasis":   {"It floats (see below). “It sinks.” (My emphasis) (See Figure 2.) See you soon.", nil},
		"source line with an address": {"Source: Office for National Statistics https://example.org/t", []string{"url  | Office for National Statistics |  |  | https://example.org/t [https://example.org/t]"}},

		// Data.
		"data of a body":            {"NHS data shows that many wait.", []string{"data  | NHS |  |  | [NHS data shows]"}},
		"body that estimates":       {"NHS England estimates that 92,119 people did.", []string{"data  | NHS England |  |  | [NHS England estimates]"}},
		"estimated by a body":       {"It is estimated by the Centre for Ferries and the Public Interest that 50 per cent sink.", []string{"data  | Centre for Ferries and the Public Interest |  |  | [estimated by the Centre for Ferries and the Public Interest]"}},
		"figures from a body":       {"The latest figures from the ONS are worse.", []string{"data  | ONS |  |  | [figures from the ONS]"}},
		"according to its figures":  {"It fell to 3%, according to ONS figures.", []string{"data  | ONS |  |  | [ONS figures]"}},
		"official statistics":       {"Official statistics show a fall.", []string{"data official statistics |  |  |  | [Official statistics show]"}},
		"research without a name":   {"Research shows that ferries help.", []string{"data research |  |  |  | [Research shows]"}},
		"documents that were seen":  {"Internal documents seen by the crew say otherwise.", []string{"data Internal documents |  |  |  | [Internal documents seen by]"}},
		"a data protection officer": {"The data protection officer sent evidence-based figures of speech.", nil},
		"a person who estimates":    {"Mrs Brown estimates that 20 came.", nil},
		"nothing at all":            {"", nil},
	}
	for what, test := range tests {
		t.Run(what, func(t *testing.T) {
			if diff := cmp.Diff(test.want, find(cite.Input{Text: test.text})); diff != "" {
				t.Errorf("%s\n(-want +got):\n%s", test.text, diff)
			}
		})
	}
}

func TestFind_dayWithoutYear(t *testing.T) {
	text := "In a written answer on 3 March, Moira Glenn said no."
	for published, want := range map[graph.Date]graph.Date{"2021-06-01": "2021-03-03", "2021-02-01": "2020-03-03", "": ""} {
		got := cite.Find(cite.Input{Text: text, Sentences: sentences(text), Published: published})
		if len(got) != 1 || got[0].Date != want {
			t.Errorf("published %q: got %v, want the date %q", published, got, want)
		}
	}
}

func TestFind_links(t *testing.T) {
	text := "You can read the full BBC article here. Or try the slow death of ferries, or mail us."
	at := func(words string) graph.Span {
		i := strings.Index(text, words)
		return graph.Span{Start: i, End: i + len(words)}
	}
	got := find(cite.Input{Text: text, Links: []cite.Link{
		{Span: at("here"), URL: "https://bbc.example/1"},
		{Span: at("the slow death of ferries"), URL: "https://ferries.example/"},
		{Span: at("mail us"), URL: "mailto:us@example.org"},
	}})
	want := []string{
		"document  | BBC |  |  | https://bbc.example/1 [the full BBC article]",
		"url the slow death of ferries |  |  |  | https://ferries.example/ [the slow death of ferries]",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestFind_readsOnlyTheSentences(t *testing.T) {
	text := "She told the BBC so. See https://a.example/ and the Equality Act 2010. He told the Guardian."
	first := graph.Span{Start: 0, End: strings.Index(text, "See")}
	got := find(cite.Input{Text: text, Sentences: []graph.Span{first}})
	if diff := cmp.Diff([]string{"document  | BBC |  |  | [told the BBC]"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestFind_namesDecide(t *testing.T) {
	text := "A report by Rowan Tree found damp. It told Harbour Lights so."
	with := func(words string, typ graph.AgentType) name.Name {
		i := strings.Index(text, words)
		return name.Name{Span: graph.Span{Start: i, End: i + len(words)}, Type: typ}
	}
	got := find(cite.Input{Text: text, Names: []name.Name{with("Rowan Tree", graph.Organisation), with("Harbour Lights", graph.Publication)}})
	want := []string{
		"document report | Rowan Tree |  |  | [A report by Rowan Tree]",
		"document  | Harbour Lights |  |  | [told Harbour Lights]",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// check fails if a citation breaks what Find promises.
func check(t interface{ Fatalf(string, ...any) }, text string, got []cite.Citation) {
	seen := map[string]bool{}
	last := graph.Span{}
	for _, c := range got {
		key := c.URL
		if key == "" {
			key = c.Description()
		}
		if seen[key] {
			t.Fatalf("%q stands twice", key)
		}
		seen[key] = true
		if len(c.Spans) == 0 || c.Spans[0].Start < last.Start {
			t.Fatalf("citations out of order: %v after %v", c.Spans, last)
		}
		last = c.Spans[0]
		for i, s := range c.Spans {
			if err := s.Check(text); err != nil {
				t.Fatalf("%v", err)
			}
			if i > 0 && s.Start < c.Spans[i-1].End {
				t.Fatalf("spans overlap: %v", c.Spans)
			}
		}
		for _, s := range []graph.Span{c.PublisherSpan, c.AuthorSpan} {
			if err := s.Check(text); s != (graph.Span{}) && err != nil {
				t.Fatalf("%v", err)
			}
		}
		if _, err := graph.ParseDate(string(c.Date)); err != nil {
			t.Fatalf("%v", err)
		}
		if c.Rule == "" || c.Confidence <= 0 || c.Confidence > 1000 {
			t.Fatalf("no rule or confidence: %+v", c)
		}
	}
}

func TestFind_holdsForAnyText(t *testing.T) {
	words := []string{
		"the", "BBC", "report", "by", "Alan", "Brook", "(", ")", "2010", ",", "’s", "written answer", "on 3 March 2020", "Act", "see", "Source:",
		"\"", "“", "”", "https://a.example/", "told", "data", "shows", "é", "–", ".", "\n", "of", "and", "Department", "book", "Smith", ";", ":", "SI", "2013/4",
	}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 40).Draw(t, "words"), rapid.SampledFrom([]string{" ", ""}).Draw(t, "gap"))
		in := cite.Input{Text: text, Sentences: sentences(text)}
		got := cite.Find(in)
		check(t, text, got)
		if diff := cmp.Diff(got, cite.Find(in)); diff != "" {
			t.Fatalf("two runs differ:\n%s", diff)
		}
	})
}

func TestFind_longLines(t *testing.T) {
	for what, unit := range map[string]string{
		"brackets": "(", "quotes": "“", "names": "Department for Work and ", "reports": "the report by Shelter on ", "books": "her book, ",
		"answers": "written answer on 3 March and ", "acts": "Act, ", "addresses": "http://a.b/", "letters": "h", "titles": "The Of, ",
	} {
		t.Run(what, func(t *testing.T) {
			text := strings.Repeat(unit, (1<<20)/len(unit))
			start := time.Now()
			check(t, text, cite.Find(cite.Input{Text: text, Sentences: []graph.Span{{Start: 0, End: len(text)}}}))
			if took := time.Since(start); took > 20*time.Second {
				t.Errorf("one line of 1 MB took %v", took)
			} else {
				t.Log(took)
			}
		})
	}
}

func FuzzFind(f *testing.F) {
	f.Add("A survey by YouGov (Smith, 2010) told the BBC: see https://a.example/ in the Equality Act 2010.")
	f.Add("“Routes onto Benefits” (DWP, 2011) and \xff’s book, The Of (Gower 2016)")
	f.Fuzz(func(t *testing.T, text string) {
		cite.Find(cite.Input{Text: text}) // must not panic, though a text is always valid UTF-8
		text = strings.ToValidUTF8(text, "\uFFFD")
		check(t, text, cite.Find(cite.Input{Text: text}))
		check(t, text, cite.Find(cite.Input{Text: text, Sentences: sentences(text), Published: "2024-02-29"}))
	})
}
