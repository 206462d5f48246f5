package syntax

// An Example is a sentence of a treebank. Its spans are of Text.
type Example struct {
	Document string // where it is from: the same for all sentences of one text
	Text     string
	Tokens   Sentence
}

// A Lesson says how a model is to be learnt.
type Lesson struct {
	Clusters map[string][2]int // of words: a cluster, and the group of clusters it is in
	Studies  map[string]Study  // by part: tokeniser, tagger, lemmatiser, parser, labeller
	Beam     int               // ways of parsing that are kept, at most 16
	Folds    int               // parser and labeller learn from the tags of taggers that saw all folds but one
	Seed     uint64            // of the order of the examples
	Log      func(format string, args ...any)
}

// A Study says how one part is learnt.
type Study struct {
	Epochs int // times through the examples
	Rare   int // features met less often than this are not learnt; 0 for all
	Settle int // epochs after which the mean begins
	Blind  int // per cent of the features out of sight at a time
	Least  int // smallest weight kept, in 127ths of the largest
}

// DefaultLesson is the lesson that made the weights that ship, but for the clusters.
func DefaultLesson() Lesson {
	return Lesson{
		Studies: map[string]Study{
			"tokeniser":  {Epochs: 10, Blind: 30, Least: 1},
			"tagger":     {Epochs: 10, Settle: 1, Rare: 2, Blind: 30, Least: 8},
			"lemmatiser": {Epochs: 6, Least: 1},
			"parser":     {Epochs: 13, Settle: 3, Rare: 3, Blind: 20, Least: 9},
			"labeller":   {Epochs: 10, Settle: 1, Rare: 2, Blind: 30, Least: 9},
		},
		Beam:  5,
		Folds: 5,
		Seed:  1,
		Log:   func(string, ...any) {},
	}
}
