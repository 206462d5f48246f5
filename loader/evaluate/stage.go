package evaluate

// cues joins the cues of a document one to one, whether or not their contents are a pair: those of a
// pair first, then those that touch, in order. Cues that touch an optional one count neither way.
func (s *scorer) cues(gold []marked, predicted []found) {
	m := &s.result.ByStage.Cue
	used := make([]bool, len(gold))
	join := func(f *found) (optional, ok bool) {
		if f.pair != nil && touch(f.pair.Cue, f.Cue) {
			return f.pair.optional, true
		}
		for i := range gold {
			g := &gold[i]
			if !used[i] && (g.pair == nil || !touch(g.Cue, g.pair.Cue)) && touch(g.Cue, f.Cue) {
				used[i] = true
				return g.optional, true
			}
		}
		return false, false
	}
	for i := range gold {
		if !gold[i].optional && len(gold[i].Cue) > 0 {
			m.Gold++
		}
	}
	for j := range predicted {
		f := &predicted[j]
		if !f.counts || len(f.Cue) == 0 {
			continue
		}
		switch optional, ok := join(f); {
		case !ok:
			m.Pred++
		case !optional:
			m.Pred++
			m.TP++
		}
	}
}

// speakers returns the last words of the names that a marked source is said to mean; none if it is not said.
func (s *scorer) speakers(g *Attribution) []string {
	var names []string
	for _, name := range []string{g.Speaker, g.SpeakerSilver} {
		if name != "" && (s.options.Silver || name == g.Speaker) {
			names = append(names, head(name))
		}
	}
	return names
}
