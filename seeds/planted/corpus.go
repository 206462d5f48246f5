// Package planted makes a corpus in which it is known what is wrong. It invents
// stories: who said what, where, on which day, and from whom each took it. Into
// each it plants one thing that a report should find, or something that only looks
// like it, and it writes down what that is. A story can be had as what a perfect
// extractor and matcher would make of it ([Story.Change]) and as plain documents
// ([Story.Records]).
//
// What is planted follows the definitions of the reports, not their code: nothing
// here is shared with them but the types of package graph. A corpus depends on its
// seed and size alone. Stories are made one at a time, and forgotten.
package planted

import (
	"fmt"
	"iter"
	"math/rand/v2"

	"whence/graph"
)

// A Corpus is stories with at least so many documents in all.
type Corpus struct {
	Seed      uint64
	Documents int
}

// Stories tells the stories of the corpus, in order. A story is the same in every
// corpus of its seed that is long enough to hold it.
func (c Corpus) Stories() iter.Seq[*Story] {
	return func(yield func(*Story) bool) {
		cast := newCast(c.Seed)
		for number, told := 0, 0; told < c.Documents; number++ {
			s := c.story(cast, number)
			told += len(s.Documents)
			if !yield(s) {
				return
			}
		}
	}
}

// story tells the story of a number. The plots take turns, so that every one is
// told before any is told again.
func (c Corpus) story(cast *cast, number int) *Story {
	p := plots[number%len(plots)]
	t := &teller{
		Rand: rand.New(rand.NewPCG(c.Seed, uint64(number))), cast: cast, number: number,
		story: &Story{Number: number, Plot: p.name},
	}
	t.begin()
	p.tell(t)
	t.chatter()
	t.story.finish()
	return t.story
}

// Authority returns who is who in every story.
func (c Corpus) Authority() *graph.Authority { return newCast(c.Seed).authority() }

// A plot is one kind of story.
type plot struct {
	name string // the report that it is for, and what is planted: "circular/three documents"
	tell func(t *teller)
}

// Plots names every kind of story, in the order in which they are told.
func Plots() []string {
	names := make([]string, len(plots))
	for i, p := range plots {
		names[i] = p.name
	}
	return names
}

// A Point is a claim, by its document and its exact words; a document when Words is "".
type Point struct {
	Document graph.ID
	Words    string
}

func (p Point) String() string { return fmt.Sprintf("%s %q", p.Document, p.Words) }

// None is the type of what must not be found: a report that has something to say of
// most claims must be silent on the subject.
const None = "none"

// An Expected is one finding that a report must make of a story.
type Expected struct {
	Report  string // as `whence report` calls it
	Type    string // as the definition calls it; "" where it knows no types
	Subject Point
	Or      []Point // other places that are as good a subject: any edge of a circle
	Other   *Point  // must be among what the finding shows
	Value   string  // what is measured: the depth, the number of sources; "" when nothing is
	// May says that the definition leaves it open: the finding counts neither
	// for nor against a report, nor does its absence.
	May bool
}
