package evaluate

// Score compares predictions, by the id of their document, with what is marked by hand. Documents without
// predictions count as found empty; predictions for other documents are passed over. The same input
// gives the same result, whatever the order of the predictions' documents.
func Score(gold []Gold, pred map[string][]Attribution, o Options) Result {
	s := scorer{options: o, result: Result{
		Documents: len(gold), ByType: map[string]*TypeRecall{}, ByRule: map[string]*RuleScore{},
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
	cues, sameCue     int // of pairs whose cue is marked
}

func (s *scorer) document(g Gold, predictions []Attribution) {
	p := newPage(g.Text)
	gold := make([]marked, len(g.Attributions))
	for i := range g.Attributions {
		a := &g.Attributions[i]
		gold[i] = marked{Attribution: a, words: p.wordsIn(a.Content), optional: a.Optional || s.options.Speech && !p.isSpeech(a.Type, a.Cue)}
	}
	ignored := p.wordsIn(g.Ignore)
	predicted := p.predicted(predictions, ignored, marksInner(g.Attributions))
	p.pairUp(gold, predicted, s.options.Silver)

	r := &s.result
	counts := func(f *found) bool {
		if f.pair == nil {
			return !s.options.Speech || len(f.Cue) == 0 || p.isSpeech(f.typ, f.Cue)
		}
		return !f.pair.optional
	}
	s.tokens(p, gold, predicted, ignored, counts)
	for i := range gold {
		g := &gold[i]
		if g.optional {
			continue
		}
		for _, m := range []*Measure{&r.ContentExact, &r.ContentExactNorm, &r.ContentJ50, &r.Joint} {
			m.Gold++
		}
		if g.Type == direct {
			r.DirectExact.Gold++
			r.DirectExactNorm.Gold++
		}
		if g.namesSource() {
			r.Source.Gold++
		}
		s.recalled(p, g)
	}
	for j := range predicted {
		f := &predicted[j]
		if !counts(f) {
			continue
		}
		for _, m := range []*Measure{&r.ContentExact, &r.ContentExactNorm, &r.ContentJ50, &r.Joint} {
			m.Pred++
		}
		if f.typ == direct {
			r.DirectExact.Pred++
			r.DirectExactNorm.Pred++
		}
		if f.namesSource() {
			r.Source.Pred++
		}
		s.ruled(p, f)
	}
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
		f := found{Attribution: a, words: p.wordsIn(a.Content), typ: a.Type}
		if f.typ != direct && f.typ != indirect && f.typ != mixed {
			f.typ = p.typeOf(a.Content)
		}
		if len(f.words) > 0 && 2*shared(f.words, ignored) <= len(f.words) {
			out = append(out, f)
		}
	}
	return out
}

// recalled counts what was found for one required attribution.
func (s *scorer) recalled(p *page, g *marked) {
	r := &s.result
	t := r.ByType[g.Type]
	if t == nil {
		t = &TypeRecall{}
		r.ByType[g.Type] = t
	}
	t.Gold++
	f := g.pair
	if f == nil {
		return
	}
	source := p.sourceAgrees(g.Attribution, f.Attribution, s.options.Silver)
	s.pairs++
	if source {
		s.sameSource++
		if g.namesSource() {
			r.Source.TP++
		}
	}
	if len(g.Cue) > 0 {
		s.cues++
		if touch(g.Cue, f.Cue) {
			s.sameCue++
		}
	}
	quoted := g.Type == direct && f.typ == direct
	if sameSpans(g.Content, f.Content) {
		r.ContentExact.TP++
		if quoted {
			r.DirectExact.TP++
		}
	}
	if g.overlap == 1 {
		r.ContentExactNorm.TP++
		t.exactNorm++
		if quoted {
			r.DirectExactNorm.TP++
		}
	}
	if g.overlap >= 0.5 {
		r.ContentJ50.TP++
		t.j50++
		if source {
			r.Joint.TP++
			t.joint++
		}
	}
}

// ruled counts one prediction under the rule that made it.
func (s *scorer) ruled(p *page, f *found) {
	rule := s.result.ByRule[f.Rule]
	if rule == nil {
		rule = &RuleScore{}
		s.result.ByRule[f.Rule] = rule
	}
	rule.Pred++
	if f.pair == nil || f.pair.overlap < 0.5 {
		return
	}
	rule.Paired++
	if p.sourceAgrees(f.pair.Attribution, f.Attribution, s.options.Silver) {
		rule.Joint++
	}
}

// tokens counts the words of the document that are in some content. A prediction that does not count
// still finds the words of required contents that it covers.
func (s *scorer) tokens(p *page, gold []marked, predicted []found, ignored []int, counts func(*found) bool) {
	const (
		required = 1 << iota
		optional
		got
		ignore
	)
	is := make([]uint8, len(p.words))
	set := func(words []int, flag uint8) {
		for _, w := range words {
			is[w] |= flag
		}
	}
	set(ignored, ignore)
	for i := range gold {
		if gold[i].optional {
			set(gold[i].words, optional)
		} else {
			set(gold[i].words, required)
		}
	}
	for j := range predicted {
		if counts(&predicted[j]) {
			set(predicted[j].words, got)
			continue
		}
		for _, w := range predicted[j].words {
			if is[w]&required != 0 {
				is[w] |= got
			}
		}
	}
	m := &s.result.ContentToken
	for _, f := range is {
		if f&ignore != 0 {
			continue
		}
		if f&required != 0 {
			m.Gold++
			if f&got != 0 {
				m.TP++
			}
		}
		if f&got != 0 && (f&required != 0 || f&optional == 0) {
			m.Pred++
		}
	}
}

// finish turns counts into shares.
func (s *scorer) finish() Result {
	r := s.result
	for _, m := range r.Measures() {
		m.finish()
	}
	r.SourceAccuracy, r.CueOverlap = ratio(s.sameSource, s.pairs), ratio(s.sameCue, s.cues)
	for _, t := range r.ByType {
		t.ExactNorm, t.J50, t.Joint = ratio(t.exactNorm, t.Gold), ratio(t.j50, t.Gold), ratio(t.joint, t.Gold)
	}
	for _, rule := range r.ByRule {
		rule.Precision = ratio(rule.Paired, rule.Pred)
	}
	if len(r.ByRule) == 1 && r.ByRule[""] != nil {
		r.ByRule = map[string]*RuleScore{}
	}
	return r
}
