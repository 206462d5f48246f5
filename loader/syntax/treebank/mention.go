package treebank

import (
	"strings"

	"whence/loader/syntax"
)

// brackets are the mentions of a sentence, as GUM writes them in the last column:
// "Entity=(3-person-new" opens one at a word, "3)" closes the last of that number, and
// "(3-person-new)" is one word. Further fields after the type say nothing of it.
type brackets struct {
	open   []opened
	closed []syntax.Mention // in the order in which they end
}

type opened struct {
	id string
	syntax.Mention
}

// read takes in the last column of word i. Brackets without their match are passed over.
func (b *brackets) read(column string, i int) {
	for field := range strings.SplitSeq(column, "|") {
		if marks, ok := strings.CutPrefix(field, "Entity="); ok {
			b.entity(marks, i)
		}
	}
}

func (b *brackets) entity(marks string, i int) {
	for marks != "" {
		end := strings.IndexAny(marks[1:], "()") + 1
		if end == 0 {
			end = len(marks)
		}
		mark := strings.TrimPrefix(marks[:end], "(")
		id, rest, _ := strings.Cut(mark, "-")
		if marks[0] == '(' {
			typ, _, _ := strings.Cut(rest, "-")
			b.open = append(b.open, opened{id, syntax.Mention{First: i, Last: i, Type: typ}})
		}
		marks = marks[end:]
		if strings.HasPrefix(marks, ")") {
			b.close(id, i)
			marks = marks[1:]
		}
	}
}

func (b *brackets) close(id string, i int) {
	for k := len(b.open) - 1; k >= 0; k-- {
		if m := b.open[k]; m.id == id {
			m.Last = i
			b.closed = append(b.closed, m.Mention)
			b.open = append(b.open[:k], b.open[k+1:]...)
			return
		}
	}
}
