package report

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"whence/graph"
)

// A figure is a statistic made ready to compare.
type figure struct {
	graph.StatisticView
	value float64
	unit  unitKind
	head  string // stem of the last word of the unit: "outcome" of "job outcomes"
	rate  string // "day", "month", "year": what it is per, "" when the text says nothing
	every string // "1000": of how many it is so many, "" when the text says nothing
	side  side
	*traits
}

// Traits are what a figure is compared by, read from its words once, when first
// asked for: most figures of a survey are never compared.
type traits struct {
	read       bool
	measure    []string // stems of what is measured
	population []string // stems of whom it is of
	places     []string
	people     []string // groups, one for each line of groups
	stage      stage
	direction  int
}

// trait returns the traits of a figure.
func (f figure) trait() *traits {
	if t := f.traits; !t.read {
		t.read = true
		t.measure, t.population, t.places = stems(f.Statistic.Measure), stems(f.Statistic.Population), places(f.Statistic.Place)
		t.people, t.stage, t.direction = f.readPeople(), firstStage(graph.FoldWords(f.counts())), f.readDirection()
	}
	return f.traits
}

// sureFigure is the confidence from which a figure is compared: below it are bare
// counts and lengths of time, which every text is full of.
const sureFigure graph.Confidence = 500

// figuresOf returns the figures of a claim that can be compared: those with one value, read with confidence.
func figuresOf(c *graph.TracedClaim) []figure {
	var out []figure
	for _, v := range c.Figures {
		if f, ok := readFigure(v); ok && len(out) < maxFigures {
			out = append(out, f)
		}
	}
	return out
}

// maxFigures bounds how many figures of one claim are compared.
const maxFigures = 24

func readFigure(v graph.StatisticView) (figure, bool) {
	s := v.Statistic
	if s.Value == nil || math.IsNaN(*s.Value) || math.IsInf(*s.Value, 0) || s.Confidence < sureFigure {
		return figure{}, false
	}
	f := figure{StatisticView: v, value: *s.Value, traits: new(traits)}
	f.unit, f.head = kindOfUnit(s.Unit)
	f.rate, f.every = rateOf(s), everyOf(s)
	f.side = sideOf(s)
	return f, f.unit != unitTime
}

// A unitKind is what sort of thing is counted.
type unitKind int

const (
	unitOther unitKind = iota
	unitPerson
	unitEvent // what one person can have several of: cases, jobs, appointments
	unitPercent
	unitPoints // percentage points
	unitMoney
	unitTimes
	unitTime
)

// persons and events are the heads of units of which it is known what they are.
// QUDT keeps individuals and cases apart for the same reason. What befalls a
// person once, as a death does, is neither.
var (
	persons = set(`person individual patient adult child pensioner man woman boy girl pupil student worker employee voter claimant user customer resident
		citizen migrant refugee veteran carer parent mother father baby teenager prisoner tenant victim survivor sufferer jobseeker taxpayer inpatient
		outpatient participant`)
	events = set(`case outcome job vacancy episode appointment admission readmission attendance referral visit session contact treatment operation procedure
		consultation call claim application complaint incident offence crime arrest test scan prescription item dose journey trip placement award payment`)
	lengths = set(`second minute hour day week month year decade century age night fortnight`)
)

func kindOfUnit(unit string) (unitKind, string) {
	switch {
	case unit == "":
		return unitOther, ""
	case unit == "percent":
		return unitPercent, unit
	case unit == "percentage points":
		return unitPoints, unit
	case unit == "times":
		return unitTimes, unit
	case len(unit) == 3 && unit == strings.ToUpper(unit):
		return unitMoney, unit
	}
	words := graph.FoldWords(unit)
	if len(words) == 0 {
		return unitOther, ""
	}
	// Persons and events are listed by their stems but for a final e, which stem cuts.
	head := stem(words[len(words)-1])
	listed := func(list map[string]bool) bool { return list[head] || list[head+"e"] }
	switch {
	case listed(persons):
		return unitPerson, head
	case listed(events):
		return unitEvent, head
	case listed(lengths):
		return unitTime, head
	}
	return unitOther, head
}

