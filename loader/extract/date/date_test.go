package date

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"whence/graph"
)

// show writes an expression as `words|kind|interval`.
func show(text string, e Expr) string {
	return e.Span.Of(text) + "|" + string(e.Kind) + "|" + string(e.Interval)
}

func find(text string, ref graph.Date) []string {
	out := []string{}
	for _, e := range Find(text, graph.Span{End: len(text)}, ref) {
		out = append(out, show(text, e))
	}
	return out
}

func TestFind(t *testing.T) {
	const ref = "2018-06-14" // a Thursday
	tests := map[string]struct {
		text string
		want []string
	}{
		"day first":                    {"She replied on 05/10/2024.", []string{"05/10/2024|day|2024-10-05/2024-10-05"}},
		"month first when it must be":  {"Filed 10/25/2024.", []string{"10/25/2024|day|2024-10-25/2024-10-25"}},
		"pointed":                      {"am 22.10.2024 um", []string{"22.10.2024|day|2024-10-22/2024-10-22"}},
		"no such day":                  {"See 32/13/2024.", []string{}},
		"iso":                          {"Retrieved 2024-10-22.", []string{"2024-10-22|day|2024-10-22/2024-10-22"}},
		"iso month":                    {"for 2024-10 only", []string{"2024-10|month|2024-10/2024-10"}},
		"day month year":               {"It came out on 16 October 2024.", []string{"16 October 2024|day|2024-10-16/2024-10-16"}},
		"ordinal of month":             {"published on the 16th of October 2024 by", []string{"16th of October 2024|day|2024-10-16/2024-10-16"}},
		"american":                     {"On October 16th, 2024, they", []string{"October 16th, 2024|day|2024-10-16/2024-10-16"}},
		"month and year":               {"In April 2024 and Sept. 2023", []string{"April 2024|month|2024-04/2024-04", "Sept. 2023|month|2023-09/2023-09"}},
		"weekday with date":            {"on Monday, 16 December 2024", []string{"Monday, 16 December 2024|day|2024-12-16/2024-12-16"}},
		"several days":                 {"held 16-18 May 2023 in Leeds", []string{"16-18 May 2023|range|2023-05-16/2023-05-18"}},
		"day without year":             {"It reopens on 3 March.", []string{"3 March|day|"}},
		"year after in":                {"In 2011 it closed.", []string{"2011|year|2011/2011"}},
		"year in brackets":             {"(DWP, 2011)", []string{"2011|year|2011/2011"}},
		"year of a citation":           {"(Baker, 1964: 262)", []string{"1964|year|1964/1964"}},
		"year after a title":           {"in The Open Ward, 1951, and", []string{"1951|year|1951/1951"}},
		"year before a noun":           {"the 2012 review and a 2017 study", []string{"2012|year|2012/2012", "2017|year|2017/2017"}},
		"years in a row":               {"in 2016, 2017 and 2018", []string{"2016|year|2016/2016", "2017|year|2017/2017", "2018|year|2018/2018"}},
		"financial year":               {"In 2016/17 and by 2020/21", []string{"2016/17|fiscal year|2016-04-01/2017-03-31", "by 2020/21|range|../2021-03-31"}},
		"financial year with hyphen":   {"during 2020-21", []string{"2020-21|fiscal year|2020-04-01/2021-03-31"}},
		"financial year at a century":  {"in 1999-00", []string{"1999-00|fiscal year|1999-04-01/2000-03-31"}},
		"financial year named for end": {"FY24 and FY2016/17", []string{"FY24|fiscal year|2023-04-01/2024-03-31", "FY2016/17|fiscal year|2016-04-01/2017-03-31"}},
		"years with a dash":            {"the war of 1914–18", []string{"1914–18|range|1914/1918"}},
		"during to":                    {"estimates that during 2023 to 2024, 11", []string{"2023 to 2024|range|2023/2024"}},
		"between and":                  {"between 2016 and 2021", []string{"between 2016 and 2021|range|2016/2021"}},
		"from to":                      {"from May to June 2020", []string{"from May to June 2020|range|2020-05/2020-06"}},
		"by":                           {"By 2021, it", []string{"By 2021|range|../2021"}},
		"since":                        {"since 2010 and since May 2011", []string{"since 2010|range|2010/..", "since May 2011|range|2011-05/.."}},
		"before and after":             {"before 2010; after 31 March 2012", []string{"before 2010|range|../2009", "after 31 March 2012|range|2012-04-01/.."}},
		"decades":                      {"in the early 1950s and the 1920s", []string{"early 1950s|decade|1950/1953", "1920s|decade|1920/1929"}},
		"part of a year":               {"in mid-2019", []string{"mid-2019|year|2019-05/2019-08"}},
		"quarters":                     {"Q3 2024, the first quarter of 2016/17", []string{"Q3 2024|quarter|2024-07/2024-09", "first quarter of 2016/17|quarter|2016-04/2016-06"}},
		"seasons":                      {"spring 2019 and the winter of 2023/24", []string{"spring 2019|season|2019-03/2019-05", "winter of 2023/24|season|2023-12/2024-02"}},
		"year to":                      {"in the year to March 2024 and the three months to June 2024", []string{"year to March 2024|range|2023-04/2024-03", "three months to June 2024|range|2024-04/2024-06"}},
		"year ending on a day":         {"the year ending 31 March 2024", []string{"year ending 31 March 2024|range|2023-04-01/2024-03-31"}},
		"last year as calendar":        {"Last year and this year", []string{"Last year|year|2017/2017", "this year|year|2018/2018"}},
		"the last year":                {"in the last year", []string{"the last year|relative|2017-06-14/2018-06-14"}},
		"past twelve months":           {"in the past twelve months", []string{"the past twelve months|relative|2017-06-14/2018-06-14"}},
		"next two years":               {"over the next two years", []string{"the next two years|relative|2018-06-14/2020-06-14"}},
		"vague":                        {"over the last few years", []string{"the last few years|relative|"}},
		"last month, week and quarter": {"last month, last week, last quarter", []string{"last month|month|2018-05/2018-05", "last week|relative|2018-06-04/2018-06-10", "last quarter|quarter|2018-01/2018-03"}},
		"last autumn and last June":    {"last autumn and last June", []string{"last autumn|season|2017-09/2017-11", "last June|month|2017-06/2017-06"}},
		"weekdays":                     {"on Monday, last Thursday and next Thursday", []string{"Monday|day|2018-06-11/2018-06-11", "last Thursday|day|2018-06-07/2018-06-07", "next Thursday|day|2018-06-21/2018-06-21"}},
		"yesterday":                    {"said yesterday", []string{"yesterday|day|2018-06-13/2018-06-13"}},
		"age":                          {"1 months ago · a few weeks ago", []string{"1 months ago|age|", "a few weeks ago|age|"}},
		"later":                        {"However, 10 months later he won", []string{"10 months later|relative|"}},
		"short month and day":          {"It ran on Feb. 27, Oct. 8-9 and Sept. 19 to 22, 2016.", []string{"Feb. 27|day|2018-02-27/2018-02-27", "Oct. 8-9|range|", "Sept. 19 to 22, 2016|range|2016-09-19/2016-09-22"}},
		"month and a range of things":  {"In May 5-10 people came.", []string{"May|month|2018-05/2018-05"}},
		"bare month":                   {"It closes in May.", []string{"May|month|"}},

		"may and march as verbs":        {"They may be right to march 5 miles. May they?", []string{}},
		"may as a surname":              {"Theresa May said no.", []string{}},
		"counted people":                {"It reached 1,950 people, of 2000 patients and 1800 beds", []string{}},
		"no date-like context":          {"The code is 1984.", []string{}},
		"act":                           {"the Equality Act 2010 says", []string{}},
		"name with digits":              {"COVID-2019, Rule 2050 and G2018", []string{}},
		"money, per cent and long runs": {"£2016, 2016%, 2,016, 2016.5, 20167", []string{}},
		"address":                       {"https://example.org/2018/06/page", []string{}},
		"newspaper and shopping day":    {"the Sunday Times on Black Friday", []string{}},
		"length of time":                {"It took 18 months.", []string{}},
		"month and a count":             {"In October 30 patients left", []string{"October|month|2017-10/2017-10"}},
		"month of the past":             {"Prices rose in May and in October.", []string{"May|month|2018-05/2018-05", "October|month|2017-10/2017-10"}},
		"day of the past":               {"It was shut on 3 March.", []string{"3 March|day|2018-03-03/2018-03-03"}},
		"month to come":                 {"It was said that it will open in May.", []string{"May|month|"}},
		"since a month of the past":     {"Rents have been frozen since February.", []string{"since February|range|2018-02/.."}},
		"last financial year":           {"In the last financial year and this tax year", []string{"the last financial year|fiscal year|2017-04-01/2018-03-31", "this tax year|fiscal year|2018-04-06/2019-04-05"}},
		"academic years":                {"in the 2016/17 academic year, school year 2015-16, last academic year", []string{"2016/17|academic year|2016-09-01/2017-08-31", "2015-16|academic year|2015-09-01/2016-08-31", "last academic year|academic year|2016-09-01/2017-08-31"}},
		"halves":                        {"in the first half of 2016 and the second half of last year", []string{"the first half of 2016|range|2016-01/2016-06", "the second half of last year|range|2017-07/2017-12"}},
		"months of a year":              {"the first three months of 2015, last two months of 2016", []string{"the first three months of 2015|range|2015-01/2015-03", "last two months of 2016|range|2016-11/2016-12"}},
		"century":                       {"in the 19th century", []string{"19th century|century|1801/1900"}},
		"half that is no period":        {"the first half of the match, second half of it", []string{}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, find(tt.text, ref)); diff != "" {
				t.Errorf("%q (-want +got):\n%s", tt.text, diff)
			}
		})
	}
}

