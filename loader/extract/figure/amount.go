package figure

import (
	"strconv"
	"strings"

	"whence/graph"
	"whence/loader/extract/date/word"
)

// An amount is a number with its scale and unit, before anything is known of
// what it counts.
type amount struct {
	first, end int // words
	value      float64
	high       float64 // of a range; value is then its low end
	isRange    bool
	unit       string // "" when it counts what the words after it name
	rule       string
	bound      graph.Bound // said by the number itself: "5+"
	base       float64     // value before its magnitude: 1.3 of "1.3bn"
	scale      float64     // the magnitude, 1 if none
	letters    bool        // written in letters: "nine"
	joined     bool        // a hyphen joins it to its noun: "four-cylinder"
	open       bool        // the noun after its hyphen comes later: "four- and six-cylinder"
	formal     bool        // a comma, point, magnitude or unit shows that it is a quantity
}

// Rules. Each says by which form a figure was recognised.
const (
	ruleMoney    = "figure.money"    // £6,000; not "£ months later"
	rulePercent  = "figure.percent"  // nine per cent
	ruleFraction = "figure.fraction" // a quarter of users; not "a quarter to nine"
	ruleRatio    = "figure.ratio"    // one in seven; not "one in May"
	ruleTimes    = "figure.times"    // twice as effective; not "I called twice"
	ruleMeasure  = "figure.measure"  // 12.3m tonnes
	ruleDuration = "figure.duration" // 18 weeks; not "18 weeks ago"
	ruleAge      = "figure.age"      // a 46-year-old; not "the under 25s"
	ruleCount    = "figure.count"    // 92,119 people; not "Room 101"
)

// read returns the amount that begins at word i, a range as one, or nothing. A
// pair of ends that a change joins ("rose from 10 to 15 per cent") is two amounts.
func (s *sentence) read(i int) []amount {
	a, ok := s.single(i)
	if !ok {
		return nil
	}
	sep, second := s.at(a.end), a.end+1
	joined := sep.Is("-", "–", "—") && s.at(a.end+1).Glued == sep.Glued
	if sep.Is("up") && s.at(second).Is("to") {
		second++
	}
	if a.open {
		second--
		sep = s.at(second - 1)
	}
	between := s.opens(i, "between")
	from := s.opens(i, "from")
	if s.opens(i, "by") && sep.Is("to") {
		return []amount{a} // "rose by 3 to 40"
	}
	if joined && s.at(second).Is("to") && s.at(second+1).Is("-", "–") {
		second += 2 // "36-to-40-percent"
	}
	if !joined && !sep.Is("to", "or") && second == a.end+1 && !(between && sep.Is("and")) {
		return []amount{a}
	}
	b, ok := s.single(second)
	if sep.Is("or") && (!ok || b.value >= 2*a.value && a.value >= 5 || a.unit != "" && b.unit != a.unit || a.value == 1) {
		return []amount{a} // "two or three wards", not "20 or 500"
	}
	if !ok || b.rule == ruleFraction || b.rule == ruleRatio || a.rule == ruleFraction || a.rule == ruleRatio {
		return []amount{a}
	}
	// "24 to 35 per cent", "33-35 billion": the first end takes what only the second says.
	if a.scale == 1 && b.scale > 1 && a.base <= b.base && (a.unit == "" || b.unit == "" || a.unit == b.unit) && !(a.formal && a.value >= 1000) {
		a.value, a.scale = a.value*b.scale, b.scale
	}
	if a.unit == "" && a.rule == ruleCount {
		a.unit, a.rule = b.unit, b.rule
	} else if b.unit == "" && a.rule == ruleMoney {
		b.unit, b.rule = a.unit, a.rule
	}
	if a.unit != b.unit {
		return []amount{a}
	}
	a.formal = a.formal || b.formal
	if from && s.changing(i) {
		return []amount{a, b}
	}
	if b.value <= a.value {
		return []amount{a}
	}
	a.isRange, a.high, a.end, a.letters, a.joined = true, b.value, b.end, a.letters && b.letters, b.joined
	return []amount{a}
}