// measured reports whether two figures are counted in one unit, as far as is known.
func (f figure) measured(g figure) bool {
	return f.unit == g.unit && (f.unit != unitOther && f.unit != unitEvent && f.unit != unitMoney || f.head == g.head)
}

// switched reports whether the units of two figures are certainly different things.
func (f figure) switched(g figure) bool {
	counts := func(u unitKind) bool { return u == unitPerson || u == unitEvent }
	switch {
	case f.unit == unitOther || g.unit == unitOther || f.unit == unitTimes || g.unit == unitTimes:
		return false // "coaches" and "people" can be the same
	case f.unit == unitMoney && g.unit == unitMoney:
		return f.head != g.head
	case f.unit == g.unit:
		return false
	}
	return counts(f.unit) && counts(g.unit) || counts(f.unit) != counts(g.unit) || f.unit == unitPoints || g.unit == unitPoints
}

// rates finds what a figure is per, in the words that follow it.
var rates = regexp.MustCompile(`(?i)\b(?:per|a|an|each|every)\s+(day|week|month|quarter|year|annum)\b|\b(daily|weekly|monthly|quarterly|yearly|annually)\b`)

var rateNames = map[string]string{"annum": "year", "daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter", "yearly": "year", "annually": "year"}

func rateOf(s *graph.Statistic) string {
	after := s.Figure.Suffix
	if !hasAny(s.Figure.Exact+" "+s.Unit+" "+after, "per ", " a ", " an ", "each ", "every ", "ly") {
		return ""
	}
	if i := strings.IndexAny(after, ".;:,()"); i >= 0 {
		after = after[:i]
	}
	m := rates.FindStringSubmatch(s.Figure.Exact + " " + s.Unit + " " + after)
	if m == nil {
		return ""
	}
	word := strings.ToLower(m[1] + m[2])
	if name := rateNames[word]; name != "" {
		return name
	}
	return word
}

// hasAny spares a search for what most texts do not have. Case is not folded: these
// words do not begin a sentence after a figure.
func hasAny(text string, parts ...string) bool {
	return slices.ContainsFunc(parts, func(p string) bool { return contains(text, p) })
}

// everies finds of how many a figure is so many: "74 of every 1,000", "12 deaths per 100,000".
var everies = regexp.MustCompile(`(?i)\b(?:per|(?:out )?of every|in every|for every|out of)\s+(\d[\d,]*|hundred|thousand|million)\b`)

func everyOf(s *graph.Statistic) string {
	for _, text := range []string{s.Figure.Exact + s.Figure.Suffix, s.Measure} {
		if !hasAny(text, "er ", "ery ", " of ") {
			continue
		}
		if m := everies.FindStringSubmatch(text); m != nil {
			return strings.ReplaceAll(strings.ToLower(m[1]), ",", "")
		}
	}
	return ""
}

// A side says where the true value lies by what the words tell: at the figure,
// above it or below it.
type side int

const (
	sideAt side = iota
	sideOver
	sideAtLeast
	sideUnder // "less than", "nearly", "almost"
	sideUpTo
	sideAbout
)

var sideNames = [...]string{"", "over", "at least", "under", "up to", "about"}

// nearlyWords come before a figure that is not quite reached.
var nearlyWords = regexp.MustCompile(`(?i)\b(?:nearly|almost|approaching|close to|just under)\b`)

func sideOf(s *graph.Statistic) side {
	switch s.Bound {
	case graph.BoundOver:
		return sideOver
	case graph.BoundAtLeast:
		return sideAtLeast
	case graph.BoundUnder:
		return sideUnder
	case graph.BoundUpTo:
		return sideUpTo
	case graph.BoundAbout:
		if nearlyWords.MatchString(s.Figure.Exact) {
			return sideUnder
		}
		return sideAbout
	}
	return sideAt
}

