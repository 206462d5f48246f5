package syntax

import (
	"whence/graph"
)

// A Token is one word or mark, with its place in the tree of its sentence.
type Token struct {
	Span  graph.Span // of the text given to [Parse]
	Lemma string     // dictionary form: "say" for "said"; names keep their capitals
	Tag   string     // Penn Treebank tag, as UD English uses them: "VBD"
	UPOS  string     // universal part of speech: "VERB"
	Head  int        // index in the sentence, -1 for a root
	Rel   string     // Universal Dependencies relation to the head, with subtype: "nsubj:pass"
}

// A Sentence is its tokens in order of the text. Heads make a projective tree:
// one root and no cycle, but for a sentence of more than [MaxTree] tokens.
type Sentence []Token

// Sentences that people write are short; lists and tables are not.
const (
	// MaxTree is how many tokens make one tree: each MaxTree of a longer sentence have their own root.
	MaxTree = 250
	// MaxTokens is how many tokens are read: what follows them is left out.
	MaxTokens = 4 * MaxTree
)

// Parse reads one sentence, text[s.Start:s.End], with the weights that ship. The
// span must be one of text; no words give no tokens. It takes time in proportion
// to the length and is safe for concurrent use. The first call reads the weights.
func Parse(text string, s graph.Span) Sentence { return English().Parse(text, s) }

// Tokens cuts one sentence, text[s.Start:s.End], into tokens as [Parse] does, and tells
// nothing else of them: they have a span and hang from nothing. It takes a small part of the time.
func Tokens(text string, s graph.Span) Sentence { return English().Tokens(text, s) }

// Children returns the tokens whose head is token i, in order.
func (s Sentence) Children(i int) []int {
	var out []int
	for c := range s {
		if s[c].Head == i {
			out = append(out, c)
		}
	}
	return out
}

// Reach returns the first token under token i, itself among them, and the one
// after the last. Trees being projective, all between are under it too.
func (s Sentence) Reach(i int) (first, end int) {
	under := func(t int) bool {
		for ; t >= 0; t = s[t].Head {
			if t == i {
				return true
			}
		}
		return false
	}
	first, end = i, i+1
	for first > 0 && under(first-1) {
		first--
	}
	for end < len(s) && under(end) {
		end++
	}
	return first, end
}