// opens reports whether the word before i, bounds aside, is the one given.
func (s *sentence) opens(i int, w string) bool {
	for k := i - 1; k >= 0 && k >= i-3; k-- {
		if s.at(k).Is(w) {
			return true
		}
		if !adverbs[s.at(k).Lower] {
			return false
		}
	}
	return false
}

// changes are words that say that "from A to B" is a change and no range.
var changes = set(`rise rises rose risen rising raise raises raised raising fall falls fell fallen falling increase increases increased increasing decrease decreases decreased decreasing
	grow grows grew grown growing growth shrink shrinks shrank shrinking drop drops dropped dropping cut cuts cutting reduce reduces reduced reducing reduction decline declines declined declining
	up down jump jumps jumped jumping climb climbs climbed climbing slump slumps slumped slip slips slipped slide slides slid improve improves improved improving worsen worsened double doubled halve halved
	go goes went gone going move moves moved moving shift shifted change changes changed lower lowers lowered lowering soar soared soaring plunge plunged plunging expand expanded swell swelled widen widened narrow narrowed upgraded revised`)

// changing reports whether "from A to B" at word i is a change: "rose from …", not "fines from …".
func (s *sentence) changing(i int) bool {
	for k := i - 1; k >= 0 && k >= i-8; k-- {
		w := s.at(k)
		if w.Is("range", "ranges", "ranged", "ranging", "anywhere", "anything", "varies", "vary", "varied", "varying", "scale") {
			return false
		}
		if changes[w.Lower] {
			return true
		}
		if w.Kind == word.Mark && !w.Glued {
			return false
		}
	}
	return false
}

// single reads one number with its unit at word i.
func (s *sentence) single(i int) (amount, bool) {
	a := amount{first: i, scale: 1, rule: ruleCount}
	currency, n := s.currency(i)
	j := i + n
	sign := 1.0
	if s.at(j).Is("minus") && s.at(j+1).Is("-", "−") && s.at(j+2).Kind == word.Digits {
		j++ // "minus-5"
		sign = -1
	}
	if w := s.at(j); w.Is("minus") && s.at(j+1).Kind == word.Digits {
		a.formal = true
	}
	if w := s.at(j); w.Is("-", "−", "minus", "+") && s.at(j+1).Kind == word.Digits && (w.Is("minus") || s.at(j+1).Glued && (!w.Glued || n > 0 || s.at(j-1).Is("(", "minus"))) {
		j++
		if !w.Is("+") {
			sign = -1
		}
		if s.at(j).Kind == word.Mark {
			j++
		}
	}
	if s.covered(j) {
		return a, false
	}
	n = s.number(&a, j)
	if n == 0 {
		if currency == "" && sign > 0 {
			return s.wordy(i)
		}
		return a, false
	}
	if s.at(j-1).Is("-", "‑") && s.at(j-2).Is("sub") {
		a.bound = graph.BoundUnder
	}
	a.base *= sign
	j += n
	if s.covered(j - 1) {
		return a, false
	}
	j = s.magnitude(&a, j, currency != "")
	a.value = a.base * a.scale
	a.end = j
	if currency != "" {
		if s.at(i).Is("ps") && (!s.at(i+1).Glued || !a.formal) {
			return a, false // a console, no pounds
		}
		a.unit, a.rule, a.formal = currency, ruleMoney, true
		if s.at(j).Glued && s.at(j).Kind == word.Letters && a.scale == 1 {
			return a, false // "£5ers"
		}
		a.plus(s)
		return a, true
	}
	if !s.unit(&a) {
		return a, false
	}
	a.plus(s)
	return a, true
}

// plus reads the sign of "5+".
func (a *amount) plus(s *sentence) {
	if w := s.at(a.end); w.Is("+") && w.Glued && !s.at(a.end+1).Glued {
		a.bound = graph.BoundAtLeast
		a.end++
	}
}

// currency reads "£", "US$", "GBP" before a number.
func (s *sentence) currency(i int) (code string, n int) {
	w := s.at(i)
	if code, ok := currencySigns[w.Lower]; ok {
		next := s.at(i + 1)
		if of, ok := dollars[next.Lower]; ok && w.Is("$") && next.Upper && next.Glued && s.at(i+2).Kind == word.Digits {
			return of, 2 // "$A5"
		}
		if next.Is("=") {
			return code, 2
		}
		return code, 1
	}
	if code, ok := dollars[w.Lower]; ok && w.Upper && s.at(i+1).Is("$") {
		return code, 2
	}
	if w.Is("y") && w.Upper && s.at(i+1).Is("=") && s.at(i+2).Glued {
		return "JPY", 2 // as news agencies write it
	}
	if code := s.code(i); code != "" && s.at(i+1).Kind == word.Digits {
		return code, 1
	}
	return "", 0
}

