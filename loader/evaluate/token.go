package evaluate

// tokens counts the words of the document that are in some content. A prediction that does not count
// still finds the words of required contents that it covers.
func (s *scorer) tokens(p *page, gold []marked, predicted []found, ignored []int) {
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
		if predicted[j].counts {
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
