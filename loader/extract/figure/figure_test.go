package figure

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"whence/graph"
)

// sentencesOf cuts a test text at every ". " before a capital.
func sentencesOf(text string) []graph.Span {
	var out []graph.Span
	start := 0
	for i := 0; i+2 < len(text); i++ {
		if text[i] == '.' && text[i+1] == ' ' && text[i+2] >= 'A' && text[i+2] <= 'Z' {
			out = append(out, graph.Span{Start: start, End: i + 1})
			start = i + 2
		}
	}
	return append(out, graph.Span{Start: start, End: len(text)})
}

func find(text string) []Figure { return Find(text, sentencesOf(text), "2018-06-14") }

// amounts writes figures as `words = bound value unit`, those that are incidental only
// if incidental is set.
func amounts(text string, incidental bool) []string {
	out := []string{}
	for _, f := range find(text) {
		if incidental || f.Confidence > Incidental {
			out = append(out, fmt.Sprintf("%s = %s %s %s", f.Figure.Of(text), f.Bound, number(f), f.Unit))
		}
	}
	return out
}

func number(f Figure) string {
	if f.Value != nil {
		return fmt.Sprintf("%.10g", *f.Value)
	}
	return fmt.Sprintf("%.10g..%.10g", *f.Min, *f.Max)
}