// code returns the currency whose code is word i, with its capitals: "GBP", "RM".
func (s *sentence) code(i int) string {
	if w := s.at(i); w.Kind == word.Letters && w.Upper {
		return currencyCodes[s.text[w.Start:w.End]]
	}
	return ""
}

// vulgar are the fractions that are one character.
var vulgar = map[string]float64{"½": 1. / 2, "¼": 1. / 4, "¾": 3. / 4, "⅓": 1. / 3, "⅔": 2. / 3, "⅛": 1. / 8, "⅕": 1. / 5}

// number reads digits ("92,119", "1.3", ".001", "2½") or letters ("twenty
// thousand") and returns how many words they take.
func (s *sentence) number(a *amount, i int) int {
	w := s.at(i)
	switch {
	case w.Kind == word.Letters:
		value, n := word.Cardinal(s.w, i)
		if n == 0 {
			return 0
		}
		a.letters, a.base = true, value
		// "five thousand" is 5 × 1000, so that "four to five thousand" can be read.
		if f, ok := word.Scale(s.at(i + n - 1).Lower); ok && n > 1 {
			a.base, a.scale, a.formal = value/f, f, true
			if s.at(i).Is("a") {
				a.formal = false
			}
		}
		return n
	case w.Is(".") && s.at(i+1).Kind == word.Digits && s.at(i+1).Glued && !(w.Glued && s.at(i-1).Kind != word.Mark):
		v, err := strconv.ParseFloat("0."+s.at(i+1).Lower, 64)
		if err != nil {
			return 0
		}
		a.base, a.formal = v, true
		return 2
	case w.Kind != word.Digits || w.Len() > 15:
		return 0
	}
	if w.Glued {
		// Digits that touch what stands before them belong to it, but for marks
		// that open or join.
		if s.at(i-1).Is(".") && s.at(i-1).Glued && s.at(i-2).Kind == word.Digits {
			return 0 // inside "2.1.3"
		}
		if before := s.at(i - 1); before.Kind != word.Mark && (a.first == i || s.code(i-1) == "" && dollars[before.Lower] == "") || before.Is("_", "@", ":", "=", "*", "#", "/", "\\", "&", ".") && !s.inRange(i) || before.Is(",") && s.at(i-2).Kind == word.Digits {
			if !before.Is("=") {
				return 0
			}
		} else if before.Is("-", "–", "‑") && before.Glued && !s.inRange(i) && !s.at(i-2).Is("minus", "mid", "sub") {
			return 0 // "COVID-19"
		}
	}
	digits, n := w.Lower, 1
	for s.at(i+n).Kind == word.Digits && s.at(i+n).Len() == 3 && w.Len() <= 3 && len(digits) < 15 && s.narrow(i+n) {
		digits += s.at(i + n).Lower // "40 000" with a space that does not break
		n++
		a.formal = true
	}
	for s.at(i+n).Is(",") && s.at(i+n).Glued && s.at(i+n+1).Kind == word.Digits && s.at(i+n+1).Glued {
		if s.at(i+n+1).Len() != 3 || len(digits) > 15 || w.Len() > 3 {
			break
		}
		digits += s.at(i + n + 1).Lower
		n += 2
		a.formal = true
	}
	if s.at(i+n).Is(".") && s.at(i+n).Glued && s.at(i+n+1).Kind == word.Digits && s.at(i+n+1).Glued {
		digits += "." + s.at(i+n+1).Lower
		n += 2
		a.formal = true
		if s.at(i+n).Is(".") && s.at(i+n).Glued && s.at(i+n+1).Kind == word.Digits && s.at(i+n+1).Glued {
			return 0 // a version or an address: "1.2.3"
		}
	}
	v, err := strconv.ParseFloat(digits, 64)
	if err != nil || len(digits) > 1 && digits[0] == '0' && digits[1] != '.' {
		return 0 // "007", the start of a telephone number
	}
	a.base = v
	if below := s.at(i + n + 1); s.at(i+n).Is("/") && s.at(i+n).Glued && below.Kind == word.Digits && below.Glued && below.Len() < 3 && n == 1 && !s.at(i+n+2).Is("/") {
		if den, _ := strconv.ParseFloat(below.Lower, 64); v < den && den <= 16 && (s.at(i+n+2).Is("of") || measures[s.at(i+n+2).Lower] != "" || s.at(i+n+2).Is("pound")) && !s.at(i+n+2).Glued {
			a.base, a.formal = v/den, true // "1/2 pound"
			return n + 2
		}
	}
	if f, ok := vulgar[s.at(i+n).Lower]; ok && s.at(i+n).Glued {
		a.base += f
		a.formal = true
		n++
	}
	return n
}

