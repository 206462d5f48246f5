package evaluate

import "slices"

// Score compares predictions, by the id of their document, with what is marked by hand. Documents without
// predictions count as found empty; predictions for other documents are passed over. The same input
// gives the same result, whatever the order of the predictions' documents.
func Score(gold []Gold, pred map[string][]Attribution, o Options) Result {
	s := scorer{options: o, result: Result{
		Documents: len(gold), RecallByType: map[string]TypeRecall{}, ByType: map[string]*TypeScore{}, ByRule: map[string]*RuleScore{},
	}}
	for _, g := range gold {
		found, ok := pred[g.ID]
		if !ok {
			s.result.Missing++
		}
		s.document(g, found)
	}
	return s.finish()
}

// A scorer adds up the counts of documents.
type scorer struct {
	options Options
	result  Result

	pairs, sameSource int
	cuePairs, sameCue int // pairs whose cue is marked
}

func (s *scorer) document(g Gold, predictions []Attribution) {
	p := newPage(g.Text)
	gold := make([]marked, len(g.Attributions))
	for i := range g.Attributions {
		a := &g.Attributions[i]
		gold[i] = marked{Attribution: a, index: i, words: p.wordsIn(a.Content), optional: a.Optional || s.options.Speech && !p.isSpeech(a.Type, a.Cue)}
	}
	ignored := p.wordsIn(g.Ignore)
	predicted := p.predicted(predictions, ignored, marksInner(g.Attributions))
	p.pairUp(gold, predicted, s.options.Silver)
	for j := range predicted {
		predicted[j].counts = p.counts(&predicted[j], s.options.Speech)
	}

	s.tokens(p, gold, predicted, ignored)
	s.cues(gold, predicted)
	for i := range gold {
		if m := &gold[i]; !m.optional {
			s.add(p, g.ID, m, m.pair)
		}
	}
	for j := range predicted {
		if f := &predicted[j]; f.counts && f.pair == nil {
			s.add(p, g.ID, nil, f)
		}
	}
}

// counts reports whether a prediction counts, for or against.
func (p *page) counts(f *found, speech bool) bool {
	if f.pair != nil {
		return !f.pair.optional
	}
	return !speech || len(f.Cue) == 0 || p.isSpeech(f.typ, f.Cue)
}

// marksInner reports whether attributions within others were marked too: then some are optional.
func marksInner(gold []Attribution) bool {
	for _, a := range gold {
		if a.Optional {
			return true
		}
	}
	return false
}

// predicted returns the predictions that are about what was marked.
func (p *page) predicted(as []Attribution, ignored []int, inner bool) []found {
	var out []found
	for i := range as {
		a := &as[i]
		if a.Type == voice || a.Within != nil && !inner {
			continue
		}
		f := found{Attribution: a, index: i, words: p.wordsIn(a.Content), typ: a.Type}
		if f.typ != direct && f.typ != indirect && f.typ != mixed {
			f.typ = p.typeOf(a.Content)
		}
		if len(f.words) > 0 && 2*shared(f.words, ignored) <= len(f.words) {
			out = append(out, f)
		}
	}
	return out
}

// add counts a case: a required attribution and a prediction that counts, joined or alone.
func (s *scorer) add(p *page, document string, g *marked, f *found) {
	c := Case{Document: document, Verdict: Missed}
	if g != nil {
		s.marked(g)
		c.Gold = p.excerpt(g.Attribution, g.index, g.Type)
	}
	if f != nil {
		s.found(f)
		c.Found = p.excerpt(f.Attribution, f.index, f.typ)
		c.Verdict = Unmarked
	}
	if g != nil && f != nil {
		c.Verdict = s.paired(p, g, f)
	}
	s.result.Cases = append(s.result.Cases, c)
}

// all are the measures that every attribution of a type counts for.
func (s *scorer) all(typ string) []*Measure {
	r, t := &s.result, s.typ(typ)
	return []*Measure{&r.ContentExact, &r.ContentExactNorm, &r.ContentJ50, &r.Joint, &t.ContentExactNorm, &t.ContentJ50, &t.Joint}
}

func (s *scorer) marked(g *marked) {
	r, stages := &s.result, &s.result.ByStage
	for _, m := range s.all(g.Type) {
		m.Gold++
	}
	if g.Type == direct {
		r.DirectExact.Gold++
		r.DirectExactNorm.Gold++
	}
	if g.namesSource() {
		r.Source.Gold++
	}
	if len(g.Source) > 0 {
		stages.Source.Gold++
	}
	if s.speakers(g.Attribution) != nil {
		stages.Speaker.Gold++
	}
}