func TestFind_amounts(t *testing.T) {
	tests := map[string][]string{
		// Money.
		"It can save £6,000 per patient.":            {"£6,000 = exact 6000 GBP"},
		"It can save as much as £6,000 per patient.": {"as much as £6,000 = up_to 6000 GBP"},
		"They lost £1.3bn and $2 million.":           {"£1.3bn = exact 1300000000 GBP", "$2 million = exact 2000000 USD"},
		"A fee of 50p, €10 or 20 pounds applied.":    {"50p = exact 0.5 GBP", "€10 = exact 10 EUR", "20 pounds = exact 20 GBP"},
		"It cost US$5m and USD1,700.":                {"US$5m = exact 5000000 USD", "USD1,700 = exact 1700 USD"},
		"Fines of between £5m and £10m were set.":    {"between £5m and £10m = exact 5000000..10000000 GBP"},
		"They want £5-10m for it.":                   {"£5-10m = exact 5000000..10000000 GBP"},
		"Spending of up to £250,000 was cut.":        {"up to £250,000 = up_to 250000 GBP"},
		// Shares.
		"Some 59% of wards closed.":                   {"Some 59% = about 59 percent"},
		"Only nine per cent of tenants moved.":        {"nine per cent = exact 9 percent"},
		"More than half (59%) of shops closed.":       {"More than half (59%) = exact 59 percent"},
		"At least a quarter of users agreed.":         {"At least a quarter = at_least 25 percent"},
		"Half of the wards closed.":                   {"Half = exact 50 percent"},
		"Two thirds of nurses left.":                  {"Two thirds = exact 66.666667 percent"},
		"One in seven of us will retire.":             {"One in seven = exact 14.285714 percent"},
		"Nine out of 10 tenants agreed.":              {"Nine out of 10 = exact 90 percent"},
		"Between 5 and 10 per cent of pupils stayed.": {"Between 5 and 10 per cent = exact 5..10 percent"},
		"10-15% of pupils stayed.":                    {"10-15% = exact 10..15 percent"},
		"Absence rose from 10 to 15 per cent.":        {"10 = exact 10 percent", "15 per cent = exact 15 percent"},
		"It fell 0.2 percentage points.":              {"0.2 percentage points = exact 0.2 percentage points"},
		"Use fell by a third.":                        {"a third = exact 33.333333 percent"},
		// Multiples.
		"We get around two and a half times what others get.": {"around two and a half times = about 2.5 times"},
		"It is twice as effective.":                           {"twice = exact 2 times"},
		"Calls rose threefold.":                               {"threefold = exact 3 times"},
		// Counts.
		"In all 92,119 of the people left.":                 {"92,119 = exact 92119 people"},
		"We help over 8 million people here.":               {"over 8 million = over 8000000 people"},
		"Twenty thousand people signed.":                    {"Twenty thousand = exact 20000 people"},
		"There were 1.3m claimants.":                        {"1.3m = exact 1300000 people"},
		"It made approximately 2,300 job offers.":           {"approximately 2,300 = about 2300 job offers"},
		"Fewer than 100 beds and nearly 40 doctors remain.": {"Fewer than 100 = under 100 beds", "nearly 40 = about 40 doctors"},
		"About 300 or so new homes stand there.":            {"About 300 or so = about 300 new homes"},
		"They hired 25,000 more nurses.":                    {"25,000 = exact 25000 nurses"},
		"There were 110,000 claimants and advisers.":        {"110,000 = exact 110000 people"},
		"Between 4 and 6 thousand people came.":             {"Between 4 and 6 thousand = exact 4000..6000 people"},
		"Half a million people came.":                       {"Half a million = exact 500000 people"},
		"Six deaths and 15 injuries were recorded in 2014.": {"Six = exact 6 deaths", "15 = exact 15 injuries"},
		"At least three wards closed.":                      {"At least three = at_least 3 wards"},
		"It was 12 per 100,000 people.":                     {"12 = exact 12 "},
		// Measures.
		"They moved 12.3m tonnes over 5 km.": {"12.3m tonnes = exact 12300000 tonnes", "over 5 km = over 5 kilometres"},
		"People wait 18 weeks for care.":     {"18 weeks = exact 18 weeks"},

		// What is no figure.
		"He was aged 55 and his 46-year-old sister, Jane Doe, 46, left 1 months ago.": {},
		"On the 16th, in our 70th year, at 8pm and at 10:30 in 2016/17, they met.":    {},
		"See (Baker, 1964: 262), section 12 of the Care Act 2014 and p. 14.":          {},
		"COVID-19, G4S, the Med3s, Form 4 and Room 101 came up.":                      {},
		"It is like living in \"1984.\" now.":                                         {},
		"One of them, no one, one day, on the one hand, number one.":                  {},
		"Two sets of rules are like one or two others.":                               {},
		"Call 0800 123 4567 or 10 Downing Street, version 2.1.3, 24/7.":               {},
		"See https://example.org/2018/06/300-people for 10 months later.":             {},
		"2, The staff are busy.":                                                      {},
		"1 There is no room.":                                                         {},
		"They won 2-1 and scored 3 at Level 4.":                                       {},
		"Young people aged 16 to 24, under 25s and over-65s met.":                     {},
		"£ months after it, a third attempt came in the first quarter.":               {},
		"The case of Type 2 diabetes on page 4.":                                      {},
	}
	for text, want := range tests {
		t.Run(text, func(t *testing.T) {
			if diff := cmp.Diff(want, amounts(text, false)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestFind_moreAmounts(t *testing.T) {
	tests := map[string][]string{
		// Money.
		"It cost RM120,000, Rs 500, 300 Danish crowns or 800 Chinese yuan.": {"RM120,000 = exact 120000 MYR", "Rs 500 = exact 500 INR", "300 Danish crowns = exact 300 DKK", "800 Chinese yuan = exact 800 CNY"},
		"It sold for $US1,200 ($A1,850).":                                   {"$US1,200 = exact 1200 USD", "$A1,850 = exact 1850 AUD"},
		"A package worth up to PS2.7m and a PS5.":                           {"up to PS2.7m = up_to 2700000 GBP"},
		"They raised 2 million of the £5 million.":                          {"2 million = exact 2000000 GBP", "£5 million = exact 5000000 GBP"},
		"It is a million dollar barn.":                                      {"a million dollar = exact 1000000 USD"},
		// Ranges and changes.
		"Fines from $250,000 to $1 million were set.":    {"from $250,000 to $1 million = exact 250000..1000000 USD"},
		"Use grew from 10 to 15 per cent.":               {"10 = exact 10 percent", "15 per cent = exact 15 percent"},
		"Sales rose by £3 billion to £4 billion.":        {"£3 billion = exact 3000000000 GBP", "£4 billion = exact 4000000000 GBP"},
		"Homes of 450 sq ft up to 900 sq ft were built.": {"450 sq ft up to 900 sq ft = exact 450..900 square feet"},
		"They fitted a 36-to-40-percent filter.":         {"36-to-40-percent = exact 36..40 percent"},
		// Multiples.
		"Rents have more than doubled.":  {"more than doubled = over 2 times"},
		"The council halved the fee.":    {"halved = exact 0.5 times"},
		"The plan doubled down on it.":   {},
		"It hits back ten times harder.": {"ten times = exact 10 times"},
		// What is counted stands before.
		"One in five children (4.3 million) were cold.":          {"One in five = exact 20 percent", "4.3 million = exact 4300000 people"},
		"Sick pay claims had risen from 3 million to 4 million.": {"3 million = exact 3000000 Sick pay claims", "4 million = exact 4000000 Sick pay claims"},
		"They cut the number of ferry sheds to 40.":              {"40 = exact 40 ferry sheds"},
		// "Over" bounds a length of time or says in the course of which.
		"Sales saw a 94% increase over 15 years.": {"94% = exact 94 percent", "15 years = exact 15 years"},
		"It took over 15 years.":                  {"over 15 years = over 15 years"},
		// Units.
		"A 4.3 second lap of 12 C at 80 m.p.h. on 32m2.": {"4.3 second = exact 4.3 seconds", "12 C = exact 12 celsius", "80 m.p.h. = exact 80 miles per hour", "32m2 = exact 32 square metres"},
		"It ran at 80km/h with 586 lb-ft across 20 km².": {"80km/h = exact 80 kilometres per hour", "586 lb-ft = exact 586 lb-ft", "20 km² = exact 20 square kilometres"},
		"Add 1/2 pound of sugar, and not on 1/2/2018.":   {"1/2 pound = exact 0.5 pounds"},
		"Offices of sub-300 sq m are let.":               {"300 sq m = under 300 square metres"},
		"They moved 3,000 tons and 20 metric tons.":      {"3,000 tons = exact 3000 tons", "20 metric tons = exact 20 tonnes"},
		// Bare numbers that a word makes values, and those set beside another.
		"The average age was 44.":                                {"44 = exact 44 "},
		"Her net score is minus 25.":                             {"minus 25 = exact -25 "},
		"Fires rose to 3.9 million visits, up from 2.4 million.": {"3.9 million = exact 3900000 visits", "2.4 million = exact 2400000 visits"},
		"The high is 84.75 cents, while the low is 74.07.":       {"84.75 cents = exact 84.75 cents", "74.07 = exact 74.07 cents"},
		"Some 68,400 people and 95,800 who moved away voted.":    {"Some 68,400 = about 68400 people", "95,800 = exact 95800 people"},
	}
	for text, want := range tests {
		t.Run(text, func(t *testing.T) {
			if diff := cmp.Diff(want, amounts(text, false)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestFind_incidental(t *testing.T) {
	tests := map[string][]string{
		// Ages, and what only names a group by its age.
		"He was aged 55 and his 46-year-old sister left.":          {"55 = exact 55 years of age", "46-year-old = exact 46 years of age"},
		"Jane Doe, 46, said that she turned 40 in Leeds.":          {"46 = exact 46 years of age", "40 = exact 40 years of age"},
		"She was 35 when they met.":                                {"35 = exact 35 years of age"},
		"The bill is 8 months old, the rock 400 million-year-old.": {"8 months old = exact 8 months of age", "400 million-year-old = exact 400000000 years of age"},
		"People aged 16 to 24, under 25s, over-65s, in their 50s.": {},
		// Few things, and lengths of time.
		"Two of the board’s members and eight other clerks left.": {"Two = exact 2 members", "eight = exact 8 clerks"},
		"Leave lasts one to two years.":                           {"one to two years = exact 1..2 years"},
		"Six months later they met in a car park.":                {"Six months = exact 6 months"},
		"Two or three wards closed.":                              {"Two or three = exact 2..3 wards"},
		"The top three towns were chosen.":                        {"three = exact 3 towns"},
		"They sold two new 737 Max jets.":                         {"two = exact 2 new 737 Max jets"},
		"They got zero points.":                                   {"zero = exact 0 points"},
		// Joined to their noun.
		"A 20-bed ward, a 12 page leaflet and a 14-member panel.": {"20-bed = exact 20 bed", "12 = exact 12 page", "14-member = exact 14 member"},
		"It comes with four-, five- and six-cylinder engines.":    {"four- = exact 4 cylinder", "five- = exact 5 cylinder", "six-cylinder = exact 6 cylinder"},
		"A two-way road, a one-off, a 9-to-5 job and COVID-19.":   {},
		// Vague numbers reach to the next power of ten.
		"Tens of millions of pounds went to hundreds of villages.": {"Tens of millions of pounds = exact 10000000..100000000 GBP", "hundreds = exact 100..1000 villages"},
		"Millions voted.": {},
		// No figures.
		"Voters under 45 met on Feb. 27 at below 2005 levels.":             {},
		"The 1992 primaries, 2016 presidential candidates and a 999 call.": {},
		"One day two weeks ago, on the one hand, they won 3-0 at 10:30.":   {},
		"The Five Year Plan and Windows 11, version 2.0.1, SE1 7PB.":       {},
	}
	for text, want := range tests {
		t.Run(text, func(t *testing.T) {
			got := amounts(text, true)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if solid := amounts(text, false); len(solid) > 0 {
				t.Errorf("more than incidental: %v", solid)
			}
		})
	}
}

func TestFind_whatIsCounted(t *testing.T) {
	type told struct{ Unit, Measure, Population, Place, Period string }
	tests := map[string]told{
		"During 2021 to 2022, 4,120 of people known to be in touch with housing, debt and welfare services spent time in hostels as part of it.": {
			"people", "spent time in hostels as part of it", "people known to be in touch with housing, debt and welfare services", "", "2021/2022",
		},
		"In 2016/17, services in Wales achieved approximately 640 work placements.":                       {"work placements", "achieved", "", "Wales", "2016-04-01/2017-03-31"},
		"By 2021, 7,000 people with severe pain will receive tailored advice.":                            {"people", "receive tailored advice", "people with severe pain", "", "../2021"},
		"It gives support to over 8 million people in England and Wales.":                                 {"people", "gives support", "people", "England and Wales", ""},
		"The board is to hire 30 travel trainers.":                                                        {"travel trainers", "hire", "", "", ""},
		"Research shows that it can free up as much as £600 per visit, which helps.":                      {"GBP", "per visit", "", "", ""},
		"Only nine per cent of people from rural areas who were given notice had found homes.":            {"percent", "found homes", "people from rural areas who were given notice", "", ""},
		"About 50 per cent of landlords don’t give tenants that right.":                                   {"percent", "don’t give tenants that right", "landlords", "", ""},
		"Schemes in Kent, Leeds and some London boroughs find work for at least a fifth of users.":        {"percent", "find work", "users", "Kent, Leeds and some London boroughs", ""},
		"It pays a grant, enabling some 200 people who experience grief (loss) to find and keep friends.": {"people", "find and keep friends", "people who experience grief (loss)", "", ""},
		"The fund spent £2.4bn on agency staff in 2022/23.":                                               {"GBP", "on agency staff", "", "", "2022-04-01/2023-03-31"},
		"Unemployment in Scotland rose by 3% in the year to March 2024.":                                  {"percent", "Unemployment in Scotland rose", "", "Scotland", "2023-04/2024-03"},
		"In Kent, 62 per cent of those were overturned on appeal.":                                        {"percent", "overturned on appeal", "those", "Kent", ""},
		"They have seen 900 people in the past twelve months.":                                            {"people", "seen", "", "", "2017-06-14/2018-06-14"},
		"There was a 5% increase in admissions at Leeds General Infirmary.":                               {"percent", "increase in admissions at Leeds General Infirmary", "", "", ""},
		"The report, published in 2011, counted 400 empty shops.":                                         {"empty shops", "counted", "", "", ""},
		"The rate was 12 per 100,000 births in Wales.":                                                    {"", "per 100,000 births", "", "Wales", ""},
		"Prices in Wales grew by 5 per cent a year.":                                                      {"percent", "a year Prices in Wales grew", "", "Wales", ""},
	}
	for text, want := range tests {
		t.Run(text, func(t *testing.T) {
			found := find(text)
			if len(found) != 1 {
				t.Fatalf("found %v, want one figure", amounts(text, true))
			}
			f := found[0]
			if f.Unit == "people" && want.Population == "people" {
				want.Population = ""
			}
			if diff := cmp.Diff(want, told{f.Unit, f.Measure, f.Population, f.Place, string(f.Period)}); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestFind_credit(t *testing.T) {
	tests := map[string]struct{ words, name string }{
		"NHS Wales estimates that 400 people died.":                        {"NHS Wales", "NHS Wales"},
		"By 2021, NHS Wales anticipates that 400 people will stay.":        {"NHS Wales", "NHS Wales"},
		"According to Shelter, 400 people died.":                           {"Shelter", "Shelter"},
		"Some 400 people died, according to figures from the Home Office.": {"the Home Office", "Home Office"},
		"Figures published by the Home Office show that 400 people died.":  {"the Home Office", "Home Office"},
		"Home Office data shows 400 people died.":                          {"Home Office", "Home Office"},
		"It is estimated by the Centre for Towns and the Coast that 40 per cent of shops ignore advice given by the Board for Retail Standards.": {"the Centre for Towns and the Coast", "Centre for Towns and the Coast"},
		"A survey of 2,000 adults by YouGov found that 62% agree.":                                                                               {"YouGov", "YouGov"},
		"Jane Doe, chief executive of the Trust, said 300 people were waiting.":                                                                  {"Jane Doe", "Jane Doe"},
		"The wards lost 300 beds, said Jane Doe.":                                                                                                {"Jane Doe", "Jane Doe"},
		"The wards lost 300 beds, Jane Doe said.":                                                                                                {"Jane Doe", "Jane Doe"},
		"Research by King’s College Leeds found 400 people died.":                                                                                {"King’s College Leeds", "King’s College Leeds"},
		"Research shows that it saves £600 a year.":                                                                                              {"Research", ""},
		"Official figures show 400 people died.":                                                                                                 {"Official figures", ""},
		"The government has said 400 people died.":                                                                                               {"The government", "government"},
		"NHS Wales will be providing £10 million for it.":                                                                                        {"", ""},
		"Some 59% of employers said they agreed.":                                                                                                {"", ""},
		"Many employers said they lost 40 per cent of staff.":                                                                                    {"", ""},
		"NHS Wales expects to hire 400 nurses.":                                                                                                  {"", ""},
		"The Office for Rail (ORX) said 40 trains were late.":                                                                                    {"The Office for Rail", "Office for Rail"},
		"Moss and Quill (2022) found that a fifth of ferries sank.":                                                                              {"Moss and Quill", "Moss and Quill"},
		"According to a 2023 report by the Otter Fund, 27% of tenants moved.":                                                                    {"the Otter Fund", "Otter Fund"},
		"By June 400 trains were late, Rail Office figures show; we say so.":                                                                     {"Rail Office", "Rail Office"},
		"On Monday the Retail Union said 16 thefts were seen.":                                                                                   {"the Retail Union", "Retail Union"},
		"The Retail Union puts it at 16 thefts a day.":                                                                                           {"The Retail Union", "Retail Union"},
		"The firm’s own return to Ofwat shows that it lost 40 litres.":                                                                           {"The firm’s own return to Ofwat", ""},
		"It is estimated that one in four people will fall ill.":                                                                                 {"", ""},
		"The analysis, which is claimed to show that 400 people stayed, is old.":                                                                 {"", ""},
		"Jane Doe, speaking at a fair in Leeds, Yorkshire, said 400 people stayed.":                                                              {"Jane Doe", "Jane Doe"},
		"In the United States 400 people died.":                                                                                                  {"", ""},
		"Editor’s note: 400 people died.":                                                                                                        {"", ""},
		"The club’s reported income was £400.":                                                                                                   {"", ""},
		"He has a fortune estimated at £400.":                                                                                                    {"", ""},
		"Since May, according to Marlow Watch, state troops killed 400 people.":                                                                  {"Marlow Watch", "Marlow Watch"},
		"In a Marlow Institute poll last week, 40 per cent of tenants agreed.":                                                                   {"Marlow Institute", "Marlow Institute"},
		"In a poll of tenants last week, 40 per cent agreed.":                                                                                    {"", ""},
		"In the latest Marlow poll, 40 per cent of tenants agreed.":                                                                              {"Marlow", "Marlow"},
		"The Marlow/Otter poll has the party at 40 per cent.":                                                                                    {"The Marlow/Otter", "Marlow/Otter"},
		"The latest Marlow opinion poll shows that 40 per cent of tenants agree.":                                                                {"Marlow", "Marlow"},
		"Exit polls show that 40 per cent of tenants agree.":                                                                                     {"Exit polls", ""},
		"A survey of British tenants shows that 40 per cent agree.":                                                                              {"A survey", ""},
		"Doctors in Leeds found 400 cases.":                                                                                                      {"Doctors in Leeds", ""},
		"Voters say by 49 per cent to 42 that they agree.":                                                                                       {"", ""},
		"Economists predict 400 closures.":                                                                                                       {"Economists", ""},
		"The Campaign for a Dry Port reported 400 leaks.":                                                                                        {"The Campaign for a Dry Port", "Campaign for a Dry Port"},
		"The Ferry Elections Project estimated that 400 boats sank.":                                                                             {"The Ferry Elections Project", "Ferry Elections Project"},
		"Some 400 boats sank, according to a fact sheet that was sent out on Monday.":                                                            {"", ""},
	}
	for text, want := range tests {
		t.Run(text, func(t *testing.T) {
			found := find(text)
			if len(found) == 0 {
				t.Fatal("no figure")
			}
			f := found[len(found)-1]
			if got := f.Credit.Of(text); got != want.words || f.Credited != want.name {
				t.Errorf("credits %q (%q), want %q (%q)", got, f.Credited, want.words, want.name)
			}
			if (f.CreditCue == graph.Span{}) != (want.words == "") {
				t.Errorf("cue %q", f.CreditCue.Of(text))
			}
		})
	}
}

func TestFind_takesOverFromSentenceBefore(t *testing.T) {
	text := "NHS Wales estimates that in 2021, 400 people were moved. In that same period, 90 adults were admitted. They also found that 7% of them died. Some 300 others, it said, left. A new ward with 20 beds was opened."
	type got struct {
		Period    graph.Interval
		Credited  string
		Inherited bool
	}
	var all []got
	for _, f := range find(text) {
		all = append(all, got{f.Period, f.Credited, f.Inherited})
	}
	want := []got{{"2021/2021", "NHS Wales", false}, {"2021/2021", "NHS Wales", true}, {"", "NHS Wales", true}, {"", "NHS Wales", true}, {"", "", false}}
	if diff := cmp.Diff(want, all); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestFind_nothingToTakeOver(t *testing.T) {
	text := "They also found that 7% of wards closed in that same period."
	f := find(text)
	if len(f) != 1 || f[0].Credit != (graph.Span{}) || f[0].CreditCue != (graph.Span{}) || f[0].Period != "" || f[0].Inherited {
		t.Errorf("got %+v", f)
	}
}

// fragments are what random texts are made of.
var fragments = []string{
	"£", "$", "6,000", "1", ".", "3", "bn", "%", "per", "cent", "a", "quarter", "half", "of", "one", "in", "seven", "two", "and", "people", "NHS England", "said", "that", "according to", "(", ")", "59", "-", "to",
	"between", "from", "more than", "at least", "up to", "or more", "million", "2016/17", "in 2019", "London", "England", ",", "“", "”", "’s", "patients", "who", "were", "é", "\x00", "½", "twice", "as", "times", "the same period", "it", "minus", "+",
}

func TestFind_isSound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		for range rapid.IntRange(0, 40).Draw(t, "n") {
			b.WriteString(rapid.SampledFrom(fragments).Draw(t, "fragment") + rapid.SampledFrom([]string{" ", " ", "", ". A "}).Draw(t, "sep"))
		}
		checkSound(t, b.String())
	})
}

type failer interface {
	Helper()
	Fatalf(string, ...any)
}

// checkSound holds every figure of a text against what Find promises.
func checkSound(t failer, text string) {
	t.Helper()
	sentences := sentencesOf(text)
	last := 0
	for _, f := range Find(text, sentences, "2018-06-14") {
		if err := f.Figure.Check(text); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if f.Figure.Start < last || !f.Sentence.Contains(f.Figure) {
			t.Fatalf("%q: figure %v overlaps another or leaves its sentence %v", text, f.Figure, f.Sentence)
		}
		last = f.Figure.End
		if ranged := f.Min != nil && f.Max != nil && *f.Min < *f.Max; (f.Value != nil) == ranged {
			t.Fatalf("%q: value %v, min %v, max %v", text, f.Value, f.Min, f.Max)
		}
		for _, c := range []graph.Span{f.Credit, f.CreditCue} {
			if c != (graph.Span{}) && c.Check(text) != nil {
				t.Fatalf("%q: credit %v", text, c)
			}
		}
		if f.Rule == "" || f.Bound == "" || f.Confidence <= 0 || f.Confidence > 1000 {
			t.Fatalf("%q: %+v", text, f)
		}
		if f.Credited != "" && f.Credit == (graph.Span{}) {
			t.Fatalf("%q: credits %q by no words", text, f.Credited)
		}
	}
}

func FuzzFind(f *testing.F) {
	f.Add("NHS England estimates that during 2023 to 2024, 92,119 of people were there. In that same period, 5% left.")
	f.Add("More than half (59%) of shops in Leeds, £1.3bn – one in seven, 10-15% or more, Jane Doe said.")
	f.Fuzz(func(t *testing.T, text string) {
		checkSound(t, strings.ToValidUTF8(text, "\uFFFD"))
	})
}

// Time that grows faster than the text would show here as a test that does not end.
func TestFind_longLines(t *testing.T) {
	for _, part := range []string{
		"5 ", "£", "1,", "a quarter of ", "according to X 5 ", "said 5 in 2019 in London ", "one in ", "more than ", "really ", "(59%) ", "5", "and ", "x said 3% of ",
		"two new 7 Max ", "four-, ", "in a ", "5 to ", "5 or ", "from 5 ", "of millions ", "aged ", "Mr. X, in Y, ", "1/2 ", "minus ", "$US5 ", "X/",
	} {
		text := strings.Repeat(part, 1<<17/len(part))
		start := time.Now()
		found := Find(text, []graph.Span{{End: len(text)}}, "2018-06-14")
		t.Logf("%q: %d figures in %v", part, len(found), time.Since(start))
	}
}

func BenchmarkFind(b *testing.B) {
	text := strings.Repeat("Rivers run high each winter and the low fields beside them fill with water, so farmers move their sheep uphill in good time. "+
		"NHS Wales estimates that during 2021 to 2022, 4,120 people in touch with services spent time in hospital. "+
		"The bridge was closed while engineers looked at its arches, and nobody knows yet when it will carry lorries again. ", 300)
	sentences := sentencesOf(text)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Find(text, sentences, "2018-06-14")
	}
}
