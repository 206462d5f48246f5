package figure

import (
	"whence/graph"
	"whence/loader/extract/date/word"
)

// A hit is an amount with its bound, before it is judged.
type hit struct {
	amount
	start int // of the figure's words, bound included
	stop  int // of the figure's words
	bound graph.Bound
}

// numbered returns the word after the last number that is part of the name of what is counted
// at word j, 0 if there is none: "two new 737 Max jets".
func (s *sentence) numbered(j int) int {
	np := s.noun(j)
	for k := np.end - 1; k > np.first; k-- {
		if s.at(k).Kind == word.Digits {
			return k + 1
		}
	}
	return 0
}

// begins reports whether a figure can begin at word i, bounds aside.
func (s *sentence) begins(i int) bool {
	w := s.w[i]
	switch w.Kind {
	case word.Digits:
		return true
	case word.Letters:
		return starts[w.Lower] || w.Is("a", "an", "minus") || s.code(i) != "" || dollars[w.Lower] != "" && s.at(i+1).Is("$")
	case word.Mark:
		return currencySigns[w.Lower] != "" || vulgar[w.Lower] > 0 || w.Is("-", "−", "+", ".") && s.at(i+1).Glued && s.at(i+1).Kind == word.Digits
	}
	return false
}

// unitBefore gives a bare number the unit of the figure before it that it is set
// beside: "up from 63", "compared with an average of 20 a week".
func (s *sentence) unitBefore(f *Figure, h hit, out []Figure) {
	n := len(out) - 1
	for n >= 0 && (out[n].Rule == ruleDuration || out[n].Rule == ruleAge || s.at(s.indexOf(out[n].Figure.Start)-1).Is("(") && !s.inBrackets(h.start)) {
		n-- // "£3 ($4)"
	}
	if n < 0 || out[n].Unit == "percent" || out[n].Unit == "times" {
		return
	}
	k := h.start - 1
	for s.at(k).Is("an", "a", "average", "of", "the", "total", "just", "only", "as", "around", "about", "figure", "another") && k > h.start-6 {
		k--
	}
	if out[n].Rule == ruleMoney && h.formal && plainAux[s.at(k).Lower] || s.at(k).Is("from", "than", "to", "and", "or", "versus", "against", "by", "while", "but") || s.at(k).Is("out") && s.at(k+1).Is("of") || s.at(k).Is("with") && s.at(k-1).Is("compared") {
		f.Unit, f.Population = out[n].Unit, out[n].Population
	}
}

// named makes a noun phrase what a bare number counts.
func (s *sentence) named(f *Figure, np nounPhrase) {
	f.Unit = s.words(np.first, np.end)
	if personal[s.at(np.end-1).Lower] {
		f.Unit, f.Population = "people", f.Unit
	}
}

// changed returns what it is that a bare number at word i says the new or old number of:
// "claims had risen from 3 million", "cut the number of sheds to 40".
func (s *sentence) changed(i int) nounPhrase {
	if !s.at(i-1).Is("from", "to", "by") || !s.changing(i) {
		return nounPhrase{}
	}
	k := i - 1
	for k > 0 && k > i-14 {
		w := s.at(k)
		number := w.Kind == word.Digits || w.Is(".", ",") && w.Glued && s.at(k+1).Glued
		_, scale := word.Scale(w.Lower)
		if !number && !scale && !changes[w.Lower] && !auxiliaries[w.Lower] && !adverbs[w.Lower] && !w.Is("from", "to", "by") {
			break
		}
		k--
	}
	end := k + 1
	if !word.Plural(s.at(k).Lower) || closed(s.at(k).Lower) {
		return nounPhrase{}
	}
	for k > 0 && k > end-5 && s.at(k-1).Kind == word.Letters && !closed(s.at(k-1).Lower) && !pasts[s.at(k-1).Lower] && !past(s.at(k-1).Lower) {
		k--
	}
	return nounPhrase{first: k, end: end, counted: true}
}

// merge makes one figure of two forms of it: "more than half (59%)". The form in
// brackets is the exact one.
func (s *sentence) merge(hits []hit) []hit {
	out := hits[:0]
	for _, h := range hits {
		if n := len(out); n > 0 && h.unit == "percent" && out[n-1].unit == "percent" && h.start == out[n-1].stop+1 && s.at(h.start-1).Is("(") && s.at(h.stop).Is(")") && out[n-1].rule != rulePercent {
			p := &out[n-1]
			p.value, p.high, p.isRange, p.bound = h.value, h.high, h.isRange, h.bound
			p.rule, p.formal = h.rule, true
			p.end, p.stop = h.stop+1, h.stop+1
			continue
		}
		out = append(out, h)
	}
	return out
}