// narrow reports whether a space that does not break the line, and nothing else,
// stands before word i.
func (s *sentence) narrow(i int) bool {
	switch s.text[s.at(i-1).End:s.at(i).Start] {
	case "\u00a0", "\u202f", "\u2009":
		return true
	}
	return false
}

// inRange reports whether the dash or stroke before word i follows a number.
func (s *sentence) inRange(i int) bool {
	before := s.at(i - 2)
	return before.Kind == word.Digits || before.Is("to") && before.Glued || before.Is("%", "m", "bn", "k", "£", "$", "€", "p") || currencySigns[before.Lower] != ""
}

// shortScales are the letters that stand for a magnitude. "m" is also metres, "k"
// and "b" mean it only where they touch the number.
var shortScales = map[string]float64{
	"k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "mm": 1e6, "b": 1e9, "bn": 1e9, "bln": 1e9, "tn": 1e12, "trn": 1e12, "mil": 1e6,
}

// magnitude reads "million", "bn", "m" at word j and returns the word after it.
func (s *sentence) magnitude(a *amount, j int, money bool) int {
	for range 2 { // "2 hundred thousand"
		w := s.at(j)
		if w.Is("-") && w.Glued && s.at(j+1).Glued && !a.letters {
			w = s.at(j + 1) // "5-million"
			if _, ok := word.Scale(w.Lower); ok {
				j++
			}
		}
		if f, ok := word.Scale(w.Lower); ok && w.Kind == word.Letters && !(a.letters && a.scale > 1) {
			a.scale *= f
			a.formal = true
			j++
			continue
		}
		f, ok := shortScales[w.Lower]
		switch {
		case !ok || w.Kind != word.Letters || a.scale > 1:
			return j
		case money && (w.Glued || w.Is("bn", "tn", "m") && !w.Upper) && !w.Is("mm", "mil") || money && w.Is("mm") && w.Upper:
		case w.Is("bn", "tn", "mn", "mln", "trn", "bln"):
		case w.Is("k") && w.Glued:
		case w.Is("b") && w.Upper && s.noun(j+1).counted:
		case w.Is("m") && w.Glued && !s.metres(j):
		default:
			return j
		}
		a.scale, a.formal = f, true
		return j + 1
	}
	return j
}

// metres reports whether the "m" at word j is a length: "72m long", "100m race".
func (s *sentence) metres(j int) bool {
	next := s.at(j + 1)
	return next.Is("long", "high", "wide", "tall", "deep", "above", "below", "away", "radius", "race", "sprint", "hurdles", "freestyle", "final", "x", "(", "²", "square", "wave", "tower", "mark", "dash", "swim", "run")
}