func (s *scorer) found(f *found) {
	r, stages := &s.result, &s.result.ByStage
	for _, m := range s.all(f.typ) {
		m.Pred++
	}
	s.rule(f.Rule).Pred++
	if f.typ == direct {
		r.DirectExact.Pred++
		r.DirectExactNorm.Pred++
	}
	if f.namesSource() {
		r.Source.Pred++
	}
	if len(f.Source) > 0 {
		stages.Source.Pred++
	}
	if f.Speaker != "" && (f.pair == nil || s.speakers(f.pair.Attribution) != nil) {
		stages.Speaker.Pred++
	}
}

// paired counts what is right about a pair.
func (s *scorer) paired(p *page, g *marked, f *found) Verdict {
	r, stages := &s.result, &s.result.ByStage
	source := p.sourceAgrees(g.Attribution, f.Attribution, s.options.Silver)
	s.pairs++
	if source {
		s.sameSource++
		if g.namesSource() {
			r.Source.TP++
		}
	}
	if len(g.Cue) > 0 {
		s.cuePairs++
		if touch(g.Cue, f.Cue) {
			s.sameCue++
		}
	}
	if p.sameHalf(g.Source, f.Source) {
		stages.Source.TP++
	}
	if who := head(f.Speaker); who != "" && slices.Contains(s.speakers(g.Attribution), who) {
		stages.Speaker.TP++
	}
	quoted := g.Type == direct && f.typ == direct
	if sameSpans(g.Content, f.Content) {
		r.ContentExact.TP++
		if quoted {
			r.DirectExact.TP++
		}
	}
	of, in, rule := s.typ(g.Type), s.typ(f.typ), s.rule(f.Rule)
	if g.overlap == 1 {
		r.ContentExactNorm.TP++
		of.ContentExactNorm.TP++
		in.exactFound++
		if quoted {
			r.DirectExactNorm.TP++
		}
	}
	if g.overlap < 0.5 {
		return OtherWords
	}
	r.ContentJ50.TP++
	of.ContentJ50.TP++
	in.halfFound++
	rule.Paired++
	if g.Type == f.typ {
		of.sameType++
	}
	if !source {
		return OtherSource
	}
	r.Joint.TP++
	of.Joint.TP++
	in.jointFound++
	rule.Joint++
	return Right
}

func (s *scorer) typ(name string) *TypeScore {
	if s.result.ByType[name] == nil {
		s.result.ByType[name] = &TypeScore{}
	}
	return s.result.ByType[name]
}

func (s *scorer) rule(name string) *RuleScore {
	if s.result.ByRule[name] == nil {
		s.result.ByRule[name] = &RuleScore{}
	}
	return s.result.ByRule[name]
}

// finish turns counts into shares.
func (s *scorer) finish() Result {
	r := s.result
	for _, m := range r.Measures() {
		m.finish(m.TP)
	}
	r.ByStage.Content, r.ByStage.Joint = r.ContentJ50, r.Joint
	if r.ByStage.Speaker.Gold == 0 {
		r.ByStage.Speaker = Measure{}
	}
	for _, m := range r.ByStage.Measures() {
		m.finish(m.TP)
	}
	r.SourceAccuracy, r.CueOverlap = ratio(s.sameSource, s.pairs), ratio(s.sameCue, s.cuePairs)
	for name, t := range r.ByType {
		t.ContentExactNorm.finish(t.exactFound)
		t.ContentJ50.finish(t.halfFound)
		t.Joint.finish(t.jointFound)
		t.SameType = ratio(t.sameType, t.ContentJ50.TP)
		if t.Joint.Gold > 0 {
			r.RecallByType[name] = TypeRecall{Gold: t.Joint.Gold, ExactNorm: t.ContentExactNorm.R, J50: t.ContentJ50.R, Joint: t.Joint.R}
		}
	}
	for _, rule := range r.ByRule {
		m := Measure{TP: rule.Joint, Pred: rule.Pred, Gold: r.Joint.Gold}
		m.finish(m.TP)
		rule.Precision, rule.JointPrecision, rule.JointRecall, rule.JointF1 = ratio(rule.Paired, rule.Pred), m.P, m.R, m.F1
	}
	if len(r.ByRule) == 1 && r.ByRule[""] != nil {
		r.ByRule = map[string]*RuleScore{}
	}
	r.Reliability = reliability(r.Cases, r.Joint.Gold)
	return r
}
