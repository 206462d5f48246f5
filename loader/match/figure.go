package match

import (
	"slices"
	"strconv"
	"strings"

	"whence/graph"
)

// A figure is a number in a claim.
type figure struct {
	class string // "year", "percent", "money" or "count"
	value float64
}

// distinctive reports whether two writers hardly have the figure by chance: at
// least three digits that are not noughts at the end.
func (f figure) distinctive() bool {
	if f.class == "year" {
		return false
	}
	digits := strings.TrimRight(strings.ReplaceAll(strconv.FormatFloat(f.value, 'f', -1, 64), ".", ""), "0")
	return len(strings.TrimLeft(digits, "0")) >= 3
}

func (f figure) String() string {
	s := strconv.FormatFloat(f.value, 'f', -1, 64)
	switch f.class {
	case "percent":
		return s + "%"
	case "money":
		return "money " + s
	}
	return s
}

var multiples = map[string]float64{
	"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12,
}

// figuresIn reads the numbers that are written in digits. Number words are left
// to the statistics of the reading.
func figuresIn(text string) []figure {
	var out []figure
	for i := 0; i < len(text); {
		if !isDigit(text[i]) || i > 0 && (isLetter(text[i-1]) || text[i-1] == '.' && i > 1 && isDigit(text[i-2])) {
			i++
			continue
		}
		start := i
		for i < len(text) && (isDigit(text[i]) || (text[i] == ',' || text[i] == '.') && i+1 < len(text) && isDigit(text[i+1])) {
			i++
		}
		digits := text[start:i]
		value, err := strconv.ParseFloat(strings.ReplaceAll(digits, ",", ""), 64)
		if err != nil {
			continue
		}
		before := strings.TrimRight(text[max(0, start-4):start], " ")
		money := strings.HasSuffix(before, "£") || strings.HasSuffix(before, "$") || strings.HasSuffix(before, "€")
		rest := text[i:min(len(text), i+16)]
		word := strings.ToLower(leadingLetters(strings.TrimLeft(rest, " -\u00a0")))
		f := figure{"count", value}
		switch {
		case strings.HasPrefix(rest, "%"), word == "percent", word == "per" && strings.Contains(rest, "cent"):
			f.class = "percent"
		case multiples[word] > 0:
			f.value *= multiples[word]
		case len(digits) == 4 && digits[0] <= '2' && digits[0] >= '1' && value >= 1500 && value < 2100 && !money:
			f.class = "year"
		case isDatePart(text, start, i, word):
			continue
		}
		if money && f.class == "count" {
			f.class = "money"
		}
		out = append(out, f)
	}
	return out
}

// months begin the names of months, as they follow or precede a day.
var months = set("jan feb mar apr may jun jul aug sep oct nov dec")

// isDatePart reports whether the digits text[start:end], which word follows, are
// part of a date, and so no figure: "16 October", "October 16", "16/10/2024",
// the "17" of "2016/17", "16th".
func isDatePart(text string, start, end int, word string) bool {
	switch {
	case word == "st" || word == "nd" || word == "rd" || word == "th":
		return true
	case start > 1 && strings.IndexByte("/-", text[start-1]) >= 0 && isDigit(text[start-2]):
		return true
	case end+1 < len(text) && strings.IndexByte("/-", text[end]) >= 0 && isDigit(text[end+1]) && end-start <= 2:
		return true
	case end-start > 2:
		return false
	}
	fields := strings.Fields(strings.ToLower(text[max(0, start-12):start]))
	return len(word) >= 3 && months[word[:3]] && isMonth(word) ||
		len(fields) > 0 && len(fields[len(fields)-1]) >= 3 && months[fields[len(fields)-1][:3]] && isMonth(fields[len(fields)-1])
}

// isMonth reports whether a lower-case word that begins as a month is one, in full or cut to three or four letters.
func isMonth(word string) bool {
	for _, m := range strings.Fields("january february march april may june july august september october november december") {
		if word == m || len(word) <= 4 && strings.HasPrefix(m, word) {
			return true
		}
	}
	return false
}

// figuresOf returns the figures of a claim: those the reading found in it, and the digits of its words.
func figuresOf(words string, stats []*graph.Statistic) []figure {
	out := figuresIn(words)
	for _, s := range stats {
		for _, v := range []*float64{s.Value, s.Min, s.Max} {
			if v == nil {
				continue
			}
			class := "count"
			switch {
			case s.Unit == "percent":
				class = "percent"
			case len(s.Unit) == 3 && s.Unit == strings.ToUpper(s.Unit):
				class = "money"
			}
			out = append(out, figure{class, *v})
		}
	}
	slices.SortFunc(out, func(a, b figure) int {
		if c := strings.Compare(a.class, b.class); c != 0 {
			return c
		}
		switch {
		case a.value < b.value:
			return -1
		case a.value > b.value:
			return 1
		}
		return 0
	})
	return slices.Compact(out)
}

// shared returns the figures that both have.
func shared(a, b []figure) []figure {
	var out []figure
	for _, f := range a {
		if slices.Contains(b, f) {
			out = append(out, f)
		}
	}
	return out
}

// clash returns two figures of a class of which both have some and none in
// common: the claims cannot be the same.
func clash(a, b []figure) (x, y figure, ok bool) {
	for _, class := range []string{"count", "money", "percent", "year"} {
		in := func(fs []figure) (out []figure) {
			for _, f := range fs {
				if f.class == class {
					out = append(out, f)
				}
			}
			return out
		}
		ca, cb := in(a), in(b)
		if len(ca) > 0 && len(cb) > 0 && len(shared(ca, cb)) == 0 {
			return ca[0], cb[0], true
		}
	}
	return figure{}, figure{}, false
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

func isLetter(b byte) bool { return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' }

func leadingLetters(s string) string {
	i := 0
	for i < len(s) && isLetter(s[i]) {
		i++
	}
	return s[:i]
}
