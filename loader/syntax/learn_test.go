package syntax_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"whence/graph"
	"whence/loader/syntax"
	"whence/loader/syntax/treebank"
)

// lesson learns five sentences by heart: each is given six times.
func lesson(t *testing.T) ([]syntax.Example, syntax.Lesson) {
	t.Helper()
	own, err := treebank.ReadFile("testdata/own.conllu")
	if err != nil {
		t.Fatal(err)
	}
	var examples []syntax.Example
	for i := range 6 {
		for _, e := range own {
			e.Document = fmt.Sprint(e.Document, " ", i)
			examples = append(examples, e)
		}
	}
	l := syntax.DefaultLesson()
	for part, s := range l.Studies {
		s.Least, s.Blind = 1, 0 // five sentences leave nothing to be spared
		l.Studies[part] = s
	}
	l.Course.Drop, l.Course.DropWord, l.Course.DropForm = 0, 0, 0
	l.Course.Batch, l.Course.Epochs = 5, 60
	l.Vectors.Words = []string{"nurse", "council", "road", "ward"}
	l.Vectors.Vectors = [][]float32{{1, 0, 1, 0}, {1, 0, 0, 1}, {0, 1, 1, 0}, {0, 1, 0, 1}}
	return examples, l
}

func TestLearn_KnowsItsExamples(t *testing.T) {
	examples, lesson := lesson(t)
	model := syntax.Learn(examples, lesson)
	for _, e := range examples[:5] {
		got := model.Parse(e.Text, graph.Span{Start: 0, End: len(e.Text)})
		if diff := cmp.Diff(e.Tokens, got); diff != "" {
			t.Errorf("%q: %s", e.Text, diff)
		}
	}
}

func TestLearn_SameLessonSameBytes(t *testing.T) {
	examples, lesson := lesson(t)
	var a, b bytes.Buffer
	if err := syntax.Learn(examples, lesson).Write(&a); err != nil {
		t.Fatal(err)
	}
	if err := syntax.Learn(examples, lesson).Write(&b); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("learnt otherwise the second time")
	}
}

func TestReadModel_ReadsWhatWasWritten(t *testing.T) {
	examples, lesson := lesson(t)
	learnt := syntax.Learn(examples, lesson)
	var b bytes.Buffer
	if err := learnt.Write(&b); err != nil {
		t.Fatal(err)
	}
	file := b.Bytes()
	model, err := syntax.ReadModel(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"The nurse can't read.", "A café was closed, they said.", "Unseen words altogether!"} {
		span := graph.Span{Start: 0, End: len(text)}
		if diff := cmp.Diff(learnt.Parse(text, span), model.Parse(text, span)); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
	for _, n := range []int{0, 1, 20, len(file) / 2, len(file) - 1} {
		if _, err := syntax.ReadModel(file[:n]); err == nil {
			t.Errorf("no error for the first %d of %d bytes", n, len(file))
		}
	}
}
