package extract

import (
	"sort"
	"strings"

	"whence/graph"
	"whence/loader/extract/date"
	"whence/loader/extract/figure"
	"whence/loader/extract/name"
)

// voice adds the document's own check-worthy sentences.
func (x *extraction) voice() {
	covered, reports := buckets[graph.Span]{}, buckets[graph.Span]{} // reported words; these with their source and cue
	for _, a := range x.found {
		for _, c := range a.content {
			covered.add(c, c)
			reports.add(c, c)
		}
		reports.add(a.source, a.source)
		reports.add(a.cue, a.cue)
	}
	for _, p := range x.layout.Paragraphs {
		t := x.layout.Segments[p.Segment].Type
		if p.Heading || !x.extracted(p.Segment) || t == graph.SegmentTitle || t == graph.SegmentBlockquote {
			continue
		}
		for _, s := range p.Sentences {
			own := s.Len()
			for _, m := range webAddress.FindAllStringIndex(s.Of(x.text), -1) {
				own -= m[1] - m[0]
			}
			if coveredBy(s, reports.near(s))*2 > own {
				continue
			}
			var figs []figure.Figure
			for i := sort.Search(len(x.figs), func(i int) bool { return x.figs[i].Figure.Figure.Start >= s.Start }); i < len(x.figs) && x.figs[i].Figure.Figure.Start < s.End; i++ {
				if f := x.figs[i]; s.Contains(f.Figure.Figure) && !insideAny(f.Figure.Figure, covered.near(f.Figure.Figure)) {
					figs = append(figs, f.Figure)
				}
			}
			var names []name.Name
			for i := sort.Search(len(x.names), func(i int) bool { return x.names[i].Span.Start >= s.Start }); i < len(x.names) && x.names[i].Span.Start < s.End; i++ {
				names = append(names, x.names[i])
			}
			dated := false
			for _, e := range date.Find(x.text, s, "") {
				dated = dated || e.Interval != "" && !e.Relative
			}
			if w, ok := checkWorthy(x.text, s, figs, names, dated); ok {
				x.found = append(x.found, attribution{content: []graph.Span{s}, mode: graph.ModeVoice, segment: p.Segment, unit: s, rule: w.rule, confidence: w.score})
			}
		}
	}
}

// Words by which a sentence shows that it judges, wishes or doubts rather than reports.
var (
	opinionWords = set(`should ought must absurd disgusting disgrace disgraceful ridiculous outrageous shameful appalling awful terrible brilliant insane insulting pathetic nonsense rubbish hypocrisy joke evil stupid idiot idiotic unacceptable wrong worrying troubling deplorable despicable draconian orwellian sadly unfortunately hopefully clearly surely obviously perhaps maybe personally frankly honestly disappointed insist demand urge hope wish believe think feel suspect argue wonder doubt imagine suppose need needs essential crucial crucially vital preferably ideally better worse best worst ultimately undoubtedly arguably`)
	firstPerson  = set(`i me my mine i'm i've i'd i'll`)
	doings       = set(`announced launched published introduced created set up cut closed opened signed passed approved awarded fined banned appointed elected killed died arrested charged convicted sentenced found built bought sold agreed spent raised paid received reached rose fell increased decreased doubled halved grew shrank employs employed provides provided runs ran operates operated serves served funds funded covers covered introduced replaced began started ended hired hires hire recruited lost won voted merged scrapped abolished extended expanded`)
)

// A worth is how much a sentence of the document's own deserves to be checked.
type worth struct {
	score graph.Confidence
	rule  string
}

// checkWorthy scores a sentence that nobody is credited with. It is worth checking
// when it states what can be looked up: a figure, a dated or named event. Opinion, rhetoric,
// questions, commands and what the writer lived through alone are not.
// The signs are those of ClaimBuster (Hassan et al., KDD 2017): figures, past and
// perfect verbs, and named bodies, against sentiment and first person.
func checkWorthy(text string, s graph.Span, figures []figure.Figure, names []name.Name, dated bool) (worth, bool) {
	words := tokenize(text, s, nil)
	n, verb, opinion, own, doing := 0, false, 0, 0, false
	for i, t := range words {
		if !t.word {
			continue
		}
		n++
		w := t.lower
		verb = verb || finiteVerb(w)
		if opinionWords[w] && !(w == "needs" && i > 0 && words[i-1].lower == "special") {
			opinion++
		}
		if firstPerson[w] {
			own++
		}
		doing = doing || doings[w] || w == "to" && i > 0 && beForms[words[i-1].lower]
	}
	body := strings.TrimSpace(s.Of(text))
	if n < 5 || !verb || strings.HasSuffix(strings.TrimRight(body, "”\"’) "), "?") || strings.HasSuffix(body, "!") || strings.HasSuffix(body, ":") {
		return worth{}, false
	}
	first := words[0].lower
	if first == "if" || first == "let" || first == "please" || first == "imagine" || own >= 2 {
		return worth{}, false
	}
	agents := 0
	for _, nm := range names {
		if nm.Type != "" && nm.Type != graph.Place && !nm.Nominal {
			agents++
		}
	}
	score := graph.Confidence(0)
	rule := ""
	switch {
	case len(figures) > 0:
		score, rule = 750, "V1"
	case dated && agents > 0:
		score, rule = 600, "V2"
	case agents > 0 && doing:
		score, rule = 500, "V3"
	case strings.Contains(body, "no plans to ") || strings.Contains(body, "no plan to "):
		score, rule = 600, "V4"
	default:
		return worth{}, false
	}
	score -= graph.Confidence(150*opinion + 200*own)
	if score < 400 {
		return worth{}, false
	}
	return worth{score, rule}, true
}