// unit reads what the number counts where the words are a unit of measurement. It
// returns false where they show that there is no amount at all.
func (s *sentence) unit(a *amount) bool {
	j := a.end
	w := s.at(j)
	hyphen := w.Is("-", "‑") && s.at(j+1).Glued && s.at(j+1).Kind == word.Letters
	if hyphen {
		j++
		w = s.at(j)
	}
	switch {
	case w.Is("%", "％", "percent", "pc", "pct"), w.Is("per") && s.at(j+1).Is("cent", "-") && (s.at(j+1).Is("cent") || s.at(j+2).Is("cent")):
		if w.Is("pc", "pct") && w.Upper {
			return false
		}
		j++
		if w.Is("per") {
			j++
			if s.at(j - 1).Is("-") {
				j++
			}
		}
		a.unit, a.rule, a.formal = "percent", rulePercent, true
		if s.at(j).Is("-") && s.at(j+1).Is("point", "points") {
			j++
		}
		if s.at(j).Is("point", "points") {
			a.unit = "percentage points"
			j++
		}
	case w.Is("percentage") && s.at(j+1).Is("point", "points"), w.Is("percentage") && s.at(j+1).Is("-") && s.at(j+2).Is("point", "points"):
		j += 2
		if s.at(j - 1).Is("-") {
			j++
		}
		a.unit, a.rule, a.formal = "percentage points", rulePercent, true
	case w.Is("pp", "ppt", "ppts") && w.Glued:
		j++
		a.unit, a.rule, a.formal = "percentage points", rulePercent, true
	case w.Is("basis") && s.at(j+1).Is("points", "point"):
		j += 2
		a.unit, a.rule, a.formal = "basis points", rulePercent, true
	case w.Is("in", "out") && !hyphen && s.ratio(a):
		return true
	case w.Is("p") && w.Glued && !w.Upper, w.Is("pence"):
		j++
		a.value /= 100
		a.unit, a.rule, a.formal = "GBP", ruleMoney, true
	case w.Is("cent", "cents", "¢"):
		j++
		a.unit, a.rule, a.formal = "cents", ruleMoney, true
	case currencySigns[w.Lower] != "" && (w.Glued || s.at(j+1).Kind != word.Digits):
		a.unit, a.rule, a.formal = currencySigns[w.Lower], ruleMoney, true
		j++
	case s.code(j) != "" && w.Len() > 2:
		a.unit, a.rule, a.formal = s.code(j), ruleMoney, true
		j++
	case s.namedCurrency(a, j) > 0 && !(w.Is("pound", "pounds") && s.at(j+1).Is("of") && a.value < 1000 && a.scale == 1):
		j += s.namedCurrency(a, j)
		if hyphen && a.value < 10 && !a.formal {
			return false
		}
		a.rule, a.formal = ruleMoney, true
	case w.Is("times", "fold") || w.Is("x") && w.Glued:
		next := s.at(j + 1)
		if w.Is("times") && !hyphen && !next.Is("as", "more", "the", "what", "less", "that", "their", "its", "worse") && !(strings.HasSuffix(next.Lower, "er") && !conjunctions[next.Lower] && !prepositions[next.Lower]) || w.Is("x") && next.Glued && next.Kind != word.Mark {
			return w.Is("times") && a.value >= 3 // how often is counted like anything else
		}
		j++
		a.unit, a.rule, a.formal = "times", ruleTimes, true
	case a.letters && denominators[w.Lower] > 0 && !s.ofTime(j):
		den := denominators[w.Lower]
		if a.base >= den || !hyphen && !s.at(j+1).Is("of", "the", "-") && !strings.HasSuffix(w.Lower, "s") {
			return false
		}
		j++
		a.value, a.unit, a.rule, a.formal = 100*a.base/den, "percent", ruleFraction, true
	case durations[w.Lower]:
		if w.Is("second") && !hyphen && !(a.formal && !a.letters) {
			return false // "two second homes", but "a 4.3 second lap"
		}
		j++
		a.unit, a.rule = wholeUnit(w.Lower), ruleDuration
	case s.measure(a, j) > 0:
		j += s.measure(a, j)
		a.rule, a.formal = ruleMeasure, true
	case w.Glued && !hyphen && (w.Kind == word.Letters || w.Kind == word.Mixed):
		return false // "16th", "5G", "1AA"
	case hyphen && w.Is("to"):
		return true // "36-to-40-percent"
	case hyphen:
		if a.value < 2 || w.Upper || closed(w.Lower) || noMember[w.Lower] {
			return false
		}
		j++
		a.unit, a.joined = w.Lower, true // "20-bed", "12-point"
	case w.Is("-") && w.Glued && (s.at(j+1).Is(",") || !s.at(j+1).Glued && s.at(j+1).Is("and", "or", "to")):
		j++
		a.open = true // "four- and six-cylinder"
	default:
		return true
	}
	a.end = j
	return true
}