func TestFind_relativeWithoutReference(t *testing.T) {
	for text, want := range map[string]string{
		"in the last year":        "the last year|relative|",
		"Last year":               "Last year|relative|",
		"over the next two years": "the next two years|relative|",
		"on Monday":               "Monday|day|",
		"yesterday":               "yesterday|day|",
	} {
		if diff := cmp.Diff([]string{want}, find(text, "")); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
	if got := find("in the past two weeks", "2018"); len(got) != 1 || !strings.HasSuffix(got[0], "|") {
		t.Errorf("weeks before a whole year: %v, want no interval", got)
	}
}

func TestFind_namesOneDate(t *testing.T) {
	text := "On 16 October 2024, in April 2023, in 2011, since 2010 and in 2016/17."
	var got []graph.Date
	for _, e := range Find(text, graph.Span{End: len(text)}, "") {
		got = append(got, e.Date)
	}
	if diff := cmp.Diff([]graph.Date{"2024-10-16", "2023-04", "2011", "", ""}, got); diff != "" {
		t.Error(diff)
	}
}

func TestFind_insideSpanOnly(t *testing.T) {
	text := "In 2011 and in 2012."
	got := Find(text, graph.Span{Start: 8, End: len(text)}, "")
	if len(got) != 1 || got[0].Span.Of(text) != "2012" {
		t.Errorf("got %v", got)
	}
}

// fragments are what random texts are made of.
var fragments = []string{
	"in", "by", "since", "between", "and", "to", "the", "last", "next", "early", "mid", "-", "/", ",", "(", ")", "2016", "17", "2021", "16th",
	"of", "October", "May", "Q3", "1950s", "two", "years", "ago", "later", "£", "%", "é", "“", "Monday", "year", "ending", "’s", "\x00", "\xff", "a", ".",
}

func TestFind_spansAreSound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sep := rapid.SampledFrom([]string{" ", "", "\n"})
		var b strings.Builder
		for range rapid.IntRange(0, 30).Draw(t, "n") {
			b.WriteString(rapid.SampledFrom(fragments).Draw(t, "fragment") + sep.Draw(t, "sep"))
		}
		checkSound(t, strings.ToValidUTF8(b.String(), "\uFFFD"))
	})
}

