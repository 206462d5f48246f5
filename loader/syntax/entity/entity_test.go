package entity_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"whence/graph"
	"whence/loader/syntax"
	"whence/loader/syntax/entity"
)

// show writes names as "type words".
func show(text string, names []entity.Name) []string {
	var out []string
	for _, n := range names {
		out = append(out, string(n.Type)+" "+n.Span.Of(text))
	}
	return out
}

func find(text string, hints ...entity.Name) []entity.Name {
	return entity.Find(text, syntax.Tokens(text, graph.Span{End: len(text)}), hints)
}

func TestFind(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"a person who speaks", "“We lost,” said Maria Stefansson on Tuesday.", []string{"person Maria Stefansson"}},
		{"an institution with its small words", "She studied at the University of Aberdeen.", []string{"organisation University of Aberdeen"}},
		{"a country after a preposition", "They moved from Denmark to Portugal in May.", []string{"place Denmark", "place Portugal"}},
		{"no name", "Nobody knew how many of them there were.", nil},
		{"no word", " \n", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, show(c.text, find(c.text))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestFind_ALongLineTakesLongInProportion(t *testing.T) {
	for _, word := range []string{"Aa ", "Aa of ", "A", "’", "Ａ-"} {
		text := strings.Repeat(word, 1<<20/len(word))
		names := find(text)
		for _, n := range names {
			if err := n.Span.Check(text); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestAgree_MostOfTheSureDecide(t *testing.T) {
	text := "Ada Quill. Quill. Tarn. Tarn. Tarn. Moss."
	at := func(words string, nth int) graph.Span {
		start := 0
		for ; nth > 0; nth-- {
			start += strings.Index(text[start:], words) + len(words)
		}
		start += strings.Index(text[start:], words)
		return graph.Span{Start: start, End: start + len(words)}
	}
	names := []entity.Name{
		{Span: at("Ada Quill", 0), Type: graph.Person, Lead: 500},
		{Span: at("Quill", 1), Type: graph.Place, Lead: 100},
		{Span: at("Tarn", 0), Type: graph.Person, Lead: 10},
		{Span: at("Tarn", 1), Type: graph.Person, Lead: 10},
		{Span: at("Tarn", 2), Type: graph.Organisation, Lead: 400},
		{Span: at("Moss", 0), Type: graph.Place, Lead: 5},
	}
	entity.Agree(text, names)
	want := []string{"person Ada Quill", "person Quill", "organisation Tarn", "organisation Tarn", "organisation Tarn", "place Moss"}
	if diff := cmp.Diff(want, show(text, names)); diff != "" {
		t.Error(diff)
	}
}

// lesson is a few sentences in which the words around tell the type, and classes of
// words that are told apart by one number.
func lesson() ([]entity.Example, entity.Classes) {
	classes := entity.NewClasses(syntax.Vectors{
		Words:   []string{"said", "told", "in", "from", "visited"},
		Vectors: [][]float32{{1, 0}, {1, 0.1}, {0, 1}, {0.1, 1}, {0.7, 0.7}},
	})
	var out []entity.Example
	for _, s := range [][2]string{{"Tarn said so.", "Tarn"}, {"They live in Harwick now.", "Harwick"}, {"So Olga Quill said.", "Olga Quill"}, {"She came from New Harwick.", "New Harwick"}} {
		text, words := s[0], s[1]
		start := strings.Index(text, words)
		n := entity.Name{Span: graph.Span{Start: start, End: start + len(words)}, Type: graph.Person}
		if strings.Contains(words, "Harwick") {
			n.Type = graph.Place
		}
		out = append(out, entity.Example{Text: text, Sentence: syntax.Tokens(text, graph.Span{End: len(text)}), Names: []entity.Name{n}})
	}
	return out, classes
}

func TestLearn_KnowsItsExamples(t *testing.T) {
	examples, classes := lesson()
	var many []entity.Example
	for range 20 {
		many = append(many, examples...)
	}
	tagger := entity.Learn(many, classes)
	for _, e := range examples {
		if diff := cmp.Diff(show(e.Text, e.Names), show(e.Text, tagger.Find(e.Text, e.Sentence, nil))); diff != "" {
			t.Errorf("%q: %s", e.Text, diff)
		}
	}
}

func TestRead_ReadsWhatWasWritten(t *testing.T) {
	examples, classes := lesson()
	tagger := entity.Learn(examples, classes)
	var a, b bytes.Buffer
	if err := tagger.Write(&a); err != nil {
		t.Fatal(err)
	}
	if err := entity.Learn(examples, classes).Write(&b); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("learnt otherwise the second time")
	}
	read, err := entity.Read(a.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(classes, read.Classes()); diff != "" {
		t.Error(diff)
	}
	text := "Once Ada Tarn visited Harwick, as she said."
	s := syntax.Tokens(text, graph.Span{End: len(text)})
	if diff := cmp.Diff(tagger.Find(text, s, nil), read.Find(text, s, nil)); diff != "" {
		t.Error(diff)
	}
	for _, n := range []int{0, 1, 20, a.Len() / 2, a.Len() - 1} {
		if _, err := entity.Read(a.Bytes()[:n]); err == nil {
			t.Errorf("no error for the first %d of %d bytes", n, a.Len())
		}
	}
}

func FuzzFind(f *testing.F) {
	f.Add("Ada Lund of the University of Leeds, 46, met O’Brien-Smith.", uint8(0), uint8(8))
	f.Add("É. Ｂ “ÅA”\xff 1 of A", uint8(2), uint8(9))
	f.Fuzz(func(t *testing.T, text string, start, length uint8) {
		text = strings.ToValidUTF8(text, "�")
		var hints []entity.Name
		if s := (graph.Span{Start: int(start), End: int(start) + int(length)}); s.Check(text) == nil {
			hints = []entity.Name{{Span: s, Type: "office"}}
		}
		end := 0
		for _, n := range find(text, hints...) {
			if err := n.Span.Check(text); err != nil {
				t.Fatal(err)
			}
			if n.Span.Start < end || n.Span.Len() == 0 || n.Lead < 0 {
				t.Fatalf("%v after %d", n, end)
			}
			end = n.Span.End
		}
	})
}
