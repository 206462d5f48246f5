package entity_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"whence/loader/syntax/entity"
	"whence/loader/syntax/treebank"
)

// conllu writes a sentence from lines "form upos tag head rel entity".
func conllu(text, lines string) string {
	var b strings.Builder
	b.WriteString("# text = " + text + "\n")
	for i, line := range strings.Split(strings.TrimSpace(lines), "\n") {
		f := strings.Fields(line)
		id := string(rune('1' + i))
		b.WriteString(strings.Join([]string{id, f[0], f[0], f[1], f[2], "_", f[3], f[4], "_", f[5]}, "\t") + "\n")
	}
	return b.String() + "\n"
}

func TestMarked(t *testing.T) {
	for _, c := range []struct {
		name, text, lines string
		want              []string
	}{
		{
			"without title and what follows", "Dr Ada Lund of Leeds left", `
Dr    PROPN NNP 2 nmod:desc Entity=(1-person-new
Ada   PROPN NNP 6 nsubj     _
Lund  PROPN NNP 2 flat      _
of    ADP   IN  5 case      _
Leeds PROPN NNP 2 nmod      Entity=(2-place-new)1)
left  VERB  VBD 0 root      _`,
			[]string{"person Ada Lund", "place Leeds"},
		},
		{
			"a name inside a name", "the University of Leeds", `
the        DET   DT  2 det  Entity=(1-organization-new
University PROPN NNP 0 root _
of         ADP   IN  4 case _
Leeds      PROPN NNP 2 nmod Entity=(2-place-new)1)`,
			[]string{"organisation University of Leeds"},
		},
		{
			"whose it is", "Lund 's Salt Road", `
Lund PROPN NNP 4 nmod:poss Entity=(1-abstract-new(2-person-new
's   PART  POS 1 case      Entity=2)
Salt PROPN NNP 4 compound  _
Road PROPN NNP 0 root      Entity=1)`,
			[]string{"person Lund", "thing Salt Road"},
		},
		{
			"behind a common noun", "the actor Otto Lund", `
the   DET   DT  2 det   Entity=(1-person-new
actor NOUN  NN  0 root  _
Otto  PROPN NNP 2 appos _
Lund  PROPN NNP 3 flat  Entity=1)`,
			[]string{"person Otto Lund"},
		},
		{
			"no name and a time", "a nurse came Friday", `
a      DET   DT  2 det   Entity=(1-person-new
nurse  NOUN  NN  3 nsubj Entity=1)
came   VERB  VBD 0 root  _
Friday PROPN NNP 3 obl   Entity=(2-time-new)`,
			nil,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			examples, err := treebank.Read(strings.NewReader(conllu(c.text, c.lines)))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, show(c.text, entity.Marked(examples[0]))); diff != "" {
				t.Error(diff)
			}
		})
	}
}
