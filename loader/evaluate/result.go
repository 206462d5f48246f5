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

// finish makes shares of the counts; found is how many of the predicted ones are right.
func (m *Measure) finish(found int) {
	m.P, m.R = ratio(found, m.Pred), ratio(m.TP, m.Gold)
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
}

// A TypeScore says how one type fares: precision among the predictions of the type, recall
// among what is marked with it. TP counts marked ones; where pairs have two types, P has another numerator.
type TypeScore struct {
	ContentExactNorm Measure `json:"content_exact_norm"`
	ContentJ50       Measure `json:"content_j50"`
	Joint            Measure `json:"joint"`
	SameType         float64 `json:"same_type"` // share of the pairs in ContentJ50.TP in which the prediction has the type too

	exactFound, halfFound, jointFound int // right predictions of the type
	sameType                          int
}

// Stages say where attributions are lost.
type Stages struct {
	// Cue counts the cues that touch, joined one to one, whether or not their contents are a pair.
	Cue Measure `json:"cue"`
	// Source counts the pairs whose source phrases share at least half their words, among those that name a source.
	Source Measure `json:"source"`
	// Content is content_j50.
	Content Measure `json:"content"`
	// Speaker counts the pairs in which the prediction's speaker is the marked one, by the last word of the name. Gold
	// counts marked speakers; predictions paired with what has none do not count. All 0 when no speaker is marked.
	Speaker Measure `json:"speaker"`
	// Joint is joint.
	Joint Measure `json:"joint"`
}

// A RuleScore says what one rule of a program is worth.
type RuleScore struct {
	Pred      int     `json:"pred"`      // predictions that count
	Paired    int     `json:"paired"`    // of these, those that share at least half their words with what is marked
	Joint     int     `json:"joint"`     // of these, those with the right source
	Precision float64 `json:"precision"` // Paired by Pred

	JointPrecision float64 `json:"joint_precision"` // Joint by Pred
	JointRecall    float64 `json:"joint_recall"`    // Joint by everything that is required: recalls add up to that of all rules
	JointF1        float64 `json:"joint_f1"`
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

	RecallByType map[string]TypeRecall `json:"recall_by_type"`
	ByType       map[string]*TypeScore `json:"by_type"`
	ByStage      Stages                `json:"by_stage"`
	ByRule       map[string]*RuleScore `json:"by_rule"` // empty when predictions name no rules

	// Reliability is nil when no prediction that counts has a confidence.
	Reliability *Reliability `json:"reliability,omitempty"`

	// Cases are in order of the documents; in each, what is marked comes before the predictions without a pair.
	Cases []Case `json:"-"`
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

// Measures returns the stages in the order in which an attribution goes through them.
func (s *Stages) Measures() []NamedMeasure {
	return []NamedMeasure{{"cue", &s.Cue}, {"source", &s.Source}, {"content", &s.Content}, {"speaker", &s.Speaker}, {"joint", &s.Joint}}
}

func ratio(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}
