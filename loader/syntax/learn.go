package syntax

import (
	"math/rand/v2"
	"slices"

	"whence/graph"
	"whence/loader/syntax/network"
	"whence/loader/syntax/perceptron"
)

// A learner holds what the parts learn from.
type learner struct {
	Lesson
	model    *Model
	header   header
	examples []Example
	trees    []Example // these and Lesson.Trees
	words    [][]word  // of trees
	tags     [][]int   // -1 for one too rare to learn
	vectors  []int8
	works    work
}

// Learn makes a model from examples, and nothing else: the same examples and
// lesson give the same model. It is returned with the writer of its file.
func Learn(examples []Example, lesson Lesson) *Learnt {
	l := &learner{Lesson: lesson, examples: examples}
	l.header = header{Format: format, Contractions: contractionsOf(examples)}
	l.header.Tags = namesOf(examples, Token.bothTags)
	l.header.Relations = namesOf(examples, func(t Token) string { return t.Rel })
	l.header.Edits, l.header.Irregular = editsOf(examples)
	l.model = l.header.model()
	l.trees = slices.Concat(examples, lesson.Trees)
	for n, e := range l.trees {
		words := make([]word, len(e.Tokens))
		tags := make([]int, len(e.Tokens))
		for i, t := range e.Tokens {
			words[i] = newWord(l.written(n, t))
			tags[i] = slices.Index(l.header.Tags, t.bothTags())
		}
		l.words, l.tags = append(l.words, words), append(l.tags, tags)
	}
	m := l.model
	m.lexicon.words, l.vectors = lesson.Vectors.rows()
	m.lexicon.forms = l.formsOf()
	s := &l.header.Network
	*s = lesson.Shape
	if len(lesson.Vectors.Vectors) > 0 {
		s.Vector = len(lesson.Vectors.Vectors[0])
	}
	s.Tags, s.Relations = len(l.header.Tags), len(l.header.Relations)
	s.Words, s.Forms = len(m.lexicon.words.keys)+1, len(m.lexicon.forms.keys)+1
	m.tokeniser.scorer = l.freeze("tokeniser", l.learnTokeniser())
	m.divider.scorer = l.freeze("divider", l.learnDivider())
	m.lemmatiser.scorer = l.freeze("lemmatiser", l.learnLemmatiser())
	m.network = l.learnNetwork()
	return &Learnt{Model: m, header: l.header}
}

// written is a token of an example as a text would have it: the straight quotation
// marks of treebanks, which are made of what was typed, are the typographic ones that
// most texts have now in every other example.
func (l *learner) written(example int, t Token) string {
	form := t.Span.Of(l.trees[example].Text)
	switch {
	case form != `"` || example%2 == 0:
		return form
	case t.Tag == "``":
		return "“"
	}
	return "”"
}

func (t Token) bothTags() string { return t.Tag + " " + t.UPOS }

// freeze makes weights of what was learnt.
func (l *learner) freeze(part string, p *perceptron.Learner) *perceptron.Weights {
	return p.Freeze(l.Studies[part].Least)
}

// epochs calls learn for every example of each epoch, in an order drawn anew.
func (l *learner) epochs(part string, learn func(i int) (wrong, all int)) {
	order := make([]int, len(l.examples))
	for i := range order {
		order[i] = i
	}
	random := rand.New(rand.NewPCG(l.Seed, uint64(len(part))))
	for epoch := range l.Studies[part].Epochs {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		wrong, all := 0, 0
		for _, i := range order {
			w, a := learn(i)
			wrong, all = wrong+w, all+a
		}
		l.Log("%s: epoch %d: %d of %d wrong", part, epoch+1, wrong, all)
	}
}

// knows reports whether a learner of two classes gives the right one, 0 or 1, for some features, and teaches it.
func knows(p *perceptron.Learner, f *features, right int) bool {
	var scores [2]int32
	p.Score(f.list, scores[:])
	chosen := 0
	if scores[1] > scores[0] {
		chosen = 1
	}
	p.Teach(f.list, right, chosen)
	return right == chosen
}