// noMember are words after a hyphen that count nothing: "two-way", "one-off".
var noMember = set("way ways time times timer off something odd plus ish d thousand hundred million billion trillion style based like old fer")

// shortTimes are abbreviated and irregular units of time.
var shortTimes = map[string]string{"hr": "hours", "hrs": "hours", "min": "minutes", "mins": "minutes", "sec": "seconds", "secs": "seconds", "yr": "years", "yrs": "years", "century": "centuries", "centuries": "centuries"}

// wholeUnit gives a unit of time in the plural, in full.
func wholeUnit(w string) string {
	if full, ok := shortTimes[w]; ok {
		return full
	}
	return strings.TrimSuffix(w, "s") + "s"
}

// namedCurrency reads "pounds", "US dollars" at word j.
func (s *sentence) namedCurrency(a *amount, j int) int {
	w := s.at(j)
	if code, ok := currencyNames[w.Lower]; ok && !w.Is("won", "rand", "sterling") {
		a.unit = code
		return 1
	}
	next := s.at(j + 1)
	if code, ok := dollarsOf[w.Lower]; ok && next.Is("dollars", "dollar") {
		a.unit = code
		return 2
	}
	if code, ok := crownsOf[w.Lower]; ok && next.Is("crowns", "krone", "kroner", "krona", "kronor", "koruna") {
		a.unit = code
		return 2
	}
	if code, ok := currencyNames[next.Lower]; ok && w.Upper && (strings.HasSuffix(w.Lower, "ese") || strings.HasSuffix(w.Lower, "ish") || strings.HasSuffix(w.Lower, "an") || strings.HasSuffix(w.Lower, "i")) {
		a.unit = code // "Chinese yuan"
		return 2
	}
	return 0
}

// dollarsOf are the words before "dollars".
var dollarsOf = map[string]string{"us": "USD", "american": "USD", "australian": "AUD", "canadian": "CAD", "singapore": "SGD", "zealand": "NZD", "taiwan": "TWD"}

// crownsOf are the words before "crowns" and what other tongues call them.
var crownsOf = map[string]string{"danish": "DKK", "swedish": "SEK", "norwegian": "NOK", "icelandic": "ISK", "czech": "CZK"}

// measure reads a unit of measurement at word j and returns how many words it takes.
func (s *sentence) measure(a *amount, j int) int {
	w := s.at(j)
	if w.Is("pound", "pounds") && s.at(j+1).Is("of") {
		a.unit = "pounds"
		return 1
	}
	if w.Is("square", "sq", "cubic") {
		m, ok := measures[s.at(j+1).Lower]
		if s.at(j + 1).Is("m") {
			m, ok = "metres", true
		}
		if ok {
			a.unit = map[string]string{"square": "square ", "sq": "square ", "cubic": "cubic "}[w.Lower] + m
			return 2
		}
	}
	switch {
	case w.Is("°"):
		a.unit = "degrees"
		if s.at(j+1).Is("c", "f") {
			a.unit += scaleOf[s.at(j+1).Lower]
			return 2
		}
		return 1
	case w.Is("″") && w.Glued:
		a.unit = "inches"
		return 1
	case w.Is("m") && s.matches(j, []string{"m", ".", "p", ".", "h"}):
		a.unit = "mph"
		if s.at(j + 5).Is(".") {
			return 6
		}
		return 5
	case w.Kind == word.Mixed && squared[w.Lower] != "":
		a.unit = squared[w.Lower]
		return 1
	}
	key := w.Lower
	m, ok := measures[key]
	if w.Is("m") && w.Glued && a.scale == 1 {
		m, ok = "metres", true
	}
	if w.Is("c", "f") && w.Upper && !w.Glued && !s.at(j+1).Upper && !a.letters {
		a.unit = m // "12 C"
		return 1
	}
	if !ok || onlyGlued[key] && !w.Glued || s.at(j+1).Glued && s.at(j+1).Kind == word.Digits {
		return 0
	}
	a.unit = m
	n := 1
	switch next := s.at(j + 1); {
	case next.Is("celsius", "fahrenheit", "centigrade", "c", "f") && m == "degrees":
		a.unit += scaleOf[next.Lower]
		n++
	case next.Is("/") && next.Glued && s.at(j+2).Is("h", "hr", "hour", "s", "sec") && speeds[m] != "":
		a.unit = m + " per " + speeds[m]
		if s.at(j+2).Is("s", "sec") {
			a.unit = m + " per second"
		}
		n += 2
	case next.Is("²", "³") && next.Glued:
		a.unit = map[string]string{"²": "square ", "³": "cubic "}[next.Lower] + m
		n++
	case next.Is("-", "‑") && next.Glued && s.at(j+2).Is("ft", "feet", "foot") && w.Is("lb", "pound"):
		a.unit = "lb-ft"
		n += 2
	case w.Is("metric") && next.Is("tons", "tonnes", "ton", "tonne"):
		a.unit = "tonnes"
		n++
	}
	return n
}

