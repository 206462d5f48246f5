package extract

import "whence/graph"

// hedgeWords weaken a statement: modal verbs, adverbs of doubt, and bounds. The list follows
// Hyland (Hedging in Scientific Research Articles, 1998), appendix, without verbs of reporting.
var hedgeWords = set(`may might could can would should perhaps possibly probably likely unlikely apparently reportedly allegedly seemingly potentially presumably supposedly arguably about around approximately roughly nearly almost some estimated alleged expected suggests suggest seem seems appear appears if up`)

// weakHedges are hedges only with a figure or another word beside them.
var weakHedges = set(`about around some up can would should if likely expected`)

// hedges returns the words of a content that hedge it, in order.
func hedges(text string, content []graph.Span) []graph.Span {
	var out []graph.Span
	for _, c := range content {
		words := tokenize(text, c, nil)
		for i, t := range words {
			if !t.word || !hedgeWords[t.lower] {
				continue
			}
			next := token{}
			if i+1 < len(words) {
				next = words[i+1]
			}
			s := t.span
			if weakHedges[t.lower] {
				switch {
				case t.lower == "up" && next.lower == "to":
					s.End = next.span.End
				case t.lower == "likely" && next.lower == "to", t.lower == "expected" && next.lower == "to":
				case (t.lower == "about" || t.lower == "around" || t.lower == "some") && (isNumber(next.lower) || next.lower == "£" || next.lower == "$" || next.lower == "half" || next.lower == "a"):
				default:
					continue
				}
			}
			if t.lower == "may" && t.cap && i > 0 {
				continue // the month
			}
			out = append(out, s)
		}
	}
	return out
}