func (l *learner) learnTokeniser() *perceptron.Learner {
	p := perceptron.NewLearner(l.Studies["tokeniser"].Blind)
	t := &tokeniser{scorer: p} // without contractions, which need no learning
	l.epochs("tokeniser", func(i int) (wrong, all int) {
		e := l.examples[i]
		ends := map[int]bool{}
		for _, t := range e.Tokens {
			ends[t.Span.End] = true
		}
		whole := graph.Span{Start: 0, End: len(e.Text)}
		t.pieces(e.Text, whole, func(piece graph.Span, last bool) bool {
			t.places(piece.Of(e.Text), last, &l.works, func(at int, f *features) {
				right := joined
				if ends[piece.Start+at] {
					right = cut
				}
				if all++; !knows(p, f, right) {
					wrong++
				}
			})
			return true
		})
		return wrong, all
	})
	return p
}

func (l *learner) learnLemmatiser() *perceptron.Learner {
	p := perceptron.NewLearner(l.Studies["lemmatiser"].Blind)
	m := &l.model.lemmatiser
	scores := make([]int32, len(m.edits))
	var f features
	l.epochs("lemmatiser", func(i int) (wrong, all int) {
		for k, t := range l.examples[i].Tokens {
			seen, tag := &l.words[i][k], uint8(l.tags[i][k])
			form := t.Span.Of(l.examples[i].Text)
			if _, ok := m.known(form, seen, tag); ok {
				continue
			}
			edit, _ := editOf(form, t.Lemma)
			right := slices.Index(m.edits, edit)
			if right < 0 {
				continue
			}
			clear(scores)
			lemmaFeatures(seen, tag, f.empty())
			p.Score(f.list, scores)
			chosen := perceptron.Best(scores)
			p.Teach(f.list, right, chosen)
			if all++; right != chosen {
				wrong++
			}
		}
		return wrong, all
	})
	return p
}

// learnDivider learns where sentences end from the texts that the examples make.
func (l *learner) learnDivider() *perceptron.Learner {
	p := perceptron.NewLearner(l.Studies["divider"].Blind)
	d := &divider{scorer: p}
	texts := Texts(l.examples)
	random := rand.New(rand.NewPCG(l.Seed, 3))
	for epoch := range l.Studies["divider"].Epochs {
		random.Shuffle(len(texts), func(i, j int) { texts[i], texts[j] = texts[j], texts[i] })
		wrong, all := 0, 0
		for _, t := range texts {
			end := make(map[int]bool, len(t.Sentences))
			for _, s := range t.Sentences {
				end[s[len(s)-1].Span.End] = true
			}
			d.places(t.Text, graph.Span{End: len(t.Text)}, &l.works, func(at *place, f *features) bool {
				if f == nil {
					return true
				}
				right := on
				if end[at.before.span.End] {
					right = ends
				}
				if all++; !knows(p, f, right) {
					wrong++
				}
				return right == ends
			})
		}
		l.Log("divider: epoch %d: %d of %d wrong", epoch+1, wrong, all)
	}
	return p
}

// learnNetwork learns tags and trees.
func (l *learner) learnNetwork() *network.Net {
	lessons := make([]network.Lesson, len(l.trees))
	for i, e := range l.trees {
		n := network.Lesson{Words: l.seen(i), Heads: projective(headsOf(e.Tokens))}
		for k, t := range e.Tokens {
			n.Tags = append(n.Tags, l.tags[i][k])
			n.Relations = append(n.Relations, slices.Index(l.header.Relations, t.Rel))
		}
		lessons[i] = n
	}
	course := l.Course
	course.Seed, course.Log = l.Seed, l.Log
	return network.Learn(l.header.Network, l.vectors, lessons, course)
}

func (l *learner) seen(i int) []network.Word {
	out := make([]network.Word, len(l.words[i]))
	for k := range l.words[i] {
		out[k] = l.model.lexicon.see(&l.words[i][k])
	}
	return out
}

// formsOf lists what of the words' letters is met often enough to be learnt.
func (l *learner) formsOf() *rows {
	count := map[uint32]int{}
	for _, words := range l.words {
		for k := range words {
			for _, key := range formKeys(&words[k]) {
				count[uint32(key)]++
			}
		}
	}
	var often []uint32
	for key, n := range count {
		if n >= l.RareForm {
			often = append(often, key)
		}
	}
	return rowsOf(often)
}

func headsOf(s Sentence) []int32 {
	heads := make([]int32, len(s))
	for i, t := range s {
		heads[i] = int32(t.Head)
	}
	return heads
}
