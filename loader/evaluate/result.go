package evaluate

// A Measure is precision, recall and their harmonic mean, with the counts they come from.
// What has nothing to count is 0.
type Measure struct {
	P    float64 `json:"p"`
	R    float64 `json:"r"`
	F1   float64 `json:"f1"`
	TP   int     `json:"tp"`   // right ones
	Pred int     `json:"pred"` // predicted ones
	Gold int     `json:"gold"` // hand-marked ones
}

func (m *Measure) finish() {
	m.P, m.R = ratio(m.TP, m.Pred), ratio(m.TP, m.Gold)
	if m.P+m.R > 0 {
		m.F1 = 2 * m.P * m.R / (m.P + m.R)
	}
}

// A TypeRecall says how much of one type of hand-marked attributions was found.
type TypeRecall struct {
	Gold      int     `json:"gold"`
	ExactNorm float64 `json:"exact_norm"` // share found with the same words
	J50       float64 `json:"j50"`        // share found with an overlap of at least a half
	Joint     float64 `json:"joint"`      // share found so, with the right source

	exactNorm, j50, joint int
}

// A RuleScore says what one rule of a program is worth.
type RuleScore struct {
	Pred      int     `json:"pred"`      // predictions that count
	Paired    int     `json:"paired"`    // of these, those that share at least half their words with what is marked
	Joint     int     `json:"joint"`     // of these, those with the right source
	Precision float64 `json:"precision"` // Paired by Pred
}

// A Result is how predictions compare with what is marked by hand.
type Result struct {
	Documents int `json:"documents"`
	Missing   int `json:"missing"` // documents without a prediction record: they count as found empty

	ContentExact     Measure `json:"content_exact"`      // the same spans, character by character
	ContentExactNorm Measure `json:"content_exact_norm"` // the same words
	ContentToken     Measure `json:"content_token"`      // words of the documents that are in some content
	ContentJ50       Measure `json:"content_j50"`        // overlap of at least a half
	DirectExact      Measure `json:"direct_exact"`       // direct quotations on both sides: the same spans
	DirectExactNorm  Measure `json:"direct_exact_norm"`  // direct quotations on both sides: the same words
	Source           Measure `json:"source"`             // pairs of any overlap with the same source, among those that name one
	Joint            Measure `json:"joint"`              // overlap of at least a half, and the same source or none on both sides

	SourceAccuracy float64 `json:"source_accuracy_given_pair"` // share of pairs with the same source
	CueOverlap     float64 `json:"cue_overlap_given_pair"`     // share of pairs with a marked cue whose cues overlap

	ByType map[string]*TypeRecall `json:"recall_by_type"`
	ByRule map[string]*RuleScore  `json:"by_rule"` // empty when predictions name no rules
}

// A NamedMeasure is one line of a result.
type NamedMeasure struct {
	Name string
	*Measure
}

// Measures returns the measures with the names they have in JSON, in a fixed order.
func (r *Result) Measures() []NamedMeasure {
	return []NamedMeasure{
		{"content_exact", &r.ContentExact},
		{"content_exact_norm", &r.ContentExactNorm},
		{"content_token", &r.ContentToken},
		{"content_j50", &r.ContentJ50},
		{"direct_exact", &r.DirectExact},
		{"direct_exact_norm", &r.DirectExactNorm},
		{"source", &r.Source},
		{"joint", &r.Joint},
	}
}

func ratio(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}
