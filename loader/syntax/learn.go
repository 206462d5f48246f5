package syntax

import (
	"math/rand/v2"
	"slices"

	"whence/graph"
	"whence/loader/syntax/perceptron"
)

// A learner holds what the parts learn from.
type learner struct {
	Lesson
	model    *Model
	header   header
	examples []Example
	words    [][]word
	tags     [][]uint8 // right
	given    [][]uint8 // by taggers that did not see the sentence
	seconds  [][]uint8 // as work.seconds, by the same
	works    work
}

// Learn makes a model from examples, and nothing else: the same examples and
// lesson give the same model. It is returned with the writer of its file.
func Learn(examples []Example, lesson Lesson) *Learnt {
	l := &learner{Lesson: lesson, examples: examples}
	l.header = header{Format: format, Beam: lesson.Beam, Contractions: contractionsOf(examples)}
	l.header.Tags = namesOf(examples, Token.bothTags)
	l.header.Relations = namesOf(examples, func(t Token) string { return t.Rel })
	l.header.Edits, l.header.Irregular = editsOf(examples)
	l.model = l.header.model()
	l.model.lexicon = newLexicon(lesson.Clusters)
	l.model.lemmatiser.lexicon = l.model.lexicon
	l.header.Broad = l.model.lexicon.broad
	for n, e := range examples {
		l.works.see(l.model.lexicon, e.Text, spansOf(e.Tokens))
		if n%2 == 1 {
			l.works.giveDirection(l.model.lexicon, e)
		}
		l.words = append(l.words, slices.Clone(l.works.words))
		tags := make([]uint8, len(e.Tokens))
		for i, t := range e.Tokens {
			tags[i] = uint8(slices.Index(l.header.Tags, t.bothTags()))
		}
		l.tags = append(l.tags, tags)
	}
	m := l.model
	m.tokeniser.scorer = l.freeze("tokeniser", l.learnTokeniser())
	m.lemmatiser.scorer = l.freeze("lemmatiser", l.learnLemmatiser())
	l.jackknife()
	m.tagger.scorer = l.freeze("tagger", l.learnTagger(func(Example) bool { return true }))
	m.labeller.scorer = l.freeze("labeller", l.learnLabeller())
	m.parser.scorer = l.freeze("parser", l.learnParser())
	return &Learnt{Model: m, header: l.header}
}

// giveDirection makes the straight quotation marks of an example, which treebanks
// have from typewriters and e-mail, the typographic ones that most texts have now.
func (w *work) giveDirection(l *lexicon, e Example) {
	for i, t := range e.Tokens {
		switch {
		case t.Span.Of(e.Text) != `"`:
		case t.Tag == "``":
			w.words[i] = l.word("“")
		default:
			w.words[i] = l.word("”")
		}
	}
}

func (t Token) bothTags() string { return t.Tag + " " + t.UPOS }

func spansOf(s Sentence) []graph.Span {
	out := make([]graph.Span, len(s))
	for i, t := range s {
		out[i] = t.Span
	}
	return out
}

// freeze makes weights of what was learnt.
func (l *learner) freeze(part string, p *perceptron.Learner) *perceptron.Weights {
	return p.Freeze(l.Studies[part].Least)
}

// epochs calls learn for every example of each epoch, in an order drawn anew.
func (l *learner) epochs(part string, p *perceptron.Learner, learn func(i int) (wrong, all int)) {
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
		if epoch+1 == l.Studies[part].Settle {
			p.Settle()
		}
		l.Log("%s: epoch %d: %d of %d wrong", part, epoch+1, wrong, all)
	}
}