// A closeness says how a retold value stands to the one it is of.
type closeness int

const (
	apart   closeness = iota
	coarse            // rounded to one digit that counts
	rounded           // rounded to two or more
	same
)

// close compares a value that is retold with the one it is of. "Over 7.5 million"
// is cut, and "nearly 7.6 million" is raised, to their last digit, as both words say.
// A value that is told more exactly than the one it is of is a rounding of that: no drift either.
func (f figure) close(of figure) closeness {
	if near(f.value, of.value) {
		return same
	}
	best := apart
	for n := 1; n <= 6; n++ {
		if isRounding(f.value, of.value, n, f.side) || n > 1 && isRounding(of.value, f.value, n, of.side) {
			if n == 1 {
				best = coarse
			} else {
				return rounded
			}
		}
	}
	return best
}

// isRounding reports whether a is b with n digits that count.
func isRounding(a, b float64, n int, s side) bool {
	if a == 0 || b == 0 || a < 0 != (b < 0) {
		return false
	}
	a, b = math.Abs(a), math.Abs(b)
	step := math.Pow(10, math.Floor(math.Log10(b))-float64(n)+1)
	if step == 0 || !near(math.Round(a/step)*step, a) {
		return false
	}
	off := (a - b) / step
	switch {
	case math.Abs(off) <= 0.5+1e-9:
		return true
	case s == sideOver || s == sideAtLeast:
		return off < 0 && off > -1
	case s == sideUnder || s == sideUpTo:
		return off > 0 && off < 1
	}
	return false
}

// near reports whether two numbers are equal but for how they are computed.
func near(a, b float64) bool { return math.Abs(a-b) <= 1e-9*math.Max(math.Abs(a), math.Abs(b)) }

// ratio returns how many times larger the larger of two values is; infinite when one is nought.
func ratio(a, b float64) float64 {
	a, b = math.Abs(a), math.Abs(b)
	if min(a, b) == 0 {
		return math.Inf(1)
	}
	return max(a, b) / min(a, b)
}

// words tells the figure as the text does, with its unit if that is not in its words.
func (f figure) words() string {
	s := strings.Join(strings.Fields(f.Statistic.Figure.Exact), " ")
	switch f.unit {
	case unitPercent, unitMoney, unitTimes:
		return s
	}
	if f.Statistic.Unit == "" || contains(strings.ToLower(s), strings.ToLower(f.Statistic.Unit)) {
		return s
	}
	return s + " " + f.Statistic.Unit
}

// number tells the value alone, without an exponent.
func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// onePlace names a country in one way.
var onePlace = strings.NewReplacer("United Kingdom", "UK", "U.K.", "UK", "Great Britain", "Britain", "United States", "US")

