package syntax

import (
	"slices"
	"strings"

	"whence/loader/syntax/network"
)

// An Example is a sentence of a treebank. Its spans are of Text.
type Example struct {
	Document string // where it is from: the same for all sentences of one text
	Begins   bool   // a paragraph
	Joined   bool   // to the sentence after it, without white space
	Text     string
	Tokens   Sentence
	Mentions []Mention // of people and things, where the treebank marks them
}

// A Mention is the tokens from First to Last, both included, that refer to something.
type Mention struct {
	First, Last int
	Type        string // in the treebank's words: "person", "organization", "abstract"
}

// A Text is a document of a treebank as it may have been before it was divided.
type Text struct {
	Text      string
	Sentences []Sentence // their spans are of Text, their heads by sentence
}

// Texts puts the sentences of each document together again, a blank line between paragraphs.
func Texts(examples []Example) []Text {
	var out []Text
	var b strings.Builder
	for i, e := range examples {
		between := " "
		switch {
		case i == 0 || e.Document != examples[i-1].Document:
			out = append(out, Text{})
			b.Reset()
			between = ""
		case e.Begins:
			between = "\n\n"
		case examples[i-1].Joined:
			between = ""
		}
		b.WriteString(between)
		s := slices.Clone(e.Tokens)
		for k := range s {
			s[k].Span.Start += b.Len()
			s[k].Span.End += b.Len()
		}
		b.WriteString(e.Text)
		t := &out[len(out)-1]
		t.Sentences = append(t.Sentences, s)
		t.Text = b.String()
	}
	return out
}

// A Lesson says how a model is to be learnt.
type Lesson struct {
	Vectors  Vectors          // of words
	Trees    []Example        // that the network learns as well
	Studies  map[string]Study // by linear part: divider, tokeniser, lemmatiser
	Shape    network.Shape    // of the network: its widths and layers
	Course   network.Course   // of the network, but for seed and log
	RareForm int              // forms met less often than this are not learnt
	Seed     uint64           // of the order of the examples, and of the weights that the network starts with
	Log      func(format string, args ...any)
}

// A Study says how one linear part is learnt.
type Study struct {
	Epochs int // times through the examples
	Blind  int // per cent of the features out of sight at a time
	Least  int // smallest weight kept, in 127ths of the largest
}

// DefaultLesson is the lesson that made the weights that ship, but for the vectors.
func DefaultLesson() Lesson {
	return Lesson{
		Studies: map[string]Study{
			"divider":    {Epochs: 8, Blind: 20, Least: 1},
			"tokeniser":  {Epochs: 10, Blind: 30, Least: 1},
			"lemmatiser": {Epochs: 6, Least: 1},
		},
		Shape:    network.Shape{Affix: 92, Width: 192, Layers: 3, Arc: 64, Label: 64},
		Course:   network.Course{Epochs: 30, Batch: 32, Rate: 3e-3, Drop: 0.25, DropWord: 0.1, DropForm: 0.15},
		RareForm: 2,
		Seed:     1,
		Log:      func(string, ...any) {},
	}
}
