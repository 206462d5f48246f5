package figure

import (
	"strconv"

	"whence/loader/extract/date/word"
)

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