// places returns the names in a place.
func places(place string) []string {
	if place == "" {
		return nil
	}
	var out []string
	for _, w := range strings.FieldsFunc(onePlace.Replace(place), func(r rune) bool { return strings.ContainsRune(" ,;", r) }) {
		if w[0] >= 'A' && w[0] <= 'Z' {
			out = append(out, w)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// elsewhere reports whether two figures are of certainly different places.
func (f figure) elsewhere(g figure) bool {
	a, b := f.trait().places, g.trait().places
	return len(a) > 0 && len(b) > 0 && !slices.Equal(a, b)
}

// groups are kinds of people of which each leaves out the others in its line.
var groups = []map[string]string{
	groupsOf("adult=adult grown-up=adult child=child pupil=child teenager=child pensioner=pensioner elderly=pensioner all=all everyone=all everybody=all"),
	groupsOf("man=man male=man woman=woman female=woman all=all everyone=all everybody=all"),
	groupsOf("inpatient=inpatient outpatient=outpatient"),
}

func groupsOf(list string) map[string]string {
	m := map[string]string{}
	for _, w := range strings.Fields(list) {
		name, group, _ := strings.Cut(w, "=")
		m[stem(name)] = group
	}
	return m
}

// readPeople returns the groups that a figure is of, one for each line of groups: ""
// where it names none or several.
func (f figure) readPeople() []string {
	out := make([]string, len(groups))
	for _, w := range graph.FoldWords(f.Statistic.Population + " " + f.Statistic.Unit) {
		w = stem(w)
		for i, line := range groups {
			switch g := line[w]; {
			case g == "" || g == out[i]:
			case out[i] == "":
				out[i] = g
			default:
				out[i] = "several"
			}
		}
	}
	return out
}

// others reports whether two figures are certainly of different people.
func (f figure) others(g figure) bool {
	a, b := f.trait().people, g.trait().people
	for i := range a {
		if a[i] != "" && b[i] != "" && a[i] != b[i] && a[i] != "several" && b[i] != "several" {
			return true
		}
	}
	// A share of adult patients is no share of patients; a number of them is a number of patients.
	if f.unit != unitPercent || g.unit != unitPercent || f.Statistic.Population == "" || g.Statistic.Population == "" {
		return false
	}
	for i := range a {
		one := a[i] + b[i] // when only one of them names a group of the line
		if (a[i] == "") != (b[i] == "") && one != "all" && one != "several" && slices.Equal(f.besideGroups(), g.besideGroups()) {
			return true
		}
	}
	return false
}

// besideGroups returns what a figure's population is but for the groups.
func (f figure) besideGroups() []string {
	return slices.DeleteFunc(slices.Clone(f.trait().population), func(w string) bool {
		return w == "person" || slices.ContainsFunc(groups, func(line map[string]string) bool { return line[w] != "" })
	})
}

// manyTimes is how much longer a period must be to be another one, when one lies in the other.
const manyTimes = 3

// elsewhen reports whether two figures are of certainly different periods: they
// have no day in common, or one is several times as long as the other. What is
// to be reached by a day has no length, and is another when the day is; so is what
// goes on since a day.
func (f figure) elsewhen(g figure) bool {
	a, b := f.Statistic.Period, g.Statistic.Period
	if a.Apart(b) {
		return true
	}
	aFrom, aTo := a.Bounds()
	bFrom, bTo := b.Bounds()
	aFirst, aLast, _ := strings.Cut(string(a), "/")
	bFirst, bLast, _ := strings.Cut(string(b), "/")
	differ := func(x, y string) bool {
		return graph.Date(x).After(graph.Date(y)) || graph.Date(y).After(graph.Date(x))
	}
	switch {
	case aFrom.IsZero() && bFrom.IsZero() && !aTo.IsZero() && !bTo.IsZero():
		return differ(aLast, bLast)
	case aTo.IsZero() && bTo.IsZero() && !aFrom.IsZero() && !bFrom.IsZero():
		return differ(aFirst, bFirst)
	case aFrom.IsZero() || aTo.IsZero() || bFrom.IsZero() || bTo.IsZero():
		return false
	}
	la, lb := aTo.Sub(aFrom), bTo.Sub(bFrom)
	return max(la, lb) >= manyTimes*min(la, lb)
}

// sameWhen reports whether two figures are certainly of periods that overlap and
// are of one kind: both closed, both to be reached by a day, or both going on.
func (f figure) sameWhen(g figure) bool {
	aFrom, aTo := f.Statistic.Period.Bounds()
	bFrom, bTo := g.Statistic.Period.Bounds()
	known := !aFrom.IsZero() || !aTo.IsZero()
	return known && aFrom.IsZero() == bFrom.IsZero() && aTo.IsZero() == bTo.IsZero() && !f.elsewhen(g)
}

// relativePeriods find periods that need a date to count from.
var relativePeriods = regexp.MustCompile(`(?i)\b(?:in|over|during|within|for) the (?:last|past|previous) (?:[a-z]+ )?(?:years?|months?|weeks?|days?|decades?)\b|\b(?:this|last) (?:year|month|week|quarter)\b`)

// period tells the period of a figure, as dates or as the words that cannot be dated.
func (f figure) period() string {
	if p := f.Statistic.Period; p != "" {
		return string(p)
	}
	if m := relativePeriods.FindString(f.Statistic.Sentence.Exact); m != "" {
		return fmt.Sprintf("“%s”", m)
	}
	return ""
}

// A stage is how far people have come with what they are counted for.
type stage int

const (
	stageUnknown stage = iota
	stageAsked         // eligible, referred, offered
	stageServed        // receiving, supported, treated
	stageDone          // found, kept, recovered
)

// stageWords are the verbs that tell a stage, by their stems. Figures slip from
// one stage to the next when they are retold.
var stageWords = func() map[string]stage {
	m := map[string]stage{}
	for st, words := range map[stage]string{
		stageAsked:  "eligible entitled entitl apply applied invite invit refer offer request regist register enrol ask",
		stageServed: "receive receiv support help treat advis advise access attend assist see serv serve contact",
		stageDone:   "find keep retain gain secure secur obtain complete complet recover achieve achiev enter graduate graduat return",
	} {
		for _, w := range strings.Fields(words) {
			m[w] = st
		}
	}
	return m
}()

// counts tells what the figure counts: its measure or, when that tells no stage, the
// words after the figure up to the next mark, if they do.
func (f figure) counts() string {
	s := f.Statistic
	if from := s.Figure.End - s.Sentence.Start; firstStage(graph.FoldWords(s.Measure)) == stageUnknown && from >= 0 && from <= len(s.Sentence.Exact) {
		after := s.Sentence.Exact[from:]
		if i := strings.IndexAny(after, ",;:.!?()"); i >= 0 {
			after = after[:i]
		}
		if firstStage(graph.FoldWords(after)) != stageUnknown {
			return strings.TrimSpace(after)
		}
	}
	return s.Measure
}

// firstStage returns the stage of the first verb that tells one, but "helped into
// work" and "supported to find work" are done.
func firstStage(words []string) stage {
	for i, w := range words {
		st := stageWords[stem(w)]
		if st == stageUnknown {
			continue
		}
		if st == stageServed {
			for _, next := range words[i+1:] {
				if next == "into" || next == "back" {
					return stageDone
				}
			}
			if i+2 < len(words) && words[i+1] == "to" && stageWords[stem(words[i+2])] == stageDone {
				return stageDone
			}
		}
		return st
	}
	return stageUnknown
}

// Words that tell which way a figure goes.
var (
	upWords   = set("rise rising rose risen increase increas increasing up grow grew higher gain climb jump soar surge more growth")
	downWords = set("fall falling fell fallen decrease decreas down drop decline declin reduce reduc reduction lower fewer less shrink shrank plunge plung slump cut")
)

// readDirection tells which way a figure goes by the words beside it: 1 up, -1 down,
// 0 when they say neither, both, or that it does not.
func (f figure) readDirection() int {
	s := f.Statistic
	before := graph.FoldWords(s.Figure.Prefix)
	after := graph.FoldWords(s.Figure.Suffix)
	if len(s.Figure.Prefix) > 0 && len(before) > 0 {
		before = before[1:] // its first word may be cut
	}
	if len(after) > 0 {
		after = after[:len(after)-1]
	}
	beside := slices.Concat(before[max(0, len(before)-4):], after[:min(4, len(after))])
	up, down := false, false
	for i, w := range beside {
		switch {
		case negations[w] || w == "than" && i > 0:
			return 0 // "no rise", "more than 20"
		}
		st := stem(w)
		up = up || upWords[w] || upWords[st]
		down = down || downWords[w] || downWords[st]
	}
	switch {
	case up && !down:
		return 1
	case down && !up:
		return -1
	}
	return 0
}