type failer interface {
	Helper()
	Fatalf(string, ...any)
}

// checkSound holds every expression of a text against what Find promises.
func checkSound(t failer, text string) {
	t.Helper()
	last := 0
	for _, e := range Find(text, graph.Span{End: len(text)}, "2018-06-14") {
		if err := e.Span.Check(text); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if e.Span.Start < last {
			t.Fatalf("%q: %v overlaps what came before", text, e)
		}
		last = e.Span.End
		if e.Interval == "" {
			continue
		}
		from, to, ok := strings.Cut(string(e.Interval), "/")
		if !ok || from == ".." && to == ".." {
			t.Fatalf("%q: interval %q", text, e.Interval)
		}
		for _, end := range []string{from, to} {
			if _, err := graph.ParseDate(end); end != ".." && (err != nil || end == "") {
				t.Fatalf("%q: interval %q: end %q is no date", text, e.Interval, end)
			}
		}
	}
}

func FuzzFind(f *testing.F) {
	f.Add("between 2016 and 2021, early 1950s, 2016/17, 22/10/2024, 1 months ago")
	f.Add("Q3 2024 – the first quarter of 2016/17 (Baker, 1964: 262)")
	f.Fuzz(func(t *testing.T, text string) {
		checkSound(t, strings.ToValidUTF8(text, "\uFFFD"))
	})
}

// Time that grows faster than the text would show here as a test that does not end.
func TestFind_longLines(t *testing.T) {
	for _, part := range []string{"early mid ", "year to ", "last half of ", "the first two months of the ", "between 2016 and ", "2016 to ", "(", "last next ", "two and a half ", "the ", "1-", "2016-", "é"} {
		text := strings.Repeat(part, 1<<18/len(part))
		start := time.Now()
		found := Find(text, graph.Span{End: len(text)}, "2018-06-14")
		t.Logf("%q: %d expressions in %v", part, len(found), time.Since(start))
	}
}

func BenchmarkFind(b *testing.B) {
	text := strings.Repeat("By 2021 the service hopes to reach some people in the past twelve months, as in April 2024 and 2016/17. ", 1000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Find(text, graph.Span{End: len(text)}, "2018-06-14")
	}
}
