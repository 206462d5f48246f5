package treebank

import (
	"strings"
	"testing"

	"whence/graph"
	"whence/loader/syntax"
)

const toldSample = `# text = The nurse said that the ward was full.
1	The	the	DET	DT	_	2	det	_	_
2	nurse	nurse	NOUN	NN	_	3	nsubj	_	_
3	said	say	VERB	VBD	_	0	root	_	_
4	that	that	SCONJ	IN	_	8	mark	_	_
5	the	the	DET	DT	_	6	det	_	_
6	ward	ward	NOUN	NN	_	8	nsubj	_	_
7	was	be	AUX	VBD	_	8	cop	_	_
8	full	full	ADJ	JJ	_	3	ccomp	_	SpaceAfter=No
9	.	.	PUNCT	.	_	3	punct	_	_

# text = We read the letter twice.
1	We	we	PRON	PRP	_	2	nsubj	_	_
2	read	read	VERB	VBD	_	0	root	_	_
3	the	the	DET	DT	_	4	det	_	_
4	letter	letter	NOUN	NN	_	2	obj	_	_
5	twice	twice	ADV	RB	_	2	advmod	_	SpaceAfter=No
6	.	.	PUNCT	.	_	2	punct	_	_

# text = Who sang it?
1	Who	who	PRON	WP	_	2	nsubj	_	_
2	sang	sing	VERB	VBD	_	0	root	_	_
3	it	it	PRON	PRP	_	2	obj	_	SpaceAfter=No
4	?	?	PUNCT	.	_	2	punct	_	_

`

func TestCompose(t *testing.T) {
	examples, err := Read(strings.NewReader(toldSample))
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, e := range Compose(examples, 2000, 1) {
		found[e.Text] = true
		roots := 0
		for i, w := range e.Tokens {
			if err := w.Span.Check(e.Text); err != nil {
				t.Fatal(err)
			}
			if w.Head < 0 {
				roots++
			}
			if w.Head < 0 != (w.Rel == "root") || w.Head == i || w.Head >= len(e.Tokens) {
				t.Fatalf("%q: word %d hangs from %d as %s", e.Text, i, w.Head, w.Rel)
			}
			switch w.Span.Of(e.Text) {
			case "said":
				if w.Head != -1 && w.Rel != "parataxis" {
					t.Errorf("%q: the verb of speech hangs from %d", e.Text, w.Head)
				}
			case "nurse":
				if h := e.Tokens[w.Head]; h.Lemma != "say" || w.Rel != "nsubj" {
					t.Errorf("%q: nurse is %s of %s", e.Text, w.Rel, h.Lemma)
				}
			case "read", "sang":
				if w.Rel != "root" && (w.Rel != "ccomp" || e.Tokens[w.Head].Lemma != "say") {
					t.Errorf("%q: what is said is %s", e.Text, w.Rel)
				}
			}
		}
		if roots != 1 {
			t.Errorf("%q: %d roots", e.Text, roots)
		}
	}
	for _, text := range []string{
		"“ We read the letter twice , ” the nurse said .",
		"“ We read the letter twice , ” said the nurse .",
		"We read the letter twice , the nurse said .",
		"“ Who sang it ? ” said the nurse .",
		"The nurse said we read the letter twice .",
		"The nurse said that we read the letter twice .",
		"The nurse said : “ We read the letter twice . ”",
		"“ We , ” said the nurse , “ read the letter twice . ”",
		"We , the nurse said , read the letter twice .",
	} {
		if !found[text] {
			t.Errorf("not composed: %s", text)
		}
	}
}

func TestCompose_NeedsParts(t *testing.T) {
	if got := Compose([]syntax.Example{{Text: "No.", Tokens: syntax.Sentence{{Span: graph.Span{End: 2}, Head: -1, Rel: "root"}}}}, 3, 1); got != nil {
		t.Errorf("composed %v", got)
	}
}