// speeds are lengths that are measured by the hour where a stroke and no word stands.
var speeds = map[string]string{"kilometres": "hour", "miles": "hour", "metres": "hour"}

// scaleOf are the scales of degrees.
var scaleOf = map[string]string{"c": " Celsius", "celsius": " Celsius", "centigrade": " Celsius", "f": " Fahrenheit", "fahrenheit": " Fahrenheit"}

// squared are units of area and volume written with a digit.
var squared = map[string]string{"m2": "square metres", "km2": "square kilometres", "cm2": "square centimetres", "ft2": "square feet", "m3": "cubic metres", "cm3": "cubic centimetres", "km3": "cubic kilometres"}

// denominators are the words that name the parts of a fraction.
var denominators = map[string]float64{
	"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "sevenths": 7,
	"eighth": 8, "eighths": 8, "ninth": 9, "ninths": 9, "tenth": 10, "tenths": 10, "hundredth": 100, "hundredths": 100,
}

// ofTime reports whether a length of time follows the fraction: "three
// quarters of an hour", "a quarter century".
func (s *sentence) ofTime(j int) bool {
	for k := j + 1; k <= j+3; k++ {
		w := s.at(k)
		if durations[w.Lower] || w.Is("century", "o'clock", "past", "final", "finals") {
			return true
		}
		if !w.Is("of", "a", "an", "the", "-", "to") {
			return false
		}
	}
	return false
}

// ratio reads "one in seven", "9 out of 10", "three in every hundred".
func (s *sentence) ratio(a *amount) bool {
	j := a.end
	if s.at(j).Is("out") {
		if !s.at(j + 1).Is("of") {
			return false
		}
		j++
	}
	j++
	if s.at(j).Is("every", "the") {
		if s.at(j).Is("the") {
			return false
		}
		j++
	}
	if s.covered(j) || currencySigns[s.at(j).Lower] != "" {
		return false
	}
	b := amount{scale: 1}
	n := s.number(&b, j)
	if n == 0 {
		return false
	}
	end := s.magnitude(&b, j+n, false)
	whole := b.base * b.scale
	next := s.at(end)
	if whole <= a.value || whole < 2 || next.Is("%", "per") || durations[next.Lower] || next.Glued && next.Kind == word.Letters {
		return false
	}
	a.end, a.value, a.unit, a.rule, a.formal = end, 100*a.value/whole, "percent", ruleRatio, true
	return true
}