func (l *learner) learnTokeniser() *perceptron.Learner {
	p := perceptron.NewLearner(l.Studies["tokeniser"].Blind)
	t := &tokeniser{scorer: p} // without contractions, which need no learning
	l.epochs("tokeniser", p, func(i int) (wrong, all int) {
		e := l.examples[i]
		ends := map[int]bool{}
		for _, t := range e.Tokens {
			ends[t.Span.End] = true
		}
		whole := graph.Span{Start: 0, End: len(e.Text)}
		t.pieces(e.Text, whole, func(piece graph.Span, last bool) bool {
			t.places(piece.Of(e.Text), last, &l.works, func(at int, f *features) {
				right, chosen := joined, joined
				if ends[piece.Start+at] {
					right = cut
				}
				var scores [2]int32
				p.Score(f.list, scores[:])
				if scores[cut] > scores[joined] {
					chosen = cut
				}
				p.Teach(f.list, right, chosen)
				if all++; right != chosen {
					wrong++
				}
			})
			return true
		})
		return wrong, all
	})
	return p
}

// jackknife gives every sentence the tags of a tagger that did not see its document.
func (l *learner) jackknife() {
	fold := map[string]int{}
	for _, e := range l.examples {
		if _, ok := fold[e.Document]; !ok {
			fold[e.Document] = len(fold) % l.Folds
		}
	}
	l.given, l.seconds = make([][]uint8, len(l.examples)), make([][]uint8, len(l.examples))
	for k := range l.Folds {
		t := tagger{tags: l.model.tagger.tags}
		t.scorer = l.freeze("tagger", l.learnTagger(func(e Example) bool { return fold[e.Document] != k }))
		for i, e := range l.examples {
			if fold[e.Document] == k {
				l.works.words = append(l.works.words[:0], l.words[i]...)
				t.tag(&l.works)
				l.given[i] = slices.Clone(l.works.tags)
				l.seconds[i] = slices.Clone(l.works.seconds)
			}
		}
	}
}

func (l *learner) learnTagger(use func(Example) bool) *perceptron.Learner {
	p := perceptron.NewLearner(l.Studies["tagger"].Blind)
	scores := make([]int32, len(l.model.tagger.tags))
	var f features
	for i, e := range l.examples {
		if use(e) {
			for k := range e.Tokens {
				tagFeatures(l.words[i], l.tags[i], k, f.empty())
				p.Meet(f.list)
			}
		}
	}
	p.Keep(l.Studies["tagger"].Rare)
	l.epochs("tagger", p, func(i int) (wrong, all int) {
		if !use(l.examples[i]) {
			return 0, 0
		}
		tags := make([]uint8, len(l.tags[i]))
		for k, right := range l.tags[i] {
			clear(scores)
			tagFeatures(l.words[i], tags, k, f.empty())
			p.Score(f.list, scores)
			tags[k] = uint8(perceptron.Best(scores))
			if right == 255 {
				continue // a tag too rare to learn
			}
			p.Teach(f.list, int(right), int(tags[k]))
			if all++; tags[k] != right {
				wrong++
			}
		}
		return wrong, all
	})
	return p
}

