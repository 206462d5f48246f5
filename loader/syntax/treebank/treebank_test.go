package treebank

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"whence/graph"
	"whence/loader/syntax"
)

const sample = `# newdoc id = one
# text = She can't sing.
1	She	she	PRON	PRP	_	4	nsubj	4:nsubj	_
2-3	can't	_	_	_	_	_	_	_	_
2	ca	can	AUX	MD	_	4	aux	4:aux	_
3	n't	not	PART	RB	_	4	advmod	4:advmod	_
4	sing	sing	VERB	VB	_	0	root	0:root	SpaceAfter=No
4.1	sing	sing	VERB	VB	_	_	_	0:root	_
5	.	.	PUNCT	.	_	4	punct	4:punct	SpaceAfter=No

# text = No.
1	No	no	INTJ	UH	_	0	root	0:root	SpaceAfter=No
2	.	.	PUNCT	.	_	1	punct	1:punct	_

`

func TestRead(t *testing.T) {
	got, err := Read(strings.NewReader(sample))
	if err != nil {
		t.Fatal(err)
	}
	want := []syntax.Example{
		{Document: "one", Begins: true, Joined: true, Text: "She can't sing.", Tokens: syntax.Sentence{
			{Span: graph.Span{Start: 0, End: 3}, Lemma: "she", Tag: "PRP", UPOS: "PRON", Head: 3, Rel: "nsubj"},
			{Span: graph.Span{Start: 4, End: 6}, Lemma: "can", Tag: "MD", UPOS: "AUX", Head: 3, Rel: "aux"},
			{Span: graph.Span{Start: 6, End: 9}, Lemma: "not", Tag: "RB", UPOS: "PART", Head: 3, Rel: "advmod"},
			{Span: graph.Span{Start: 10, End: 14}, Lemma: "sing", Tag: "VB", UPOS: "VERB", Head: -1, Rel: "root"},
			{Span: graph.Span{Start: 14, End: 15}, Lemma: ".", Tag: ".", UPOS: "PUNCT", Head: 3, Rel: "punct"},
		}},
		{Document: "one", Text: "No.", Tokens: syntax.Sentence{
			{Span: graph.Span{Start: 0, End: 2}, Lemma: "no", Tag: "UH", UPOS: "INTJ", Head: -1, Rel: "root"},
			{Span: graph.Span{Start: 2, End: 3}, Lemma: ".", Tag: ".", UPOS: "PUNCT", Head: 0, Rel: "punct"},
		}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestRead_RefusesWhatItCannotAlign(t *testing.T) {
	for name, in := range map[string]string{
		"a word the text does not have": "# text = Yes.\n1\tNo\tno\tINTJ\tUH\t_\t0\troot\t_\t_\n\n",
		"too few columns":               "# text = No\n1\tNo\tno\n\n",
		"a head outside the sentence":   "# text = No\n1\tNo\tno\tINTJ\tUH\t_\t7\tdep\t_\t_\n\n",
		"a head that is no number":      "# text = No\n1\tNo\tno\tINTJ\tUH\t_\tx\tdep\t_\t_\n\n",
	} {
		if _, err := Read(strings.NewReader(in)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func token(start, end, head int, rel string) syntax.Token {
	return syntax.Token{Span: graph.Span{Start: start, End: end}, Lemma: "x", Tag: "NN", UPOS: "NOUN", Head: head, Rel: rel}
}

func TestScore_MatchesWordsByTheirCharacters(t *testing.T) {
	gold := syntax.Sentence{token(0, 2, 1, "nsubj"), token(3, 6, -1, "root"), token(6, 9, 1, "obl:agent"), token(9, 10, 1, "punct")}
	// The third and fourth words are one; a subtype is another; the root is right.
	system := syntax.Sentence{token(0, 2, 1, "nsubj:pass"), token(3, 6, -1, "root"), token(6, 10, 1, "obl")}
	var got Score
	got.Add(gold, system)
	want := Score{Gold: 4, System: 3, Matched: 2, UPOS: 2, Tag: 2, Lemma: 2, UAS: 2, LAS: 2, Subtypes: 1}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if f := got.F1(got.LAS); f < 0.5713 || f > 0.5715 {
		t.Errorf("F1 %.4f, want 4/7", f)
	}
}

func TestScore_AHeadMustMatchItself(t *testing.T) {
	gold := syntax.Sentence{token(0, 2, 1, "nsubj"), token(3, 6, -1, "root")}
	system := syntax.Sentence{token(0, 2, 1, "nsubj"), token(3, 4, -1, "root"), token(4, 6, 1, "dep")}
	var got Score
	got.Add(gold, system)
	if got.Matched != 1 || got.UAS != 0 {
		t.Errorf("%d matched, %d heads right, want 1 and 0", got.Matched, got.UAS)
	}
}

func TestRead_Mentions(t *testing.T) {
	for _, c := range []struct {
		name    string
		columns []string
		want    []syntax.Mention
	}{
		{"none", []string{"_", "SpaceAfter=No"}, nil},
		{"one word", []string{"Entity=(7-place-new-x|MSeg=a-b", "Entity=7)(8-person-giv)"}, []syntax.Mention{{First: 0, Last: 1, Type: "place"}, {First: 1, Last: 1, Type: "person"}}},
		{"one in another", []string{"Entity=(1-organization-new(2-place-new)", "A=b|Entity=1)"}, []syntax.Mention{{First: 0, Last: 0, Type: "place"}, {First: 0, Last: 1, Type: "organization"}}},
		{"the last of a number closes first", []string{"Entity=(1-a(1-b", "Entity=1)1)"}, []syntax.Mention{{First: 0, Last: 1, Type: "b"}, {First: 0, Last: 1, Type: "a"}}},
		{"brackets without their match", []string{"Entity=3)(4-person", "Entity=)(("}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var b brackets
			for i, column := range c.columns {
				b.read(column, i)
			}
			if diff := cmp.Diff(c.want, b.closed); diff != "" {
				t.Error(diff)
			}
		})
	}
}