// wordy reads the amounts that begin with no number: "half of", "a quarter of",
// "twice as", "threefold", "half a million".
func (s *sentence) wordy(i int) (amount, bool) {
	a := amount{first: i, scale: 1, letters: true, formal: true, unit: "percent", rule: ruleFraction}
	w, next := s.at(i), s.at(i+1)
	article := w.Is("a", "an", "one")
	if f, ok := vulgar[w.Lower]; ok && next.Is("of") {
		a.value, a.end = 100*f, i+1
		return a, true
	}
	if factor, ok := multiplying[w.Lower]; ok && !next.Is("down", "up", "over", "as", "-") {
		a.value, a.unit, a.rule, a.end = factor, "times", ruleTimes, i+1
		return a, true
	}
	if power, k := s.vague(i); power > 0 {
		a.value, a.high, a.isRange, a.unit, a.rule, a.end = power, 10*power, true, "", ruleCount, k
		if code := currencyNames[s.at(k+1).Lower]; code != "" && s.at(k).Is("of") {
			a.unit, a.rule, a.end = code, ruleMoney, k+2
		}
		return a, a.unit != "" || s.noun(k).counted
	}
	switch {
	case w.Is("half"), article && denominators[next.Lower] > 0:
		j := i + 1
		den := 2.0
		if article {
			den = denominators[next.Lower]
			j++
		}
		if s.at(j-1).Is("half", "quarter") { // "half a million", "a quarter of a million"
			k := j
			if s.at(k).Is("of") {
				k++
			}
			if !s.at(k).Is("a") {
				k = j - 1 // "half million"
			}
			if f, ok := word.Scale(s.at(k + 1).Lower); ok && f >= 1000 {
				a.value, a.unit, a.rule, a.end = f/den, "", ruleCount, k+2
				return a, s.unit(&a)
			}
		}
		if s.ofTime(j-1) || s.at(j).Is("-") && s.at(j).Glued {
			return a, false
		}
		if !s.partitive(i, j, article) {
			return a, false
		}
		a.value, a.end = 100/den, j
		return a, true
	case w.Is("twice", "double", "triple", "treble", "quadruple"):
		j := i + 1
		if w.Is("twice") && !s.at(j).Is("as", "the", "what", "their", "its", "that", "our") || !w.Is("twice") && !s.at(j).Is("the", "what", "that", "its", "their", "our") || s.at(i-1).Is("to", "will", "would", "could", "should", "and") && !w.Is("twice") {
			return a, false
		}
		a.value = map[string]float64{"twice": 2, "double": 2, "triple": 3, "treble": 3, "quadruple": 4}[w.Lower]
		a.unit, a.rule, a.end = "times", ruleTimes, j
		return a, true
	case strings.HasSuffix(w.Lower, "fold") && w.Kind == word.Letters:
		words := word.Split(w.Lower, graph.Span{End: len(w.Lower) - len("fold")})
		v, n := word.Cardinal(words, 0)
		if n == 0 || n != len(words) {
			return a, false
		}
		a.value, a.unit, a.rule, a.end = v, "times", ruleTimes, i+1
		return a, true
	}
	return a, false
}

// multiplying are verbs that say by how much what they are said of changes.
var multiplying = map[string]float64{
	"doubled": 2, "doubling": 2, "tripled": 3, "tripling": 3, "trebled": 3, "trebling": 3, "quadrupled": 4, "quadrupling": 4, "quintupled": 5, "halved": 0.5, "halving": 0.5,
}

// powers are the words of a vague number.
var powers = map[string]float64{"tens": 10, "hundreds": 100, "thousands": 1e3, "millions": 1e6, "billions": 1e9, "trillions": 1e12}

// vague reads "millions of", "tens of thousands of", "hundreds of thousands of": from that
// power of ten to the next. It returns the word after the number, an "of".
func (s *sentence) vague(i int) (power float64, end int) {
	power, end = powers[s.at(i).Lower], i+1
	if factor := powers[s.at(end+1).Lower]; power > 0 && factor > power && s.at(end).Is("of") {
		power, end = power*factor, end+2
	}
	if !s.at(end).Is("of") || power == 10 {
		return 0, 0
	}
	return power, end
}

// partitive reports whether the fraction at words [i, j) is a share of something:
// "a quarter of users", "half the staff", "by a third", "more than half". An
// ordinal is not ("a third attempt").
func (s *sentence) partitive(i, j int, article bool) bool {
	next := s.at(j)
	if next.Is("of") {
		return !s.at(j+1).Is("it", "that", "this", "what", "which", "all") || s.bounded(i)
	}
	if !article && next.Is("the", "its", "their", "all", "our", "these", "those") {
		return !next.Is("the") || !s.at(j+1).Is("time", "battle", "fun", "story", "problem", "night", "day")
	}
	if next.Kind == word.Letters && !prepositions[next.Lower] && !conjunctions[next.Lower] && !auxiliaries[next.Lower] && !pronouns[next.Lower] && next.Lower != "said" {
		return false
	}
	if s.at(i - 1).Is("by") {
		return true
	}
	return s.bounded(i)
}

// bounded reports whether a bound stands before word i.
func (s *sentence) bounded(i int) bool {
	_, b := s.boundBefore(i)
	return b != graph.BoundExact
}