func (l *learner) learnLemmatiser() *perceptron.Learner {
	p := perceptron.NewLearner(l.Studies["lemmatiser"].Blind)
	m := &l.model.lemmatiser
	scores := make([]int32, len(m.edits))
	var f features
	l.epochs("lemmatiser", p, func(i int) (wrong, all int) {
		for k, t := range l.examples[i].Tokens {
			seen, tag := &l.words[i][k], l.tags[i][k]
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

func (l *learner) learnLabeller() *perceptron.Learner {
	p := perceptron.NewLearner(l.Studies["labeller"].Blind)
	relations := l.model.labeller.relations
	w := &l.works
	lay := func(i int) {
		w.heads = l.lay(i, w.heads)
		w.labels = resize(w.labels, len(w.words))
		w.tree.build(w.heads)
	}
	for i, e := range l.examples {
		lay(i)
		for k, t := range e.Tokens {
			w.labels[k] = uint8(slices.Index(relations, t.Rel))
		}
		for k := range e.Tokens {
			w.labelFeatures(k, w.feature.empty())
			p.Meet(w.feature.list)
		}
	}
	p.Keep(l.Studies["labeller"].Rare)
	w.scores = resize(w.scores, len(relations))
	l.epochs("labeller", p, func(i int) (wrong, all int) {
		e := l.examples[i]
		lay(i)
		for k, t := range e.Tokens {
			clear(w.scores)
			w.labelFeatures(k, w.feature.empty())
			p.Score(w.feature.list, w.scores)
			chosen := perceptron.Best(w.scores)
			w.labels[k] = uint8(chosen)
			right := slices.Index(relations, t.Rel)
			if right < 0 {
				continue
			}
			p.Teach(w.feature.list, right, chosen)
			if all++; right != chosen {
				wrong++
			}
		}
		return wrong, all
	})
	return p
}

func headsOf(s Sentence, heads []int32) []int32 {
	heads = heads[:0]
	for _, t := range s {
		heads = append(heads, int32(t.Head))
	}
	return heads
}

// learnParser moves the weights towards the right way and away from the one that
// won, up to the step at which the winner was furthest ahead (Huang, Fayong and
// Guo 2012).
func (l *learner) learnParser() *perceptron.Learner {
	p := perceptron.NewLearner(l.Studies["parser"].Blind)
	machine := parser{beam: l.Beam, scorer: p}
	w := &l.works
	s := &w.search
	var heads []int32
	var golden []int32 // the right way, step by step
	for i := range l.examples {
		heads = l.lay(i, heads)
		for k := int32(0); int(k) < 2*len(w.words)-1; k++ {
			s.features(&s.ways[k], w.feature.empty())
			p.Meet(w.feature.list)
			s.take(k, s.rightAction(&s.ways[k], heads), 0)
		}
	}
	p.Keep(l.Studies["parser"].Rare)
	l.epochs("parser", p, func(i int) (wrong, all int) {
		defer p.Step()
		heads = l.lay(i, heads)
		golden = append(golden[:0], 0)
		first, last := int32(0), int32(1)
		margin, at, instead := int32(-1), 0, int32(none)
		for step := range 2*len(w.words) - 1 {
			before := golden[step]
			action := s.rightAction(&s.ways[before], heads)
			first, last = machine.advance(w, first, last)
			right := int32(none)
			for k := first; k < last; k++ {
				x := &s.ways[k]
				x.gold = s.ways[x.from].gold && x.from == before && int(x.action) == action
				if x.gold {
					right = k
				}
			}
			if right == none {
				var scores [actions]int32
				s.features(&s.ways[before], w.feature.empty())
				p.Score(w.feature.list, scores[:])
				s.take(before, action, s.ways[before].score+scores[action])
				right = int32(len(s.ways) - 1)
			}
			golden = append(golden, right)
			if ahead := s.ways[first].score - s.ways[right].score; first != right && ahead >= margin {
				margin, at, instead = ahead, step+1, first
			}
		}
		if instead == none || first == golden[len(golden)-1] {
			return 0, 1
		}
		for x, y := instead, golden[at]; x != y; x, y = s.ways[x].from, s.ways[y].from {
			if s.ways[x].from == s.ways[y].from && s.ways[x].action == s.ways[y].action {
				continue
			}
			l.move(p, w, x, -1)
			l.move(p, w, y, +1)
		}
		return 1, 1
	})
	return p
}

// lay gets an example ready for parsing and returns its right heads.
func (l *learner) lay(i int, heads []int32) []int32 {
	w := &l.works
	w.words = append(w.words[:0], l.words[i]...)
	w.tags = append(w.tags[:0], l.given[i]...)
	w.seconds = append(w.seconds[:0], l.seconds[i]...)
	w.search.start(w.words, w.tags, w.seconds)
	return projective(headsOf(l.examples[i].Tokens, heads))
}

func (l *learner) move(p *perceptron.Learner, w *work, i int32, by int32) {
	x := &w.search.ways[i]
	w.search.features(&w.search.ways[x.from], w.feature.empty())
	p.Add(w.feature.list, int(x.action), by)
}
